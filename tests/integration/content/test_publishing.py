"""From a folder to an immutable version and back, on both databases."""

import shutil
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.content.actions import WrittenInBrowser, publish_course
from app.content.compile.faults import CourseRefused
from app.content.folder import write_folder
from app.content.models import Course, CourseItem, CourseVersion, QuestionType
from app.content.publish_rules import EditedInBrowser, PublishedElsewhere, SlugTaken
from app.content.publishing import check_folder, export_course, publish_folder
from app.content.queries import find_course, find_moved_item, get_version
from app.extensions import db
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.log import LogEntry
from app.shared.media import Media
from tests.courses.folders import COURSE, LESSON, QUESTION, QUIZ_HEAD, SAMPLE
from tests.factories import place_id_of
from tests.integration.content.folders_on_disk import bytes_of, count_versions, publish, write_course

pytestmark = pytest.mark.usefixtures("app")
CHANGED = LESSON.replace("tắt máy", "tắt máy ngay")
AS_MULTIPLE = QUIZ_HEAD + QUESTION.replace("- [ ] Sai", "- [x] Sai")


def course_row() -> Course:
    db.session.expire_all()
    return db.session.execute(select(Course)).scalar_one()


class TestVersions:
    def test_the_first_publication_makes_a_course_and_version_one(self, tmp_path):
        published = publish(write_course(tmp_path))
        assert (published.outcome, published.number) == ("new", 1)
        version = get_version(published.version_id)
        assert [item.key for item in version.items] == ["bai-mot", "kiem-tra"]
        assert version.items[1].quiz.questions[0].key == "q-hoi"
        assert course_row().current_version_id == published.version_id

    def test_pictures_are_kept_under_the_address_that_the_lesson_shows(self, tmp_path):
        published = publish(write_course(tmp_path))
        kept = db.session.execute(select(Media)).scalar_one()
        assert f'src="/media/{kept.sha256}.svg"' in get_version(published.version_id).items[0].body

    def test_an_unchanged_folder_publishes_nothing(self, tmp_path):
        folder = write_course(tmp_path)
        first = publish(folder)
        again = publish(folder)
        assert (again.outcome, again.version_id) == ("unchanged", first.version_id)
        assert count_versions() == 1

    def test_a_changed_folder_becomes_the_next_version_and_the_first_stays_as_it_was(self, tmp_path):
        first = publish(write_course(tmp_path))
        second = publish(write_course(tmp_path, lesson=CHANGED))
        assert (second.outcome, second.number) == ("published", 2)
        get_version.cache_clear()
        assert "ngay" not in get_version(first.version_id).items[0].body
        assert "ngay" in get_version(second.version_id).items[0].body

    def test_going_back_to_earlier_words_is_a_version_of_its_own(self, tmp_path):
        publish(write_course(tmp_path))
        publish(write_course(tmp_path, lesson=CHANGED))
        assert publish(write_course(tmp_path)).number == 3

    def test_a_folder_is_never_changed(self, tmp_path):
        folder = write_course(tmp_path)
        before = bytes_of(folder)
        publish(folder)
        publish(folder, replaces=True)
        assert bytes_of(folder) == before

    def test_a_faulty_folder_leaves_nothing(self, tmp_path):
        with pytest.raises(CourseRefused):
            publish_folder(write_course(tmp_path, quiz=QUIZ_HEAD + "- [x] a\n"))
        assert db.session.scalar(select(func.count()).select_from(Course)) == 0
        assert db.session.scalar(select(func.count()).select_from(Media)) == 0

    def test_publishing_is_logged_without_a_name(self, tmp_path):
        published = publish(write_course(tmp_path))
        entry = db.session.execute(select(LogEntry).where(LogEntry.act == "publish_course")).scalar_one()
        assert (entry.object_id, entry.actor_role) == (str(published.course_id), "command")


