"""One page for a clinician: headings and sentences, and the page as plain text, as HTML to keep or print, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Final

TITLE: Final = "Summary for a clinician"
NOTE: Final = "Written with niggle from the runner's own answers. Nobody has examined anything; it is not a diagnosis."
COMPLAINT, PRESENT, ABSENT, UNKNOWN = "Complaint", "Present", "Absent", "Asked, not known"
FLAGS, OPEN_FLAGS, FITS, LOAD = (
    "Warning signs answered",
    "Warning signs not asked",
    "What the pattern fits",
    "Running, last weeks",
)
NONE: Final = "none"
HEAD: Final = ("Week from", "Runs", "Distance", "Longest")

# the saved page stands alone: no address is fetched, black on white, one sheet of paper
_STYLE: Final = (
    "body{font:11pt/1.35 system-ui,sans-serif;color:#000;background:#fff;max-width:46rem;margin:1.5rem auto;"
    "padding:0 1rem}h1{font-size:1.5em;margin:0}h2{font-size:1.05em;margin:.9em 0 .2em;border-bottom:1px solid #000}"
    "ul{margin:0;padding-left:1.2em}p{margin:.3em 0}table{border-collapse:collapse}"
    "th,td{text-align:left;font-weight:normal;padding:.1em .8em .1em 0}section{break-inside:avoid}"
    "@page{size:A4;margin:14mm}@media print{body{margin:0;padding:0;max-width:none;font-size:10pt}"
    "ul.many{columns:2;column-gap:2em}}"
)
_MANY: Final = 8  # lines of a section from which on paper they stand in two columns


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of running. share: percent of the longest week, for its bar."""

    start: str  # ISO day
    runs: str
    distance: str
    longest: str
    share: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The page. weeks: oldest first, empty without any run."""

    on: str  # ISO day
    sections: tuple[Section, ...]
    weeks: tuple[WeekRow, ...]


def answered(label: str, value: str) -> str:
    return f"{label}: {value}"


def as_text(page: Summary) -> str:
    """The page as plain text, for a file, a mail or a printer."""
    lines = [f"{TITLE}, {page.on}", NOTE]
    for section in page.sections:
        lines += ["", section.title, *(f"  - {line}" for line in section.lines or (NONE,))]
    lines += ["", LOAD, *(_table(page.weeks) if page.weeks else [f"  - {NONE}"])]
    return "\n".join(lines) + "\n"


def _table(weeks: Sequence[WeekRow]) -> list[str]:
    rows = [HEAD, *((w.start, w.runs, w.distance, w.longest) for w in weeks)]
    wide = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return ["  " + "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows]


def as_html(page: Summary) -> str:
    """The page as one HTML document without anything to fetch, laid out for paper; words are escaped."""
    parts = [f"<h1>{escape(TITLE)}</h1>", f"<p>{escape(page.on)}. {escape(NOTE)}</p>"]
    parts += [f"<section><h2>{escape(s.title)}</h2>{_list(s.lines)}</section>" for s in page.sections]
    parts.append(f"<section><h2>{escape(LOAD)}</h2>{_html_table(page.weeks)}</section>")
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(TITLE)}, {escape(page.on)}</title><style>{_STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"


def _list(lines: Sequence[str]) -> str:
    if not lines:
        return f"<p>{escape(NONE)}</p>"
    many = ' class="many"' if len(lines) >= _MANY else ""
    return f"<ul{many}>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _html_table(weeks: Sequence[WeekRow]) -> str:
    if not weeks:
        return f"<p>{escape(NONE)}</p>"
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in HEAD)
    rows = "".join(
        f'<tr><th scope="row">{escape(w.start)}</th><td>{escape(w.runs)}</td><td>{escape(w.distance)} '
        f'<svg width="100" height="10" viewBox="0 0 100 10" aria-hidden="true"><rect width="{w.share}" height="10"/>'
        f"</svg></td><td>{escape(w.longest)}</td></tr>"
        for w in weeks
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def to_plain(page: Summary) -> dict[str, Any]:
    """The page as JSON data."""
    return {"title": TITLE, "note": NOTE, **asdict(page)}
