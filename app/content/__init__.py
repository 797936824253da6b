"""Course folder → checked → compiled → immutable CourseVersion, and back to a folder. Pure where it can be.

Not here: who took what (progress) and how pages look (learning).
"""
