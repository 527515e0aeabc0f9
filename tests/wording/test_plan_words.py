"""A plan in words: what it holds, how it moved and why, whom to see, how running stands."""

import re

import pytest
from tests.wording.plan_voice import ACHILLES, KNOWN, ON, reason, voiced

from niggle.core.body import Side
from niggle.core.plan import PlanStart, RunStatus
from niggle.core.protocol import Phase
from niggle.core.rehab import Due, LeftOutItem, Move, MoveKind, OutBecause, PlanState
from niggle.core.rehab.dosing import dose_at
from niggle.wording import doses, ladder, plans, reasons
from niggle.wording.units import METRIC


@pytest.mark.parametrize("condition", sorted(KNOWN.protocols))
def test_everything_a_plan_can_say_reads_well(condition: str) -> None:
    """No id, no None, no braces in what is made of a protocol."""
    protocol = KNOWN.protocols[condition]
    lines: list[str] = [plans.plan_name(condition, protocol.site, Side.LEFT, KNOWN)]
    for phase in protocol.phases:
        lines += plans.off_menu(phase.off_menu)
        for item in phase.items:
            lines += [doses.dose_line(dose_at(item.dose, 3), Side.LEFT), doses.growing_line(item.dose)]
            notes = doses.dose_notes(dose_at(item.dose, 30))
            for note in notes:
                voiced(note)
            lines += notes
            lines.append(plans.items_line(item.id, protocol, KNOWN))
    lines += [plans.see_line(d.see, d.because) for d in protocol.deadlines]
    if protocol.ladder is not None:
        lines += [
            plans.ladder_line(protocol.ladder, n, KNOWN) for n in range(len(KNOWN.ladders[protocol.ladder].steps) + 2)
        ]
    for text in lines:
        assert text
        assert not re.search(r"[{}_]|\bNone\b|  ", text), text


@pytest.mark.parametrize("kind", list(MoveKind))
def test_every_move_says_what_and_why(kind: MoveKind) -> None:
    now = {"phase_forward": "2", "phase_back": "1", "dose_up": "hold", "element_back": "strides"}.get(kind.value, "2")
    text = plans.move_line(Move(ON, kind, "1", now, reason("RP-R02", held_by="yellow_7d")), ACHILLES, KNOWN, METRIC)
    voiced(text)
    assert "keeps this phase" in text or kind in (MoveKind.PHASE_FORWARD, MoveKind.DOSE_UP, MoveKind.ELEMENT_BACK), text


def test_why_running_paused_is_said_once() -> None:
    move = Move(ON, MoveKind.PAUSE, "continuing", "paused", reason("RTR-X09", because="red"))
    assert plans.move_line(move, ACHILLES, KNOWN, METRIC) == "Running paused because of a red light."
    sore = Move(ON, MoveKind.DOSE_DOWN, None, "hold", reason("PLAN-R10", item="hold", pain=6, limit=5))
    text = plans.move_line(sore, ACHILLES, KNOWN, METRIC)
    assert text == "A little less: isometric calf raise hold. It hurt 6 of 10, and 5 is the limit here."


def test_where_no_smaller_dose_is_left_it_says_what_to_do_instead_and_whom_to_ask() -> None:
    sore = reason("PLAN-R16", item="hold", exercise="isometric-calf-hold", pain=6, limit=5, see="podiatrist")
    text = plans.move_line(Move(ON, MoveKind.DOSE_LEAST, None, "hold", sore), ACHILLES, KNOWN, METRIC)
    assert text == (
        "No smaller dose is left: isometric calf raise hold. It hurt 6 of 10, and 5 is the limit here. Leave it out "
        "until a day is calm, then do half of it. If half hurts as much, show it to a podiatrist."
    )
    assert reasons.sentence(sore, METRIC).startswith("Isometric calf hold hurt 6 of 10 at its smallest dose")


def test_a_move_names_the_phase_the_exercise_and_the_sign() -> None:
    def said(move: Move) -> str:
        return plans.move_line(move, ACHILLES, KNOWN, METRIC)

    assert said(Move(ON, MoveKind.PHASE_FORWARD, "1", "2", reason("RP-G1", phase=2))) == (
        "You moved to phase 2, build capacity. All of the list that opens it was true."
    )
    assert "calf raise hold" in said(Move(ON, MoveKind.DOSE_UP, None, "hold", reason("PLAN-R09", item="hold", level=1)))
    assert "Why: a limp in the last week" in said(
        Move(ON, MoveKind.PHASE_BACK, "2", "1", reason("RP-R03", criterion="limps"))
    )
    many = " ".join(i.id for i in KNOWN.protocols[ACHILLES].phases[1].items)
    assert "8 exercises" in said(Move(ON, MoveKind.DOSE_DOWN, None, many, reason("RP-R03", yellow_7d=2)))


def test_whom_to_see_and_why() -> None:
    due = Due("phase-one-stuck", ON, ("physiotherapist", "orthopaedist"), reason("PLAN-R03"))
    text = plans.due_line(due, ACHILLES, KNOWN)
    assert text.startswith("See a physiotherapist or an orthopaedist. Four weeks without leaving the first phase")
    assert plans.due_line(Due("gone", ON, ("podiatrist",), reason("PLAN-R03")), ACHILLES, KNOWN) == "See a podiatrist."


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        (
            ("checkin:limp",),
            "it is not known whether you limp. Check in and say so. Until it is known the appointment stands.",
        ),
        (("checkin", "checkin:limp"), "it is not known how much it hurts and whether you limp. Check in"),
        (("clearance",), "not all of it is known. See a clinician; when you are cleared, record"),
    ],
)
def test_who_is_due_only_because_nobody_knows_is_told_that(missing: tuple[str, ...], says: str) -> None:
    due = Due("still-sore-after-two-weeks", ON, ("physiotherapist", "sports physician"), reason("PLAN-R03"), missing)
    text = plans.due_line(due, ACHILLES, KNOWN)
    assert text.startswith("See a physiotherapist or a sports physician: it should be better by now, and")
    assert says in text
    assert "6 or 7" not in text


@pytest.mark.parametrize("because", list(OutBecause))
def test_what_was_left_out(because: OutBecause) -> None:
    what = {
        "contraindicated": "achilles-tendinopathy-insertional",
        "equipment": "step mat",
        "only_if": "pain_worst_3d calf_hold_min",
    }.get(because.value, "")
    item = LeftOutItem("p", "drop", "heel-drop-straight-knee", because, what, reason("PLAN-R04"))
    voiced(plans.left_out_line(item, KNOWN))


def test_running_in_one_line() -> None:
    start = PlanStart("p", ACHILLES, ON, "achilles", Side.LEFT)
    for status in RunStatus:
        state = PlanState(start, ON, Phase.SETTLE, ON, status, ON, ladder="tendon", step=1)
        voiced(plans.running_line(state, KNOWN, step=2))
    state = PlanState(start, ON, Phase.SETTLE, ON, RunStatus.LADDER, ON, ladder="tendon", step=1)
    assert plans.running_line(state, KNOWN, step=2) == "Step 2 of 4: 15 minutes easy."
    for lock in ladder.LOCKS:
        locked = PlanState(start, ON, Phase.SETTLE, ON, RunStatus.PAUSED, ON, locked=lock)
        assert plans.running_line(locked, KNOWN, step=None) == ladder.LOCKS[lock]
