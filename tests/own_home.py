"""Each test with a data folder of its own: for the conftest of a room whose tests use one."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("NIGGLE_HOME", str(folder))
    return folder
