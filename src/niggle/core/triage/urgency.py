"""How soon somebody should look. Rules first, never outvoted; then what must not be missed; then the rest.

Nothing in here looks at shares: a likely harmless explanation never lowers what a dangerous one asks for. Every part
can only be raised by one more warning sign, and leaving an answer out never makes the advice less careful than a "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from niggle.core.condition import Condition, facts_of_runner
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.reasons import Fact, FactValue, Grade, Reason, Weight
from niggle.core.red_flags import FlagHit
from niggle.core.triage.model import Floats, Model
from niggle.core.triage.types import Story

ADULT: Final = "youth_age"


@dataclass(frozen=True, slots=True)
class Raised:
    """One thing that asks for at least this urgency."""

    urgency: Urgency
    reason: Reason
    condition: str | None = None


def by_flags(hits: Iterable[FlagHit]) -> list[Raised]:
    return [Raised(h.urgency, h.reason) for h in hits]


def by_signs(
    model: Model, story: Story, values: Mapping[str, FactValue], standing: Floats, place: Floats
) -> list[Raised]:
    """Signs that the page of a condition calls more urgent, where it can hurt at this place at all."""
    number = model.knowledge.number
    least, near = number("sign_fit"), number("sign_site")
    raised = []
    facts = [{**values, **f} for f in _runners(story)]
    for i, condition in enumerate(model.conditions):
        if not condition.urgency_when or standing[i] < least or place[i] < near:
            continue
        if not story.places and not condition.everywhere:
            continue  # a sign of a place needs the place; the red flags speak without one
        for item in condition.urgency_when:
            if any(item.when.truth(f) is True for f in facts):
                seen = tuple(Fact(n, v) for n in item.when.names if (v := facts[0].get(n)) not in (None, False))
                raised.append(_raise("TRI-02", item.urgency, condition, seen, model.knowledge, Grade.PROPOSAL))
                break  # listed most urgent first
    return raised


def _runners(story: Story) -> list[dict[str, FactValue]]:
    """The runner's facts with each place she named; all sites of a vague place are tried."""
    if not story.places:
        return [facts_of_runner(story.age, story.sex, None, None)]
    return [
        facts_of_runner(story.age, story.sex, site, region.value)
        for where in story.places
        for site in where.sites
        for region in where.regions[:1]
    ]


def by_conditions(model: Model, values: Mapping[str, FactValue], standing: Floats, unexplained: Floats) -> list[Raised]:
    """What the conditions that stand well ask for themselves; those that must not be missed from much lower on.

    A dangerous one also counts, faintly as it may stand, where no harmless one explains the answers better. An
    emergency needs a warning sign of its own: a huge effort and sore legs are nobody's heat stroke.
    """
    number = model.knowledge.number
    danger, own, emergency = number("danger_fit"), number("own_fit"), number("emergency_fit")
    beats, faint = number("danger_beats"), number("danger_faint")
    raised = []
    for i, condition in enumerate(model.conditions):
        stands = float(min(standing[i], unexplained[i]))
        urgency, dangerous = condition.urgency, condition.must_not_miss
        if urgency is Urgency.EMERGENCY and not _warned(model, i, values):
            continue
        unbeaten = dangerous and standing[i] >= faint and unexplained[i] >= beats
        if urgency is Urgency.EMERGENCY and stands < emergency:
            urgency = Urgency.URGENT if dangerous and (stands >= danger or unbeaten) else Urgency.SELF_CARE
        elif not (unbeaten or stands >= (danger if dangerous else own)):
            urgency = Urgency.SELF_CARE
        if urgency > Urgency.SELF_CARE:
            raised.append(_raise("TRI-01" if dangerous else "TRI-03", urgency, condition, (), model.knowledge))
    return raised


def _warned(model: Model, i: int, values: Mapping[str, FactValue]) -> bool:
    """She said yes to a safety question that speaks for this condition."""
    return any(values.get(f.id) is True and model.log_yes[i, j] > 0 for j, f in enumerate(model.findings) if f.safety)


def by_age(story: Story, hits: Iterable[FlagHit], noted: Iterable[Reason], knowledge: Knowledge) -> list[Raised]:
    """Under 18: a limp or a swollen joint is seen within days, anything else by appointment."""
    if story.age is None or story.age >= knowledge.number(ADULT) or not story.places:
        return []
    urgent = any(n.rule == "RF-K3" for n in noted)
    rule = knowledge.rules["TRI-06"]
    urgency = Urgency.URGENT if urgent else Urgency.ROUTINE
    facts = (Fact("age", story.age, "years"),)
    return [Raised(urgency, Reason(rule.id, weight_of(urgency), facts, rule.sources, rule.grade))]


def by_warnings(model: Model, values: Mapping[str, FactValue]) -> list[Raised]:
    """Any yes to a safety question is for an appointment at least."""
    said = tuple(f.id for f in model.findings if f.safety and values.get(f.id) is True)
    if not said:
        return []
    rule = model.knowledge.rules["TRI-08"]
    facts = tuple(Fact(name, True) for name in said)
    return [Raised(Urgency.ROUTINE, Reason(rule.id, Weight.CAUTION, facts, rule.sources, rule.grade))]


def weight_of(urgency: Urgency) -> Weight:
    if urgency >= Urgency.URGENT:
        return Weight.STOP
    return Weight.CAUTION if urgency is Urgency.ROUTINE else Weight.INFO


def _raise(
    rule_id: str,
    urgency: Urgency,
    condition: Condition,
    facts: tuple[Fact, ...],
    knowledge: Knowledge,
    grade: Grade | None = None,
) -> Raised:
    rule = knowledge.rules[rule_id]
    seen = (Fact("condition", condition.id), *facts, Fact("urgency", urgency.code))
    return Raised(urgency, Reason(rule.id, weight_of(urgency), seen, rule.sources, grade or rule.grade), condition.id)
