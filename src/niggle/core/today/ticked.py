"""Pain told with an exercise, where the day's light has not heard of it yet.

An exercise may hurt up to its tissue's limit, and more than that takes its dose back. But who ticks a 7 has
said 7 of the place, and the day may not be lighter than her word.
"""

from __future__ import annotations

from itertools import takewhile

from niggle.core.body import TissueClass
from niggle.core.checkin import speaks_after
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab import HOP_HURT, Book, pain_max
from niggle.core.scoreboard import reason
from niggle.core.today.plans import PlansOfDay, recent

_DAYS = 1  # today's and yesterday's; a later check-in of the place speaks for it again


def light_of_ticks(plans: PlansOfDay, knowledge: Knowledge) -> tuple[Light, Reason, PlanStart] | None:
    """(light, why, whose place) of the worst exercise (DAY-R04): red from `red_min` on, yellow above what both the
    exercise and a green light allow, for bone above what the exercise allows; None where there is none.

    A hop on a bone that hurt is red until a clinician's newer word (RTR-R09)."""
    hopped = next((s for s in plans.states if s.locked == HOP_HURT), None)
    if hopped is not None:
        why = reason(knowledge, "RTR-R09", Weight.STOP, Fact("locked", HOP_HURT, None, plans.life.on))
        return Light.RED, why, hopped.plan
    on, states = plans.life.on, {s.plan.id: s for s in plans.states}
    lately = list(takewhile(lambda c: (on - c.on).days <= _DAYS, reversed(plans.life.checkins)))
    found: tuple[float, Light, Reason, PlanStart] | None = None
    for done in recent(plans.life.facts.done, on, _DAYS):
        state = states.get(done.plan)
        if state is None or done.pain is None or (found is not None and done.pain <= found[0]):
            continue
        plan = state.plan
        if any(speaks_after(c, done.on, plan.site, plan.side) for c in lately):
            continue
        named = knowledge.protocols[plan.condition].items_named(done.item)
        exercise = knowledge.exercises[named[0].exercise] if named else None
        limit = pain_max(Book.of(plan, knowledge), state.phase, exercise)
        if knowledge.protocols[plan.condition].tissue_class is not TissueClass.BONE:
            limit = max(knowledge.number("green_max"), limit)
        if done.pain <= limit:
            continue
        red = done.pain >= knowledge.number("red_min")
        facts = (Fact("pain", done.pain, "0-10", done.on), Fact("exercise", exercise.id if exercise else None),
                 Fact("site", plan.site), Fact("side", None if plan.side is None else plan.side.value),
                 Fact("limit", limit, "0-10"))  # fmt: skip
        why = reason(knowledge, "DAY-R04", Weight.STOP if red else Weight.CAUTION, *facts)
        found = done.pain, Light.RED if red else Light.YELLOW, why, plan
    return None if found is None else found[1:]
