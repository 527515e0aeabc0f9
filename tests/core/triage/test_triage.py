"""Order of authority, honest doubt, outside scope, the young, and the laws of urgency."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niggle.core.outcomes import Urgency
from niggle.core.triage import CannotTell, Story, Triage, assess, story_from_plain
from niggle.core.triage.closing import close
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 5, 4)
SHIN_SPLINTS = {
    "hands_width": True, "edge_tender_wide": True, "warms_up": True, "onset_gradual": True, "mileage_jump": True,
    "bone_spot_tender": False, "hop_pain": False,
}  # fmt: skip
SHIN_BONE = {
    "one_finger": True, "bone_spot_tender": True, "worse_with_run": True, "hop_pain": True, "mileage_jump": True,
    "walk_pain": True,
}  # fmt: skip


def triage(site: Any = None, findings: dict[str, Any] | None = None, **who: Any) -> Triage:
    story, problems = story_from_plain({"site": site, "findings": findings or {}, **who}, KNOWN)
    assert problems == ()
    return assess(story, KNOWN, ON, questions=0)


def names(result: Triage) -> list[str]:
    return [c.condition for c in result.differential]


# ---- order of authority


def test_a_red_flag_is_not_outvoted_by_a_harmless_looking_rest():
    calm = triage("shin_inner", SHIN_SPLINTS)
    alarm = triage("shin_inner", SHIN_SPLINTS | {"chest_pain": True})
    assert calm.urgency <= Urgency.ROUTINE
    assert alarm.urgency is Urgency.EMERGENCY
    assert alarm.red_flags[0].rule == "RF-01"
    assert names(alarm)[0] == "medial-tibial-stress-syndrome"  # the ranking stays, the urgency does not follow it


def test_every_rule_that_spoke_is_listed_and_the_loudest_marked():
    found = triage("achilles", {"pop": True, "cannot_push_off": True, "night_pain": True})
    assert {"RF-03", "RF-11"} <= {r.rule for r in found.reasons}
    assert all(r.decided for r in found.reasons if r.rule == "RF-03")
    assert not any(r.decided for r in found.reasons if r.rule == "RF-11")


def test_shin_splints_and_the_stressed_bone_part_ways():
    assert names(triage("shin_inner", SHIN_SPLINTS))[0] == "medial-tibial-stress-syndrome"
    bone = triage("shin_inner", SHIN_BONE)
    assert names(bone)[0] in ("tibial-stress-fracture", "bone-stress-injury")
    assert bone.urgency is Urgency.URGENT


def test_bone_stress_is_suspected_before_any_red_flag_of_it():
    """A foot that hurts at one spot and grows through the run: no pressing, no hop, no night pain was told."""
    early = {"one_finger": True, "onset_gradual": True, "mileage_jump": True, "no_warm_up_relief": True,
             "walk_pain": True, "lingers_after": True}  # fmt: skip
    found = triage("metatarsals", early)
    assert found.red_flags == ()
    assert found.urgency is Urgency.URGENT
    assert "TRI-01" in {r.rule for r in found.reasons if r.decided}


def test_too_little_energy_makes_bone_likelier():
    def share(**more: bool) -> float:
        found = triage("shin_inner", {"worse_with_run": True, "one_finger": True, **more}, sex="f", age=22)
        return sum(
            c.share for c in found.differential if c.condition in ("bone-stress-injury", "tibial-stress-fracture")
        )

    assert share(missed_periods=True) > share()
    assert triage("shin_inner", {"worse_with_run": True, "missed_periods": True}).urgency is Urgency.URGENT


def test_speaks_for_and_against():
    best = triage("shin_inner", SHIN_SPLINTS).differential[0]
    assert {"hands_width", "edge_tender_wide"} <= {e.finding for e in best.speaks_for}
    assert all(e.ratio > 1 for e in best.speaks_for)
    assert all(e.ratio < 1 for e in best.speaks_against)
    assert best.tell_apart
    assert all(e.sources for e in (*best.speaks_for, *best.speaks_against))


def test_published_ratios_are_told_from_patterns():
    found = triage("achilles", {"tendon_mid": True, "tendon_tender": True, "morning_stiff": True, "warms_up": True})
    best = found.differential[0]
    assert best.condition == "achilles-tendinopathy-midportion"
    published = {e.finding for e in best.speaks_for if e.published}
    listed = KNOWN.conditions[best.condition].findings
    assert published == {e.finding for e in best.speaks_for if listed[e.finding].lr_present is not None}
    assert best.pattern_match == (not published and not any(e.published for e in best.speaks_against))


def test_care_is_as_careful_as_the_urgency():
    emergency = triage("achilles", {"pop": True, "cannot_push_off": True})
    assert emergency.care.when_days == 0
    assert "emergency department" in emergency.care.who
    urgent = triage("shin_inner", SHIN_BONE)
    assert urgent.care.when_days in (1, 2, 3)
    assert urgent.care.tonight


def test_in_an_emergency_only_a_page_written_for_it_says_what_to_do_until_help_is_there():
    torn = triage("achilles", {"pop": True, "cannot_push_off": True})
    assert torn.care.tonight == KNOWN.conditions["achilles-tendon-rupture"].tonight
    sprain = triage("ankle_outer", {"twisted": True, "cannot_bear_weight": True, "bone_moved": True, "swelling": True})
    assert sprain.urgency is Urgency.EMERGENCY
    assert sprain.care.tonight == (), "a sprain's page would have her try four steps"
    milder = triage("ankle_outer", {"twisted": True, "cannot_bear_weight": False, "swelling": True})
    assert milder.care.tonight == KNOWN.conditions["ankle-sprain"].tonight


def test_the_load_of_the_last_weeks_is_joined_with_the_causes():
    story, _ = story_from_plain({"site": "shin_inner", "findings": SHIN_SPLINTS}, KNOWN)
    found = assess(replace(story, spikes=("LOAD-S01", "LOAD-S16")), KNOWN, ON)
    fed = {c.cause: c for c in found.contributors}
    assert fed["mileage_jump"].spikes == ("LOAD-S01",)
    assert fed["mileage_jump"].findings == ("mileage_jump",)


# ---- doubt


def test_a_bare_place_is_no_answer():
    assert triage("knee_front").cannot_tell is CannotTell.TOO_LITTLE
    assert triage("knee_front").urgency is Urgency.ROUTINE  # unnamed is not declared harmless


def test_no_place_and_nothing_telling():
    assert triage(None, {"dull_ache": True, "moves_about": True}).cannot_tell is not None


def test_a_whole_region_with_little_said():
    found = triage("lower_leg", {"dull_ache": True, "severe_pain": False})
    assert found.cannot_tell is not None
    assert {r.rule for r in found.reasons} >= {"TRI-04"}


def test_contradictions_are_named_and_both_kept():
    found = triage("shin_inner", {"one_finger": True, "hands_width": True})
    assert ("hands_width", "one_finger") in found.contradictions or (
        "one_finger",
        "hands_width",
    ) in found.contradictions
    assert "TRI-07" in {r.rule for r in found.reasons}


# ---- outside scope


def test_chest_pain_is_the_emergency_card():
    found = triage("chest", {"breathless": True})
    assert found.urgency is Urgency.EMERGENCY
    assert found.outside is not None
    assert names(found)[0] == "cardiac-type-symptoms"
    assert all("chest" in KNOWN.conditions[name].sites for name in names(found))


@pytest.mark.parametrize("site", ["head", "belly", "arm_or_hand"])
def test_places_of_no_runner(site: str):
    found = triage(site, {"dull_ache": True})
    assert found.outside is not None
    assert found.outside.why == site
    assert found.urgency is Urgency.ROUTINE


def test_fever_with_a_belly_still_fires():
    assert triage("belly", {"fever": True}).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(("age", "outside"), [(3, True), (7, True), (8, False), (110, False), (130, True)])
def test_ages_niggle_does_not_know(age: int, outside: bool):
    assert (triage("knee_front", {"stairs_down": True, "squat_pain": True}, age=age).outside is not None) is outside


def test_my_dog_hurts():
    found = assess(Story(outside="animal"), KNOWN, ON)
    assert found.outside is not None
    assert found.outside.why == "animal"
    assert found.differential == ()
    assert found.next_questions == ()


# ---- the young


def test_a_limping_child_is_seen_within_days_and_an_adult_ache_is_not_the_same():
    ache = {"around_kneecap": True, "onset_gradual": True, "stairs_down": True}
    assert triage("knee_front", ache | {"gait_changed": True}, age=17).urgency is Urgency.URGENT
    assert triage("knee_front", ache, age=17).urgency is Urgency.ROUTINE
    assert "TRI-06" in {r.rule for r in triage("knee_front", ache, age=17).reasons}
    assert "TRI-06" not in {r.rule for r in triage("knee_front", ache, age=18).reasons}


def test_growing_bumps_are_for_the_growing():
    bump = {"shin_bump_sore": True, "onset_gradual": True, "growth_spurt": True}
    assert names(triage("knee_bump", bump, age=13))[0] == "osgood-schlatter-disease"
    assert "osgood-schlatter-disease" not in names(triage("knee_bump", {"shin_bump_sore": True}, age=40))[:1]


# ---- laws

YES_NO = sorted(k for k, f in KNOWN.findings.items() if f.base is not None)
WARNINGS = sorted(k for k, f in KNOWN.findings.items() if f.safety and f.base is not None)
SITES = st.sampled_from(["shin_inner", "groin", "knee_front", "ankle_outer", "calf_inner", "achilles", "low_back",
                         "metatarsals", "heel_under", "hip_outer", "thigh_back", None])  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from(YES_NO), st.booleans(), max_size=10)
STORIES = st.builds(
    lambda site, findings, age, sex: story_from_plain(
        {"site": site, "findings": findings, "age": age, "sex": sex}, KNOWN
    )[0],
    SITES, ANSWERS, st.one_of(st.none(), st.integers(10, 80)), st.sampled_from(["f", "m", None]),
)  # fmt: skip


def urgency(story: Story) -> Urgency:
    return assess(story, KNOWN, ON, questions=0).urgency


@settings(max_examples=120, deadline=None)
@given(STORIES, st.sampled_from(WARNINGS))
def test_one_more_warning_never_lowers_the_urgency(story: Story, warning: str):
    if story.findings.get(warning) is None and warning not in close(story.findings, KNOWN.findings).values:
        more = replace(story, findings={**story.findings, warning: True})
        assert urgency(more) >= urgency(story)


@settings(max_examples=120, deadline=None)
@given(STORIES, st.sampled_from(WARNINGS))
def test_leaving_a_denied_warning_out_never_lowers_the_urgency(story: Story, warning: str):
    """Unknown is never taken for no: saying "no" may calm, saying nothing may not.

    A "no" may also take the ground from under the only name that fitted; nobody can tell then, which is ROUTINE.
    """
    if story.findings.get(warning) is None and warning not in close(story.findings, KNOWN.findings).values:
        denied = replace(story, findings={**story.findings, warning: False})
        assert max(urgency(story), Urgency.ROUTINE) >= urgency(denied)


@settings(max_examples=60, deadline=None)
@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_is_irrelevant(story: Story, random: Any):
    items = list(story.findings.items())
    random.shuffle(items)
    assert assess(replace(story, findings=dict(items)), KNOWN, ON) == assess(story, KNOWN, ON)


@settings(max_examples=60, deadline=None)
@given(STORIES, st.sampled_from(YES_NO))
def test_unknown_is_the_same_as_not_asked(story: Story, name: str):
    if name not in story.findings:
        unknown = replace(story, findings={**story.findings, name: None})
        assert assess(unknown, KNOWN, ON) == assess(story, KNOWN, ON)


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_shares_are_ordered_and_no_more_than_all(story: Story):
    found = [c.share for c in assess(story, KNOWN, ON, questions=0).differential if not c.to_rule_out]
    assert found == sorted(found, reverse=True)
    assert sum(found) <= 1 + 1e-9
