"""The shapes of a check-in.

Entries are append-only facts. Several entries of one day and complaint fold into a CheckIn: the higher pain and the
"yes" win, unless an entry says that it corrects an earlier one. Severity may be raised, never lowered.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

from niggle.core.body import Side
from niggle.core.values import value
from niggle.core.words import often


@often
class Moment(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    EVENING = "evening"
    NEXT_MORNING = "next_morning"


@often
class Quality(StrEnum):
    DULL = "dull"
    TIGHT = "tight"
    BURNING = "burning"
    SHARP = "sharp"
    ELECTRIC = "electric"


@often
class Stiffness(StrEnum):
    """Morning stiffness against her usual (baseline)."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@value(frozen=True, slots=True)
class Answers:
    """The fields of the five moments (TL section 4); None = not answered. Pain is 0 to 10, halves allowed."""

    # before
    pain_before: float | None = None
    feels_wrong: bool | None = None
    # during
    pain_start: float | None = None
    pain_max: float | None = None
    pain_end: float | None = None
    built_up: bool | None = None
    late_onset: bool | None = None
    onset_km: float | None = None
    quality: Quality | None = None
    gait_changed: bool | None = None
    limp: bool | None = None
    # after, within an hour
    pain_after: float | None = None
    swelling: bool | None = None
    unstable: bool | None = None
    locking: bool | None = None
    pop: bool | None = None
    bone_spot_tender: bool | None = None
    numb_tingle_weak: bool | None = None
    bruise: bool | None = None
    # evening and night
    pain_evening: float | None = None
    pain_at_rest: bool | None = None
    night_pain: bool | None = None
    posture_pain: bool | None = None
    posture: str | None = None  # free words: which position
    posture_fades: bool | None = None
    # next morning and 24 h
    pain_morning: float | None = None
    stiffness: Stiffness | None = None
    stiffness_min: float | None = None
    limp_first_steps: bool | None = None
    limp_walking: bool | None = None
    baseline_by_24h: bool | None = None
    daily_life_disturbed: bool | None = None
    # soreness and capacity that day
    diffuse_both_sides: bool | None = None
    heavy_legs: bool | None = None
    sleep_h: float | None = None
    standing_h: float | None = None  # load off the run: long shifts on the feet
    # what triage made of the story she told that day, where the answers above say less than it did
    triage_emergency: bool | None = None
    triage_urgent: bool | None = None
    # red-flag questions: id from knowledge (findings) -> yes or no; unanswered ones are not in it
    findings: tuple[tuple[str, bool], ...] = ()


PAIN_FIELDS: Final = ("pain_before", "pain_start", "pain_max", "pain_end", "pain_after", "pain_evening", "pain_morning")
DURING_FIELDS: Final = (
    "pain_start",
    "pain_max",
    "pain_end",
    "built_up",
    "late_onset",
    "onset_km",
    "gait_changed",
    "limp",
)
SHARP_QUALITIES: Final = frozenset({Quality.SHARP, Quality.ELECTRIC})


@value(frozen=True, slots=True)
class Entry:
    """One check-in as it was given. `on` is the day it speaks of: the day of the run, also for the morning after."""

    id: str
    on: date
    recorded_at: datetime  # aware
    site: str | None = None  # None: nothing hurts
    side: Side | None = None
    moment: Moment | None = None  # None: a summary of the day
    session_id: str | None = None
    answers: Answers = field(default=Answers())
    corrects: str | None = None  # id of the entry it replaces
    acute: bool = False  # a sudden moment: twist, pop, stab, fall (LOAD-R14)

    @property
    def withdraws(self) -> bool:
        """It takes an earlier entry back and puts nothing in its place, not even that nothing hurts."""
        silent = self.site is None and self.moment is None and self.session_id is None and not self.acute
        return self.corrects is not None and silent and self.answers == _NOTHING


_NOTHING: Final = Answers()
_SIGNS: Final = (
    "feels_wrong", "gait_changed", "limp", "swelling", "unstable", "locking", "pop", "bone_spot_tender", "bruise",
    "numb_tingle_weak", "pain_at_rest", "night_pain", "limp_first_steps", "limp_walking", "daily_life_disturbed",
    "triage_emergency", "triage_urgent",
)  # fmt: skip
_PAINS_OF: Final = attrgetter(*PAIN_FIELDS)
_SIGNS_OF: Final = attrgetter(*_SIGNS)


@value(frozen=True, slots=True)
class CheckIn:
    """All entries of one day about one complaint, folded.

    score: the highest pain given that day. "Nothing hurts" is 0; None where no pain was asked for. signs: whether it
    speaks of anything beside the pain.
    """

    on: date
    site: str | None
    side: Side | None
    answers: Answers
    entry_ids: tuple[str, ...]
    session_id: str | None = None
    acute: bool = False
    moments: frozenset[Moment] = frozenset()
    score: float | None = field(init=False, repr=False, compare=False)
    signs: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        a = self.answers
        score = max((v for v in _PAINS_OF(a) if v is not None), default=0.0 if self.site is None else None)
        object.__setattr__(self, "score", score)
        object.__setattr__(self, "signs", any(_SIGNS_OF(a)) or any(yes for _, yes in a.findings))

    @property
    def troubled(self) -> bool:
        """Whether it speaks of a symptom at all."""
        return bool(self.score) or self.signs
