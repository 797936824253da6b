"""Let a submission find everything of a person by index: residences gain one, completions lose a tempting one.

While a table grows faster than its statistics, PostgreSQL preferred the index on completion.course_id and read all
completions of a course to find one person's.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_residence_person_id", "residence", ["person_id"])
    op.drop_index("ix_completion_course_id", "completion")


def downgrade() -> None:
    op.create_index("ix_completion_course_id", "completion", ["course_id"])
    op.drop_index("ix_residence_person_id", "residence")
