"""The way back to running in words: why there is no run yet, how a session counted, what comes back and what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.ladder import Verdict
from niggle.core.protocol import Element
from niggle.core.reasons import FactValue
from niggle.wording.places import number
from niggle.wording.units import Units, pain

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

ELEMENTS: Final[Mapping[Element, str]] = {
    Element.DISTANCE: "more distance",
    Element.STRIDES: "strides",
    Element.UPHILL: "hills",
    Element.DOWNHILL: "long descents",
    Element.SPEED: "fast running",
    Element.PLYOMETRICS: "jumps",
    Element.TRAIL: "trails",
    Element.LONG: "the long run",
}
_BECAUSE: Final[Mapping[str, str]] = {
    "phase": "this phase is not about it yet",
    "off_menu": "it is off the menu in this phase",
    "calf_gate": "it needs 25 calf raises and a 45 s hold on each side first",
    "volume_unknown": "nobody knows your usual week yet",
    "volume": "most of your usual distance comes first",
    "squat_control": "a controlled single-leg squat on both sides comes first",
    "one_a_week": "one new thing a week is enough",
    "not_tried": "the last thing that came back has not been tried yet",
    "not_quiet": "the week has to be quiet first, without yellow or red",
    "hop_unknown": "the hop test on both sides comes first",
    "hop_gap": "the hops of both legs are too far apart",
    "careful_voice": "something in you still says: careful",
    "voice_unknown": "you have not said whether something in you still says: careful",
    "confidence": "you have not said that you trust it",
}
LOCKS: Final[Mapping[str, str]] = {
    "clearance": "No running until a clinician has cleared it. Record who said so, when, and what was cleared.",
    "weight_only": "No running and no jumps yet: a clinician has cleared weight and training, not running.",
    "imaging": "No running until it has been imaged. Record it once that is done.",
    "red_flag": "No running: a warning sign is open. It has to be looked at first.",
    "sharp_bone": "No running: sharp pain came back in the bone. It has to be cleared again.",
    "hop_hurt": "No running or hops until a clinician has looked at it and cleared it again: hopping hurt on the bone.",
    "bone_weeks": "No running yet: the bone needs its weeks.",
    "restriction": "No running: a clinician's restriction holds.",
    "no_plan": "Care leads here; niggle makes no running plan for this.",
}
_MODES: Final[Mapping[str, str]] = {
    "not_ready": "No running yet: not everything on the list for the first run is there.",
    "window": "Run only as long as it stays quiet: 3 of 10 at most, and no worse the next morning.",
    "easy": "Run easy and steady; anything fast or steep comes later.",
    "build": "Run; strides, hills and speed come back one by one.",
    "full": "Run as before; keep the exercises that keep it well.",
}
_PAUSED: Final[Mapping[str, str]] = {
    "red": "a red light",
    "stop": "a stop rule of this plan",
    "phase": "this phase, which is for calming down",
    "ladder_first": "the way back, which goes step by step",
}


def element(value: FactValue) -> str:
    try:
        return ELEMENTS[Element(str(value))]
    except ValueError:
        return "the next thing"


def lock_line(locked: str) -> str:
    """Why nothing runs, whatever the phase says."""
    return LOCKS.get(locked, "No running for now.")


def _start(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


def against(facts: Facts, otherwise: str) -> str:
    """What stands against an element: "Hills wait: ..."."""
    because = _BECAUSE.get(str(facts.get("because")))
    if because is None:
        return otherwise
    what = _start(element(facts.get("element")))
    verb = "wait" if what[-1] == "s" else "waits"
    return f"{what} {verb}: {because}."


def _ready(facts: Facts, units: Units) -> str:
    if "ladder" in facts:
        return "Ready for the first run: everything on the list is there."
    if facts.get("open") is True:
        return "Ready for the first run. It opens with a fresh green check-in."
    left = len(f"{facts.get('unmet') or ''} {facts.get('unknown') or ''}".split())
    if not left:
        return "The first run waits until everything on its list is there."
    return f"The first run waits: {_open(left)}."


def _open(count: int) -> str:
    return "one thing on its list is still open" if count == 1 else f"{count} things on its list are still open"


def _wait(facts: Facts, units: Units) -> str:
    if facts.get("verdict") == Verdict.WAIT:
        return "The first run was felt the next morning. Wait until that is gone and two days more, then run it again."
    return "Wait until what the first run left behind is gone, and two quiet days more."


def _step(facts: Facts) -> str:
    step = number(facts, "step")
    return "this step" if step is None else f"step {step:.0f}"


def _counted(facts: Facts, units: Units) -> str:
    verdict = facts.get("verdict")
    if verdict is None:
        return _on_the_ladder(facts)
    if verdict == Verdict.DONE:
        return f"It stayed green into the next morning, so {_step(facts)} counts."
    if verdict == Verdict.QUIET_ACHE:
        return f"A slight ache that was gone by morning: stay on course and repeat {_step(facts)}."
    if verdict == Verdict.TOO_SHORT:
        return f"That was much less than {_step(facts)}, so it does not count yet. Run it once more."
    if verdict == Verdict.TOO_MUCH:
        return f"That was far more than {_step(facts)}. It does not count as the step; keep to the minutes."
    return "It does not count yet: without the next morning's answers nobody knows how it was taken."


def _on_the_ladder(facts: Facts) -> str:
    step, of = number(facts, "step"), number(facts, "of")
    if step is None or of is None:
        here = "A step" if step is None else f"You are on step {step:.0f}. A step"
        return f"{here} that stays green into the next morning opens the next one."
    needed, had = number(facts, "needed") or 1, number(facts, "successes") or 0
    more = "" if needed - had <= 1 else f" It takes {needed - had:.0f} quiet sessions."
    return (
        f"You are on step {min(step, of):.0f} of {of:.0f}. Quiet into the next morning, and the next one opens.{more}"
    )


def _repeat(facts: Facts, units: Units) -> str:
    score = number(facts, "run_pain")
    why = f"it reached {pain(score)}" if score else "it was yellow"
    return f"Repeat {_step(facts)}: {why}. Shorter and easier if you like; there is no hurry."


def _back(facts: Facts, units: Units) -> str:
    if facts.get("locked") is not None:
        return lock_line(str(facts["locked"]))
    if facts.get("was") is not None:
        return "The lock is gone; the way back starts at the first step."
    if facts.get("light") == "red":
        return "One step back, and no running while it is red."
    return "One step back: two yellow sessions in a row, or a red one, mean the step came too early."


def _day_between(facts: Facts, units: Units) -> str:
    if "verdict" in facts or facts.get("ladder") is not None:
        return "Leave a day between runs on the ladder; a run on the day after another does not count."
    return "Leave a day between runs for now: you ran yesterday."


def _bone(facts: Facts, units: Units) -> str:
    if facts.get("was") is not None and facts.get("locked") is None:
        return "It has been cleared again; the way back starts at the first step."
    return LOCKS["hop_hurt" if facts.get("locked") == "hop_hurt" else "sharp_bone"]


def _running(facts: Facts, units: Units) -> str:
    because = facts.get("because")
    if facts.get("light") == "red":
        return "Running pauses because of a red light. It comes back by the list and the ladder."
    if because in _PAUSED:
        return f"Running pauses because of {_PAUSED[str(because)]}."
    if because is not None and (known := _MODES.get(str(because)) or LOCKS.get(str(because))) is not None:
        return known
    return "Going on running and starting again are two things: a window of little pain, or a ladder of small steps."


def _order(facts: Facts, units: Units) -> str:
    if facts.get("because") is not None:
        return against(facts, "One new thing a week comes back, in the order that suits this place.")
    if facts.get("element") is not None:
        return f"{_start(element(facts['element']))} may come back: the only new thing this week."
    return "One new thing a week comes back, in the order that suits this place."


_NO_HALF: Final[Mapping[str, str]] = {
    "bone": "a bone comes back by walking and running",
    "clearance": "this needs a clinician's word first, so it is no light case",
    "grade": "it is more than the lightest grade",
    "weeks_off": "you were off running for too long",
    "weeks_off_unknown": "nobody knows when you last ran",
    "usual_week": "nobody knows your usual week",
    "tried": "half a week was tried before, and running had to stop again",
}


def _growing(facts: Facts, units: Units) -> str:
    week = number(facts, "week")
    most = "" if week is None else f" Now that is {units.distance(week)} in seven days."
    return f"After the way back let a week grow by a tenth at most.{most} Rule of thumb."


def _half(facts: Facts, units: Units) -> str:
    because = _NO_HALF.get(str(facts.get("because")))
    if because is not None:
        return f"No half start: {because}. Running comes back by the ladder."
    week = number(facts, "week")
    most = "" if week is None else f": {units.distance(week)} in seven days at most"
    return f"After a short break start with half the old week{most}, easy, with a day between runs. Rule of thumb."


SENTENCES: Final[dict[str, Sentence]] = {
    "RTR-R01": _ready,
    "RTR-R02": _wait,
    "RTR-R03": _counted,
    "RTR-R04": _repeat,
    "RTR-R05": _back,
    "RTR-R06": _day_between,
    "RTR-R07": _growing,
    "RTR-R09": _bone,
    "RTR-R10": _plain("Go home at the first ache on the outside of the knee. The session counts as yellow."),
    "RTR-R11": lambda facts, units: against(facts, "Strides come after easy running and a strong calf."),
    "RTR-R12": lambda facts, units: against(facts, "Hills come after most of your distance and a strong calf."),
    "RTR-R13": lambda facts, units: against(facts, "Fast running comes after hills, with both legs alike."),
    "RTR-R14": lambda facts, units: against(facts, "Listen to the careful voice at speed; stay at the pace before it."),
    "RTR-R15": _half,
    "RTR-X04": _order,
    "RTR-X06": _plain("Bone waits: four weeks at the very least, six unless a clearance says earlier."),
    "RTR-X09": _running,
    "RTR-X10": _plain("A little morning stiffness may be left, 2 of 10 at most and not rising, when running starts."),
    "RTR-X11": _plain("With a bone injury even cross-training waits for the clinician's word."),
}
