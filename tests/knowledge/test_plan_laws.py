"""The laws of exercises and protocols: each has a case that breaks it."""

import pytest
import yaml

from niggle.core.exercise import GrowingDose, Quantity
from niggle.core.protocol import GATE_FACTS
from niggle.knowledge.coverage import cited, dose_words, due, uncited
from niggle.knowledge.healed import HEALED
from niggle.knowledge.loader import FOLDER

ATM = "achilles-tendinopathy-midportion"


# ---- laws of protocols


def test_the_test_s_own_plan_keeps_the_laws(desk):
    assert desk.broken() == []
    assert desk.broken_exercises() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("exercise: calf-drop", "exercise: calf-dropp", "'calf-dropp' is no exercise"),
        ("site: achilles", "site: knee_front", "knee_front is no site of"),
        ("ladder: tendon", "ladder: tender", "'tender' is no ladder"),
        ("ladder: tendon", "ladder: bone", "names the ladder tendon"),
        ("tests: [calf_raise, ", "tests: [calf_raises, calf_raise, ", "'calf_raises' is no test"),
        ("facts: [ATM-69]", "facts: [ATM-699]", "ATM-699 is no fact"),
        (
            "gate: [{id: calf, when: {all: [{not: flags_open}, calf_gate]}, say: strong, sources: [S3]}]",
            "gate: []",
            "phase 2 has no gate",
        ),
        ("{all: [{not: flags_open}, calf_gate]}", "calf_gate", "phase 2 does not ask whether a red flag is open"),
        ("fact: settled_days", "fact: days_in_plan", "counts no quiet days"),
        ("[distance, speed, uphill]", "[speed, distance, uphill]", "distance comes back first"),
        ("[distance, speed, uphill]", "[distance, uphill, speed]", "uphill comes back last here"),
        ("[distance, speed, uphill]", "[distance]", "uphill comes back last here"),
        (
            "deadlines: [{id: slow, after_days: 28, see: [physiotherapist], because: no progress, sources: [S0]}]",
            "deadlines: []",
            "no deadline",
        ),
        ("calf_hold, hop_distance]", "calf_hold]", "hops stays shut"),
        ("calf_hold, hop_distance]", "hop_distance]", "calf stays shut"),
        ("value: 0.1}", "value: -0.1}", "hops stays shut"),
        ("flags_open}, calf_gate]", "flags_open}, {not: calf_gate}]", "calf stays shut"),
        (
            "deadlines:",
            "hold: [{id: late, when: {fact: days_in_plan, op: '>', value: 90}, say: late, sources: [S0]}]\ndeadlines:",
            "late holds back",
        ),
        ("hold_s: [10, 45, 5]", "hold_s: [10, 130, 5]", "of group daily take 16 min at their largest dose"),
        ("group: a\n", "group: daily\n", "heavy strength"),
    ],
)
def test_a_broken_law_is_named(desk, old, new, message):
    desk.change(f"protocols/{ATM}.yaml", (old, new))
    found = desk.broken()
    assert len(found) == 1
    assert message in found[0]


def test_an_exercise_against_the_condition_is_refused(desk):
    desk.plan_for("achilles-tendinopathy-insertional", ("site: achilles", "site: achilles_heel"), ("ATM-", "ATI-"))
    found = desk.broken()
    assert any("calf-drop is contraindicated here: the insertion is squeezed" in c for c in found), found
    assert any("calf-hold uses a step" in c for c in found)  # and the dose does not say that the heel stays level
    desk.change(
        "protocols/achilles-tendinopathy-insertional.yaml",
        ("rest_s: 60,", "rest_s: 60, note: flat on the floor,"),
    )
    assert not any("calf-hold uses a step" in c for c in desk.broken())


