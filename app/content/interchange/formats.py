"""The formats by name: who reads them, who writes them, how their files end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.content.interchange import aiken, gift, moodle_xml, pasted, xlsx
from app.content.interchange.report import Exported, Imported
from app.content.quiz_source.model import SourceQuestion

Reader = Callable[[bytes], Imported]
Writer = Callable[[Sequence[SourceQuestion], Mapping[str, bytes]], Exported]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format of another program."""

    reader: Reader | None
    writer: Writer | None
    endings: tuple[str, ...]
    """Of file names, the usual one first."""


FORMATS: dict[str, Format] = {
    "gift": Format(gift.read, gift.write, (".gift", ".txt")),
    "aiken": Format(aiken.read, None, (".txt",)),
    "pasted": Format(pasted.read, None, (".txt",)),
    "moodle-xml": Format(moodle_xml.read, moodle_xml.write, (".xml",)),
    "xlsx": Format(xlsx.read, None, (".xlsx",)),
}
