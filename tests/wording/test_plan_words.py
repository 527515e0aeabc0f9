"""Every rule of plans has words, and the words keep to the voice."""

import re
from datetime import date

import pytest

from niggle.core.body import Side
from niggle.core.exercise import DoseToday, ExerciseKind, GrowingDose, Quantity, Sides, Tempo, Weight
from niggle.core.gates import FACTS, GateItem, GateResult, what_to_do
from niggle.core.ladder import RunStep, StepKind, Verdict, session_steps
from niggle.core.plan import ItemKind, Placed, PlanStart, RunStatus, WeekItem, WeekPlan, Wish, WishKind
from niggle.core.protocol import GATE_FACTS, Element, Group, Phase
from niggle.core.reasons import Fact, Grade, Reason
from niggle.core.reasons import Weight as ReasonWeight
from niggle.core.rehab import Due, LeftOutItem, Move, MoveKind, OutBecause, PlanState, Prescribed
from niggle.core.rehab.dosing import dose_at
from niggle.core.scoreboard import board
from niggle.core.today.tasks import Change, Task
from niggle.core.week import Shift, Violation
from niggle.core.week.types import Severity
from niggle.knowledge import load
from niggle.wording import (
    doses,
    exercises,
    gates,
    ladder,
    plan_rules,
    plans,
    reasons,
    scoreboard,
    tasks,
    week,
    week_rules,
)
from niggle.wording.units import IMPERIAL, METRIC

KNOWN = load()
ON = date(2026, 6, 3)
ACHILLES = "achilles-tendinopathy-midportion"
ELSEWHERE = re.compile(r"RTR-R1[6-9]|SCI-|GC-|NSM-|SEASON-")  # race, coach and season have words of their own
OF_PLANS = sorted(
    r for r in KNOWN.rules if r.startswith(("RP-", "RTR-", "ASB-", "SP-", "PLAN-")) and not ELSEWHERE.match(r)
)


def voiced(text: str) -> None:
    assert text, text
    assert text[0].isupper() or text[0] in '"0123456789', text
    assert text.endswith("."), text
    assert "!" not in text
    assert ".." not in text, text
    assert "  " not in text, text
    assert not re.search(r"[{}_]|\bNone\b|\bTrue\b|\bFalse\b", text), text


def test_numbers_of_several_tests_say_whose_they_are() -> None:
    raises, hold = Fact("calf_raise_min", 18), Fact("calf_hold_min", 42)
    alone = gates.facts_seen(GateItem("raises", False, (raises,)), KNOWN)
    assert alone == "now 18"
    both = gates.facts_seen(GateItem("strong", False, (raises, hold)), KNOWN)
    assert both == "now single-leg calf raises 18, calf raise hold 42\u00a0s"
    unknown = gates.facts_seen(GateItem("measured", None, (raises, Fact("dorsiflexion_min", None))), KNOWN)
    assert unknown == "now single-leg calf raises 18"


def test_every_rule_of_a_plan_has_a_sentence() -> None:
    said = plan_rules.SENTENCES | ladder.SENTENCES | week_rules.SENTENCES
    assert sorted(r for r in said if r in OF_PLANS) == OF_PLANS
    assert set(said) <= set(KNOWN.rules), sorted(set(said) - set(KNOWN.rules))
    assert set(OF_PLANS) <= set(reasons.sentences())


@pytest.mark.parametrize("rule", OF_PLANS)
def test_a_sentence_survives_missing_facts_and_stays_short(rule: str) -> None:
    text = reasons.sentences()[rule]({}, METRIC)
    voiced(text)
    assert 10 < len(text) <= 140, (len(text), text)


