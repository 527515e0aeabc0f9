"""A week's calendar in words: days and hours, sessions, what stands against each other, and her wishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, Placed, WeekItem, WeekPlan, Wish, WishKind
from niggle.core.race import RaceAdvice, RaceVerdict
from niggle.core.today import Decision, Headline
from niggle.core.units import S_PER_MIN
from niggle.core.week import Distance, Violation, WishBroken
from niggle.wording.doses import stopped
from niggle.wording.lists import listed, lowered, raised
from niggle.wording.race import away_line, distance_name, headline
from niggle.wording.reasons import sentence
from niggle.wording.tasks import title
from niggle.wording.units import Units
from niggle.wording.week_again import remade_lines, remade_today
from niggle.wording.week_rules import DAYS, KINDS, SENTENCES, amount, clock, day_name, the

__all__ = ["DAYS", "KINDS", "clock", "day_name", "remade_lines", "remade_today"]

_NAMED: Final = {
    "ill": "You are ill for the rest of this week, so nothing is planned in it. Say when you are back.",
    "away": "You are away for the rest of this week, so nothing is planned in it. Say when you are back.",
    "no_day": "There is no day with time left in this week. Name the hours you have, or take the week off.",
    "nothing_to_place": "Nothing is left to plan for this week.",
}
_CLOSED: Final = frozenset({"ill", "away", "no_day"})
_WANTED: Final = {
    WishKind.LONG_RUN_ON: "a long run on {day}",
    WishKind.STRENGTH_ON: "strength on {day}",
    WishKind.REST_ON: "rest on {day}",
    WishKind.RUN_ON: "a run on {day}",
    WishKind.CROSS_TRAINING_ON: "cross-training on {day}",
}


def item_title(item: WeekItem, known: Knowledge, units: Units) -> str:
    """Easy run, 7 km; Strength A, 40 min."""
    return title(item.kind, item.minutes, item.metres, item.mode, item.tests, known, units)


def logged_line(item: WeekItem, units: Units) -> str:
    """Run, 8 km; Strength, 40 min: what the log holds. Nobody knows how easy a run was."""
    name = "Run" if item.kind in RUN_KINDS and item.kind is not ItemKind.RACE else KINDS[item.kind]
    much = units.distance(item.metres) if item.metres else units.duration(item.minutes * S_PER_MIN)
    return f"{name}, {much}"


def placed_line(placed: Placed, known: Knowledge, units: Units, today: date | None = None) -> str:
    """Strength A, 40 min (done). today: what was not done by then is said."""
    over = today is not None and placed.on < today
    marks = [m for m, there in (("done", placed.done), ("not done", over and not placed.done),
                                ("if you like", placed.item.optional and not over)) if there]  # fmt: skip
    more = f" ({', '.join(marks)})" if marks else ""
    return f"{item_title(placed.item, known, units)}{more}"


def violation_line(violation: Violation, week: WeekPlan | None, known: Knowledge, units: Units) -> str:
    """What breaks which rule, as one sentence."""
    facts = {f.name: f.value for f in violation.facts}
    if violation.rule in ("LOAD-R01", "RP-C16"):
        unit = next((f.unit for f in violation.facts if f.name == "total"), None)
        total, limit = amount(facts, "total", units, unit), amount(facts, "limit", units, unit)
        why = "a lighter week is due" if violation.rule == "RP-C16" else "more would be too large a step"
        return f"Plan less: {total} of running, and {limit} is the most; {why}."
    if violation.rule == "RP-C12" and facts.get("later") != ItemKind.RACE:
        from niggle.wording.week_rules import STRESSORS

        new = [STRESSORS.get(str(f.value), str(f.value)) for f in violation.facts if f.name == "stressor" and f.value]
        if new:
            return f"One new thing a week: {listed(new, 'and')} would be {len(new)}."
    say = SENTENCES.get(violation.rule)
    text = say(facts, units) if say is not None else rule_line(violation.rule, known)
    days = _days(violation, week)
    return f"{days}: {lowered(text) if text[:1].isupper() and text[1:2].islower() else text}" if days else text


def _days(violation: Violation, week: WeekPlan | None) -> str:
    """The days of the items it is about: "Tuesday and Wednesday"."""
    if week is None or len(violation.items) > 2:
        return ""
    found = [p.on for p in week.placed if p.item.id in violation.items]
    return listed(list(dict.fromkeys(day_name(on) for on in sorted(found))), "and")


def suggestion_line(violation: Violation, week: WeekPlan, known: Knowledge, units: Units) -> str | None:
    """The one move that mends it: "Move the hills to Thursday."."""
    if violation.suggestion is None:
        return None
    moving = next((p.item for p in week.placed if p.item.id == violation.suggestion.item), None)
    what = the(moving.kind.value) if moving is not None else "it"
    return f"Move {what} to {day_name(violation.suggestion.on)}."


def rule_line(rule: str, known: Knowledge) -> str:
    """What a rule asks for, whatever it saw."""
    say = SENTENCES.get(rule)
    if say is not None:
        from niggle.wording.units import METRIC

        return say({}, METRIC)
    found = known.rules.get(rule)
    return stopped(rule if found is None else found.title)


def wish_line(wish: Wish) -> str:
    """The wish in her own words, else "a long run on Saturday"."""
    if wish.text:
        return wish.text.strip().rstrip(".")
    if wish.kind is WishKind.NOTHING_BEFORE and wish.value is not None:
        on = f" on {day_name(wish.weekday)}" if wish.weekday is not None else ""
        return f"nothing before {clock(wish.value)}{on}"
    if wish.kind is WishKind.RUNS_PER_WEEK:
        return "one run a week" if wish.value == 1 else f"{wish.value} runs a week"
    return _WANTED[wish.kind].format(day=day_name(wish.weekday or 0))


def clash_line(wishes: Sequence[Wish], because: Sequence[str], known: Knowledge) -> str:
    """Which wishes cannot be met together, and what stands between them."""
    named = [f'"{wish_line(w)}"' for w in wishes]
    why = " ".join(dict.fromkeys(rule_line(r, known) for r in because))
    if len(named) == 1:
        return f"{named[0]} cannot be met this week. {why}".strip()
    return f"{listed(named, 'and')} cannot all be met this week. {why}".strip()


def unmet_line(broken: WishBroken) -> str:
    return f'Not met this week: "{wish_line(broken.wish)}".'


def left_out_line(item: WeekItem, because: Sequence[str], known: Knowledge, units: Units, many: int = 1) -> str:
    """What found no place, and the rules that left it none. many: how many of its kind."""
    name = lowered(item_title(item, known, units)) if many == 1 else f"{lowered(KINDS[item.kind])}, {many} times"
    if not because:
        return f"Left out: {name}; it fits no day well, and the week does without it."
    return f"No place for {name}. {' '.join(dict.fromkeys(rule_line(r, known) for r in because))}"


def named_line(named: str) -> str:
    """Why there is no calendar."""
    return _NAMED.get(named, _NAMED["nothing_to_place"])


def no_place_lines(week: WeekPlan, known: Knowledge, units: Units) -> tuple[str, ...]:
    """What found no place when the week was made, and why; in one line where no day was open at all."""
    if week.named in _CLOSED:
        return (named_line(week.named),) if week.placed else ()  # an empty week says it in place of its days
    alike: dict[tuple[ItemKind, tuple[str, ...]], list[WeekItem]] = {}
    for x in week.no_place:
        alike.setdefault((x.item.kind, x.because), []).append(x.item)
    return tuple(left_out_line(own[0], because, known, units, len(own)) for (_, because), own in alike.items())


def empty_line(week: WeekPlan) -> str:
    """What stands in place of the days of a calendar that holds nothing."""
    return named_line(week.named or "nothing_to_place")


RUNLESS: Final = {
    "be_seen": "You are to be seen before you run again, so no run stands here. Write down what the clinician says; "
    "when running opens again, the week is made again by itself.",
    "red": "Today is red, so no run stands here yet. Tell how it is each day; "
    "when running opens again, the week is made again by itself.",
    "paused": "Your plan has paused running, so no run stands here yet. It says what the first run waits for; "
    "when that is there, the week is made again by itself.",
}


_BE_SEEN_FIRST: Final = "You are to be seen before you run again. The runs here wait for that."
_RED_NOW: Final = "Today is red. A run here counts only once the light of its day allows it."


def red_now_line(week: WeekPlan, decision: Decision) -> str | None:
    """On a red day, over a calendar with runs on later days: they are no leave to run. None where there are none."""
    ahead = any(p.item.kind in RUN_KINDS and p.on > decision.on and not p.done for p in week.placed)
    if decision.light is not Light.RED or not ahead:
        return None
    return _BE_SEEN_FIRST if decision.headline in (Headline.BE_SEEN, Headline.EMERGENCY) else _RED_NOW


def changes_line(distance: Distance) -> str:
    """What is different from the calendar before."""
    if not distance.changes:
        return "Nothing moved."
    parts = [
        f"{count} {word}"
        for count, word in (
            (distance.days, "on another day"),
            (distance.hours, "at another hour"),
            (distance.gone, "gone"),
            (distance.new, "new"),
        )
        if count
    ]
    return f"{raised(', '.join(parts))}."


def race_today(advice: RaceAdvice, units: Units) -> str:
    """The next race on the day's card: when, what is sensible, and what decided it."""
    race, go = advice.race, advice.verdict is RaceVerdict.GO
    name = raised(race.name or distance_name(race.distance_m, units))
    why = "" if go or advice.waits else next((sentence(r, units) for r in advice.reasons if r.decided), "")
    return f"{name}, {away_line(race.on, advice.on)}: {lowered(headline(advice))} {why}".strip()


def race_lines(races: Sequence[RaceAdvice], units: Units) -> tuple[str, ...]:
    """What is to be said of the week's races: the verdict and what decided it; nothing where it is a plain go."""
    found = []
    for advice in races:
        if advice.verdict is RaceVerdict.GO:
            continue
        out = advice.verdict in (RaceVerdict.NO, RaceVerdict.NOT_NOW)
        name = advice.race.name or distance_name(advice.race.distance_m, units)
        later = "not in this week for now" if advice.waits else "not in this week"
        where = later if out else f"on {day_name(advice.race.on)}"
        why = "" if advice.waits else next((sentence(r, units) for r in advice.reasons if r.decided), "")
        found.append(f"{raised(name)}, {where}: {lowered(headline(advice))} {why}".strip())
    return tuple(found)


def daily(kind: ItemKind) -> bool:
    """Whether a calendar may fold it: it stands on most days."""
    return kind in (ItemKind.HOME_SET, ItemKind.MOBILITY)
