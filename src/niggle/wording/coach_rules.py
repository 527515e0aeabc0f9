"""The rules of form, fuel, sleep, mood and expectations in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.reasons import FactValue
from niggle.wording.places import number
from niggle.wording.units import Units

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

NOT_NOW: Final[Mapping[str, str]] = {
    "new_stressor": "Something else is new this week; one change at a time.",
    "not_running": "Running is not open today; form can wait.",
    "other_cue": "You are working on another cue already; one at a time.",
}


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


def _cadence(facts: Facts, units: Units) -> str:
    spm = number(facts, "cadence")
    if spm is None:
        return "A few more steps a minute help where the foot lands far ahead. No number is chased."
    return f"You take about {spm:.0f} steps a minute on easy runs. No number is chased, not even 180."


def _late(rule_text: str) -> Sentence:
    def say(facts: Facts, units: Units) -> str:
        return NOT_NOW.get(str(facts.get("because")), rule_text)

    return say


def _fuel(facts: Facts, units: Units) -> str:
    if facts.get("signs"):
        return "Something here can mean too little energy for the training. Bone and tendon feel that first."
    return "Bone and tendon need enough energy for the training, in men as in women."


def _calcium(facts: Facts, units: Units) -> str:
    low, high = number(facts, "low"), number(facts, "high")
    if low is None or high is None:
        return "While a bone heals do not skimp on calcium and vitamin D."
    return f"While a bone heals: {low:,.0f} to {high:,.0f}\u00a0mg of calcium a day from food; have vitamin D checked."


def _sleep(facts: Facts, units: Units) -> str:
    mean = number(facts, "sleep_h")
    if mean is None:
        return "Seven to nine hours a night: sleep is when tissue is repaired."
    return f"{mean:.1f}\u00a0h a night of late. Seven to nine are what repair takes."


def _mood(facts: Facts, units: Units) -> str:
    if facts.get("state") == "crisis":
        return "Thoughts of harming yourself come before any injury. Talk to a person now."
    return "An injury is often harder on the mind than on the leg. Low weeks are a reason to talk to somebody."


def _expect(facts: Facts, units: Units) -> str:
    return "Two steps forward, one back: good and bad days take turns. A bad day is no new injury."


SENTENCES: Final[Mapping[str, Sentence]] = {
    "GC-R01": _cadence,
    "GC-R02": _plain("A cue is for some sessions. Then off with the beat, and look again after two weeks."),
    "GC-R03": _plain("A landing is changed for a sore place, and for a while. Most runners need no change."),
    "GC-R04": _late("One cue at a time."),
    "GC-R05": _late("Form is not changed in a week of more distance, speed or new shoes."),
    "NSM-R01": _fuel,
    "NSM-R02": _sleep,
    "NSM-R03": _mood,
    "NSM-R04": _calcium,
    "NSM-R05": _plain("While a plan runs nothing here compares you with others or with last year."),
    "COA-R01": _expect,
    "COA-R02": _plain("Progress is felt on waking, the day after easy runs, and in strength, in that order."),
    "COA-R03": _plain("Ten to fifteen minutes a day, small and regular, keep the weak links awake."),
    "COA-R04": _plain("Strength twice a week makes you neither slow nor heavy; it makes you last."),
    "COA-R05": _plain("Never from cold to a sprint: jog, swing, lift the knees, stride."),
    "COA-R06": _plain("Cross-training keeps your endurance while the place heals, as long as it does not hurt."),
}