SEEN = [  # rule, facts as the engine gives them, a word that must be said
    ("RP-G1", {"phase": 1, "open": False, "met": 2, "of": 6, "unknown": "a b", "missing": ""}, "2 of 6"),
    ("RP-G1", {"phase": 2}, "phase 2"),
    ("RP-G4", {"phase": 5}, "there"),
    ("RP-G2", {"phase": 2, "open": True, "met": 6, "of": 6}, "fresh green"),
    ("RP-R01", {"held_by": "no_green_word"}, "fresh green check-in"),
    ("RP-R01", {"held_by": "last_run_not_final"}, "morning after"),
    ("RP-R02", {"held_by": "yellow_7d"}, "yellow"),
    ("RP-R02", {"held_by": "exercise-too-sore"}, "exercise too sore"),
    ("RP-R03", {"light": "red"}, "red"),
    ("RP-R03", {"yellow_7d": 2}, "last week's doses"),
    ("RP-R03", {"criterion": "limps"}, "limps"),
    ("RP-R03", {"held_by": "stop"}, "looked at"),
    ("RP-R04", {"days": 3}, "3 days"),
    ("RP-R04", {"trial": True}, "first dose"),
    ("RP-R07", {"kind": "speed", "light": "red"}, "red"),
    ("RP-R07", {"kind": "strides", "sessions_left": 2}, "2 runs"),
    ("RP-C01", {"earlier": "strength_a", "later": "hills", "gap_h": 24.5, "limit_h": 36}, "24.5 hours"),
    ("RP-C03", {"earlier": "speed", "later": "strength_b", "gap_h": 3.0, "limit_h": 24}, "3 hours"),
    ("RP-C04", {"earlier": "strength_b", "later": "run_long"}, "the long run"),
    ("RP-C04", {"earlier": "run_easy", "later": "run_long", "minutes": 50, "limit_min": 30}, "30 easy minutes"),
    ("RP-C05", {"earlier": "strength_a", "later": "strength_b", "gap_h": 24.0, "limit_h": 48}, "24 hours"),
    ("RP-C07", {"earlier": "run_long", "later": "run_easy"}, "long run"),
    ("RP-C08", {"kind": "strength_a", "pain": 4}, "4 of 10"),
    ("RP-C13", {"earlier": "run_walk", "later": "run_easy"}, "run-walk"),
    ("RP-C14", {"quiet_days": 0, "limit": 1}, "none"),
    ("RP-C15", {"strength_min": 60, "before_min": 80, "cut": 0.25}, "25\u00a0%"),
    ("RP-X06", {"heavy_sessions": 3, "limit": 2}, "3"),
    ("PLAN-W04", {"kind": "run_easy"}, "away or ill"),
    ("PLAN-W05", {"kind": "run_easy", "light": "green"}, "easy run"),
    ("RTR-R01", {"open": False, "unmet": "hop", "unknown": "walk", "missing": "test:walk_30"}, "2 things"),
    ("RTR-R01", {"ladder": "tendon"}, "Ready"),
    ("RTR-R02", {"until": "2026-06-05"}, "two quiet days"),
    ("RTR-R02", {"step": 1, "verdict": "wait"}, "felt the next morning"),
    ("RTR-R03", {"step": 2, "of": 4, "successes": 0, "needed": 1}, "step 2 of 4"),
    ("RTR-R03", {"step": 2, "of": 6, "successes": 0, "needed": 2}, "2 quiet sessions"),
    ("RTR-R04", {"step": 2, "verdict": "repeat", "run_pain": 4}, "4 of 10"),
    ("RTR-R05", {"step": 2, "verdict": "back"}, "One step back"),
    ("RTR-R05", {"locked": "red_flag"}, "warning sign"),
    ("RTR-R05", {"locked": None, "was": "red_flag"}, "first step"),
    ("RTR-R06", {"ladder": "tendon"}, "on the ladder"),
    ("RTR-R06", {"ladder": None}, "you ran yesterday"),
    ("RTR-R09", {"locked": "sharp_bone"}, "sharp pain"),
    ("RTR-R12", {"element": "uphill", "because": "calf_gate"}, "25 calf raises"),
    ("RTR-R14", {"element": "speed", "because": "careful_voice"}, "careful"),
    ("RTR-X04", {"element": "strides"}, "Strides"),
    ("RTR-X04", {"element": "uphill", "because": "one_a_week"}, "one new thing"),
    ("RTR-X04", {"element": None}, "One new thing"),
    ("RTR-X09", {"because": "red"}, "red light"),
    ("RTR-X09", {"because": "clearance"}, "clinician"),
    ("RTR-X09", {"light": "red"}, "red light"),
    ("ASB-R01", {"test": "calf_raise", "gap": 0.4, "band": "attention", "side": "left"}, "40\u00a0%"),
    ("ASB-R01", {"test": "hop_distance", "gap": 0.25, "band": "block", "side": None}, "speed"),
    ("ASB-R02", {"calf_gate": True}, "strong enough"),
    ("ASB-R02", {"calf_gate": None}, "Test both"),
    ("ASB-R03", {"side": "right"}, "right"),
    ("ASB-R06", {"test": "calf_hold", "side": "left", "shortfall": 0.3, "against": "target"}, "the target"),
    ("ASB-R07", {"test": "calf_raise", "age_days": 20}, "20 days"),
    ("ASB-R08", {"because": "hop_gap"}, "hops"),
    ("ASB-17", {"test": "hop_count", "because": "bone"}, "bone"),
    ("PLAN-R02", {"locked": "imaging", "was": None}, "imaged"),
    ("PLAN-R02", {"locked": None, "was": "clearance"}, "goes on"),
    (
        "PLAN-R03",
        {"deadline": "x", "see": "sports physician, orthopaedist", "days": 2},
        "a sports physician or an orth",
    ),
    ("PLAN-R05", {"days": 9, "restart": False}, "9 days"),
    ("PLAN-R05", {"days": 25, "restart": True}, "first doses"),
    ("PLAN-R06", {"days": 5}, "5 days"),
    ("PLAN-R09", {"item": "straight-raise", "level": 2}, "straight raise"),
    ("PLAN-R10", {"item": "hold", "pain": 6, "limit": 5}, "6 of 10"),
    ("PLAN-R13", {"criterion": "stiffer-every-week"}, "stiffer every week"),
    ("PLAN-R16", {"item": "hold", "pain": 6, "limit": 5, "see": "podiatrist"}, "show it to a podiatrist"),
    ("PLAN-R16", {"yellow_7d": 2, "see": None}, "a physiotherapist"),
    ("RTR-X09", {"because": "not_ready"}, "No running yet"),
    ("RTR-X09", {"because": "window"}, "stays quiet"),
    ("RTR-R03", {"step": 3}, "step 3"),
    ("RP-C01", {"ticked": True}, "36 hours"),
    ("PLAN-R07", {"no_running": True}, "as you said"),
    ("DAY-R01", {"locked": "restriction"}, "restriction holds."),
]


