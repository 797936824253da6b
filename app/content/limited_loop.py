"""What runs in a limited process: asks one program for the answer to each request, within limits it sets for itself.

Started by `app.content.limited_process` as `limited_loop.py PROGRAM SECONDS`, where PROGRAM is a file with a function
`answer_to(request)`. One JSON request a line on standard input, one JSON answer a line on standard output, until the
input ends. It knows nothing of the rest of the product on purpose: an attack on what a program reads finds nothing here
to steal.
"""

import importlib.util
import json
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

MEMORY_LIMIT = 512 * 1024 * 1024
Answering = Callable[[dict[str, Any]], dict[str, Any]]


def load(program: str) -> Answering:
    """The program's `answer_to`.

    Raises:
        ImportError: there is no such program.
    """
    spec = importlib.util.spec_from_file_location("limited_program", program)
    if spec is None or spec.loader is None:
        raise ImportError(program)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer_to: Answering = module.answer_to
    return answer_to


def serve(answer_to: Answering, seconds: int) -> None:
    """Answer until the input ends. The process ends itself after `seconds` of one request, should nobody be left to
    kill it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    for line in sys.stdin.buffer:
        signal.alarm(seconds)
        answer = answer_to(json.loads(line))
        signal.alarm(0)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve(load(sys.argv[1]), int(sys.argv[2]))
