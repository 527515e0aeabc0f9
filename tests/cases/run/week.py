"""A case of week/: a calendar of seven days, what surrounds it, and the rules that it breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from tests.cases.case_files import Case, Found, known_keys
from tests.core.week import sample
from tests.core.week.sample import K, item

from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Availability, DayWindow, Placed, WeekItem, Wish, WishKind
from niggle.core.protocol import Phase
from niggle.core.week import Spacing, Surroundings, check
from niggle.scheduler import solve

_DAYS: Final = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
THINGS: Final = {
    "easy": item(K.RUN_EASY, 45), "medium": item(K.RUN_MEDIUM, 60), "steady": item(K.RUN_MEDIUM, 60, steady_block=True),
    "long": item(K.RUN_LONG, 90), "run_walk": item(K.RUN_WALK, 30), "strides": item(K.STRIDES, 10, optional=True),
    "hills": item(K.HILLS, 50), "speed": item(K.SPEED, 50), "race": item(K.RACE, 60), "hops": item(K.PLYOMETRICS, 20),
    "a": item(K.STRENGTH_A, 60, heavy=True, heavy_calf=True), "a_with_pogo": replace(sample.A, gym=False),
    "b": replace(sample.B, gym=False), "heavy_b": item(K.STRENGTH_B, 60, heavy=True), "gym_b": sample.B,
    "merged": item(K.STRENGTH, 40), "bike": item(K.CROSS_TRAINING, 60), "walk": item(K.WALK, 20),
    "mobility": item(K.MOBILITY, 10), "home_set": item(K.HOME_SET, 10), "test": item(K.TEST, 20),
}  # fmt: skip
_SURROUNDED = {
    "light", "quiet", "pain", "careful_sessions", "running", "runs_from", "plan_open", "phase", "spacing",
    "avoid_descents", "cutback_due", "peak_km", "peak_min", "most_km", "most_min", "strength_before_min", "not_on",
    "no_run_on",
    "today", "heavy_before", "no_race",
}  # fmt: skip


def found(case: Case, knowledge: Knowledge) -> Found:
    if "wishes" in case:
        return _searched(case, knowledge)
    known_keys(case, "week", "before", "around", "times")
    given = case["week"]
    week = sample.WEEK if given == "sample" else tuple(_placed(one, n) for n, one in enumerate(given))
    before = tuple(replace(_placed(given, 100 + n), done=True) for n, given in enumerate(case.get("before", ())))
    times = case.get("times")
    hers = None if times is None else Availability(
        windows=tuple(
            DayWindow(_DAYS[w["day"]], _minutes(w["at"]), w["minutes"], w.get("gym", False)) for w in times
        ),
        gym_visits=sum(w.get("gym", False) for w in times),
    )  # fmt: skip
    broken = check(week, _around(case.get("around", {}), before), knowledge, hers)
    worst = {v.rule: v.severity.value for v in reversed(broken)}  # blocks come first
    move = next((v.suggestion for v in broken if v.suggestion is not None), None)
    return {
        "breaks": worst,
        "times_broken": len(broken),
        "rules": list(worst),
        "move": None if move is None else [move.item, list(_DAYS)[move.on.weekday()]],
    }


def _searched(case: Case, knowledge: Knowledge) -> Found:
    """The week that the search makes of these things, every evening and a gym at hand; rules: why not all of it."""
    known_keys(case, "week", "wishes", "around")
    items = [replace(THINGS[one["what"]], id=one.get("name", one["what"])) for one in case["week"]]
    wishes = tuple(
        Wish(WishKind(w["kind"]), _DAYS[w["day"]] if "day" in w else None, w.get("value")) for w in case["wishes"]
    )
    evenings = tuple(DayWindow(n, 17 * 60, 180, gym=True) for n in range(7))
    hers = Availability(windows=evenings, gym_visits=2, wishes=wishes)
    solved = solve(items, hers, _around(case.get("around", {}), ()), knowledge)
    return {
        "placed": sorted(p.item.id for p in solved.week.placed),
        "left_out": sorted(x.item.id for x in solved.left_out),
        "rules": sorted({r for x in (*solved.left_out, *solved.clashes) for r in x.because}),
    }


def day(given: str | int) -> date:
    """mon to sun, or days from Monday."""
    return sample.MONDAY + timedelta(days=_DAYS[given] if isinstance(given, str) else given)


def _minutes(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)


def _placed(given: dict[str, Any], number: int) -> Placed:
    what: WeekItem = THINGS[given["what"]]
    more = {k: v for k, v in given.items() if k not in ("what", "day", "at", "km", "name", "done", "fixed_on")}
    if "km" in given:
        more["metres"] = given["km"] * 1000.0
    if "fixed_on" in given:
        more["on"] = day(given["fixed_on"])
    named = given.get("name", f"{given['what']}-{number}" if number >= 100 else given["what"])
    at = _minutes(given.get("at", "18:00"))
    return Placed(replace(what, id=named, **more), day(given["day"]), at, given.get("done", False))


def _around(given: dict[str, Any], before: tuple[Placed, ...]) -> Surroundings:
    """As in the sample week: a quiet green day in phase 2 with a calf plan open, unless it is said otherwise."""
    assert not set(given) - _SURROUNDED, sorted(set(given) - _SURROUNDED)
    plain = {k: v for k, v in given.items() if not k.endswith("_km")}
    for name in ("peak", "most"):
        if f"{name}_km" in given:
            plain[f"{name}_run_m"] = given[f"{name}_km"] * 1000.0
        if f"{name}_min" in plain:
            plain[f"{name}_run_min"] = plain.pop(f"{name}_min")
    for name, kind in (("light", Light), ("phase", Phase), ("spacing", Spacing), ("runs_from", day), ("today", day)):
        if name in plain:
            plain[name] = kind(plain[name])
    for name in ("not_on", "no_run_on", "no_race"):
        if name in plain:
            plain[name] = frozenset(day(d) for d in plain[name])
    return replace(sample.QUIET, before=before, **plain)