@pytest.mark.parametrize(("rule", "facts", "word"), SEEN, ids=[f"{r}-{i}" for i, (r, _, _) in enumerate(SEEN)])
def test_what_a_rule_saw_is_said(rule: str, facts: dict, word: str) -> None:
    text = reasons.sentences()[rule](facts, METRIC)
    voiced(text)
    assert word in text, text


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_of_a_session_has_words(verdict: Verdict) -> None:
    for rule in ("RTR-R02", "RTR-R03", "RTR-R04", "RTR-R05", "RTR-R06", "RTR-R09", "RTR-R10"):
        voiced(reasons.sentences()[rule]({"ladder": "bone", "step": 3, "verdict": verdict.value}, METRIC))
    done = ladder.SENTENCES["RTR-R03"]({"step": 3, "verdict": "done"}, METRIC)
    assert all(
        ladder.SENTENCES["RTR-R03"]({"step": 3, "verdict": v.value}, METRIC) != done
        for v in (Verdict.TOO_SHORT, Verdict.TOO_MUCH, Verdict.NOT_FINAL, Verdict.QUIET_ACHE)
    )


def test_nothing_of_the_vocabulary_is_without_words() -> None:
    assert set(week_rules.KINDS) == set(ItemKind)
    assert set(week_rules._THE) == set(ItemKind)
    assert set(ladder.ELEMENTS) == set(Element)
    assert set(week_rules.STRESSORS) == {e.value for e in Element}
    assert set(plans.PHASES) == set(Phase)
    assert set(plans.STATUSES) == set(RunStatus)
    assert set(tasks.CHANGES) == set(Change)
    assert set(scoreboard.TEST_WORDS) == set(KNOWN.tests)
    assert set(tasks._STEPS) == set(StepKind)
    assert {f for f in GATE_FACTS if f.startswith("says_")} <= set(gates.QUESTIONS)


