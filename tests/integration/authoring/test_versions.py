"""Browser and folder are two ways to one course: opening, following, taking, going back, on both databases."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Role
from app.authoring import drafts
from app.authoring.arranging import add_item
from app.authoring.compiling import draft_hash
from app.authoring.deleting import delete_draft, restore_file
from app.authoring.models import CourseDraft, DraftFile, DraftRevision
from app.authoring.publishing import BaseMoved, DraftChanged, NotPublisher
from app.authoring.reviewing import authors_of
from app.authoring.versions import (
    get_version_of,
    is_untouched,
    open_draft_of,
    restore_revision,
    roll_back,
    take_published,
)
from app.content.actions import Published
from app.content.models import Course, CourseVersion
from app.content.publish_rules import EditedInBrowser, PublishedElsewhere
from app.content.publishing import Source, check_source, export_course, publish_source
from app.extensions import db
from app.shared.errors import NotFound
from tests.factories import make_staff
from tests.integration.authoring.colleagues import Office, lesson_of
from tests.integration.authoring.drafts import FILES, file_at, make_draft
from tests.integration.content.folders_on_disk import publish, write_course


@pytest.fixture
def everyone(app: Flask) -> Office:
    """Trainers of the whole database, whose courses are for everyone."""
    assert app.name
    return Office(None)


@pytest.fixture
def published(office: Office) -> Office:
    office.publish()
    return office


def revisions(file: DraftFile) -> list[str]:
    found = select(DraftRevision.text).where(DraftRevision.file_id == file.id).order_by(DraftRevision.number)
    return list(db.session.scalars(found))


def current_text(draft: CourseDraft, path: str = "01-bai-mot.md") -> str:
    return file_at(draft, path).text or ""


def back(office: Office) -> Published:
    """Lan goes back to the first version."""
    seen = office.versions()[-1].id
    published = roll_back(office.draft, 1, seen, office.as_(office.lan))
    db.session.commit()
    return published


class TestOpening:
    def open(self, office: Office, tmp_path: Path) -> CourseDraft:
        """The draft of a course that came from a folder, for everyone."""
        publish(write_course(tmp_path))
        course = db.session.scalars(select(Course)).one()
        draft = open_draft_of(course, office.as_(office.ba))
        db.session.commit()
        return draft

    def test_a_course_from_a_folder_is_opened_as_it_is_published(self, everyone: Office, tmp_path: Path) -> None:
        draft = self.open(everyone, tmp_path)
        version = db.session.get_one(CourseVersion, draft.base_version_id)
        assert draft_hash(draft) == version.content_hash
        assert is_untouched(draft)
        assert (draft.slug, draft.owner_id, draft.place_id) == ("khoa-thu", None, None)

    def test_opening_it_again_opens_the_same_draft(self, everyone: Office, tmp_path: Path) -> None:
        draft = self.open(everyone, tmp_path)
        course = db.session.get_one(Course, draft.course_id)
        assert open_draft_of(course, everyone.as_(everyone.lan)).id == draft.id

    def test_who_opens_it_has_no_share_in_it_yet(self, everyone: Office, tmp_path: Path) -> None:
        assert authors_of(self.open(everyone, tmp_path)) == set()

    def test_an_untouched_draft_follows_what_was_published_by_hand(self, published: Office) -> None:
        published.publish_by_hand()
        draft = open_draft_of(published.course(), published.as_(published.lan))
        db.session.commit()
        assert "đường dẫn nào" in current_text(draft)
        assert draft.base_version_id == published.versions()[1].id
        assert is_untouched(draft)

    def test_a_draft_with_words_of_its_own_does_not(self, published: Office) -> None:
        published.write(published.lan)
        published.publish_by_hand()
        draft = open_draft_of(published.course(), published.as_(published.lan))
        assert "nửa đêm" in current_text(draft)
        assert draft.base_version_id == published.versions()[0].id

    def test_a_deleted_draft_begins_again_with_what_is_published(self, published: Office) -> None:
        published.write(published.lan)
        delete_draft(published.draft, published.as_(published.lan))
        draft = open_draft_of(published.course(), published.as_(published.lan))
        assert draft.deleted_at is None
        assert "nửa đêm" not in current_text(draft)
        assert any("nửa đêm" in text for text in revisions(file_at(draft, "01-bai-mot.md")))

    def test_somebody_s_own_draft_is_opened_by_nobody_else(self, published: Office) -> None:
        with pytest.raises(NotFound):
            open_draft_of(published.course(), published.as_(published.ba))

    def test_a_course_that_moved_takes_its_draft_along(self, published: Office) -> None:
        publish_source(Source("ten-moi", export_course("khoa-nhap")))
        db.session.commit()
        draft = open_draft_of(published.course(), published.as_(published.lan))
        assert draft.slug == "ten-moi"
        published.write(published.lan)
        assert published.publish().number == 2
        assert published.course().slug == "ten-moi"

    def test_a_draft_that_was_first_published_as_a_folder_goes_on_as_that_course(self, everyone: Office) -> None:
        publish_source(Source("khoa-nhap", FILES))
        db.session.commit()
        course = db.session.scalars(select(Course)).one()
        assert open_draft_of(course, everyone.as_(everyone.lan)).id == everyone.draft.id
        assert everyone.draft.course_id == course.id

    def test_a_new_course_at_an_address_that_a_draft_was_to_have_makes_that_draft_give_way(
        self, everyone: Office, tmp_path: Path
    ) -> None:
        waiting = make_draft(everyone.lan, slug="khoa-thu")
        draft = self.open(everyone, tmp_path)
        assert (draft.slug, waiting.slug) == ("khoa-thu", "khoa-thu-2")


class TestBothWays:
    def test_out_by_hand_and_in_again_is_the_same_course_with_its_history(self, published: Office) -> None:
        course_id = published.course().id
        assert published.publish_by_hand().number == 2
        published.publish_by_hand("đường dẫn nào", "đường dẫn nào cả")
        draft = open_draft_of(published.course(), published.as_(published.lan))
        db.session.commit()
        published.write(published.lan)
        assert published.publish().number == 4
        assert [version.number for version in published.versions()] == [1, 2, 3, 4]
        assert {version.course_id for version in published.versions()} == {course_id}
        assert "đường dẫn nào cả" in lesson_of(published.versions()[3])
        assert draft_hash(draft) == check_source(Source("khoa-nhap", export_course("khoa-nhap"))).content_hash

    def test_an_export_of_an_older_version_is_refused_by_the_command(self, published: Office) -> None:
        files = export_course("khoa-nhap")
        published.write(published.lan)
        published.publish()
        files["01-bai-mot.md"] += "\nThêm một câu.\n".encode()
        with pytest.raises(PublishedElsewhere):
            publish_source(Source("khoa-nhap", files))

    @pytest.mark.usefixtures("published")
    def test_a_start_never_publishes_the_shipped_folder_over_it(self) -> None:
        shipped = {**FILES, "01-bai-mot.md": FILES["01-bai-mot.md"] + "\nBản mới kèm phần mềm.\n".encode()}
        with pytest.raises(EditedInBrowser):
            publish_source(Source("khoa-nhap", shipped), only_once=True)

    def test_both_are_kept_when_two_went_on_from_one_version(self, published: Office) -> None:
        published.write(published.lan)
        published.publish_by_hand()
        with pytest.raises(BaseMoved):
            published.publish()
        db.session.rollback()
        take_published(published.draft, published.as_(published.lan))
        db.session.commit()
        assert "đường dẫn nào" in current_text(published.draft)
        assert any("nửa đêm" in text for text in revisions(file_at(published.draft, "01-bai-mot.md")))
        assert is_untouched(published.draft)


class TestGoingBack:
    @pytest.fixture
    def twice(self, published: Office) -> Office:
        published.write(published.lan)
        published.publish()
        return published

    def test_the_old_words_come_back_as_a_new_version_and_into_the_draft(self, twice: Office) -> None:
        twice.write(twice.lan, "nửa đêm", "chưa xuất bản")
        assert back(twice).number == 3
        first, _, third = twice.versions()
        assert first.content_hash == third.content_hash
        assert current_text(twice.draft) == lesson_of(first)
        assert is_untouched(twice.draft)
        assert any("chưa xuất bản" in text for text in revisions(file_at(twice.draft, "01-bai-mot.md")))
        assert twice.details("roll_back_course") == [{"version": 1, "number": 3}]

    def test_going_back_twice_is_going_back_once(self, twice: Office) -> None:
        seen = twice.versions()[1].id
        outcomes = [roll_back(twice.draft, 1, seen, twice.as_(twice.lan)).outcome for _ in range(2)]
        assert outcomes == ["published", "unchanged"]
        assert len(twice.versions()) == 3

    def test_not_over_a_version_that_was_not_seen(self, twice: Office) -> None:
        seen = twice.versions()[0].id
        with pytest.raises(DraftChanged):
            roll_back(twice.draft, 1, seen, twice.as_(twice.lan))

    def test_the_edition_never_falls_behind(self, published: Office) -> None:
        file = file_at(published.draft, "course.yml")
        drafts.save_text(
            published.draft, file.id, (file.text or "") + "edition: 2\n", file.revision, published.as_(published.lan)
        )
        published.write(published.lan)
        published.publish()
        back(published)
        db.session.commit()
        assert [version.edition for version in published.versions()] == [1, 2, 2]

    def test_only_who_may_publish_there(self, twice: Office) -> None:
        stranger = make_staff(Role.TRAINER, "20194")
        with pytest.raises(NotPublisher):
            roll_back(twice.draft, 1, twice.versions()[1].id, twice.as_(stranger))

    def test_a_version_that_is_not_there_is_not_found(self, published: Office) -> None:
        with pytest.raises(NotFound):
            get_version_of(published.draft, 7)

    def test_no_reviewer_is_needed_for_what_was_published_before(self, twice: Office) -> None:
        twice.demand_review()
        assert back(twice).number == 3

    def test_an_item_that_came_later_can_still_be_brought_back(self, twice: Office) -> None:
        added = add_item(twice.draft, "lesson", "Bài thêm", twice.as_(twice.lan)).id
        db.session.commit()
        back(twice)
        restore_file(twice.draft, added, twice.as_(twice.lan))
        assert "Bài thêm" in "".join(file.text or "" for file in drafts.live_files(twice.draft))


class TestRevisions:
    def test_an_earlier_text_comes_back_and_the_present_one_stays_behind_it(self, office: Office) -> None:
        office.write(office.lan)
        file = file_at(office.draft, "01-bai-mot.md")
        restore_revision(office.draft, file.id, 1, file.revision, office.as_(office.lan))
        db.session.commit()
        texts = revisions(file_at(office.draft, "01-bai-mot.md"))
        assert [("nửa đêm" in text) for text in texts] == [False, True, False]
        assert "nửa đêm" not in current_text(office.draft)

    def test_not_over_words_that_somebody_saved_meanwhile(self, office: Office) -> None:
        office.write(office.lan)
        file = file_at(office.draft, "01-bai-mot.md")
        with pytest.raises(drafts.SaveConflict):
            restore_revision(office.draft, file.id, 1, file.revision - 1, office.as_(office.lan))

    def test_what_is_not_there_is_not_found(self, office: Office) -> None:
        file = file_at(office.draft, "01-bai-mot.md")
        with pytest.raises(NotFound):
            restore_revision(office.draft, file.id, 9, file.revision, office.as_(office.lan))


def test_going_back_is_refused_where_nothing_was_published(office: Office) -> None:
    with pytest.raises(NotFound):
        take_published(office.draft, office.as_(office.lan))
