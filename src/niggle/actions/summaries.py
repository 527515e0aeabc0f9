"""An interview and the load before it on one page, for somebody who examines the runner."""

from __future__ import annotations

from datetime import date
from typing import Final

from niggle.actions import triage
from niggle.actions.load import load_view
from niggle.actions.model import knowledge
from niggle.core.condition import Finding
from niggle.core.reasons import FactValue
from niggle.core.triage import CannotTell
from niggle.wording import asking
from niggle.wording import clinician as words
from niggle.wording import triage as said
from niggle.wording.clinician import Section, Summary, WeekRow
from niggle.wording.places import place
from niggle.wording.units import Units

WEEKS: Final = 12
_NOTHING_YET: Final = (CannotTell.NO_PLACE, CannotTell.TOO_LITTLE)


def summary(athlete_id: int, key: str, on: date, units: Units) -> Summary | None:
    """The page as of `on`; None if there is no such interview."""
    state = triage.get(athlete_id, key)
    if state is None:
        return None
    known, looked = knowledge(), triage.look(athlete_id, state, on)
    found, story = looked.triage, looked.story
    given = [(known.findings[n], v) for n, v in state.answers.items() if n in known.findings]
    complaint = [_capital(asking.listed([place(s, w.side) for s in w.sites])) for w in story.places]
    about = [*([] if story.age is None else [f"{story.age:g} years"]), *([story.sex] if story.sex else [])]
    complaint += [", ".join(about)] if about else []
    complaint += [f"“{' '.join(state.text.split())}”"] if state.text else []
    complaint.append(asking.title(found))
    sites = {s for w in story.places for s in w.sites}
    left = [
        f for f in known.findings.values()
        if f.check_in and f.id not in state.answers and (not f.sites or f.sites & sites)
    ]  # fmt: skip
    ranked = () if found.cannot_tell in _NOTHING_YET else found.differential
    fits = [f"{known.conditions[c.condition].clinical}: {said.fit(c)}" for c in ranked]
    fits += [] if found.cannot_tell is None else [asking.cannot_tell(found.cannot_tell)]
    sections = (
        Section(words.COMPLAINT, tuple(complaint)),
        Section(
            words.PRESENT,
            tuple(_line(f, v) for f, v in given if v is not None and (v is not False or asking.otherwise(f.id, v))),
        ),
        Section(
            words.ABSENT, tuple(_capital(f.label) for f, v in given if v is False and not asking.otherwise(f.id, v))
        ),
        Section(words.UNKNOWN, tuple(_capital(f.label) for f, v in given if v is None)),
        Section(
            words.FLAGS,
            tuple(_answered(f, v) for f, v in given if f.check_in or f.safety),
        ),
        Section(words.OPEN_FLAGS, tuple(_capital(f.label) for f in left)),
        Section(words.FITS, tuple(fits)),
    )
    weeks = load_view(athlete_id, on, WEEKS).weeks
    most = max((w.distance_m for w in weeks), default=0.0)
    rows = tuple(
        WeekRow(
            w.start.isoformat(), str(w.runs), units.distance(w.distance_m), units.distance(w.longest_m),
            round(100 * w.distance_m / most) if most > 0 else 0,
        )
        for w in weeks
    )  # fmt: skip
    return Summary(on.isoformat(), sections, rows if any(w.runs for w in weeks) else ())


def _line(finding: Finding, value: FactValue) -> str:
    other = asking.otherwise(finding.id, value)
    if other is not None:
        return _capital(other)
    return _capital(finding.label) if value is True else _answered(finding, value)


def _answered(finding: Finding, value: FactValue) -> str:
    label, spoken = asking.said(finding, value)
    return words.answered(_capital(label), spoken)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