@pytest.mark.parametrize("name", sorted(FACTS))
def test_what_is_missing_becomes_something_to_do(name: str) -> None:
    text = gates.do_this(what_to_do(name), KNOWN)
    assert text[0].isupper()
    assert text[-1] in ".?", text
    if name not in ("pain_worst_3d", "pain_worst_7d") and what_to_do(name) != "checkin":
        assert text != gates.do_this("checkin", KNOWN), f"{name} needs its own words"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test:calf_raise", "Do the test: single-leg calf raises, knee straight."),
        ("days:1", "Give it 1 day more."),
        ("days:4", "Give it 4 days more."),
        ("weeks:2", "Give it 2 weeks more."),
        ("answer:says_tender", "Is the place sore when you press on it?"),
        ("clearance", "See a clinician; when you are cleared, record who said so and when."),
    ],
)
def test_do_this(name: str, words: str) -> None:
    assert gates.do_this(name, KNOWN) == words


def test_a_checklist_tells_met_from_not_met_from_not_known() -> None:
    criteria = KNOWN.protocols[ACHILLES].phases[0].gate
    result = GateResult(
        (
            GateItem("no-red-flag", True, (Fact("flags_open", False),)),
            GateItem("settled", False, (Fact("settled_days", 1, "days"),), ("days:2",)),
            GateItem("hold-quiet", None, (Fact("calf_hold_min", None),), ("test:calf_hold",)),
        )
    )
    met, unmet, unknown = gates.checklist(result, criteria, KNOWN)
    assert (met.state, met.do) == ("met", ())
    assert met.text == "No red flag is open"
    assert (unmet.state, unmet.seen, unmet.do) == ("not_met", "now 1 day", ("Give it 2 days more.",))
    assert unknown.state == "unknown"
    assert unknown.do == ("Do the test: calf raise hold, mid-range.",)
    assert unknown.needs == ("test:calf_hold",)


DOSE = GrowingDose(
    sets=Quantity(3, 3), reps=Quantity(10, 15), tempo=Tempo(2, 1, 4), weight=Weight.EFFORT, sides=Sides.EACH,
    rest_s=90, grows=("reps", "load"), load_note="Five kilograms more, in the hand.",
)  # fmt: skip


def test_a_dose_in_words() -> None:
    assert doses.dose_line(dose_at(DOSE, 0)) == "3 x 10, 2\u00a0s up, 1\u00a0s hold, 4\u00a0s down, each side, heavy"
    grown = dose_at(DOSE, 7)
    assert doses.dose_line(grown).startswith("3 x 15")
    assert doses.dose_notes(grown) == (
        "Heavy enough that the last three take effort.",
        "More than at first: raised twice (five kilograms more, in the hand).",
        "Rest 90\u00a0s between sets.",
    )
    assert doses.growing_line(DOSE) == "3 x 10, growing to 3 x 15, then heavier; " + doses.tempo_line(Tempo(2, 1, 4))
    hold = GrowingDose(sets=Quantity(5, 5), hold_s=Quantity(10, 45, 5), sides=Sides.SORE, grows=("hold_s",))
    assert doses.dose_line(dose_at(hold, 1), Side.LEFT) == "5 x 15\u00a0s, left side only"
    assert doses.dose_line(dose_at(hold, 1)) == "5 x 15\u00a0s, the sore side"
    minutes = GrowingDose(sets=Quantity(1, 1), minutes=Quantity(2.5, 2.5))
    assert doses.dose_line(dose_at(minutes, 0)) == "2.5\u00a0min"
    assert doses.easy_question(dose_at(DOSE, 0), (ExerciseKind.ISOTONIC,)) == "Were the last three repetitions easy?"
    assert "repetitions" not in doses.easy_question(dose_at(hold, 1), (ExerciseKind.ISOMETRIC,)) != ""
    for stretch in (ExerciseKind.MOBILITY, ExerciseKind.SELF_MASSAGE):
        assert doses.easy_question(dose_at(hold, 1), (stretch,)) == ""
    assert doses.easy_question(dose_at(minutes, 0), (ExerciseKind.BALANCE,)) == ""


@pytest.mark.parametrize(
    ("low", "high", "day", "words"),
    [
        (1, 1, 1, "once a week"), (2, 2, 1, "twice a week"), (5, 7, 1, "5 to 7 days a week"), (7, 7, 1, "every day"),
        (7, 7, 2, "twice a day, every day"), (3, 3, 2, "twice a day, 3 days a week"),
    ],
)  # fmt: skip
def test_how_often(low: int, high: int, day: int, words: str) -> None:
    assert doses.times_line(low, high, day) == words


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


