"""What the compiler says of a question, said to somebody who sees a form and no file."""

import re

import pytest

from app.authoring.form_words import SAYINGS, in_form_words
from tests.courses.folders import QUIZ_HEAD, quiz_faults

KEY = "<!-- key: q -->\n"
BODIES = (
    f"##\n{KEY}- [ ] a\n- [x] b\n",
    "## Hỏi\n- [ ] a\n- [x] b\n",
    "## Hỏi\n<!-- key: Sai -->\n- [ ] a\n- [x] b\n",
    f"## Hỏi\n{KEY}- [ ] a\n- [x] b\n\n## Hỏi\n{KEY}- ____\n",
    f"## Hỏi\n{KEY}",
    f"## Hỏi\n{KEY}- [ ] a\n- [ ] a\n- [ ] A\n",
    f"## Hỏi\n{KEY}- =\n",
    "## Hỏi\n<!-- key: q; type: number -->\n- = mười\n- = 9..1\n",
    f"## Hỏi\n{KEY}- = *\n",
    f"## Hỏi\n{KEY}- a ->\n",
    f"## Hỏi\n{KEY}- a -> b\n- a -> b\n",
    f"## Hỏi\n{KEY}- a -> b\n- c -> b\n",
    f"## Hỏi\n{KEY}- a -> b\n",
    f"## Hỏi (1) ____\n{KEY}- (2) = a\n",
    f"## Hỏi (1) ____\n{KEY}- (1) [x] a\n",
    f"## Hỏi\n{KEY}- (1) = a\n",
    f"## Hỏi (2) ____\n{KEY}- (2) = a\n",
    f"## Hỏi\n{KEY}- [ ] a @ 90,1 50x5\n",
    f"## Hỏi\n{KEY}- [x] a @ 1,1 5x5\n- [ ] b\n",
    f"## Hỏi\n{KEY}![](anh/khong-co.png)\n- ____\n",
    f"# Nhóm: a (lấy 1)\n## Hỏi\n{KEY}- ____\n# Nhóm: b\n# Nhóm: a\n",
    "",
)
HEADS = (
    (QUIZ_HEAD.replace("feedback: none", "draw: 9"), f"## Hỏi\n{KEY}- [ ] a\n- [x] b\n"),
    (QUIZ_HEAD.replace("pass: 70", "pass: 70\ndraw: 1"), f"# Nhóm: a (lấy 1)\n## Hỏi\n{KEY}- ____\n"),
    (QUIZ_HEAD.replace("feedback: none", "offline: no"), f"## Hỏi\n{KEY}- ____\n"),
    (QUIZ_HEAD.replace("title: Bài kiểm tra", "title:"), f"## Hỏi\n{KEY}- ____\n"),
    (QUIZ_HEAD, f"# Nhóm: a (lấy 1)\n## Hỏi\n{KEY}- ____\n# Nhóm: b\n## Hai\n<!-- key: q-2 -->\n- ____\n# Nhóm: a\n"),
)  # fmt: skip
REASONS = [fault.reason for body in BODIES for fault in quiz_faults(body)] + [
    fault.reason for head, body in HEADS for fault in quiz_faults(body, head)
]


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in SAYINGS])
def test_each_saying_answers_to_something_that_the_compiler_says(pattern: str) -> None:
    assert any(re.match(pattern, reason) for reason in REASONS)


def test_no_sign_and_no_line_number_of_a_file_is_said() -> None:
    said = {in_form_words(reason) for reason in REASONS}
    odd = {words for words in said if re.search(r"- \[|- =|->|##|dòng \d|`[a-z]+:|____|<!--", words)}
    assert odd == set()
