"""Sentences about shoes and sloping roads."""

from __future__ import annotations

from typing import Final

from niggle.wording.load_facts import Facts, number, text, told, yes
from niggle.wording.units import Units, percent

STAGE_WORDS: Final = {
    "fresh": "fresh",
    "cushion_dropping": "getting firmer",
    "plan_replacement": "past its middle",
    "replace": "time to replace",
    "retire": "well worn out",
}


def stage_word(stage: str, *, feels_dead: bool) -> str:
    """How far a pair has come, in two or three words; her own feeling goes first."""
    return "feels dead" if feels_dead else STAGE_WORDS[stage]


def share_of_life(name: str, distance_m: float, share: float, units: Units) -> str:
    """share: the distance over the one at which most pairs are replaced."""
    return f"{name}: {units.distance(distance_m, 0)}, {percent(share)} of what a pair usually lasts"


def shoe_volume(facts: Facts, units: Units) -> str:
    return (
        f"Keep your volume level while {text(facts, 'shoe')} is new. {units.distance(number(facts, 'week'))} in seven "
        f"days is more than your usual {units.distance(number(facts, 'reference'))}. Give a new shape two weeks."
    )


def geometry(facts: Facts, units: Units) -> str:
    parts = []
    for name, word in (("drop_change_mm", "drop"), ("stack_change_mm", "stack")):
        change = number(facts, name)
        if change:
            parts.append(f"{word} {change:+.0f} mm")
    return (
        f"Wear {text(facts, 'shoe')} for short runs first and keep your volume level for two weeks. "
        f"It differs from {text(facts, 'old_shoe')}: {', '.join(parts)}."
    )


def category(facts: Facts, units: Units) -> str:
    return (
        f"Ease into {text(facts, 'shoe')}: short runs, in turn with the old pair. It is {text(facts, 'category')}, the "
        f"old one {text(facts, 'old_category')}."
    )


def plated(facts: Facts, units: Units) -> str:
    return f"Keep {text(facts, 'shoe')} for short, chosen sessions. A plate brings forces you have to get used to."


def shoe_age(facts: Facts, units: Units) -> str:
    shoe, way = text(facts, "shoe"), units.distance(number(facts, "distance_m"), 0)
    if yes(facts, "worn_flag"):
        return f"Replace {shoe} soon. You say it feels dead ({way}), and that counts more than the number."
    stage = text(facts, "stage")
    if stage == "retire":
        return f"Stop running in {shoe}. {way} is past what any shoe is good for."
    if stage == "replace":
        return f"Replace {shoe} now. {way} is the end of most shoes' life."
    if stage == "plan_replacement":
        return f"Look for a successor to {shoe}. {way}: its cushion is fading."
    return f"{shoe} has {way}. Its cushion begins to drop; nothing to do yet."


def new_share(facts: Facts, units: Units) -> str:
    share, allowed = percent(number(facts, "share") or 0.0), percent(number(facts, "allowed") or 0.0)
    week = "first" if number(facts, "week") == 1 else "second"
    did = f"{text(facts, 'shoe')} did {share} of your running"
    return f"Use the old pair more. {did}; {allowed} is enough in its {week} week."


def second_pair(facts: Facts, units: Units) -> str:
    shoe = text(facts, "shoe")
    return f"Think of a second pair. All your runs are in {shoe}; taking turns varies the load (rule of thumb)."


def toes(facts: Facts, units: Units) -> str:
    return "First give your toes room: a thumb's width in front, looser lacing over the sore spot."


def insole(facts: Facts, units: Units) -> str:
    return "Ask a professional about insoles: injuries come back and you named a mechanical reason. A tool, no cure."


def camber(facts: Facts, units: Units) -> str:
    share = percent(number(facts, "share") or 0.0)
    if facts.get("told"):
        return told(facts, units)
    return (
        f"Change sides or find flat ground. In {share} of your runs on sloping roads the {text(facts, 'side')} leg was "
        "the low one (rule of thumb)."
    )
