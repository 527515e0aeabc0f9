"""The shipped ladders and tests have the steps and thresholds of their guides."""

from niggle import knowledge
from niggle.core.gates import FACTS
from niggle.core.protocol import GATE_FACTS, Element, is_gate_fact
from niggle.core.reasons import Grade

KNOWN = knowledge.load()
OF_TISSUES = {name: ladder for name, ladder in KNOWN.ladders.items() if name != "break"}  # that one is about time alone


# ---- the shipped ladders and tests


def test_each_ladder_has_the_steps_of_its_guide():
    steps = {
        name: [(s.run_min, s.walk_min, s.reps_low, s.reps_high, s.minutes, s.metres, s.add) for s in ladder.steps]
        for name, ladder in KNOWN.ladders.items()
    }
    assert steps["bone"] == [
        (1, 4, 4, 6, None, None, None),
        (2, 3, 4, 6, None, None, None),
        (3, 2, 4, 6, None, None, None),
        (4, 1, 4, 6, None, None, None),
        (None, None, None, None, None, 1609, None),
        (None, None, None, None, None, 3219, None),
        (None, None, None, None, None, 4023, None),
        (None, None, None, None, None, 4828, None),
    ]
    total = [(s.run_min + s.walk_min) * s.reps_low for s in KNOWN.ladders["shin"].steps[:4]]
    assert (total, KNOWN.ladders["shin"].steps[4].minutes) == ([10, 12, 16, 18], 15)
    total = [(s.run_min + s.walk_min) * s.reps_low for s in KNOWN.ladders["fascia"].steps[:3]]
    assert (total, KNOWN.ladders["fascia"].steps[3].minutes) == ([10, 15, 20], 20)
    assert [s.minutes for s in KNOWN.ladders["tendon"].steps] == [10, 15, 20, 30]
    muscle = KNOWN.ladders["muscle"].steps
    assert [s.minutes for s in muscle[:4]] == [10, 15, 20, 30]
    assert [(s.add, s.percent_low) for s in muscle[4:]] == [
        (Element.STRIDES, 50), (Element.STRIDES, 60), (Element.SPEED, 70)
    ]  # fmt: skip
    for name in ("joint", "itb"):
        assert [s.metres for s in KNOWN.ladders[name].steps] == [1609, 2414, 3219, 4023, 4828]
    ankle = KNOWN.ladders["ankle"].steps
    assert [s.id for s in ankle] == ["walk", "jog-straight", "agility", "minutes-20", "minutes-30", "trails"]
    assert ankle[0].walk_only
    assert ankle[0].run_minutes() == 0
    assert ankle[-1].add is Element.TRAIL
    assert KNOWN.ladders["default"].steps[0].minutes == 10


def test_every_ladder_ends_at_about_half_an_hour_and_says_which_steps_are_its_own():
    for name, ladder in OF_TISSUES.items():
        easy = [s for s in ladder.steps if s.add is None]
        assert 30 <= easy[-1].run_minutes() <= 35, name
        beyond = [s for s in easy if s.id in ("mile-2-5", "mile-3", "minutes-25")]
        assert all(s.sources == ("niggle",) and s.grade is Grade.PROPOSAL for s in beyond), name


def test_who_waits_a_day_and_who_does_each_step_twice():
    waits = {name for name, ladder in OF_TISSUES.items() if ladder.every_other_day}
    assert waits == {"bone", "shin", "tendon", "joint"}
    assert {name: ladder.times_each for name, ladder in KNOWN.ladders.items() if ladder.times_each > 1} == {"bone": 2}
    assert KNOWN.ladders["itb"].ache_allowed == 0
    assert KNOWN.ladders["bone"].repeat_on_ache


def test_every_ladder_wants_its_readiness():
    names = {key: {n for c in ladder.readiness for n in c.when.names} for key, ladder in OF_TISSUES.items()}
    for key, looks_at in names.items():
        assert {"flags_open", "limp_7d", "swelling_7d", "walk_30_min"} <= looks_at, key
        assert ("hop_in_place_min" in looks_at) == (key != "bone"), key  # never hop on a suspected bone
    assert {"cleared_to_run", "weeks_off_running", "pain_free_days"} <= names["bone"]
    assert "press_tender_min" in names["bone"] & names["shin"]
    assert {"stairs_min", "squat_pain_min"} <= names["itb"]
    assert "stiffness_rising" in names["tendon"] & names["fascia"]


def test_weeks_off_are_come_back_from_by_walking_and_running():
    """Every other day, a little more running each time, none longer than half an hour (LOAD-S22)."""
    ladder = KNOWN.ladders["break"]
    assert ladder.every_other_day
    assert all(s.run_min is not None and s.walk_min is not None for s in ladder.steps)
    assert [s.run_minutes() for s in ladder.steps] == [10, 14, 15, 20, 24, 27, 28]
    assert all((s.run_min + s.walk_min) * s.reps_high <= KNOWN.number("break_ladder_min") for s in ladder.steps)


def test_every_condition_s_ladder_is_there():
    wanted = {c.ladder for c in KNOWN.conditions.values() if c.ladder is not None}
    assert wanted <= set(KNOWN.ladders)


def test_the_scoreboard_has_its_thresholds():
    tests = KNOWN.tests
    assert (tests["calf_raise"].target, tests["calf_raise"].maximum) == (KNOWN.number("calf_raise_min"), 100)
    assert tests["calf_hold"].target == KNOWN.number("iso_hold_min_s")
    hop = tests["hop_distance"]
    assert (hop.attention_gap, hop.block_gap) == (KNOWN.number("side_gap_attention"), KNOWN.number("side_gap_block"))
    assert tests["cadence"].target == KNOWN.number("cadence_audit_floor")
    assert {t.stale_days for t in tests.values() if t.unit != "score"} == {KNOWN.number("test_stale_days")}
    assert {t.catalogue for t in tests.values()} >= {f"ASB-T{n:02d}" for n in range(1, 16)}
    assert {name for name, t in tests.items() if t.impact} >= {"hop_distance", "hop_count", "hop_in_place"}
    for test in tests.values():
        assert (test.unit == "0-10") == (test.better == "pain_free"), test.id
        assert test.unit != "0-10" or (test.minimum, test.maximum, test.target) == (0, 10, 0)


def test_the_names_that_gates_may_look_at():
    assert is_gate_fact("calf_raise_min", KNOWN.tests)
    assert is_gate_fact("hop_distance_gap", KNOWN.tests)
    assert is_gate_fact("says_careful_voice", KNOWN.tests)
    assert is_gate_fact("settled_days", ())
    assert not is_gate_fact("calf_raise", KNOWN.tests)
    assert not is_gate_fact("calf_raises_min", KNOWN.tests)
    assert not GATE_FACTS & set(KNOWN.tests)


def test_the_engine_computes_every_name_that_gates_may_look_at():
    assert set(FACTS) == GATE_FACTS


def test_the_list_before_the_first_run_asks_nothing_twice():
    """What a plan and its ladder both ask has one id, so that it stands in the list once."""
    for slug, protocol in KNOWN.protocols.items():
        ladder = KNOWN.ladders[protocol.ladder or "default"]
        asked = {c.when: c.id for c in ladder.readiness}
        twice = [c.id for c in protocol.readiness if c.when in asked and asked[c.when] != c.id]
        assert not twice, f"{slug}: {twice}"
