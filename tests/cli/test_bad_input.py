"""What cannot be is answered by its name, in words and as JSON, and what was there before is still there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from niggle.actions import athletes, clock
from niggle.actions.plans.races import add_race
from niggle.actions.plans.starting import Refused, start_plan
from niggle.actions.plans.telling import set_availability
from niggle.actions.plans.testing import record_test
from niggle.core.plan import Measured, Race

pytestmark = pytest.mark.django_db
ACHILLES = "achilles-tendinopathy-midportion"
START = ("plan", "start", "--condition")
PLAN = (*START, ACHILLES, "--side", "left", "--usual-week", "35km")


@pytest.fixture
def me(db) -> int:
    return athletes.local_athlete()


def day(n: int) -> str:
    return (clock.today() + timedelta(days=n)).isoformat()


def kept(niggle) -> tuple[Any, ...]:
    """Everything that a refused word must leave alone: plans, races, results."""
    return (
        [(p["id"], p["condition"]) for p in niggle("plan", "--json").json["plans"]],
        [r["id"] for r in niggle("race", "--json").json["races"]],
        [(t["test"], t["on"]) for t in niggle("tests", "--json").json["tests"]],
    )


@pytest.mark.parametrize(
    ("argv", "place", "says", "then"),
    [
        (PLAN, "condition", "there is a plan for this place", "first, then start this one"),
        ((*START, "plantar-fasciitis"), "side", "which side is missing", "left, right or both"),
        ((*START, "tibial-stress-fracture", "--side", "right"), "clearance", "clearance", "who cleared it, when"),
        ((*START, "navicular-stress-fracture", "--side", "right"), "imaged", "a picture of the bone", "once it was"),
        (("race", "add", "-1", "10km"), "on", "is over", "a day from today on"),
        ((*START, "plantar-fasciitis", "--side", "left", "--race", "-1", "--race-km", "5"), "race_on", "is over", "on"),
        (("test", "record", "calf_raise", "--left", "400", "--right", "20"), "left", "400 is not possible", "slip"),
        (("test", "record", "calf_raise", "--left", "20", "--right", "-3"), "right", "-3 is not possible", "slip"),
        (("test", "record", "calf_raise", "--left", "20"), "right", "the right side is missing", "give 0"),
    ],
    ids=["two plans", "side", "clearance", "picture", "race yesterday", "race of a plan", "400", "-3", "one side"],
)  # fmt: skip
def test_what_cannot_be_has_a_name_and_nothing_is_lost(niggle, argv, place, says, then):
    assert niggle(*PLAN).code == 0
    assert niggle("race", "add", day(60), "10km").code == 0
    assert niggle("test", "record", "calf_raise", "--left", "20", "--right", "30").code == 0
    before = kept(niggle)
    argv = [day(int(a)) if a == "-1" else a for a in argv]

    told = niggle(*argv)
    assert told.code == 1
    assert says in " ".join(told.err.split())
    assert "Traceback" not in told.err + told.out
    plain = niggle(*argv, "--json")
    assert plain.code == 1
    errors = plain.json.get("errors") or [plain.json["error"]]
    (error,) = [e for e in errors if e["place"] == place]
    assert says in error["message"]
    assert then in error["suggestion"]
    assert kept(niggle) == before


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("race", "add", 0, "10km"), 0), (("race", "add", -1, "10km"), 1),
        (("test", "record", "calf_raise", "--left", 100, "--right", 0), 0),
        (("test", "record", "calf_raise", "--left", 101, "--right", 0), 1),
        (("test", "record", "calf_raise", "--left", 100, "--right", -1), 1),
    ],
)  # fmt: skip
def test_the_last_value_that_can_be_and_the_first_that_cannot(niggle, argv, code):
    assert niggle(*PLAN).code == 0
    argv = [day(a) if argv[0] == "race" and isinstance(a, int) else a for a in argv]
    assert niggle(*argv).code == code


def test_the_other_side_may_have_a_plan_of_its_own(niggle):
    assert niggle(*PLAN).code == 0
    assert niggle(*START, ACHILLES, "--side", "right").code == 0
    assert len(kept(niggle)[0]) == 2


def test_every_face_gets_its_answer_from_the_same_place(me: int):
    """The actions answer with values, so that a page and the command line say the same."""
    now = clock.now()
    plan = {"condition": ACHILLES, "side": "left"}
    assert not isinstance(start_plan(me, plan, now), Refused)
    for given, field in (
        (plan, "condition"),
        ({"condition": ACHILLES}, "side"),
        ({"condition": "tibial-stress-fracture", "side": "right"}, "clearance"),
        ({"condition": "plantar-fasciitis", "side": "left", "race_on": day(-1), "race_km": 10}, "race_on"),
    ):
        refused = start_plan(me, given, now)
        assert isinstance(refused, Refused), given
        assert field in {p.field for p in refused.problems}
    race = add_race(me, {"on": day(-1), "km": 10}, now)
    assert not isinstance(race, Race)
    assert [p.field for p in race] == ["on"]
    for given, fields in (({"left": 400, "right": -3}, ["left", "right"]), ({"left": 20}, ["right"])):
        result = record_test(me, {"test": "calf_raise", **given}, now)
        assert not isinstance(result, Measured)
        assert [p.field for p in result] == fields


def test_a_week_without_any_free_day_says_so_beside_what_stands_there_all_the_same(niggle, me: int):
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    assert niggle(*PLAN).code == 0
    set_availability(me, {"windows": [{"weekday": 0, "start": "18:00", "minutes": 90}]}, clock.now())
    assert niggle("away", "life", "--from", monday.isoformat(), "--until", monday.isoformat()).code == 0
    shown = niggle("week", "--make", "--next")
    assert shown.code == 0, shown.err
    assert "Daily set at home" in shown.out, "it needs no free hour"
    assert niggle("week", "--make", "--next", "--json").json["named"] == "no_day"
    assert "There is no day with time left in this week. Name the hours you have" in " ".join(shown.out.split())
    page = Client(headers={"host": "127.0.0.1"}).post("/plan/week/make", {"start": monday.isoformat()}, follow=True)
    assert "There is no day with time left in this week." in page.content.decode()
    assert len(kept(niggle)[0]) == 1


def test_a_week_with_free_hours_names_no_such_thing(niggle, me: int):
    assert niggle(*PLAN).code == 0
    windows = [{"weekday": n, "start": "18:00", "minutes": 90} for n in range(7)]
    set_availability(me, {"windows": windows}, clock.now())
    assert niggle("week", "--make", "--next", "--json").json["named"] is None
    assert "no day with time left" not in " ".join(niggle("week", "--make", "--next").out.split())
