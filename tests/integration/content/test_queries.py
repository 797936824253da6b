"""Reading courses: the catalogue, versions, search, and what a process keeps."""

import unicodedata
from uuid import uuid4

import pytest
from sqlalchemy import event, update

from app.content.actions import reinstate_course, withdraw_course
from app.content.models import Course
from app.content.queries import find_course, find_course_by_id, get_version, list_catalogue, search_courses
from app.extensions import db
from app.shared.errors import NotFound
from tests.courses.folders import COURSE, LESSON
from tests.integration.content.folders_on_disk import publish, write_course

pytestmark = pytest.mark.usefixtures("app")
EVERYBODY = ("resident", "both")


def course_text(key: str, **changes: str) -> str:
    lines = {**dict(line.split(": ", 1) for line in COURSE.splitlines()), "key": key, **changes}
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def publish_named(folder, key: str, *, lesson: str = LESSON, **changes: str):
    return publish(write_course(folder, slug=key, course=course_text(key, **changes), lesson=lesson))


def hits(text: str, audiences=EVERYBODY) -> list[tuple[str, str | None]]:
    return [(hit.course_slug, hit.item_slug) for hit in search_courses(text, audiences)]


class TestCatalogue:
    def test_residents_come_first_then_both_then_teams(self, tmp_path):
        for key, audience in (("a-to", "team"), ("b-ca-hai", "both"), ("c-dan", "resident"), ("d-dan", "resident")):
            publish_named(tmp_path, key, audience=audience)
        assert [course.slug for course in list_catalogue()] == ["c-dan", "d-dan", "b-ca-hai", "a-to"]

    def test_a_course_says_what_is_in_it(self, tmp_path):
        publish_named(tmp_path, "khoa-thu", icon="qr")
        course = list_catalogue()[0]
        assert (course.lesson_count, course.quiz_count, course.minutes, course.icon) == (1, 1, 12, "qr")
        assert not course.withdrawn

    def test_a_withdrawn_course_stays_and_is_marked(self, tmp_path):
        published = publish_named(tmp_path, "khoa-thu")
        withdraw_course(slug="khoa-thu", reason="Đang sửa lại.")
        db.session.commit()
        assert list_catalogue()[0].withdrawn
        assert find_course_by_id(published.course_id).withdrawn_reason == "Đang sửa lại."
        reinstate_course(slug="khoa-thu")
        db.session.commit()
        assert find_course("khoa-thu").withdrawn_at is None

    def test_what_was_rolled_back_is_not_shown(self, tmp_path):
        publish_named(tmp_path, "khoa-thu")
        withdraw_course(slug="khoa-thu", reason="Thử.")
        db.session.rollback()
        assert not list_catalogue()[0].withdrawn

    def test_the_catalogue_is_read_once_for_many_pages(self, tmp_path):
        publish_named(tmp_path, "khoa-thu")
        list_catalogue()
        with counted_queries() as queries:
            for _ in range(5):
                list_catalogue()
                find_course("khoa-thu")
        assert queries == []

    def test_what_another_node_published_is_seen_soon(self, tmp_path, monkeypatch):
        publish_named(tmp_path, "khoa-thu")
        list_catalogue()
        db.session.execute(update(Course).values(slug="ten-khac"))
        db.session.commit()
        monkeypatch.setattr("app.content.catalogue.SECONDS", -1.0)
        assert find_course("khoa-thu") is None
        assert find_course("ten-khac") is not None

    def test_an_unknown_course_is_none(self):
        assert find_course("khong-co") is None
        assert find_course_by_id(uuid4()) is None


class TestVersion:
    def test_a_version_is_read_once_in_a_process(self, tmp_path):
        published = publish_named(tmp_path, "khoa-thu")
        first = get_version(published.version_id)
        with counted_queries() as queries:
            assert get_version(published.version_id) is first
        assert queries == []

    def test_its_items_are_found_by_slug_and_by_key(self, tmp_path):
        version = get_version(publish_named(tmp_path, "khoa-thu").version_id)
        assert version.find_item("bai-mot") is version.item_by_key("bai-mot") is version.items[0]
        assert version.find_item("khong-co") is None
        assert version.required_items == ("bai-mot", "kiem-tra")

    def test_an_unknown_version_is_not_found(self):
        with pytest.raises(NotFound):
            get_version(uuid4())


class TestSearch:
    @pytest.fixture(autouse=True)
    def courses(self, app, tmp_path):  # noqa: ARG002 -- the app must stand before anything is published
        publish_named(tmp_path, "lua-dao", title="Tránh lừa đảo", goal="Không bị lừa", summary="Giữ tiền.")
        publish_named(
            tmp_path,
            "to-cong-nghe",
            title="Việc của tổ",
            audience="team",
            lesson=LESSON.replace("Bài một", "Đường dây nóng"),
        )

    def test_marks_case_and_order_do_not_matter(self):
        for text in ("lừa đảo", "lua dao", "LUA  ĐAO", "đảo lừa", unicodedata.normalize("NFD", "lừa đảo"), "lua_dao%"):
            assert hits(text) == [("lua-dao", None)]

    def test_the_words_of_a_lesson_are_found_in_it(self):
        assert hits("hoc xong tat may") == [("lua-dao", "bai-mot")]

    def test_a_title_comes_before_a_text(self, tmp_path):
        publish_named(tmp_path, "tat-may", title="Tắt máy", lesson=LESSON.replace("tắt máy", "mở máy"))
        assert hits("tat may") == [("tat-may", None), ("lua-dao", "bai-mot")]

    def test_the_beginning_of_a_word_is_enough_and_its_middle_is_not(self):
        assert hits("trá lừ") == [("lua-dao", None)]
        assert hits("anh ua") == []

    def test_what_is_for_teams_is_hidden_from_others(self):
        assert hits("duong day nong") == []
        assert hits("duong day nong", ("resident", "both", "team")) == [("to-cong-nghe", "bai-mot")]
        assert hits("viec cua to") == []

    def test_signs_find_nothing_and_break_nothing(self):
        for text in ("", "   ", "%", "_", "%%%", "lua%dao%x", "\\", "'; DROP TABLE course; --", "\x00", "🙂"):
            assert hits(text) == []

    def test_a_withdrawn_course_is_not_offered(self):
        withdraw_course(slug="lua-dao", reason="Đang sửa lại.")
        db.session.commit()
        assert hits("lua dao") == []

    def test_a_very_long_question_is_answered(self):
        assert hits("lua dao " * 1000) == [("lua-dao", None)]


class counted_queries:  # noqa: N801 -- reads as a sentence
    """The statements that reach the database meanwhile."""

    def __enter__(self) -> list[str]:
        self.statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_error: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_rest) -> None:
        self.statements.append(statement)
