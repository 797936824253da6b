"""Whole courses made at random: written, compiled and brought into normal form, they say what was meant and stay so."""

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.compile.course import CompiledCourse
from app.content.compile.course_file import with_base
from app.content.compile.normal_form import hash_files, normalised_files
from app.content.compile.questions.answers import option_key
from app.content.compile.questions.typed import as_typed
from app.content.compile.quiz import Question
from app.content.quiz_source.model import SourceQuestion
from app.content.quiz_source.write import write_questions
from tests.courses.folders import COURSE, SVG, compile_here
from tests.sounds import MP3
from tests.unit.content.source_questions import PLAIN, sound_questions

WITHIN_REASON = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MEDIA = {"anh/o.svg": SVG, "am-thanh/a.mp3": MP3}
QUESTIONS = sound_questions("![Một ô](anh/o.svg)")
LESSON_BLOCKS = st.sampled_from(
    [
        ("{words}.", "<p>{words}.</p>"),
        ("## {words}", "<h2>{words}</h2>"),
        ("- {words}\n- **{words}**", "<ul>\n<li>{words}</li>\n<li><strong>{words}</strong></li>\n</ul>"),
        ("1. {words}\n2. {words}", "<ol>\n<li>{words}</li>\n<li>{words}</li>\n</ol>"),
        (
            "> **Nhớ:** {words}",
            '<blockquote class="box remember">\n<p><strong>Nhớ:</strong> {words}</p>\n</blockquote>',
        ),
        ("> **Android:** {words}", '<blockquote class="phone android">'),
        ("> **Xem thêm:** {words}\n>\n> {words}", "<details>\n<summary>{words}</summary>\n<p>{words}</p>\n</details>"),
        ("- [ ] {words}\n- [x] {words}", "<li>☐ {words}</li>\n<li>☑ {words}</li>"),
        ("```\n## {words}\n- [x] {words}\n```", "## {words}\n- [x] {words}"),
        ("![{words}](anh/o.svg)", 'alt="{words}"'),
        ("![{words}](am-thanh/a.mp3)", '<span class="sound">{words} <audio'),
        ("[{words}](#otp)", 'class="term"'),
        ("| {words} | b |\n|---|---|\n| c | {words} |", '<th scope="col">{words}</th>'),
        ("Mở {{{{app-cua-tinh}}}} {words}.", "Mở {{{{app-cua-tinh}}}} {words}."),
        (
            "## ? {words}\n- [ ] {words} a\n  > {words}\n- [x] {words} b\n\n## Sau đó",
            "<span>{words} b</span></label>",
        ),
    ]
)


@dataclass(frozen=True)
class Made:
    """A folder, and what must be found in it after compiling."""

    files: dict[str, bytes]
    kinds: list[str]
    pieces: dict[str, list[str]]
    """Pieces of the HTML of each lesson, by its key."""
    questions: dict[str, list[SourceQuestion]]
    acts: dict[str, list[str]]
    replies: dict[str, list[tuple[str, bool]]]


def head(kind: str, key: str, title: str, more: str = "") -> str:
    return f"---\nkind: {kind}\nkey: {key}\ntitle: {title}\nminutes: 1\n{more}---\n"


@st.composite
def courses(draw: st.DrawFn) -> Made:
    kinds = draw(st.lists(st.sampled_from(["lesson", "quiz", "practice", "drill"]), min_size=1, max_size=5))
    made = Made({}, kinds, {}, {}, {}, {})
    for number, kind in enumerate(kinds, 1):
        key = f"muc-{number}"
        text = {"lesson": lesson, "quiz": quiz, "practice": practice, "drill": drill}[kind](draw, key, made)
        made.files[f"{number:02}-{key}.md"] = text.encode()
    end = draw(st.sampled_from(["", "\n", "share: a  \n", "base: " + "0" * 64 + "\n", "\n  \n", "# ghi chú \n\n"]))
    course = COURSE.replace("minutes: 6", f"minutes: {len(kinds)}\nterms:\n  otp: mã")
    made.files.update({"course.yml": (course + end).encode(), **MEDIA})
    return made


def lesson(draw: st.DrawFn, key: str, made: Made) -> str:
    blocks = draw(st.lists(st.tuples(LESSON_BLOCKS, PLAIN), min_size=1, max_size=6))
    made.pieces[key] = [piece.format(words=words) for (_, piece), words in blocks]
    body = "\n\nRồi.\n\n".join(source.format(words=words) for (source, _), words in blocks)
    return head("lesson", key, "Bài của khóa thử") + body + "\n"


