"""A text as somebody reads it out: numbers, dates, money, addresses and abbreviations in the words that are said.

What is said for an abbreviation or a foreign word stands in `spoken_words.csv`, for people to review. Other
abbreviations in capitals are spelled letter by letter.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from app.shared.spoken_numbers import (
    date_words,
    day_words,
    decimal_words,
    digit_words,
    month_words,
    number_words,
    time_words,
)
from app.shared.spoken_words import words
from app.shared.vietnamese import nfc

WORDS_PER_SECOND = 2.45
"""As announcers read: 150 words in 61 seconds, 220 in 90."""
LONGEST_COUNT = 8
"""Digits without dots between them that are a count; longer ones are the number of an account or a machine."""
LONGEST_GROUP = 6
"""Digits that are said in one breath."""
LONGEST_NUMBER = 30
"""Digits, dots between them or not, beyond which nobody says a number."""
HOTLINES = ("1800", "1900")
LAST_DAY, LAST_MONTH = 31, 12
LARGEST_PART = 5
"""Of a fraction that has a name: "một phần năm", but "tám trên mười"."""
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
LETTERS = dict(
    zip(
        "ABCDĐEFGHIJKLMNOPQRSTUVWXYZ",
        "a;bê;xê;đê;đê;e;ép;giê;hát;i;gi;ca;e lờ;em mờ;en nờ;ô;pê;quy;e rờ;ét;tê;u;vê;vê kép;ích;i gờ rếch;dét".split(
            ";"
        ),
        strict=True,
    )
)
SIGNS = {".": "chấm", "/": "gạch chéo", ":": "hai chấm", "-": "gạch ngang", "_": "gạch dưới", "@": "a còng"}
SYLLABLE = re.compile(
    r"(?:NGH|NG|NH|GH|GI|KH|PH|QU|TH|TR|CH|[BCDĐGHKLMNPRSTVX])?[AEIOUY]{1,3}(?:NG|NH|CH|[CMNPT])?", re.IGNORECASE
)
"""What can be a Vietnamese word without its marks: not spelled."""

_COUNT = r"\d{1,3}(?:\.\d{3})+|\d+"
_NUMBER = rf"(?<![\d.,])(?:{_COUNT})(?:,\d+)?(?![.,]?\d)"
_WEB = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:vn|com|net|org|edu|info|app|io)\b(?!\.[A-ZĐ])(?::\d+)?(?:/[\w./-]*\w)?"
    r"|(?:https?://)?(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+(?:/[\w./-]*\w)?|/[\w./-]*\w)"
)
_MAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\d-])(\d{5})-(\d{1,4})(?![\d-])")
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+84|0)[ .-]?\d(?:[ .-]?\d){7,9}(?![.,]?\d)|\(0\d{1,3}\)[ .-]?\d(?:[ .-]?\d){5,7}(?![.,]?\d)"
)
_HOTLINE = re.compile(r"(?<![\d.,])1[89]00[ .]?\d{2,4}(?:[ .]?\d{2})?(?![.,]?\d)")
_CALL = r"(?:(?:\+84|0|1[89]00)[ .]?\d(?:[ .]?\d){3,9}|\d{3,6})"
_CALLED = re.compile(
    r"((?:gọi|số máy|điện thoại|tổng đài|đường dây nóng|đường dây|đầu số|bấm|nhắn tin|mã số|mã|công an|cứu hỏa|cấp cứu)"
    r"(?:\s+(?:điện|thoại|tới|đến|cho|ngay|số|máy|miễn|phí|đi|là))*[\s:(]+)"
    rf"({_CALL}(?:(?:\s*,\s*|\s+(?:hoặc|hay|và)\s+){_CALL})*)"
    r"(?![\d.,/]?\d|\s*(?:%|đồng|đ\b|người|lần|triệu|nghìn|tỷ))",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?<![\d/])0*(\d{1,5})(?:/(\d{4}))?/([A-ZĐ]{2,5})-([A-ZĐ]\w{1,9})\b")
ISSUERS = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
}
"""Of a document, by how its number ends; the others are spelled."""
_EMERGENCY = re.compile(
    r"(?<!định )(?<!quyết )(?<!tư )(?<!luật )(?<!văn )(?<!thị )(?<!nhà )(?<!phòng )\b(số)\s+(11[1-5])(?![\d.,/]?\d)",
    re.IGNORECASE,
)
"""Children in need, rescue, police, fire, ambulance: "số 113" is no count, but "Nghị định số 113" and a house are."""
_DAY = r"(?:\b(ngày|mùng|mồng)\s+)?"
_DATE = re.compile(rf"{_DAY}(?<![\d/.-])(\d{{1,2}})([/.-])(\d{{1,2}})\3(\d{{4}})(?![\d/-]|\.\d)", re.IGNORECASE)
_ISO_DATE = re.compile(r"()(?<![\d/.-])(\d{4})-(\d{2})-(\d{2})(?![\d/.-])")
_DAYS = re.compile(rf"{_DAY}(?<![\d/.-])(\d{{1,2}})\s?-\s?(\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?)(?![\d/-])", re.IGNORECASE)
_MONTH = re.compile(r"(?:\btháng\s+)?(?<![\d/.-])(\d{1,2})/(\d{4})(?![\d/-])", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(
    r"\b(ngày|mùng|mồng|sáng|trưa|chiều|tối|từ|đến|trước|sau|hạn|nhật|thứ \w+)(,?\s+)(\d{1,2})/(\d{1,2})(?![\d/-])"
    r"(?!\s+(?:số|tổng|diện|dân|thu))",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\d/.,-])(\d+)/(\d+)(?![\d/-])")
_DAY_IN_WORDS = re.compile(r"\b(ngày)\s+(\d{1,2})(?=\s+tháng\b)", re.IGNORECASE)
_MONTH_IN_WORDS = re.compile(r"(?<!mỗi )(?<!một )\b(tháng)\s+0?4(?=\s+năm\b|\s*[.,;:!?)]|\s*$)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:.,/])([01]?\d|2[0-4])(?:[:h]([0-5]\d)|\s?g([0-5]\d)|h(?![a-zà-ỹđ])|\s+giờ\s+([0-5]?\d)(?:\s+phút)?(?!\w))"
    r"(?![:\d])"
)
_WEEKDAY = re.compile(r"(?<![^\W_])T([2-7])(?![^\W_]|[.,]\d)")
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_HOURS = re.compile(r"(?<![\d:.,/])(\d{1,2})\s?[-–]\s?(\d{1,2})h(?![a-zà-ỹđ\d])")
_RANGE = re.compile(rf"({_NUMBER})(\s?%?)\s?[-–]\s?({_NUMBER})")
_TIMES = re.compile(r"(giờ(?: [^\W\d_]+){0,4}?(?: phút)?)\s?[-–]\s?(?=(?:\S+ ){1,4}giờ)")
_ROMAN = re.compile(
    r"\b(thế kỷ|quý|khóa|đại hội|lần(?: thứ)?|nhiệm kỳ|hạng|cấp|bậc|loại|chương|phần|mục|kỳ|giai đoạn|đợt)"
    r"\s+([IVXL]+)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![^\W_])[A-ZĐ]{2,7}(?![^\W\d_])")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_PER = re.compile(r"(?<=[^\W_])\s?/\s?(?=(?:tháng|ngày|năm|tuần|giờ|người|lần|buổi|hộ|kg|km|m²)\b)")
Say = Callable[[re.Match[str]], str]


def spoken(text: str) -> str:
    """The text with everything in words; no digit is left. What is in words already stays as it is."""
    said = "".join(str(int(c)) if c.isdecimal() else c for c in nfc(text)).replace("\u00a0", " ").replace("\u202f", " ")
    for pattern, say in _rules():
        said = pattern.sub(lambda match, say=say: _begun_like(match, say(match)), said)  # type: ignore[misc]
    return re.sub(r"[ \t]{2,}", " ", said).strip()


def count_words(text: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in text.split())


def seconds_to_say(text: str) -> int:
    """How long an announcer needs for a text in words."""
    return round(count_words(text) / WORDS_PER_SECOND)


def spoken_address(address: str) -> str:
    """ "hoc.vn/go" → "hoc chấm vê nờ gạch chéo gờ o"."""
    parts = re.findall(r"[./:@_-]|\d+|[^\W\d_]+", address.lower().removeprefix("https://").removeprefix("http://"))
    said = [
        SIGNS.get(part) or (digit_words(part) if part.isdecimal() else words().web.get(part, part)) for part in parts
    ]
    return " ".join(said)


def spoken_code(code: str) -> str:
    """ "14812-7" → "một bốn tám một hai, gạch ngang, bảy"."""
    return ", gạch ngang, ".join(digit_words(part) for part in code.split("-"))


@cache
def _rules() -> list[tuple[re.Pattern[str], Say]]:
    """In their order: what looks like a number and is none comes before numbers."""
    return [
        (_MAIL, lambda match: spoken_address(match[0])),
        (_WEB, lambda match: spoken_address(match[0])),
        (_DOCUMENT, _say_document),
        (re.compile(r"(?<=[A-ZĐ])-(?=[A-ZĐ]{2})"), lambda _match: ", "),
        (
            words().word_pattern,
            lambda match: _apart(match, words().word.get(match[0]) or words().word[match[0].lower()]),
        ),
        (_CODE, lambda match: spoken_code(match[0])),
        (_DAYS, _say_days),
        (_DATE, lambda match: _say_date(match, match[2], match[4], match[5])),
        (_ISO_DATE, lambda match: _say_date(match, match[4], match[3], match[2])),
        (_MONTH, _say_month),
        (_DAY_AND_MONTH, _say_day_and_month),
        (_FRACTION, _say_fraction),
        (_DAY_IN_WORDS, lambda match: f"{match[1]} {day_words(int(match[2]))}"),
        (_MONTH_IN_WORDS, lambda match: f"{match[1]} {month_words(4)}"),
        (re.compile(r"(?<=T[2-7])\s?[-–]\s?(?=T[2-7]\b)"), lambda _match: " đến "),
        (_WEEKDAY, lambda match: f"thứ {_WEEKDAYS[int(match[1]) - 2]}"),
        (_HOURS, lambda match: f"{match[1]} đến {match[2]} giờ"),
        (_TIME, lambda match: time_words(int(match[1]), int(match[2] or match[3] or match[4] or 0))),
        (_TIMES, lambda match: f"{match[1]} đến "),
        (_CALLED, lambda match: match[1] + re.sub(r"\+?\d[\d .]*\d", _say_groups, match[2])),
        (_EMERGENCY, lambda match: f"{match[1]} {digit_words(match[2])}"),
        (_PHONE, _say_groups),
        (_HOTLINE, _say_groups),
        (_ROMAN, lambda match: f"{match[1]} {_roman(match[2])}"),
        (_PER, lambda _match: " một "),
        (words().unit_pattern, lambda match: f" {words().unit[match[0].strip()]}"),
        (_RANGE, _say_range),
        (_PERCENT, lambda _match: " phần trăm"),
        (re.compile(r"(?<![^\s(])[-−](?=\d)"), lambda _match: "âm "),
        (re.compile(r"(?<=[^\W\d_])-(?=\d)"), lambda _match: " "),
        (re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)"), lambda _match: " nhân "),
        (re.compile(_NUMBER), lambda match: _apart(match, _number(match[0]))),
        (re.compile(r"\d+(?:[.,]\d+)*"), lambda match: _apart(match, _dotted(match[0]))),
        (_CAPITALS, lambda match: match[0] if SYLLABLE.fullmatch(match[0]) else _spell(match[0])),
        (re.compile(r"\s?[%]"), lambda _match: " phần trăm"),
        (re.compile(r"\s?&\s?"), lambda _match: " và "),
        (re.compile(r"(?<=[^\W_])\s?\+\s?(?=[^\W_])"), lambda _match: " cộng "),
        (re.compile(r"(?<=[^\W_])\s?=\s?(?=[^\W_])"), lambda _match: " bằng "),
        (re.compile(r"\s?(?:→|->)\s?"), lambda _match: ", "),
        (re.compile(r"(?<=[^\W_])/(?=[^\W_])"), lambda _match: ", "),
    ]


def _begun_like(match: re.Match[str], said: str) -> str:
    """With a capital where a sentence begins."""
    before = match.string[: match.start()].rstrip(" \t\"“‘'(")
    begins = not before or before[-1] in ".!?…\n"
    return said[:1].upper() + said[1:] if begins else said


def _apart(match: re.Match[str], said: str) -> str:
    """With spaces where letters touch the number: "A4", "Covid-19"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    touches_before = bool(before) and (before[-1].isalnum() or before[-1] == "-")
    return f"{' ' if touches_before else ''}{said}{' ' if after[:1].isalnum() else ''}"


