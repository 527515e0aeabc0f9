"""Whether a plan may begin: named answers for what stands against it; she can mend it and try again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from niggle.core.body import SITES, nearest
from niggle.core.checkin import same_complaint
from niggle.core.condition import Condition, Scope
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import PlanStart
from niggle.core.profile import Profile
from niggle.core.protocol import GradePlan, Need, Protocol
from niggle.core.rehab.book import needed
from niggle.core.rehab.days import Clear
from niggle.core.rehab.half_start import lightest_grade, too_serious

_OLDEST = timedelta(days=365)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
RECORDS: Final = ("clearance", "imaged")  # fields of problems that only a clinician can mend


def may_start(
    plan: PlanStart,
    open_plans: Sequence[PlanStart],
    profile: Profile,
    on: date,
    knowledge: Knowledge,
) -> tuple[Problem, ...]:
    """What is wrong with starting this plan on `on`; nothing: an empty tuple."""
    condition = knowledge.condition(plan.condition)
    if condition is None:
        near = get_close_matches(plan.condition, list(knowledge.protocols), n=1, cutoff=0.4)
        return (
            Problem("condition", f"niggle knows no condition {plan.condition!r}",
                    f"did you mean {near[0]}?" if near else None),
        )  # fmt: skip
    none = no_plan_for(condition, knowledge)
    if none is not None:
        return (none,)
    protocol = knowledge.protocols[condition.id]
    problems: list[Problem] = []
    if plan.condition != condition.id:
        problems.append(Problem("condition", f"the id is {condition.id!r}", f"did you mean {condition.id}?"))
    if plan.site not in SITES:
        near_site = nearest(plan.site)
        problems.append(Problem("site", f"there is no place {plan.site!r}",
                                f"did you mean {near_site}?" if near_site else None))  # fmt: skip
    if plan.grade is not None and plan.grade not in protocol.grades:
        problems.append(no_grade(plan.grade, condition, protocol))
    if plan.on > on:
        problems.append(Problem("on", "a plan cannot begin in the future", "begin today"))
    elif on - plan.on > _OLDEST:
        problems.append(Problem("on", "that is more than a year ago", "begin the plan with the present episode"))
    for name in ("hurts_since", "last_run_on"):
        day = getattr(plan, name)
        if day is not None and day > on:
            problems.append(Problem(name, "that day has not come yet", None))
    if plan.before_week_m is not None and not 0 <= plan.before_week_m <= 500_000:
        problems.append(Problem("before_week_m", "that is no week of running", "between 0 and 500 km"))
    problems += _twins(plan, open_plans, knowledge)
    problems += _age(condition, profile.age_years(on))
    problems += _records(plan, profile, on, protocol)
    problems += no_half_start(plan, on, protocol, knowledge)
    return tuple(problems)


def no_plan_for(condition: Condition, knowledge: Knowledge) -> Problem | None:
    """Why there is no plan for this condition: care leads, or it needs none; None where there is one."""
    protocol = knowledge.protocols.get(condition.id)
    if protocol is not None and protocol.need is not Need.NO_PLAN:
        return None
    if condition.scope is Scope.BENIGN:
        return Problem("condition", f"{condition.lay} needs no plan", "check in if it lasts")
    message = f"niggle makes no plan for {condition.lay.lower()}: care comes first"
    return Problem("condition", message, f"to see: {', '.join(condition.care.who)}")


def grade_named(word: str, grades: Mapping[str, GradePlan]) -> str | None:
    """The id of a grade that is meant by "2", "II", "grade 2", its id or its name; None where there is no such one."""
    said = word.strip().casefold().replace("-", "_").replace(" ", "_").removeprefix("grade_")
    said = _ROMAN.get(said, said)
    named = (n for n, g in grades.items() if said in (n.removeprefix("grade_"), g.name.casefold().replace(" ", "_")))
    return next(named, None)


def no_grade(grade: str, condition: Condition, protocol: Protocol) -> Problem:
    known = ", ".join(n.removeprefix("grade_") for n in protocol.grades)
    message = f"{condition.lay} has no grade {grade.removeprefix('grade_')!r}"
    return Problem("grade", message, f"one of {known}" if known else "leave it out")


def _lay(plan: PlanStart, knowledge: Knowledge) -> str:
    known = knowledge.conditions.get(plan.condition)
    return plan.condition if known is None else known.lay


def _twins(plan: PlanStart, open_plans: Sequence[PlanStart], knowledge: Knowledge) -> list[Problem]:
    where = SITES[plan.site].lay if plan.site in SITES else plan.site
    return [
        Problem("condition", f"there is a plan for this place ({where}) already: "
                f"{_lay(other, knowledge)}, since {other.on}", f"end plan {other.id} first, then start this one")
        for other in open_plans
        if other.id != plan.id and same_complaint(other.site, other.side, plan.site, plan.side)
    ]  # fmt: skip


def _age(condition: Condition, age: int | None) -> list[Problem]:
    if age is not None and condition.min_age is not None and age < condition.min_age:
        see = "see a paediatric sports doctor"
        return [Problem("condition", f"this plan is for runners from {condition.min_age}", see)]
    if age is not None and condition.max_age is not None and age > condition.max_age:
        return [Problem("condition", f"this plan is for runners up to {condition.max_age}", "see a sports physician")]
    return []


def _records(plan: PlanStart, profile: Profile, on: date, protocol: Protocol) -> list[Problem]:
    """What has to be on record first: a clinician's clearance that nothing newer takes back, an image."""
    need = needed(protocol, plan)
    if need is Need.NO_PLAN:
        say = protocol.need_say or "care leads here, and niggle makes no plan for it"
        return [Problem("grade", say, None)]
    problems: list[Problem] = []
    if need is not Need.NOTHING and Clear(plan, profile).cleared_on(on) is None:
        say = protocol.need_say or "a clinician's clearance comes first"
        problems.append(Problem("clearance", say, "record who cleared it, when, and for what, once a clinician has"))
    if need is Need.IMAGING_AND_CLEARANCE and plan.imaged is not True:
        problems.append(Problem("imaged", "a picture of the bone comes first", "answer imaged: yes once it was taken"))
    return problems


def no_half_start(plan: PlanStart, on: date, protocol: Protocol, knowledge: Knowledge) -> list[Problem]:
    """Half of the old week instead of the ladder is for light cases (RTR-R15)."""
    if not plan.half_start or needed(protocol, plan) is Need.NO_PLAN:
        return []
    without = "leave it out, and running comes back by the ladder"
    serious = too_serious(protocol, plan)
    if serious is not None:
        lightest = protocol.grades.get(lightest_grade(protocol) or "")
        message = {
            "bone": "half a week at once is no way back for a bone",
            "clearance": "where a clinician's clearance comes first, running comes back by the ladder",
            "grade": "half a week at once is for the lightest grade only",
        }[serious]
        if serious == "grade" and lightest is not None:
            return [Problem("half_start", f"{message} ({lightest.name.lower()})", without)]
        return [Problem("half_start", message, without)]
    weeks = knowledge.number("half_start_max_weeks_off")
    if not plan.running and plan.last_run_on is not None and (on - plan.last_run_on).days > weeks * 7:
        return [
            Problem("half_start", f"after more than {weeks:.0f} weeks without a run half a week is too much", without)
        ]
    return []
