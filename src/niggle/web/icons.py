"""Small drawings as SVG text: the places, the lights' shapes, signs. Own drawings on a 24 x 24 grid."""

from __future__ import annotations

from typing import Final

_STROKE: Final = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

ICONS: Final = {
    "today": '<circle cx="12" cy="12" r="4.2"/><path d="M12 2.5v2.6M12 18.9v2.6M2.5 12h2.6M18.9 12h2.6M5.3 5.3l1.8 1.8'
    'M16.9 16.9l1.8 1.8M18.7 5.3l-1.8 1.8M7.1 16.9l-1.8 1.8"/>',
    "checkin": '<path d="M4 5.5h16v11H11l-4.5 3.6v-3.6H4z"/><path d="M8.5 11l2.4 2.3 4.6-4.6"/>',
    "plan": '<path d="M4 6.5h16v13.5H4zM4 10.5h16M8.5 3.5v4.5M15.5 3.5v4.5"/><path d="M8.5 15l2.2 2.2 4.8-4.4"/>',
    "load": '<path d="M4 20V12.5M9.3 20V6.5M14.7 20V10M20 20V4"/>',
    "sessions": '<path d="M8.5 6H20M8.5 12H20M8.5 18H20"/><path d="M4 6h.01M4 12h.01M4 18h.01" stroke-width="2.6"/>',
    "more": '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>',
    "yes": '<path d="M4.5 12.5l5 5L19.5 7"/>',
    "no": '<path d="M6 6l12 12M18 6L6 18"/>',
    "care": '<path d="M12 5v14M5 12h14"/>',
    "next": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "wait": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "ask": '<path d="M9 9.2a3.1 3.1 0 1 1 4.7 2.7c-1.1.7-1.7 1.2-1.7 2.6"/><path d="M12 18.4h.01" stroke-width="2.8"/>',
    "up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "shoe": '<path d="M3 8.5l3 1.5 3-3 4.2 4.4 5.3 1.6c1.6.5 2.5 1.5 2.5 3v1.5H3z"/>',
    "import": '<path d="M12 3v11M7.5 9.8L12 14.3l4.5-4.5M4 17v3.5h16V17"/>',
}  # fmt: skip

# Shapes of the lights: filled so that they read at any size, with a sign of their own inside for print.
SHAPES: Final = {
    "green": '<circle cx="12" cy="12" r="10" fill="currentColor"/>'
    '<path d="M7.4 12.4l3.2 3.2 6-6.6" fill="none" stroke="var(--go-wash)" stroke-width="2.4"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "yellow": '<path d="M12 2.2L23 21.6H1z" fill="currentColor" stroke="currentColor" stroke-width="1.4"'
    ' stroke-linejoin="round"/><path d="M12 9v5.6" stroke="#241a00" stroke-width="2.4" stroke-linecap="round"/>'
    '<circle cx="12" cy="18" r="1.4" fill="#241a00"/>',
    "red": '<path d="M7.7 1.8h8.6l5.9 5.9v8.6l-5.9 5.9H7.7l-5.9-5.9V7.7z" fill="currentColor"/>'
    '<path d="M7 12h10" stroke="var(--stop-wash)" stroke-width="2.8" stroke-linecap="round"/>',
    "cannot_say": '<circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-dasharray="3.6 2.4"/><path d="M9.2 9.4a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.1-1.5 2.2" fill="none"'
    ' stroke="currentColor" stroke-width="2" stroke-linecap="round"/><circle cx="12" cy="17.3" r="1.2"'
    ' fill="currentColor"/>',
}  # fmt: skip


def icon(name: str) -> str:
    """An SVG that says nothing by itself: its word stands beside it. KeyError for an unknown name."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" {_STROKE}>{ICONS[name]}</svg>'


def shape(light: str, *, small: bool = False) -> str:
    """The shape of a light; the word stands beside it."""
    size = " shape-small" if small else ""
    return (
        f'<svg class="shape shape-{light}{size}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{SHAPES[light]}</svg>"
    )
