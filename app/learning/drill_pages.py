"""A drill as a page: the chat so far, read from the replies in the address, and what may be said next.

Nothing is stored before the end, and what is typed into a mock box has no name and no form: it cannot be sent.
"""

import re

from flask import url_for

from app.content.compile.drill import Drill, Message
from app.learning.pages_of_items import Bubble, DrillPage, DrillReply, ItemPage
from app.shared.errors import NotFound

LONGEST_PATH = 60
_PATH = re.compile(r"\d{1,2}(?:-\d{1,2})*")


def drill_page(frame: ItemPage, drill: Drill, path: str, button: str) -> DrillPage:
    """`path` holds the numbers of the replies so far, from 1: "1-2-1".

    Raises:
        NotFound: a path that the drill does not have.
    """
    chosen = _read_path(path)
    by_key = {message.key: message for message in drill.messages}
    message = drill.messages[0]
    bubbles = _said(message)
    wrong = 0
    for number in chosen:
        if not 1 <= number <= len(message.replies):
            raise NotFound
        reply = message.replies[number - 1]
        wrong += not reply.is_good
        bubbles.append(Bubble("mine", reply.html, reply.is_good))
        if reply.feedback_html:
            bubbles.append(Bubble("feedback", reply.feedback_html, reply.is_good))
        is_back = reply.target == message.key
        message = by_key[reply.target]
        bubbles += [] if is_back else _said(message)
    here = frame.slug, frame.item.slug
    return DrillPage(
        frame=frame,
        drill=drill,
        bubbles=bubbles,
        replies=[
            DrillReply(reply.html, _href(*here, [*chosen, number]), reply.asks_to_type, number)
            for number, reply in enumerate(message.replies, start=1)
        ],
        wrong_count=wrong,
        again_href=_href(*here, []),
        button=button,
    )


def _read_path(path: str) -> list[int]:
    if not path:
        return []
    if not _PATH.fullmatch(path) or path.count("-") >= LONGEST_PATH:
        raise NotFound
    return [int(number) for number in path.split("-")]


def _said(message: Message) -> list[Bubble]:
    return [Bubble(who, html) for who, html in message.parts if html]


def _href(slug: str, item_slug: str, path: list[int]) -> str:
    """The page with this path, at what is new in it. A path that has grown too long begins again."""
    if not path or len(path) > LONGEST_PATH:
        return url_for("learning.read_item", slug=slug, item_slug=item_slug)
    steps = "-".join(map(str, path))
    return url_for("learning.read_item", slug=slug, item_slug=item_slug, p=steps, _anchor="moi")
