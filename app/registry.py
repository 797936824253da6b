"""The one file that sees everything: blueprints, commands, jobs, and the handlers that packages offer each other."""

from collections.abc import Callable

from flask import Flask, g

from app.access.actor import ANONYMOUS
from app.access.declare import can, current_actor
from app.access.forms import csrf_field
from app.api import routes as api
from app.authoring import jobs as authoring_jobs
from app.authoring import routes as authoring
from app.content import routes as content
from app.content.cli import courses
from app.content.quiz_cli import quiz
from app.devtools.demo_cli import demo
from app.figures import publication
from app.figures import routes as figures
from app.figures.cli import figures as figures_commands
from app.learning import routes as learning
from app.operations import routes as operations
from app.operations.backup_cli import backup, restore
from app.operations.jobs_cli import jobs
from app.people import handlers, sessions, sign_in_tidying
from app.people import routes as people
from app.people.cli import people as people_commands
from app.places import routes as places
from app.places.cli import places as places_commands
from app.progress import handlers as counting
from app.progress import nightly
from app.progress.erasure import erase_evidence
from app.progress.own_data import export_evidence
from app.shared.endpoints import refuse_undeclared_endpoints
from app.shared.jobs import Handler
from app.shared.transaction import refuse_committing_reads

BLUEPRINTS = (
    api.blueprint,
    authoring.blueprint,
    content.blueprint,
    figures.blueprint,
    learning.blueprint,
    operations.blueprint,
    people.blueprint,
    places.blueprint,
)
COMMANDS = (backup, restore, courses, demo, figures_commands, jobs, people_commands, places_commands, quiz)
JOB_HANDLERS: dict[str, Handler] = {
    authoring_jobs.PUBLISH_KIND: authoring_jobs.publish_scheduled,
    authoring_jobs.PURGE_KIND: authoring_jobs.purge_deleted,
    authoring_jobs.PURGE_MEDIA_KIND: authoring_jobs.purge_unused_media,
    nightly.JOB_KIND: nightly.count_nightly,
    publication.JOB_KIND: publication.publish_month,
    sign_in_tidying.JOB_KIND: sign_in_tidying.tidy_ways_in,
}
"""Kind of job → what does it, in the job's own transaction, with the payload."""
JOB_PLANNERS: tuple[Callable[[], None], ...] = (
    authoring_jobs.plan_purge,
    authoring_jobs.plan_scheduled_drafts,
    nightly.plan_nightly_count,
    publication.plan_publication,
    sign_in_tidying.plan_tidying,
)
"""Called before every look at the queue: each enqueues what has become due (a repeat is harmless: unique keys)."""


def register_everything(app: Flask) -> None:
    """Hang every package on the app, then refuse to start if a route says too little or a read commits."""
    sessions.init_app(app)
    handlers.register(
        on_guest_commune=[counting.on_guest_commune],
        on_registration=[counting.on_registration],
        on_merge=[counting.on_merge],
        merge_effects=[counting.describe_merge],
        on_export=[export_evidence],
        on_erase=[counting.on_erase, erase_evidence],
    )
    app.jinja_env.globals.update(can=can, csrf_field=csrf_field)
    app.context_processor(lambda: {"viewer": current_actor() if _may_ask_who() else ANONYMOUS})
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    app.extensions.update(job_handlers=JOB_HANDLERS, job_planners=JOB_PLANNERS)
    refuse_undeclared_endpoints(app)
    refuse_committing_reads(app)


def _may_ask_who() -> bool:
    """Error pages make no query: they show the actor that was already found, or nobody."""
    return not g.get("is_error_page") or "_login_user" in g
