"""The coach in words: one card a subject, what to do first, then why, then how sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from niggle.core.coach import (
    CadenceCue,
    CrossMenu,
    CueState,
    Dial,
    DialState,
    Expectation,
    FootDial,
    Fuel,
    FuelLevel,
    Mood,
    MoodState,
    Progress,
    RoutineOf,
    Sign,
    Sleep,
    SleepState,
)
from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import Reason
from niggle.core.today.coaching import Coached
from niggle.wording.cards import Card, range_words, routine_card
from niggle.wording.coach_rules import NOT_NOW
from niggle.wording.flags import EMERGENCY_NOW
from niggle.wording.lists import listed, lowered
from niggle.wording.race import Ask, day_line
from niggle.wording.reasons import sentence
from niggle.wording.units import Units, counted

RULE_OF_THUMB: Final = "rule of thumb"
_NBSP: Final = "\u00a0"

QUESTIONS: Final[Mapping[str, tuple[str, str, str]]] = {  # key -> question, kind, where it is answered
    "overstride": ("Does your foot land far in front of you?", "yes_no", "tell"),
    "heel_strike": ("Do you land hard on the heel?", "yes_no", "tell"),
    "forefoot_strike": ("Do you land on the ball of the foot only?", "yes_no", "tell"),
    "cadence": ("How many steps a minute do you take on an easy run?", "link", "tests"),
    "shoe_drop": ("What drop does the shoe have that you run in most?", "link", "shoes"),
    "missed_periods": ("Did you miss a period?", "link", "profile"),
    "periods_missed": ("How many periods in a row did you miss?", "number", "tell"),
    "weight_drop": ("Did you lose weight without wanting to, in the last months?", "yes_no", "tell"),
    "low_bmi": ("Is your body mass index low (below 18.5)?", "link", "profile"),
    "under_eating": ("Do you eat less than your training takes, on purpose or not?", "link", "profile"),
    "mood_low": ("Was your mood low for most of this week?", "yes_no", "tell"),
    "identity_worry": ("Do you worry who you are without running?", "yes_no", "tell"),
    "cadence_cue": ("Are you working on your step rate now?", "yes_no", "tell"),
    "landing_dial": ("Are you changing your landing now?", "yes_no", "tell"),
}
_SIGNS_OF_FUEL: Final[Mapping[str, str]] = {
    "missed_periods": "missed periods",
    "weight_drop": "unwanted weight loss",
    "low_bmi": "a low body mass index",
    "under_eating": "eating less than the training takes",
    "repeated_bone_injury": "a second bone injury",
    "energy_condition": "a diagnosis of too little energy",
}
_SIGNS: Final[Mapping[Sign, tuple[str, str, str]]] = {
    Sign.MORNINGS: (
        "You notice it less on waking.",
        "Not less on waking yet.",
        "On waking: not known; answer the morning questions.",
    ),
    Sign.EASY_RUNS: (
        "Easy runs are not felt the day after.",
        "An easy run was felt the day after.",
        "The day after easy runs: not known; check in the morning after.",
    ),
    Sign.STRENGTH: (
        "Strength goes up and soreness behaves.",
        "A dose had to go down.",
        "Strength: no step up in the last two weeks yet.",
    ),
}


def cards(coached: Coached, known: Knowledge, units: Units) -> tuple[Card, ...]:
    """Every card of the day: help first, then what needs attention, then what to do besides."""
    found = [
        *mood_cards(coached.mood, units),
        *fuel_cards(coached.fuel, units),
        sleep_card(coached.sleep, units),
        *(progress_card(p, known) for p in coached.progress),
        *(expectation_card(e, known) for e in coached.expectations),
        cadence_card(coached.cadence, units),
        dial_card(coached.dial, known),
        *([] if coached.cross is None else [cross_card(coached.cross, known)]),
        *(routine_card(r, known) for r in (coached.prevention, coached.warm_up, coached.strength) if _shown(r)),
    ]
    if coached.hide_comparisons:
        found.append(
            Card(
                "comparison",
                "No comparing now",
                "While a plan runs your own last week is the only measure.",
                ("In a group: show up, run your own session, and let coach and clinician share the plan.",),
                rules=("NSM-R05",),
                label=_label(known, ("NSM-R05",)),
            )
        )
    first = [c for c in found if c.urgent]
    return tuple(first + [c for c in found if not c.urgent])


def _shown(r: RoutineOf) -> bool:
    return r.plan_first or bool(r.items)


def asks_of(keys: Iterable[str]) -> tuple[Ask, ...]:
    return tuple(Ask(key, *QUESTIONS[key]) for key in keys if key in QUESTIONS)


def mood_cards(mood: Mood, units: Units) -> tuple[Card, ...]:
    if mood.state is MoodState.CRISIS:
        help_now = Card(
            "crisis", "Get help now", "You are not alone with this: talk to a person now.",
            (EMERGENCY_NOW["RF-90"], "niggle cannot judge how you are. A person can, and will want to hear from you."),
            urgent=True, rules=("NSM-R03",),
        )  # fmt: skip
        return (help_now,)
    asks = asks_of(("mood_low", "identity_worry"))
    thumb = _labelled((mood.reason,))
    if mood.state is MoodState.LOW:
        why = "You worry who you are without running." if mood.identity else "Your mood was low for weeks."
        return (
            Card(
                "mood", "Talk to somebody", "Tell a friend, your coach or a therapist how it is; that is healing too.",
                (why, "Frustration, guilt and envy are usual after an injury; they are no weakness.",
                 "If it gets too heavy, call your doctor; in danger, your local emergency number."),
                asks, thumb, rules=("NSM-R03",),
            ),
        )  # fmt: skip
    if mood.state is MoodState.WATCH:
        line = "One low week happens. Say again next week; two in a row are a reason to talk to somebody."
        return (Card("mood", "How you are", line, (), asks, thumb, rules=("NSM-R03",)),)
    line = "Say once a week how you are; an injury is often harder on the mind than on the leg."
    if mood.state is MoodState.FINE:
        line = "Your mood holds. Patience is training too."
    return (Card("mood", "How you are", line, (), asks, thumb, rules=("NSM-R03",)),)


def fuel_cards(fuel: Fuel, units: Units) -> tuple[Card, ...]:
    asks = asks_of(fuel.missing)
    signs = listed([_SIGNS_OF_FUEL[s] for s in fuel.signs], "and")
    lines: list[str] = []
    if fuel.level is FuelLevel.STRONG:
        summary = "See a sports physician about your energy and your bones."
        lines.append(f"Because of {signs}. Bone, tendon and hormones suffer first when energy is short.")
    elif fuel.level is FuelLevel.PROMPT:
        summary = "Talk to a doctor or a sports dietitian about whether you eat enough for your training."
        lines.append(f"Because of {signs}.")
    elif fuel.level is FuelLevel.FINE:
        summary = "Nothing speaks for too little energy. Protein takes more than most runners think."
    else:
        summary = "Some answers show whether you eat enough for your training. All of them are yours to give or not."
    if "missed_periods" in fuel.signs:
        lines.append("Missed periods are never a sign of good training; they raise the risk of a broken bone.")
    if fuel.dxa:
        lines.append("Ask whether a bone density scan (DXA) makes sense.")
    if fuel.signs or fuel.bone_plan:
        lines.append("Do not try to lose weight while you are injured.")
    found = [Card("fuel", "Energy", summary, tuple(lines), asks, _labelled(fuel.reasons[:1]), rules=("NSM-R01",))]
    if fuel.bone_plan:
        said = sentence(fuel.reasons[-1], units)
        found.append(
            Card(
                "bone_fuel",
                "Food for bone",
                said,
                ("A reminder, no prescription: a doctor or a dietitian says what you need.",),
                rules=("NSM-R04",),
            )
        )
    return tuple(found)


def sleep_card(sleep: Sleep, units: Units) -> Card:
    asks: tuple[Ask, ...] = ()
    if sleep.state is SleepState.SHORT:
        how = "your usual night" if sleep.usual else counted(sleep.nights, "night")
        summary = f"Sleep more: {sleep.mean_h:.1f}{_NBSP}h, from {how}; seven to nine are what repair takes."
        lines: tuple[str, ...] = (
            "Short nights lower what tissue takes, so today's limits are a little lower too.",
            "Put the phone away an hour before bed, and keep one time for going to bed.",
        )
    elif sleep.state is SleepState.ENOUGH:
        summary, lines = f"You sleep enough: {sleep.mean_h:.1f}{_NBSP}h a night.", ()
    else:
        summary, lines = "Say how long you sleep; seven to nine hours are what repair takes.", ()
        asks = (Ask("sleep_h", "How long did you sleep?", "link", "checkin"),)
    return Card("sleep", "Sleep", summary, lines, asks, _labelled((sleep.reason,)), rules=("NSM-R02",))


def expectation_card(e: Expectation, known: Knowledge) -> Card:
    name = known.conditions[e.condition].lay if e.condition in known.conditions else e.condition
    if e.low_days is None or e.high_days is None:
        summary = "Nobody can give a time for this one; the gates say when, not the calendar."
    else:
        summary = f"Usually {span_words(e.low_days, e.high_days)}. You are {_since(e.days_in)} in."
    lines = [
        "Two steps forward, one back: good and bad days take turns, and one bad day is no new injury.",
        "A couple of weeks without running do not erase fitness.",
    ]
    if e.high_days is not None and e.days_in > e.high_days:
        lines.insert(0, "It takes longer than usual: have a professional look at it again.")
    if e.note:
        lines.append(e.note if e.note.endswith(".") else f"{e.note}.")
    return Card("expectations", f"What to expect: {lowered(name)}", summary, tuple(lines), rules=("COA-R01",))


def span_words(low_days: int, high_days: int) -> str:
    """3 to 5 days, 6 to 12 weeks, 3 to 6 months."""
    for unit, length, least in (("month", 30.4, 90), ("week", 7.0, 14), ("day", 1.0, 0)):
        if high_days >= least:
            low, high = max(round(low_days / length), 0), round(high_days / length)
            return counted(high, unit) if low == high else f"{low} to {high} {unit}s"
    raise AssertionError("days have a unit")


def _since(days_in: int) -> str:
    return counted(days_in, "day") if days_in < 14 else counted(round(days_in / 7), "week")


def progress_card(p: Progress, known: Knowledge) -> Card:
    told = {True: 0, False: 1, None: 2}
    lines = tuple(_SIGNS[sign][told[truth]] for sign, truth in p.signs)
    say = f"{p.good} of 3 good signs {'is' if p.good == 1 else 'are'} there."
    return Card("progress", "What progress feels like", say, lines, rules=("COA-R02",))


def cadence_card(cue: CadenceCue, units: Units) -> Card:
    title, rules = "Steps a minute", tuple(dict.fromkeys(r.rule for r in cue.reasons))
    thumb = _labelled(cue.reasons)
    lines: list[str] = []
    asks: tuple[Ask, ...] = asks_of(cue.missing)
    if cue.own is not None:
        pace = f" at {units.pace(cue.own.speed_mps)}" if cue.own.speed_mps is not None else ""
        runs = f", from {counted(cue.own.runs, 'easy run')}" if cue.own.runs else ""
        lines.append(f"Now about {cue.own.spm:.0f} steps a minute{pace}{runs}.")
    if cue.state is CueState.PROPOSE:
        first, last = cue.weeks
        summary = f"Try {cue.target_low_spm} steps a minute on easy runs, for {first} to {last} weeks: quick and light."
        lines += [
            f"A metronome or a playlist helps for some sessions. Up to {cue.target_high_spm} is fine, "
            f"never more than {cue.most_spm}.",
            "Change nothing else in that time. Without strength a cue alone is no cure.",
        ]
        if cue.often_spm is not None:
            low, high = cue.often_spm
            lines.append(f"Runners often show {low} to {high}; that is information, no target.")
        asks = asks_of(("cadence_cue",))
    elif cue.state is CueState.COUNTING:
        summary = f"Go on with {cue.target_low_spm} on easy runs." if cue.target_low_spm else "Go on with your cue."
        if cue.audit_on is not None:
            lines.append(f"On {day_line(cue.audit_on)} turn the beat off and look again.")
    elif cue.state is CueState.AUDIT:
        summary = "Turn the beat off now and look at your next easy runs."
        if cue.target_high_spm is not None:
            lines.append(
                f"If your foot still lands far ahead, go up to {cue.target_high_spm}; {cue.most_spm} is the most."
            )
        asks = asks_of(("cadence_cue",))
    elif cue.state is CueState.DONE:
        summary = "Stop counting. What is quick and easy now is your stride."
        asks = asks_of(("cadence_cue",))
    elif cue.state is CueState.NOT_NOW:
        summary = f"A few more steps a minute would fit, but not now. {NOT_NOW[cue.because or 'new_stressor']}"
    elif cue.state is CueState.NOT_NEEDED:
        summary = "Nothing to change: your stride and what hurts give no reason to."
    else:
        summary = "Cannot say yet whether a shorter stride would help. Watch one easy run, or let somebody film it."
    return Card("cadence", title, summary, tuple(lines), asks, thumb, rules=rules)


def dial_card(dial: FootDial, known: Knowledge) -> Card:
    turned = {
        Dial.FURTHER_BACK: "land a little further back, in a shoe with more drop",
        Dial.SHORTER_STRIDE: "take shorter steps and land softer on the heel",
    }
    rules = tuple(dict.fromkeys(r.rule for r in dial.reasons))
    lines: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    words = "" if dial.dial is None else turned[dial.dial]
    if dial.state is DialState.TURN:
        summary = f"For some weeks: {words}. It goes back once this is healed."
        lines = ("Change a shoe slowly: a quarter of the runs in the first week, half in the second.",)
        asks = asks_of(("landing_dial",))
    elif dial.state is DialState.BACK:
        summary = "It has healed: go back to your own landing and shoe, as slowly as you left them."
        asks = asks_of(("landing_dial",))
    elif dial.state is DialState.NOT_NOW:
        summary = f"It could help to {words}. {NOT_NOW[dial.because or 'new_stressor']}"
    elif dial.state is DialState.CANNOT_SAY:
        summary = "Cannot say yet whether another landing would spare it."
        asks = asks_of(dial.missing)
    else:
        summary = "Leave your landing as it is. It is changed for a sore place only, and only for a while."
    return Card("foot_strike", "How your foot lands", summary, lines, asks, _labelled(dial.reasons), rules=rules)


def cross_card(menu: CrossMenu, known: Knowledge) -> Card:
    if menu.locked:
        text = "No cross-training yet: with a bone injury it waits for the clearance too."
        return Card(
            "cross_training", "Cross-training", text, rules=(menu.reason.rule,), label=_labelled((menu.reason,))
        )
    if not menu.modes:
        text = "Your plans agree on no cross-training now; walk if it is painless."
        return Card("cross_training", "Cross-training", text, rules=(menu.reason.rule,))
    items = tuple(
        (
            m.exercise,
            f"{known.exercises[m.exercise].name}, {range_words(m.minutes_low, m.minutes_high)}{_NBSP}min"
            + (f": {m.note}" if m.note else ""),
        )
        for m in menu.modes
    )
    return Card(
        "cross_training", "Cross-training", "Keeps your endurance while it heals, as long as it does not hurt.",
        rules=(menu.reason.rule,), items=items,
    )  # fmt: skip


def _labelled(reasons: Sequence[Reason]) -> str:
    return RULE_OF_THUMB if any(r.grade.rule_of_thumb for r in reasons) else ""


def _label(known: Knowledge, rules: Sequence[str]) -> str:
    return RULE_OF_THUMB if any(known.rules[r].grade.rule_of_thumb for r in rules) else ""
