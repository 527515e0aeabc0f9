"""A plan in words: its name, its phases, whether she runs, why it moved, who is to be seen, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from niggle.core.body import Side
from niggle.core.gates import FACTS, test_of
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RunStatus
from niggle.core.protocol import Item, Phase
from niggle.core.protocol import Protocol as PlanProtocol
from niggle.core.reasons import Reason
from niggle.core.rehab import Due, LeftOutItem, Move, MoveKind, OutBecause
from niggle.core.today import Activity
from niggle.wording.doses import stopped, times_word
from niggle.wording.exercises import equipment_word
from niggle.wording.gates import named, needs_line
from niggle.wording.ladder import ELEMENTS, element, lock_line
from niggle.wording.lists import article, listed, lowered, raised
from niggle.wording.plan_rules import least_advice
from niggle.wording.reasons import sentence
from niggle.wording.scoreboard import test_word as name_of_test
from niggle.wording.today import ACTIVITIES, place
from niggle.wording.units import Units, pain

__all__ = ["ELEMENTS", "lock_line"]

PHASES: Final[Mapping[Phase, str]] = {
    Phase.SETTLE: "Settle and assess",
    Phase.BUILD: "Build capacity",
    Phase.INTEGRATE: "Spring and speed",
    Phase.SHARPEN: "Sharpen and maintain",
    Phase.DONE: "Full training",
}
STATUSES: Final[Mapping[RunStatus, str]] = {
    RunStatus.CONTINUING: "running goes on",
    RunStatus.PAUSED: "running is paused",
    RunStatus.LADDER: "run-walk ladder",
    RunStatus.BUILDING: "building up again",
    RunStatus.FULL: "full running",
}
NOTHING: Final[Mapping[str, str]] = {
    "no_plan": "No plan is open.",
    "rest": "Nothing is planned today. Rest is part of it.",
    "red": "Nothing of your plan today: the light is red.",
    "cannot_say": "Check in first; without it nobody can say what today holds.",
    "ill": "Get well first. The plan waits, and nothing is lost.",
    "all_done": "Everything for today is done.",
    "emergency": "Nothing today: get help first.",
    "locked": "Nothing today: the plan waits for what it needs first.",
}
ENDINGS: Final[Mapping[str, str]] = {"healed": "healed", "ended": "ended", "replaced": "replaced by another plan"}


class Stands(Protocol):
    """Where a plan stands: PlanState and PlanToday both do."""

    @property
    def status(self) -> RunStatus: ...
    @property
    def locked(self) -> str | None: ...
    @property
    def ladder(self) -> str | None: ...


def plan_name(condition: str, site: str | None, side: Side | None, known: Knowledge) -> str:
    """Achilles pain above the heel, left."""
    sheet = known.conditions.get(condition)
    name = named(condition).capitalize() if sheet is None else sheet.lay
    if side in (Side.LEFT, Side.RIGHT):
        return f"{name}, {side.value}"
    return f"{name}, both sides" if side is Side.BOTH else name


def where(site: str, side: Side | None) -> str:
    return place(site, side)


def phase_line(phase: Phase) -> str:
    """Phase 2 of 4: build capacity."""
    if phase is Phase.DONE:
        return PHASES[phase]
    return f"Phase {int(phase)} of 4: {lowered(PHASES[phase])}"


def running_line(stands: Stands, known: Knowledge, *, step: int | None) -> str:
    """Whether and how she runs now. step: 1 is the first of the ladder; None off it."""
    if stands.locked is not None:
        return lock_line(stands.locked)
    match stands.status:
        case RunStatus.CONTINUING:
            return "Running goes on as long as it stays quiet: 3 of 10 at most, and no worse the next morning."
        case RunStatus.PAUSED:
            return "Running is paused. It comes back step by step once the list for the first run is there."
        case RunStatus.LADDER:
            ladder = known.ladders.get(stands.ladder or "")
            if ladder is None or step is None:
                return "Running comes back by the ladder, step by step."
            return f"Step {min(step, len(ladder.steps))} of {len(ladder.steps)}: {ladder_line(ladder.id, step, known)}"
        case RunStatus.BUILDING:
            return "Running is back. Distance, hills and speed come back one by one."
        case RunStatus.FULL:
            return "Full running. Keep what keeps it well."


def ladder_line(ladder: str, step: int, known: Knowledge) -> str:
    """A step of a ladder in words; 1 is the first, beyond the last is the last."""
    steps = known.ladders[ladder].steps
    return stopped(steps[max(0, min(step, len(steps)) - 1)].say)


def off_menu(words: Sequence[str]) -> tuple[str, ...]:
    """What a phase leaves out: activities by their names, everything else as the plan says it."""
    names = {a.value: text for a, text in ACTIVITIES.items()} | {"trail": "trails", "downhill": ACTIVITIES[_DOWN]}
    return tuple(dict.fromkeys(names.get(w, w) for w in words))


_DOWN: Final = Activity.DOWNHILL


def nothing_line(why: str) -> str:
    """Why there is nothing to do today."""
    return NOTHING.get(why, NOTHING["rest"])


def move_line(move: Move, condition: str, known: Knowledge, units: Units) -> str:
    """What changed, then why: "You moved to phase 2. Everything that opens it is there."."""
    protocol = known.protocols.get(condition)
    what, why = _what(move, protocol, known), _why(move, protocol, units)
    if why.startswith(_PAUSES):
        return f"Running paused {why.removeprefix(_PAUSES)}"
    return why if move.kind is MoveKind.STEP_UNCOUNTED else f"{what} {why}"


_PAUSES: Final = "Running pauses "


def reason_line(reason: Reason, conditions: Iterable[str], known: Knowledge, units: Units) -> str:
    """A reason of the day as a sentence; a criterion that it names is said as the plan of these conditions says it."""
    asked = reason.fact("criterion") or reason.fact("held_by")
    lead = _OF_CRITERION.get(reason.rule)
    for condition in conditions if lead is not None and asked is not None else ():
        said = criteria_of(known.protocols[condition]).get(str(asked)) if condition in known.protocols else None
        if said is not None:
            return f"{lead}: {lowered(stopped(said))}"
    return sentence(reason, units)


_OF_CRITERION: Final = {
    "PLAN-R13": "Stop running and be seen",
    "RP-R02": "This phase is kept for now",
    "RP-R03": "A phase back for now",
}


def criteria_of(protocol: PlanProtocol) -> Mapping[str, str]:
    """The plan's own rules to hold, go back or stop, by id, in words."""
    return {c.id: c.say for c in (*protocol.regress, *protocol.stop, *protocol.hold)}


