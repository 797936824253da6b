"""`@requires`: who may use an endpoint. Those for everybody say `@public("reason")` (shared.endpoints)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access.actor import Actor
from app.access.permissions import Permission, PlacePath, allows
from app.shared.errors import NotFound, Refusal

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


class SignInNeeded(Refusal):
    status = 401
    sentence = "Phần này cần đăng nhập. Bác đăng nhập rồi mở lại giúp."


class NotAllowed(Refusal):
    status = 403
    sentence = "Bác chưa được giao việc này. Bác hỏi cán bộ xã để được giao quyền."


def current_actor() -> Actor:
    """The Actor of this request, anonymous included."""
    return cast(Actor, current_user._get_current_object())


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let the view run only if the actor has `permission` somewhere, else refuse.

    A view about one place then asks `require_in(permission, place_path)` as well.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            require(permission)
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def require(permission: Permission) -> None:
    """Raise SignInNeeded or NotAllowed unless the current actor has `permission` somewhere."""
    actor = current_actor()
    if allows(actor, permission):
        return
    if actor.is_registered:
        raise NotAllowed
    raise SignInNeeded


def require_in(permission: Permission, place_path: PlacePath) -> None:
    """Raise NotFound unless the current actor has `permission` in that place: what is foreign does not exist."""
    if not allows(current_actor(), permission, place_path):
        raise NotFound


def can(permission: str, place_path: PlacePath = None) -> bool:
    """For templates: whether to show what the permission opens."""
    return allows(current_actor(), Permission(permission), place_path)
