"""The words for the loudspeakers: 60 to 90 seconds, everything in the words that are said. Vietnamese only."""

import re
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from app.authoring.hand_on.material import Material
from app.content.compile.course_file import SPOKEN_WORDS
from app.shared.spoken import count_words, seconds_to_say, spoken, spoken_address, spoken_code

LEAST_WORDS, MOST_WORDS = SPOKEN_WORDS
LONGEST_SUMMARY = 50
LONGEST_POINT = 40
"""Words of a box that can be followed by ear."""
MOST_POINTS = 6
ROOM_FOR_REPEATING = 20
"""Words that are left for saying address and code once more."""
LANGUAGE = "vi"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Loudspeaker:
    paragraphs: tuple[str, ...]
    words: int
    seconds: int
    is_own: bool
    """Whether the course has words of its own for this (`loudspeaker:`)."""

    @property
    def is_short(self) -> bool:
        return self.words < LEAST_WORDS

    @property
    def is_long(self) -> bool:
        return self.words > MOST_WORDS


def make_loudspeaker(material: Material) -> Loudspeaker:
    with force_locale(LANGUAGE):
        own = material.version.meta.get("loudspeaker") or ""
        paragraphs = _own(material, own) if own else _composed(material)
    text = " ".join(paragraphs)
    return Loudspeaker(tuple(paragraphs), count_words(text), seconds_to_say(text), bool(own))


def _own(material: Material, text: str) -> list[str]:
    """The author's words, and how to get there: the code differs from commune to commune."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    is_vietnamese = material.version.language.startswith(LANGUAGE)
    return [*(spoken(part) if is_vietnamese else part for part in paragraphs), _way_in(material)]


def _composed(material: Material) -> list[str]:
    """Greeting, what the course is for, what to remember of it, how to get there and who helps."""
    before = [_greeting(material), _invitation(material)]
    after = [_way_in(material), spoken(material.help_line), gettext("Xin cảm ơn!")]
    least = count_words(" ".join(before + after))
    points: list[str] = []
    for point in _points(material):
        words = count_words(" ".join([*points, point]))
        if len(points) < MOST_POINTS and least + words <= MOST_WORDS - ROOM_FOR_REPEATING:
            points.append(_numbered(len(points) + 1, point))
    if points:
        before.append(gettext("Xin mời nghe những điều cần nhớ."))
    paragraphs = before + points + after
    if count_words(" ".join(paragraphs)) < LEAST_WORDS:
        titles = "; ".join(taught.item.title for taught in material.items)
        before.append(spoken(gettext("Khóa học gồm các bài: %(titles)s.", titles=titles)))
        paragraphs = before + points + after
    again = gettext("Xin nhắc lại. %(way)s", way=_way_in(material))
    if count_words(" ".join([*paragraphs, again])) <= MOST_WORDS:
        paragraphs.insert(-1, again)
    return paragraphs


def _greeting(material: Material) -> str:
    if material.is_for_team:
        return gettext("Kính thưa các thành viên tổ công nghệ số cộng đồng!")
    if material.place:
        return spoken(gettext("Kính thưa bà con %(place)s!", place=material.place_name))
    return gettext("Kính thưa bà con!")


def _invitation(material: Material) -> str:
    version = material.version
    summary = ""
    for sentence in _SENTENCE.split(version.summary):
        if count_words(f"{summary} {sentence}") > LONGEST_SUMMARY:
            break
        summary = f"{summary} {sentence}".strip()
    parts = [
        gettext("Xin mời học khóa “%(title)s”.", title=version.title),
        summary,
        gettext("Học trên điện thoại, hết khoảng %(minutes)s phút.", minutes=version.minutes),
        gettext("Không cần tài khoản.") if not material.is_for_team else gettext("Đăng nhập rồi học."),
    ]
    return spoken(" ".join(part for part in parts if part))


def _points(material: Material) -> list[str]:
    """What to remember of each lesson first, then what to beware of; what is too long to hear is left out."""
    found = [
        spoken(" ".join(line.text for line in box.lines))
        for kind in ("remember", "warn")
        for taught in material.lessons
        for box in taught.parts.boxes_of(kind)
    ]
    return [point for point in dict.fromkeys(found) if count_words(point) <= LONGEST_POINT]


def _numbered(place: int, point: str) -> str:
    ordinals = [
        gettext("Thứ nhất"),
        gettext("Thứ hai"),
        gettext("Thứ ba"),
        gettext("Thứ tư"),
        gettext("Thứ năm"),
        gettext("Thứ sáu"),
    ]
    ends = "" if point.endswith((".", "!", "?", "…", "”", '"')) else "."
    return f"{ordinals[place - 1]}, {point[:1].lower()}{point[1:]}{ends}"


def _way_in(material: Material) -> str:
    return gettext(
        "Xin mời quét mã quy a trên tờ giấy được phát, hoặc mở trang %(address)s, gõ mã: %(code)s.",
        address=spoken_address(material.typed_address),
        code=spoken_code(material.code),
    )
