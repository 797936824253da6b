"""The rendering process: one for each server process, started when something is compiled, killed at its limits.

python-markdown has inputs of a few kilobytes that take minutes. They may cost an author a refusal, never a server:
the process has 2 seconds for a fragment and 512 MB (see `limited_loop.py`), and is started anew when it was killed.
"""

from pathlib import Path

from app.content.compile import fragment
from app.content.compile.fragment import Answer, Table
from app.content.limited_process import LimitedProcess

SECONDS_PER_FRAGMENT = 2.0


class FragmentWorker(LimitedProcess):
    """The process that renders fragments."""

    def __init__(self, seconds: float = SECONDS_PER_FRAGMENT) -> None:
        greeting = {"source": "", "table": {}, "inline": True}
        super().__init__(Path(fragment.__file__), greeting, {"html": str, "images": list, "links": list}, seconds)

    def render(self, source: str, table: Table, inline: bool) -> Answer:
        """Render one fragment (see `compile.render.Render`); what hangs, dies or eats memory is an error."""
        return self.ask({"source": source, "table": table, "inline": inline})


_worker = FragmentWorker()


def render(source: str, table: Table, inline: bool) -> Answer:
    """Render one fragment in this server's rendering process."""
    return _worker.render(source, table, inline)
