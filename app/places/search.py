"""Find my commune: one field, any spelling, old names and new.

First every name is kept that holds all words typed (type words may be left out, the last word may be unfinished),
then these are ranked. Where nothing holds them all, words are respelled by one letter, and then words in front,
such as a street, are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select

from app.places.located import list_hamlets, printed_place
from app.places.memory import memory
from app.places.models import FindableName
from app.places.rows import connection
from app.places.search_ranking import rank, required, without_strays
from app.places.search_words import Word, read_query
from app.places.spelling import names_with, near_spellings

MOST_NAMES = 200
"""Names that are ranked at most; more than these hold the first letters of nearly anything."""
VAGUE = 2
"""A search of so few letters finds only names that begin with them."""
MOST_DOUBTFUL = 6
"""Words; among more, which is likely an address, no misspelling is looked for."""
SHORTEST_ADDRESS = 3
"""Words; of fewer none can be left out."""
_name = FindableName.__table__
_COLUMNS = [
    _name.c[column]
    for column in ("kind", "key", "words", "type", "printed", "former_label", "hamlet", "leads_to", "sort_as")
]


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """A commune of today that was found, and under which name."""

    place_id: UUID
    code: str
    full_name: str
    province_name: str
    former_label: str | None = None
    """The former name that was meant, e.g. "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"; None for today's name."""
    is_default_part: bool = True
    """Of a split commune: the part that is meant when the hamlet is not known. Always true where nothing is split."""
    is_split: bool = False
    """Whether the former commune went to several communes, of which this is one."""
    hamlet_id: UUID | None = None
    hamlet_name: str | None = None
    """The hamlet that was meant, e.g. "Thôn Đa Lộc"."""
    hamlet_names: tuple[str, ...] = ()
    """For a part of a split commune, the hamlets entered in it, so that people recognise their part."""

    @property
    def label(self) -> str:
        """As cards and lists print it: "Phường Bỉm Sơn, Thanh Hóa"."""
        return f"{self.full_name}, {self.province_name}"


def find_communes(text: str, limit: int = 10) -> list[CommuneMatch]:
    """Communes of today that `text` may mean, best first, each once.

    At most `limit`, except that the parts of a split commune stay together.
    """
    words = read_query(text)
    matches: dict[UUID, CommuneMatch] = {}
    for name in _ranked_names(words) if words else ():
        if len(matches) >= limit:
            break
        for match in _matches(name):
            matches.setdefault(match.place_id, match)
    return _with_hamlets_of_parts(list(matches.values()))


def _ranked_names(words: tuple[Word, ...]) -> Sequence[Any]:
    """Names that hold the words, else another spelling of one of them, else the last of them."""
    return _as_typed(words) or _respelled(words) or _last_words(words)


def _as_typed(words: tuple[Word, ...]) -> list[Any]:
    needles = [_needle(word, is_last=word is words[-1]) for word in required(words)]
    if len(needles) == 1 and len(needles[0].strip()) <= VAGUE:
        condition = _name.c.words.startswith(needles[0])
    else:
        condition = and_(*map(_name.c.words.contains, needles))
    typed = " ".join(needle.strip() for needle in needles)
    return without_strays(sorted(_select(condition, typed), key=lambda name: rank(name, words)), words)


def _respelled(words: tuple[Word, ...]) -> list[Any]:
    """Names that hold one of the words with one other letter, or in two parts, and all the other words."""
    typed = [word.key for word in required(words)]
    if len(typed) > MOST_DOUBTFUL:
        return []
    spellings = near_spellings(typed, _known_names())
    if not any(spellings.values()):
        return []
    if len(typed) == 1:
        condition: ColumnElement[bool] = _name.c.key.in_(names_with(spellings[typed[0]], _known_names()))
    else:
        condition = or_(*(_holds_instead(typed, key, near) for key, near in spellings.items() if near))
    found = []
    for name in _select(condition, " ".join(typed)):
        missing = next((key for key in spellings if f" {key} " not in name.words), "")
        meant = next((spelling for spelling in spellings.get(missing, ()) if f" {spelling} " in name.words), missing)
        found.append((rank(name, _replaced(words, missing, meant)), name))
    return [name for _, name in sorted(found, key=itemgetter(0))]


def _known_names() -> list[str]:
    names = memory().names
    if not names:
        keys = select(_name.c.key).where(_name.c.kind != "hamlet").distinct()
        names += connection().execute(keys).scalars()
    return names


def _holds_instead(typed: list[str], key: str, spellings: list[str]) -> ColumnElement[bool]:
    """The condition that a name holds all words typed, with one of the spellings in the place of `key`."""
    others = (_name.c.words.contains(f" {other} ") for other in typed if other != key)
    return and_(*others, or_(*(_name.c.words.contains(f" {spelling} ") for spelling in spellings)))


def _replaced(words: tuple[Word, ...], typed: str, meant: str) -> tuple[Word, ...]:
    return tuple(replace(word, key=meant, letters=meant, tone="") if word.key == typed else word for word in words)


def _last_words(words: tuple[Word, ...]) -> list[Any]:
    """What a whole address leaves when house, street and hamlet are taken away; at least two words stay."""
    needed = required(words)
    if len(needed) < SHORTEST_ADDRESS:
        return []
    needles = [_needle(word, is_last=word is words[-1]) for word in needed]
    found = _select(and_(*map(_name.c.words.contains, needles[-2:])), "".join(needles[-2:]).strip())
    held = [len(list(takewhile(name.words.__contains__, reversed(needles)))) for name in found]
    best = [name for name, count in zip(found, held, strict=True) if count == max(held)]
    return sorted(best, key=lambda name: rank(name, tuple(words)))


def _needle(word: Word, *, is_last: bool) -> str:
    """What the words of a name must contain. The last one typed may be unfinished, unless it is a number."""
    return f" {word.key}" if is_last and not word.key.isdecimal() else f" {word.key} "


def _select(condition: ColumnElement[bool], typed: str) -> Sequence[Any]:
    """Names that meet the condition. Where there are too many, those nearest to `typed` and of today come first."""
    nearness = case(
        (_name.c.key == typed, 0), (_name.c.key.startswith(typed), 1), (_name.c.key.contains(typed), 2), else_=3
    )
    names = select(*_COLUMNS).where(condition).order_by(nearness, _name.c.kind.desc(), _name.c.key).limit(MOST_NAMES)
    return connection().execute(names).all()


def _matches(name: Any) -> list[CommuneMatch]:
    """The communes of today that a name leads to, the default part first."""
    targets = [UUID(target) for target in name.leads_to.split()]
    hamlet = printed_place(UUID(name.hamlet)) if name.hamlet else None
    found = []
    for target in targets:
        commune = printed_place(target)
        found.append(
            CommuneMatch(
                place_id=target,
                code=commune.code or "",
                full_name=commune.full_name,
                province_name=commune.province_name,
                former_label=name.former_label,
                is_default_part=target == targets[0],
                is_split=len(targets) > 1,
                hamlet_id=hamlet.id if hamlet else None,
                hamlet_name=hamlet.full_name if hamlet else None,
            )
        )
    return found


def _with_hamlets_of_parts(matches: list[CommuneMatch]) -> list[CommuneMatch]:
    """Name the hamlets entered in each part of a split commune."""
    return [
        replace(match, hamlet_names=tuple(hamlet.full_name for hamlet in list_hamlets(match.place_id)))
        if match.is_split
        else match
        for match in matches
    ]
