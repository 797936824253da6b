"""A PostgreSQL test database that is put back as it was: making a new one for each test takes ten times as long.

`remember` keeps a copy of every filled table in the schema `kept`. `put_back` finds the tables that a test has
touched (another number of rows, or a row written since) and fills them again from there.
"""

import psycopg
from psycopg import sql


def remember(url: str) -> None:
    """Keep what the tables hold now."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        connection.execute("CREATE SCHEMA kept")
        connection.execute("CREATE TABLE kept.state (name text, rows bigint)")
        connection.execute("CREATE TABLE kept.moment (xid bigint)")
        for name in _tables(connection):
            table = sql.Identifier(name)
            connection.execute(sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}").format(table))
        for name, (rows, _newest) in _state(connection).items():
            connection.execute("INSERT INTO kept.state VALUES (%s, %s)", (name, rows))
        connection.execute("INSERT INTO kept.moment VALUES (txid_current())")


def put_back(url: str) -> bool:
    """Make every table what it was; False if that cannot be done, because a test has changed the tables themselves."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        kept = dict(connection.execute("SELECT name, rows FROM kept.state").fetchall())
        (moment,) = connection.execute("SELECT xid FROM kept.moment").fetchone() or (0,)
        state = _state(connection)
        if set(state) != set(kept):
            return False
        touched = [name for name, (rows, newest) in state.items() if rows != kept[name] or newest > moment]
        connection.execute("SET LOCAL session_replication_role = replica")
        for name in touched:
            table = sql.Identifier(name)
            connection.execute(sql.SQL("DELETE FROM public.{}").format(table))
            connection.execute(sql.SQL("INSERT INTO public.{0} SELECT * FROM kept.{0}").format(table))
        connection.execute("UPDATE kept.moment SET xid = txid_current()")
    return True


def _tables(connection: psycopg.Connection) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [name for (name,) in connection.execute(query)]


def _state(connection: psycopg.Connection) -> dict[str, tuple[int, int]]:
    """Table → number of rows, and the newest transaction that wrote one."""
    one = sql.SQL("SELECT {}, count(*), coalesce(max(xmin::text::bigint), 0) FROM public.{}")
    each = [one.format(sql.Literal(name), sql.Identifier(name)) for name in _tables(connection)]
    return {name: (rows, newest) for name, rows, newest in connection.execute(sql.SQL(" UNION ALL ").join(each))}
