"""A trainer hands a course on: what is printed is one page, and its QR, read back, opens the course for the commune."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from app.access.actor import Role, WayIn
from app.content.publishing import publish_folder
from app.content.queries import find_course
from app.extensions import db
from tests.browser.conftest import NewStory
from tests.browser.learner import RESIDENT_COURSE
from tests.browser.site import Site
from tests.browser.story import Story
from tests.courses.folders import COURSE, LESSON
from tests.factories import make_staff
from tests.integration.content.folders_on_disk import write_course

BIM_SON = "14812"
HUB = f"/workshop/courses/{RESIDENT_COURSE}/hand-on"
WORDY = "Việc rất dài mà bà con muốn làm được ở xã mình "
LESSON_BOXES = "".join(f"\n> **Nhớ:** Mười chữ rộng MMMMMM cho điều thứ {place} cần nhớ kỹ.\n" for place in range(30))


@pytest.fixture(scope="module", autouse=True)
def wordy_course(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The longest title and goal that a course may have, and more boxes than a page holds."""
    longest = (WORDY * 5)[:200].strip()
    course = COURSE.replace("title: Khóa thử", f"title: {longest}").replace("goal: Thử", f"goal: {longest[:-1]}?")
    with site.stored():
        publish_folder(write_course(tmp_path_factory.mktemp("wordy"), course=course, lesson=LESSON + LESSON_BOXES))


def as_trainer(site: Site, new_story: NewStory, device: str = "desktop", *, has_script: bool = True) -> Story:
    story = new_story(site, device, has_script=has_script)
    with site.stored():
        person = make_staff(Role.TRAINER, BIM_SON)
        db.session.expunge(person)
    story.sign_in_as(person, WayIn.STAFF)
    return story


def read_qr(picture: Image.Image) -> zxingcpp.Barcode:
    """The one QR in a picture."""
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.format for code in found] == [zxingcpp.BarcodeFormat.QRCode]
    return found[0]


