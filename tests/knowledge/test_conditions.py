"""Conditions, findings and their laws: each way of being wrong is named with file and line."""

import re
import shutil

import pytest

from niggle import knowledge
from niggle.core.body import SITES, Region
from niggle.core.condition import AnswerKind, Home, Section
from niggle.core.outcomes import Urgency
from niggle.core.reasons import Grade
from niggle.knowledge.laws import check_folder
from niggle.knowledge.loader import FOLDER

KNOWN = knowledge.load()
ATM = "conditions/achilles-tendinopathy-midportion.yaml"
DVT = "conditions/deep-vein-thrombosis.yaml"
UNUSED = "never_used: {group: sign, label: none, question: None of it, base: rare}"
BSI = "conditions/bone-stress-injury.yaml"


@pytest.fixture
def copy(tmp_path):
    """Everything but the other conditions: quick to compile."""
    folder = tmp_path / "knowledge"
    (folder / "conditions").mkdir(parents=True)
    for file in FOLDER.glob("*.yaml"):
        shutil.copy(file, folder / file.name)
    for name in (ATM, DVT, BSI):
        shutil.copy(FOLDER / name, folder / name)
    return folder


def change(folder, name, *pairs):
    """Replaces each old text by its new one; the line of the first."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(pairs[0][0])].count("\n") + 1
    for old, new in pairs:
        assert old in text, f"{old!r} is not in {name}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return line


def said(folder, name=None):
    found = [str(c) for c in check_folder(folder)]
    return [c for c in found if name is None or c.startswith(name)]


# ---- what is refused


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("scope: self_managed", "scoop: self_managed", "Extra inputs are not permitted"),
        ("    warms_up: often", "    warm_up: often", "'warm_up' is no finding"),
        ("    warms_up: often", "    warms_up: mostly", "Input should be"),
        ("    warms_up: often", "    onset: often", "is a number or a choice"),
        ("    warms_up: often", "    saddle_numb: often", "never asked at any site of this condition"),
        ("condition: calf-strain", "condition: calf-pain", "'calf-pain' is not in roster.yaml"),
        ("sites: {achilles: always,", "sites: {achiles: always,", "'achiles' is no site"),
        ("regions: [lower_leg, ankle]", "regions: [lower_leg]", "which `regions` does not name"),
        ("RF-52", "RF-99", "RF-99 is no red flag"),
        ("{mileage_jump: strong,", "{mileage_jumps: strong,", "'mileage_jumps' is no cause"),
        ("prefix: ATM", "prefix: ATX", "roster.yaml gives"),
        ("ATM-02: {", "ATI-02: {", "ATI-02 does not begin with ATM-"),
        ('ATM-03: {text: "It sits', 'ATM-02: {text: "It sits', "stands twice"),
        ("sources: [S0], dose", "sources: [S9], grade: practice, dose", "cites 'S9'"),
        ("sources: [S0]}", "sources: [literature]}", "needs a grade"),
        (', resolution: "Two phases', ', note: "Two phases', "Extra inputs are not permitted"),
        (', resolution: "Strides on flat ground."', "", "needs a resolution"),
        ('sources: [hutchison-2013], grade: derived, note: "Sensitivity .78', 'note: "Se .78', "source and grade"),
        ("when: fluoroquinolone", "when: fluorochinolone", "neither a finding nor age"),
        ("low_days: 42", "low_days: 142", "low_days is more than high_days"),
        ("aliases: [achilles-midportion", "aliases: [dvt, achilles-midportion", "already names"),
        ("review: {status: unreviewed}", "review: {status: reviewed}", "reviewed needs `by` and `on`"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_refused_with_file_and_line(copy, old, new, message):
    change(copy, ATM, (old, new))
    found = said(copy)
    assert any(message in c for c in found), found
    assert all(re.match(r"(conditions/)?[\w.-]+\.yaml:\d+: ", c) for c in found)


def test_the_line_is_that_of_the_fault(copy):
    line = change(copy, ATM, ("    warms_up: often", "    warm_up: often"))
    assert said(copy) == [f"{ATM}:{line}: 'warm_up' is no finding"]


def test_a_condition_without_a_place_is_unreachable(copy):
    text = (copy / ATM).read_text(encoding="utf-8")
    (copy / ATM).write_text(re.sub(r"(?m)^(sites|regions): .*\n", "", text), encoding="utf-8")
    assert any("unreachable: no site" in c for c in said(copy))


def test_sections_keep_their_order(copy):
    change(
        copy,
        ATM,
        ("  mechanism:\n", "  zzz:\n"),
        ("  presentation:\n", "  mechanism:\n"),
        ("  zzz:\n", "  presentation:\n"),
    )
    assert any("sections come in this order" in c for c in said(copy))


def test_a_finding_that_speaks_of_an_unknown_one_is_refused(copy):
    change(copy, "findings.yaml", ("excludes: [tendon_at_bone]", "excludes: [tendon_on_bone]"))
    assert any("tendon_mid speaks of 'tendon_on_bone'" in c for c in said(copy, "findings.yaml"))


# ---- laws


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (ATM, "ATM-60: {", "ATM-133: {", "the facts of ATM have gaps: [60]"),
        (ATM, "    hop_pain: often\n", "    hop_pain: sometimes\n", "it tells nothing"),
        (BSI, "condition: medial-tibial-stress-syndrome", "condition: achilles-tendinopathy-midportion",
         "does not point back"),
        ("causes.yaml", "spikes: [LOAD-S19]", "spikes: []", "LOAD-S19 stands in no cause"),
        ("findings.yaml", "  calf_swollen_warm: {", f"  {UNUSED}\n  calf_swollen_warm: {{",
         "never_used is used by no condition"),
    ],
)  # fmt: skip
def test_a_broken_law_is_named(copy, name, old, new, message):
    before = said(copy)
    change(copy, name, (old, new))
    fresh = [c for c in said(copy) if c.split(": ", 1)[1] not in {b.split(": ", 1)[1] for b in before}]
    assert any(message in c for c in fresh), fresh


def test_a_lost_fact_at_the_end_is_noticed(copy):
    text = (copy / ATM).read_text(encoding="utf-8")
    (copy / ATM).write_text(re.sub(r"(?m)^    ATM-132: .*\n", "", text), encoding="utf-8")
    assert any("131 facts; roster.yaml counts 132" in c for c in said(copy))


def test_the_shipped_knowledge_keeps_every_law_once_it_is_whole():
    unwritten = set(KNOWN.roster) - set(KNOWN.conditions)
    if unwritten:
        pytest.skip(f"{len(unwritten)} conditions of roster.yaml are not written yet")
    assert check_folder(FOLDER) == []


# ---- what stands


def test_names_find_their_condition():
    for name in (
        "achilles-midportion",
        "Achilles Tendinitis",
        " achilles-tendinopathy-midportion ",
        "achilles tendinopathy midportion",
    ):
        assert KNOWN.condition(name).id == "achilles-tendinopathy-midportion"
    assert KNOWN.condition("DVT").id == "deep-vein-thrombosis"
    assert KNOWN.condition("no such thing") is None


def test_no_condition_says_that_somebody_reviewed_it():
    assert {c.review.status for c in KNOWN.conditions.values()} == {"unreviewed"}


def test_facts_carry_section_grade_and_dose():
    achilles = KNOWN.conditions["achilles-tendinopathy-midportion"]
    by_id = {f.id: f for f in achilles.facts}
    assert by_id["ATM-40"].grade is Grade.PROPOSAL
    assert by_id["ATM-39"].grade is Grade.PRACTICE
    (dose,) = by_id["ATM-63"].doses
    assert (dose.sets.low, dose.reps.high, dose.per_day.low, dose.weeks.low) == (3, 15, 2, 12)
    assert [f.id for f in achilles.section(Section.RECOVERY)] == ["ATM-100", "ATM-101", "ATM-102"]
    assert all(f.resolution for f in achilles.section(Section.DISAGREEMENTS))


def test_published_ratios_stand_beside_the_word_and_words_come_from_the_table():
    achilles = KNOWN.conditions["achilles-tendinopathy-midportion"]
    place = achilles.findings["tendon_mid"]
    assert (place.lr_present, place.lr_absent, place.sources) == (3.4, 0.29, ("hutchison-2013",))
    assert achilles.findings["warms_up"].present == KNOWN.frequencies["often"].share


def test_the_danger_floor_lifts_only_what_must_not_be_missed():
    clot = KNOWN.conditions["deep-vein-thrombosis"]
    assert clot.prior.at(Region.LOWER_LEG) == KNOWN.priors.danger_floor > KNOWN.priors.weights["very_rare"]
    achilles = KNOWN.conditions["achilles-tendinopathy-midportion"]
    assert achilles.prior.at(Region.ANKLE) == KNOWN.priors.weights["common"]
    assert achilles.prior.at(Region.LOWER_LEG) == KNOWN.priors.weights["very_common"]


def test_danger_is_at_least_urgent_or_can_become_so():
    for c in KNOWN.conditions.values():
        if c.must_not_miss:
            assert c.urgency >= Urgency.URGENT or c.urgency_when or c.red_flags, c.id


def test_every_dangerous_sign_of_the_achilles_raises_the_urgency():
    achilles = KNOWN.conditions["achilles-tendinopathy-midportion"]
    first = achilles.urgency_when[0]
    assert first.urgency is Urgency.EMERGENCY
    assert first.when.truth({"pop": True, "site": "achilles"}) is True
    assert first.when.truth({"pop": True, "site": "calf_inner"}) is None  # the calf's own pop is RF-10 and RF-26
    assert first.when.truth({"pop": False}) is None
    assert first.when.truth(dict.fromkeys(("pop", "cannot_push_off", "calf_squeeze_still"), False)) is False


# ---- the vocabulary


def test_the_check_in_asks_the_red_flag_questions_and_no_others():
    assert set(KNOWN.questions) == {k for k, f in KNOWN.findings.items() if f.check_in}
    assert all(KNOWN.findings[k].home is Home.QUESTION for k in KNOWN.questions)
    asked = {n for flag in KNOWN.red_flags for n in flag.when.names if n in KNOWN.findings}
    warnings = {k for k, f in KNOWN.findings.items() if f.safety}  # asked by triage
    assert {n for n in asked if KNOWN.findings[n].home is Home.QUESTION} <= set(KNOWN.questions) | warnings


def test_answers_that_the_check_in_keeps_are_the_same_facts():
    assert KNOWN.findings["pop"].home is Home.ANSWER
    assert KNOWN.findings["missed_periods"].home is Home.PROFILE
    assert KNOWN.findings["symptom_days"].home is Home.FACT
    assert KNOWN.findings["hop_pain"].home is Home.QUESTION


def test_numbers_and_choices_speak_through_what_they_imply():
    stiff = KNOWN.findings["stiffness_min"]
    assert stiff.kind is AnswerKind.NUMBER

    def implied(value):
        hits = [i for i in stiff.implications if i.when.truth({"stiffness_min": value})]
        return {n for i in hits for n in i.yes}, {n for i in hits for n in i.no}

    assert implied(0) == (set(), {"morning_stiff", "long_morning_stiff"})
    assert implied(30) == ({"morning_stiff"}, {"long_morning_stiff"})
    assert implied(31) == ({"morning_stiff", "long_morning_stiff"}, set())


def test_implications_never_contradict_each_other():
    for f in KNOWN.findings.values():
        if f.kind is not AnswerKind.YES_NO:
            continue
        yes, no, todo = {f.id}, set(), [f.id]
        while todo:
            for i in KNOWN.findings[todo.pop()].implications:
                todo += [n for n in i.yes if n not in yes]
                yes |= set(i.yes)
                no |= set(i.no)
        assert not yes & no, (f.id, yes & no)


def test_exclusion_goes_both_ways_where_it_must():
    for a, b in (("onset_sudden", "onset_gradual"), ("warms_up", "worse_with_run"), ("one_finger", "hands_width")):
        assert b in KNOWN.findings[a].implications[0].no
        assert a in KNOWN.findings[b].implications[0].no


def test_every_self_test_that_loads_the_leg_says_when_to_stop():
    for name in (
        "hop_pain",
        "hop_sharp",
        "calf_raise_pain",
        "squat_pain",
        "step_down_pain",
        "calf_squeeze_still",
        "tap_pain",
    ):
        assert KNOWN.findings[name].self_test.stop_if, name


def test_sites_are_sites_and_frequencies_fall():
    for f in KNOWN.findings.values():
        assert f.sites <= set(SITES)
    words = ("always", "usual", "often", "sometimes", "seldom", "rare", "never")
    shares = [KNOWN.frequencies[w].share for w in words]
    assert shares == sorted(shares, reverse=True)


def test_library_pages_are_whole():
    assert list(KNOWN.glossary) == [f"GL-{n:02d}" for n in range(1, 68)]
    assert sorted(f.id for q in KNOWN.faq.values() for f in q.facts) == [f"FQ-{n:02d}" for n in range(1, 27)]
    assert sum(r.kind == "table" for r in KNOWN.body_parts.values()) == 20
    assert len(KNOWN.body_parts) == 33 + 2 + 6
