"""The pages that hand a published course on: who may print, for which commune, what stands on each piece."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from sqlalchemy import update

from app.access.actor import Role, WayIn
from app.authoring.hand_on.loudspeaker import LEAST_WORDS, MOST_WORDS, Loudspeaker, make_loudspeaker
from app.authoring.hand_on.material import make_material
from app.authoring.hand_on.run_sheet import LENGTHS, make_run_sheet
from app.content.catalogue import forget_after_commit
from app.content.models import Course, WithdrawnItem
from app.content.queries import find_course, list_catalogue
from app.extensions import db
from app.places.queries import printed_place
from app.shared.clock import now
from app.shared.ids import new_id
from tests.courses.folders import COURSE, LESSON
from tests.factories import make_staff, place_id_of, sign_in
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient
from tests.page_rules import text_of
from tests.rules.roles import open_device

pytestmark = [pytest.mark.shipped_courses, pytest.mark.sqlite_only]
SLUG = "nhan-biet-va-tranh-lua-dao-qua-mang"
TEAM_SLUG = "huong-dan-nguoi-cao-tuoi-dung-dien-thoai"
HUB = f"/workshop/courses/{SLUG}/hand-on"
PIECES = ("poster", "handout", "loudspeaker", "share", "run-sheet")
BIM_SON = "14812"


@pytest.fixture
def device(client: PageClient) -> PageClient:
    sign_in(client, make_staff(Role.TRAINER, None), WayIn.STAFF)
    return client


@pytest.fixture
def public_address(app: Flask) -> str:
    """The server is known to everybody under this address."""
    app.extensions["settings"] = replace(app.extensions["settings"], public_url="https://hoc.thanhhoa.gov.vn")
    return "https://hoc.thanhhoa.gov.vn"


def number_of(slug: str) -> int:
    head = find_course(slug)
    assert head is not None
    return head.number


def loudspeaker_of(app: Flask, slug: str, place_code: str | None = BIM_SON) -> Loudspeaker:
    head = find_course(slug)
    assert head is not None
    place = printed_place(place_id_of(place_code)) if place_code else None
    with app.test_request_context("/"):
        return make_loudspeaker(make_material(head, place))


def printed(html: str) -> str:
    """The words of the sheet."""
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    return text_of(next(root.iter("article")))


@pytest.mark.parametrize(("role", "status"), [("stranger", 401), ("leader", 403), ("officer", 403), ("operator", 200)])
def test_only_who_uses_the_workshop_hands_on(new_client: Callable[[], PageClient], role: str, status: int) -> None:
    device = open_device(role, new_client)
    addresses = [HUB, *(f"{HUB}/{piece}" for piece in PIECES)]
    assert [device.get(address).status_code for address in addresses] == [status] * len(addresses)


def test_the_course_page_leads_to_the_pieces(device: PageClient) -> None:
    assert f'href="{HUB}"' in device.get(f"/workshop/courses/{SLUG}").text
    page = device.get(f"{HUB}?place={BIM_SON}").text
    for piece in PIECES:
        assert f'href="{HUB}/{piece}?place={BIM_SON}"' in page


def test_the_commune_of_a_trainer_is_taken_unless_another_is_chosen(client: PageClient) -> None:
    sign_in(client, make_staff(Role.TRAINER, BIM_SON), WayIn.STAFF)
    assert f"{BIM_SON}-{number_of(SLUG)} " in client.get(HUB).text
    assert "dùng chung mọi nơi" in client.get(f"{HUB}?place=").text
    other = client.get(f"{HUB}?place=24805").text
    assert "Phường Xuân Trường - Đà Lạt, Lâm Đồng" in other
    assert "Nơi anh chị phụ trách" in other


def test_a_course_of_one_commune_is_for_that_commune(device: PageClient) -> None:
    db.session.execute(update(Course).where(Course.slug == SLUG).values(place_id=place_id_of("24805")))
    forget_after_commit()
    assert "Phường Xuân Trường - Đà Lạt, Lâm Đồng" in device.get(HUB).text
    assert "dùng chung mọi nơi" in device.get(f"{HUB}?place=").text


def test_a_commune_is_found_by_any_name(device: PageClient) -> None:
    page = device.get(f"{HUB}?place=&q=bim son").text
    assert f'href="{HUB}?place={BIM_SON}"' in page
    assert "Chưa thấy nơi nào tên như vậy." in device.get(f"{HUB}?q=zzzzzz").text


def test_a_former_commune_leads_to_what_it_became(device: PageClient) -> None:
    assert device.get(f"{HUB}?place=14815").location == f"{HUB}?place={BIM_SON}"
    assert device.get(f"{HUB}/poster?place=14815").location == f"{HUB}?place=14815"
    page = device.get(f"{HUB}?place=00007").text
    assert "đã sắp xếp lại. Chọn nơi hiện nay:" in page
    assert page.count(f'href="{HUB}?place=') == 2


@pytest.mark.parametrize("place", ["99999", "38", "x"])
def test_what_is_no_commune_is_not_found(device: PageClient, place: str) -> None:
    assert device.get(f"{HUB}?place={place}").status_code == 404
    assert device.get(f"{HUB}/poster?place={place}").status_code == 404


def test_qr_and_typed_address_are_those_of_the_public_server(app: Flask, public_address: str) -> None:
    head = find_course(SLUG)
    assert head is not None
    with app.test_request_context("/"):
        material = make_material(head, printed_place(place_id_of(BIM_SON)))
    assert material.address == f"{public_address}/courses/{SLUG}?xa={BIM_SON}"
    assert material.typed_address == "hoc.thanhhoa.gov.vn/go"
    assert material.code == f"{BIM_SON}-{head.number}"


def test_the_poster_says_what_is_needed(device: PageClient) -> None:
    sheet = printed(device.get(f"{HUB}/poster?place={BIM_SON}").text)
    for words in (
        "Phường Bỉm Sơn, Thanh Hóa",
        "Tránh bị lừa qua điện thoại",
        "Quét mã bằng camera hoặc Zalo",
        "/go rồi gõ mã",
        f"{BIM_SON}-{number_of(SLUG)}",
        "38 phút · Không cần tài khoản",
        "bộ phận Một cửa Phường Bỉm Sơn",
    ):
        assert words in sheet


def test_a_server_without_a_public_address_warns_before_anything_is_printed(device: PageClient, app: Flask) -> None:
    warned = device.get(HUB).text
    assert "Nhờ người vận hành hệ thống đặt địa chỉ công khai, rồi hãy in." in warned
    assert "PUBLIC_URL" not in warned
    app.extensions["settings"] = replace(app.extensions["settings"], public_url="http://localhost")
    assert "Nhờ người vận hành" not in device.get(HUB).text


def test_pieces_for_a_team_ask_members_to_sign_in(device: PageClient) -> None:
    sheet = printed(device.get(f"/workshop/courses/{TEAM_SLUG}/hand-on/poster").text)
    assert "Đăng nhập để học" in sheet
    assert "Không cần tài khoản" not in sheet
    assert "Anh chị làm" in device.get(f"/workshop/courses/{TEAM_SLUG}/hand-on/run-sheet").text


def test_pieces_speak_the_course_s_language_on_an_english_screen(device: PageClient) -> None:
    device.post("/display", data={"language": "en", "next": "/"})
    page = device.get(f"{HUB}/poster?place={BIM_SON}").text
    assert 'lang="en"' in page
    assert "Quét mã bằng camera hoặc Zalo" in printed(page)


def test_every_shipped_course_can_be_read_out_in_60_to_90_seconds(app: Flask, public_address: str) -> None:
    for course in list_catalogue():
        for place in (BIM_SON, None):
            text = loudspeaker_of(app, course.slug, place)
            assert LEAST_WORDS <= text.words <= MOST_WORDS, course.slug
            assert 60 <= text.seconds <= 91
            said = " ".join(text.paragraphs)
            assert said.startswith("Kính thưa ")
            assert not re.search(r"\d|%|OTP|QR|VNeID", said)
            assert "hoc chấm thanhhoa chấm gốp chấm vê nờ gạch chéo gờ o" in said


def test_the_course_s_own_words_are_read_out_with_the_way_to_it(app: Flask, tmp_path: Path) -> None:
    own = "loudspeaker: |\n  Kính thưa bà con, 8:00 ngày 21/11/2026 UBND mở lớp.\n\n  Xin mời bà con!\n"
    publish(write_course(tmp_path, course=COURSE + own))
    text = loudspeaker_of(app, "khoa-thu")
    assert text.is_own
    assert text.is_short
    assert text.paragraphs[0] == (
        "Kính thưa bà con, tám giờ ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu "
        "Ủy ban nhân dân mở lớp."
    )
    assert text.paragraphs[1] == "Xin mời bà con!"
    assert "một bốn tám một hai, gạch ngang, năm" in text.paragraphs[2]


def test_a_course_without_boxes_says_what_is_missing(device: PageClient, tmp_path: Path) -> None:
    publish(write_course(tmp_path))
    hub = "/workshop/courses/khoa-thu/hand-on"
    assert "Hơi ngắn: nên từ 60 giây." in device.get(f"{hub}/loudspeaker").text
    handout = device.get(f"{hub}/handout").text
    assert "Các bài chưa có ô Nhớ" in handout
    assert "Bài một" in printed(handout)
    assert "Các bài chưa có ô Nhớ nào để in." in device.get(hub).text


def test_the_handout_tells_what_did_not_fit(device: PageClient, tmp_path: Path) -> None:
    boxes = "".join(f"\n> **Nhớ:** Điều thứ {place} {'rất dài ' * 20}\n" for place in range(1, 9))
    publish(write_course(tmp_path, lesson=LESSON + boxes))
    page = device.get("/workshop/courses/khoa-thu/hand-on/handout").text
    sheet = printed(page)
    assert "Điều thứ 1 " in sheet
    assert "Điều thứ 8 " not in sheet
    assert re.search(r"Một trang vừa [2-5] ô; [3-6] ô để lại", page)
    assert "Nhớ: Điều thứ 8 " in page


def test_the_share_text_is_the_course_s_own_or_made_of_it(device: PageClient, tmp_path: Path) -> None:
    composed = device.get(f"{HUB}/share?place={BIM_SON}").text
    assert "Khóa học “Nhận biết và tránh lừa đảo qua mạng”: 38 phút" in composed
    assert f"/courses/{SLUG}?xa={BIM_SON}" in composed
    publish(write_course(tmp_path, course=COURSE + "share: Bà con vào học nhé.\n"))
    own = device.get("/workshop/courses/khoa-thu/hand-on/share").text
    assert "Bà con vào học nhé." in own
    assert "/courses/khoa-thu" in own


@pytest.mark.parametrize("length", LENGTHS)
def test_the_run_sheet_of_every_shipped_course_adds_up(app: Flask, length: int) -> None:
    for course in list_catalogue():
        head = find_course(course.slug)
        assert head is not None
        with app.test_request_context("/"):
            sheet = make_run_sheet(make_material(head, None), length, None)
        assert sum(row.minutes for row in sheet.rows) == length
        assert sheet.rows[0].time == "0–10"
        assert sheet.rows[-1].time == f"{length - 10}–{length}"
        assert sum(row.is_break for row in sheet.rows) == (length > 60)


def test_the_run_sheet_counts_from_the_hour_that_is_given(device: PageClient) -> None:
    page = device.get(f"{HUB}/run-sheet?place={BIM_SON}&minutes=90&start=13:30").text
    assert "13:30–13:40" in page
    assert "14:50–15:00" in page
    assert '<option value="90" selected>' in page
    assert "0–10" in device.get(f"{HUB}/run-sheet?minutes=7&start=99:99").text


def test_a_course_with_more_items_than_time_leaves_some_for_home(device: PageClient, tmp_path: Path) -> None:
    folder = write_course(tmp_path, quiz=None)
    for place in range(2, 30):
        lesson = LESSON.replace("bai-mot", f"bai-{place}").replace("Bài một", f"Bài {place}")
        (folder / f"{place:02}-bai-{place}.md").write_text(lesson, encoding="utf-8")
    publish(folder)
    page = device.get("/workshop/courses/khoa-thu/hand-on/run-sheet?minutes=60").text
    assert "Không đủ giờ cho mọi mục." in page
    assert "Bài 29" in page


@pytest.mark.parametrize(
    ("minutes", "advice"), [(41, "Chọn buổi 90 phút"), (66, "Chọn buổi 120 phút"), (91, "Nên chia thành hai buổi")]
)
def test_a_meeting_that_is_too_short_says_what_to_choose_instead(
    device: PageClient, tmp_path: Path, minutes: int, advice: str
) -> None:
    publish(write_course(tmp_path, quiz=None, lesson=LESSON.replace("minutes: 6", f"minutes: {minutes}")))
    page = device.get("/workshop/courses/khoa-thu/hand-on/run-sheet?minutes=60").text
    assert f"Các bài cần {minutes} phút, buổi này chỉ dành được 40 phút cho bài." in page
    assert advice in page


def test_a_meeting_that_is_long_enough_says_nothing_of_it(device: PageClient, tmp_path: Path) -> None:
    publish(write_course(tmp_path, quiz=None, lesson=LESSON.replace("minutes: 6", "minutes: 40")))
    page = device.get("/workshop/courses/khoa-thu/hand-on/run-sheet?minutes=60").text
    assert "chỉ dành được" not in page


def test_practice_and_drill_have_their_own_rows(device: PageClient) -> None:
    page = device.get("/workshop/courses/thanh-toan-bang-ma-qr-an-toan/hand-on/run-sheet").text
    assert "tự quét mã và đọc to tên người nhận" in page
    assert "Người giao hàng (số lạ)" in page
    assert "Ký xác nhận phần thực hành" in page


def test_a_withdrawn_item_is_handed_on_no_more(device: PageClient) -> None:
    head = find_course(SLUG)
    assert head is not None
    assert "Dọa, dụ, giục, giấu" in device.get(f"{HUB}/handout").text
    db.session.add(
        WithdrawnItem(id=new_id(), course_id=head.id, item_key="so-la-goi-den", reason="Sai", withdrawn_at=now())
    )
    forget_after_commit()
    for piece in ("handout", "run-sheet", "loudspeaker"):
        assert "ọa, dụ, giục, giấu" not in device.get(f"{HUB}/{piece}").text


def test_a_withdrawn_course_is_handed_on_no_more(device: PageClient) -> None:
    db.session.execute(update(Course).where(Course.slug == SLUG).values(withdrawn_at=now(), withdrawn_reason="Cũ"))
    forget_after_commit()
    assert "Khóa này đã ngừng" in device.get(HUB).text
    assert device.get(f"{HUB}/poster").status_code == 409
    assert "hand-on" not in device.get(f"/workshop/courses/{SLUG}").text