def print_page(story: Story, folder: Path) -> list[Image.Image]:
    """What the browser's own print dialog would make of the page, sheet by sheet."""
    path = folder / "printed.pdf"
    story.page.pdf(path=path, format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    pages = [page.render(scale=2).to_pil() for page in document]
    document.close()
    return pages


def address_for(site: Site, slug: str = RESIDENT_COURSE) -> str:
    return f"{site.address}/courses/{slug}?xa={BIM_SON}"


def test_the_printed_poster_is_one_page_and_its_qr_opens_the_course_for_the_commune(
    site: Site, new_story: NewStory, tmp_path: Path
) -> None:
    trainer = as_trainer(site, new_story)
    trainer.open(f"/workshop/courses/{RESIDENT_COURSE}")
    trainer.press("Tờ treo, tờ phát, lời đọc loa, kịch bản")
    trainer.sees("Phường Bỉm Sơn, Thanh Hóa")
    trainer.press("Tờ treo mã QR")
    trainer.screenshot("poster", whole=True)
    shown = read_qr(Image.open(io.BytesIO(trainer.page.screenshot(full_page=True))))
    (printed,) = print_page(trainer, tmp_path)
    assert printed.height > printed.width
    on_paper = read_qr(printed)
    assert shown.text == on_paper.text == address_for(site)
    assert on_paper.ec_level in {"Q", "H"}
    red, green, blue = printed.convert("RGB").split()
    assert ImageChops.difference(red, green) == ImageChops.difference(green, blue), "not black and white"

    resident = new_story(site, "phone")
    resident.open(on_paper.text.removeprefix(site.address))
    resident.sees("Bà con ở Phường Bỉm Sơn, Thanh Hóa?")
    resident.press("Đúng rồi")
    assert resident.path == f"/courses/{RESIDENT_COURSE}"


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_the_code_beside_the_qr_does_the_same_for_who_types(site: Site, new_story: NewStory, has_script: bool) -> None:
    trainer = as_trainer(site, new_story, "phone", has_script=has_script)
    trainer.open(f"{HUB}/poster?place={BIM_SON}")
    code = trainer.page.locator(".poster-code").inner_text()
    resident = new_story(site, "phone", has_script=has_script)
    resident.open("/")
    resident.press("Có mã trên tờ giấy?")
    resident.fill("Mã", "14812")
    resident.press("Mở bài học")
    resident.sees("Mã còn thiếu số đứng sau dấu gạch.")
    resident.fill("Mã", code.replace("-", " "))
    resident.press("Mở bài học")
    resident.sees("Bà con ở Phường Bỉm Sơn, Thanh Hóa?")
    assert resident.path == f"/courses/{RESIDENT_COURSE}"


@pytest.mark.parametrize("slug", [RESIDENT_COURSE, "khoa-thu"])
@pytest.mark.parametrize("piece", ["poster", "handout"])
def test_a_sheet_is_one_page_however_long_the_course_s_words(
    site: Site, new_story: NewStory, tmp_path: Path, piece: str, slug: str
) -> None:
    trainer = as_trainer(site, new_story)
    trainer.open(f"/workshop/courses/{slug}/hand-on/{piece}?place=24805")
    (printed,) = print_page(trainer, tmp_path)
    assert read_qr(printed).text == f"{site.address}/courses/{slug}?xa=24805"
    margin = printed.crop((0, printed.height - 60, printed.width, printed.height)).convert("L")
    assert margin.getextrema() == (255, 255), "something sticks out at the bottom"


def test_the_run_sheet_lies_on_its_side_and_repeats_its_heads(site: Site, new_story: NewStory, tmp_path: Path) -> None:
    trainer = as_trainer(site, new_story)
    trainer.open(f"{HUB}/run-sheet?place={BIM_SON}")
    trainer.page.get_by_label("Bắt đầu lúc (không bắt buộc)").fill("13:30")
    trainer.press("Chia lại")
    trainer.sees("13:30–13:40")
    trainer.sees("15:20–15:30")
    pages = print_page(trainer, tmp_path)
    assert all(page.width > page.height for page in pages)
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(words) <= 3
    assert all("Bà con làm" in text and "Kiểm tra" in text for text in words)


def test_the_loudspeaker_text_is_printed_large(site: Site, new_story: NewStory) -> None:
    trainer = as_trainer(site, new_story)
    trainer.open(f"{HUB}/loudspeaker?place={BIM_SON}")
    trainer.sees("Kính thưa bà con Phường Bỉm Sơn!")
    trainer.page.emulate_media(media="print")
    size = trainer.page.locator(".to-read p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    assert size >= 20 * 96 / 72
    assert not trainer.page.locator("h1").is_visible()


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_picture_for_zalo_is_saved_with_a_qr_that_can_be_read(
    site: Site, new_story: NewStory, tmp_path: Path, device: str
) -> None:
    trainer = as_trainer(site, new_story, device)
    trainer.open(f"{HUB}/share?place={BIM_SON}")
    trainer.page.get_by_role("img", name=re.compile("^Hình mời học: Tránh bị lừa")).wait_for()
    trainer.check_page()
    with trainer.page.expect_download() as download:
        trainer.page.get_by_role("button", name="Tải hình").click()
    name = f"{RESIDENT_COURSE}-{BIM_SON}-{number_of_course(site)}.png"
    assert download.value.suggested_filename == name
    path = tmp_path / "picture.png"
    download.value.save_as(path)
    picture = Image.open(path)
    assert picture.size == (1080, 1350)
    assert read_qr(picture).text == address_for(site)
    words = picture.convert("L").crop((72, 178, 1008, 500))
    dark = sum(words.histogram()[:128]) / (words.width * words.height)
    assert 0.03 < dark < 0.5, "no words stand above the QR"


def number_of_course(site: Site) -> int:
    with site.stored():
        head = find_course(RESIDENT_COURSE)
        assert head is not None
        return head.number


def test_the_message_for_zalo_is_copied_whole(site: Site, new_story: NewStory) -> None:
    trainer = as_trainer(site, new_story)
    trainer.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    trainer.open(f"{HUB}/share?place={BIM_SON}")
    trainer.press("Chép lời nhắn")
    trainer.sees("Đã chép. Mở Zalo, dán vào ô nhắn tin.")
    copied = trainer.page.evaluate("navigator.clipboard.readText()")
    assert address_for(site) in copied
    assert copied == trainer.page.locator("#share-text").text_content()


def test_without_scripts_the_words_are_there_and_a_sentence_stands_for_the_picture(
    site: Site, new_story: NewStory
) -> None:
    trainer = as_trainer(site, new_story, "phone", has_script=False)
    trainer.open(f"{HUB}/share?place={BIM_SON}")
    trainer.sees(address_for(site))
    trainer.sees("cần trình duyệt chạy được JavaScript")
    assert not trainer.has("Tải hình")
    trainer.press("Mở tờ treo")
    assert trainer.heading() == "Tờ treo mã QR"


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_every_piece_passes_the_checks_of_a_page(site: Site, new_story: NewStory, device: str) -> None:
    trainer = as_trainer(site, new_story, device)
    for slug in (RESIDENT_COURSE, "khoa-thu"):
        for piece in ("", "/poster", "/handout", "/loudspeaker", "/share", "/run-sheet"):
            trainer.open(f"/workshop/courses/{slug}/hand-on{piece}?place={BIM_SON}")
            trainer.screenshot(f"hand-on{piece.replace('/', '-')}-{slug}-{device}", whole=True)
