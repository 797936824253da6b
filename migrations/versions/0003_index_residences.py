"""Find all residences of a person by index: every completion asks for them.

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


def downgrade() -> None:
    op.drop_index("ix_residence_person_id", "residence")
