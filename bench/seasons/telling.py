"""What she tells: in the evening, in the morning after, late, put right, and what only she can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import Final

from bench.seasons.life import Life
from bench.seasons.people import Runner, Sore
from bench.seasons.records import at
from niggle.core.checkin import Answers, Entry, Moment
from niggle.core.checkin.types import Quality, Stiffness
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanAnswer

_BAD: Final = frozenset(
    {"says_tender", "says_careful_voice", "says_swollen", "says_giving_way", "says_locking", "says_numb", "says_brace"}
)
_NAMES: dict[str, frozenset[str]] = {}


def evening(life: Life, index: int) -> None:
    """How each place is, and now and then what only she can say."""
    r, rng, on = life.runner, life.rng, life.day(index)
    if rng.random() < r.habits.evening:
        for sore in r.sores:
            if sore.told <= index + 3:
                _tell(life, index, _evening_entry(life, sore, on))
    asked = _asked(life.runner, life.knowledge)
    if asked and index % 5 == 2 and rng.random() < r.habits.answers:
        _answer(life, on, asked)


def _evening_entry(life: Life, sore: Sore, on: date) -> Entry:
    rng, tissue = life.rng, sore.tissue
    ran = life.pain_in_run.get(sore.start.id)
    felt = tissue.felt(rng)
    id_, now = f"e{life.id()}", at(on, 20, UTC)
    if felt == 0 and not ran and rng.random() < 0.4:
        return Entry(id_, on, now)
    worst = max(felt, ran or 0.0)
    answers = Answers(
        pain_start=None if ran is None else min(ran, max(0.0, ran - 1)),
        pain_max=ran,
        pain_end=None if ran is None else ran,
        pain_evening=felt,
        limp=(worst >= 6 and rng.random() < 0.25) if rng.random() < 0.95 else None,
        swelling=(worst >= 5 and rng.random() < 0.04) if rng.random() < 0.9 else None,
        quality=None if worst < 4 else Quality.SHARP if rng.random() < 0.05 else rng.choice((None, Quality.DULL)),
        night_pain=(worst >= 6 and rng.random() < 0.05) if rng.random() < 0.9 else None,
        # most warning signs end with a clear no, so she gives it now and then
        feels_wrong=True if rng.random() < 0.001 else False if worst < 3 and rng.random() < 0.6 else None,
        pain_at_rest=False if worst < 4 and rng.random() < 0.6 else None,
        pop=True if worst >= 5 and rng.random() < 0.005 else None,
        bone_spot_tender=(worst >= 5 and rng.random() < 0.02) if rng.random() < 0.3 else None,
        findings=(("hop_pain", worst >= 4), ("walk_pain", worst >= 5)) if rng.random() < 0.8 else (),
    )
    return Entry(id_, on, now, sore.start.site, sore.start.side, Moment.EVENING, answers=answers)


def morning(life: Life, index: int) -> None:
    """Of yesterday, said today."""
    r, rng = life.runner, life.rng
    on = life.day(index - 1)
    if rng.random() >= r.habits.morning:
        return
    for sore in r.sores:
        if sore.told > index + 3:
            continue
        felt = sore.tissue.felt(rng)
        worse = felt > 3 and rng.random() < 0.5
        answers = Answers(
            pain_morning=felt,
            stiffness=Stiffness.WORSE if worse else rng.choice((Stiffness.SAME, Stiffness.BETTER, None)),
            baseline_by_24h=not worse if rng.random() < 0.95 else None,
            limp_first_steps=felt >= 6 and rng.random() < 0.15,
            night_pain=(felt >= 6 and rng.random() < 0.05) if rng.random() < 0.9 else None,
        )
        entry = Entry(f"e{life.id()}", on, at(life.day(index), 7, UTC), sore.start.site, sore.start.side,
                      Moment.NEXT_MORNING, answers=answers)  # fmt: skip
        _tell(life, index, entry)


def _tell(life: Life, index: int, entry: Entry) -> None:
    rng, told, habits = life.rng, life.told, life.runner.habits
    if told.entries and rng.random() < habits.corrects and entry.site is not None:
        same = next((e for e in reversed(told.entries) if e.on == entry.on and e.site == entry.site), None)
        if same is not None:
            entry = replace(entry, corrects=same.id)
    if rng.random() < habits.late:
        told.later(index + rng.choice((1, 2, 6)), lambda: told.add_entry(entry))
    else:
        told.add_entry(entry)


def _answer(life: Life, on: date, asked: tuple[str, ...]) -> None:
    rng, told = life.rng, life.told
    sore = max(s.tissue.sore for s in life.runner.sores)
    for key in asked:
        if rng.random() < 0.1:
            continue
        value: float | bool | str = sore < 2.5
        if key == "says_healed_percent":
            value = float(max(0, round(100 - 12 * sore)))
        elif key == "says_goal_load_weeks":
            value = 0.0
        elif key in _BAD:
            value = sore > 2.5
        elif key in ("imaged", "bone_risk"):
            continue
        told.add("answers", PlanAnswer(key, on, value))


def _asked(runner: Runner, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(sorted({n for s in runner.sores for n in _said_names(s.start.condition, knowledge)}))


def _said_names(condition: str, knowledge: Knowledge) -> frozenset[str]:
    """What only she can say and a gate of the plan asks."""
    if condition not in _NAMES:
        protocol = knowledge.protocols[condition]
        criteria = [c for p in protocol.phases for c in p.gate] + list(protocol.readiness)
        if protocol.ladder:
            criteria += knowledge.ladders[protocol.ladder].readiness
        names = {n for c in criteria for n in c.when.names if n.startswith("says_")}
        _NAMES[condition] = frozenset(names | {"says_confident", "says_careful_voice"})
    return _NAMES[condition]
