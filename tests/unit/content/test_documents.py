"""A file of Word becomes a lesson with its pictures; one that is broken or may do harm costs nothing but a sentence."""

import base64
import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.compile.normal_photo import normal_size
from app.content.documents import DocxWorker, document_from_docx
from app.content.interchange.report import FileUnreadable
from tests.docx import PACKAGE, make_docx, p, picture, run, table
from tests.photos import make_photo, phone_photo

PNG = make_photo("PNG", (60, 40))
DELETED = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def refused(content: bytes) -> str:
    with pytest.raises(FileUnreadable) as caught:
        document_from_docx(content)
    return caught.value.reason


def test_a_whole_text_keeps_what_a_lesson_can_show() -> None:
    body = [
        p("Tắt máy đúng cách", "Title"),
        p("1 Chuẩn bị", "TOC1"),
        p("Chuẩn bị", "Heading1"),
        p(run("Bác ") + run("cần", "<w:b/>") + run(" sạc") + DELETED + f"<w:ins>{run(' thêm')}</w:ins>" + NOTE),
        p("Một", in_list=(1, 0)) + p("Hai", in_list=(1, 1)) + p("Ba", in_list=(1, 0)),
        p("Mục của xã", "Muc"),
        p("x", in_list=(2, 0)) + p("y", in_list=(2, 0)),
        table(("Nút", "Việc"), ("a", "b")),
        picture("a.png", "Màn hình"),
        p('<w:hyperlink r:id="h"><w:r><w:t>xem</w:t></w:r></w:hyperlink>'),
    ]
    document = document_from_docx(make_docx("".join(body), {"a.png": PNG}, {"h": "https://vneid.gov.vn"}))
    assert document.title == "Tắt máy đúng cách"
    assert document.markdown.split("\n\n") == [
        "## Chuẩn bị",
        "Bác **cần** sạc thêm\\[1\\]",
        "- Một\n  - Hai\n- Ba",
        "### Mục của xã",
        "1. x\n2. y",
        "| Nút | Việc |\n| --- | --- |\n| a | b |",
        "![Màn hình](anh/hinh.png)",
        "[xem](https://vneid.gov.vn)",
        "\\[1\\] Nguồn: Bộ Công an",
    ]
    assert document.notes == ("Chú thích đứng ở cuối bài.",)


def test_pictures_come_in_their_normal_form_and_others_are_said() -> None:
    body = picture("a.jpg", "Nhà văn hóa") + picture("b.emf") + picture("c.png", "Hỏng")
    content = make_docx(body, {"a.jpg": phone_photo(), "b.emf": b"x", "c.png": PNG[:40]})
    document = document_from_docx(content)
    assert list(document.pictures) == ["anh/hinh.jpg"]
    assert normal_size(document.pictures["anh/hinh.jpg"], "jpg") == (720, 540)
    assert document.markdown == "![Nhà văn hóa](anh/hinh.jpg)"
    said = " ".join(document.notes)
    assert "hình không đi theo chữ" in said
    assert "1 hình vẽ riêng của Word" in said


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server of this test's own that notes whoever calls."""
    calls: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    is_over = threading.Event()

    def listen() -> None:
        while not is_over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, address = server.accept()
                calls.append(address)
                connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    is_over.set()
    thread.join()
    server.close()


def test_nothing_is_ever_fetched(listener: tuple[int, list[object]]) -> None:
    port, calls = listener
    there = f"http://127.0.0.1:{port}/x.png"
    related = f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd">'
    document = document_from_docx(make_docx(p("a") + picture("out", how="link"), links={"out": there}))
    assert (document.markdown, document.pictures) == ("a", {})
    on_disk = {"out": "file:///etc/hostname.png"}
    local = document_from_docx(make_docx(p("a") + picture("out", how="link"), links=on_disk))
    assert (local.markdown, local.pictures) == ("a", {})
    assert "hỏng" in refused(make_docx("", parts={"word/document.xml": f"{related}<w/>"}))
    template = f'<Relationship Id="t" Type="x/attachedTemplate" Target="{there}" TargetMode="External"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{template}</Relationships>'
    document_from_docx(make_docx(p("a"), parts={"word/_rels/settings.xml.rels": relations}))
    with socket.create_connection(("127.0.0.1", port)) as own:
        # Calls are taken in their order: once ours is, every earlier one has been.
        assert own.recv(1) == b""
        assert calls == [own.getsockname()]


FILE = '<!ENTITY a SYSTEM "file:///etc/passwd">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "hỏng"),
        (b"PK", "hỏng"),
        (b"chu thuong", "hỏng"),
        (make_docx(p("a"))[:-30], "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (make_docx("", parts={"word/document.xml": f"<!DOCTYPE w [{LAUGHS}]><w>&l9;</w>"}), "hỏng"),
        (make_docx("", parts={"word/x.xml": f"<!DOCTYPE w [{FILE}]><w>&a;</w>"}), "hỏng"),
        (make_docx(p("a"), parts={"word/media/a.png": bytes(90_000_000)}), "giải nén"),
        (make_docx(p("a"), parts={f"word/media/{n}.png": b"" for n in range(2_001)}), "hỏng"),
        (make_docx("<w:p>" * 40_000 + "</w:p>" * 40_000), "rối"),
        (make_docx("", parts={"word/document.xml": "<a/>"}), "rối"),
    ],
    ids=["empty", "no-zip", "text", "cut", "doc", "password", "laughs", "entity", "bomb", "entries", "deep", "foreign"],
)
def test_what_is_no_file_of_word_or_may_do_harm_is_refused(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_the_process_that_hangs_is_killed_and_the_next_file_is_read() -> None:
    worker = DocxWorker(seconds=0.3)
    slow = make_docx("".join(p("chữ " * 50, "Heading1") for _ in range(20_000)))
    assert "error" in worker.ask({"content": base64.b64encode(slow).decode()})
    worker.seconds = 10
    assert "html" in worker.ask({"content": base64.b64encode(make_docx(p("a"))).decode()})
    worker.stop()


def test_a_long_text_is_read_in_time() -> None:
    long = make_docx("".join(p("Bác giữ nút nguồn ba giây. " * 20) for _ in range(1_000)))
    assert len(document_from_docx(long).markdown) > 400_000


SOUND = make_docx(p("a", "Heading1") + p("b") + picture("a.png"), {"a.png": PNG})


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused(place: int, damage: bytes) -> None:
    with contextlib.suppress(FileUnreadable):
        document_from_docx(SOUND[:place] + damage + SOUND[place + len(damage) :])


def test_a_zip_that_is_no_document_is_refused() -> None:
    assert "Word" in refused(make_docx("").replace(b"word/document.xml", b"word/documint.xml"))
