"""Running the command line in this process: exit code, standard output, standard error; each test with a data folder
of its own."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.own_home import home_folder  # noqa: F401 - a fixture

from niggle.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Niggle = Callable[..., Ran]


@pytest.fixture
def niggle(capsys: pytest.CaptureFixture[str]) -> Niggle:
    """niggle("read", path, "--json"): runs one command line."""

    def run(*argv: object) -> Ran:
        capsys.readouterr()
        code = main.run([str(a) for a in argv])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What comes on standard input."""

    def give(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return give