def _number(text: str) -> str:
    """A count, or the digits of what is none: it begins with 0 or is too long."""
    whole, _, decimals = text.partition(",")
    digits = whole.replace(".", "")
    is_code = (digits.startswith("0") and len(digits) > 1) or len(whole) == len(digits) > LONGEST_COUNT
    if is_code or len(digits) > LONGEST_NUMBER:
        return digit_words(digits) + (f" phẩy {digit_words(decimals)}" if decimals else "")
    return decimal_words(int(digits), decimals) if decimals else number_words(int(digits))


def _dotted(text: str) -> str:
    """What is written like a number and is none: "4.0", "1.2.3"."""
    return "".join({".": " chấm ", ",": " phẩy "}.get(part) or _number(part) for part in re.split(r"([.,])", text))


def _say_date(match: re.Match[str], day: str, month: str, year: str) -> str:
    try:
        return f"{match[1] or 'ngày'} {date_words(date(int(year), int(month), int(day)))}"
    except ValueError:
        return match[0]


def _say_document(match: re.Match[str]) -> str:
    """ "13/2023/NĐ-CP" is number 13 of 2023 by the Government; what kind of document stands before it."""
    year = f" năm {match[2]}" if match[2] else ""
    issuer = ISSUERS.get(match[4])
    number = number_words(int(match[1]))
    return f"{number}{year}{f' của {issuer}' if issuer else f', {match[3]}, {match[4]}'}"


