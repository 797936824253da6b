"""A link to one question of a quiz opens it there, with scripts and without."""

import html
import json
import re
from pathlib import Path

import pytest

from app.authoring.drafts import live_files
from app.authoring.models import CourseDraft
from app.authoring.quiz_asked import SETTINGS
from app.extensions import db
from app.people.models import Person
from tests.integration.authoring.drafts import FILES, QUIZ, file_at, make_draft
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
PATH = "02-kiem-tra.md"
BROKEN = "\n## Hỏng\n<!-- key: q-hong -->\nChưa có phương án nào.\n"
TEXT = QUIZ + "\n# Nhóm: Khó\n\n## Gõ số\n<!-- key: q-so -->\n- = 113\n" + BROKEN
AREA = re.compile(r'<textarea id="plain-(\w+)" name="text"([^>]*)>\n(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def draft(trainer: Person) -> CourseDraft:
    return make_draft(trainer, files={**FILES, PATH: TEXT.encode()})


def address(draft: CourseDraft) -> str:
    return f"/workshop/drafts/{draft.id}/items/{file_at(draft, PATH).id}"


def asked(page: str) -> dict[str, object] | None:
    found = re.search(r'data-asked="([^"]*)"', page)
    return json.loads(html.unescape(found[1])) if found else None


def line_of(words: str) -> int:
    """In the body, which stands behind the front matter."""
    body = TEXT.split("---\n", 2)[2]
    return body[: body.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("words", "place", "field"),
    [
        ("## Ai được", 0, "title"),
        ("- [x] Không ai", 0, "answer-1"),
        ("# Nhóm", 1, "raw"),
        ("- = 113", 2, "answer-0"),
        ("Chưa có phương", 3, "raw"),
    ],
)
def test_a_line_leads_to_the_part_and_the_field_in_which_it_stands(
    device: PageClient, draft: CourseDraft, words: str, place: int, field: str
) -> None:
    page = device.get(f"{address(draft)}?line={line_of(words)}").text
    assert asked(page) == {"place": place, "field": field}


def test_a_line_above_the_text_leads_to_the_settings_and_one_beyond_it_to_the_last_part(
    device: PageClient, draft: CourseDraft
) -> None:
    assert asked(device.get(f"{address(draft)}?line=0").text) == {"place": SETTINGS, "field": ""}
    assert (asked(device.get(f"{address(draft)}?line=99999").text) or {})["place"] == 3
    assert asked(device.get(address(draft)).text) is None
    assert asked(device.get(f"{address(draft)}?line=abc").text) is None


def test_a_key_leads_to_its_question_and_one_that_is_gone_is_said(device: PageClient, draft: CourseDraft) -> None:
    assert asked(device.get(f"{address(draft)}?question=q-so").text) == {"place": 2, "field": ""}
    page = device.get(f"{address(draft)}?question=q-da-xoa").text
    assert asked(page) is None
    assert "không còn trong bản đang sửa" in page


@pytest.mark.parametrize("where", ["", "?question=q-ma", "?question=q-so", "?question=q-ke", "?line=1", "?line=0"])
def test_without_scripts_the_question_stands_alone_and_saving_keeps_every_letter(
    device: PageClient, draft: CourseDraft, where: str
) -> None:
    areas = AREA.findall(device.get(address(draft) + where).text)
    texts = [html.unescape(text).replace("\n", "\r\n") for _, _, text in areas]
    assert device.post(address(draft), data={"revision": "1", "text": texts}).status_code == 303
    assert file_at(draft, PATH).text == TEXT


def test_without_scripts_the_question_that_is_asked_for_has_the_focus(device: PageClient, draft: CourseDraft) -> None:
    areas = AREA.findall(device.get(f"{address(draft)}?question=q-so").text)
    assert [name for name, _, _ in areas] == ["before", "text", "behind"]
    assert [html.unescape(text) for _, more, text in areas if "autofocus" in more] == [
        "## Gõ số\n<!-- key: q-so -->\n- = 113\n"
    ]


def test_faults_of_the_draft_lead_to_their_question_and_to_the_settings(device: PageClient, trainer: Person) -> None:
    wrong = TEXT.replace("minutes:", "minutes: nhiều #")
    made = make_draft(trainer, files={**FILES, PATH: wrong.encode()})
    page = device.get(f"/workshop/drafts/{made.id}").text
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*\?line=\d+)"', page) if address(made) in link]
    places = {(asked(device.get(link).text) or {})["place"] for link in links}
    assert places >= {SETTINGS, 3}


def test_a_question_to_improve_is_opened_by_its_key_whatever_its_words_are_now(
    device: PageClient, tmp_path: Path
) -> None:
    quiz = TEXT.replace(BROKEN, "").replace("# Nhóm: Khó", "# Nhóm: Khó (lấy 1)")
    publish(write_course(tmp_path, quiz=quiz))
    answer = device.post("/workshop/courses/khoa-thu/edit", data={"item": "kiem-tra", "question": "q-so"})
    assert answer.location.endswith("?question=q-so")
    file = next(file for file in live_files(db.session.scalars(db.select(CourseDraft)).one()) if file.path == PATH)
    file.text = (file.text or "").replace("## Gõ số", "## Số nào?")
    db.session.commit()
    assert asked(device.get(answer.location).text) == {"place": 2, "field": ""}
