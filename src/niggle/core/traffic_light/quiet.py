"""Quiet check-ins: those that cannot be anything but green, recognised without working out every fact.

Most of a history is quiet, and a decision looks at all of it. That nothing else can come out is not taken for granted:
the conditions that could be true of a quiet check-in are picked out of the knowledge itself and are evaluated.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin import SHARP_QUALITIES, CheckIn, Stiffness
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Profile
from niggle.core.red_flags import QUIET_FACTS, conditions_at, place_facts
from niggle.core.red_flags.index import index_of, possible
from niggle.core.traffic_light.facts import Numbers
from niggle.core.when import When

_SIGNS: Final = attrgetter(
    "feels_wrong", "built_up", "late_onset", "onset_km", "gait_changed", "limp", "swelling", "unstable", "locking",
    "pop", "bone_spot_tender", "numb_tingle_weak", "bruise", "pain_at_rest", "night_pain", "posture_pain",
    "limp_first_steps", "limp_walking", "daily_life_disturbed", "triage_emergency", "triage_urgent",
)  # fmt: skip
_LOUD_SITES: Final = frozenset({"knee_outer", "chest"})  # where mild pain alone is already a sign


class Quiet:
    """Tells quiet check-ins from the others, for one runner and one knowledge."""

    def __init__(self, profile: Profile, numbers: Numbers, knowledge: Knowledge) -> None:
        self.profile, self.numbers = profile, numbers
        flags, rows = index_of(knowledge.red_flags), index_of(knowledge.light_rows)
        self.loud: list[When] = [f.when for f in flags.of_quiet if f.urgency >= Urgency.URGENT]
        self.loud += [r.when for r in rows.of_quiet if r.light is not Light.GREEN]
        self.harmless: dict[tuple[str | None, Side | None, float | None], bool] = {}
        self.green: list[When] = [r.when for r in rows.rows if r.light is Light.GREEN]

    def is_quiet(self, checkin: CheckIn) -> bool:
        """True only if the whole evaluation would say green, without a flag that stops. Not for the young: theirs
        depends on the clock. Not for a place with a named condition."""
        a = checkin.answers
        if (
            any(_SIGNS(a))
            or checkin.acute
            or checkin.site in _LOUD_SITES
            or (self.profile.conditions and conditions_at(self.profile, checkin.site, checkin.side, checkin.on))
            or a.stiffness is Stiffness.WORSE
            or a.quality in SHARP_QUALITIES
            or a.baseline_by_24h is False
            or any(yes for _, yes in a.findings)
        ):
            return False
        morning = a.pain_morning
        if morning and (a.baseline_by_24h is None or morning >= self.numbers.morning_excess):
            return False
        if a.pain_start is not None:
            top = max((v for v in (a.pain_max, a.pain_end) if v is not None), default=a.pain_start)
            limits = self.numbers.limits
            if top - a.pain_start >= limits.escalation_delta or top > limits.green_max:
                return False
        key = (checkin.site, checkin.side, checkin.score)
        known = self.harmless.get(key)
        if known is None:
            known = self.harmless[key] = self._harmless(checkin)
        return known

    def _harmless(self, checkin: CheckIn) -> bool:
        """Whether place, score and profile alone are green and can fire nothing. They are the same again and again."""
        facts = place_facts(checkin, self.profile)
        if any(possible(w, QUIET_FACTS, facts) for w in self.loud):
            return False
        return any(w.holds(facts) for w in self.green)
