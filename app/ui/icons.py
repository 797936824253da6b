"""Icons from Lucide (ISC licence, see `icons.LICENCE`), drawn inline. A word stands beside each."""

from markupsafe import Markup

_PATHS = {
    "shield": '<path d="M20 13c0 5-3.5 7.500-7.700 8.900a1 1 0 0 1-.7 0C7.500 20.500 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.500-1.200 6.200-2.700a1.200 1.200 0 0 1 1.500 0C14.500 3.800 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/>',
    "qr": '<rect width="5" height="5" x="3" y="3" rx="1"/><rect width="5" height="5" x="16" y="3" rx="1"/><rect width="5" height="5" x="3" y="16" rx="1"/><path d="M21 16h-3a2 2 0 0 0-2 2v3M21 21v.01M12 7v3a2 2 0 0 1-2 2H7M3 12h.01M12 3h.01M12 16v.01M16 12h1M21 12v.01M12 21v-1"/>',
    "phone": '<rect width="14" height="20" x="5" y="2" rx="2"/><path d="M12 18h.01"/>',
    "people": '<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><circle cx="9" cy="7" r="4"/><path d="M22 21v-2a4 4 0 0 0-3-3.870M16 3.130a4 4 0 0 1 0 7.750"/>',
    "id": '<rect width="20" height="16" x="2" y="4" rx="2"/><circle cx="8" cy="11" r="2"/><path d="M14 9h4M14 13h4M5 16c.6-1.300 1.700-2 3-2s2.400.7 3 2"/>',
    "card": '<rect width="20" height="14" x="2" y="5" rx="2"/><path d="M2 10h20M6 15h4"/>',
    "office": '<path d="M10 18v-7M14 18v-7M18 18v-7M6 18v-7M3 22h18M3 18h18M11.100 2.200a2 2 0 0 1 1.800 0l7.600 3.900c.8.4.5 1.600-.4 1.600H3.900c-.9 0-1.200-1.200-.4-1.600z"/>',
    "chat": '<path d="M7.900 20A9 9 0 1 0 4 16.100L2 22z"/><path d="M8 12h.01M12 12h.01M16 12h.01"/>',
    "book": '<path d="M12 7v14M3 18a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"/>',
    "check": '<path d="M20 6 9 17l-5-5"/>',
    "cross": '<path d="M18 6 6 18M6 6l12 12"/>',
    "back": '<path d="m12 19-7-7 7-7M19 12H5"/>',
    "next": '<path d="M5 12h14M12 5l7 7-7 7"/>',
    "search": '<circle cx="11" cy="11" r="8"/><path d="m21 21-4.300-4.300"/>',
    "lock": '<rect width="18" height="11" x="3" y="11" rx="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/>',
    "place": '<path d="M20 10c0 5-5.500 10.200-7.400 11.800a1 1 0 0 1-1.200 0C9.500 20.200 4 15 4 10a8 8 0 0 1 16 0"/><circle cx="12" cy="10" r="3"/>',
    "star": '<path d="m12 2.500 2.900 6 6.600.9-4.800 4.600 1.200 6.500L12 17.400l-5.900 3.100 1.200-6.500L2.500 9.400l6.600-.9z"/>',
    "key": '<path d="m15.500 7.500 2.300 2.300a1 1 0 0 0 1.400 0l2.100-2.100a1 1 0 0 0 0-1.400L19 4M21 2l-9.600 9.600"/><circle cx="7.500" cy="15.500" r="5.500"/>',
    "door": '<path d="m16 17 5-5-5-5M21 12H9M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"/>',
    "download": '<path d="M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"/>',
    "print": '<path d="M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6"/><rect x="6" y="14" width="12" height="8" rx="1"/>',
    "person": '<path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/>',
    "chart": '<path d="M3 3v16a2 2 0 0 0 2 2h16M7 16h8M7 11h12M7 6h3"/>',
    "warning": '<path d="m21.700 18-8-14a2 2 0 0 0-3.500 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.700-3M12 9v4M12 17h.01"/>',
}


def icon(name: str) -> Markup:
    """The drawing as inline SVG, hidden from screen readers: its word is beside it."""
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{_PATHS[name]}</svg>')  # noqa: S704
