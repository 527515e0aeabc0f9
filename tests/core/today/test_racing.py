"""What a case tells the race rule: the longest painless run, the final light, bone and clearance, fresh words only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.case import Case
from niggle.core.checkin import Entry
from niggle.core.checkin.types import Answers, Moment
from niggle.core.fitness import CrossTraining
from niggle.core.history import FEATURES, SPORTS, History, Tag
from niggle.core.outcomes import Light
from niggle.core.plan import PlanFacts, PlanStart, Race
from niggle.core.profile import Clearance, Profile
from niggle.core.race import RaceFacts, RaceVerdict, advise
from niggle.core.session.types import Sport
from niggle.core.today import decide, plans_of
from niggle.core.today.racing import break_of, race_advice_of, race_facts_of
from niggle.knowledge import load
from niggle.wording import coach as coach_words
from niggle.wording import race as words
from niggle.wording import reasons
from niggle.wording.units import METRIC

KNOWN = load()
ON = date(2026, 11, 22)
RACE = Race("r", ON + timedelta(days=70), 10_000, prepared=True)


def history(*runs: tuple[int, float], tags: frozenset[Tag] = frozenset(), sport: Sport = Sport.RUN) -> History:
    """runs: (days ago, km)."""
    rows = sorted(runs, reverse=True)
    n = len(rows)
    days = np.array([(ON - timedelta(days=d)).toordinal() for d, _ in rows], dtype=np.int64)
    metres = np.array([km * 1000 for _, km in rows])
    return History(
        tuple(f"s{i}" for i in range(n)), days * 86400.0, days, np.full(n, SPORTS.index(sport), np.int64), metres,
        metres / 2.8, metres / 2.8, np.zeros(n), np.zeros(n), np.zeros((n, len(LOAD_TISSUES))),
        np.full((n, len(FEATURES)), np.nan), tuple(tags for _ in rows), (None,) * n, (None,) * n, (None,) * n,
    )  # fmt: skip


def word(days_ago: int, pain: float = 0, *, morning: float | None = 0, site: str | None = "achilles") -> list[Entry]:
    on = ON - timedelta(days=days_ago)
    at = datetime.combine(on, time(20), UTC)
    side = None if site is None else Side.LEFT
    during = Answers(pain_start=pain, pain_max=pain, pain_end=pain, pain_evening=pain, night_pain=False, limp=False,
                     swelling=False)  # fmt: skip
    found = [Entry(f"e{days_ago}", on, at, site, side, answers=during)]
    if morning is not None:
        later = Answers(pain_morning=morning, stiffness_min=0, baseline_by_24h=True, limp_first_steps=False)
        found.append(
            Entry(f"m{days_ago}", on, at + timedelta(hours=11), site, side, Moment.NEXT_MORNING, answers=later)
        )
    return found


def case(h: History, entries: list[Entry], **more: object) -> Case:
    base = Case(ON, h, tuple(sorted(entries, key=lambda e: (e.on, e.id))), Profile(), plan=PlanFacts(races=(RACE,)))
    return replace(base, **more)  # type: ignore[arg-type]


def facts(c: Case, race: Race = RACE) -> RaceFacts:
    return race_facts_of(c, plans_of(c, KNOWN), decide(c, KNOWN), race, KNOWN)


QUIET = [*word(3), *word(1), *word(0)]


def test_a_quiet_runner_goes() -> None:
    found = facts(case(history((3, 9), (1, 6)), QUIET))
    assert (found.pain_free_m, found.light, found.injured) == (9000, Light.GREEN, False)
    assert advise(found, KNOWN).verdict is RaceVerdict.GO


@pytest.mark.parametrize(
    ("entries", "runs", "metres"),
    [
        ([*word(1), *word(0)], ((3, 9), (1, 6)), 6000),  # nothing was said of the longer one
        ([*word(3), *word(1), *word(0)], (), None),
        ([], ((3, 9),), None),
    ],
)
def test_only_painless_runs_with_a_word_count(
    entries: list[Entry], runs: tuple[tuple[int, float], ...], metres: float | None
) -> None:
    assert facts(case(history(*runs), entries)).pain_free_m == metres


def test_run_walk_does_not_speak_for_a_race() -> None:
    walked = history((3, 9), tags=frozenset({Tag.RUN_WALK}))
    assert facts(case(walked, QUIET)).pain_free_m is None


def test_runs_from_before_the_complaint_do_not_count() -> None:
    plan = PlanStart("p", "achilles-tendinopathy-midportion", ON - timedelta(days=2), "achilles", Side.LEFT)
    planned = PlanFacts(starts=(plan,), races=(RACE,))
    found = facts(case(history((3, 9), (1, 6)), QUIET, plan=planned))
    assert found.pain_free_m == 6000
    assert found.injured
    assert found.condition == plan.condition


def test_a_green_that_waits_for_its_morning_is_none_in_race_week() -> None:
    waiting = [*word(3), *word(1), *word(0, morning=None)]
    log = history((3, 9), (0, 6))
    decision = decide(case(log, waiting), KNOWN)
    assert decision.provisional
    assert facts(case(log, waiting), replace(RACE, on=ON + timedelta(days=7))).light is Light.CANNOT_SAY
    assert facts(case(log, waiting), replace(RACE, on=ON + timedelta(days=8))).light is Light.GREEN


def test_bone_wants_its_clearance() -> None:
    plan = PlanStart("p", "tibial-stress-fracture", ON - timedelta(days=60), "shin_inner", Side.LEFT,
                     hurts_since=ON - timedelta(days=70))  # fmt: skip
    planned = PlanFacts(starts=(plan,), races=(replace(RACE, on=ON + timedelta(days=56), distance_m=42_195),))
    bare = case(history(), QUIET, plan=planned)
    found = facts(bare)
    assert found.bone
    assert not found.cleared
    [advice] = race_advice_of(bare, plans_of(bare, KNOWN), decide(bare, KNOWN), KNOWN)
    assert advice.verdict is RaceVerdict.NO  # RTR-E14
    assert [r.rule for r in advice.reasons] == ["RTR-R17", "RTR-R18"]
    for days_ago, cleared in ((10, True), (71, False)):  # a clearance from before it hurt says nothing
        seen = Profile(clearances=(Clearance(ON - timedelta(days=days_ago), "doctor", "shin_inner", Side.LEFT),))
        assert facts(replace(bare, profile=seen)).cleared is cleared


@pytest.mark.parametrize("days", [6, 7, 42])
def test_a_break_begins_with_a_week(days: int) -> None:
    found = break_of(case(history((days, 8), (days + 2, 8)), []))
    assert (found is None) == (days < 7)
    if found is not None:
        assert (found.days, found.over_on, found.cross_training) == (days, None, CrossTraining.NONE)


def test_a_break_that_is_over_is_remembered_with_its_day() -> None:
    found = break_of(case(history((30, 8), (3, 4), (1, 4)), []))
    assert found is not None
    assert (found.days, found.over_on) == (27, ON - timedelta(days=3))


def test_every_sentence_is_short_and_whole() -> None:
    for rule in ("RTR-R16", "RTR-R17", "RTR-R18", "RTR-R19", "SCI-FIT"):
        text = reasons.sentences()[rule]({}, METRIC)
        assert text.endswith(".")
        assert len(text) <= 140, text
    theirs = [r for r in KNOWN.rules if r.startswith(("GC-", "NSM-", "SEA-", "COA-"))]
    for rule in theirs:
        text = reasons.sentences()[rule]({}, METRIC)
        assert text.endswith(".")
        assert 10 < len(text) <= 140, text
    for text in (*words.HEADLINES.values(), *words.CONDITIONS.values(), *words.PIVOTS.values()):
        assert text.endswith(".")
        assert len(text) <= 140
    assert coach_words.span_words(14, 28) == "2 to 4 weeks"
    assert coach_words.span_words(5, 13) == "5 to 13 days"
    assert coach_words.span_words(90, 180) == "3 to 6 months"
