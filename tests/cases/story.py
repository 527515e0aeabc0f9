"""A runner's days with a plan, told in YAML: what she said, ran, ticked and tested. Day 0 is the plan's first.

The form is described in README.md; `Tale` turns it into what the core is asked with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.core.rehab.tale import CALM, DAY, K, Tale

from niggle.core.body import Side
from niggle.core.gates import gate_facts
from niggle.core.gates.facts import PlanFactsOfDay
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Absence, Away, PlanStart
from niggle.core.rehab import (
    Book,
    PlanState,
    Prescription,
    RunsAllowed,
    begin,
    days_of,
    follow,
    prescribe,
    recovering,
    runs_allowed,
    together,
)

_TOLD = {"said", "runs", "tests", "passed", "did", "answers", "away"}
_STORY = _TOLD | {
    "condition", "side", "site", "running", "last_run", "hurts_since", "usual_week_km", "grade", "imaged", "cleared",
    "calm", "half_start", "second",
}  # fmt: skip


def tale_of(story: Mapping[str, Any], then: Mapping[str, Any] | None = None) -> tuple[Tale, int]:
    """(the tale, day that `then` counts from): the first day on the ladder of the story without it."""
    assert not set(story) - _STORY, f"unknown keys {sorted(set(story) - _STORY)}"
    assert not set(then or ()) - _TOLD, f"unknown keys {sorted(set(then or ()) - _TOLD)}"
    tale = _begun(story)
    own = _own_days(story, 0)
    _tell(tale, story, 0)
    if then is None:
        _calm(tale, story, own)
        return tale, 0
    start = ladder_start(story)
    _calm(tale, story, own | _own_days(then, start))
    _tell(tale, then, start)
    return tale, start


_starts: dict[str, int] = {}


def ladder_start(story: Mapping[str, Any]) -> int:
    """The first day on the ladder of a story, by the knowledge as it stands."""
    key = repr(story)
    if key not in _starts:
        tale, _ = tale_of(story)
        last = max((e.on - DAY).days for e in tale.entries)
        starts = [(m.on - DAY).days for m in tale.state(last).moves if m.kind.value == "ladder_start"]
        assert starts, f"the ladder never opens: {tale.state(last).readiness}"
        _starts[key] = starts[0]
    return _starts[key]


def _begun(story: Mapping[str, Any]) -> Tale:
    def on(name: str) -> date | None:
        return None if name not in story else DAY + timedelta(days=story[name])

    plan = {"running": story.get("running", False), "last_run_on": on("last_run"), "hurts_since": on("hurts_since")}
    for name in ("grade", "imaged", "site", "half_start"):
        if name in story:
            plan[name] = story[name]
    if "usual_week_km" in story:
        plan["before_week_m"] = story["usual_week_km"] * 1000.0
    tale = Tale(story["condition"], Side(story.get("side", "left")), **plan)
    second = story.get("second")
    if second is not None:
        site = K.protocols[second["condition"]].site
        other = Side(second.get("side", "left"))
        tale.plans.append(PlanStart("p2", second["condition"], DAY, site, other, running=second.get("running", False)))
    for given in story.get("cleared", ()):
        until = given.get("until")
        more: dict[str, Any] = {} if until is None else {"until": DAY + timedelta(days=until)}
        tale.cleared(given["day"], **more, restricts=given.get("restricts", False))
    return tale


def days_in(given: Mapping[str, Any]) -> list[int]:
    """`day: 3`, `days: [3, 5]`, or `from: 0, to: 20` with `every: 7`."""
    if "day" in given:
        return [given["day"]]
    if "days" in given:
        return list(given["days"])
    return list(range(given["from"], given["to"] + 1, given.get("every", 1)))


def _rest(given: Mapping[str, Any], *taken: str) -> dict[str, Any]:
    return {k: v for k, v in given.items() if k not in {"day", "days", "from", "to", "every", *taken}}


def _own_days(told: Mapping[str, Any], start: int) -> set[int]:
    """Days on which she says something of her own instead of the calm word."""
    words = [*told.get("said", ()), *(r for r in told.get("runs", ()) if r.get("say", True))]
    return {start + n for given in words for n in days_in(given)}


def _calm(tale: Tale, story: Mapping[str, Any], own: Iterable[int]) -> None:
    """The calm word on every day without one of her own; what `calm` says besides is in each of them."""
    calm = story.get("calm")
    if calm is not None:
        quiet = [n for n in days_in(calm) if n not in set(own)]
        tale.calm(quiet, **_rest(calm))
    tale.entries.sort(key=lambda e: (e.on, e.id))


def _tell(tale: Tale, told: Mapping[str, Any], start: int) -> None:
    for given in told.get("said", ()):
        base = CALM if given.get("calm", True) else {}
        words = {**base, **_rest(given, "calm")}
        if "findings" in words:
            words["findings"] = tuple(tuple(pair) for pair in words["findings"])
        for n in days_in(given):
            tale.say(start + n, **words)
    for given in told.get("runs", ()):
        for n in days_in(given):
            tale.run(start + n, **_rest(given))
    for given in told.get("tests", ()):
        for n in days_in(given):
            tale.test(start + n, given["test"], **_rest(given, "test"))
    for given in told.get("passed", ()):
        for n in days_in(given):
            for name in K.tests:
                if name not in given.get("but", ()):
                    tale.passed(start + n, name)
    for given in told.get("did", ()):
        for n in days_in(given):
            for _ in range(given.get("times", 1)):
                tale.did(start + n, given["item"], **_rest(given, "item", "times"))
    for given in told.get("answers", ()):
        for n in days_in(given):
            tale.answer(start + n, given["key"], given.get("value", True))
    for given in told.get("away", ()):
        first, last = (DAY + timedelta(days=start + given[k]) for k in ("from", "to"))
        equipment = given.get("equipment")
        tale.absences.append(
            Absence(f"away-{len(tale.absences)}", first, last, Away(given["kind"]),
                    None if equipment is None else tuple(equipment), given.get("no_running", False))
        )  # fmt: skip


def facts_on(tale: Tale, n: int, knowledge: Knowledge) -> PlanFactsOfDay:
    """The facts on day n, with the plan still standing as it began."""
    book = Book.of(tale.plan, knowledge)
    days = days_of(tale.plan, tale.life(n), book)
    return gate_facts(days, days.index(DAY) + n, begin(tale.plan, days, book), book.protocol, knowledge)


def seen_on(tale: Tale, n: int, knowledge: Knowledge) -> dict[str, Any]:
    """Everything a case may expect of a day, worked out when it is asked for."""
    state = tale.state(n, None, knowledge)
    of_day = [m for m in state.moves if m.on == DAY + timedelta(days=n)]
    return {
        "status": state.status, "phase": int(state.phase), "step": state.step + 1, "counted": state.successes,
        "reduced_runs": state.reduced_left, "locked": state.locked, "red": state.red, "ladder_done": _over(state),
        "waits_days": None if state.wait_until is None else (state.wait_until - (DAY + timedelta(days=n))).days,
        "back": [o.element for o in state.opened],
        "levels": {name: item.level for name, item in state.items.items()},
        "moves": [m.kind for m in of_day if m.kind.value != "dose_up"],
        "rules": [r.rule for r in (*state.reasons, *(m.reason for m in of_day))],
        "gate_open": state.gate.open, "gate_unmet": list(state.gate.unmet), "gate_missing": list(state.gate.missing),
        "trial": state.trial,
        "due": [d.deadline for d in state.deadlines],
        "due_missing": {d.deadline: list(d.missing) for d in state.deadlines if d.missing},
        "see": sorted({who for d in state.deadlines for who in d.see}),
        "ready": None if state.readiness is None else state.readiness.open,
        "ready_unmet": [] if state.readiness is None else list(state.readiness.unmet),
        "ready_missing": [] if state.readiness is None else list(state.readiness.missing),
        "facts": lambda: facts_on(tale, n, knowledge),
        "week_km": lambda: _km(runs_allowed(state, knowledge).week_m),
        "mode": lambda: runs_allowed(state, knowledge).mode,
        "gentle": lambda: _gentle(tale, n, knowledge),
        "may_run": lambda: tale.today(n).may_run,
        "light": lambda: tale.today(n).light,
        "both_modes": lambda: [r.mode for r in _runs_of_all(tale, n, knowledge)],
        "together": lambda: _together(tale, n, knowledge),
        "exercises": lambda: [i.exercise for i in _given(tale, state, n, knowledge).items],
        "left_out": lambda: {x.exercise: x.because for x in _given(tale, state, n, knowledge).left_out},
        "stops": [r.fact("criterion") for r in state.stops],
        "today_rules": lambda: [r.rule for r in tale.today(n).reasons],
    }  # fmt: skip


def _gentle(tale: Tale, n: int, knowledge: Knowledge) -> Any:
    """The first days after an illness: how many are left (with this one), in how many she may run, and how far."""
    life, on = tale.life(n), DAY + timedelta(days=n)
    found = recovering(life.facts, life.checkins, life.history, on, knowledge)
    if found is None:
        return {"left": 0, "waits_days": 0, "most_km": None}
    waits = max(0, (found.runs_from - on).days)
    return {"left": (found.until - on).days + 1, "waits_days": waits, "most_km": _km(found.most_m)}


def _runs_of_all(tale: Tale, n: int, knowledge: Knowledge) -> list[RunsAllowed]:
    return [runs_allowed(follow(p, tale.life(n), knowledge), knowledge) for p in tale.plans]


def _together(tale: Tale, n: int, knowledge: Knowledge) -> Any:
    runs = together(_runs_of_all(tale, n, knowledge), knowledge, DAY + timedelta(days=n))
    return None if runs is None else runs.mode


def _given(tale: Tale, state: PlanState, n: int, knowledge: Knowledge) -> Prescription:
    return prescribe(state, tale.life(n), knowledge, [state])


def _km(metres: float | None) -> float | None:
    return None if metres is None else round(metres / 1000, 3)


def _over(state: PlanState) -> bool:
    return state.ladder_done is not None
