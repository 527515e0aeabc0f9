"""Sentences of the load rules: what to do, then why. Rules without a published number say "rule of thumb"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.reasons import FactValue
from niggle.wording.units import Units, percent
from niggle.wording.units import days as say_days

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

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
_TOLD: Final = {
    "carried_weight": "You carried extra weight.",
    "day_load": "Your day loaded your legs as well.",
    "landing_change": "You changed how you land.",
    "sprint": "You sprinted or pushed off hard.",
    "surface_swap": "You changed the ground you run on.",
    "one_sided_ground": "You ran on ground that slopes to one side.",
    "plyometrics": "You added jumps.",
    "heavy_strength": "You added heavy strength work.",
}


def _f(facts: Facts, name: str) -> float | None:
    value = facts.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _s(facts: Facts, name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def _yes(facts: Facts, name: str) -> bool:
    return facts.get(name) is True


def _amount(facts: Facts, name: str, units: Units) -> str:
    value = _f(facts, name)
    return units.duration(value) if _yes(facts, "by_time") else units.distance(value)


def _times(facts: Facts, name: str = "ratio") -> str:
    value = _f(facts, name)
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") + " times"


def _list(text: str, words: Mapping[str, str]) -> str:
    names = [words.get(n, n.replace("_", " ")) for n in text.split(",") if n]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def _gate(facts: Facts, units: Units) -> str:
    state = _s(facts, "state")
    distance, longest = units.distance(_f(facts, "distance_m")), units.distance(_f(facts, "longest_m"))
    if state == "not_calculable":
        return (
            "Start short and easy. You have no run in the last 30 days to compare with, so the step cannot be judged."
        )
    if state == "reference":
        return f"{distance} is within reach of your longest run of the last 30 days ({longest}). That is no promise."
    step = {"small": "a small", "moderate": "a clear", "large": "a very large"}.get(state, "a")
    rates = {"small": "1.6 times", "moderate": "1.5 times", "large": "2.3 times"}.get(state, "more than once")
    return (
        f"{distance} is {step} step up: {_times(facts)} your longest run of the last 30 days ({longest}). "
        f"In a large study, runs like this came with {rates} the overuse injuries. That speaks of groups, not of you."
    )


def _second_longest(facts: Facts, units: Units) -> str:
    return (
        "Keep to runs you know for a week. You set a new longest run more than once in seven days, and together they "
        f"go well past {units.distance(_f(facts, 'longest_m'))}. Rule of thumb."
    )


def _growth(facts: Facts, units: Units) -> str:
    week, reference = _amount(facts, "week", units), _amount(facts, "reference", units)
    growth = percent(_f(facts, "growth") or 0.0, signed=True)
    verdict = _s(facts, "verdict")
    plan = _yes(facts, "planned")
    if verdict == "doubling":
        lead = "Plan less" if plan else "Let next week be smaller"
        return f"{lead}. {week} is twice your usual week ({reference}) or more, a classic way into injury."
    if verdict == "growth_cap":
        lead = "Plan less" if plan else "Hold back for the rest of the week"
        return f"{lead}. {week} is {growth} on {reference}; coming back, 15 % is the most."
    if _yes(facts, "after_cutback"):
        lead = "Go back to your old week, not past it" if plan else "Hold here"
        return f"{lead}. {week} after an easy week is more than the {reference} before it."
    lead = "Take a smaller step" if plan else "Hold back for the rest of the week"
    return f"{lead}. {week} is {growth} on your last full week ({reference}). About 10 % is a fair guardrail."


def _cutback(facts: Facts, units: Units) -> str:
    limit, highest = _amount(facts, "limit", units), _amount(facts, "highest", units)
    weeks = round(_f(facts, "build_weeks") or 0)
    if _yes(facts, "climbing"):
        return f"Make this an easy week: at most {limit}. You have built for {weeks} weeks, up to {highest}."
    return f"An easier week (up to {limit}) is due. You have run {weeks} weeks without one, up to {highest}."


def _stacked(facts: Facts, units: Units) -> str:
    what = _list(_s(facts, "codes"), STRESSORS)
    lead = "Stop adding new things" if _yes(facts, "blocked") else "Add nothing else new this week"
    return f"{lead}. {what[:1].upper()}{what[1:]} came within seven days; one change at a time lets you adapt."


def _shoe_volume(facts: Facts, units: Units) -> str:
    return (
        f"Keep your volume level while {_s(facts, 'shoe')} is new. {units.distance(_f(facts, 'week'))} in seven days "
        f"is more than your usual {units.distance(_f(facts, 'reference'))}. Give a new shape two weeks."
    )


def _spacing(facts: Facts, units: Units) -> str:
    hours = f"{_f(facts, 'gap_h') or 0:.0f} hours"
    if _yes(facts, "strides"):
        return f"Strides only if your legs are quiet today. Heavy calf work ended {hours} before; easy running is fine."
    if _yes(facts, "blocked"):
        move = "Move it" if _yes(facts, "planned") else "Next time leave more room"
        return f"{move}: only {hours} after heavy calf work. Tendons need 36 at least, better 48. Easy running is fine."
    return (
        f"Better wait until 48 hours have passed. It is {hours} after heavy calf work, the edge of what tendons like."
    )


def _downhill(facts: Facts, units: Units) -> str:
    down, largest = units.height(_f(facts, "descent_m")), _f(facts, "largest_m")
    if _yes(facts, "used_to_it"):
        return (
            f"{down} of descent is a lot, but your last weeks had as much. An easy day after it is the rule of thumb."
        )
    than = "" if largest is None else f" Your most in 28 days was {units.height(largest)}."
    jump = f"{down} of descent is a jump.{than}"
    return f"Leave two days without downhill after it. {jump} Build descents in small steps (rule of thumb)."


def _uphill(facts: Facts, units: Units) -> str:
    return (
        f"Leave two flat days after it. {units.height(_f(facts, 'ascent_m'))} of climbing is a jump from "
        f"{units.height(_f(facts, 'largest_m'))}; it pulls on calf, Achilles tendon and sole."
    )


def _novel(facts: Facts, units: Units) -> str:
    kind, since = _s(facts, "kind"), _f(facts, "days_since")
    ago = "is new in your log" if since is None else f"was last in your log {say_days(since)} ago"
    words = _KINDS.get(kind, kind)
    return f"{_STARTERS.get(kind, 'Start small.')} {words[:1].upper()}{words[1:]} {ago}. Six weeks is a rule of thumb."


def _back_to_back(facts: Facts, units: Units) -> str:
    return (
        f"Keep the two days after short. You ran long on two days in a row ({units.distance(_f(facts, 'first_m'))}, "
        f"then {units.distance(_f(facts, 'second_m'))}). Rule of thumb for what counts as long."
    )


def _longer(facts: Facts, units: Units) -> str:
    return (
        f"Keep the next runs shorter. {units.distance(_f(facts, 'distance_m'))} is {_times(facts)} your longest of "
        f"30 days ({units.distance(_f(facts, 'longest_m'))}); up to 1.1 is the rule of thumb."
    )


def _ground(facts: Facts, units: Units) -> str:
    ground = _s(facts, "ground")
    share = percent(_f(facts, "share") or 0.0)
    return (
        f"Make the next visit short. You ran a full run on {_GROUND.get(ground, ground)}, which was {share} of your "
        "last four weeks. Rule of thumb: try unusual ground in small doses."
    )


def _rest(facts: Facts, units: Units) -> str:
    if _s(facts, "kind") == "consecutive":
        return "Leave a day between runs for now. Coming back, tissue is judged the night and morning after each run."
    count = say_days(_f(facts, "days") or 7)
    return f"Take a day without impact. You ran on each of the last {count}; rest is where you adapt."


def _yellow(facts: Facts, units: Units) -> str:
    return "Run 10 to 20 % less and leave out downhill and track for your next two sessions. Your light is yellow."


def _capacity(facts: Facts, units: Units) -> str:
    why = _list(_s(facts, "modifiers"), MODIFIERS)
    return f"Take steps of 5 % at most for now. {why[:1].upper()}{why[1:]} lower what you can take (rule of thumb)."


def _lost(facts: Facts, units: Units) -> str:
    why = _list(_s(facts, "modifiers"), MODIFIERS)
    return f"Go easy today. {why[:1].upper()}{why[1:]}: the same run costs more when you are run down."


def _acute(facts: Facts, units: Units) -> str:
    return "Stop for today and answer the warning-sign questions. A sudden moment is handled as an injury, not as load."


def _tiny(facts: Facts, units: Units) -> str:
    if _yes(facts, "ladder"):
        return "Follow the steps of your ladder. Percentages do not count on it (rule of thumb)."
    return "Grow by small steps and by feel. With under half an hour a week, percentages say nothing (rule of thumb)."


def _swap(facts: Facts, units: Units) -> str:
    count = round(_f(facts, "injuries") or 0)
    return f"Swap one run for strength work. You are at your limit and had {count} injuries in a year (rule of thumb)."


def _races(facts: Facts, units: Units) -> str:
    gap, needed = say_days(_f(facts, "gap_days") or 0), say_days(_f(facts, "needed_days") or 0)
    last = units.distance(_f(facts, "last_m"))
    return f"Run easy for a while. You raced {gap} after a race of {last}; {needed} would be fairer (rule of thumb)."


def _told(facts: Facts, units: Units) -> str:
    return f"{_TOLD.get(_s(facts, 'told'), 'Something changed.')} Add nothing else new for a week."


def _sprint(facts: Facts, units: Units) -> str:
    return _told(facts, units)


def _geometry(facts: Facts, units: Units) -> str:
    parts = []
    for name, word in (("drop_change_mm", "drop"), ("stack_change_mm", "stack")):
        change = _f(facts, name)
        if change:
            parts.append(f"{word} {change:+.0f} mm")
    return (
        f"Wear {_s(facts, 'shoe')} for short runs first and keep your volume level for two weeks. "
        f"It differs from {_s(facts, 'old_shoe')}: {', '.join(parts)}."
    )


def _category(facts: Facts, units: Units) -> str:
    return (
        f"Ease into {_s(facts, 'shoe')}: short runs, in turn with the old pair. It is {_s(facts, 'category')}, the old "
        f"one {_s(facts, 'old_category')}."
    )


def _plated(facts: Facts, units: Units) -> str:
    return f"Keep {_s(facts, 'shoe')} for short, chosen sessions. A plate brings forces you have to get used to."


def _strength(facts: Facts, units: Units) -> str:
    if facts.get("told"):
        return _told(facts, units)
    what = "Heavy calf work" if _yes(facts, "calf") else "Heavy strength work"
    since = _f(facts, "days_since")
    ago = "is new in your log" if since is None else f"comes after {say_days(since)} without"
    return f"Leave two easy days after it. {what} {ago}, and strength work is load too."


def _no_recovery(facts: Facts, units: Units) -> str:
    weeks = round(_f(facts, "build_weeks") or 0)
    return f"Plan an easier week. You have run {weeks} weeks without one; four is the limit."


def _weight(facts: Facts, units: Units) -> str:
    if facts.get("told"):
        return _told(facts, units)
    return "Keep runs with a backpack short at first. The extra weight goes through back, hips and feet."


def _day_load(facts: Facts, units: Units) -> str:
    hours = _f(facts, "standing_h")
    if hours is None:
        return _told(facts, units)
    return f"Count your day as training. {hours:.0f} hours on your feet load the same tissues as running."


def _returning(facts: Facts, units: Units) -> str:
    off = say_days(_f(facts, "days_off") or 0)
    if _yes(facts, "ladder"):
        lost = "tissue has lost more than your breath shows (rule of thumb)"
        return f"Come back with walk-run intervals. After {off} without running, {lost}."
    done = _f(facts, "done")
    so_far = "" if done is None else f" You have {units.distance(done)} already."
    return (
        f"Keep this first week back to {units.distance(_f(facts, 'limit'))}. You had {off} off and ran "
        f"{units.distance(_f(facts, 'old_week'))} a week before.{so_far} Rule of thumb."
    )


def _shoe_age(facts: Facts, units: Units) -> str:
    shoe, way = _s(facts, "shoe"), units.distance(_f(facts, "distance_m"), 0)
    if _yes(facts, "worn_flag"):
        return f"Replace {shoe} soon. You say it feels dead ({way}), and that counts more than the number."
    stage = _s(facts, "stage")
    if stage == "retire":
        return f"Stop running in {shoe}. {way} is past what any shoe is good for."
    if stage == "replace":
        return f"Replace {shoe} now. {way} is the end of most shoes' life."
    if stage == "plan_replacement":
        return f"Look for a successor to {shoe}. {way}: its cushion is fading."
    return f"{shoe} has {way}. Its cushion begins to drop; nothing to do yet."


def _new_share(facts: Facts, units: Units) -> str:
    share, allowed = percent(_f(facts, "share") or 0.0), percent(_f(facts, "allowed") or 0.0)
    week = "first" if _f(facts, "week") == 1 else "second"
    did = f"{_s(facts, 'shoe')} did {share} of your running"
    return f"Use the old pair more. {did}; {allowed} is enough in its {week} week."


def _second_pair(facts: Facts, units: Units) -> str:
    shoe = _s(facts, "shoe")
    return f"Think of a second pair. All your runs are in {shoe}; taking turns varies the load (rule of thumb)."


def _toes(facts: Facts, units: Units) -> str:
    return "First give your toes room: a thumb's width in front, looser lacing over the sore spot."


def _insole(facts: Facts, units: Units) -> str:
    return "Ask a professional about insoles: injuries come back and you named a mechanical reason. A tool, no cure."


def _camber(facts: Facts, units: Units) -> str:
    share = percent(_f(facts, "share") or 0.0)
    if facts.get("told"):
        return _told(facts, units)
    return (
        f"Change sides or find flat ground. In {share} of your runs on sloping roads the {_s(facts, 'side')} leg was "
        "the low one (rule of thumb)."
    )


def _tissue(facts: Facts, units: Units) -> str:
    ratio = _f(facts, "ratio")
    word = "–" if ratio is None else percent(ratio - 1, signed=True)
    tissue = _s(facts, "tissue")
    return f"Load on the {tissue} would be {word} on its usual week. Rule of thumb: bookkeeping, not a measurement."


SENTENCES: Final[dict[str, Sentence]] = {
    "SCI-GATE": _gate,
    "SCI-LONGEST": _second_longest,
    "LOAD-R01": _growth,
    "LOAD-R02": _cutback,
    "LOAD-R03": _stacked,
    "LOAD-R04": _shoe_volume,
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
    "LOAD-S09": _told,
    "LOAD-S10": _told,
    "LOAD-S11": _geometry,
    "LOAD-S12": _category,
    "LOAD-S14": _plated,
    "LOAD-S15": _told,
    "LOAD-S16": _strength,
    "LOAD-S17": _no_recovery,
    "LOAD-S19": _weight,
    "LOAD-S20": _day_load,
    "LOAD-S21": _lost,
    "LOAD-S22": _returning,
    "LOAD-S23": _told,
    "SHOE-R01": _shoe_age,
    "SHOE-R02": _new_share,
    "SHOE-R03": _second_pair,
    "SHOE-R04": _toes,
    "SHOE-R05": _insole,
    "SHOE-R06": _camber,
}
