"""Template tags and filters: drawings, the asset address with its digest, and numbers in the runner's units."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from niggle.core.ids import digest_bytes
from niggle.figures.charts import Table
from niggle.web import icons
from niggle.web.dress.words import day_text, month_text
from niggle.wording.units import Units

register = template.Library()
_STATIC: Final = Path(__file__).parent / "static"


@lru_cache
def _digest(path: str) -> str:
    return digest_bytes((_STATIC / path).read_bytes())[:12]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a file under static/, with its digest so that a browser never keeps an old one."""
    return f"{static(path)}?v={_digest(path)}"


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icons.icon(name))  # noqa: S308 - own constant


@register.simple_tag
def shape(light: str, size: str = "") -> SafeString:
    return mark_safe(icons.shape(light, small=size == "small"))  # noqa: S308 - own constant


@register.simple_tag
def meter(share: float | None, label: str, mark: float | None = None, scale: float = 1.0) -> SafeString:
    """A bar of `share` (1 = full) over `scale`; what is above `mark` is drawn in the second ink."""
    width = 0.0 if share is None else max(0.0, min(1.0, share / scale)) * 100
    split = width if mark is None else min(width, mark / scale * 100)
    over = format_html(
        '<rect class="meter-over" x="{}" width="{}" height="8" rx="2"/>', f"{split:.2f}", f"{width - split:.2f}"
    )
    tick = format_html('<rect class="meter-mark" x="{}" width="0.6" height="8"/>', f"{(mark or 0) / scale * 100:.2f}")
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="meter-track" width="100" height="8" rx="2"/>'
        '<rect class="meter-fill" width="{}" height="8" rx="2"/>{}{}</svg>',
        label,
        f"{split:.2f}",
        over if width > split else "",
        tick if mark is not None else "",
    )


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The body of a chart's table, its first column as row headings. In one go: a year has some hundred rows."""
    return mark_safe(  # noqa: S308 - every cell is escaped
        "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
            for row in table.rows
        )
    )


@register.filter
def distance(value: float | None, units: Units) -> str:
    return units.distance(value)


@register.filter
def height(value: float | None, units: Units) -> str:
    return units.height(value)


@register.filter
def duration(value: float | None, units: Units) -> str:
    return units.duration(value)


@register.filter
def pace(value: float | None, units: Units) -> str:
    return units.pace(value)


@register.filter
def day(value: date | None) -> str:
    """Sun 22 Nov 2026."""
    return day_text(value)


@register.filter
def month(value: date) -> str:
    return month_text(value)


@register.filter
def at(value: datetime, clock: str) -> str:
    """18:05, or 6:05 pm."""
    if clock == "12":
        return f"{value.hour % 12 or 12}:{value:%M} {'am' if value.hour < 12 else 'pm'}"
    return f"{value:%H:%M}"