def test_a_contraindication_counts_in_its_phases_and_until_cleared(desk):
    plan = yaml.safe_load((desk.folder / f"protocols/{ATM}.yaml").read_text(encoding="utf-8"))
    items = plan["phases"][1].pop("items")
    plan["phases"][0]["items"] = items  # the drop in phase 1, where bone forbids it
    plan |= {"condition": "bone-stress-injury", "site": "shin_inner", "ladder": "bone", "facts": []}
    plan["grades"] = {
        g["id"]: {"name": g["name"], "min_days": [1, 1, 1, 1], "note": "as the table says"}
        for g in yaml.safe_load((FOLDER / "conditions/bone-stress-injury.yaml").read_text())["triage"]["grades"]
    }
    (desk.folder / "protocols" / f"{ATM}.yaml").unlink()
    path = desk.folder / "protocols/bone-stress-injury.yaml"

    def faults(**more):
        path.write_text(yaml.safe_dump(plan | more), encoding="utf-8")
        return [c for c in desk.broken() if "contraindicated" in c or "too little" in c]

    assert len(faults(need="nothing", default_grade=next(iter(plan["grades"])))) == 2  # and the scope wants a clearance
    assert faults(need="clearance", need_say="cleared by a clinician") == []
    desk.change("exercises/calf-drop.yaml", (", until_cleared: true", ""))
    assert len(faults(need="clearance", need_say="cleared by a clinician")) == 1
    desk.change("exercises/calf-drop.yaml", ("phases: [1]", "phases: [2]"))
    assert faults(need="clearance", need_say="cleared by a clinician") == []


def test_a_bone_of_high_risk_waits_for_imaging(desk):
    grade = "{name: Some, min_days: [1, 1, 1, 1], note: none%s}"

    def said(need):
        pairs = (("site: achilles", "site: shin_inner"), ("ladder: tendon", "ladder: bone"))
        desk.plan_for(
            "bone-stress-injury",
            *pairs,
            ("deadlines:", f"grades: {{low_risk: {grade % ''}, high_risk: {grade % need}}}\ndeadlines:"),
        )
        return [c for c in desk.broken() if "bone of high risk" in c]

    assert len(said("")) == len(said(", need: clearance")) == 1
    assert said(", need: imaging_and_clearance") == []


def test_no_jumps_early_in_bone(desk):
    desk.change("exercises/calf-drop.yaml", ("kinds: [eccentric]", "kinds: [plyometric]\nimpact: true"))
    assert not any("plyometric: not before" in c for c in desk.broken())
    desk.plan_for("bone-stress-injury", ("site: achilles", "site: shin_inner"), ("ladder: tendon", "ladder: bone"))
    assert any("plyometric: not before phase 3 in bone" in c for c in desk.broken())


def test_no_lowering_in_the_first_days_of_a_strain(desk):
    desk.plan_for("calf-strain", ("site: achilles", "site: calf_inner"), ("ladder: tendon", "ladder: muscle"))
    assert not any("first days of a strain" in c for c in desk.broken())  # the drop stands in phase 2
    desk.change("exercises/calf-hold.yaml", ("kinds: [isometric, test]", "kinds: [eccentric]"))
    assert any("calf-hold is eccentric: not in the first days of a strain" in c for c in desk.broken())
    assert any("grade_1" in c and "is missing" in c for c in desk.broken())


def test_an_emergency_gets_no_plan(desk):
    desk.plan_for("achilles-tendon-rupture", ("ladder: tendon\n", ""))
    assert any("an emergency gets no plan" in c for c in desk.broken())


# ---- laws of exercises


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("harder: [calf-drop]", "harder: [calf-lift]", "'calf-lift' is no exercise"),
        ("figures: [isometric-calf-hold]", "figures: [calf-hold]", "there is no figure 'calf-hold'"),
        ("figures: [isometric-calf-hold]", "figures: []", "not-movements.yaml does not name EX-005"),
        ("instead: {step: the floor is enough}", "instead: {step: floor-hold}", "'floor-hold' is no exercise"),
        ("kinds: [isometric, test]", "kinds: [plyometric]", "has impact"),
    ],
)
def test_a_broken_law_of_exercises_is_named(desk, old, new, message):
    desk.change("exercises/calf-hold.yaml", (old, new))
    found = desk.broken_exercises()
    assert len(found) == 1
    assert message in found[0]


