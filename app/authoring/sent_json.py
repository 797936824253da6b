"""What the scripts of the workshop send as JSON."""

import json
from typing import Any

from flask import request


def read_sent() -> dict[str, Any] | None:
    """The JSON object of this request, or None where it is none.

    Halves of letters are dropped: a script can send one, of a symbol that was cut in two, and no text can hold it.
    """
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        return None
    whole = json.dumps(sent, ensure_ascii=False).encode("utf-8", "ignore")
    read: dict[str, Any] = json.loads(whole)
    return read
