"""Each test of an action has a data folder of its own, and a runner to act for."""

from __future__ import annotations

from pathlib import Path

import pytest

from niggle.actions import athletes


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("NIGGLE_HOME", str(folder))
    return folder


@pytest.fixture
def athlete(db: None) -> int:
    return athletes.local_athlete()
