"""Sentences of the load rules: what to do, then why. Rules without a published number say "rule of thumb"."""

from __future__ import annotations

from typing import Final

from niggle.wording import shoes
from niggle.wording.load_facts import Facts, Sentence, amount, listed, number, text, times, told, yes
from niggle.wording.units import Units, percent
from niggle.wording.units import days as say_days

_KINDS: Final = {
    "speed": "fast running",
    "sprint": "sprinting",
    "hills": "hill work",
    "plyometric": "jumps",
}
_STARTERS: Final = {
    "speed": "Start with four strides of 20 seconds.",
    "sprint": "Start with four strides of 20 seconds, not flat out.",
    "hills": "Start with two or three short climbs.",
    "plyometric": "Start with a few low hops.",
}
_GROUND: Final = {
    "road": "road", "concrete": "concrete", "trail": "trail", "grass": "grass", "track": "track",
    "treadmill": "the treadmill", "sand": "sand", "hilly": "hilly ground",
}  # fmt: skip
MODIFIERS: Final = {
    "short_sleep": "short nights",
    "missed_periods": "missed periods",
    "under_eating": "eating too little",
    "worn_shoe": "a worn shoe",
    "prior_bone_injury": "an earlier bone injury",
    "heavy_legs": "heavy legs",
}
STRESSORS: Final = {
    "weekly_volume": "more volume", "longest_run": "a longer run", "back_to_back_long": "two long runs in a row",
    "back_to_back_races": "races close together", "novel_intensity": "fast running", "sprint": "sprints",
    "uphill": "more climbing", "downhill": "more descent", "surface_swap": "another ground",
    "shoe_geometry": "a shoe of another shape", "shoe_category": "a shoe of another kind",
    "plated_shoe": "a plated shoe", "plyometrics": "jumps", "heavy_strength": "heavy strength work",
    "landing_change": "another way of landing",
}  # fmt: skip


def _gate(facts: Facts, units: Units) -> str:
    state = text(facts, "state")
    distance, longest = units.distance(number(facts, "distance_m")), units.distance(number(facts, "longest_m"))
    if state == "not_calculable":
        return (
            "Start short and easy. You have no run in the last 30 days to compare with, so the step cannot be judged."
        )
    if state == "reference":
        return f"{distance} is within reach of your longest run of the last 30 days ({longest}). That is no promise."
    step = {"small": "a small", "moderate": "a clear", "large": "a very large"}.get(state, "a")
    rates = {"small": "1.6 times", "moderate": "1.5 times", "large": "2.3 times"}.get(state, "more than once")
    return (
        f"{distance} is {step} step up: {times(facts)} your longest run of the last 30 days ({longest}). "
        f"In a large study, runs like this came with {rates} the overuse injuries. That speaks of groups, not of you."
    )


def _second_longest(facts: Facts, units: Units) -> str:
    return (
        "Keep to runs you know for a week. You set a new longest run more than once in seven days, and together they "
        f"go well past {units.distance(number(facts, 'longest_m'))}. Rule of thumb."
    )


def _growth(facts: Facts, units: Units) -> str:
    week, reference = amount(facts, "week", units), amount(facts, "reference", units)
    growth = percent(number(facts, "growth") or 0.0, signed=True)
    verdict = text(facts, "verdict")
    plan = yes(facts, "planned")
    if verdict == "doubling":
        lead = "Plan less" if plan else "Let next week be smaller"
        return f"{lead}. {week} is twice your usual week ({reference}) or more, a classic way into injury."
    if verdict == "growth_cap":
        lead = "Plan less" if plan else "Hold back for the rest of the week"
        return f"{lead}. {week} is {growth} on {reference}; coming back, 15 % is the most."
    if yes(facts, "after_cutback"):
        lead = "Go back to your old week, not past it" if plan else "Hold here"
        return f"{lead}. {week} after an easy week is more than the {reference} before it."
    lead = "Take a smaller step" if plan else "Hold back for the rest of the week"
    return f"{lead}. {week} is {growth} on your last full week ({reference}). About 10 % is a fair guardrail."


def _cutback(facts: Facts, units: Units) -> str:
    limit, highest = amount(facts, "limit", units), amount(facts, "highest", units)
    weeks = round(number(facts, "build_weeks") or 0)
    if yes(facts, "climbing"):
        return f"You have built for {weeks} weeks, up to {highest}. With {limit} at most this one lets you catch up."
    return f"You have run {weeks} weeks, up to {highest}, without an easier one. One (up to {limit}) is due."


