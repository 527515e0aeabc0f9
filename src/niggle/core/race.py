"""Whether a race is sensible: the race rule in its own order, with what is missing when nobody can say yet.

A race wish never loosens anything above it: flag, clearance, light. Without her answers there is no go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from niggle.core.body import TissueClass
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency
from niggle.core.plan import Importance, Race
from niggle.core.reasons import Fact, Reason, Weight

_EPS: Final = 1e-9  # a ratio of exactly three quarters is not below three quarters
_DAYS_PER_WEEK: Final = 7


class RaceVerdict(StrEnum):
    GO = "go"  # nothing open: race as trained
    CONDITIONS = "conditions"  # go, with lowered stakes and the drop rule
    BORDERLINE = "borderline"  # only with lowered stakes and the drop rule, and better not
    NOT_NOW = "not_now"  # a shorter or a later race
    NO = "no"
    CANNOT_SAY = "cannot_say"  # answers are missing


class Condition(StrEnum):
    """What a start is tied to."""

    TAPE = "tape"
    SLOWER = "slower"
    AS_TRAINING = "as_training"
    DROP_RULE = "drop_rule"  # red signs in the race: step off


class Pivot(StrEnum):
    """Where the wish may go instead."""

    LATER_RACE = "later_race"
    SHORTER_RACE = "shorter_race"
    LATER_SHORTER_RACE = "later_shorter_race"
    LOWER_GOAL = "lower_goal"
    CROSS_TRAIN = "cross_train"


@dataclass(frozen=True, slots=True)
class RaceFacts:
    """What the rule looks at. None means not known.

    pain_free_m: longest run in final green. injured: a plan is open or something hurts. bone: a bone plan is open.
    """

    race: Race
    on: date
    light: Light
    injured: bool
    bone: bool = False
    tissue_class: TissueClass | None = None
    red_flag: bool = False
    cleared: bool = False
    healed_percent: float | None = None
    pain_free_m: float | None = None
    condition: str | None = None

    @property
    def ratio(self) -> float | None:
        """Longest pain-free run as a share of the race (ASB-T19)."""
        return None if self.pain_free_m is None else self.pain_free_m / self.race.distance_m

    @property
    def days_to_race(self) -> int:
        return (self.race.on - self.on).days

    @property
    def weeks_to_race(self) -> int:
        """Whole weeks that are left."""
        return self.days_to_race // _DAYS_PER_WEEK


@dataclass(frozen=True, slots=True)
class RaceAdvice:
    """reasons: what decided first. missing: answers without which nothing better can be said.

    doctor: talk it through with a sports doctor, because of what the race means to her; it never permits.
    trade_offs: what the condition's plan says of such a race. again_daily: race week, asked anew each day.
    waits: today's light decided, and the race is too far off for one day to decide it.
    open_points: what would have to hold for a better answer (name, the value that is wanted, unit).
    """

    race: Race
    on: date
    verdict: RaceVerdict
    reasons: tuple[Reason, ...]
    conditions: tuple[Condition, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    missing: tuple[str, ...] = ()
    doctor: bool = False
    trade_offs: tuple[str, ...] = ()
    again_daily: bool = False
    waits: bool = False
    open_points: tuple[Fact, ...] = ()


def advise(facts: RaceFacts, knowledge: Knowledge) -> RaceAdvice:
    """The race rule (RTR-R17), in its order; the first that speaks decides.

    Raises ValueError for a race that is over.
    """
    if facts.days_to_race < 0:
        raise ValueError("the race is over")
    verdict, reasons, missing = _decide(facts, knowledge)
    pivots = _pivots(verdict, facts, knowledge)
    if Pivot.LATER_SHORTER_RACE in pivots:
        reasons = (*reasons, _reason("RTR-R18", Weight.CAUTION, knowledge, Fact("weeks", facts.weeks_to_race, "weeks")))
    conditions: tuple[Condition, ...] = ()
    if verdict in (RaceVerdict.CONDITIONS, RaceVerdict.BORDERLINE):
        conditions = (Condition.TAPE, Condition.SLOWER, Condition.AS_TRAINING, Condition.DROP_RULE)
        reasons = (*reasons, _reason("RTR-R19", Weight.CAUTION, knowledge))
    refused = verdict in (RaceVerdict.NO, RaceVerdict.NOT_NOW)
    near = _near(facts, knowledge)
    protocol = knowledge.protocols.get(facts.condition) if facts.condition else None
    offered = protocol.races if protocol is not None else ()
    return RaceAdvice(
        facts.race,
        facts.on,
        verdict,
        reasons,
        conditions,
        pivots,
        missing,
        doctor=refused and facts.race.importance is not Importance.ORDINARY,
        trade_offs=tuple(t.say for t in offered if t.fits(facts.weeks_to_race, facts.race.distance_m / 1000.0)),
        again_daily=near,
        waits=refused and not near and reasons[0].fact("light") is not None,
        open_points=tuple(_open_points(facts, knowledge)) if refused else (),
    )


def _near(facts: RaceFacts, knowledge: Knowledge) -> bool:
    """Race week: every day of it decides."""
    return facts.days_to_race <= knowledge.number("race_week_days")


def _decide(facts: RaceFacts, knowledge: Knowledge) -> tuple[RaceVerdict, tuple[Reason, ...], tuple[str, ...]]:
    low, ok = knowledge.number("race_ratio_min"), knowledge.number("race_ratio_ok")
    healed = knowledge.number("race_healed_percent")
    ratio = facts.ratio

    def say(*seen: Fact, weight: Weight = Weight.STOP) -> tuple[Reason, ...]:
        return (_reason("RTR-R17", weight, knowledge, *seen, decided=True),)

    if facts.red_flag:
        return RaceVerdict.NO, say(Fact("red_flag", True)), ()
    if facts.bone and not facts.cleared:
        return RaceVerdict.NO, say(Fact("cleared", False)), ()
    if facts.race.prepared is False:
        return RaceVerdict.NO, say(Fact("prepared", False)), ()
    if ratio is not None and ratio < low - _EPS:
        return RaceVerdict.NO, say(Fact("ratio", ratio, "ratio"), Fact("limit", low, "ratio")), ()
    if facts.light in (Light.RED, Light.YELLOW):
        near = _near(facts, knowledge)  # before race week a red day forbids that day's run, not the race
        verdict = RaceVerdict.NO if facts.light is Light.RED and near else RaceVerdict.NOT_NOW
        left = () if near else (Fact("days_left", facts.days_to_race, "days"),)
        return verdict, say(Fact("light", facts.light.value), *left), ()
    if facts.injured and facts.healed_percent is not None and facts.healed_percent < healed:
        return RaceVerdict.NOT_NOW, say(Fact("healed_percent", facts.healed_percent, "percent")), ()
    missing = tuple(_missing(facts))
    if missing:
        return RaceVerdict.CANNOT_SAY, say(Fact("missing", " ".join(missing)), weight=Weight.CAUTION), missing
    assert ratio is not None
    seen = (Fact("ratio", ratio, "ratio"), Fact("limit", ok, "ratio"))
    if ratio < ok - _EPS:
        return RaceVerdict.BORDERLINE, say(*seen, weight=Weight.CAUTION), ()
    if facts.injured:
        return RaceVerdict.CONDITIONS, say(*seen, weight=Weight.CAUTION), ()
    return RaceVerdict.GO, say(*seen, weight=Weight.INFO), ()


def _missing(facts: RaceFacts) -> Iterable[str]:
    if facts.light is Light.CANNOT_SAY:
        yield "checkin"
    if facts.race.prepared is None:
        yield "prepared"
    if facts.ratio is None:
        yield "pain_free_run"
    if facts.injured and facts.healed_percent is None:
        yield "says_healed_percent"


def _open_points(facts: RaceFacts, knowledge: Knowledge) -> Iterable[Fact]:
    """What stands against the race and can still change; nothing of a distance that she did not train for."""
    if facts.race.prepared is False:
        return
    if facts.red_flag:
        yield Fact("red_flag", False)
    if facts.bone and not facts.cleared:
        yield Fact("cleared", True)
    if facts.light in (Light.RED, Light.YELLOW):
        yield Fact("light", Light.GREEN.value)
    ok = knowledge.number("race_ratio_ok")
    if facts.ratio is None or facts.ratio < ok - _EPS:
        yield Fact("pain_free_m", ok * facts.race.distance_m, "m")
    healed = knowledge.number("race_healed_percent")
    if facts.injured and (facts.healed_percent is None or facts.healed_percent < healed):
        yield Fact("healed_percent", healed, "percent")


def _pivots(verdict: RaceVerdict, facts: RaceFacts, knowledge: Knowledge) -> tuple[Pivot, ...]:
    near_bone = facts.bone and facts.weeks_to_race <= knowledge.number("race_pivot_weeks")
    if verdict in (RaceVerdict.GO, RaceVerdict.CONDITIONS, RaceVerdict.CANNOT_SAY):
        return (Pivot.LATER_SHORTER_RACE,) if near_bone else ()  # said with a clearance too (RTR-R18)
    found: list[Pivot] = []
    if near_bone:
        found += [Pivot.LATER_SHORTER_RACE, Pivot.CROSS_TRAIN]
    elif verdict is RaceVerdict.NO:
        found += [Pivot.LATER_RACE, Pivot.CROSS_TRAIN]
    else:
        found += [Pivot.LOWER_GOAL, Pivot.SHORTER_RACE, Pivot.LATER_RACE]
    return tuple(found)


def next_race(races: Sequence[Race], on: date) -> Race | None:
    """The nearest race to come that was not dropped."""
    coming = [r for r in races if r.on >= on and not r.dropped]
    return min(coming, key=lambda r: (r.on, r.id), default=None)


def urgent(flags: Iterable[Urgency]) -> bool:
    """Whether a warning sign among these forbids a race."""
    return any(u >= Urgency.URGENT for u in flags)


def _reason(rule: str, weight: Weight, knowledge: Knowledge, *facts: Fact, decided: bool = False) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade, decided)
