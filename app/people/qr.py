"""QR codes as inline SVG without any style of their own; the page's CSS gives the size."""

import io

import segno

QUIET_ZONE = 3


def qr_svg(text: str, *, error: str = "m", quiet_zone: int = QUIET_ZONE) -> str:
    """An SVG that fills its box: `viewBox` only, no width, height, style or script."""
    drawn = io.BytesIO()
    segno.make(text, error=error, micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        border=quiet_zone,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue().decode()
