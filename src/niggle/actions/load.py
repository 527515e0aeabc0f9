"""Load: weeks, tissues and spikes as a page needs them, and what a planned session would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Max

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.model import knowledge
from niggle.core.body import LoadTissue
from niggle.core.case import HISTORY_DAYS, WEEK_STARTS
from niggle.core.checkin import fold
from niggle.core.history import History, Surface, Tag
from niggle.core.load import with_found_tags
from niggle.core.outcomes import Problem
from niggle.core.session.types import RUN_SPORTS, Sport
from niggle.core.spikes import Caps, Planned, Spike, Week, WhatIf, caps, find, spikes_of, weeks
from niggle.core.spikes import whatif as core_whatif
from niggle.core.tissue import TissueSeries, TissueState, series, states
from niggle.store import mapping
from niggle.store.models import AthleteSetting, Recording
from niggle.store.scopes import athlete_scope

_PLANNED: Final = ("distance_m", "duration_s", "ascent_m", "descent_m", "sport", "tags", "surface", "shoe")
FARTHEST_M: Final = 1_000_000.0
LONGEST_S: Final = 7 * 86_400.0
HIGHEST_M: Final = 30_000.0


@dataclass(frozen=True, slots=True)
class LoadView:
    """What the load page shows as of the end of `on`.

    weeks: oldest first. states, series: per tissue, easy kilometres. spikes: those of the weeks shown, newest first.
    caps: what load alone allows that day (the day's decision may allow less).
    """

    on: date
    weeks: tuple[Week, ...]
    states: Mapping[LoadTissue, TissueState]
    series: TissueSeries
    spikes: tuple[Spike, ...]
    caps: Caps
    history: History


def load_view(athlete_id: int, on: date, weeks_shown: int = 12) -> LoadView:
    """Everything about load for the weeks up to `on`."""
    first = on - timedelta(days=7 * weeks_shown - 1)
    back = max(HISTORY_DAYS, 7 * weeks_shown + HISTORY_DAYS // 2)
    known = knowledge()
    with athlete_scope(athlete_id):
        history = mapping.load_history(on - timedelta(days=back), on)
        profile = mapping.load_profile(clock.end_of(on))
        reports = fold(mapping.load_entries(on - timedelta(days=HISTORY_DAYS), on), until=on)
        told = mapping.load_told(on - timedelta(days=HISTORY_DAYS), on, clock.end_of(on))
        week_start = _week_start()
    history = with_found_tags(history, known.parameters)
    found = find(history, on, known, profile, reports, told, days=7 * weeks_shown, week_start=week_start)
    spikes = tuple(sorted(spikes_of(found), key=lambda s: s.on, reverse=True))
    return LoadView(
        on=on,
        weeks=weeks(history, on, known, profile, count=weeks_shown, week_start=week_start),
        states=states(history, on, known),
        series=series(history, first, on, known),
        spikes=spikes,
        caps=caps(history, on, known, profile, reports, told, found=found, week_start=week_start),
        history=history,
    )


def last_run_day(athlete_id: int, on: date) -> date | None:
    """The day of her last run up to `on`, however long ago; None if there is none."""
    with athlete_scope(athlete_id):
        runs = Recording.objects.filter(sport__in=RUN_SPORTS, local_date__lte=on)
        last: date | None = runs.aggregate(last=Max("local_date"))["last"]
    return last


def _week_start() -> int:
    """Of the athlete whose scope is open."""
    word = AthleteSetting.objects.filter(key="week_starts").values_list("value", flat=True).first()
    return WEEK_STARTS[word or "monday"]


def planned_from(plain: Mapping[str, Any]) -> Planned | tuple[Problem, ...]:
    """A planned session: distance_m and/or duration_s; ascent_m, descent_m, sport, tags, surface, shoe (id)."""
    given = Given(plain, _PLANNED)
    distance_m = given.number("distance_m", 0.0, FARTHEST_M)
    duration_s = given.number("duration_s", 0.0, LONGEST_S)
    ascent_m, descent_m = (given.number(name, 0.0, HIGHEST_M) for name in ("ascent_m", "descent_m"))
    sport = given.choice("sport", tuple(Sport)) or Sport.RUN.value
    tags = given.choices("tags", tuple(Tag)) or []
    surface = given.choice("surface", tuple(Surface))
    shoe = given.text("shoe", 64)
    if not distance_m and not duration_s and not given.problems:
        given.wrong("distance_m", "neither distance nor duration", "say how far or how long")
    if given.problems:
        return tuple(given.problems)
    return Planned(
        distance_m,
        duration_s,
        ascent_m,
        descent_m,
        Sport(sport),
        frozenset(Tag(t) for t in tags),
        None if surface is None else Surface(surface),
        shoe,
    )


def whatif(athlete_id: int, on: date, plain: Mapping[str, Any]) -> WhatIf | tuple[Problem, ...]:
    """What a session planned for that day would do, on top of what is in the log up to it. Nothing is stored."""
    planned = planned_from(plain)
    if not isinstance(planned, Planned):
        return planned
    known = knowledge()
    with athlete_scope(athlete_id):
        history = mapping.load_history(on - timedelta(days=HISTORY_DAYS), on)
        if planned.shoe is not None and planned.shoe not in {s.id for s in history.shoes}:
            return (Problem("shoe", f"there is no shoe {planned.shoe!r}", "see niggle shoes list"),)
        profile = mapping.load_profile(clock.end_of(on))
        entries = mapping.load_entries(on - timedelta(days=HISTORY_DAYS), on)
        told = mapping.load_told(on - timedelta(days=HISTORY_DAYS), on, clock.end_of(on))
        week_start = _week_start()
    tagged = with_found_tags(history, known.parameters)
    return core_whatif(tagged, on, planned, known, profile, fold(entries, until=on), told, week_start=week_start)
