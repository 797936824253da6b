"""Provinces, communes, hamlets and the former communes: validity, successions, search by any old or new name.

Not here: who lives where (people) and how many completed what (progress, figures).
"""
