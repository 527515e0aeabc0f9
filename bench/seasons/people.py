"""Who runs a simulated season: drawn from (seed, number) alone, so that any season can be run again by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from bench.seasons.tissue import Tissue
from niggle.core.body import SITES, Side, TissueClass
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Absence, Availability, Away, DayWindow, Importance, PlanStart, Race, Wish, WishKind
from niggle.core.profile import Clearance, Cleared, Profile
from niggle.core.protocol import Need, Protocol

DAYS: Final = 84
FIRST_MONDAY: Final = date(2026, 1, 5)


class Obedience(StrEnum):
    OBEDIENT = "obedient"
    EAGER = "eager"  # more than asked, runs on red, adds hills
    LAZY = "lazy"
    ERRATIC = "erratic"


@dataclass(frozen=True)
class Habits:
    """Chances a day (0 to 1) of what she does and tells."""

    obedience: Obedience
    evening: float
    morning: float
    ticks: float
    tests: float
    late: float  # an entry or a tick arrives days later
    late_file: float
    answers: float
    corrects: float


@dataclass(frozen=True)
class Sore:
    """One of her plans, with the truth under it. told: day of the season on which she starts it."""

    start: PlanStart
    told: int
    tissue: Tissue
    ends: int | None = None
    refused: bool = False  # niggle said no; it stands in the rows nevertheless (a clearance taken back, an old file)


@dataclass(frozen=True)
class Runner:
    number: int
    first: date
    profile: Profile
    sores: tuple[Sore, ...]
    habits: Habits
    availability: Availability
    pace_m_min: float
    usual_week_m: float
    runs_a_week: int
    week_starts: str
    words: tuple[tuple[int, Clearance], ...]  # (day on which it is recorded, what the clinician said)
    absences: tuple[tuple[int, Absence], ...]
    races: tuple[tuple[int, Race], ...]
    plans_weeks: bool  # has calendars made
    stops_before_days: int  # days without a run before the season
    more: tuple[str, ...] = field(default=())


def draw(seed: int, number: int, knowledge: Knowledge) -> Runner:
    """The runner of that number: the condition goes round, everything else is drawn."""
    rng = Random(f"{seed}/{number}")
    known = sorted(knowledge.protocols)
    first = FIRST_MONDAY + timedelta(days=rng.randrange(0, 364))
    usual = rng.choice((8.0, 15.0, 25.0, 35.0, 50.0, 70.0)) * 1000
    born = first - timedelta(days=round(365.25 * rng.choice((13, 17, 24, 31, 38, 45, 52, 61, 70))))
    sex = rng.choice(("female", "male", "other", None))
    profile = Profile(
        born_on=rng.choice((born, born, None)),
        sex=sex,
        prior_bone_injury=rng.choice((True, False, False, False, False, None, None, None)),
        missed_periods=rng.choice((True, False, False, False, None, None)) if sex == "female" else None,
        under_eating=rng.choice((None, None, None, False, False, False, False, True)),
        injuries_last_12_months=rng.choice((None, 0, 1, 3)),
        sleep_h=rng.choice((None, None, 5.5, 7.0, 7.5, 8.0, 8.0)),
    )
    wanted = [known[number % len(known)]]
    if rng.random() < 0.2:
        wanted.append(rng.choice(known))
    sores: list[Sore] = []
    words: list[tuple[int, Clearance]] = []
    stops = rng.choice((0, 1, 2, 4, 10))
    for place, condition in enumerate(wanted):
        protocol = knowledge.protocols[condition]
        sore, said = _sore(rng, place, protocol, first, usual, knowledge)
        sore = replace(
            sore, start=replace(sore.start, half_start=_by_halves(seed, number, place, sore.start, protocol))
        )
        if any(s.start.site == sore.start.site for s in sores):
            continue
        sores.append(sore)
        words += _for_what(seed, number, place, said)
        if not sore.start.running:
            stops = max(stops, (first - (sore.start.last_run_on or first)).days)
    return Runner(
        number, first, profile, tuple(sores), _habits(rng), _availability(rng), rng.uniform(120, 210), usual,
        rng.choice((2, 3, 3, 4, 5)), rng.choice(("monday", "monday", "sunday")), tuple(words), _absences(rng, first),
        _races(rng, first, usual), rng.random() < 0.85, stops,
    )  # fmt: skip


def _sore(
    rng: Random, place: int, protocol: Protocol, first: date, usual: float, knowledge: Knowledge
) -> tuple[Sore, list[tuple[int, Clearance]]]:
    told = 0 if place == 0 else rng.randrange(0, 40)
    on = first + timedelta(days=told)
    site = protocol.site
    paired = SITES[site].paired if site in SITES else True
    side = rng.choice((Side.LEFT, Side.RIGHT)) if paired else None
    grade = rng.choice((*protocol.grades, None)) if protocol.grades else None
    need = protocol.grades[grade].need if grade else protocol.need
    serious = Need.NOTHING not in (need, protocol.need) or protocol.need is not Need.NOTHING
    off = rng.choice((0, 7, 21, 35, 49)) if serious else rng.choice((0, 0, 3, 10))
    running = off == 0 and not serious and rng.random() < 0.6
    hurts = on - timedelta(days=off + rng.choice((3, 10, 28)))
    start = PlanStart(
        f"plan-{place}", protocol.condition, on, site, side, grade, running,
        rng.choice((usual, usual, None)), rng.choice((hurts, None)), on - timedelta(days=off),
        rng.choice((True, True, True, None, False)) if serious else None, rng.random() < 0.3,
    )  # fmt: skip
    words: list[tuple[int, Clearance]] = []
    if serious and (draw := rng.random()) < 0.85:
        day = rng.choice((-1, -1, -1, 3, 20)) if draw < 0.75 else rng.randrange(0, DAYS)
        until = rng.choice((None, None, None, first + timedelta(days=rng.randrange(10, DAYS))))
        words.append((told + day, Clearance(on + timedelta(days=day), "doctor", site, side, False, until)))
    if rng.random() < 0.04:
        day = rng.randrange(5, DAYS)
        until = rng.choice((None, first + timedelta(days=day + 14)))
        words.append((day, Clearance(first + timedelta(days=day), "doctor", site, side, True, until)))
    if rng.random() < 0.55:  # it goes well
        tissue = Tissue(
            sore=rng.uniform(0.5, 3.5), capacity_km=rng.uniform(3.0, 12.0), heals=rng.uniform(0.7, 0.88),
            grows_km=rng.uniform(0.15, 0.5), noise=rng.choice((0.05, 0.15, 0.3)), touchy=rng.uniform(0.2, 1.0),
            flares=rng.choice((0.0, 0.0, 0.01)),
        )  # fmt: skip
    else:
        tissue = Tissue(
            sore=rng.uniform(1.0, 6.0), capacity_km=rng.uniform(1.0, 8.0), heals=rng.uniform(0.80, 0.97),
            grows_km=rng.uniform(0.02, 0.35), noise=rng.choice((0.1, 0.3, 0.6, 1.2)), touchy=rng.uniform(0.3, 2.0),
            flares=rng.choice((0.0, 0.01, 0.03)),
        )  # fmt: skip
    ends = rng.randrange(30, DAYS) if rng.random() < 0.06 else None
    return Sore(start, told, tissue, ends), words


def _by_halves(seed: int, number: int, place: int, start: PlanStart, protocol: Protocol) -> bool:
    """Whether she would come back by half a week: often where it is light, sometimes where it must be refused."""
    rng = Random(f"{seed}/{number}/half/{place}")
    light = protocol.need is Need.NOTHING and protocol.tissue_class is not TissueClass.BONE
    if light and protocol.grades:
        lightest = min(protocol.grades, key=lambda g: sum(protocol.grades[g].min_days))
        light = (start.grade or protocol.default_grade) == lightest
    return rng.random() < (0.5 if light else 0.04)


def _for_what(seed: int, number: int, place: int, words: list[tuple[int, Clearance]]) -> list[tuple[int, Clearance]]:
    """How far each clearance goes: often for weight first and for running later or never; sometimes it is narrowed."""
    rng = Random(f"{seed}/{number}/lifts/{place}")
    found: list[tuple[int, Clearance]] = []
    for day, word in words:
        if word.restricts or rng.random() < 0.6:
            lifts = None if word.restricts else rng.choice((None, Cleared.RUNNING, Cleared.EVERYTHING))
            found.append((day, replace(word, lifts=lifts)))
            later = Cleared.WEIGHT if not word.restricts and rng.random() < 0.1 else None
        else:
            found.append((day, replace(word, lifts=Cleared.WEIGHT)))
            later = rng.choice((Cleared.RUNNING, Cleared.RUNNING, Cleared.EVERYTHING, None))
        if later is not None:
            wait = rng.choice((5, 14, 30, 45))
            found.append((day + wait, replace(word, on=word.on + timedelta(days=wait), lifts=later)))
    return found


def _habits(rng: Random) -> Habits:
    how = rng.choice(tuple(Obedience))
    steady = rng.random() < 0.5
    return Habits(
        how,
        evening=rng.choice((1.0, 0.97, 0.9)) if steady else rng.choice((0.8, 0.6, 0.3)),
        morning=rng.choice((1.0, 0.95)) if steady else rng.choice((0.8, 0.5, 0.2)),
        ticks=rng.choice((1.0, 0.95, 0.8)) if steady else rng.choice((0.7, 0.4, 0.1)),
        tests=rng.choice((1.0, 0.9)) if steady else rng.choice((0.5, 0.2, 0.0)),
        late=rng.choice((0.0, 0.0, 0.03, 0.1)),
        late_file=rng.choice((0.0, 0.05, 0.2, 0.5)),
        answers=rng.choice((1.0, 0.9)) if steady else rng.choice((0.6, 0.2, 0.0)),
        corrects=rng.choice((0.0, 0.0, 0.02)),
    )


_MORNING, _EVENING = 6 * 60 + 30, 17 * 60 + 30


def _availability(rng: Random) -> Availability:
    """Nothing said, evenings, mornings and a gym, few hours, or a band at home; up to two wishes."""
    every = tuple(range(7))
    drawn = rng.randrange(6)
    wishes = rng.sample(
        (
            Wish(WishKind.LONG_RUN_ON, 5), Wish(WishKind.REST_ON, 4), Wish(WishKind.STRENGTH_ON, 1),
            Wish(WishKind.RUN_ON, 2), Wish(WishKind.RUNS_PER_WEEK, value=3), Wish(WishKind.NOTHING_BEFORE, value=420),
        ),
        rng.choice((0, 0, 0, 1, 2)),
    )  # fmt: skip
    hers = (
        Availability(),
        Availability(windows=tuple(DayWindow(d, _EVENING, 120, gym=d in (0, 3)) for d in every), gym_visits=2),
        Availability(windows=tuple(DayWindow(d, _MORNING, 75, gym=d in (1, 4)) for d in every), gym_visits=2),
        Availability(windows=tuple(DayWindow(d, _EVENING, 75) for d in (0, 2, 5, 6)), equipment=("band", "mat")),
        Availability(equipment=("band", "dumbbell", "step", "mat")),
        Availability(windows=(DayWindow(5, 9 * 60, 180),)),
    )[drawn]
    return replace(hers, wishes=tuple(wishes))


def _absences(rng: Random, first: date) -> tuple[tuple[int, Absence], ...]:
    found = []
    for n in range(rng.choice((0, 0, 1, 1, 2))):
        day, days = rng.randrange(3, DAYS - 4), rng.choice((2, 4, 7, 12))
        kind = rng.choice(tuple(Away))
        gear = ("band", "stairs") if kind is Away.TRAVEL else None
        away = Absence(f"away-{n}", first + timedelta(days=day), first + timedelta(days=day + days), kind, gear,
                       rng.random() < 0.3)  # fmt: skip
        found.append((max(0, day - rng.choice((0, 0, 3, -2))), away))
    return tuple(found)


def _races(rng: Random, first: date, usual: float) -> tuple[tuple[int, Race], ...]:
    if rng.random() > 0.3:
        return ()
    day = rng.randrange(20, DAYS)
    metres = rng.choice((5000.0, 10000.0, 21097.0, 42195.0))
    race = Race("race", first + timedelta(days=day), metres, None, rng.choice(tuple(Importance)), usual > 30_000)
    return ((rng.randrange(0, 20), race),)
