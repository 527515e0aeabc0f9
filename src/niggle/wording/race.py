"""Races and breaks in words: what to do about the race, why, what is still to be said, and how long fitness takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from niggle.core.fitness import Kept, Regain
from niggle.core.plan import Importance, Race
from niggle.core.race import Condition, Pivot, RaceAdvice, RaceVerdict
from niggle.core.reasons import Fact, FactValue
from niggle.core.units import MARATHON_M
from niggle.wording.gates import QUESTIONS, weeks
from niggle.wording.lists import listed, lowered
from niggle.wording.places import number
from niggle.wording.units import Units, days, percent

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

_SAME_M: Final = 150.0  # 21.1 typed for a half marathon

VERDICTS: Final[Mapping[RaceVerdict, str]] = {
    RaceVerdict.GO: "Go",
    RaceVerdict.CONDITIONS: "Go, with conditions",
    RaceVerdict.BORDERLINE: "Borderline",
    RaceVerdict.NOT_NOW: "Not now",
    RaceVerdict.NO: "No",
    RaceVerdict.CANNOT_SAY: "Cannot say yet",
}
HEADLINES: Final[Mapping[RaceVerdict, str]] = {
    RaceVerdict.GO: "Race as you trained for it. Keep looking at your body until the start.",
    RaceVerdict.CONDITIONS: "You may start, with lower stakes: slower, as training, and off the course at a red sign.",
    RaceVerdict.BORDERLINE: "Better leave it. If you start: slow, as training, and off the course at a red sign.",
    RaceVerdict.NOT_NOW: "Not this race as planned. Take a lower goal, a shorter race or a later one.",
    RaceVerdict.NO: "Do not run this race. A later one costs less than a season.",
    RaceVerdict.CANNOT_SAY: "Answer what is missing first.",
}
CONDITIONS: Final[Mapping[Condition, str]] = {
    Condition.TAPE: "Tape or brace it, if that is what you do.",
    Condition.SLOWER: "Start slower than planned and stay there.",
    Condition.AS_TRAINING: "Treat it as a training run, without a goal time.",
    Condition.DROP_RULE: "Step off at strong or sharp pain, a limp or a changed stride, however near the finish.",
}
PIVOTS: Final[Mapping[Pivot, str]] = {
    Pivot.LATER_RACE: "A later race.",
    Pivot.SHORTER_RACE: "A shorter race on the same day.",
    Pivot.LATER_SHORTER_RACE: "A later and shorter race.",
    Pivot.LOWER_GOAL: "A lower goal: to finish, not to race.",
    Pivot.CROSS_TRAIN: "Keep your endurance with cross-training that does not hurt.",
}
DOCTOR: Final = "Because it means so much to you: talk it through with a sports doctor before you decide."
AGAIN_DAILY: Final = "It is race week: look here again every day."
ON_THE_DAY: Final = "It is race day: if anything changes before the start, check in and look once more."
WAIT: Final = "Wait"  # a light of today, weeks before: no verdict on the race
AS_IT_STANDS: Final = "No, as it stands"
LATER: Final = "If it does not settle in time"  # over the pivots of a race that is too far off to be decided today
NOT_THERE: Final = "If your runs do not get there in time"
INSTEAD: Final = "Instead"
NO_RACE: Final = "No race is on the calendar. Add one and you will read here whether it is sensible."
ROUGH: Final = "Rule of thumb: ranges of runners in general. They never raise what your plan or the week allows."


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that only she can answer. key: an answer's key, "prepared" (of the race), or where to answer it.

    kind: yes_no, percent, number, link. where: "tell" (an answer), "race", "checkin", "profile", "tests", "shoes".
    """

    key: str
    question: str
    kind: str
    where: str