def _stacked(facts: Facts, units: Units) -> str:
    what = listed(text(facts, "codes"), STRESSORS)
    lead = "Stop adding new things" if yes(facts, "blocked") else "Add nothing else new this week"
    return f"{lead}. {what[:1].upper()}{what[1:]} came within seven days; one change at a time lets you adapt."


def _spacing(facts: Facts, units: Units) -> str:
    hours = f"{number(facts, 'gap_h') or 0:.0f} hours"
    if yes(facts, "strides"):
        return f"Strides only if your legs are quiet today. Heavy calf work ended {hours} before; easy running is fine."
    if yes(facts, "blocked"):
        move = "Move it" if yes(facts, "planned") else "Next time leave more room"
        return f"{move}: only {hours} after heavy calf work. Tendons need 36 at least, better 48. Easy running is fine."
    return (
        f"Better wait until 48 hours have passed. It is {hours} after heavy calf work, the edge of what tendons like."
    )


def _downhill(facts: Facts, units: Units) -> str:
    down, largest = units.height(number(facts, "descent_m")), number(facts, "largest_m")
    if yes(facts, "used_to_it"):
        return (
            f"{down} of descent is a lot, but your last weeks had as much. An easy day after it is the rule of thumb."
        )
    than = "" if largest is None else f" Your most in 28 days was {units.height(largest)}."
    jump = f"{down} of descent is a jump.{than}"
    return f"Leave two days without downhill after it. {jump} Build descents in small steps (rule of thumb)."


def _uphill(facts: Facts, units: Units) -> str:
    return (
        f"Leave two flat days after it. {units.height(number(facts, 'ascent_m'))} of climbing is a jump from "
        f"{units.height(number(facts, 'largest_m'))}; it pulls on calf, Achilles tendon and sole."
    )


def _novel(facts: Facts, units: Units) -> str:
    kind, since = text(facts, "kind"), number(facts, "days_since")
    ago = "is new in your log" if since is None else f"was last in your log {say_days(since)} ago"
    words = _KINDS.get(kind, kind)
    return f"{_STARTERS.get(kind, 'Start small.')} {words[:1].upper()}{words[1:]} {ago}. Six weeks is a rule of thumb."


def _back_to_back(facts: Facts, units: Units) -> str:
    first, second = units.distance(number(facts, "first_m")), units.distance(number(facts, "second_m"))
    return (
        f"Keep the two days after short. You ran long on two days in a row ({first}, then {second}). "
        "Rule of thumb for what counts as long."
    )


def _longer(facts: Facts, units: Units) -> str:
    return (
        f"Keep the next runs shorter. {units.distance(number(facts, 'distance_m'))} is {times(facts)} your longest of "
        f"30 days ({units.distance(number(facts, 'longest_m'))}); up to 1.1 is the rule of thumb."
    )


def _ground(facts: Facts, units: Units) -> str:
    ground = text(facts, "ground")
    part = number(facts, "share") or 0.0
    # rounded up it would read as the limit itself
    share = f"less than {percent(0.1)}" if round(part, 2) >= 0.1 else percent(part)
    before = f"which was {share} of your last four weeks" if round(part, 2) else "the first in four weeks or nearly so"
    return (
        f"Make the next visit short. You ran a full run on {_GROUND.get(ground, ground)}, {before}. "
        "Rule of thumb: try unusual ground in small doses."
    )


def _rest(facts: Facts, units: Units) -> str:
    if text(facts, "kind") == "consecutive":
        return "Leave a day between runs for now. Coming back, tissue is judged the night and morning after each run."
    count = say_days(number(facts, "days") or 7)
    return f"Take a day without impact. You ran on each of the last {count}; rest is where you adapt."


def _yellow(facts: Facts, units: Units) -> str:
    return "Run 10 to 20 % less and leave out downhill and track for your next two sessions. Your light is yellow."


def _capacity(facts: Facts, units: Units) -> str:
    why = listed(text(facts, "modifiers"), MODIFIERS)
    return f"Take steps of 5 % at most for now. {why[:1].upper()}{why[1:]} lower what you can take (rule of thumb)."


def _lost(facts: Facts, units: Units) -> str:
    why = listed(text(facts, "modifiers"), MODIFIERS)
    return f"Go easy today. {why[:1].upper()}{why[1:]}: the same run costs more when you are run down."


def _acute(facts: Facts, units: Units) -> str:
    return "Stop for today and answer the warning-sign questions. A sudden moment is handled as an injury, not as load."


