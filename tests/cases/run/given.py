"""A case of doses/ that is no story: what a phase gives her today, with what is at hand and what else hurts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.cases.case_files import Case, Found, known_keys
from tests.core.rehab.tale import DAY, Tale

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Absence, Availability, Away, RunStatus
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Phase
from niggle.core.rehab import PlanState, prescribe

_LONG_AGO = date(2026, 1, 1)


def found(case: Case, knowledge: Knowledge) -> Found:
    """travel: equipment taken along; home: equipment she has; ill: today; also: another open plan, in its phase 1."""
    known_keys(case, "condition", "phase", "travel", "home", "ill", "also", "cleared")
    words = (Clearance(DAY, "Dr"),) if case.get("cleared") else ()
    tale = Tale(case["condition"], profile=Profile(clearances=words), hurts_since=_LONG_AGO)
    if "travel" in case:
        tale.absences.append(Absence("away", DAY, DAY, Away.TRAVEL, tuple(case["travel"])))
    if case.get("ill"):
        tale.absences.append(Absence("away", DAY, DAY, Away.ILLNESS))
    if "home" in case:
        tale.availability = Availability(equipment=tuple(case["home"]))
    state = _in_phase(tale, Phase(case["phase"]), knowledge)
    others = []
    if "also" in case:
        other = _in_phase(Tale(case["also"]), Phase.SETTLE, knowledge)
        others.append(replace(other, plan=replace(other.plan, id="p2")))
    given = prescribe(state, tale.life(0), knowledge, [state, *others])
    return {
        "exercises": [i.exercise for i in given.items],
        "left_out": {x.exercise: x.because for x in given.left_out},
        "instead": {i.instead_of: i.exercise for i in given.items if i.instead_of is not None},
        "stand_ins": {i.exercise: i.stand_in for i in given.items if i.stand_in is not None},
        "notes": {i.exercise: i.dose.note for i in given.items},
        "rules": [x.reason.rule for x in given.left_out],
    }


def _in_phase(tale: Tale, phase: Phase, knowledge: Knowledge) -> PlanState:
    """As far as that phase, with everything open that waits for a quiet day."""
    open_ = {i.id: True for p in knowledge.protocols[tale.plan.condition].phases for i in p.items}
    return PlanState(tale.plan, DAY, phase, DAY, RunStatus.BUILDING, DAY, conditional=open_)
