"""Each test of an action has a data folder of its own, and a runner to act for."""

from __future__ import annotations

import pytest
from tests.own_home import home_folder  # noqa: F401 - a fixture

from niggle.actions import athletes


@pytest.fixture
def athlete(db: None) -> int:
    return athletes.local_athlete()
