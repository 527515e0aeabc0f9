"""The tutorial is true: each of its commands runs, one after the other, and what it shows is what is printed.

Dates and line breaks may differ, words may not. The weeks of its story are in tests/actions/plans/test_heel_story.py.
"""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from tests.actions.archives import fit, session, zipped
from tests.cli.conftest import Niggle

from niggle.actions import clock
from niggle.cli import serving

DOCS: Final = Path(__file__).parents[2] / "docs"
EVENING: Final = datetime.combine(date(2026, 3, 23), time(20)).astimezone()  # a Monday
_RUNS: Final = 24  # every third day
_DATE: Final = re.compile(
    r"\d{4}-\d\d-\d\d|(\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\b\d{1,2} (\w{3}|[A-Z]\w+) \d{4}|\b[0-9a-f]{16}\b"
)
_LEFT_OUT: Final = {"forget"}  # asks first, and would be the end of the tour


def words(text: str) -> str:
    """What is said, without where lines break and on which day."""
    return " ".join(_DATE.sub("DATE", text).split())


def steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """("run", the command's words) and ("shown", [what is printed]), in the order of the page; "./run" alone has none.

    Inside of sentences only commands that are given whole, without a NAME to fill in.
    """
    for block, inline in re.findall(r"^```\n(.*?)^```$|`\./run ([^`]+)`", text, re.MULTILINE | re.DOTALL):
        if inline:
            if not re.search(r"\b[A-Z]{2,}\b", inline):
                yield "run", shlex.split(inline)
        elif block.startswith("./run"):
            for line in block.splitlines():
                yield "run", shlex.split(line.split("  #")[0])[1:]
        else:
            yield "shown", [block]


@pytest.fixture
def newcomer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Somebody in a folder with her archive, at a terminal, on a fixed evening."""
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    monkeypatch.setattr(clock, "today", EVENING.date)
    monkeypatch.setenv("NIGGLE_CALLED_AS", "./run")
    monkeypatch.setattr(serving, "free_port", lambda port: port)
    monkeypatch.setattr(serving, "_close_database", lambda: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.chdir(tmp_path)
    days = (EVENING - timedelta(days=3 * n + 1) for n in range(_RUNS))
    zipped(tmp_path / "strava_export.zip", {f"{day:%m%d}.fit": fit(session(start=day)) for day in days})
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


class Child:
    """A process of pages in name only."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def wait(self, timeout: float | None = None) -> int:
        return 0

    def terminate(self) -> None: ...


def typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing hurts, and Enter for the rest."""
    answers = iter(["1"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers, ""))


@pytest.mark.django_db
def test_the_tutorial_can_be_followed_word_by_word(
    niggle: Niggle, newcomer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    done, shown, last = [], 0, ""
    for kind, what in steps(page):
        if kind == "shown":
            assert words(what[0]) in words(last), f"after {done[-1]}: {last}"
            shown += 1
            continue
        if what and what[0] in _LEFT_OUT:
            continue
        typing(monkeypatch)
        with monkeypatch.context() as pages:
            if not what:
                pages.setattr(subprocess, "Popen", Child)
            ran = niggle(*(what or ["up"]))
        assert ran.code == 0, (what, ran.out, ran.err)
        done, last = [*done, what], ran.out
    assert [] in done, "the first start"
    assert shown >= 5, "the blocks of the page were seen"
    said = {w[0] for w in done if w}
    assert {"import", "checkin", "today", "triage", "plan", "week", "done", "test", "tests", "sessions", "race"} <= said
