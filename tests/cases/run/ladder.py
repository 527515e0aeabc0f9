"""A case of ladder/ that is no story: one session judged, a step as a watch sees it, or what may come back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.body import Side
from niggle.core.gates import DayFacts, Days, RunDay
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import Opened, element_gate, judge, minutes_of, next_element, session_steps
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart
from niggle.core.protocol import Element, Phase
from niggle.core.traffic_light import DayMark, State
from niggle.knowledge.healed import healed

DAY = date(2026, 3, 2)
_PLAN = PlanStart("p", "bone-stress-injury", DAY, "shin_inner", Side.LEFT)


def found(case: Case, knowledge: Knowledge) -> Found:
    if "session" in case:
        known_keys(case, "ladder", "step", "session", "day_before", "yellows_before", "first_run")
        return _judged(case, knowledge)
    if "all_back_but" in case:
        known_keys(case, "condition", "phase", "all_back_but", "but")
        return _next(case, knowledge)
    if "element" in case:
        known_keys(case, "condition", "phase", "element", "back", "but", "site")
        return _element(case, knowledge)
    known_keys(case, "ladder", "step", "rounds")
    step = knowledge.ladders[case["ladder"]].steps[case["step"] - 1]
    rounds = case.get("rounds")
    running, whole = minutes_of(step, rounds)
    return {
        "watch": [_stretch(s) for s in session_steps(step, knowledge, rounds)],
        "minutes_running": running,
        "minutes": whole,
    }


def _stretch(step: Any) -> dict[str, Any]:
    told = {"kind": step.kind.value, "seconds": step.seconds, "metres": step.metres, "times": step.repeat,
            "percent": None if step.percent is None else list(step.percent)}  # fmt: skip
    return {k: v for k, v in told.items() if v is not None and (k, v) != ("times", 1)}


def _judged(case: Case, knowledge: Knowledge) -> Found:
    """The second of two days; an ordinary session is green, painless, and its morning after was told."""
    before, row = _row(0, case.get("day_before")), _row(1, case["session"])
    days = Days(_PLAN, (before, row))
    ladder, step = knowledge.ladders[case["ladder"]], case.get("step", 1) - 1
    judged = judge(ladder, step, days, 1, knowledge, yellows=case.get("yellows_before", 0),
                   first=case.get("first_run", False))  # fmt: skip
    return {
        "verdict": None if judged is None else judged.verdict,
        "rules": [] if judged is None else [judged.reason.rule],
    }


def _row(n: int, given: dict[str, Any] | None) -> DayFacts:
    on = DAY + timedelta(days=n)
    if given is None:
        return DayFacts(on)
    told = dict(given)
    run = RunDay(told.pop("metres", None), told.pop("minutes", None), told.pop("run_minutes", None), None)
    ran = told.pop("ran", True)
    if told.pop("said", True):
        light = Light(told.pop("light", "green"))
        pain = told.pop("pain", 0.0)
        state = {Light.RED: State.RED, Light.YELLOW: State.YELLOW}.get(light, State.GREEN)
        if told.get("flagged"):
            state = State.RED_FLAG
        values = {"score": pain, "daily": 0.0, "run_pain": pain, "morning": 0.0, "next_day_worse": False, **told}
        mark = DayMark(on, light, values.pop("final", True), ran, state, **values)
    else:
        mark = None
    return DayFacts(on, mark, run if ran else None)


def _next(case: Case, knowledge: Knowledge) -> Found:
    """What comes back next, when everything but the named elements came back a month ago and all is well."""
    protocol = knowledge.protocols[case["condition"]]
    facts = healed(knowledge.tests, knowledge.tests) | case.get("but", {})
    on = DAY + timedelta(days=90)
    lacking = {Element(e) for e in case["all_back_but"]}
    assert lacking <= set(protocol.add_back), "it never comes back there"
    month_ago = on - timedelta(days=30)
    opened = [Opened(e, month_ago, month_ago) for e in protocol.add_back if e not in lacking]
    phase = protocol.phase(Phase(case.get("phase", 3)))
    gate = next_element(opened, protocol, phase, facts, on, protocol.site, knowledge)
    return {
        "next": None if gate is None else gate.element.value,
        "open": None if gate is None else gate.open,
        "because": [] if gate is None else [r.fact("because") for r in gate.reasons if r.weight.value != "info"],
    }


def _element(case: Case, knowledge: Knowledge) -> Found:
    """A runner in whom all is well but for `but`; back: what came back before, days ago, used or not."""
    protocol = knowledge.protocols[case["condition"]]
    facts = healed(knowledge.tests, knowledge.tests) | case.get("but", {})
    on = DAY + timedelta(days=90)
    opened = [
        Opened(Element(b["element"]), on - timedelta(days=b["days_ago"]), on if b.get("used", True) else None)
        for b in case.get("back", ())
    ]
    phase = protocol.phase(Phase(case.get("phase", 3)))
    site = case.get("site", protocol.site)
    gate = element_gate(Element(case["element"]), opened, protocol, phase, facts, on, site, knowledge)
    blocked = [r for r in gate.reasons if r.weight.value != "info"]
    return {
        "open": gate.open,
        "because": [r.fact("because") for r in blocked],
        "missing": list(gate.missing),
        "rules": [r.rule for r in gate.reasons],
        "order": [e.value for e in protocol.add_back],
    }
