"""From draft to published course, on both databases: who may, in which order, and what is never published unseen."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Role
from app.authoring import drafts, jobs
from app.authoring.addresses import AddressOdd, AddressTaken, change_address
from app.authoring.compiling import draft_hash
from app.authoring.models import CourseDraft
from app.authoring.publishing import (
    BaseMoved,
    CommentNeeded,
    DraftChanged,
    NothingNew,
    NotInReview,
    NotPublisher,
    OwnWork,
    ReviewNeeded,
    StillFaulty,
    TimeIsOver,
    approve_draft,
    publish_draft,
    schedule_draft,
    send_back,
    submit_draft,
    unschedule,
)
from app.authoring.reviewing import list_reviewers, list_waiting_drafts, needs_reviewer, set_rule
from app.content.models import CourseVersion
from app.extensions import db
from app.people.actions import merge_people
from app.people.grants import revoke_grant
from app.people.models import RoleGrant
from app.shared import clock
from app.shared.clock import now
from app.shared.log import LogEntry
from tests.factories import make_staff, place_id_of
from tests.integration.authoring.colleagues import COMMUNE, ELSEWHERE, PROVINCE, Office, lesson_of
from tests.integration.authoring.drafts import FILES, file_at, make_draft
from tests.integration.progress.makers import communes_of, end_commune


class TestPublishing:
    def test_the_author_publishes_where_nobody_demands_a_review(self, office: Office) -> None:
        published = office.publish()
        assert (published.outcome, published.number) == ("new", 1)
        course = office.course()
        assert course.slug == "khoa-nhap"
        assert course.place_id == place_id_of(COMMUNE)
        assert course.edited_in_browser_at is not None
        version = office.versions()[0]
        assert version.published_by == office.lan.id
        assert version.content_hash == draft_hash(office.draft)
        assert (office.draft.base_version_id, office.draft.published_change) == (version.id, office.draft.change)

    def test_a_second_press_publishes_nothing_more(self, office: Office) -> None:
        change = office.draft.change
        office.publish()
        again = publish_draft(office.draft, change, office.as_(office.lan))
        assert (again.outcome, again.number) == ("unchanged", 1)
        assert office.acts().count("publish_draft") == 1

    def test_what_was_written_since_the_page_was_shown_is_not_published(self, office: Office) -> None:
        seen = office.draft.change
        office.write(office.lan)
        with pytest.raises(DraftChanged):
            publish_draft(office.draft, seen, office.as_(office.lan))

    def test_the_next_change_is_the_next_version(self, office: Office) -> None:
        office.publish()
        office.write(office.lan)
        assert office.publish().number == 2
        assert "nửa đêm" in lesson_of(office.versions()[1])
        assert "nửa đêm" not in lesson_of(office.versions()[0])

    def test_a_course_with_faults_stays_a_draft(self, office: Office) -> None:
        office.write(office.lan, "Bác nhận tin nhắn lạ.", "![](anh/khong-co.png)")
        with pytest.raises(StillFaulty):
            office.publish()

    def test_a_trainer_of_another_place_cannot_publish_it(self, office: Office) -> None:
        stranger = make_staff(Role.TRAINER, ELSEWHERE)
        with pytest.raises(NotPublisher):
            office.publish(stranger)

    @pytest.mark.usefixtures("app")
    def test_a_course_for_everyone_is_no_commune_s_to_publish(self) -> None:
        office = Office(None)
        with pytest.raises(NotPublisher):
            office.publish(make_staff(Role.TRAINER, COMMUNE))

    def test_a_draft_never_becomes_the_next_version_of_somebody_else_s_course(self, office: Office) -> None:
        office.publish()
        other = make_draft(office.ba, place_id=place_id_of(COMMUNE), slug="khoa-khac")
        with pytest.raises(StillFaulty):
            publish_draft(other, other.change, office.as_(office.ba))
        assert len(office.versions()) == 1

    def test_the_key_stays_once_it_was_published(self, office: Office) -> None:
        office.publish()
        file = file_at(office.draft, "course.yml")
        text = (file.text or "").replace("key: khoa-nhap", "key: khoa-moi")
        drafts.save_text(office.draft, file.id, text, file.revision, office.as_(office.lan))
        with pytest.raises(StillFaulty):
            office.publish()

    def test_who_when_and_what_is_logged_without_names(self, office: Office) -> None:
        office.publish()
        entry = db.session.scalars(select(LogEntry).where(LogEntry.act == "publish_draft")).one()
        assert (entry.actor_id, entry.actor_role, entry.object_id) == (office.lan.id, "trainer", str(office.draft.id))
        assert entry.place_id == place_id_of(COMMUNE)


class TestReview:
    @pytest.fixture(autouse=True)
    def demanded(self, office: Office) -> None:
        office.demand_review()

    def test_nothing_is_published_before_somebody_else_said_yes(self, office: Office) -> None:
        with pytest.raises(ReviewNeeded):
            office.publish()
        office.submit()
        with pytest.raises(ReviewNeeded):
            office.publish()
        office.approve()
        assert office.publish().number == 1

    def test_an_approval_holds_for_what_was_seen(self, office: Office) -> None:
        office.submit()
        seen = office.draft.change
        office.write(office.lan)
        with pytest.raises(DraftChanged):
            approve_draft(office.draft, seen, office.as_(office.ba))
        office.approve()
        office.write(office.lan, "nửa đêm", "sáng sớm")
        assert office.draft.state == "draft"
        with pytest.raises(ReviewNeeded):
            office.publish()

    @pytest.mark.parametrize("who", ["owner", "submitter", "writer", "merged"])
    def test_nobody_approves_what_they_had_a_share_in(self, office: Office, who: str) -> None:
        office.draft.is_shared = True
        if who == "writer":
            office.write(office.ba)
        office.submit(office.ba if who == "submitter" else office.lan)
        person = office.lan if who == "owner" else office.ba
        if who == "merged":
            merge_people(keep_id=office.ba.id, other_id=office.lan.id, actor=office.as_(office.ba))
        with pytest.raises(OwnWork):
            approve_draft(office.draft, office.draft.change, office.as_(person))

    def test_who_wrote_in_the_last_version_may_review_the_next(self, office: Office) -> None:
        office.draft.is_shared = True
        office.write(office.ba)
        third = make_staff(Role.TRAINER, COMMUNE, name="Vũ Thị Tư")
        office.submit()
        office.approve(third)
        office.publish()
        office.write(office.lan, "nửa đêm", "sáng sớm")
        office.submit()
        office.approve(office.ba)
        assert office.publish().number == 2

    def test_a_reviewer_sends_it_back_with_words(self, office: Office) -> None:
        office.submit()
        with pytest.raises(CommentNeeded):
            send_back(office.draft, office.as_(office.ba), "  \n ")
        send_back(office.draft, office.as_(office.ba), "Câu đầu dài quá.")
        assert office.draft.state == "draft"
        with pytest.raises(NotInReview):
            approve_draft(office.draft, office.draft.change, office.as_(office.ba))

    def test_asking_and_approving_twice_is_asking_and_approving_once(self, office: Office) -> None:
        office.submit()
        office.submit()
        office.approve()
        office.approve()
        assert [act for act in office.acts() if act != "create_draft"] == ["submit_draft", "approve_draft"]

    def test_nothing_new_and_nothing_broken_is_sent_for_review(self, office: Office) -> None:
        office.submit()
        office.approve()
        office.publish()
        with pytest.raises(NothingNew):
            office.submit()
        office.write(office.lan, "Bác nhận tin nhắn lạ.", "![](anh/khong-co.png)")
        with pytest.raises(StillFaulty):
            office.submit()

    def test_the_queue_holds_what_others_sent_in_one_s_own_place(self, office: Office) -> None:
        far = make_staff(Role.TRAINER, ELSEWHERE)
        office.submit()
        assert [d.id for d in list_waiting_drafts(visible_to=office.as_(office.ba))] == [office.draft.id]
        assert list_waiting_drafts(visible_to=office.as_(office.lan)) == []
        assert list_waiting_drafts(visible_to=office.as_(far)) == []
        office.approve()
        assert list_waiting_drafts(visible_to=office.as_(office.ba)) == []

    def test_names_are_offered_of_who_has_set_up_the_sign_in(self, office: Office) -> None:
        assert list_reviewers(office.draft) == []


class TestRules:
    def test_a_rule_of_the_province_holds_for_its_communes(self, office: Office) -> None:
        office.demand_review(PROVINCE)
        assert needs_reviewer(office.draft)
        set_rule(place_id_of(COMMUNE), False, office.as_(office.ba))
        assert needs_reviewer(office.draft)

    def test_a_rule_elsewhere_or_for_everyone_s_courses_does_not(self, office: Office) -> None:
        office.demand_review(ELSEWHERE)
        office.demand_review(None)
        assert not needs_reviewer(office.draft)
        assert needs_reviewer(make_draft(office.lan, slug="cho-moi-noi"))

    def test_a_rule_of_a_merged_commune_holds_in_the_new_one_until_somebody_there_says_otherwise(
        self, office: Office
    ) -> None:
        office.demand_review()
        new, newer = [place.id for place in communes_of("38", 3) if place.code != COMMUNE][:2]
        draft = make_draft(office.lan, slug="cua-xa-moi", place_id=new)
        assert not needs_reviewer(draft)
        end_commune(place_id_of(COMMUNE), {new: True})
        assert needs_reviewer(draft)
        set_rule(new, False, office.as_(office.ba))
        assert not needs_reviewer(draft)
        end_commune(new, {newer: True})
        assert not needs_reviewer(make_draft(office.lan, slug="cua-xa-moi-nua", place_id=newer))

    def test_setting_it_twice_is_setting_it_once(self, office: Office) -> None:
        office.demand_review()
        office.demand_review()
        logged = select(func.count()).where(LogEntry.act == "demand_review")
        assert db.session.scalar(logged) == 1


class TestBase:
    def test_another_version_meanwhile_is_not_published_over_by_chance(self, office: Office) -> None:
        office.publish()
        office.write(office.lan)
        office.publish_by_hand()
        with pytest.raises(BaseMoved):
            office.publish()
        db.session.rollback()
        assert office.publish(over=True).number == 3
        assert "đường dẫn nào" not in lesson_of(office.versions()[2])


class TestSchedule:
    HOUR = timedelta(hours=3)

    def plan(self, office: Office) -> None:
        schedule_draft(office.draft, office.draft.change, now() + self.HOUR, office.as_(office.lan))
        db.session.commit()

    def run_jobs(self, app: Flask) -> None:
        with clock.frozen(now() + self.HOUR * 2):
            app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
        db.session.expire_all()

    def test_the_job_publishes_at_its_hour_as_who_arranged_it(self, app: Flask, office: Office) -> None:
        self.plan(office)
        app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
        assert office.draft.course_id is None
        self.run_jobs(app)
        assert office.versions()[0].published_by == office.lan.id
        assert office.draft.publish_at is None
        self.run_jobs(app)
        assert len(office.versions()) == 1

    @pytest.mark.parametrize("reason", ["changed", "review", "right", "faults"])
    def test_what_may_no_longer_be_published_is_not_and_the_reason_is_kept(
        self, app: Flask, office: Office, reason: str
    ) -> None:
        self.plan(office)
        if reason == "changed":
            office.write(office.lan)
        elif reason == "review":
            office.demand_review()
        elif reason == "right":
            grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == office.lan.id)).one()
            revoke_grant(grant=grant, actor=None)
        else:
            other = make_draft(office.ba, place_id=place_id_of(COMMUNE), slug="khoa-khac")
            publish_draft(other, other.change, office.as_(office.ba))
        db.session.commit()
        self.run_jobs(app)
        assert office.details("schedule_failed") == [{"reason": reason}]
        assert (office.draft.course_id, office.draft.publish_at) == (None, None)

    def test_an_hour_that_is_over_or_far_off_is_refused(self, office: Office) -> None:
        for moment in (now() - timedelta(minutes=1), now() + timedelta(days=800)):
            with pytest.raises(TimeIsOver):
                schedule_draft(office.draft, office.draft.change, moment, office.as_(office.lan))

    def test_it_can_be_called_off(self, app: Flask, office: Office) -> None:
        self.plan(office)
        unschedule(office.draft, office.as_(office.lan))
        unschedule(office.draft, office.as_(office.lan))
        db.session.commit()
        self.run_jobs(app)
        assert office.draft.course_id is None
        assert office.acts()[-2:] == ["schedule_draft", "unschedule_draft"]

    def test_publishing_by_hand_leaves_nothing_for_the_job(self, app: Flask, office: Office) -> None:
        self.plan(office)
        office.publish()
        self.run_jobs(app)
        assert db.session.scalar(select(func.count()).select_from(CourseVersion)) == 1
        assert office.details("schedule_failed") == []


class TestAddress:
    def test_a_new_course_may_still_change_its_address(self, office: Office) -> None:
        change_address(office.draft, "ten-moi", office.as_(office.lan))
        assert office.publish().outcome == "new"
        assert office.course().slug == "ten-moi"

    def test_another_one_s_address_and_odd_ones_are_refused(self, office: Office) -> None:
        make_draft(office.ba, slug="cua-ba", files={**FILES})
        with pytest.raises(AddressTaken):
            change_address(office.draft, "cua-ba", office.as_(office.lan))
        with pytest.raises(AddressOdd):
            change_address(office.draft, "Tên Mới", office.as_(office.lan))


def test_deleted_drafts_are_purged_by_the_nightly_job(app: Flask, office: Office) -> None:
    office.draft.deleted_at = now() - timedelta(days=31)
    db.session.commit()
    jobs.purge_deleted({})
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(CourseDraft)) == 0


def test_submitting_what_was_changed_meanwhile_is_refused(office: Office) -> None:
    with pytest.raises(DraftChanged):
        submit_draft(office.draft, office.draft.change + 1, office.as_(office.lan))


def test_two_who_press_at_once_publish_one_version(app: Flask, office: Office) -> None:
    office.draft.is_shared = True
    db.session.commit()
    change, draft_id, people = office.draft.change, office.draft.id, (office.lan.id, office.ba.id)
    db.session.remove()
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def press(person_id: UUID) -> None:
        with app.app_context():
            actor = jobs.actor_of(person_id)
            db.session.rollback()
            barrier.wait()
            outcomes.append(publish_draft(db.session.get_one(CourseDraft, draft_id), change, actor).outcome)
            db.session.commit()

    threads = [threading.Thread(target=press, args=(person_id,)) for person_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["new", "unchanged"]
    assert [version.number for version in office.versions()] == [1]