def _tiny(facts: Facts, units: Units) -> str:
    if yes(facts, "ladder"):
        return "Follow the steps of your ladder. Percentages do not count on it (rule of thumb)."
    return "Grow by small steps and by feel. With under half an hour a week, percentages say nothing (rule of thumb)."


def _swap(facts: Facts, units: Units) -> str:
    count = round(number(facts, "injuries") or 0)
    return f"Swap one run for strength work. You are at your limit and had {count} injuries in a year (rule of thumb)."


def _races(facts: Facts, units: Units) -> str:
    gap, needed = say_days(number(facts, "gap_days") or 0), say_days(number(facts, "needed_days") or 0)
    last = units.distance(number(facts, "last_m"))
    return f"Run easy for a while. You raced {gap} after a race of {last}; {needed} would be fairer (rule of thumb)."


def _sprint(facts: Facts, units: Units) -> str:
    return told(facts, units)


def _strength(facts: Facts, units: Units) -> str:
    if facts.get("told"):
        return told(facts, units)
    what = "Heavy calf work" if yes(facts, "calf") else "Heavy strength work"
    since = number(facts, "days_since")
    ago = "is new in your log" if since is None else f"comes after {say_days(since)} without"
    return f"Leave two easy days after it. {what} {ago}, and strength work is load too."


def _no_recovery(facts: Facts, units: Units) -> str:
    weeks = round(number(facts, "build_weeks") or 0)
    return f"Plan an easier week. You have run {weeks} weeks without one; four is the limit."


def _weight(facts: Facts, units: Units) -> str:
    if facts.get("told"):
        return told(facts, units)
    return "Keep runs with a backpack short at first. The extra weight goes through back, hips and feet."


def _day_load(facts: Facts, units: Units) -> str:
    hours = number(facts, "standing_h")
    if hours is None:
        return told(facts, units)
    return f"Count your day as training. {hours:.0f} hours on your feet load the same tissues as running."


def _returning(facts: Facts, units: Units) -> str:
    off = say_days(number(facts, "days_off") or 0)
    if yes(facts, "ladder"):
        lost = "tissue has lost more than your breath shows (rule of thumb)"
        return f"Come back with walk-run intervals. After {off} without running, {lost}."
    done = number(facts, "done")
    so_far = "" if done is None else f" You have {units.distance(done)} already."
    return (
        f"Keep this first week back to {units.distance(number(facts, 'limit'))}. You had {off} off and ran "
        f"{units.distance(number(facts, 'old_week'))} a week before.{so_far} Rule of thumb."
    )


def _tissue(facts: Facts, units: Units) -> str:
    ratio = number(facts, "ratio")
    word = "–" if ratio is None else percent(ratio - 1, signed=True)
    tissue = text(facts, "tissue")
    return f"Load on the {tissue} would be {word} on its usual week. Rule of thumb: bookkeeping, not a measurement."


SENTENCES: Final[dict[str, Sentence]] = {
    "SCI-GATE": _gate,
    "SCI-LONGEST": _second_longest,
    "LOAD-R01": _growth,
    "LOAD-R02": _cutback,
    "LOAD-R03": _stacked,
    "LOAD-R04": shoes.shoe_volume,
    "LOAD-R05": _spacing,
    "LOAD-R06": _downhill,
    "LOAD-R07": _novel,
    "LOAD-R08": _back_to_back,
    "LOAD-R09": _longer,
    "LOAD-R10": _ground,
    "LOAD-R11": _rest,
    "LOAD-R12": _yellow,
    "LOAD-R13": _capacity,
    "LOAD-R14": _acute,
    "LOAD-R15": _tiny,
    "LOAD-R16": _swap,
    "LOAD-TISSUE": _tissue,
    "LOAD-S04": _races,
    "LOAD-S06": _sprint,
    "LOAD-S07": _uphill,
    "LOAD-S09": told,
    "LOAD-S10": told,
    "LOAD-S11": shoes.geometry,
    "LOAD-S12": shoes.category,
    "LOAD-S14": shoes.plated,
    "LOAD-S15": told,
    "LOAD-S16": _strength,
    "LOAD-S17": _no_recovery,
    "LOAD-S19": _weight,
    "LOAD-S20": _day_load,
    "LOAD-S21": _lost,
    "LOAD-S22": _returning,
    "LOAD-S23": told,
    "SHOE-R01": shoes.shoe_age,
    "SHOE-R02": shoes.new_share,
    "SHOE-R03": shoes.second_pair,
    "SHOE-R04": shoes.toes,
    "SHOE-R05": shoes.insole,
    "SHOE-R06": shoes.camber,
}
