"""Places over time. A code is not an identity: most of today's commune codes meant a smaller territory before 2025."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.places.naming import print_name
from app.shared.database import UtcDateTime

NAMESPACE = UUID("0b513600-14c4-5c00-8000-686f632d736f")
UNKNOWN_PLACE_ID = UUID("00000000-0000-8000-8000-000000000000")
"""The row "Chưa rõ xã": where completions without a commune stand, so that no figure has a NULL place."""


class Place(Model):
    __tablename__ = "place"
    __table_args__ = (Index("ix_place_code_valid_to", "code", "valid_to"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    """province, commune, hamlet, or unknown (one row)."""
    code: Mapped[str | None] = mapped_column(String(5))
    """The national code as text with leading zeros; hamlets have none."""
    type: Mapped[str] = mapped_column(String(20))
    """tỉnh, thành phố, xã, phường, đặc khu, thị trấn, thôn, …: as printed before the name, in lower case."""
    name: Mapped[str] = mapped_column(String(120))
    """Without the type word: "Bỉm Sơn"."""
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True)
    """Province of a commune, commune of a hamlet; NULL for provinces and for communes that ended before 7/2025."""
    former_district: Mapped[str | None] = mapped_column(String(80))
    """For a commune that ended on 30/6/2025, its district as printed then, e.g. "Huyện Thạnh Phú"."""
    former_province: Mapped[str | None] = mapped_column(String(80))
    search_key: Mapped[str] = mapped_column(String(120), index=True)
    """`search_key(name)`: folded, numbers without leading zeros."""
    valid_from: Mapped[date | None]
    """First day; NULL where it is not known (former communes)."""
    valid_to: Mapped[date | None]
    """Last day; NULL while valid."""
    legal_basis: Mapped[str | None] = mapped_column(String(60))

    @property
    def full_name(self) -> str:
        """With its type word: "Phường Bỉm Sơn"."""
        return print_name(self.type, self.name)


class PlaceName(Model):
    """An earlier name of a place that was renamed and kept its id."""

    __tablename__ = "place_name"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    search_key: Mapped[str] = mapped_column(String(120))
    valid_to: Mapped[date]
    legal_basis: Mapped[str | None] = mapped_column(String(60))


class PlaceSuccession(Model):
    """One place becoming (part of) another."""

    __tablename__ = "place_succession"
    __table_args__ = (UniqueConstraint("old_id", "new_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    old_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    new_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """merger, split, rename, move, unchanged."""
    is_default: Mapped[bool]
    """Of a split place, the part that is meant when the hamlet is not known."""
    on_date: Mapped[date]
    legal_basis: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(200))


class PlaceList(Model):
    """Which state of the shipped list the tables hold: one row, written in the same transaction as the places."""

    __tablename__ = "place_list"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the files that were loaded; the same digest need not be loaded again."""
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FindableName(Model):
    """A name under which people look for a commune. Derived from the other tables, rebuilt whenever they change."""

    __tablename__ = "findable_name"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    """Whose name it is: a commune of today or before, or a hamlet."""
    kind: Mapped[str] = mapped_column(String(10))
    """today, former or hamlet."""
    key: Mapped[str] = mapped_column(String(120), index=True)
    """`search_key(name)`."""
    words: Mapped[str] = mapped_column(Text)
    """Folded name, district, province and code between spaces: " xuan tho da lat lam dong 24805 "."""
    type: Mapped[str] = mapped_column(String(20))
    printed: Mapped[str] = mapped_column(Text)
    """Name, district and province with their marks, to compare marks with."""
    former_label: Mapped[str | None] = mapped_column(String(250))
    """For a former name, as printed then: "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"."""
    hamlet: Mapped[str | None] = mapped_column(String(32))
    """For the name of a hamlet, its id in hexadecimal."""
    leads_to: Mapped[str] = mapped_column(Text)
    """Ids of today's communes in hexadecimal between spaces, the default part first."""
    sort_as: Mapped[str] = mapped_column(String(250))
    """`sort_key(name)` as text."""


@lru_cache(maxsize=16_384)
def national_place_id(kind: str, code: str, valid_from: str) -> UUID:
    """The id of a place of the national list: the same in every database, so that loading twice changes nothing."""
    return uuid5(NAMESPACE, f"{kind}/{code}/{valid_from}")


def former_commune_id(code: str) -> UUID:
    """The id of a commune that ended on 30/6/2025; its first day is not known."""
    return national_place_id("commune", code, "../2025-06-30")


def national_succession_id(old_id: UUID, new_id: UUID) -> UUID:
    """The id of a succession of the national list. A row with another id was entered by an operator."""
    return uuid5(NAMESPACE, f"succession/{old_id}/{new_id}")
