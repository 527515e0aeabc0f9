"""The rules of phases, tests and exercises in words: what to do, then why. No scolding for days that were missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.body import Side
from niggle.core.reasons import FactValue
from niggle.wording.gates import named
from niggle.wording.ladder import LOCKS, against
from niggle.wording.lists import article, listed
from niggle.wording.places import number
from niggle.wording.scoreboard import NOT_NOW, calf_gate_sentence, test_word
from niggle.wording.units import Units, days, pain, percent

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

_PHASE_AIMS: Final = {1: "settling", 2: "building", 3: "spring and speed", 4: "sharpening"}
_HELD: Final = {
    "yellow_7d": "a yellow or red light in the last week keeps this phase; it goes on once a week stays green",
    "no_green_word": "the next phase opens on a fresh green check-in only",
    "last_run_not_final": "the next phase waits for the morning after your last run",
    "red": "a red light keeps everything at settling",
    "stop": "a stop rule of this plan holds; have it looked at",
}


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


def _start(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _gate(phase: int) -> Sentence:
    def say(facts: Facts, units: Units) -> str:
        of, met = number(facts, "of"), number(facts, "met")
        if of is None:
            if number(facts, "phase") is not None:
                return f"Everything that opens phase {phase + 1} is there." if phase < 4 else "Everything is there."
            return f"What leads on from {_PHASE_AIMS[phase]} is a list; all of it has to be true on one day."
        if facts.get("open") is True:
            return "Everything on the list is there. The next phase opens with a fresh green day."
        unknown = len(str(facts.get("unknown") or "").split())
        more = f" {_count(unknown)} not known yet." if unknown else ""
        verb = "is" if met == 1 else "are"
        return f"{met or 0:.0f} of {of:.0f} on the list for the next phase {verb} there.{more}"

    return say


def _count(number_of: int) -> str:
    return "One is" if number_of == 1 else f"{number_of} are"


def _held(facts: Facts, units: Units) -> str:
    why = facts.get("held_by")
    if why is None:
        return "A yellow or red light in the last week keeps this phase; it goes on once a week stays green."
    known = _HELD.get(str(why))
    return f"{_start(known)}." if known is not None else f"This phase is kept for now: {named(str(why))}."


def _r01(facts: Facts, units: Units) -> str:
    if facts.get("held_by") is not None:
        return _held(facts, units)
    return "A phase opens when all of its list is true on one day. Not knowing opens nothing."


def _r03(facts: Facts, units: Units) -> str:
    if number(facts, "yellow_7d") is not None:
        return "Two yellow days in a week: back to last week's doses, until it is quiet again."
    if facts.get("criterion") is not None:
        return f"A phase back for now: {named(str(facts['criterion']))}. What was built stays with you."
    if facts.get("light") == "red":
        return "Back to settling, because of a red light. The list opens the way forward again."
    if facts.get("held_by") is not None:
        return _held(facts, units)
    return "Red goes back to settling, two yellows to last week's doses. Two steps forward, one back is usual."


def _r04(facts: Facts, units: Units) -> str:
    left = number(facts, "days")
    if left is not None:
        return f"Give this phase {days(left)} more: tissue needs its time even when it feels fine."
    return "Only time is lacking, so the next exercises may be tried at their first dose."


def _locked(facts: Facts, units: Units) -> str:
    lock = facts.get("locked") or facts.get("held_by")
    if lock is not None:
        return LOCKS.get(str(lock), "This plan waits for a clinician's word.")
    if facts.get("was") is not None:
        return "What was needed is on record now; the plan goes on."
    return "This plan waits for the clearance or the images that it needs."


def _due(facts: Facts, units: Units) -> str:
    see = [w for w in str(facts.get("see") or "").split(", ") if w]
    who = f" with {listed([article(w) for w in see])}" if see else ""
    return f"Book an appointment{who}: it is time that somebody looks at this. Home work goes on until then."


def _missed(facts: Facts, units: Units) -> str:
    gap = number(facts, "days")
    if gap is None:
        return "Missed days hold a dose; missed weeks take it back a little. Rule of thumb."
    if facts.get("restart") is True:
        return f"After {days(gap)} without exercises start with this phase's first doses. It comes back quickly."
    return f"After {days(gap)} without exercises start a little lower. It comes back quickly."


def _ill(facts: Facts, units: Units) -> str:
    if facts.get("fever") is True:
        return "No run with a fever, and none on the day after it. Every dose waits too. Nothing is lost."
    gap = number(facts, "days")
    ill = "illness" if gap is None else f"illness ({days(gap)})"
    return f"Get well first: {ill} holds every dose, and afterwards they may resume a little lower. Nothing is lost."


def _well_again(facts: Facts, units: Units) -> str:
    gap, left = number(facts, "days"), number(facts, "left")
    ill = "an illness" if gap is None else f"{days(gap)} of illness"
    some = "the first days" if left is None else "today" if left == 1 else f"the next {days(left)}"
    if facts.get("until") is not None:
        return f"No run today: after {ill} with a fever one day without a run comes first. Then half a usual run, easy."
    return f"Run no more than half a usual run, easy and flat, for {some}. You had {ill}. Rule of thumb."


def _away(facts: Facts, units: Units) -> str:
    if facts.get("no_running") is True:
        return "No running while you are away, as you said. The exercises use what is at hand."
    return "You are away, so the plan uses what is at hand. Less is fine for these days."


def _grown(facts: Facts, units: Units) -> str:
    item = facts.get("item")
    if item is None:
        return "A quiet week with its sessions done raises a dose by one small step."
    return f"More of this: {named(str(item))}. The week was quiet and done, so the dose takes a small step up."


def _sore(facts: Facts, units: Units) -> str:
    score, limit = number(facts, "pain"), number(facts, "limit")
    if score is None or limit is None:
        return "Pain beyond the limit takes a dose one step down."
    item = facts.get("item")
    what = "an exercise" if item is None else named(str(item))
    return f"A step down for {what}: it hurt {pain(score)}, and {limit:g} is the limit here."


def _least(facts: Facts, units: Units) -> str:
    score, limit, item = number(facts, "pain"), number(facts, "limit"), facts.get("exercise") or facts.get("item")
    if score is None or limit is None:
        return f"Two yellow days in a week at your smallest doses. {least_advice(facts)}"
    what = "This exercise" if item is None else _start(named(str(item)))
    return f"{what} hurt {pain(score)} at its smallest dose; {limit:g} is the limit here. {least_advice(facts)}"


def least_advice(facts: Facts) -> str:
    """What to do where no smaller dose is left (PLAN-R16)."""
    see = [w for w in str(facts.get("see") or "").split(", ") if w]
    who = listed([article(w) for w in see]) or "a physiotherapist"
    if number(facts, "pain") is None:
        return f"Do half of what hurts; if the next week is no calmer, show it to {who}."
    return f"Leave it out until a day is calm, then do half of it. If half hurts as much, show it to {who}."


def _stop(facts: Facts, units: Units) -> str:
    sign = facts.get("criterion")
    why = "" if sign is None else f" The sign: {named(str(sign))}."
    return f"Stop running and be seen: a stop rule of this plan holds.{why}"


def _instead(facts: Facts, units: Units) -> str:
    return "Something is missing for an exercise, so another one with the same aim stands in for it."


def _gap(facts: Facts, units: Units) -> str:
    gap, band = number(facts, "gap"), facts.get("band")
    if gap is None:
        return "Less than 10 % between the sides is the aim; from 20 % on hard speed waits."
    side = f", the {facts['side']} is weaker" if facts.get("side") in (Side.LEFT, Side.RIGHT) else ""
    lead = "No hard speed work for now" if band == "block" else "Train the weaker side a little more"
    return f"{lead}: {test_word(str(facts.get('test') or ''))} differ by {percent(gap)}{side}.".replace(":  ", ": ")


def _squat(facts: Facts, units: Units) -> str:
    if facts.get("because") is not None:
        return against(facts, "Jumps wait for a controlled single-leg squat.")
    side = f" on the {facts['side']}" if facts.get("side") in (Side.LEFT, Side.RIGHT) else ""
    return f"Work on control before jumps: the single-leg squat{side} is not steady yet."


def _limiter(facts: Facts, units: Units) -> str:
    test, short = facts.get("test"), number(facts, "shortfall")
    if test is None or short is None:
        return "The test with the largest shortfall is what to work on first this week."
    side = f" on the {facts['side']}" if facts.get("side") in (Side.LEFT, Side.RIGHT) else ""
    other = "the target" if facts.get("against") == "target" else "the other side"
    return f"Work on this first: {test_word(str(test))}{side}, {percent(short)} short of {other}."


def _old(facts: Facts, units: Units) -> str:
    test, age = facts.get("test"), number(facts, "age_days")
    if test is None or age is None:
        return "Do the test again: an old result opens nothing."
    return f"Test again: {test_word(str(test))}. The result is {days(age)} old and opens nothing."


def _not_now(facts: Facts, units: Units) -> str:
    why = NOT_NOW.get(str(facts.get("because")))
    if why is None:
        return "No tests on a red day, and no hops on a bone that may be injured."
    test = facts.get("test")
    what = "This test waits" if test is None else f"{_start(test_word(str(test)))}: later"
    return f"{what}, {why}."


def _speed(facts: Facts, units: Units) -> str:
    if facts.get("element") is None and facts.get("because") == "hop_gap":
        return "No hard speed work for now: the hops of both legs are too far apart."
    return against(facts, "No hard speed on unlike legs or a weak calf.")


def _kept(facts: Facts, units: Units) -> str:
    return "Keep what healed it, two or three times a week for good. It likes to come back when the work stops."


SENTENCES: Final[dict[str, Sentence]] = {
    "RP-G1": _gate(1),
    "RP-G2": _gate(2),
    "RP-G3": _gate(3),
    "RP-G4": _gate(4),
    "RP-R01": _r01,
    "RP-R02": _held,
    "RP-R03": _r03,
    "RP-R04": _r04,
    "ASB-R01": _gap,
    "ASB-R02": lambda facts, units: calf_gate_sentence(facts.get("calf_gate")),
    "ASB-R03": _squat,
    "ASB-R06": _limiter,
    "ASB-R07": _old,
    "ASB-R08": _speed,
    "ASB-17": _not_now,
    "SP-R01": _plain("Every phase has its own exercises; what comes too early is left out."),
    "SP-R04": _plain("The last repetitions were easy twice in a row: take a little more."),
    "SP-R06": _kept,
    "PLAN-R02": _locked,
    "PLAN-R03": _due,
    "PLAN-R04": _plain("Left out: another complaint of yours forbids this exercise for now."),
    "PLAN-R05": _missed,
    "PLAN-R06": _ill,
    "PLAN-R17": _well_again,
    "PLAN-R07": _away,
    "PLAN-R08": _plain("You have two plans; where they differ the more careful one counts."),
    "PLAN-R09": _grown,
    "PLAN-R10": _sore,
    "PLAN-R12": _instead,
    "PLAN-R16": _least,
    "PLAN-R13": _stop,
}
