"""Courses written in the browser: drafts, their files and history; withdrawn items, hard paragraphs, comments.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("course", sa.Column("number", sa.Integer(), server_default="0", nullable=False))
    op.add_column("course", sa.Column("place_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE course SET number = (SELECT count(*) FROM course AS other WHERE other.position < course.position"
        " OR (other.position = course.position AND other.id <= course.id))"
    )
    op.create_index("uq_course_number", "course", ["number"], unique=True)
    op.create_index("ix_attempt_course", "attempt", ["course_id"], unique=False)
    op.create_index("ix_visit_course", "visit", ["course_id"], unique=False)
    op.create_index(
        "ix_counted_completion_course", "counted_completion", ["course_id", "edition", "canonical_id"], unique=False
    )
    op.create_table(
        "field_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("commune_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_field_comment_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_field_comment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_comment")),
    )
    op.create_index("ix_field_comment_course", "field_comment", ["course_id"], unique=False)
    op.create_index("ix_field_comment_person", "field_comment", ["person_id"], unique=False)
    op.create_table(
        "hard_spot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=80), nullable=False),
        sa.Column("block", sa.String(length=8), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_hard_spot_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hard_spot_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hard_spot")),
        sa.UniqueConstraint(
            "person_id", "course_id", "item_key", "block", name=op.f("uq_hard_spot_person_id_course_id_item_key_block")
        ),
    )
    op.create_index("ix_hard_spot_course", "hard_spot", ["course_id"], unique=False)
    op.create_table(
        "review_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("needs_reviewer", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_review_rule_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rule")),
        sa.UniqueConstraint("place_id", name=op.f("uq_review_rule_place_id")),
    )
    op.create_table(
        "withdrawn_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_withdrawn_item_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_item")),
        sa.UniqueConstraint("course_id", "item_key", name=op.f("uq_withdrawn_item_course_id_item_key")),
    )
    op.create_table(
        "course_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("base_version_id", sa.Uuid(), nullable=True),
        sa.Column("published_change", sa.Integer(), nullable=True),
        sa.Column("submitted_change", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("approved_change", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_change", sa.Integer(), nullable=True),
        sa.Column("scheduled_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["base_version_id"], ["course_version.id"], name=op.f("fk_course_draft_base_version_id_course_version")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_draft_course_id_course")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_course_draft_owner_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_course_draft_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_draft")),
        sa.UniqueConstraint("course_id", name=op.f("uq_course_draft_course_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_course_draft_slug")),
    )
    op.create_table(
        "draft_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["course_draft.id"], name=op.f("fk_draft_event_draft_id_course_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_event")),
    )
    op.create_index("ix_draft_event_draft", "draft_event", ["draft_id", "at"], unique=False)
    op.create_table(
        "draft_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("media", sa.String(length=80), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["course_draft.id"], name=op.f("fk_draft_file_draft_id_course_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
    )
    op.create_index("ix_draft_file_draft", "draft_file", ["draft_id"], unique=False)
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["draft_file.id"], name=op.f("fk_draft_revision_file_id_draft_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_draft_revision_file_id_number")),
    )


def downgrade() -> None:
    op.drop_index("ix_draft_file_draft", "draft_file")
    op.drop_index("ix_draft_event_draft", "draft_event")
    op.drop_index("ix_hard_spot_course", "hard_spot")
    op.drop_index("ix_field_comment_person", "field_comment")
    op.drop_index("ix_field_comment_course", "field_comment")
    op.drop_table("draft_revision")
    op.drop_table("draft_file")
    op.drop_table("draft_event")
    op.drop_table("course_draft")
    op.drop_table("withdrawn_item")
    op.drop_table("review_rule")
    op.drop_table("hard_spot")
    op.drop_table("field_comment")
    op.drop_index("ix_counted_completion_course", "counted_completion")
    op.drop_index("ix_visit_course", "visit")
    op.drop_index("ix_attempt_course", "attempt")
    op.drop_index("uq_course_number", "course")
    # Not in a batch: SQLite would build the table anew, and what points to it forbids that.
    op.drop_column("course", "place_id")
    op.drop_column("course", "number")
