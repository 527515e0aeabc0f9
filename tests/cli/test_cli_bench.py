"""Benchmarks are found by name, end with one line of JSON, and are said to be missing where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import niggle as package
from bench import run


def test_every_benchmark_has_a_name():
    assert {"decision", "import", "fit"} <= set(run.names())
    assert "run" not in run.names()


def test_an_unknown_name_lists_the_known_ones(capsys):
    assert run.main(["speed"]) == 2
    assert "decision" in capsys.readouterr().err


def test_help_names_the_benchmarks_and_hands_on_to_theirs(capfd):
    niggle = [sys.executable, "-m", "niggle.cli.main", "bench"]
    listed = subprocess.run([*niggle, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(name in listed for name in run.names())
    options = subprocess.run([*niggle, "decision", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--runs" in options
    assert "--checkins" in options


def test_the_decision_benchmark_in_small():
    command = [sys.executable, "-m", "niggle.cli.main", "bench", "decision", "--runs", "40", "--checkins", "10"]
    small = ["--plan-days", "20", "--repeat", "2", "--processes", "1"]
    done = subprocess.run([*command, *small], capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["bench"] == "decision"
    assert figures["runs"] == 40
    assert figures["decide_ms_median"] > 0
    assert figures["today_process_s_median"] > 0


def test_an_installed_package_says_that_it_has_none(niggle, monkeypatch, tmp_path):
    monkeypatch.setattr(package, "__file__", str(tmp_path / "site" / "niggle" / "__init__.py"))
    ran = niggle("bench", "decision")
    assert ran.code == 1
    assert "clone the repository" in ran.err
    assert Path(tmp_path).name in ran.err
