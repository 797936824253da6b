"""The frozen publication of a closed month, through the job queue, and what the public page then shows."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.figures import publication
from app.figures.models import Publication, PublishedCourseCell, PublishedKindCell
from app.operations.jobs_cli import run_round
from app.progress.periods import PeriodKind, period_of
from app.shared import clock
from app.shared.jobs import Job
from tests.factories import make_completion, make_course, make_person, place_id_of
from tests.page_client import PageClient

IN_MONTH = datetime(2026, 10, 20, 3, tzinfo=UTC)
AFTER_MONTH = datetime(2026, 11, 16, 3, tzinfo=UTC)
BIM_SON = "14812"
THANH_HOA = "38"


@pytest.fixture
def one_month(app: Flask) -> None:
    """In Phường Bỉm Sơn 7 residents and 3 guests complete one course, 2 residents another, 1 member the team's."""
    scams = make_course("tranh-lua-dao", title="Tránh lừa đảo")
    payments = make_course("quet-ma-qr", title="Quét mã QR")
    team = make_course("viec-cua-to", title="Việc của tổ", audience="team")
    with clock.frozen(IN_MONTH):
        for _ in range(7):
            make_completion(make_person(), scams, BIM_SON, IN_MONTH)
        for _ in range(3):
            make_completion(make_person(is_registered=False), scams, BIM_SON, IN_MONTH, kind="guest")
        for _ in range(2):
            make_completion(make_person(), payments, BIM_SON, IN_MONTH)
        make_completion(make_person(), team, BIM_SON, IN_MONTH, kind="member")
        make_completion(make_person(), payments, None, IN_MONTH)
    db.session.commit()


def publish_all(at: datetime = AFTER_MONTH) -> None:
    with clock.frozen(at):
        run_round()


def cells() -> dict[str, tuple[str, int | None]]:
    """Of Phường Bỉm Sơn: slug or kind → (shown, number)."""
    place_id = place_id_of(BIM_SON)
    slugs = {c["id"]: c["slug"] for c in db.session.scalars(select(Publication.courses)).first() or []}
    courses = db.session.scalars(select(PublishedCourseCell).where(PublishedCourseCell.place_id == place_id))
    kinds = db.session.scalars(select(PublishedKindCell).where(PublishedKindCell.place_id == place_id))
    found = {slugs[str(cell.course_id)]: (cell.shown, cell.completions) for cell in courses}
    return found | {cell.learner_kind: (cell.shown, cell.completions) for cell in kinds}


@pytest.mark.usefixtures("one_month")
def test_a_closed_month_is_published_with_its_small_numbers_hidden() -> None:
    publish_all()
    assert cells() == {
        "tranh-lua-dao": ("number", 10),
        "quet-ma-qr": ("under_5", None),
        "viec-cua-to": ("under_5", None),
        "guest": ("under_5", None),
        "resident": ("from_5", None),
        "member": ("under_5", None),
    }


@pytest.mark.usefixtures("one_month")
def test_a_month_is_published_once_and_never_changes() -> None:
    publish_all()
    before = cells()
    course = db.session.scalar(select(PublishedCourseCell.course_id).limit(1))
    assert course is not None
    make_completion(make_person(), course, BIM_SON, IN_MONTH)
    db.session.commit()
    publish_all()
    publish_all(datetime(2026, 11, 20, tzinfo=UTC))
    assert cells() == before
    assert db.session.scalar(select(func.count()).select_from(Publication)) == 1
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == publication.JOB_KIND)) == 1


@pytest.mark.usefixtures("one_month")
def test_the_running_month_is_not_published() -> None:
    publish_all(datetime(2026, 11, 14, 16, 59, tzinfo=UTC))
    assert db.session.scalar(select(func.count()).select_from(Publication)) == 0
    with clock.frozen(IN_MONTH), pytest.raises(ValueError, match="has not closed"):
        publication.write_publication(period_of(PeriodKind.ADMIN_MONTH, IN_MONTH.date()))


@pytest.mark.usefixtures("one_month")
def test_months_that_passed_without_a_runner_are_published_together() -> None:
    publish_all(datetime(2027, 1, 16, tzinfo=UTC))
    starts = db.session.scalars(select(Publication.period_start).order_by(Publication.period_start)).all()
    assert [start.isoformat() for start in starts] == ["2026-10-15", "2026-11-15", "2026-12-15"]


def test_nothing_is_published_before_anything_was_counted(app: Flask) -> None:
    publish_all()
    assert db.session.scalar(select(func.count()).select_from(Publication)) == 0


def test_the_page_says_that_there_are_no_figures_before_the_first_publication(client: PageClient) -> None:
    page = client.get(f"/places/{BIM_SON}").text
    assert "Chưa có số liệu." in page
    assert "dưới 5" not in page


@pytest.mark.usefixtures("one_month")
def test_the_public_sees_under_5_and_no_hidden_number(client: PageClient) -> None:
    publish_all()
    page = client.get(f"/places/{BIM_SON}").text
    assert "dưới 5" in page
    assert "từ 12 đến 18 lượt hoàn thành" in page
    assert "15/10 – 14/11/2026" in page
    assert "học xong ít nhất một khóa" not in page


@pytest.mark.usefixtures("one_month")
def test_the_province_tells_no_more_than_its_communes(client: PageClient) -> None:
    publish_all()
    page = client.get(f"/places/{THANH_HOA}").text
    assert "từ 12 đến 18 lượt hoàn thành" in page


@pytest.mark.usefixtures("one_month")
def test_a_commune_without_completions_shows_0(client: PageClient) -> None:
    publish_all()
    page = client.get("/places/15796").text
    assert "chưa có lượt hoàn thành nào" in page
    assert "dưới 5" not in page


@pytest.mark.usefixtures("one_month")
def test_a_month_that_is_not_published_has_no_figures(client: PageClient) -> None:
    publish_all()
    assert "Chưa có số liệu." in client.get(f"/places/{BIM_SON}?month=2026-12").text