def reason(rule: str, **facts: object) -> Reason:
    known = KNOWN.rules[rule]
    return Reason(
        rule,
        ReasonWeight.INFO,
        tuple(Fact(k, v) for k, v in facts.items()),
        known.sources,
        known.grade,  # type: ignore[arg-type]
    )


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


def test_steps_of_a_run_walk_session() -> None:
    steps = session_steps(KNOWN.ladders["bone"].steps[0], KNOWN)
    assert tasks.steps_lines(steps, METRIC) == ("4 times: 1\u00a0min run, 4\u00a0min walk",)
    mile = session_steps(KNOWN.ladders["bone"].steps[4], KNOWN)
    assert tasks.steps_lines(mile, METRIC) == ("1.6\u00a0km run",)
    assert tasks.steps_lines(mile, IMPERIAL) == ("1\u00a0mi run",)
    stride = RunStep(StepKind.STRIDE, 20, percent=(50, 60), repeat=4, block=1)
    walk = RunStep(StepKind.WALK, 90, repeat=4, block=1)
    warm = RunStep(StepKind.WARM_UP, 300)
    assert tasks.steps_lines((warm, stride, walk), METRIC) == (
        "5\u00a0min walk to warm up",
        "4 times: 20\u00a0s stride at 50 to 60\u00a0% of top speed, 90\u00a0s walk",
    )


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_task_has_a_title(kind: ItemKind) -> None:
    task = Task("t", kind, minutes=30, mode="cycling", tests=("calf_raise",), changes=(Change.VOLUME_CUT,))
    assert tasks.task_title(task, KNOWN, METRIC).startswith(week_rules.KINDS[kind].removesuffix("s"))
    assert all(line.endswith(".") for line in tasks.change_lines(task))


def test_a_violation_speaks_of_its_days_and_of_the_move_that_mends_it() -> None:
    strength = WeekItem("s", ItemKind.STRENGTH_A, 40, heavy=True, heavy_calf=True)
    hills = WeekItem("h", ItemKind.HILLS, 40)
    plan = WeekPlan(
        date(2026, 6, 1), ON, (Placed(strength, date(2026, 6, 1), 1080), Placed(hills, date(2026, 6, 2), 1080))
    )
    facts = (
        Fact("earlier", "strength_a"),
        Fact("later", "hills"),
        Fact("gap_h", 23.3, "h"),
        Fact("limit_h", 36.0, "h"),
    )
    found = Violation("RP-C01", Severity.BLOCK, ("s", "h"), facts, Shift("h", date(2026, 6, 4)))
    text = week.violation_line(found, plan, KNOWN, METRIC)
    assert text == (
        "Monday and Tuesday: leave 36 hours, better 48, between heavy calf work and the hills. Here it is 23.3 hours."
    )
    assert week.suggestion_line(found, plan, KNOWN, METRIC) == "Move the hills to Thursday."
    much = Violation("LOAD-R01", Severity.BLOCK, ("h",), (Fact("total", 44000.0, "m"), Fact("limit", 40000.0, "m")))
    assert "44\u00a0km" in week.violation_line(much, None, KNOWN, METRIC)
    assert "40\u00a0km" in week.violation_line(much, None, KNOWN, METRIC)
    two = Violation("RP-C12", Severity.BLOCK, ("s", "h"), (Fact("stressor", "uphill"), Fact("stressor", "strides")))
    assert "hills and strides would be 2" in week.violation_line(two, None, KNOWN, METRIC)


@pytest.mark.parametrize("rule", sorted(week_rules.SENTENCES))
def test_every_rule_of_a_week_can_be_named(rule: str) -> None:
    voiced(week.rule_line(rule, KNOWN))


@pytest.mark.parametrize("kind", list(WishKind))
def test_a_wish_is_said_in_her_words(kind: WishKind) -> None:
    told = week.wish_line(Wish(kind, weekday=5, value=7 * 60, text="my Saturday with the club"))
    assert told == "my Saturday with the club"
    own = week.wish_line(Wish(kind, weekday=5, value=3))
    assert own
    assert "None" not in own
    clash = week.clash_line((Wish(kind, weekday=5, value=3), Wish(WishKind.REST_ON, 5)), ("RP-C07",), KNOWN)
    assert f'"{own}"' in clash
    voiced(clash)


