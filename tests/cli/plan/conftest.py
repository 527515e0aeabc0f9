"""A plan begun on the command line."""

from __future__ import annotations

import pytest
from tests.cli.plan.begun import START


@pytest.fixture
def plan(niggle):
    """An open plan: its id."""
    answer = niggle(*START, "--usual-week", "35km", "--json")
    assert answer.code == 0, answer.err
    return answer.json["plans"][0]["id"]
