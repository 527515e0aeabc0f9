"""Exercises, protocols and ladders: what is read, and what is refused, with file and line."""

import pytest

from niggle.core.body import LoadTissue, TissueClass
from niggle.core.exercise import Quantity, Sides, Tempo
from niggle.core.protocol import Element, Group, Need, Phase, Running
from niggle.core.reasons import Grade
from niggle.core.when import Compare
from niggle.knowledge import load

ATM = "achilles-tendinopathy-midportion"


# ---- what is read


def test_an_exercise_becomes_its_type(desk):
    known = desk.load()
    hold, drop = known.exercises["calf-hold"], known.exercises["calf-drop"]
    assert hold.tempo == Tempo(2, 0, 3)
    assert hold.load[LoadTissue.ACHILLES].body_weights == 3.0
    assert hold.load[LoadTissue.CALF].sources == ("niggle",)
    assert (hold.grade, drop.grade) == (Grade.PRACTICE, Grade.PROPOSAL)  # from their sources
    assert hold.instead == {"step": "the floor is enough"}
    assert [c.tissue_class for c in drop.contraindications] == [None, TissueClass.BONE]
    assert drop.contraindications[1].phases == {1}


def test_an_exercise_is_found_by_slug_number_and_name(desk):
    known = desk.load()
    for name in ("calf-hold", "Calf Hold", "EX-005", "ex-005", "isometric calf raise", " Calf raise hold "):
        assert known.exercise(name) is known.exercises["calf-hold"]
    assert known.exercise("no such thing") is None


def test_a_protocol_becomes_its_type(desk):
    known = desk.load()
    plan = known.protocols[ATM]
    assert plan.tissue_class is TissueClass.TENDON  # from the condition's file
    assert (plan.need, plan.ladder, plan.add_back) == (
        Need.NOTHING,
        "tendon",
        (Element.DISTANCE, Element.SPEED, Element.UPHILL),
    )
    assert [p.phase for p in plan.phases] == [Phase.SETTLE, Phase.BUILD, Phase.INTEGRATE, Phase.SHARPEN]
    assert plan.phase(Phase.DONE) is plan.phases[3]
    item = plan.phases[0].items[0]
    assert (item.group, item.dose.sides) == (Group.DAILY, Sides.SORE)
    assert (item.dose.sets, item.dose.hold_s) == (Quantity(5, 5), Quantity(10, 45, 5))
    assert (item.dose.per_week_low, item.dose.per_week_high, item.dose.grows) == (5, 7, ("hold_s",))
    assert item.only_if == Compare("pain_worst_3d", "<=", 3.0)
    assert plan.phases[0].gate[0].when == Compare("settled_days", ">=", known.number("settle_days_gate1"))
    assert plan.phases[0].running.mode is Running.WINDOW
    assert (plan.phases[0].days_low, plan.phases[0].days_high) == (7, 21)
    assert (plan.phases[1].items[0].dose.reps, plan.phases[1].items[0].dose.per_week_high) == (Quantity(8, 15), 2)


def test_warm_is_the_same_as_cold(desk, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    cold = desk.load(cache)
    monkeypatch.setattr("niggle.knowledge.compile.compile_folder", None)  # a second compile would fail
    warm = desk.load(cache)
    assert warm == cold
    assert warm.exercises["calf-hold"] == cold.exercises["calf-hold"]
    assert warm.exercise("EX-004") == cold.exercise("EX-004")
    assert (len(warm.exercises), len(warm.protocols), len(warm.conditions)) == (2, 1, 5)


@pytest.mark.parametrize("keep", [0, 1, 3, -1])
def test_a_cache_with_lines_missing_is_compiled_again(desk, tmp_path, keep):
    cache = tmp_path / "cache"
    cold = desk.load(cache)
    (file,) = cache.iterdir()
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:keep]))
    assert desk.load(cache) == cold