class TestWhatPublishingRefuses:
    def test_a_question_keeps_its_type_for_ever(self, tmp_path):
        publish(write_course(tmp_path))
        with pytest.raises(CourseRefused) as refused:
            publish(write_course(tmp_path, quiz=AS_MULTIPLE))
        fault = refused.value.faults[0]
        assert (fault.file, fault.line) == ("02-kiem-tra.md", QUIZ_HEAD.count("\n") + 2)
        assert "q-hoi-2" in fault.reason

    def test_also_when_it_was_away_for_a_version(self, tmp_path):
        publish(write_course(tmp_path))
        publish(write_course(tmp_path, quiz=QUIZ_HEAD + QUESTION.replace("q-hoi", "q-khac")))
        with pytest.raises(CourseRefused):
            publish(write_course(tmp_path, quiz=AS_MULTIPLE), replaces=True)

    def test_a_new_key_allows_a_new_type(self, tmp_path):
        publish(write_course(tmp_path))
        publish(write_course(tmp_path, quiz=AS_MULTIPLE.replace("q-hoi", "q-hoi-2")))
        types = db.session.execute(select(QuestionType.question_key, QuestionType.type))
        assert sorted(map(tuple, types)) == [("q-hoi", "single"), ("q-hoi-2", "multiple")]

    def test_a_lesson_never_becomes_a_quiz(self, tmp_path):
        publish(write_course(tmp_path))
        swapped = QUIZ_HEAD.replace("key: kiem-tra", "key: bai-mot") + QUESTION
        with pytest.raises(CourseRefused) as refused:
            publish(write_course(tmp_path, lesson=LESSON.replace("key: bai-mot", "key: bai-hai"), quiz=swapped))
        assert [(fault.file, fault.line) for fault in refused.value.faults] == [("02-kiem-tra.md", 3)]

    def test_the_edition_never_goes_back(self, tmp_path):
        publish(write_course(tmp_path, course=COURSE + "edition: 2\n"))
        with pytest.raises(CourseRefused, match="edition: 2"):
            publish(write_course(tmp_path))

    def test_the_address_of_another_course_is_taken(self, tmp_path):
        publish(write_course(tmp_path))
        with pytest.raises(SlugTaken, match="khoa-thu"):
            publish(write_course(tmp_path, course=COURSE.replace("key: khoa-thu", "key: khoa-khac")))

    def test_so_is_an_address_that_another_course_once_had(self, tmp_path):
        publish(write_course(tmp_path))
        publish(write_course(tmp_path, slug="ten-moi"))
        with pytest.raises(SlugTaken):
            publish(write_course(tmp_path, course=COURSE.replace("key: khoa-thu", "key: khoa-khac")))


