"""The log of reading personal data by staff: written once the answer is made, in a transaction of its own."""

from uuid import UUID

from flask import Response, after_this_request

from app.access.declare import current_actor
from app.shared.log import record_now


def note_reading(act: str, *, object_kind: str, object_id: object, place_id: UUID | None) -> None:
    """Let the log say that the actor of this request has read about the people of the object, if they do get it."""
    actor = current_actor()

    @after_this_request
    def write(response: Response) -> Response:
        if response.status_code < 400 or response.status_code == 422:
            record_now(
                act,
                object_kind=object_kind,
                object_id=object_id,
                actor_id=actor.person_id,
                actor_role=actor.capacity,
                place_id=place_id,
            )
        return response
