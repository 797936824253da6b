"""All evidence of learning (visits, attempts), the completion rule, and the counters that follow from it.

Not here: pages and grading (learning), what is shown to officers and the public (figures).
"""
