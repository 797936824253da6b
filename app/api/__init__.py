"""/api/v1: JSON for other programs, one file per resource, described by `openapi.py`.

Not here: any rule of its own about what may be seen. It reads what the pages read. Never an answer key.
"""
