"""The traffic light in words: what to do, then why. One sentence or two for every row, rule and state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import FactValue
from niggle.wording.places import number, where
from niggle.wording.units import Units, days, pain, percent

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

LIGHT_WORDS: Final[Mapping[Light, str]] = {
    Light.GREEN: "Green",
    Light.YELLOW: "Yellow",
    Light.RED: "Red",
    Light.CANNOT_SAY: "Cannot say",
}
CARE_WORDS: Final[Mapping[Urgency, str]] = {
    Urgency.SELF_CARE: "No need to see anyone for this.",
    Urgency.ROUTINE: "Book an appointment with a professional.",
    Urgency.URGENT: "Be seen within days.",
    Urgency.EMERGENCY: "Get medical help now.",
}
LEVER_WORDS: Final[Mapping[str, str]] = {
    "downhill": "leave out downhill",
    "intensity": "leave out speed and hills",
    "volume": "cut volume by {cut}",
}
MISSING_WORDS: Final[Mapping[str, str]] = {
    "checkin": "how you feel today",
    "clearance": "a clinician's clearance",
    "pain_free": "that daily life is free of pain",
    "swelling": "that nothing is swollen",
    "hop_pain": "that hopping does not hurt",
    "walk_pain": "that walking does not hurt",
    "bone_spot_tender": "that no spot on the bone is sore when you press it",
    "feels_wrong": "that it feels right again",
    "pain_at_rest": "that it does not hurt at rest",
    "night_pain": "that it does not hurt at night",
    "pain_morning": "how it felt the next morning",
    "baseline_by_24h": "whether it was back to usual after a day",
    "posture_fades": "whether the ache fades when you change position",
    "pain_max": "how much it hurts, 0 to 10",
}


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


def _pain(facts: Facts) -> str:
    score = number(facts, "score")
    return pain(score) if score is not None else "your pain"


def _when(facts: Facts) -> str:
    """The day of a word that is not of today, with a space before it."""
    said_on, ago = facts.get("said_on"), number(facts, "days_ago")
    if not isinstance(said_on, str) or ago is None:
        return ""
    on = date.fromisoformat(said_on)
    return " yesterday" if ago == 1 else f" on {on:%A} {on.day} {on:%B}, {days(ago)} ago"


def _easier(facts: Facts, why: str) -> str:
    """What yellow asks for, then why; the why alone where red already asks for more."""
    return f"{why}." if facts.get("complaint_light") == Light.RED else f"Take the next sessions easier. {why}."


def _d01(facts: Facts, units: Units) -> str:
    return "Stop everything and get medical help now. You reported an emergency sign."


def _d02(facts: Facts, units: Units) -> str:
    signs = {
        "pop": "a pop", "swelling": "swelling", "unstable": "a joint that feels loose", "locking": "a joint that locks",
        "nerve_sign": "numbness, tingling or weakness", "bruise": "a large bruise",
    }  # fmt: skip
    told = [words for name, words in signs.items() if facts.get(name)]
    return f"Do not run. You reported {' and '.join(told) if told else 'a warning sign'}: {where(facts)}."


def _d04(facts: Facts, units: Units) -> str:
    if facts.get("bone_spot_tender"):
        return "Do not run. One sore spot on a bone may be bone stress, whatever the score. Have it looked at."
    return "Do not run. Bone pain that stays or grows as you run may be bone stress. Have it looked at."


def _d06(facts: Facts, units: Units) -> str:
    return f"Do not run. You rated it {_pain(facts)}{_when(facts)}; from 7 on the body says stop."


def _d08(facts: Facts, units: Units) -> str:
    place = "on a bone" if facts.get("in_bone") else "in a joint" if facts.get("in_joint") else f"at {_pain(facts)}"
    return f"Do not run. Sharp pain {place} is a stop sign."


def _d09(facts: Facts, units: Units) -> str:
    if facts.get("yellow_darkening"):
        return "Do not run. It was yellow and now hurts more than in the last session."
    return "Do not run. Two careful sessions did not settle it. Have it looked at."


def _d10(facts: Facts, units: Units) -> str:
    return _easier(facts, f"You rated it {_pain(facts)}{_when(facts)}, over 3 and under 7")


def _d11(facts: Facts, units: Units) -> str:
    km, start, end = number(facts, "onset_km"), number(facts, "pain_start"), number(facts, "pain_end")
    if km:
        why = f"It began after {units.distance(km * 1000)}"
    elif facts.get("late_onset"):
        why = "It began only after some distance"
    elif start is not None and end is not None and end > start:
        why = f"It rose from {start:g} to {end:g} during the run"
    else:
        why = "It built up during the run"
    return _easier(facts, f"{why}, so the dose was too much")


def _d12(facts: Facts, units: Units) -> str:
    if facts.get("limp_first_steps"):
        why = "You limped in the first steps"
    elif facts.get("stiffness_worse"):
        why = "You were stiffer than usual in the morning"
    else:
        why = "It was not back to usual a day later"
    return _easier(facts, why)


def _d13(facts: Facts, units: Units) -> str:
    return f"{_easier(facts, 'It disturbs your daily life')} Book an appointment."


def _d14(facts: Facts, units: Units) -> str:
    if facts.get("sharp"):
        return "Sharp pain ends the session, even if it is mild."
    if facts.get("site") == "knee_outer":
        return (
            "End the run at the first outer-knee ache: iliotibial band pain ramps up fast. Take the next ones easier."
        )
    return "No running while walking or hopping hurts the shin, whatever the score."


def _d15(facts: Facts, units: Units) -> str:
    score = number(facts, "score")
    if facts.get("complaint_light") not in (None, Light.GREEN):
        told = "Nothing hurts in this report" if score == 0 else f"This report alone, {_pain(facts)}, is quiet"
        return f"{told}. What came before still counts."
    said = _when(facts)
    if score == 0:
        # of pain alone: a full week, an illness or a long break may still stand against a run
        return f"Nothing hurt{said}: pain sets no limit." if said else "Nothing hurts: pain sets no limit."
    quiet = "it did not build up and your stride stayed the same."
    if "," in said:
        return f"Quiet enough: you rated it {_pain(facts)}{said}; {quiet}"
    return f"Quiet enough: you rated it {_pain(facts)}{said}, {quiet}"


def _r03(facts: Facts, units: Units) -> str:
    words = [LEVER_WORDS[lever] for lever in str(facts.get("levers") or "").split() if lever in LEVER_WORDS]
    if not words:
        return "Turn one thing down for the next two sessions."
    low, high = number(facts, "cut_from"), number(facts, "cut_to")
    cut = "a little" if low is None or high is None else f"{low * 100:.0f} to {percent(high)}"
    text = " and ".join(words).replace("{cut}", cut)
    return f"For the next two sessions {text}."


def _r12(facts: Facts, units: Units) -> str:
    age = number(facts, "days_since_checkin")
    if age is None:
        return "There is no check-in yet, so there is no light. Tell how you feel."
    return f"Your last check-in is {days(age)} old, so today's light cannot be told. Tell how you feel."


def _yellow(facts: Facts, units: Units) -> str:
    left = number(facts, "sessions_left")
    count = "two quiet sessions" if left is None or left >= 2 else "one more quiet session"
    return f"Still yellow: no progress and nothing new until {count} in a row, quiet the next morning too."


def _ladder(facts: Facts, units: Units) -> str:
    if (number(facts, "yellow_sessions") or 0) >= 2:
        return "Second yellow on this step: go one step back on the ladder."
    return "Repeat this step of the ladder once before you go on."


def missing_sentence(names: str | tuple[str, ...]) -> str:
    """What is still needed, in words; empty for nothing."""
    keys = names.split() if isinstance(names, str) else names
    words = [MISSING_WORDS[n] for n in keys if n in MISSING_WORDS]
    if not words:
        return ""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _red_flag(facts: Facts, units: Units) -> str:
    if facts.get("to_be_seen") is False:
        return f"No running while the sign lasts. Cross-train only if it is pain-free.{_way_out(facts)}"
    return f"No running until this has been looked at. Cross-train only if pain-free and allowed.{_way_out(facts)}"


def _way_out(facts: Facts) -> str:
    missing = str(facts.get("missing") or "").split()
    if "clearance" in missing:
        return " It needs a clinician's clearance, with name and date."
    needed = missing_sentence(tuple(missing))
    return f" To go on I need to know {needed}." if needed else ""


def _red(facts: Facts, units: Units) -> str:
    if facts.get("not_better"):
        since = days(number(facts, "days_in_state") or 0)
        return f"No running. Not clearly better after {since}: see a professional.{_way_out(facts)}"
    return f"No running today; walk only if it is pain-free. Check in every day.{_way_out(facts)}"


def _tl35(facts: Facts, units: Units) -> str:
    age = number(facts, "stuck_days") or number(facts, "symptom_days")
    span = days(age) if age is not None else "over two weeks"
    return f"It has hurt for {span} without clear progress. See a professional."


def _r11(facts: Facts, units: Units) -> str:
    if facts.get("on_track"):
        return "You are on track: you notice it less on waking, easy runs leave no trace, and strength is rising."
    good = sum(bool(facts.get(n)) for n in ("less_on_waking", "no_24h_increase", "strength_up"))
    return f"{good} of 3 good signs this week: less on waking, no trace after easy runs, rising strength."


SENTENCES: Final[dict[str, Sentence]] = {
    "TL-D01": _d01,
    "TL-D02": _d02,
    "TL-D03": _plain("Do not run. You say it feels wrong, and that is enough. Have it looked at."),
    "TL-D04": _d04,
    "TL-D05": _plain("You limped or your stride changed, so no running today. Have it looked at."),
    "TL-D06": _d06,
    "TL-D07": _plain("Do not run. Pain at rest or at night is more than soreness. Be seen within days."),
    "TL-D08": _d08,
    "TL-D09": _d09,
    "TL-D10": _d10,
    "TL-D11": _d11,
    "TL-D12": _d12,
    "TL-D13": _d13,
    "TL-D14": _d14,
    "TL-D15": _d15,
    "TL-R01": _plain("Provisional: tell how it feels the next morning, and after a day. Until then no step up."),
    "TL-R03": _r03,
    "TL-R04": _plain("If this comes in a run, end the run. Walk back if walking is pain-free; otherwise get a ride."),
    "TL-R05": _plain("Your usual morning stiffness does not count against you: it has not grown for two weeks."),
    "TL-R06": _plain("Your morning stiffness rose two weeks running although you ran less. Have it looked at."),
    "TL-R07": _plain("A yellow that gets darker is treated as red."),
    "TL-R08": _plain("Still a sharp hop after a week or more of less training. Be seen within days."),
    "TL-R09": _plain("This looks like ordinary soreness after a hard session. It has until 48 hours after it."),
    "TL-R10": _plain("Trust the feeling. There is no green today; a second opinion is always fine."),
    "TL-R11": _r11,
    "TL-R12": _r12,
    "TL-R13": _plain("You are coming back from red: start at the first step, short and flat, for two quiet sessions."),
    "TL-R14": _plain("You named a place but not how much it hurts, so its light cannot be told. Say 0 to 10."),
    "TL-X02": _plain("From 6 of 10 on the session ends, even without a limp. Book an appointment."),
    "TL-X05": _plain("A limp in the first steps means no running that day, even if it goes away."),
    "TL-X13": _plain("No running while walking or hopping hurts the shin, whatever the score."),
    "TL-30": _plain("Step up only if the last session was green the next morning too."),
    "TL-31": _yellow,
    "TL-32": _ladder,
    "TL-33": _red_flag,
    "TL-34": _red,
    "TL-35": _tl35,
}  # fmt: skip