def ask(missing: str) -> Ask:
    """The question behind a name of RaceAdvice.missing."""
    if missing == "checkin":
        return Ask(missing, "Check in today and answer the morning after your last run.", "link", "checkin")
    if missing == "prepared":
        return Ask(missing, "Were you training towards this distance before it hurt?", "yes_no", "race")
    if missing == "pain_free_run":
        text = "Check in after your runs and the morning after; the longest painless one counts."
        return Ask(missing, text, "link", "checkin")
    question, kind = QUESTIONS[missing]
    return Ask(missing, question, kind, "tell")


def day_line(on: date) -> str:
    """Sunday 7 March 2027."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def distance_name(distance_m: float, units: Units) -> str:
    if abs(distance_m - MARATHON_M) <= _SAME_M:
        return "Marathon"
    if abs(distance_m - MARATHON_M / 2) <= _SAME_M:
        return "Half marathon"
    return units.distance(distance_m)


def away_line(on: date, today: date) -> str:
    """today, tomorrow, in 5 days, in 15 weeks."""
    left = (on - today).days
    if left <= 1:
        return "today" if left == 0 else "tomorrow"
    return f"in {days(left)}" if left < 14 else f"in {left // 7} weeks"


def race_title(race: Race, today: date, units: Units) -> str:
    """Half marathon, Sunday 7 March 2027, in 15 weeks; her name for it first."""
    what = distance_name(race.distance_m, units)
    named = f"{race.name} ({lowered(what)})" if race.name else what
    return f"{named}, {day_line(race.on)}, {away_line(race.on, today)}"


def headline(advice: RaceAdvice) -> str:
    """What to do about the race. A light of today does not decide one that is weeks away."""
    if advice.waits:
        light = str(advice.reasons[0].fact("light"))
        return f"A {light} day does not decide it yet. Look again when the light is green."
    if _may_grow(advice):
        return f"Not as you run now, with {weeks((advice.race.on - advice.on).days // 7)} left for longer runs."
    return HEADLINES[advice.verdict]


def verdict(advice: RaceAdvice) -> str:
    """The answer in a word or two."""
    if advice.waits:
        return WAIT
    return AS_IT_STANDS if _may_grow(advice) else VERDICTS[advice.verdict]


def _may_grow(advice: RaceAdvice) -> bool:
    """The longest run is too short, and race week is not yet there."""
    short = advice.verdict is RaceVerdict.NO and advice.reasons[0].fact("ratio") is not None
    return short and not advice.again_daily


def pivots_title(advice: RaceAdvice) -> str:
    return LATER if advice.waits else NOT_THERE if _may_grow(advice) else INSTEAD


def notes(advice: RaceAdvice, units: Units) -> tuple[str, ...]:
    """What goes with the verdict: what would change it, the doctor, race week."""
    found = []
    if advice.open_points and not advice.again_daily:
        wanted = [w for w in (_wanted(f, units) for f in advice.open_points) if w]
        found.append(f"{'What will decide' if advice.waits else 'What would change that'}: {listed(wanted, 'and')}.")
    if advice.doctor:
        found.append(DOCTOR)
    if advice.again_daily:
        found.append(ON_THE_DAY if advice.race.on == advice.on else AGAIN_DAILY)
    if advice.race.importance is Importance.ONCE_IN_LIFE and advice.verdict in (RaceVerdict.NO, RaceVerdict.NOT_NOW):
        found.append("However rare this race is: the rule is the same for every race.")
    return tuple(found)


def _wanted(fact: Fact, units: Units) -> str:
    """What a better answer needs, after a colon."""
    match fact.name:
        case "red_flag":
            return "a professional's look at the warning sign"
        case "cleared":
            return "a clinician's clearance"
        case "light":
            return "a green light"
        case "pain_free_m":
            return f"a painless run of {units.distance(float(fact.value or 0))}"
        case "healed_percent":
            return f"about {float(fact.value or 0):.0f}\u00a0% healed, as you feel it"
    return ""


def fitness_lines(regain: Regain, kept: Kept, restart: tuple[float, float] | None, units: Units) -> tuple[str, ...]:
    """What a break has cost and how long the way back takes; the last line says how sure that is."""
    off, left = weeks(regain.weeks_off), percent(kept.without)
    trained = percent(kept.with_cross_training)
    lines = [
        f"After {off} without running about {left} of your endurance is still there; about {trained} with "
        "cross-training of the legs three times a week.",
        regain_line(regain),
        restart_line(restart),
        ROUGH,
    ]
    return tuple(lines)


def regain_line(regain: Regain) -> str:
    low, high = round(regain.low_weeks), round(regain.high_weeks)
    span = f"{low} to {high} weeks" if low != high else weeks(high)
    upper = round(regain.upper_weeks)
    most = f", {upper} if you are careful" if upper > high else ""
    return f"Expect {span} until you are back where you were{most}."


def restart_line(share: tuple[float, float] | None) -> str:
    """How to begin again."""
    if share is None:
        return "Begin again by walking and running, not with a share of your old week."
    low, high = share
    if low >= 1:
        return "After so few days go on as before."
    span = percent(low) if low == high else f"{low * 100:.0f} to {percent(high)}"
    return f"Begin again with at most {span} of your old week."


def _r17(facts: Facts, units: Units) -> str:
    ratio, limit, healed = number(facts, "ratio"), number(facts, "limit"), number(facts, "healed_percent")
    if facts.get("red_flag") is True:
        return "A warning sign is open. It has to be looked at before any race."
    if facts.get("cleared") is False:
        return "A bone injury is not cleared. Without a clinician's clearance there is no race."
    if facts.get("prepared") is False:
        return "You were not training towards this distance."
    if ratio is not None and limit is not None:
        short = "and that is too short" if ratio < limit else "and that is enough"
        return f"Your longest painless run is {percent(ratio)} of the distance, {short}: {percent(limit)} is wanted."
    light, left = facts.get("light"), number(facts, "days_left")
    if light in ("red", "yellow"):
        if left is not None:
            return f"The light is {light}: what hurts has to settle first, and there is time for it."
        return "The light is red." if light == "red" else "The light is yellow: what hurts has to settle first."
    if healed is not None:
        return f"You say it is {healed:.0f}\u00a0% healed; about 90\u00a0% is wanted before a race."
    missing = str(facts.get("missing") or "").split()
    if missing:
        return f"Still missing: {listed([_MISSING.get(m, m.replace('_', ' ')) for m in missing], 'and')}."
    return "A race is judged by warning signs, preparation, your longest painless run, the light and how healed it is."


_MISSING: Final[Mapping[str, str]] = {
    "checkin": "a check-in for today's light",
    "prepared": "whether you trained for this distance",
    "pain_free_run": "your longest painless run",
    "says_healed_percent": "how healed it feels",
}


def _r18(facts: Facts, units: Units) -> str:
    left = number(facts, "weeks")
    time = "so little time" if left is None else weeks(left)
    return f"A bone injury and {time} to go: choose a later, shorter race and keep your base by cross-training."


def _r19(facts: Facts, units: Units) -> str:
    return (
        "In the race: step off at strong or sharp pain, a limp or a changed stride. Walk back only if it is painless."
    )


def _r16(facts: Facts, units: Units) -> str:
    off = number(facts, "weeks_off")
    if off is None:
        return "Fitness comes back in about as many weeks as you were off, up to twice as many. A rough range."
    how = " with regular cross-training" if facts.get("cross_training") == "regular" else ""
    return f"The range for {weeks(off)} off{how}. Rough on purpose."


def _fit(facts: Facts, units: Units) -> str:
    off = number(facts, "days_off")
    if off is None:
        return "Endurance fades slowly: nothing in the first days, then little by little (rule of thumb)."
    return f"What is left after {days(off)} is read off a straight line through published figures (rule of thumb)."


SENTENCES: Final[Mapping[str, Sentence]] = {
    "RTR-R16": _r16,
    "RTR-R17": _r17,
    "RTR-R18": _r18,
    "RTR-R19": _r19,
    "SCI-FIT": _fit,
}
