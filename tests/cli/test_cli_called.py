"""Hints name commands as the runner typed them: `niggle week` where it is installed, `./run week` in a checkout."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from niggle.actions import athletes, clock, shoes
from niggle.cli.called import as_called
from niggle.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
PLAN = "plan start --condition NAME --side left"


@pytest.fixture
def by_run(monkeypatch):
    monkeypatch.setenv("NIGGLE_CALLED_AS", "./run")


@pytest.mark.parametrize("command", [c for names in COMMANDS.values() for c in names])
def test_every_command_is_named_as_it_was_typed(by_run, command):
    assert as_called(f"see niggle {command}") == f"see ./run {command}"
    assert as_called(f"`niggle {command}`") == f"`./run {command}`"


@pytest.mark.parametrize(
    "text", ["niggle knows no condition 'x'", "niggle takes two hours", "a niggle today-ish", "niggle weekly", "niggle"]
)
def test_the_name_itself_stays(by_run, text):
    assert as_called(text) == text


def test_installed_it_is_niggle(monkeypatch):
    monkeypatch.delenv("NIGGLE_CALLED_AS", raising=False)
    assert as_called("niggle week") == "niggle week"


def test_a_folder_with_a_space_can_be_pasted(monkeypatch):
    monkeypatch.setenv("NIGGLE_CALLED_AS", "/my runs/run")
    assert as_called("niggle week --make") == "'/my runs/run' week --make"


@pytest.mark.django_db
def test_hints_failures_and_help_agree(niggle, by_run):
    assert f"./run {PLAN}" in niggle("plan").out
    refused = niggle("imports", "show", "99", "--json")
    assert refused.json["error"]["suggestion"] == "./run imports list"
    assert "try:   ./run imports list" in refused.err
    assert niggle("nonsense").err.endswith("try:   ./run --help\n")
    assert "Usage: ./run shoes assign" in niggle("shoes", "assign", "--help").out
    assert "niggle shoes list" not in " ".join(niggle("shoes", "assign", "--help").out.split())


@pytest.mark.django_db
def test_what_she_wrote_herself_stays(niggle, by_run):
    shoes.save_shoe(athletes.local_athlete(), {"name": "niggle plan shoe"}, clock.now())
    assert "niggle plan shoe" in niggle("shoes", "list").out


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
@pytest.mark.parametrize(("typed", "said"), [(("./run",), "./run"), (("sh", "run"), "./run"), (("{}/run",), "{}/run")])
def test_run_says_how_it_was_called(tmp_path, typed, said):
    """The script itself, with an environment that is a stand-in."""
    (tmp_path / "run").write_text((ROOT / "run").read_text())
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "setup").mkdir()
    (tmp_path / "setup" / "prepare.sh").write_text(f'venv="{tmp_path}"\nprepare() {{ :; }}\n')
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "niggle").write_text('#!/bin/sh\nprintf %s "$NIGGLE_CALLED_AS $*"\n')
    (tmp_path / "bin" / "niggle").chmod(0o755)
    argv = [part.format(tmp_path) for part in typed]
    answer = subprocess.run([*argv, "week"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout == f"{said.format(tmp_path)} week"