def _what(move: Move, protocol: PlanProtocol | None, known: Knowledge) -> str:
    now = move.now or ""
    match move.kind:
        case MoveKind.START:
            return "The plan began."
        case MoveKind.PHASE_FORWARD:
            return f"You moved to {_phase(now)}."
        case MoveKind.PHASE_BACK:
            return f"You went back to {_phase(now)}."
        case MoveKind.PAUSE:
            return "Running paused."
        case MoveKind.RESUME:
            return "Running goes on."
        case MoveKind.LADDER_START:
            return "The run-walk ladder began."
        case MoveKind.STEP_FORWARD:
            return f"On to step {now} of the ladder."
        case MoveKind.STEP_REPEAT:
            return f"Step {now} of the ladder once more."
        case MoveKind.STEP_BACK:
            return f"Back to step {now} of the ladder."
        case MoveKind.STEP_UNCOUNTED:
            return f"Step {now} of the ladder stays."
        case MoveKind.LADDER_DONE:
            return "The ladder is done: you run without walking breaks again."
        case MoveKind.ELEMENT_BACK:
            return f"Back in your runs: {element(now)}."
        case MoveKind.ELEMENT_OUT:
            return f"Out of your runs for now: {element(now)}."
        case MoveKind.LOCK:
            return "The plan waits."
        case MoveKind.UNLOCK:
            return "The plan goes on."
        case MoveKind.DOSE_UP:
            return f"A little more: {items_line(now, protocol, known)}."
        case MoveKind.DOSE_DOWN:
            return f"A little less: {items_line(now, protocol, known)}."
        case MoveKind.DOSE_LEAST:
            return f"No smaller dose is left: {items_line(now, protocol, known)}."
        case MoveKind.DOSE_BACK:
            return f"A softer start again: {items_line(now, protocol, known)}."
        case MoveKind.STOP:
            return "Stop, and be seen."
        case MoveKind.FULL:
            return "Full training again."


