"""Shoes: mileage, change of drop or kind, plates, rotation, camber (LOAD-S10 to S14, LOAD-R04, SHOE-R01 to R06)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Final

from niggle.core.history import SPORTS, History, Shoe, Surface
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Sport
from niggle.core.spikes.ground import surface_of
from niggle.core.spikes.log import total
from niggle.core.spikes.types import Spike
from niggle.core.spikes.view import View, above, at_least, once
from niggle.core.units import M_PER_KM, miles_from_m

Found = Iterator[Spike | Reason]

WORN_BY: Final = (Sport.RUN, Sport.TRAIL, Sport.TREADMILL, Sport.WALK, Sport.HIKE)  # what shoes age by
_WORN_BY: Final = frozenset(SPORTS.index(s) for s in WORN_BY)
_TOES: Final = frozenset({"foot_top", "toenail"})
STAGES: Final = ("fresh", "cushion_dropping", "plan_replacement", "replace", "retire")


@dataclass(frozen=True, slots=True)
class ShoeState:
    """A pair on a day. `stage` is one of STAGES; worn_flag raises it to `replace` at least."""

    shoe: Shoe
    distance_m: float
    sessions: int
    last_used: date | None
    stage: str

    @property
    def distance_miles(self) -> float:
        return miles_from_m(self.distance_m)


@once
def shoe_states(view: View) -> tuple[ShoeState, ...]:
    """Every known pair with what it has run up to the day."""
    log = view.log
    states = []
    for shoe in view.history.shoes:
        used = [i for i in log.worn.get(shoe.id, ()) if log.sport[i] in _WORN_BY]
        distance_m = shoe.start_km * M_PER_KM + total([log.distance_m[i] for i in used])
        last = view.day_of(used[-1]) if used else None
        states.append(ShoeState(shoe, distance_m, len(used), last, shoe_stage(shoe, distance_m, view.knowledge)))
    return tuple(states)


def shoes(history: History, on: date, knowledge: Knowledge) -> tuple[ShoeState, ...]:
    """Every pair with its mileage and stage on a day, for the shoe list."""
    return shoe_states(View.of(history, on, knowledge, Profile()))


def shoe_stage(shoe: Shoe, distance_m: float, knowledge: Knowledge) -> str:
    """SHOE-R01: the runner's "feels dead" brings the end forward; nothing puts it off past the outer limit."""
    names = ("shoe_info_miles", "shoe_warn_miles", "shoe_replace_miles", "shoe_max_miles")
    miles = miles_from_m(distance_m)
    stage = sum(at_least(miles, knowledge.number(name)) for name in names)
    return STAGES[max(stage, STAGES.index("replace") if shoe.worn_flag else 0)]


def _in_use(view: View, state: ShoeState, days: int) -> bool:
    return state.last_used is not None and state.shoe.retired_on is None and (view.on - state.last_used).days < days


def shoe_findings(view: View, days: int) -> Found:
    """All that shoes and camber show on the day; changes of shoe are dated by their first use, of the last `days`."""
    states = shoe_states(view)
    for state in states:
        if _in_use(view, state, int(view.number("shoe_in_use_days"))) and state.stage != "fresh":
            yield from _age(view, state)
    yield from _rotation(view, states)
    yield from _camber(view)
    for state in states:
        first = first_use(view, state.shoe)
        if first is not None:
            age = view.today - view.log.day[first]
            if age < days:
                yield from _change(view, state.shoe, first)
            if age < view.number("shoe_transition_days"):
                yield from _transition(view, state.shoe, first)
    yield from _toes(view)
    if any(t.code == "mechanical_sign" for t in view.told):
        injuries = view.profile.injuries_last_12_months
        if injuries is not None and injuries >= view.number("many_injuries"):
            yield view.reason("SHOE-R05", Weight.INFO, Fact("injuries", injuries, "count"))


def _age(view: View, state: ShoeState) -> Found:
    reason = age_reason(view, state)
    if state.stage in ("replace", "retire"):
        yield view.spike("LOAD-S13", None, reason, state.last_used)
    else:
        yield reason


def age_reason(view: View, state: ShoeState, *, planned: bool = False) -> Reason:
    """SHOE-R01 as a reason; only a plan with a shoe that is done is stopped."""
    weight = Weight.CAUTION if state.stage in ("plan_replacement", "replace", "retire") else Weight.INFO
    if state.stage == "plan_replacement":
        weight = Weight.INFO if not planned else Weight.CAUTION
    if planned and state.stage == "retire":
        weight = Weight.STOP
    return view.reason(
        "SHOE-R01", weight, Fact("shoe", state.shoe.name), Fact("distance_m", state.distance_m, "m"),
        Fact("stage", state.stage), Fact("worn_flag", state.shoe.worn_flag),
    )  # fmt: skip


def first_use(view: View, shoe: Shoe) -> int | None:
    """Index of the first session in the shoe, None if unused or used before the log knows it."""
    first = next(iter(view.log.worn.get(shoe.id, ())), None)
    if first is None or shoe.start_km > 0:
        return None
    if shoe.first_used is not None and shoe.first_used.toordinal() < view.log.day[first]:
        return None
    return first


