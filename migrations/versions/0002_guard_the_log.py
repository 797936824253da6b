"""Let the database itself refuse to change or delete lines of the log.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "the log is insert-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
            """
        )
        op.execute(
            "CREATE TRIGGER log_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_no_{verb.lower()} BEFORE {verb} ON log BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER log_insert_only ON log")
        op.execute("DROP FUNCTION refuse_log_change()")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER log_no_{verb}")