def quiz(draw: st.DrawFn, key: str, made: Made) -> str:
    found = draw(st.lists(QUESTIONS, min_size=1, max_size=4))
    pools = sorted(draw(st.lists(st.sampled_from(["", "Dễ", "Khó"]), min_size=len(found), max_size=len(found))))
    kept = [
        replace(question, key=f"q-{key}-{number}", pool=pool)
        for number, (question, pool) in enumerate(zip(found, pools, strict=True))
    ]
    made.questions[key] = kept
    return head("quiz", key, "Kiểm tra", "pass: 70\n") + write_questions(kept)


def practice(draw: st.DrawFn, key: str, made: Made) -> str:
    acts = draw(st.lists(PLAIN, min_size=3, max_size=7, unique=True))
    made.acts[key] = acts
    return head("practice", key, "Tự làm") + "".join(f"- [ ] {act}\n  > {act}?\n" for act in acts)


def drill(draw: st.DrawFn, key: str, made: Made) -> str:
    """A chain of messages, each with a good reply onward and perhaps a wrong one back."""
    parts = draw(st.lists(st.tuples(PLAIN, st.booleans()), min_size=1, max_size=5))
    body = ""
    made.replies[key] = []
    for number, (words, has_wrong) in enumerate(parts):
        body += f"## Đoạn {number}\n> {words}\n\n- [x] {words}\n"
        made.replies[key].append((words, True))
        if has_wrong:
            body += f"- [ ] {words} ____ -> Đoạn 0\n  > {words}\n"
            made.replies[key].append((words, False))
    return head("drill", key, "Người lạ", "channel: sms\nfrom: Số lạ\n") + body + "\n## Kết\nXong.\n"


@WITHIN_REASON
@given(courses())
def test_a_course_says_after_compiling_what_was_written(made: Made) -> None:
    course = compile_here(made.files)
    assert [item.kind for item in course.items] == made.kinds
    for item in course.items:
        for piece in made.pieces.get(item.key, []):
            assert piece in item.body
        if item.quiz:
            for source, question in zip(made.questions[item.key], item.quiz.questions, strict=True):
                assert_same(source, question)
        if item.kind == "practice":
            assert [act["text"] for act in item.data["practice"]["acts"]] == made.acts[item.key]
        if item.kind == "drill":
            replies = [reply for message in item.data["drill"]["messages"] for reply in message["replies"]]
            assert [(reply["text"], reply["is_good"]) for reply in replies] == made.replies[item.key]


def assert_same(source: SourceQuestion, question: Question) -> None:
    """What a learner sees and is judged by is what the author's values say."""
    assert (question.type, question.key, question.pool) == (source.type, source.key, source.pool)
    assert (question.points, question.skills, question.hint_cost) == (source.points, source.skills, source.hint_cost)
    assert (question.shuffles, len(question.hints)) == (source.shuffles, len(source.hints))
    assert bool(question.explanation_html) == bool(source.explanation)
    words = [option.words for option in source.options]
    if source.type in ("single", "multiple", "hotspot"):
        assert [option.key for option in question.options] == [option_key(each) for each in words]
        assert [option.is_right for option in question.options] == [option.is_ticked for option in source.options]
        assert [bool(option.feedback_html) for option in question.options] == [
            bool(option.feedback) for option in source.options
        ]
    elif source.type in ("text", "number"):
        assert [answer["text"] for answer in question.details["answers"]] == [as_typed(each) for each in words]
    elif source.type == "matching":
        assert question.details["matches"] == {option_key(a): option_key(b) for a, b in source.pairs if a}
    elif source.type == "ordering":
        assert [option.key for option in question.options] == [option_key(step) for step in source.steps]
    elif source.type == "gaps":
        entries = [each["text"] for gap in question.details["gaps"] for each in (*gap["answers"], *gap["choices"])]
        assert entries == words


@WITHIN_REASON
@given(courses())
def test_the_normal_form_of_a_folder_stays_byte_for_byte_and_keeps_its_hash(made: Made) -> None:
    course = compile_here(made.files)
    once = exported(course, made.files)
    again = compile_here(once)
    assert again.content_hash == course.content_hash == hash_files(normalised_files(once))
    assert exported(again, once) == once
    assert again.header.base == course.content_hash


def exported(course: CompiledCourse, media: dict[str, bytes]) -> dict[str, bytes]:
    """As `export_course` gives it back."""
    files = {path: media[path] if text.startswith("media:") else text.encode() for path, text in course.files.items()}
    return {**files, "course.yml": with_base(course.files["course.yml"], course.content_hash).encode()}
