"""What a plan has to say for itself on its last day: the gate, what the first run waits for, who is due, and why."""

from __future__ import annotations

from datetime import date, timedelta

from niggle.core.gates import GateResult, evaluate, what_to_do
from niggle.core.ladder import ladder_of, next_element, ready
from niggle.core.plan import RunStatus
from niggle.core.protocol import Deadline, Phase
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab.advance import LOCK_RULE, Held, holds, too_early
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.types import NO_GATE, WEIGHT_ONLY, Due, PlanState
from niggle.core.when import Truth

_SEEN = "professional_seen"  # her answer that she went, newer than the deadline


def account(d: Draft) -> PlanState:
    """The state with its gate, readiness, deadlines and reasons, at the end of the draft's day."""
    d.facts.moved()
    gate, held, trial = NO_GATE, None, False
    if d.phase is not Phase.DONE:
        gate, held = evaluate(d.book.phase(d.phase).gate, d.facts, d.on), holds(d)
        trial = gate.lacks_only_time and held is None and d.phase is not Phase.SHARPEN
    readiness = ready(d.book.readiness, d.facts) if d.status is RunStatus.PAUSED else None
    deadlines = _deadlines(d)
    return d.freeze(
        gate=gate,
        readiness=readiness,
        trial=trial,
        conditional=_conditional(d, trial),
        deadlines=deadlines,
        stops=_stops(d),
        reasons=(
            *_why_here(d, gate, held, trial),
            *_why_not_running(d, readiness),
            *_least(d),
            *(x.reason for x in deadlines),
        ),
    )


def _conditional(d: Draft, trial: bool) -> dict[str, Truth]:
    """Whether what is only prescribed under a condition is prescribed today; unknown is not."""
    items = list(d.book.items(d.phase))
    if trial:
        items += [i for i in d.book.items(Phase(d.phase + 1)) if i.trial]
    found: dict[str, Truth] = {i.id: i.only_if.truth(d.facts) for i in items if i.only_if is not None}
    for mode in d.book.phase(d.phase).cross_training:
        if mode.only_if is not None:
            found[f"cross:{mode.exercise}"] = mode.only_if.truth(d.facts)
    return found


def _deadlines(d: Draft) -> tuple[Due, ...]:
    """Every deadline that has passed, unless its own way out is known and true, or she has gone since."""
    due = []
    for deadline in d.book.protocol.deadlines:
        since = _due_since(d, deadline)
        if since is None or since > d.on:
            continue
        if deadline.unless is not None and deadline.unless.holds(d.facts):
            continue
        if _seen_since(d, since):
            continue
        why = d.reason("PLAN-R03", Weight.CAUTION, Fact("deadline", deadline.id, None, since),
                       Fact("see", ", ".join(deadline.see), None, since),
                       Fact("days", (d.on - since).days, "days", d.on))  # fmt: skip
        due.append(Due(deadline.id, since, deadline.see, why, _unanswered(d, deadline)))
    return tuple(due)


def _unanswered(d: Draft, deadline: Deadline) -> tuple[str, ...]:
    """What is not known, where only that keeps the deadline: she may be well, and nobody has asked."""
    unless = deadline.unless
    if unless is None or unless.fails(d.facts):
        return ()
    return tuple(dict.fromkeys(what_to_do(n) for n in unless.names if d.facts.get(n) is None))


def _due_since(d: Draft, deadline: Deadline) -> date | None:
    if deadline.phase is None:
        return d.plan.on + timedelta(days=deadline.after_days)
    if d.phase is not deadline.phase:
        return None
    return d.phase_since + timedelta(days=deadline.after_days)


def _seen_since(d: Draft, since: date) -> bool:
    rows = d.days.rows[max(0, d.days.index(since)) : d.index + 1]
    return any(a.key.removeprefix("says_") == _SEEN and a.value for row in rows for a in row.answers)


def _stops(d: Draft) -> tuple[Reason, ...]:
    held = [c for c in d.book.protocol.stop if c.when.holds(d.facts)]
    return tuple(d.reason("PLAN-R13", Weight.STOP, Fact("criterion", c.id, None, d.on)) for c in held)


