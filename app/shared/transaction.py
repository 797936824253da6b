"""Who commits: the view that says so with `@commits`, once, after it has succeeded.

Actions flush and never commit. A GET never commits. What must stand even though the request is refused
(a counted wrong PIN, the log of a refusal) goes through `own_transaction`, short and separate.

A form that comes without its session's token (the page was open for too long) commits nothing either: the view
shows it again with what was typed, or `StaleForm` shows it in general (see `ui/errors.py`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

from flask import Flask, g, has_request_context, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.extensions import db
from app.shared.errors import Refusal

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


class CommitOnRead(RuntimeError):
    """Code tried to commit the request's session while answering a GET, or a GET view carries `@commits`."""


class StaleForm(Refusal):
    status = 409
    sentence = "Trang này mở đã lâu. Những gì đã nhập vẫn còn đây. Bác bấm Gửi lại giúp."


def form_is_stale() -> bool:
    """Whether this request's form came without the token of its session."""
    return bool(g.get("form_is_stale"))


def commits(view: View[P]) -> View[P]:
    """Commit the session when the view returns an answer below 400; otherwise leave nothing behind.

    A stale form is refused before the view runs.
    """

    @wraps(view)
    def committing(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if form_is_stale():
            raise StaleForm
        return _commit_on_success(view, *args, **kwargs)

    committing.commits = True  # type: ignore[attr-defined]
    return committing


def commits_or_shows_again(view: View[P]) -> View[P]:
    """Like `commits`, for a view whose form (a `BaseForm`) shows itself again when it is stale."""

    @wraps(view)
    def committing(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return _commit_on_success(view, *args, **kwargs)

    committing.commits = True  # type: ignore[attr-defined]
    return committing


def _commit_on_success(view: View[P], *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
    response = make_response(view(*args, **kwargs))
    if response.status_code < 400 and not form_is_stale():
        db.session.commit()
    else:
        db.session.rollback()
    return response


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A short session of its own that is committed at the end, whatever becomes of the request.

    On SQLite the request's own session must not hold the write lock meanwhile: call it before the first write,
    or after a rollback.
    """
    with Session(db.engine) as session, session.begin():
        session.info["own"] = True
        yield session


def refuse_committing_reads(app: Flask) -> None:
    """Raise CommitOnRead if a view that answers GET carries `@commits`. Called when all routes are known."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "commits", False) and "GET" in (rule.methods or ()):
            raise CommitOnRead(f"{rule.endpoint} answers GET and commits")


def init_app(_app: Flask) -> None:
    """Watch every session for commits during reads."""
    if not event.contains(Session, "before_commit", _refuse_commit_on_read):
        event.listen(Session, "before_commit", _refuse_commit_on_read)


def _refuse_commit_on_read(session: Session) -> None:
    is_read = has_request_context() and (request.method in SAFE_METHODS or g.get("only_reads"))
    if is_read and not session.info.get("own"):
        raise CommitOnRead(f"{request.endpoint} answers {request.method} and tried to commit")
