"""Reading what a person or a face gave for a form: every problem is collected, with what would be right."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from niggle.core.body import SITES, nearest
from niggle.core.outcomes import Problem
from niggle.core.plain import day_from


class Given:
    """Plain data under reading. Each reader returns None for what is absent or wrong; `problems` tells which."""

    def __init__(self, plain: Mapping[str, Any], known: Collection[str]) -> None:
        self._plain = plain
        self._known = known
        self.problems: list[Problem] = []
        for key in plain:
            if key not in known:
                near = get_close_matches(str(key), list(known), n=1, cutoff=0.6)
                hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(sorted(known))}"
                self.wrong(str(key), f"there is no field {key!r}", hint)

    def wrong(self, field: str, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(field, message, suggestion))

    def keys(self) -> tuple[str, ...]:
        """The known fields that were given, in their order."""
        return tuple(k for k in self._plain if k in self._known)

    def has(self, field: str) -> bool:
        return field in self._plain

    def text(self, field: str, longest: int) -> str | None:
        value = self._plain.get(field)
        if value is None:
            return None
        if not isinstance(value, str) or "\0" in value:
            self.wrong(field, f"{field} must be text")
            return None
        if len(value) > longest:
            self.wrong(field, f"{field} has {len(value)} characters", f"at most {longest}")
            return None
        return value.strip() or None

    def needed_text(self, field: str, longest: int) -> str | None:
        before = len(self.problems)
        value = self.text(field, longest)
        if value is None and len(self.problems) == before:
            self.wrong(field, f"{field} is missing")
        return value

    def choice(self, field: str, choices: Sequence[str]) -> str | None:
        value = self._plain.get(field)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # clock=12 is read as a number where words are typed
        if value not in choices:
            self.wrong(field, f"{value!r} is not a choice for {field}", f"one of {', '.join(choices)}")
            return None
        return str(value)

    def choices(self, field: str, known: Sequence[str]) -> list[str] | None:
        values = self._plain.get(field)
        if values is None:
            return None
        if isinstance(values, str) or not isinstance(values, Collection):
            self.wrong(field, f"{field} must be a list")
            return None
        for value in values:
            if value not in known:
                self.wrong(field, f"{value!r} is not known for {field}", f"known: {', '.join(known)}")
        return sorted({str(v) for v in values})

    def yes_no(self, field: str) -> bool | None:
        value = self._plain.get(field)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(field, f"{field} must be yes or no (true or false), not {value!r}")
        return None

    def number(self, field: str, low: float, high: float) -> float | None:
        value = self._plain.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.wrong(field, f"{field} must be a number, not {value!r}", f"{low:g} to {high:g}")
            return None
        if not low <= value <= high:
            self.wrong(field, f"{field} is {value:g}", f"{low:g} to {high:g}")
            return None
        return float(value)

    def day(self, field: str) -> date | None:
        value = self._plain.get(field)
        found = day_from(value)
        if found is None and value is not None:
            self.wrong(field, f"{value!r} is not a day", "the day as YYYY-MM-DD")
        return found

    def moment(self, field: str) -> datetime | None:
        """An aware instant, from ISO 8601 text with its offset."""
        value = self._plain.get(field)
        if value is None:
            return None
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(field, f"{value!r} is not a date with a time", "for example 2026-05-04T07:30:00+02:00")
            return None
        if moment.tzinfo is None:
            self.wrong(field, f"{value!r} has no time zone", f"{moment.isoformat()}+02:00, with your offset")
            return None
        return moment

    def site(self, field: str) -> str | None:
        value = self._plain.get(field)
        if value is None or (isinstance(value, str) and value in SITES):
            return value
        near = nearest(value) if isinstance(value, str) else None
        hint = f"did you mean {near!r} ({SITES[near].lay})?" if near else "see the list of sites"
        self.wrong(field, f"{value!r} is not a place on the body that is known here", hint)
        return None