def _phase(number: str) -> str:
    if not number.isdigit():
        return "another phase"
    phase = Phase(int(number))
    name = lowered(PHASES[phase])
    return name if phase is Phase.DONE else f"phase {number}, {name}"


def _why(move: Move, protocol: PlanProtocol | None, units: Units) -> str:
    """The reason, with what the protocol calls the criterion where one is behind it."""
    if move.kind in (MoveKind.DOSE_UP, MoveKind.ELEMENT_BACK):
        return "The week was quiet and done." if move.kind is MoveKind.DOSE_UP else "One new thing a week is enough."
    criterion = move.reason.fact("criterion")
    if criterion is not None and protocol is not None:
        known = criteria_of(protocol)
        if str(criterion) in known:
            return f"Why: {lowered(stopped(known[str(criterion)]))}"
    hurt, limit = move.reason.fact("pain"), move.reason.fact("limit")
    least = move.reason.rule == "PLAN-R16"
    if (least or move.reason.rule == "PLAN-R10") and isinstance(hurt, int | float) and isinstance(limit, int | float):
        said = f"It hurt {pain(hurt)}, and {limit:g} is the limit here."
        return f"{said} {least_advice({f.name: f.value for f in move.reason.facts})}" if least else said
    if move.kind is MoveKind.PHASE_FORWARD:
        return "All of the list that opens it was true."
    return sentence(move.reason, units)


def _asked(fact: str) -> str:
    """What a condition of an exercise looks at: "worst pain of the last three days", "the test of calf raises"."""
    known = FACTS.get(fact)
    if known is not None:
        return known.removesuffix(", 0-10").removesuffix(", minutes").removesuffix(", 0-100")
    found = test_of(fact)
    return named(fact) if found is None else f"the test of {name_of_test(found[0]).removeprefix('the ')}"


_MOST_NAMED: Final = 3


def items_line(ids: str, protocol: PlanProtocol | None, known: Knowledge) -> str:
    """Item ids of a plan (separated by blanks) as exercises: "calf raise hold and heel drop"."""
    names = list(dict.fromkeys(_exercise(i, protocol, known) for i in ids.split()))
    if len(names) > _MOST_NAMED:
        return f"{len(names)} exercises"
    return listed(names, "and")


def exercises_line(
    pairs: Sequence[tuple[str, str]],
    conditions: Mapping[str, str],
    known: Knowledge,
    phases: Mapping[str, Phase] | None = None,
) -> str:
    """The exercises of a session by name. pairs: (plan, item); conditions: plan -> condition; phases: plan -> phase,
    with which it is said what is done more than once a day: a calendar has one hour for it."""
    names = []
    for plan, item in pairs:
        protocol = known.protocols.get(conditions.get(plan, ""))
        now = None if phases is None or protocol is None else _now(item, protocol, phases.get(plan))
        often = "" if now is None or now.dose.per_day < 2 else f" ({times_word(now.dose.per_day)} a day)"
        names.append(f"{_exercise(item, protocol, known)}{often}")
    return raised(", ".join(dict.fromkeys(names)))


