"""How the command line answers: text or one JSON document on standard output, failures with place and suggestion.

Exit codes: 0 done, 1 nothing was done (or the input was bad), 2 the command was not understood.
With --json, standard output holds exactly one JSON document also on failure ({"error": {...}}); standard error says
the same in words.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from niggle.cli.called import as_called
from niggle.core.outcomes import Problem

DONE: Final = 0
NOTHING_DONE: Final = 1
NOT_UNDERSTOOD: Final = 2

_STYLES: Final = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong with what was given: a stable code, what, where, and what to do about it."""

    code: str
    message: str
    place: str | None = None
    suggestion: str | None = None

    def plain(self) -> dict[str, Any]:
        what, mend = as_called(self.message), None if self.suggestion is None else as_called(self.suggestion)
        return {"code": self.code, "message": what, "place": self.place, "suggestion": mend}


class Stop(Exception):
    """The command cannot go on; carries the failures to show and the exit code."""

    def __init__(self, *failures: Failure, exit_code: int = NOTHING_DONE) -> None:
        super().__init__("; ".join(f.message for f in failures))
        self.failures = failures
        self.exit_code = exit_code


def stop(code: str, message: str, place: str | None = None, suggestion: str | None = None) -> Stop:
    """`raise stop(...)` for the common case of one failure and exit code 1."""
    return Stop(Failure(code, message, place, suggestion))


def bad_input(problems: Iterable[Problem], source: str | None = None) -> Stop:
    """A Stop that lists every problem with what the person entered, not only the first."""
    place = f"{source}: " if source else ""
    return Stop(*(Failure("bad_input", p.message, f"{place}{p.field}", p.suggestion) for p in problems))


def line(text: str = "") -> None:
    print(as_called(text))


def json_out(value: Any) -> None:
    """The one JSON document of a command: indented for people, keys in the order in which they were given."""
    print(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def show_failures(failures: Sequence[Failure], *, as_json: bool) -> None:
    for failure in failures:
        print(f"niggle: {as_called(failure.message)}", file=sys.stderr)
        if failure.place:
            print(f"  where: {failure.place}", file=sys.stderr)
        if failure.suggestion:
            print(f"  try:   {as_called(failure.suggestion)}", file=sys.stderr)
    if as_json and failures:
        document: dict[str, Any] = {"error": failures[0].plain()}
        if len(failures) > 1:
            document["errors"] = [f.plain() for f in failures]
        json_out(document)


def on_terminal() -> bool:
    return sys.stdout.isatty()


def styled(text: str, *styles: str) -> str:
    """Text with terminal styles where a person is looking and NO_COLOR is not set."""
    if not on_terminal() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{';'.join(_STYLES[s] for s in styles)}m{text}\x1b[0m"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
    """A plain table, columns as wide as they need to be; `right`: the columns that hold numbers."""
    ends = set(right)
    widths = [max(len(r[i]) for r in (head, *rows)) for i in range(len(head))]

    def laid(cells: Sequence[str]) -> str:
        padded = (c.rjust(w) if i in ends else c.ljust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True)))
        return "  ".join(padded).rstrip()

    print(styled(laid(head), "dim"))
    for row in rows:
        print(laid(row))  # what she wrote herself stays as it is


def wrapped(text: str, indent: str = "", first: str | None = None) -> None:
    """A paragraph at most 88 characters wide (long lines read badly), narrower on a narrow terminal."""
    import shutil
    import textwrap

    width = min(88, shutil.get_terminal_size((88, 24)).columns)
    lead = indent if first is None else first
    # names and options that are to be typed hold hyphens: they stay whole
    line(textwrap.fill(as_called(text), width, initial_indent=lead, subsequent_indent=indent, break_long_words=False,
                       break_on_hyphens=False))  # fmt: skip
