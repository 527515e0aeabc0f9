"""The decision table: rows from the knowledge, tried from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from niggle.core.knowledge_types import Knowledge, LightRow
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import FactValue
from niggle.core.red_flags.index import index_of
from niggle.core.traffic_light.types import DayLight

# members under names of their own: finding them in their enum takes longer than comparing them
_GREEN, _SELF_CARE = Light.GREEN, Urgency.SELF_CARE
_NOTHING = DayLight(Light.CANNOT_SAY, (), Urgency.SELF_CARE, False, False)


def light_of_day(facts: Mapping[str, FactValue], knowledge: Knowledge) -> DayLight:
    """The first matching row decides; all matching are listed; the highest care advice wins.

    A green row counts only when nothing stands above it. Without any match (no pain value was given) it is CANNOT_SAY.
    """
    matched = index_of(knowledge.light_rows).firing(facts)
    if not matched:
        return _NOTHING
    matched = [row for place, row in enumerate(matched) if place == 0 or row.light is not _GREEN]
    # raised and never lowered: pain of 6 ends the session (TL-X02); a limp in the first steps, or a shin that hopping
    # or walking hurts, means no run that day (TL-X05, TL-X13)
    ends = any(row.ends_session for row in matched) or ends_by_score(facts, knowledge)
    rest = any(row.no_run_today for row in matched) or bool(facts.get("limp_first_steps")) or shin_provoked(facts)
    return DayLight(matched[0].light, tuple(row.rule.id for row in matched), _care(matched, facts), ends, rest)


def light_with_course(day: DayLight, facts: Mapping[str, FactValue], knowledge: Knowledge) -> DayLight:
    """As `light_of_day`, for who knows the day's light of the same flags without the facts that `add_course` adds."""
    index = index_of(knowledge.light_rows)
    if index.clocks.rows:
        return light_of_day(facts, knowledge)
    care = _care([index.by_id[row] for row in day.rows], facts)
    return day if care is day.care else DayLight(day.light, day.rows, care, day.ends_session, day.no_run_today)


def _care(matched: Iterable[LightRow], facts: Mapping[str, FactValue]) -> Urgency:
    """The highest advice of the rows."""
    care = _SELF_CARE
    for row in matched:
        if row.care is not None and row.care > care and (row.care_when is None or row.care_when.holds(facts)):
            care = row.care
    return care


def ends_by_score(facts: Mapping[str, FactValue], knowledge: Knowledge) -> bool:
    score = facts.get("score")
    return isinstance(score, int | float) and score >= knowledge.number("professional_score")


def shin_provoked(facts: Mapping[str, FactValue]) -> bool:
    return bool(facts.get("at_shin") and (facts.get("hop_pain") or facts.get("walk_pain")))
