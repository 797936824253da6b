"""What learners and team members tell the authors of a course, and how a lesson is withdrawn under their eyes."""

import pytest

from app.access.actor import Role, WayIn
from app.content.queries import find_course, get_version
from app.extensions import db
from app.people.actions import set_residence
from app.people.models import Person
from tests.browser.conftest import NewStory
from tests.browser.learner import RESIDENT_COURSE
from tests.browser.site import Site
from tests.factories import make_member, make_person, make_staff, make_team, place_id_of

BIM_SON = "14812"
COURSE = f"/courses/{RESIDENT_COURSE}"
WORKSHOP_COURSE = f"/workshop{COURSE}"
SAYING = "Bà con hỏi mãi về số 1900, nên thêm một ví dụ."


def make_trainer(site: Site) -> Person:
    with site.stored():
        person = make_staff(Role.TRAINER, None, name="Trần Thị Soạn")
        db.session.expunge(person)
    return person


def make_team_member(site: Site) -> Person:
    with site.stored():
        person = make_person(name="Lê Văn Tổ")
        make_member(make_team(BIM_SON), person)
        set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
        db.session.expunge(person)
    return person


def forget_what_was_taught(site: Site) -> None:
    """Every worker remembers for a moment which items are taught; only the one that withdrew an item knows at once."""
    site.stop()
    site.start()


def slugs_of_lessons(site: Site) -> list[str]:
    with site.stored():
        head = find_course(RESIDENT_COURSE)
        assert head is not None
        return [item.slug for item in get_version(head.current_version_id).items if item.kind == "lesson"]


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_a_learner_points_and_a_member_writes_and_the_trainer_sees_both(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    first = slugs_of_lessons(site)[0]
    learner = new_story(site, "phone", has_script=has_script)
    learner.open(f"{COURSE}/{first}")
    learner.press("Có chỗ khó hiểu?")
    learner.screenshot("hard-before")
    learner.page.get_by_role("button", name="Khó hiểu").nth(1).click()
    learner.arrive()
    learner.sees("Đã ghi, cảm ơn bác.")
    learner.sees("Bác đã chỉ 1 chỗ khó hiểu.")
    learner.screenshot("hard-after", whole=True)
    marked = learner.page.locator(".line", has_text="Đã ghi, cảm ơn bác.").locator("p").first.inner_text()
    learner.press("Về bài học")

    member = new_story(site, "phone", has_script=has_script)
    member.sign_in_as(make_team_member(site), WayIn.PIN)
    member.open(f"{COURSE}/{first}")
    member.press("Góp ý cho người soạn")
    member.press("Gửi góp ý")
    member.sees("Viết góp ý rồi bấm Gửi giúp.")
    member.fill("Góp ý", SAYING)
    member.press("Gửi góp ý")
    member.sees("người soạn sẽ đọc")
    member.sees("chưa xử lý")
    member.screenshot("comment-sent", whole=True)

    trainer = new_story(site, "desktop" if has_script else "phone", has_script=has_script)
    trainer.sign_in_as(make_trainer(site), WayIn.STAFF)
    trainer.open("/workshop/results")
    trainer.screenshot(f"results-{has_script}", whole=True)
    trainer.open(WORKSHOP_COURSE)
    trainer.sees(" ".join(marked.split()))
    trainer.screenshot(f"course-{has_script}", whole=True)
    trainer.press(f"Sửa {' '.join(marked.split())[:20]}")
    assert "/workshop/drafts/" in trainer.page.url
    assert "?line=" in trainer.page.url
    trainer.screenshot(f"edit-{has_script}")
    trainer.open(WORKSHOP_COURSE)
    trainer.press("Góp ý từ cơ sở")
    trainer.sees(SAYING)
    trainer.does_not_see("Lê Văn Tổ")
    trainer.screenshot(f"comments-{has_script}", whole=True)
    trainer.press("Đã xử lý xong")
    trainer.sees("Đã ghi là xử lý xong.")
    trainer.does_not_see(SAYING)

    member.reload()
    member.sees("người soạn đã xem và xử lý")
    learner.open(f"{COURSE}/{first}/hard")
    learner.press("Bỏ, tôi hiểu rồi")
    learner.does_not_see("Đã ghi, cảm ơn bác.")


def test_a_lesson_is_withdrawn_while_somebody_reads_it(site: Site, new_story: NewStory) -> None:
    first, second, *_ = slugs_of_lessons(site)
    learner = new_story(site, "phone")
    learner.open(f"{COURSE}/{first}")
    learner.press("Đã hiểu")
    for label in ("Để sau", "Đã giữ mã, học tiếp"):
        learner.press(label)
    assert learner.path == f"{COURSE}/{second}"
    title = learner.heading()

    trainer = new_story(site, "desktop")
    trainer.sign_in_as(make_trainer(site), WayIn.STAFF)
    trainer.open(WORKSHOP_COURSE)
    trainer.press(f"Ngừng bài này {title}")
    trainer.sees(f"Ngừng bài “{title}”?")
    trainer.press("Ngừng bài này")
    trainer.sees("Viết lý do giúp")
    trainer.screenshot("withdraw-item", whole=True)
    trainer.fill("Lý do", "Số máy trong bài đã đổi, đang viết lại.")
    trainer.press("Ngừng bài này")
    trainer.sees("Số máy trong bài đã đổi")
    trainer.screenshot("course-withdrawn", whole=True)

    forget_what_was_taught(site)
    learner.press("Đã hiểu")
    learner.sees("Bài này đã ngừng từ ngày")
    learner.sees("Số máy trong bài đã đổi, đang viết lại.")
    learner.screenshot("withdrawn-item", whole=True)
    learner.press("Về khóa học")
    learner.does_not_see(title)
    learner.sees("đã xong")
    learner.press("Học tiếp")
    learner.does_not_see("Bài này đã ngừng")

    trainer.press(f"Mở lại {title}")
    forget_what_was_taught(site)
    learner.open(f"{COURSE}/{second}")
    learner.press("Đã hiểu")
    learner.does_not_see("Bài này đã ngừng")
