"""Who may do what: permission names, the one-page permission map, the Actor value, `@requires` and `@public`.

No tables and no queries: roles are rows in `people`, which builds the Actor.
"""