def _least(d: Draft) -> tuple[Reason, ...]:
    """That there is no smaller dose is told on the day itself, not only in the history of the plan."""
    return tuple(m.reason for m in d.moves[-_NEWEST:] if m.on == d.on and m.reason.rule == "PLAN-R16")


_NEWEST = 8  # more than this does not move on one day

_GATE_RULE = {Phase.SETTLE: "RP-G1", Phase.BUILD: "RP-G2", Phase.INTEGRATE: "RP-G3", Phase.SHARPEN: "RP-G4"}


def _why_here(d: Draft, gate: GateResult, held: Held | None, trial: bool) -> tuple[Reason, ...]:
    """Why the phase is what it is today."""
    on = d.on
    if d.phase is Phase.DONE:
        return (d.reason("SP-R06", Weight.INFO, Fact("phase", int(d.phase), None, on)),)
    found: list[Reason] = []
    if held is not None:
        weight = Weight.CAUTION if held[0] in ("RP-R02", "RP-R03") else Weight.INFO
        found.append(d.reason(held[0], weight, Fact("held_by", held[1], None, on)))
    early = too_early(d)
    if early:
        found.append(d.reason("RP-R04", Weight.INFO, Fact("days", early, "days", on)))
    facts = (
        Fact("phase", int(d.phase), None, on),
        Fact("open", gate.open, None, on),
        Fact("met", len(gate.met), "count", on),
        Fact("of", len(gate.items), "count", on),
        Fact("unmet", " ".join(gate.unmet), None, on),
        Fact("unknown", " ".join(gate.unknown), None, on),
        Fact("missing", " ".join(gate.missing), None, on),
    )
    found.append(d.reason(_GATE_RULE[d.phase], Weight.INFO, *facts))
    if trial:
        found.append(d.reason("RP-R04", Weight.INFO, Fact("trial", True, None, on)))
    return tuple(found)


_READY_RULE = {"weeks-off": "RTR-X06", "stiffness": "RTR-X10"}  # criteria with a rule of their own


def _why_not_running(d: Draft, readiness: GateResult | None) -> tuple[Reason, ...]:
    on = d.on
    if d.locked is not None:
        rule = LOCK_RULE.get(d.locked, "PLAN-R02")
        return (d.reason(rule, Weight.STOP, Fact("locked", d.locked, None, on)),)
    if readiness is not None:
        more = [(i, rule) for i, rule in _READY_RULE.items() if i in readiness.unmet]
        word = (d.reason("PLAN-R02", Weight.STOP, Fact("held_by", WEIGHT_ONLY, None, on)),) if d.weight_only else ()
        return (
            *word,
            d.reason("RTR-R01", Weight.CAUTION, Fact("open", readiness.open, None, on),
                     Fact("unmet", " ".join(readiness.unmet), None, on),
                     Fact("unknown", " ".join(readiness.unknown), None, on),
                     Fact("missing", " ".join(readiness.missing), None, on)),
            *(d.reason(rule, Weight.CAUTION, Fact("criterion", i, None, on)) for i, rule in more),
        )  # fmt: skip
    if d.wait_until is not None:
        return (d.reason("RTR-R02", Weight.CAUTION, Fact("until", d.wait_until.isoformat(), None, on)),)
    if d.status is RunStatus.LADDER:
        ladder = ladder_of(d.book.protocol, d.book.knowledge)
        return (
            d.reason("RTR-R03", Weight.INFO, Fact("step", d.step + 1, "count", on),
                     Fact("of", 0 if ladder is None else len(ladder.steps), "count", on),
                     Fact("successes", d.successes, "count", on),
                     Fact("needed", 0 if ladder is None else ladder.times_each, "count", on)),
        )  # fmt: skip
    if d.status is RunStatus.BUILDING:
        book = d.book
        gate = next_element(d.opened, book.protocol, book.phase(d.phase), d.facts, on, d.plan.site, book.knowledge)
        return () if gate is None else gate.reasons
    return ()
