"""A lesson as paragraphs: what counts as one, and which changes make another one of it."""

import pytest

from app.content.paragraphs import Paragraph, paragraph_name, paragraphs_of
from tests.courses.folders import compile_here, folder_with, read_sample

HEAD = "---\nkind: lesson\nkey: bai-mot\ntitle: Bài một\nminutes: 6\n---\n"


def of_lesson(body: str) -> list[Paragraph]:
    return paragraphs_of(compile_here(folder_with(lesson=HEAD + body)).items[0].body)


def texts(body: str, kind: str = "text") -> list[str]:
    return [paragraph.text for paragraph in of_lesson(body) if paragraph.kind == kind]


def test_paragraphs_entries_boxes_and_rows_stand_for_themselves() -> None:
    body = (
        "Câu **đậm** một.\n\n- ý một\n- ý hai\n\n1. bước\n   - bước nhỏ\n\n"
        "> **Nhớ:** giữ mã.\n\n| Việc | Làm |\n|---|---|\n| Số lạ | Tắt máy |\n"
    )
    assert texts(body) == [
        "Câu đậm một.",
        "ý một",
        "ý hai",
        "bước",
        "bước nhỏ",
        "Nhớ: giữ mã.",
        "Việc · Làm",
        "Số lạ · Tắt máy",
    ]


def test_headings_are_no_paragraphs_but_the_question_to_try_is() -> None:
    question = "## ? Ai hỏi mã?\n\n- [ ] Công an\n  > Không.\n- [x] Không ai\n\n"
    body = f"Mở đầu.\n\n## Một mục\n\nChữ.\n\n{question}## Mục sau\n\nHết."
    assert texts(body, "heading") == ["Một mục", "Mục sau"]
    assert texts(body) == ["Mở đầu.", "Chữ.", "Ai hỏi mã?", "Hết."]


def test_a_picture_is_told_by_what_stands_in_it_and_sources_are_left_out() -> None:
    found = paragraphs_of(compile_here(read_sample()).items[0].body)
    pictures = [paragraph.text for paragraph in found if paragraph.kind == "picture"]
    assert len(pictures) == 1
    assert not any("example" in paragraph.text for paragraph in found)


def test_a_word_and_its_explanation_are_one_paragraph() -> None:
    head = HEAD.replace("---\n", "---\nterms:\n  otp: mã dùng một lần\n", 1)
    body = compile_here(folder_with(lesson=head + "Giữ [mã OTP](#otp) nhé.")).items[0].body
    assert [p.text for p in paragraphs_of(body) if p.kind == "text"] == ["Giữ mã OTP nhé.", "mã OTP: mã dùng một lần"]


@pytest.mark.parametrize("same", ["Bác giữ  mã.", "bác GIỮ mã", "Bác **giữ** mã.", "Bác giữ [mã](tel:113)."])
def test_marks_case_and_punctuation_make_no_other_paragraph(same: str) -> None:
    assert of_lesson(same)[0].name == paragraph_name("Bác giữ mã.")


def test_another_word_makes_another_paragraph() -> None:
    assert of_lesson("Bác giữ kỹ mã.")[0].name != paragraph_name("Bác giữ mã.")
    assert len(paragraph_name("Bác giữ mã.")) == 8


def test_the_words_of_a_province_do_not_change_the_name() -> None:
    found = of_lesson("Mở {{app-cua-tinh}} ra.")
    assert found[0].text == "Mở {{app-cua-tinh}} ra."


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>…</p>", "<hr>", "<p>Chưa đóng", "</p></li>Chữ lạc"])
def test_nothing_and_broken_html_do_no_harm(html: str) -> None:
    assert all(paragraph.text for paragraph in paragraphs_of(html))