def _now(item_id: str, protocol: PlanProtocol, phase: Phase | None) -> Item | None:
    here = () if phase is None or phase is Phase.DONE else protocol.phase(phase).items
    return next((i for i in here if i.id == item_id), None)


def _exercise(item_id: str, protocol: PlanProtocol | None, known: Knowledge) -> str:
    item = None if protocol is None else item_of(item_id, protocol)
    exercise = None if item is None else known.exercises.get(item.exercise)
    if exercise is None:
        return named(item_id)
    return lowered(exercise.name)


def item_of(item_id: str, protocol: PlanProtocol) -> Item | None:
    """An item of a protocol by its id, from the first phase that has it."""
    every = (*(i for p in protocol.phases for i in p.items), *protocol.maintenance)
    return next((i for i in every if i.id == item_id), None)


def see_line(see: Sequence[str], because: str | None = None) -> str:
    """See a physiotherapist or a sports physician. Why, if it is known."""
    who = listed([article(w) for w in see]) or "a physiotherapist or a sports physician"
    return f"See {who}." if not because else f"See {who}. {stopped(because)}"


_NOT_SAID: Final = {  # what only a check-in tells
    "checkin": "how much it hurts", "checkin:limp": "whether you limp", "checkin:swelling": "whether it is swollen",
    "checkin:night_pain": "whether it hurts at night",
}  # fmt: skip


def due_line(due: Due, condition: str, known: Knowledge) -> str:
    """Whom to see now that a deadline of the plan has passed, and why: what is known, or what nobody has said yet."""
    if due.missing:
        who = see_line(due.see).removesuffix(".")
        asked = [_NOT_SAID.get(name, "") for name in due.missing]
        if all(asked):
            unknown, needed = f"it is not known {listed(asked, 'and')}", "Check in and say so."
        else:
            unknown, needed = "not all of it is known", needs_line(due.missing, known)
        return f"{who}: it should be better by now, and {unknown}. {needed} Until it is known the appointment stands."
    protocol = known.protocols.get(condition)
    found = () if protocol is None else protocol.deadlines
    because = next((d.because for d in found if d.id == due.deadline), None)
    return see_line(due.see, because)


def reckons_week(metres: float | None, units: Units) -> str:
    """What a plan takes for a usual week that it was not told."""
    if metres is None:
        return "Not told, and your log has too few weeks before it to say."
    return f"Not told. The plan reckons with {units.distance(metres)}, from your log."


def reckons_since(start: str) -> str:
    return f"Not told. The plan reckons from its start, {start}."


def reckons_last(day: str | None) -> str:
    return "Not told, and your log has no run." if day is None else f"Not told. In your log it is {day}."


def left_out_line(item: LeftOutItem, known: Knowledge) -> str:
    """Why an exercise of the phase is not in today's prescription."""
    exercise = known.exercises.get(item.exercise)
    name = named(item.item).capitalize() if exercise is None else exercise.name
    match item.because:
        case OutBecause.CONTRAINDICATED:
            sheet = known.conditions.get(item.what)
            why = f"not with {sheet.lay.lower() if sheet is not None else named(item.what)}"
            because = None if exercise is None else next(
                (c.because for c in exercise.contraindications if c.condition == item.what), None
            )  # fmt: skip
            return f"{name}: {why}{f', because {because}' if because else ''}."
        case OutBecause.ONLY_IF:
            asked = [_asked(n) for n in item.what.split()]
            return f"{name}: not yet. It depends on {listed(list(dict.fromkeys(asked)), 'and') or 'how it goes'}."
        case OutBecause.EQUIPMENT:
            things = listed([equipment_word(e) for e in item.what.split()], "and") or "something"
            return f"{name}: it needs {things}, which you do not have at hand."
        case OutBecause.LIGHT:
            return f"{name}: not with today's light."
        case OutBecause.AWAY:
            return f"{name}: not while you are ill."
