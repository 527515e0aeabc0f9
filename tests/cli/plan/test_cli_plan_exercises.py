"""The exercises on the command line: by any name, with the dose of the plan, filtered."""

from __future__ import annotations

import pytest
from tests.cli.plan.begun import MIDPORTION

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", [("isometric-calf-hold",), ("EX-005",), ("ex-005",), ("isometric", "calf", "raise", "hold")]
)
def test_an_exercise_by_any_name_with_its_dose(niggle, plan, name):
    out = " ".join(niggle("exercise", *name).out.split())
    assert "EX-005" in out
    assert "In your plan (Achilles pain above the heel, left)" in out
    assert "5 x 10 s" in out.replace("\u00a0", " ")
    plain = niggle("exercise", *name, "--json").json
    assert plain["in_plans"][0]["item"] == "hold"


def test_exercises_that_do_not_exist(niggle):
    assert "did you mean" in niggle("exercise", "isometric-calf-hodl").err
    several = niggle("exercise", "calf")
    assert several.code == 1
    assert "one of" in several.err
    assert niggle("exercise", "xyzzy", "--json").json["error"]["code"] == "no_such_exercise"


def test_the_catalogue_is_filtered(niggle):
    everything = niggle("exercises", "--json").json["exercises"]
    assert len(everything) == 124
    free = niggle("exercises", "--equipment", "none", "--json").json["exercises"]
    assert 0 < len(free) < 124
    assert all(e["equipment"] == [] for e in free)
    holds = niggle("exercises", "calf", "--kind", "isometric", "--json").json["exercises"]
    assert "isometric-calf-hold" in {e["id"] for e in holds}
    first = niggle("exercises", "--condition", MIDPORTION, "--phase", "1", "--json").json["exercises"]
    assert all(1 in e["phases"] for e in first)
    assert "pogo-hops" not in {e["id"] for e in first}
    assert niggle("exercises", "--kind", "dance").code == 2
    assert niggle("exercises", "--phase", "2").code == 2
    assert niggle("exercises", "--equipment", "sofa").code == 2
    assert niggle("exercises", "zzz").code == 1
    assert niggle("exercises", "--condition", "zzz").code == 1
