"""Compiling is pure: lines are scanned for structure, fragments rendered one by one, all becomes typed values.

No Flask, no database, no clock, no file system. How a fragment is rendered comes in as a function (`render.Render`).
"""