def test_values_of_tests() -> None:
    tests = KNOWN.tests
    assert scoreboard.value_text(18, tests["calf_raise"]) == "18"
    assert scoreboard.value_text(45, tests["calf_hold"]) == "45\u00a0s"
    assert scoreboard.value_text(0, tests["hop_in_place"]) == "no pain"
    assert scoreboard.value_text(2, tests["hop_in_place"]) == "2 of 10"
    assert scoreboard.value_text(1, tests["squat_control"]) == "passed"
    assert scoreboard.value_text(None, tests["squat_control"]) == "–"


def test_every_test_says_where_it_stands() -> None:
    empty = board((), ON, Side.LEFT, tuple(KNOWN.tests), KNOWN)
    for state in empty.tests:
        voiced(scoreboard.verdict_line(state, KNOWN.tests[state.test]))
    from niggle.core.plan import Measured

    results = (
        Measured("a", "calf_raise", ON, left=18, right=30, pain=2),
        Measured("b", "calf_hold", date(2026, 5, 1), left=40, right=45),
        Measured("c", "squat_control", ON, left=0, right=1, pain=5),
    )
    full = board(results, ON, Side.LEFT, ("calf_raise", "calf_hold", "squat_control"), KNOWN)
    raises, hold, squat = full.tests
    assert scoreboard.sides_line(raises, KNOWN.tests["calf_raise"]) == "left 18, right 30"
    text = scoreboard.verdict_line(raises, KNOWN.tests["calf_raise"])
    assert "Not there yet" in text
    assert "40\u00a0% between the sides, left is weaker: train the weaker side." in text
    assert "too old" in scoreboard.verdict_line(hold, KNOWN.tests["calf_hold"])
    assert "too much for the result to count" in scoreboard.verdict_line(squat, KNOWN.tests["squat_control"])
    assert full.limiter is not None
    assert "calf raises" in scoreboard.limiter_line(full.limiter, KNOWN)
    assert all(reasons.sentence(r, METRIC) for r in full.reasons)


@pytest.mark.parametrize("slug", sorted(KNOWN.exercises))
def test_an_exercise_page_reads_well(slug: str) -> None:
    exercise = KNOWN.exercises[slug]
    lines = [exercises.kinds_line(exercise), exercises.equipment_line(exercise, KNOWN)]
    lines += [exercises.contraindication_line(c, KNOWN) for c in exercise.contraindications]
    lines += [exercises.demand_line(t.value, d) for t, d in exercise.load.items()]
    for text in lines:
        assert text
        assert not re.search(r"[{}_]|\bNone\b|  |\.\.", text), text


def test_a_rule_of_thumb_is_known_by_its_grade() -> None:
    """Wherever a reason is shown its grade is too; the heuristics of plans are marked as such."""
    assert KNOWN.rules["PLAN-R05"].grade is Grade.HEURISTIC
    assert KNOWN.rules["PLAN-R05"].grade.rule_of_thumb


@pytest.mark.parametrize(
    ("minutes", "exercises", "said"),
    [
        (1.0, ("ball-foot-roll",), "Ball foot roll, 1\u00a0min"),
        (0.0, ("ball-foot-roll",), "Ball foot roll, 1\u00a0min"),
        (3.0, ("ball-foot-roll", "towel-curl"), "Ball foot roll and towel curl, 3\u00a0min"),
        (4.0, ("ball-foot-roll",), "Daily set at home, 4\u00a0min"),
        (3.0, ("ball-foot-roll", "towel-curl", "short-foot"), "Daily set at home, 3\u00a0min"),
    ],
)
def test_a_set_of_a_minute_is_called_by_what_is_in_it(minutes: float, exercises: tuple[str, ...], said: str) -> None:
    dose = DoseToday(1, None, 30.0, None, None, Weight.BODY, Sides.SORE, 1, None)
    given = tuple(Prescribed("p", e, e, Group.DAILY, dose, "", 7, 7, None, 3.0) for e in exercises)
    task = Task("home-1", ItemKind.HOME_SET, minutes=minutes, exercises=given)
    assert tasks.task_title(task, KNOWN, METRIC) == said
