"""Whether a plan may begin: named answers for what stands against it; she can mend it and try again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches

from niggle.core.body import SITES, nearest
from niggle.core.checkin import same_complaint
from niggle.core.condition import Scope
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import PlanStart
from niggle.core.profile import Profile
from niggle.core.protocol import GradePlan, Need
from niggle.core.rehab.days import Clear

_OLDEST = timedelta(days=365)


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
    protocol = knowledge.protocols.get(condition.id)
    if protocol is None or protocol.need is Need.NO_PLAN:
        say = "care leads here, and niggle makes no plan for it"
        if protocol is not None and protocol.need_say:
            say = protocol.need_say
        elif condition.scope is Scope.BENIGN:
            say = "it passes by itself and needs no plan"
        return (Problem("condition", f"{condition.lay}: {say}", "see " + " or ".join(condition.care.who)),)
    problems: list[Problem] = []
    if plan.condition != condition.id:
        problems.append(Problem("condition", f"the id is {condition.id!r}", f"did you mean {condition.id}?"))
    if plan.site not in SITES:
        near_site = nearest(plan.site)
        problems.append(Problem("site", f"there is no place {plan.site!r}",
                                f"did you mean {near_site}?" if near_site else None))  # fmt: skip
    if plan.grade is not None and plan.grade not in protocol.grades:
        known = ", ".join(protocol.grades) or "none: leave it out"
        problems.append(Problem("grade", f"{condition.lay} has no grade {plan.grade!r}", f"grades: {known}"))
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
    twin = next(
        (p for p in open_plans if same_complaint(p.site, p.side, plan.site, plan.side) and p.id != plan.id), None
    )
    if twin is not None:
        problems.append(
            Problem("site", f"a plan for this place is already open ({twin.condition} since {twin.on.isoformat()})",
                    "end that one first")
        )  # fmt: skip
    problems += _needs(plan, profile, on, protocol.need, protocol.grades.get(plan.grade or ""), protocol.need_say)
    return tuple(problems)


def _needs(
    plan: PlanStart, profile: Profile, on: date, need: Need, grade: GradePlan | None, say: str | None
) -> list[Problem]:
    """What has to be on record first: an image, a clinician's clearance."""
    needs = {need, Need.NOTHING if grade is None else grade.need}
    problems: list[Problem] = []
    if Need.NO_PLAN in needs:
        return [Problem("grade", say or "care leads here, and niggle makes no plan for it", None)]
    if Need.IMAGING_AND_CLEARANCE in needs and not plan.imaged:
        problems.append(Problem("imaged", say or "it has to be imaged first", "record the image and start again"))
    if needs & {Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE} and Clear(plan, profile).cleared_on(on) is None:
        problems.append(
            Problem("clearance", say or "a clinician has to clear it first", "record the clearance and start again")
        )
    return problems
