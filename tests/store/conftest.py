"""Each test of the store has a data folder of its own."""

from __future__ import annotations

from tests.own_home import home_folder  # noqa: F401 - a fixture
