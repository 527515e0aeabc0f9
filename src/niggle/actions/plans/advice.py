"""Race, fitness, season and coach as pages show them: every value with its sentences, one call a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np

from niggle.actions.model import knowledge
from niggle.actions.today import Decided, gather
from niggle.core.case import Case
from niggle.core.coach import OwnCadence
from niggle.core.fitness import CrossTraining, fitness_kept, restart_share, weeks_to_regain
from niggle.core.history import FEATURES, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.load import with_found_tags
from niggle.core.outcomes import Urgency
from niggle.core.plan import Race
from niggle.core.race import RaceAdvice, advise
from niggle.core.rehab import PlanState
from niggle.core.season import SeasonPhase
from niggle.core.today import Decision, Memo, decide, life_of, plans_of
from niggle.core.today.coaching import Coached, coach_of, since_yes
from niggle.core.today.racing import Break, break_of, race_advice_of, race_facts_of, races_to_come, season_of
from niggle.core.today.tasks import race_item_id
from niggle.store.models import Recording
from niggle.store.scopes import athlete_scope
from niggle.wording import coach as coach_words
from niggle.wording import race as race_words
from niggle.wording import season as season_words
from niggle.wording.cards import Card
from niggle.wording.race import Ask
from niggle.wording.reasons import sentence
from niggle.wording.units import Units

_CADENCE_DAYS = 42
_BRISK = frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE, Tag.HILLS, Tag.STRIDES, Tag.RUN_WALK})
_WALK_SHARE = 0.05  # steps of walking breaks would pull the mean down


@dataclass(frozen=True, slots=True)
class RaceShown:
    """One race to come. verdict: a word; headline: what to do; why: reasons as sentences, the deciding one first.

    rough: what decided is a rule of thumb, and the page says so.
    """

    race: Race
    advice: RaceAdvice
    title: str
    verdict: str
    headline: str
    why: tuple[str, ...]
    conditions: tuple[str, ...]
    pivots_title: str
    pivots: tuple[str, ...]
    trade_offs: tuple[str, ...]
    to_answer: tuple[Ask, ...]
    notes: tuple[str, ...]
    rough: bool


@dataclass(frozen=True, slots=True)
class RaceView:
    """nothing: what to say where no race is on the calendar."""

    on: date
    races: tuple[RaceShown, ...]
    nothing: str | None


@dataclass(frozen=True, slots=True)
class FitnessView:
    """pause: None where she has not been off for a week. label: how sure the lines are."""

    on: date
    pause: Break | None
    lines: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class StepShown:
    phase: SeasonPhase
    name: str
    text: str
    first: date
    last: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class SeasonView:
    on: date
    phase: str
    headline: str
    goal: str | None
    lines: tuple[str, ...]
    steps: tuple[StepShown, ...]
    tests_due: tuple[tuple[str, str], ...]  # test id, name
    why: tuple[str, ...]
    rough: bool


@dataclass(frozen=True, slots=True)
class CoachView:
    """cards in the order to show; an urgent one first."""

    on: date
    cards: tuple[Card, ...]
    hide_comparisons: bool
    coached: Coached


def race_view(athlete_id: int, today: date, units: Units) -> RaceView:
    """The races to come with what is sensible today."""
    case, known = gather(athlete_id, today), knowledge()
    return race_view_of(case, known, units)


def race_and_fitness(athlete_id: int, today: date, units: Units) -> tuple[RaceView, FitnessView]:
    """The races to come and what the last break has cost, for a page that shows both."""
    case, known = gather(athlete_id, today), knowledge()
    return race_view_of(case, known, units), fitness_view_of(case, known, units)


def race_view_of(case: Case, known: Knowledge, units: Units) -> RaceView:
    """As `race_view`, from a case that is at hand."""
    decision, states = _day(case, known)
    advices = race_advice_of(case, states, decision, known)
    shown = tuple(_race(a, known, units) for a in advices)
    return RaceView(case.on, shown, None if shown else race_words.NO_RACE)


def race_today(decided: Decided) -> RaceAdvice | None:
    """What the race rule says of the next race, where it belongs on the day: with a plan open, or in race week.

    None also where the race is among the day's tasks, which say it themselves, and while care comes first.
    """
    case, decision, known = decided.case, decided.decision, knowledge()
    race = next(iter(races_to_come(case)), None)
    if race is None or decision.care.urgency is Urgency.EMERGENCY:
        return None
    if any(t.id == race_item_id(race.id) for t in decision.tasks):
        return None
    if not decision.plan and (race.on - case.on).days > known.number("race_week_days"):
        return None
    states = plans_of(case, known, decided.memo)
    life = life_of(case, known, decided.memo)
    return advise(race_facts_of(case, states, decision, race, known, life), known)


def _race(advice: RaceAdvice, known: Knowledge, units: Units) -> RaceShown:
    reasons = sorted(advice.reasons, key=lambda r: not r.decided)
    return RaceShown(
        advice.race,
        advice,
        race_words.race_title(advice.race, advice.on, units),
        race_words.verdict(advice),
        race_words.headline(advice),
        tuple(sentence(r, units) for r in reasons if r.rule != "RTR-R19"),
        tuple(race_words.CONDITIONS[c] for c in advice.conditions),
        race_words.pivots_title(advice),
        tuple(race_words.PIVOTS[p] for p in advice.pivots),
        advice.trade_offs,
        tuple(race_words.ask(m) for m in advice.missing),
        race_words.notes(advice, units),
        any(r.grade.rule_of_thumb for r in advice.reasons if r.decided),
    )


def fitness_view_of(case: Case, known: Knowledge, units: Units) -> FitnessView:
    """What the last break has cost and how long the way back takes."""
    pause = break_of(case)
    if pause is None:
        none = "No break of a week or more is in your log, so there is nothing to regain."
        return FitnessView(case.on, None, (none,), "")
    how = pause.cross_training if pause.legs_per_week else CrossTraining.NONE
    regain = weeks_to_regain(pause.weeks, how, known)
    kept = fitness_kept(pause.days, known)
    restart = restart_share(pause.days, known)
    lines = race_words.fitness_lines(regain, kept, restart, units)
    if pause.over_on is not None:  # she runs again; how to begin is no question any more
        began = f"The break ended on {race_words.day_line(pause.over_on)}."
        lines = (began, *(line for line in lines if line != race_words.restart_line(restart)))
    return FitnessView(case.on, pause, lines, coach_words.RULE_OF_THUMB)


def season_view(athlete_id: int, today: date, units: Units) -> SeasonView:
    """Where in the year she is and what belongs there."""
    return season_view_of(gather(athlete_id, today), knowledge(), units)


def season_view_of(case: Case, known: Knowledge, units: Units) -> SeasonView:
    season = season_of(case, known)
    due = () if season.screen is None else season.screen.due
    steps = tuple(
        StepShown(s.phase, season_words.PHASES[s.phase], season_words.step_line(s.phase), s.first, s.last, n == 0)
        for n, s in enumerate(season.steps)
    )
    return SeasonView(
        case.on,
        season_words.PHASES[season.phase],
        season_words.headline(season, units),
        None if season.goal is None else race_words.race_title(season.goal, case.on, units),
        season_words.lines(season, known, units),
        steps,
        tuple((t, known.tests[t].name) for t in due),
        tuple(sentence(r, units) for r in season.reasons),
        any(r.grade.rule_of_thumb for r in season.reasons),
    )


def coach_view(athlete_id: int, today: date, units: Units) -> CoachView:
    """Body and mind around the plan, as cards."""
    case, known = gather(athlete_id, today), knowledge()
    began, before = since_yes(case, "cadence_cue"), None
    if began is None:
        now = own_cadence(athlete_id, case, known)
    else:
        before = own_cadence(athlete_id, case, known, until=began - timedelta(days=1))
        now = own_cadence(athlete_id, case, known, since=began + timedelta(days=1))
    return coach_view_of(case, known, units, now, None if before is None else before.spm)


def coach_view_of(
    case: Case,
    known: Knowledge,
    units: Units,
    cadence: OwnCadence | None = None,
    start_spm: float | None = None,
) -> CoachView:
    """As `coach_view`, from a case that is at hand."""
    decision, states = _day(case, known)
    coached = coach_of(case, states, decision, known, cadence, start_spm)
    return CoachView(case.on, coach_words.cards(coached, known, units), coached.hide_comparisons, coached)


def own_cadence(
    athlete_id: int, case: Case, known: Knowledge, *, since: date | None = None, until: date | None = None
) -> OwnCadence | None:
    """Her usual steps a minute at her usual easy pace, from the watch; None with fewer easy runs than are needed.

    Six weeks up to `until` (default: the case's day): runs that were neither fast nor hilly nor broken by walking.
    """
    last = until or case.on
    first = max(d for d in (since, last - timedelta(days=_CADENCE_DAYS)) if d is not None)
    history = with_found_tags(case.history.until(last), known.parameters).since(first)
    walk = FEATURES.index("walk_s")
    easy = {}
    for i in range(len(history)):
        moving, walked = float(history.moving_s[i]), float(history.features[i, walk])
        if not history.is_run[i] or history.tags[i] & _BRISK or np.isnan(moving) or moving <= 0:
            continue
        if not np.isnan(walked) and walked > _WALK_SHARE * moving:
            continue
        easy[history.ids[i]] = (float(history.distance_m[i]) / moving, int(history.day[i]))
    with athlete_scope(athlete_id):
        rows = Recording.objects.filter(key__in=list(easy), avg_cadence_spm__isnull=False)
        steps = dict(rows.values_list("key", "avg_cadence_spm"))
    if len(steps) < known.number("cadence_runs_min"):
        return None
    paces = [easy[key][0] for key in steps if not np.isnan(easy[key][0])]
    newest = date.fromordinal(max(easy[key][1] for key in steps))
    return OwnCadence(median(steps.values()), median(paces) if paces else None, len(steps), newest)


def _day(case: Case, known: Knowledge) -> tuple[Decision, tuple[PlanState, ...]]:
    """The day's decision and its open plans, followed once for both."""
    memo = Memo()
    return decide(case, known, memo), plans_of(case, known, memo)