def _say_days(match: re.Match[str]) -> str:
    last, *rest = map(int, match[3].split("/"))
    if not (0 < int(match[2]) < last <= LAST_DAY and 0 < rest[0] <= LAST_MONTH):
        return match[0]
    year = f" năm {number_words(rest[1])}" if rest[1:] else ""
    first = f"{match[1] or 'ngày'} {day_words(int(match[2]))}"
    return f"{first} đến ngày {day_words(last)} tháng {month_words(rest[0])}{year}"


def _say_month(match: re.Match[str]) -> str:
    if not 0 < int(match[1]) <= LAST_MONTH:
        return match[0]
    return f"tháng {month_words(int(match[1]))} năm {number_words(int(match[2]))}"


def _say_day_and_month(match: re.Match[str]) -> str:
    day, month = int(match[3]), int(match[4])
    if not (0 < day <= LAST_DAY and 0 < month <= LAST_MONTH):
        return match[0]
    is_named = match[1].lower() in {"ngày", "mùng", "mồng"}
    said = number_words(day) if match[1].lower() in {"mùng", "mồng"} else day_words(day)
    return f"{match[1]}{match[2]}{'' if is_named else 'ngày '}{said} tháng {month_words(month)}"


def _say_fraction(match: re.Match[str]) -> str:
    """1/3 is a third; 8/10 is so many of so many."""
    part, whole = int(match[1]), int(match[2])
    return f"{match[1]} {'phần' if part < whole <= LARGEST_PART else 'trên'} {match[2]}"


