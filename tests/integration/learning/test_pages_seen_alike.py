"""A lesson is rendered once for all who stand at the same point, and still is each person's own page."""

import gzip
import re
from collections.abc import Callable

import pytest

from app.content.models import Course
from app.extensions import db
from tests.learning_steps import Walk
from tests.page_client import PageClient

pytestmark = [pytest.mark.shipped_courses, pytest.mark.sqlite_only]
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{32})"')


@pytest.fixture
def two(new_client: Callable[[], PageClient]) -> tuple[Walk, Walk]:
    """Two guests who have read the first lesson."""
    walks = Walk(new_client()), Walk(new_client())
    for walk in walks:
        walk.understand(walk.lessons[0])
    return walks


def shown(walk: Walk, number: int) -> str:
    response = walk.client.get(walk.address(walk.lessons[number]))
    assert response.status_code == 200
    return response.text


def test_each_learner_gets_the_token_of_their_own_session(two: tuple[Walk, Walk]) -> None:
    for walk in (*two, *two):
        assert TOKEN.findall(shown(walk, 1)) == [walk.client.form_token()]
    assert two[0].client.form_token() != two[1].client.form_token()


def test_the_compressed_page_is_the_plain_page(two: tuple[Walk, Walk]) -> None:
    for walk in two:
        plain = shown(walk, 1)
        walk.client.checks_pages = False
        compressed = walk.client.get(walk.address(walk.lessons[1]), headers={"Accept-Encoding": "gzip, br"})
        assert compressed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in compressed.vary
        assert gzip.decompress(compressed.data).decode() == plain


def test_a_personal_page_is_kept_by_nobody(two: tuple[Walk, Walk]) -> None:
    response = two[0].client.get(two[0].address(two[0].lessons[1]))
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_is_further_on_sees_so(two: tuple[Walk, Walk]) -> None:
    first, second = two
    before = shown(second, 1)
    first.understand(first.lessons[1])
    first.understand(first.lessons[2])
    assert TOKEN.sub("", shown(second, 1)) == TOKEN.sub("", before)
    assert TOKEN.sub("", shown(first, 1)) != TOKEN.sub("", before)


def test_language_and_size_are_each_visitors_own(two: tuple[Walk, Walk]) -> None:
    first, second = two
    shown(second, 1)
    first.client.post("/display", data={"language": "en", "size": "150", "next": "/"})
    page = shown(first, 1)
    assert 'lang="en"' in page.split(">")[1]
    assert 'lang="vi"' in shown(second, 1).split(">")[1]


def test_a_visitor_without_a_session_gets_no_token(
    two: tuple[Walk, Walk], new_client: Callable[[], PageClient]
) -> None:
    shown(two[0], 0)
    stranger = Walk(new_client())
    assert not TOKEN.search(shown(stranger, 0))


def test_a_withdrawn_course_says_so_at_once(two: tuple[Walk, Walk]) -> None:

    assert "tạm dừng" not in shown(two[0], 1)
    course = db.session.query(Course).filter_by(slug=two[0].slug).one()
    course.withdrawn_reason = "đang sửa bài"
    db.session.commit()
    assert "đang sửa bài" in shown(two[0], 1)


@pytest.mark.parametrize("accepted", ["", "gzip;q=0, br;q=0", "identity", "xgzip"])
def test_who_does_not_take_compressed_pages_gets_none(two: tuple[Walk, Walk], accepted: str) -> None:
    walk = two[0]
    response = walk.client.get(walk.address(walk.lessons[1]), headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers
    assert response.text == shown(walk, 1)


def test_a_newcomer_to_a_withdrawn_course_is_offered_another(
    two: tuple[Walk, Walk], new_client: Callable[[], PageClient]
) -> None:
    course = db.session.query(Course).filter_by(slug=two[0].slug).one()
    course.withdrawn_reason = "đang sửa bài"
    db.session.commit()
    newcomer = Walk(new_client())
    for item in (newcomer.lessons[0], newcomer.quiz):
        page = newcomer.client.get(newcomer.address(item)).text
        assert "Xem khóa khác" in page
        assert "/understood" not in page
        assert f'{newcomer.address(item)}/attempts"' not in page
    assert "/understood" in shown(two[0], 1)