# ---- what is refused


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("exercises/calf-hold.yaml", "one_sided: true", "one_sidded: true", "Extra inputs"),
        ("exercises/calf-hold.yaml", "catalogue: EX-005", "catalogue: EX-5", "String should match"),
        ("exercises/calf-hold.yaml", "equipment: [step]", "equipment: [stepp]", "no such equipment"),
        ("exercises/calf-hold.yaml", "instead: {step:", "instead: {band:", "does not need it"),
        ("exercises/calf-hold.yaml", "tier: 3}", "tier: 6}", "less than or equal to 5"),
        ("exercises/calf-hold.yaml", ", sources: [baxter-2021]}", "}", "needs its source"),
        ("exercises/calf-hold.yaml", "[baxter-2021]", "[nobody-1999]", "which no sources file has"),
        ("exercises/calf-hold.yaml", "kinds: [isometric, test]", "kinds: []", "at least 1 item"),
        (
            "exercises/calf-hold.yaml",
            "harder: [calf-drop]",
            "harder: [calf-hold]",
            "easier and harder are other exercises",
        ),
        ("exercises/calf-hold.yaml", "id: calf-hold", "id: calf-holds", "belongs in exercises/calf-holds.yaml"),
        ("exercises/calf-hold.yaml", "catalogue: EX-005", "catalogue: EX-004", "EX-004 already is calf-drop"),
        ("exercises/calf-hold.yaml", "sources: [S0, S1]\n", "sources: [S0, baxter-2021]\n", "needs a grade"),
        ("exercises/calf-drop.yaml", "heavy: true\n", "", "heavy_calf is a kind of heavy"),
        ("exercises/calf-drop.yaml", "{condition: achilles-tendinopathy-insertional, ", "{", "names one of"),
        ("exercises/calf-drop.yaml", "phases: [1]", "phases: [5]", "less than or equal to 4"),
        (f"protocols/{ATM}.yaml", "need: nothing", "need: maybe", "Input should be"),
        (f"protocols/{ATM}.yaml", "need: nothing", "need: clearance", "need_say"),
        (f"protocols/{ATM}.yaml", "site: achilles", "site: achillies", "no site"),
        (f"protocols/{ATM}.yaml", "  - phase: 2", "  - phase: 3", "the phases are 1, 2, 3, 4"),
        (f"protocols/{ATM}.yaml", "settle_days_gate1", "settle_days_gate9", "unknown parameter"),
        (f"protocols/{ATM}.yaml", "fact: settled_days", "fact: settling_days", "no gate fact"),
        (f"protocols/{ATM}.yaml", "fact: hop_distance_gap", "fact: hop_distances_gap", "no gate fact"),
        (f"protocols/{ATM}.yaml", "fact: pain_worst_3d", "fact: pain_worst", "no gate fact"),
        (f"protocols/{ATM}.yaml", "hold_s: [10, 45, 5]", "hold_s: [45, 10, 5]", "the second number is the larger one"),
        (f"protocols/{ATM}.yaml", "hold_s: [10, 45, 5], ", "", "a dose has reps, hold_s or minutes"),
        (f"protocols/{ATM}.yaml", "grows: [hold_s]", "grows: []", "grows has to name what has a range: hold_s"),
        (f"protocols/{ATM}.yaml", "grows: [hold_s]", "grows: [hold_s, sets]", "grows has to name"),
        (f"protocols/{ATM}.yaml", "grows: [reps, load]", "grows: [load, reps]", "load last"),
        (f"protocols/{ATM}.yaml", ", load_note: Five kg more.", "", "load_note"),
        (f"protocols/{ATM}.yaml", "reps: [8, 15]", "reps: [8.5, 15]", "whole numbers"),
        (f"protocols/{ATM}.yaml", "per_week: 2", "per_week: 9", "less than or equal to 7"),
        (f"protocols/{ATM}.yaml", "id: drop", "id: hold", "in another"),
        (f"protocols/{ATM}.yaml", "add_back: [distance, speed, uphill]", "add_back: [speed, speed]", "stands twice"),
        (f"protocols/{ATM}.yaml", "deadlines:", "default_grade: one\ndeadlines:", "none of the grades"),
        ("ladders/bone.yaml", "run_min: 1, walk_min: 4, ", "run_min: 1, ", "blocks need"),
        ("ladders/bone.yaml", "metres: 1609", "metres: 1609, minutes: 10", "one of them"),
        ("ladders/bone.yaml", "id: run-2", "id: run-1", "stands twice"),
        ("ladders/bone.yaml", "when: cleared_to_run,", "when: cleared_to_rum,", "no gate fact"),
        ("ladders/bone.yaml", "parameter: bone_pain_free_days", "parameter: bone_days", "unknown parameter"),
        ("scoreboard.yaml", "target: 25", "target: 250", "not between minimum and maximum"),
        ("scoreboard.yaml", "block_gap: 0.20", "block_gap: 0.05", "not below block_gap"),
        ("scoreboard.yaml", "better: passed", "better: higher", "a yes-or-no test is"),
        ("scoreboard.yaml", "unit: count", "unit: counts", "Input should be"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(desk, file, old, new, message):
    line = desk.change(file, (old, new))
    found = [c for c in desk.refused() if c.startswith(f"{file}:") and message in c]
    assert found, desk.refused()
    assert all(0 < int(c.split(":")[1]) <= line for c in found)  # its own line, or that of the part it stands in


def test_the_line_is_exact_where_the_fault_is_one_value(desk):
    line = desk.change(f"protocols/{ATM}.yaml", ("fact: settled_days", "fact: settling_days"))
    (found,) = desk.refused()
    assert found.startswith(f"protocols/{ATM}.yaml:{line}: ")


def test_a_protocol_without_its_condition_is_refused(desk):
    desk.plan_for("sore-everything")
    assert any("'sore-everything' is no condition" in c for c in desk.refused())


def test_no_plan_lets_down_quicker_than_it_lifts():
    """A tempo is up, held, down: written the other way round a slow squat would be dropped into."""
    quick = [
        (plan.condition, item.id, item.dose.tempo)
        for plan in load().protocols.values()
        for item in (*(i for phase in plan.phases for i in phase.items), *plan.maintenance)
        if item.dose.tempo is not None and item.dose.tempo.down_s < item.dose.tempo.up_s
    ]
    assert quick == []
