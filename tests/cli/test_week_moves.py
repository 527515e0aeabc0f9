"""Moving what stands in the coming week, on the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cli.test_weekly import MONDAY, items, monday, runner  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_what_stands_in_both_weeks_is_moved_in_the_week_of_the_day(niggle, runner):  # noqa: F811
    this, coming = items(niggle("week", "--json")), items(niggle("week", "--next", "--json"))
    name = next(k for k in coming if k in this and k.startswith("cross"))
    on = coming[name]["on"]
    moved = niggle("week", "move", name, on, "--at", "17:45", "--json")
    assert moved.code == 0 or "belongs to" not in moved.out + moved.err
    if moved.code == 0:
        assert moved.json["start"] == "2026-06-08"
    assert items(niggle("week", "--json")) == this


def test_what_only_the_coming_week_holds_is_found_by_its_name(niggle, runner):  # noqa: F811
    niggle("week", "--json")
    coming = items(niggle("week", "--next", "--json"))
    name = next(k for k in coming)
    wednesday = (MONDAY + timedelta(days=2)).isoformat()
    answer = niggle("week", "move", "no such thing", wednesday)
    assert answer.code != 0
    assert "no coming session" in answer.err
    assert niggle("week", "move", name, coming[name]["on"]).code == 0, "to where it stands"
