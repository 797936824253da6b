"""One question of ours as the `<question>` of Moodle. Texts are written as Markdown, which Moodle shows too."""

import base64
import re
from collections.abc import Mapping
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from app.content.compile.text import normalise_path
from app.content.interchange.markdown_words import plain_words
from app.content.interchange.moodle_cloze import escaped_answer
from app.content.interchange.moodle_numbers import centre_and_tolerance, percentage
from app.content.interchange.moodle_text import PICTURE
from app.content.quiz_source.model import GAP, SourceOption, SourceQuestion

TYPES = {
    "single": "multichoice", "multiple": "multichoice", "true_false": "truefalse", "text": "shortanswer",
    "number": "numerical", "matching": "matching", "ordering": "ordering", "gaps": "cloze", "free": "essay",
}  # fmt: skip
_GAP = re.compile(rf"\((\d+)\) {GAP}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text).replace("\r", "\n"))


class QuestionWriter:
    def __init__(self, question: SourceQuestion, pictures: Mapping[str, bytes]) -> None:
        self.question = question
        self.pictures = pictures
        self.losses: list[str] = []
        self.lines: list[str] = []

    def xml(self) -> str:
        question = self.question
        self.lines = [f'<question type="{TYPES[question.type]}">']
        self._plain("name", question.name or plain_words(question.title))
        self._text("questiontext", self._stem())
        if question.explanation:
            self._text("generalfeedback", question.explanation)
        self._value("defaultgrade", str(question.points))
        self._value("penalty", "0")
        self._value("hidden", "0")
        self._value("idnumber", question.key)
        {
            "single": self._choices, "multiple": self._choices, "true_false": self._true_false, "text": self._typed,
            "number": self._numbers, "matching": self._matching, "ordering": self._ordering, "gaps": self._gaps,
            "free": self._free,
        }[question.type]()  # fmt: skip
        for hint in question.hints:
            self._text("hint", hint)
        if question.skills:
            self.lines.append("<tags>")
            for skill in question.skills:
                self._plain("tag", skill)
            self.lines.append("</tags>")
        self.lines.append("</question>")
        return "\n".join(self.lines)

    def _stem(self) -> str:
        question = self.question
        text = "\n\n".join(part for part in (question.title, question.stem) if part)
        if question.type != "gaps":
            return text
        return _GAP.sub(lambda found: self._cloze(int(found.group(1))) or found.group(), text)

    # -- elements --------------------------------------------------------------------------------------------------

    def _value(self, name: str, value: str) -> None:
        self.lines.append(f"<{name}>{xml_text(value)}</{name}>")

    def _plain(self, name: str, text: str) -> None:
        self.lines.append(f"<{name}><text>{xml_text(text)}</text></{name}>")

    def _text(self, name: str, markdown: str, attributes: str = "", inside: str = "") -> None:
        files: dict[str, bytes] = {}
        text = PICTURE.sub(lambda found: self._placed(found, files), markdown)
        self.lines.append(f'<{name}{attributes} format="markdown"><text>{xml_text(text)}</text>')
        for file, content in files.items():
            encoded = base64.b64encode(content).decode()
            self.lines.append(f'<file name={quoteattr(file)} path="/" encoding="base64">{encoded}</file>')
        self.lines.append(f"{inside}</{name}>")

    def _placed(self, found: re.Match[str], files: dict[str, bytes]) -> str:
        path = normalise_path(unquote(found.group(2))).removeprefix("./")
        if path not in self.pictures:
            self.losses.append(f"không có tệp hình {path}. Chép hình vào thư mục của khóa học rồi xuất lại.")
            return found.group()
        base = path.rsplit("/", 1)[-1]
        stem, dot, ending = base.rpartition(".")
        name, number = base, 1
        while name in files and files[name] != self.pictures[path]:
            number += 1
            name = f"{stem}-{number}{dot}{ending}"
        files[name] = self.pictures[path]
        return f"![{found.group(1)}](@@PLUGINFILE@@/{name.replace(' ', '%20')})"

    def _feedback(self, feedback: str) -> None:
        if feedback:
            self._text("feedback", feedback)

    # -- answers ---------------------------------------------------------------------------------------------------

    def _shuffles(self) -> None:
        self._value("shuffleanswers", "true" if self.question.shuffles else "false")

    def _choices(self) -> None:
        self._value("single", "true" if self.question.type == "single" else "false")
        self._shuffles()
        for option, share in zip(self.question.options, shares_of(self.question), strict=True):
            self._text("answer", option.words, f' fraction="{percentage(share)}"')
            self._inside_last(option.feedback)

    def _inside_last(self, feedback: str, extra: str = "") -> None:
        """Feedback stands inside the answer before."""
        closing = self.lines.pop()
        if extra:
            self.lines.append(extra)
        self._feedback(feedback)
        self.lines.append(closing)

    def _true_false(self) -> None:
        for option, share in zip(self.question.options, shares_of(self.question), strict=True):
            word = "true" if option.words.casefold().startswith("đúng") else "false"
            self.lines.append(f'<answer fraction="{percentage(share)}" format="moodle_auto_format"><text>{word}</text>')
            self.lines.append("</answer>")
            self._inside_last(option.feedback)

    def _typed(self) -> None:
        self._value("usecase", "1" if self.question.is_exact else "0")
        for option in self.question.options:
            words = option.words if option.words == "*" else option.words.replace("*", "\\*")
            self._typed_answer(option, words)

    def _numbers(self) -> None:
        for option in self.question.options:
            found = None if option.words == "*" else centre_and_tolerance(option.words)
            if found is None:
                self._typed_answer(option, option.words)
            else:
                self._typed_answer(option, f"{found[0]:f}", f"<tolerance>{found[1]:f}</tolerance>")

    def _typed_answer(self, option: SourceOption, words: str, extra: str = "") -> None:
        share = share_of(option)
        self.lines.append(f'<answer fraction="{percentage(share)}" format="plain_text"><text>{xml_text(words)}</text>')
        self.lines.append("</answer>")
        self._inside_last(option.feedback, extra)

    def _matching(self) -> None:
        self._shuffles()
        for left, right in self.question.pairs:
            answer = f"<answer><text>{xml_text(plain_words(right))}</text></answer>"
            self._text("subquestion", left, inside=answer)

    def _ordering(self) -> None:
        self._value("layouttype", "VERTICAL")
        self._value("selecttype", "ALL")
        self._value("gradingtype", "ABSOLUTE_POSITION")
        for place, step in enumerate(self.question.steps, 1):
            self._text("answer", step, f' fraction="{place}"')

    def _free(self) -> None:
        self._value("responseformat", "plain")

    def _gaps(self) -> None:
        gaps = {option.gap for option in self.question.options}
        if self.question.points != len(gaps):
            self.losses.append(f"Moodle sẽ tính câu này {len(gaps)} điểm, mỗi chỗ trống một điểm.")

    def _cloze(self, gap: int) -> str:
        options = [option for option in self.question.options if option.gap == gap]
        if not options:
            return ""
        is_choice = not all(option.is_ticked for option in options)
        choice = "MULTICHOICE_S" if self.question.shuffles else "MULTICHOICE"
        kind = choice if is_choice else "SHORTANSWER_C" if self.question.is_exact else "SHORTANSWER"
        parts = []
        for option in options:
            feedback = f"#{escaped_answer(option.feedback)}" if option.feedback else ""
            parts.append(("=" if option.is_ticked else "") + escaped_answer(option.words) + feedback)
        return f"{{1:{kind}:{'~'.join(parts)}}}"


def share_of(option: SourceOption) -> float:
    return option.weight if option.weight is not None else float(option.is_ticked)


def shares_of(question: SourceQuestion) -> list[float]:
    """What each option is worth; in a `multiple` without percentages the right ones share the points."""
    options = question.options
    if question.type != "multiple" or any(option.weight is not None for option in options):
        return [share_of(option) for option in options]
    part = 1 / max(1, sum(option.is_ticked for option in options))
    return [part if option.is_ticked else -part for option in options]