class TestBase:
    def exported(self, tmp_path: Path, name: str = "xuat") -> Path:
        folder = tmp_path / name / "khoa-thu"
        write_folder(folder, export_course("khoa-thu"))
        return folder

    def edit(self, folder: Path) -> None:
        lesson = folder / "01-bai-mot.md"
        lesson.write_text(lesson.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")

    def test_a_folder_goes_on_from_the_version_it_came_from(self, tmp_path):
        publish(write_course(tmp_path))
        folder = self.exported(tmp_path)
        self.edit(folder)
        assert publish(folder).number == 2

    def test_a_folder_from_another_version_is_refused_and_both_are_named(self, tmp_path):
        publish(write_course(tmp_path))
        folder = self.exported(tmp_path)
        publish(write_course(tmp_path, lesson=CHANGED))
        self.edit(folder)
        with pytest.raises(PublishedElsewhere, match=r"từ bản 1 \(.*\), nhưng bản đang dùng là 2 \("):
            publish(folder)
        db.session.rollback()
        assert publish(folder, replaces=True).number == 3

    def test_edits_in_the_browser_are_not_published_over(self, tmp_path):
        publish(write_course(tmp_path))
        course_row().edited_in_browser_at = now()
        db.session.commit()
        folder = write_course(tmp_path, lesson=CHANGED)
        with pytest.raises(EditedInBrowser):
            publish(folder)
        db.session.rollback()
        assert publish(folder, replaces=True).number == 2
        assert course_row().edited_in_browser_at is None

    def test_what_was_published_once_is_not_published_again_at_a_start(self, tmp_path):
        shipped = write_course(tmp_path)
        publish(shipped, only_once=True)
        publish(write_course(tmp_path / "rieng", lesson=CHANGED))
        assert publish(shipped, only_once=True).outcome == "unchanged"
        assert find_course("khoa-thu").current_version_id == course_row().current_version_id
        assert count_versions() == 2


class TestAddresses:
    def test_a_renamed_folder_moves_the_course_and_the_old_address_leads_on(self, tmp_path):
        first = publish(write_course(tmp_path))
        moved = publish(write_course(tmp_path, slug="ten-moi"))
        assert (moved.outcome, moved.version_id) == ("moved", first.version_id)
        assert find_course("ten-moi").moved_to is None
        assert find_course("khoa-thu").moved_to == "ten-moi"

    def test_a_course_may_move_back(self, tmp_path):
        publish(write_course(tmp_path))
        publish(write_course(tmp_path, slug="ten-moi"))
        publish(write_course(tmp_path))
        assert find_course("khoa-thu").moved_to is None
        assert find_course("ten-moi").moved_to == "khoa-thu"

    def test_a_renamed_item_is_found_by_its_old_address(self, tmp_path):
        folder = write_course(tmp_path)
        first = publish(folder)
        (folder / "01-bai-mot.md").rename(folder / "01-ten-khac.md")
        publish(folder)
        assert find_moved_item(first.course_id, "bai-mot") == "ten-khac"
        assert find_moved_item(first.course_id, "chua-tung-co") is None


class TestExport:
    def test_what_is_exported_imports_to_the_same_hash(self, tmp_path):
        sample = tmp_path / "khoa-mau"
        shutil.copytree(SAMPLE, sample)
        publish(sample)
        folder = tmp_path / "xuat" / "khoa-mau"
        write_folder(folder, export_course("khoa-mau"))
        stored = db.session.execute(select(CourseVersion.content_hash)).scalar_one()
        assert check_folder(folder).content_hash == check_folder(sample).content_hash == stored

    def test_publishing_what_was_exported_changes_nothing(self, tmp_path):
        publish(write_course(tmp_path))
        folder = tmp_path / "xuat" / "khoa-thu"
        write_folder(folder, export_course("khoa-thu"))
        assert publish(folder).outcome == "unchanged"
        assert (folder / "anh" / "o.svg").read_bytes() == (tmp_path / "khoa-thu" / "anh" / "o.svg").read_bytes()

    def test_a_course_that_is_not_there_cannot_be_exported(self):
        with pytest.raises(NotFound):
            export_course("khong-co")


def test_two_nodes_that_start_at_once_publish_one_version(app: Flask, tmp_path):
    compiled = check_folder(write_course(tmp_path))
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def start() -> None:
        with app.app_context():
            barrier.wait()
            outcomes.append(publish_course(compiled=compiled, slug="khoa-thu").outcome)
            db.session.commit()

    nodes = [threading.Thread(target=start) for _ in range(2)]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()
    assert sorted(outcomes) == ["new", "unchanged"]
    assert count_versions() == 1
    assert db.session.scalar(select(func.count()).select_from(CourseItem)) == 2


def test_the_same_course_given_to_a_place_is_listed_there_at_once_and_logged_there(app: Flask, tmp_path):
    folder = write_course(tmp_path)
    publish(folder)
    assert find_course("khoa-thu").place_id is None
    ward = place_id_of("14812")
    for text in (LESSON, LESSON.replace("tắt máy", "tắt hẳn máy")):
        write_course(tmp_path, lesson=text)
        publish_course(compiled=check_folder(folder), slug="khoa-thu", written=WrittenInBrowser(ward))
        db.session.commit()
        assert find_course("khoa-thu").place_id == ward
    logged = db.session.scalars(select(LogEntry.place_id).where(LogEntry.act == "publish_course").order_by(LogEntry.at))
    assert logged.all() == [None, ward]