def usual_shoe(view: View, first: int) -> Shoe | None:
    """The pair with most distance in the four weeks before session `first`."""
    h, log = view.history, view.log
    lo = bisect_left(log.day, log.day[first] - int(view.number("baseline_days")))
    way: dict[str, float] = {}
    for i in range(lo, first):
        shoe_id, metres = h.shoe[i], log.distance_m[i]
        if shoe_id is not None and shoe_id != h.shoe[first]:
            way[shoe_id] = way.get(shoe_id, 0.0) + (0.0 if isnan(metres) else metres)
    if not way:
        return None
    best = max(way, key=lambda s: (way[s], s))
    return next((s for s in h.shoes if s.id == best), None)


def geometry_change(old: Shoe, new: Shoe) -> tuple[float | None, float | None]:
    """(drop change, stack change) in mm; None where one of the two is not known."""

    def change(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else b - a

    return change(old.drop_mm, new.drop_mm), change(old.stack_mm, new.stack_mm)


def _change(view: View, shoe: Shoe, first: int) -> Found:
    old = usual_shoe(view, first)
    if old is not None:
        drop, stack = geometry_change(old, shoe)
        if drop or stack:
            yield view.spike("LOAD-S11", first, view.reason(
                "LOAD-S11", Weight.CAUTION, Fact("shoe", shoe.name), Fact("old_shoe", old.name),
                Fact("drop_change_mm", drop, "mm"), Fact("stack_change_mm", stack, "mm"),
            ))  # fmt: skip
        if shoe.category is not None and old.category is not None and shoe.category != old.category:
            yield view.spike("LOAD-S12", first, view.reason(
                "LOAD-S12", Weight.CAUTION, Fact("shoe", shoe.name), Fact("category", shoe.category),
                Fact("old_category", old.category),
            ))  # fmt: skip
    if shoe.plated and not _plated_before(view, first):
        yield view.spike("LOAD-S14", first, view.reason("LOAD-S14", Weight.CAUTION, Fact("shoe", shoe.name)))


def _plated_before(view: View, first: int) -> bool:
    plated = {s.id for s in view.history.shoes if s.plated}
    lo = bisect_left(view.log.day, view.log.day[first] - int(view.number("novel_intensity_days")))
    return any(s in plated for s in view.history.shoe[lo:first])


def _transition(view: View, shoe: Shoe, first: int) -> Found:
    """LOAD-R04 and SHOE-R02: level volume for two weeks, and the new pair by small doses."""
    old = usual_shoe(view, first)
    if old is None or not any(geometry_change(old, shoe)):
        return
    day = view.log.day[first]
    weeks_before = int(view.number("baseline_days")) // 7
    usual_m = view.distance_on(day - 7 * weeks_before, day - 1) / weeks_before
    now_m = view.distance_on(max(day, view.today - 6), view.today)
    if usual_m > 0 and above(now_m, usual_m * (1 + view.number("week_tolerance"))):
        yield view.reason(
            "LOAD-R04", Weight.CAUTION, Fact("shoe", shoe.name), Fact("week", now_m, "m"),
            Fact("reference", usual_m, "m"), Fact("days", view.today - day, "days"),
        )  # fmt: skip
    week = (view.today - day) // 7
    start = day + 7 * week
    part = view.log.runs_on(start, view.today)
    allowed = view.knowledge.numbers("shoe_new_share")[week]
    share = _share_in(view, part, shoe)
    if part.stop - part.start >= 3 and above(share, allowed):
        yield view.reason(
            "SHOE-R02", Weight.CAUTION, Fact("shoe", shoe.name), Fact("share", share, "ratio"),
            Fact("allowed", allowed, "ratio"), Fact("week", week + 1, "count"),
        )  # fmt: skip


def _share_in(view: View, part: slice, shoe: Shoe) -> float:
    log, worn = view.log, view.history.shoe
    whole_m = log.distance_of(part)
    mine = [log.distance_m[i] for i in log.runs[part] if worn[i] == shoe.id]
    return total(mine) / whole_m if whole_m > 0 else 0.0


def _rotation(view: View, states: Sequence[ShoeState]) -> Found:
    days = int(view.number("shoe_in_use_days"))
    active = [s for s in states if _in_use(view, s, days)]
    part = view.log.runs[view.runs_in_last(days)]
    labelled = sum(view.history.shoe[i] is not None for i in part)
    per_week = len(part) / (days / 7)
    # Only a log that says which shoe was worn can say that it was always the same one.
    if len(active) == 1 and labelled >= 0.8 * len(part) and at_least(per_week, view.number("rotation_runs_per_week")):
        yield view.reason("SHOE-R03", Weight.INFO, Fact("shoe", active[0].shoe.name), Fact("runs_per_week", per_week))


def _camber(view: View) -> Found:
    part = [
        i
        for i in view.log.runs[view.runs_in_last(int(view.number("baseline_days")))]
        if view.history.low_side[i] is not None
        and surface_of(view, i) in (Surface.ROAD, Surface.CONCRETE, Surface.TRACK, Surface.MIXED)
    ]
    if len(part) < view.number("camber_min_runs"):
        return
    sides = [view.history.low_side[i] for i in part]
    side = max(("left", "right"), key=sides.count)
    share = sides.count(side) / len(sides)
    if above(share, view.number("camber_share")):
        reason = view.reason("SHOE-R06", Weight.INFO, Fact("side", side), Fact("share", share, "ratio"))
        yield view.spike("LOAD-S10", part[-1], reason)


def _toes(view: View) -> Found:
    sites = [r.site for r in view.reports if 0 <= (view.on - r.on).days < 7 and r.site in _TOES]
    if sites:
        yield view.reason("SHOE-R04", Weight.INFO, Fact("site", sites[-1]))
