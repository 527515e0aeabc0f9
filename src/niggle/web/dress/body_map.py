"""The body map on pages: the pictures to choose a place from, where it hurt, and what each tissue carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from niggle.core.body import SITES, LoadTissue, Side
from niggle.core.checkin import PAIN_FIELDS, Entry
from niggle.core.drawing import View
from niggle.core.ids import digest_bytes
from niggle.core.tissue import LoadWord, TissueState
from niggle.figures.body_map import Mark, defs, from_loads, picture, pictures
from niggle.figures.body_map.draw import caption, name_of, sides_of
from niggle.knowledge.drawings import body_map
from niggle.wording.charts import LOAD_WORDS
from niggle.wording.units import percent

WEEKS: Final = 8
_TABS: Final = {
    "front": "Front", "back": "Back", "leg_inner": "Leg, inside", "leg_outer": "Leg, outside",
    "foot_top": "Foot, top", "sole": "Foot, sole",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyFigure:
    """Pictures of a body with marks, and the same as words: (place, what)."""

    html: SafeString
    words: tuple[tuple[str, str], ...]


@cache
def picker() -> str:
    """Every view with its switches, for the script that turns it into a choice of places."""
    drawing = body_map()
    tabs, figures = [], []
    for view in drawing.views:
        name = _TABS.get(view.id, view.title)
        tabs.append(f'<button type="button" data-show="{view.id}" aria-pressed="false">{escape(name)}</button>')
        figures += [
            f'<figure data-picture="{view.id}" data-of="{side.value if side else ""}" hidden>'
            f"{picture(drawing, view, side)}<figcaption>{escape(caption(view, side))}</figcaption></figure>"
            for side in sides_of(view)
        ]
    sides = "".join(
        f'<button type="button" data-limb="{side}" aria-pressed="false">{side.capitalize()}</button>'
        for side in ("left", "right")
    )
    return (
        f'<svg class="bm-defs" width="0" height="0" aria-hidden="true">{defs(drawing)}</svg>'
        f'<div class="bm-tabs" role="group" aria-label="View">{"".join(tabs)}</div>'
        f'<div class="bm-tabs bm-limbs" role="group" aria-label="Which leg" hidden>{sides}</div>'
        f'{"".join(figures)}<p class="bm-say" role="status"></p>'
        '<button type="button" class="bm-whole" hidden>Whole picture</button>'
    )


@cache
def picker_name() -> str:
    """Changes with the drawing, so that a browser may keep it for good."""
    return f"{digest_bytes(picker().encode())[:16]}.html"


def hurts(entries: Iterable[Entry]) -> BodyFigure | None:
    """Where it hurt: the worst of each place, and on how many days. None where nothing did."""
    worst: dict[tuple[str, Side], float] = {}
    days: dict[tuple[str, Side], set[date]] = defaultdict(set)
    replaced = {e.corrects for e in entries if e.corrects is not None}
    for entry in entries:
        if entry.site not in SITES or entry.id in replaced:
            continue
        pains = [p for name in PAIN_FIELDS if (p := getattr(entry.answers, name)) is not None]
        if not pains or max(pains) <= 0:
            continue
        side = (entry.side or Side.BOTH) if SITES[entry.site].paired else Side.MIDDLE
        worst[entry.site, side] = max(worst.get((entry.site, side), 0.0), *pains)
        days[entry.site, side].add(entry.on)
    marks = [Mark(*key, pain, _days(pain, len(days[key]))) for key, pain in sorted(worst.items(), key=lambda x: -x[1])]
    return _figure(marks, "p", pictures(body_map(), marks)) if marks else None


def places(places_told: Iterable[tuple[str, Side | None]], pain: float) -> BodyFigure | None:
    """Places she pointed at, all marked alike. pain: 0 to 10. None where there are none."""
    marks = [Mark(s, (side or Side.BOTH) if SITES[s].paired else Side.MIDDLE, pain) for s, side in places_told]
    return _figure(marks, "t", pictures(body_map(), marks)) if marks else None


def _days(pain: float, days: int) -> str:
    return f"worst {pain:g} of 10, on {days} {'day' if days == 1 else 'days'}"


def loads(states: Mapping[LoadTissue, TissueState]) -> BodyFigure:
    """What each tissue carries against what it is used to, on its places. The list beside it has the words."""
    notes = {
        t: LOAD_WORDS[s.word] if s.ratio is None else f"{percent(s.ratio)} of its usual week, {LOAD_WORDS[s.word]}"
        for t, s in states.items()
    }
    words: dict[LoadTissue, LoadWord] = {t: s.word for t, s in states.items()}
    drawing = body_map()
    marks = from_loads(drawing, words, notes)
    # both legs carry the same number, so a limb is shown once
    shown = [(v, s) for v, s in pictures(drawing, marks) if s in (None, v.side)]
    return _figure(marks, "l", shown)


def _figure(marks: Sequence[Mark], prefix: str, shown: Sequence[tuple[View, Side | None]]) -> BodyFigure:
    drawing = body_map()
    views = [v for v in drawing.views if any(v is w for w, _ in shown)]
    parts = [
        f'<figure aria-hidden="true">{picture(drawing, v, s, marks, prefix=prefix, picker=False)}'
        f"<figcaption>{escape(caption(v, s))}</figcaption></figure>"
        for v, s in shown
    ]
    html = format_html(
        '<div class="bm-row"><svg class="bm-defs" width="0" height="0" aria-hidden="true">{}</svg>{}</div>',
        mark_safe(defs(drawing, views, prefix)),  # noqa: S308 - own drawing
        mark_safe("".join(parts)),  # noqa: S308 - names and notes are escaped
    )
    return BodyFigure(html, tuple((_place(m), m.note) for m in marks))


def _place(mark: Mark) -> str:
    name = name_of(mark.site, Side.MIDDLE if mark.side in (Side.BOTH, Side.MIDDLE) else mark.side)
    return f"{name}, both sides" if mark.side is Side.BOTH and SITES[mark.site].paired else name
