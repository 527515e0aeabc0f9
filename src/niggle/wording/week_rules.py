"""The rules of a week in words: what to do, then what stands too close. And what everything in a calendar is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from niggle.core.plan import ItemKind
from niggle.core.reasons import FactValue
from niggle.wording.places import number
from niggle.wording.units import Units, days, pain, percent

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

KINDS: Final[Mapping[ItemKind, str]] = {
    ItemKind.RUN_EASY: "Easy run",
    ItemKind.RUN_MEDIUM: "Medium long run",
    ItemKind.RUN_LONG: "Long run",
    ItemKind.RUN_WALK: "Run and walk",
    ItemKind.STRIDES: "Strides",
    ItemKind.HILLS: "Hills",
    ItemKind.SPEED: "Speed",
    ItemKind.RACE: "Race",
    ItemKind.STRENGTH_A: "Strength A",
    ItemKind.STRENGTH_B: "Strength B",
    ItemKind.STRENGTH: "Strength",
    ItemKind.PLYOMETRICS: "Jumps",
    ItemKind.HOME_SET: "Daily set at home",
    ItemKind.CROSS_TRAINING: "Cross-training",
    ItemKind.MOBILITY: "Mobility",
    ItemKind.TEST: "Tests",
    ItemKind.WALK: "Walk",
}
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_THE: Final[Mapping[str, str]] = {
    ItemKind.RUN_EASY: "the easy run", ItemKind.RUN_MEDIUM: "the medium long run", ItemKind.RUN_LONG: "the long run",
    ItemKind.RUN_WALK: "the run-walk session", ItemKind.STRIDES: "strides", ItemKind.HILLS: "the hills",
    ItemKind.SPEED: "the fast session", ItemKind.RACE: "the race", ItemKind.STRENGTH_A: "strength A",
    ItemKind.STRENGTH_B: "strength B", ItemKind.STRENGTH: "strength", ItemKind.PLYOMETRICS: "the jumps",
    ItemKind.HOME_SET: "the daily set", ItemKind.CROSS_TRAINING: "cross-training", ItemKind.MOBILITY: "mobility",
    ItemKind.TEST: "the tests", ItemKind.WALK: "the walk",
}  # fmt: skip
STRESSORS: Final[Mapping[str, str]] = {
    "distance": "more distance", "strides": "strides", "uphill": "hills", "downhill": "long descents",
    "speed": "fast running", "plyometrics": "jumps", "trail": "trails", "long": "a long run",
}  # fmt: skip


def day_name(on: date | int) -> str:
    """Tuesday; 0 is Monday."""
    return DAYS[on.weekday() if isinstance(on, date) else on % 7]


def clock(start_min: int) -> str:
    """18:00, from minutes after midnight."""
    return f"{start_min // 60:02d}:{start_min % 60:02d}"


def the(kind: FactValue, otherwise: str = "this session") -> str:
    """A kind inside a sentence: "the long run"."""
    return _THE.get(str(kind), otherwise)


def hours(value: float | None) -> str:
    if value is None:
        return "too few hours"
    whole = f"{value:.1f}".removesuffix(".0")
    return "no hour" if value <= 0 else "1 hour" if whole == "1" else f"{whole} hours"


def _start(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


def _c01(facts: Facts, units: Units) -> str:
    if facts.get("ticked") is True:
        return (
            "Nothing fast, steep or springy today: heavy calf work was done a short while ago and needs its 36 hours."
        )
    gap = number(facts, "gap_h")
    what = the(facts.get("later"), "anything fast or springy")
    here = "" if gap is None else f" Here it is {hours(gap)}."
    return f"Leave 36 hours, better 48, between heavy calf work and {what}.{here}"


def _c02(facts: Facts, units: Units) -> str:
    return f"Keep the day after heavy strength easy; {the(facts.get('later'))} asks for more."


def _c03(facts: Facts, units: Units) -> str:
    gap, limit = number(facts, "gap_h"), number(facts, "limit_h")
    if gap is None:
        return "One hard thing at a time: leave a day between heavy strength and hard running."
    least = "" if limit is None else f", {hours(limit)} is the least"
    first, then = the(facts.get("earlier")), the(facts.get("later"))
    return f"One hard thing at a time: only {hours(gap)} between {first} and {then}{least}."


def _c04(facts: Facts, units: Units) -> str:
    what, minutes = the(facts.get("later"), "the long run"), number(facts, "minutes")
    if minutes is not None:
        limit = number(facts, "limit_min") or 30
        return (
            f"Keep the day before {what} quiet: {units.duration(minutes * 60)} is more than {limit:.0f} easy minutes."
        )
    return f"Keep the day before {what} quiet: rest, or half an hour of something easy."


def _c05(facts: Facts, units: Units) -> str:
    gap = number(facts, "gap_h")
    if gap is None:
        return "Let the two strength sessions differ, three days apart: the same one twice so close adds little."
    return f"Leave two days between strength sessions. Here it is {hours(gap)}."


def _c07(facts: Facts, units: Units) -> str:
    return (
        f"Rest or ride on the day after {the(facts.get('earlier'), 'the long run')}; {the(facts.get('later'))} waits."
    )


def _c08(facts: Facts, units: Units) -> str:
    long = number(facts, "finisher_min")
    if long is not None:
        return f"Five to eight minutes of pogo hops are enough; here it is {units.duration(long * 60)}."
    score = number(facts, "pain")
    if score is not None:
        return f"No pogo hops at {pain(score)}; they come back at 3 or less."
    return "Do pogo hops only at the end of strength A, and only with pain at 3 or less."


def _c12(facts: Facts, units: Units) -> str:
    if facts.get("later") == ItemKind.RACE:
        what = STRESSORS.get(str(facts.get("new")), "what is new")
        return f"Nothing new in the days before a race: {what} can wait until it is over."
    known = STRESSORS.get(str(facts.get("stressor")))
    return "One new thing a week." if known is None else f"One new thing a week: {known} can wait for the next one."


def _c13(facts: Facts, units: Units) -> str:
    if facts.get("earlier") is None:
        return "Leave a day between runs while you come back."
    return f"Leave a day between runs while you come back: {the(facts['earlier'])} and {the(facts.get('later'))}."


def _c15(facts: Facts, units: Units) -> str:
    cut = number(facts, "cut")
    if facts.get("race") is True:
        heavy = number(facts, "heavy_sessions")
        here = "" if heavy is None else f" Here are {heavy:.0f}."
        return f"One heavy strength session is enough in the week of a race.{here}"
    if cut is not None:
        return f"Take a third to a half off strength while you sharpen; here it is {percent(cut)}."
    return "Keep one heavy strength session a week while you sharpen; it never falls away."


def amount(facts: Facts, name: str, units: Units, unit: str | None) -> str:
    value = number(facts, name)
    return units.distance(value) if unit == "m" else units.duration(None if value is None else value * 60)


def _c16(facts: Facts, units: Units) -> str:
    return "Make this a lighter week; one is due after two or three that grew."


def _x06(facts: Facts, units: Units) -> str:
    count = number(facts, "heavy_sessions")
    here = "" if count is None else f" Here are {count:.0f}."
    return f"Two heavy strength sessions a week are enough.{here}"


def _r07(facts: Facts, units: Units) -> str:
    if facts.get("light") == "red":
        return f"Not on a red light: {the(facts.get('kind'), 'running')} waits until it is over."
    left = number(facts, "sessions_left")
    if left is not None:
        runs = "next run stays" if left == 1 else f"next {left:.0f} runs stay"
        return f"After yellow the {runs} plain: no strides, hops, steady block or long descent."
    return "The last light changes the next sessions: shorter and plainer after yellow, no running after red."


def _own(text: str, without: str) -> Sentence:
    def say(facts: Facts, units: Units) -> str:
        kind = facts.get("kind")
        return without if kind is None else _start(text.format(what=the(kind)))

    return say


def _w05(facts: Facts, units: Units) -> str:
    return f"Running is not open yet, so {the(facts.get('kind'), 'this run')} cannot stand here."


def quiet_days(facts: Facts, units: Units) -> str:
    found = number(facts, "quiet_days")
    here = "" if found is None else f" This week has {days(found) if found else 'none'}."
    return f"Keep at least one day a week without running or jumping.{here}"


SENTENCES: Final[dict[str, Sentence]] = {
    "RP-C01": _c01,
    "RP-C02": _c02,
    "RP-C03": _c03,
    "RP-C04": _c04,
    "RP-C05": _c05,
    "RP-C06": _plain("Choose a long run without long descents while this plan is open; they come back late."),
    "RP-C07": _c07,
    "RP-C08": _c08,
    "RP-C09": _plain("Run strides only on quiet days: a final green, and no stiffer than usual in the morning."),
    "RP-C10": _plain("Keep the ten steady minutes for calm days, not for the day of heavy calf work or the one after."),
    "RP-C11": _plain("With symptoms, run and walk in turns from the start instead of running on."),
    "RP-C12": _c12,
    "RP-C13": _c13,
    "RP-C14": quiet_days,
    "RP-C15": _c15,
    "RP-C16": _c16,
    "RP-X06": _x06,
    "RP-R07": _r07,
    "PLAN-W01": _plain("Two things stand at the same time; move one of them."),
    "PLAN-W02": _own("{what} lies outside the times you have.", "This lies outside the times you have."),
    "PLAN-W03": _own("{what} needs a gym, and you have none at that time.", "This needs a gym; you have none then."),
    "PLAN-W04": _own(
        "You are away, ill or only just well on that day, so {what} cannot stand there.",
        "You are away, ill or only just well then.",
    ),
    "PLAN-W05": _w05,
    "PLAN-W06": _own("{what} is on a day outside this week.", "This is on a day outside this week."),
    "PLAN-W09": _own("{what} has a day of its own and stays on it.", "This has a day of its own and stays on it."),
    "PLAN-W10": _plain("As things stand this race is not to be run, so it has no place in the week."),
    "PLAN-W11": _plain("One run a day is enough while a plan is open; two on a day add up to a longer one."),
    "PLAN-W08": _plain("You wished for fewer runs this week, so the least important one is left out."),
    "PLAN-W07": _plain("The plan has no such session this week, so a wish for it changes nothing."),
}
