"""What officers and the public read: the place pages, `/figures`, and the frozen publication of closed months.

Not here: evidence, counters and distinct people (progress), places themselves (places). Nothing here writes evidence.
"""