def test_an_unknown_condition_in_a_contraindication_is_named(desk):
    desk.change("exercises/calf-drop.yaml", ("condition: achilles-tendinopathy-insertional", "condition: achilles"))
    assert any("'achilles' is no condition" in c for c in desk.broken_exercises())


def test_a_circle_of_harder_exercises_is_found(desk):
    laws = desk.laws()
    assert list(laws.neighbours_go_one_way()) == []
    desk.change("exercises/calf-drop.yaml", ("easier: [calf-hold]", "harder: [calf-hold]"))
    laws = desk.laws()
    assert [c.file for c in laws.neighbours_go_one_way()] == ["exercises/calf-drop.yaml", "exercises/calf-hold.yaml"]


def test_a_hole_in_the_catalogue_is_found(desk):
    laws = desk.laws()
    missing = [c.message for c in laws.the_catalogue_is_complete()]
    assert len(missing) == 122
    assert "EX-001 has no file" in missing
    desk.change("exercises/calf-drop.yaml", ("catalogue: EX-004", "catalogue: EX-125"))
    assert any("EX-125 is beyond" in c.message for c in desk.laws().broken())


def test_a_condition_without_its_plan_is_found(desk):
    laws = desk.laws()
    assert {c.file for c in laws.every_condition_has_its_plan()} == {
        "conditions/achilles-tendinopathy-insertional.yaml",
        "conditions/bone-stress-injury.yaml",
        "conditions/calf-strain.yaml",
    }


# ---- what a plan carries


def test_a_dose_that_no_plan_cites_is_found(desk):
    known = desk.load()
    wanted = {f.id for f in due(known.conditions[ATM].facts)}
    left = {f.id for f in uncited(known, ATM)}
    assert "ATM-69" in wanted
    assert left == wanted - {"ATM-46", "ATM-48", "ATM-69", "ATM-95"}
    laws = desk.laws()
    assert len(list(laws.every_dose_is_carried())) == len(left) > 10


def test_where_a_fact_stands_is_told_in_words(desk):
    places = cited(desk.load().protocols[ATM])
    assert places["ATM-46"] == ("summary",)
    assert places["ATM-48"] == ("phase 1: running",)
    assert places["ATM-69"] == ("phase 1: calf-hold 5 x 10 to 45 s",)
    assert places["ATM-95"] == ("phase 1: gate (settled)",)


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (GrowingDose(sets=Quantity(3, 3), reps=Quantity(10, 15)), "3 x 10 to 15"),
        (GrowingDose(sets=Quantity(2, 3), hold_s=Quantity(30, 30)), "2 to 3 x 30 s"),
        (GrowingDose(sets=Quantity(2, 2), reps=Quantity(8, 8), hold_s=Quantity(2.5, 5)), "2 x 8, 2.5 to 5 s"),
        (GrowingDose(sets=Quantity(1, 1), minutes=Quantity(20, 20)), "20 min"),
    ],
)
def test_a_dose_in_short(dose, words):
    assert dose_words(dose) == words


def test_the_healed_runner_has_a_word_on_every_fact():
    assert set(HEALED) == GATE_FACTS


def test_what_only_a_grade_asks_for_does_not_stay_shut(desk):
    desk.change(f"protocols/{ATM}.yaml", ("flags_open}, calf_gate]", "flags_open}, {fact: grade, in: [two]}]"))
    assert any("calf stays shut" in c for c in desk.broken())
    grade = "grades: {two: {name: Two, min_days: [1, 1, 1, 1], note: none}}\ndefault_grade: two\ndeadlines:"
    desk.change(f"protocols/{ATM}.yaml", ("deadlines:", grade))
    assert desk.broken() == []


def test_a_quarter_of_an_hour_at_home_is_still_allowed(desk):
    desk.change(f"protocols/{ATM}.yaml", ("hold_s: [10, 45, 5]", "hold_s: [10, 120, 5]"))  # 5 x (120 + 60) s
    assert desk.broken() == []
