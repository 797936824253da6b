"""Health, for load balancers and supervisors: alive, and ready to work."""

import logging

from flask import Blueprint, Response

from app.operations.readiness import why_not_ready
from app.shared.endpoints import public

logger = logging.getLogger(__name__)
blueprint = Blueprint("operations", __name__)


def _plain(text: str, status: int) -> Response:
    response = Response(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/healthz")
@public("a supervisor asks whether the process answers; it learns nothing else")
def show_alive() -> Response:
    return _plain("ok", 200)


@blueprint.get("/readyz")
@public("a load balancer asks whether to send people here; the reasons stand in the log only")
def show_ready() -> Response:
    problem = why_not_ready()
    if problem is None:
        return _plain("ready", 200)
    logger.error("not ready: %s", problem)
    return _plain("not ready", 503)
