"""The message for Zalo and what the picture says."""

from dataclasses import dataclass

import segno
from flask_babel import force_locale, gettext

from app.authoring.hand_on.material import QR_ERROR, Material

ENDS = (".", "!", "?", "…", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Share:
    text: str
    is_own: bool
    """Whether the course has words of its own for this (`share:`)."""
    qr_rows: str
    """The QR's modules for drawing: "1" is dark, rows between spaces."""


def make_share(material: Material) -> Share:
    own = material.version.meta.get("share") or ""
    with force_locale(material.language):
        lines = [own] if own else [material.version.goal, _about(material)]
        if material.address not in own:
            lines += [gettext("Bấm vào đây để học: %(address)s", address=material.address)]
        lines += [_typed(material), material.help_line]
    return Share("\n".join(lines), bool(own), qr_rows(material.address))


def in_one_line(text: str) -> str:
    """The message where there is one line for it: what ends without a mark gets a full stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(line if line.endswith(ENDS) else f"{line}." for line in lines)


def _about(material: Material) -> str:
    version = material.version
    return gettext(
        "Khóa học “%(title)s”: %(minutes)s phút, học trên điện thoại. %(account)s.",
        title=version.title,
        minutes=version.minutes,
        account=material.account_words,
    )


def _typed(material: Material) -> str:
    return gettext("Hoặc mở %(address)s, gõ mã %(code)s", address=material.typed_address, code=material.code)


def qr_rows(text: str) -> str:
    drawn = segno.make(text, error=QR_ERROR, micro=False)
    return " ".join("".join("1" if module else "0" for module in row) for row in drawn.matrix)
