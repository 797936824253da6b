"""What every package may use and what knows no word of our field: clock, ids, Vietnamese text, transactions,
named refusals, and the three tables that serve everybody (media, jobs, the insert-only log).

Not here: places, people, courses, or anything that names them in a foreign key.
"""
