"""The body's vocabulary holds together."""

import pytest

from niggle.core.body import _MEANT, LOAD_TISSUES, SITES, Region, TissueClass, nearest, site


def test_ids_are_words_and_names_are_unique():
    assert all(s.id == k and s.id.replace("_", "").isalpha() and s.id.islower() for k, s in SITES.items())
    assert len({s.lay for s in SITES.values()}) == len(SITES)
    assert 50 <= len(SITES) <= 75


def test_every_load_tissue_is_felt_somewhere():
    felt = {t for s in SITES.values() for t in s.load_tissues}
    assert felt == set(LOAD_TISSUES)


def test_high_risk_bone_sites_are_the_published_ones():
    risky = {s.id for s in SITES.values() if s.bone_risk}
    assert risky == {"groin", "shin_front", "navicular", "foot_outer", "ankle_inner_bone"}
    assert all(SITES[r].tissue_class is TissueClass.BONE for r in risky)


def test_every_region_has_sites_and_the_middle_is_not_paired():
    assert {s.region for s in SITES.values()} == set(Region)
    assert not SITES["low_back"].paired
    assert SITES["knee_front"].paired


def test_a_mistyped_site_gets_a_suggestion():
    assert nearest("knee_frnt") == "knee_front"
    assert nearest("Knee") in {s for s in SITES if s.startswith("knee")}
    assert nearest("xqzzw") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kneecap", "knee_front"), ("heel", "heel_under"), ("kneee", "knee_front"), ("Achiles", "achilles"),
     ("quad", "thigh_front"), ("glute", "buttock"), ("itb", "knee_outer"), ("Heel  bone", "heel_bone"),
     ("lower back", "low_back"), ("qu", None), ("the", None), ("of", None), ("outside", None), ("", None)],
)  # fmt: skip
def test_a_runners_word_is_its_place_or_none(typed, meant):
    assert nearest(typed) == meant


def test_every_word_that_is_known_leads_to_a_place():
    assert set(_MEANT.values()) <= set(SITES)
    assert site("no_such") is None
