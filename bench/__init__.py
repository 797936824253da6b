"""`make bench`: the budgets of design and README, measured on this machine, as ratios within one run.

Prints a table and writes `bench/latest.json`. Absolute numbers hold for one machine; ratios travel.
"""