def _say_groups(match: re.Match[str]) -> str:
    """The digits one by one, with a breath between the groups as they are written; else mobile numbers as 4-3-3,
    hotlines as 4 and the rest."""
    groups = re.split(r"[ .-]", re.sub(r"[+()]", "", match[0].replace(")", ") ")))
    if len(groups) == 1 and len(groups[0]) > LONGEST_GROUP:
        whole = groups[0]
        groups = [whole[:4], whole[4:]] if whole.startswith(HOTLINES) else [whole[:4], whole[4:7], whole[7:]]
    plus = "cộng " if match[0].startswith("+") else ""
    return plus + ", ".join(digit_words(group) for group in groups if group)


def _say_range(match: re.Match[str]) -> str:
    """ "60-90" goes from one to the other; where the second is smaller the dash is a sign in a code."""
    first, last = (float(match[group].replace(".", "").replace(",", ".")) for group in (1, 3))
    if first < last:
        return f"{match[1]}{match[2]} đến {match[3]}"
    return f"{digit_words(match[1])}{match[2]}, gạch ngang, {digit_words(match[3])}"


def _roman(text: str) -> str:
    values = [ROMAN[letter] for letter in text.upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return number_words(sum(-value if value < following else value for value, following in pairs))


def _spell(capitals: str) -> str:
    return " ".join(LETTERS[letter] for letter in capitals)
