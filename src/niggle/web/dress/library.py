"""The library: conditions, glossary, questions and the body-part table, each line with who says it and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from niggle.core.body import SITES, Region
from niggle.core.condition import Condition, Dose, Faq, Section, SheetFact, Span
from niggle.core.knowledge_types import Knowledge, Source
from niggle.core.outcomes import Urgency
from niggle.core.reasons import Grade
from niggle.web.dress.words import capital
from niggle.wording import asking
from niggle.wording.today import GRADES
from niggle.wording.units import days

REGIONS: Final[Mapping[Region, str]] = {
    Region.FOOT: "Foot", Region.ANKLE: "Ankle and heel", Region.LOWER_LEG: "Shin and calf", Region.KNEE: "Knee",
    Region.THIGH: "Thigh", Region.HIP: "Hip, groin and buttock", Region.TRUNK: "Back and shoulders",
}  # fmt: skip
ELSEWHERE: Final = "The whole body"
SECTIONS: Final[Mapping[Section, str]] = {
    Section.NAMES: "What it is",
    Section.MECHANISM: "How it comes about",
    Section.PRESENTATION: "How it feels",
    Section.DISCRIMINATORS: "What tells it apart",
    Section.GRADES: "How bad it can be",
    Section.RED_FLAGS: "When to be seen",
    Section.MANAGEMENT: "What helps, in order",
    Section.GATES: "Before the next step",
    Section.RETURN: "Back to running",
    Section.RECOVERY: "How long it takes",
    Section.PREVENTION: "So that it does not come back",
    Section.PROFESSIONAL: "What a professional does",
    Section.DISAGREEMENTS: "Where the sources disagree",
}
URGENCIES: Final = {
    Urgency.EMERGENCY: "Emergency: get help now",
    Urgency.URGENT: "Stop running, be seen within days",
    Urgency.ROUTINE: "By appointment",
    Urgency.SELF_CARE: "Care for it yourself",
}


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    say: str
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    id: str
    text: str
    note: str
    doses: tuple[str, ...] = ()
    resolution: str = ""
    refs: tuple[int, ...] = ()  # numbers in the page's list of sources; without them the note names the sources


@dataclass(frozen=True, slots=True)
class FactSection:
    id: str
    name: str
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class LookLine:
    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class ConditionPage:
    name: str
    clinical: str
    other: str
    purpose: str
    use: str
    misuse: str
    where: str
    urgency: str
    who: str
    when: str
    tests: str
    tonight: tuple[str, ...]
    recovery: str
    recovery_note: str
    look_alikes: tuple[LookLine, ...]
    causes: tuple[FactLine, ...]
    grades: tuple[FactLine, ...]
    first: tuple[FactSection, ...]  # read first: what it is, how it feels
    rest: tuple[FactSection, ...]
    review: str
    facts: int
    sources: tuple[str, ...]  # as the lines number them, from 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the glossary or of the table."""

    id: str
    name: str
    lines: tuple[FactLine, ...]
    also: str = ""
    links: tuple[Link, ...] = ()


def note(sources: Sequence[str], grade: Grade, known: Mapping[str, Source]) -> str:
    """Clinical practice. Source: ..."""
    named = [known[s].title if s in known else s for s in sources]
    return f"{capital(GRADES[grade])}. Source: {'; '.join(named)}." if named else f"{capital(GRADES[grade])}."


def matches(query: str, *texts: str) -> bool:
    """Every word of the query stands somewhere in the texts; an empty query matches everything."""
    held = " ".join(texts).casefold()
    return all(word in held for word in query.casefold().split())


def condition_groups(known: Knowledge, url: str, query: str = "") -> tuple[Links, ...]:
    """By region, from the ground up; a condition of several regions stands in each. url: with "SLUG" for its id."""
    found = [
        c for c in known.conditions.values()
        if matches(query, c.id, c.lay, c.clinical, *c.other_names, *c.aliases)
    ]  # fmt: skip
    groups = [Links(name, _links((c for c in found if region in c.regions), url)) for region, name in REGIONS.items()]
    groups.append(Links(ELSEWHERE, _links((c for c in found if not c.regions & REGIONS.keys()), url)))
    return tuple(g for g in groups if g.links)


def _links(conditions: Iterable[Condition], url: str) -> tuple[Link, ...]:
    ordered = sorted(conditions, key=lambda c: c.lay.casefold())
    return tuple(Link(c.lay, c.clinical, url.replace("SLUG", c.id)) for c in ordered)


def condition_page(c: Condition, known: Knowledge, url: str) -> ConditionPage:
    numbers: dict[str, int] = {}
    sections = tuple(_section(s, c, numbers) for s in Section if c.section(s))
    first = {Section.NAMES.value, Section.PRESENTATION.value}
    low = None if c.recovery is None else c.recovery.low_days
    return ConditionPage(
        name=c.lay,
        clinical=c.clinical,
        other=", ".join(c.other_names),
        purpose=c.purpose,
        use=c.use,
        misuse=c.misuse,
        where=asking.listed([SITES[s].lay for s in sorted(c.sites, key=lambda s: -c.sites[s])], "and"),
        urgency=URGENCIES[c.urgency],
        who=capital(asking.listed(c.care.who)),
        when=capital(asking.when_at_home(c.care.when_days)),
        tests=", ".join(c.care.tests),
        tonight=c.tonight,
        recovery="" if c.recovery is None or low is None else span_of_days(low, c.recovery.high_days),
        recovery_note="" if c.recovery is None else
            f"{c.recovery.note} {note(c.recovery.sources, c.recovery.grade, known.sources)}".strip(),
        look_alikes=tuple(
            LookLine(known.conditions[x.condition].lay, url.replace("SLUG", x.condition), x.tells_apart)
            for x in c.look_alikes if x.condition in known.conditions
        ),
        causes=tuple(
            FactLine("", f"{capital(x.label)} ({link.strength})", _grade(x.grade), refs=_refs(x.sources, numbers))
            for link in c.causes if (x := known.causes.get(link.cause)) is not None
        ),
        grades=tuple(
            FactLine("", f"{g.name}: {g.criteria}", _span_note(g.low_days, g.high_days), refs=_refs(g.sources, numbers))
            for g in c.grades
        ),
        first=tuple(s for s in sections if s.id in first),
        rest=tuple(s for s in sections if s.id not in first),
        review=review(c),
        facts=len(c.facts),
        sources=tuple(known.sources[s].title if s in known.sources else s for s in numbers),
    )  # fmt: skip


def _span_note(low: int | None, high: int | None) -> str:
    return "" if low is None or high is None else f"Takes {span_of_days(low, high)}."


def _grade(grade: Grade) -> str:
    return f"{capital(GRADES[grade])}."


def _refs(sources: Sequence[str], numbers: dict[str, int]) -> tuple[int, ...]:
    """The numbers of these sources on the page; a new one is counted on."""
    return tuple(numbers.setdefault(s, len(numbers) + 1) for s in sources)


def review(c: Condition) -> str:
    if c.review.status == "reviewed" and c.review.by:
        return f"Reviewed by {c.review.by}{f' on {c.review.on}' if c.review.on else ''}."
    return "No clinician has reviewed this page yet."


def span_of_days(low: int, high: int) -> str:
    """3 to 10 days, 2 to 6 weeks, 3 to 6 months."""
    if low == high == 0:
        return "no time off"
    for size, name in ((30, "months"), (7, "weeks")):
        if low >= 2 * size and high >= 2 * size:
            return (
                f"{round(low / size)} to {round(high / size)} {name}" if low != high else f"{round(low / size)} {name}"
            )
    return days(low) if low == high else f"{low} to {high} days"


def _section(section: Section, c: Condition, numbers: dict[str, int]) -> FactSection:
    return FactSection(section.value, SECTIONS[section], tuple(_fact(f, numbers) for f in c.section(section)))


def _fact(f: SheetFact, numbers: dict[str, int]) -> FactLine:
    return FactLine(
        f.id, f.text, _grade(f.grade), tuple(map(dose_text, f.doses)), f.resolution or "", _refs(f.sources, numbers)
    )  # fmt: skip


def dose_text(dose: Dose) -> str:
    """Heel drop: 3 x 15, slow, 2 times a day, for 12 weeks."""
    parts = []
    if dose.sets is not None and dose.reps is not None:
        parts.append(f"{_span(dose.sets)} × {_span(dose.reps)}")
    elif dose.reps is not None:
        parts.append(f"{_span(dose.reps)} times")
    elif dose.sets is not None:
        parts.append(f"{_span(dose.sets)} sets")
    parts += [f"hold {_span(dose.hold_s)} s"] if dose.hold_s is not None else []
    parts += [f"{_span(dose.minutes)} min"] if dose.minutes is not None else []
    parts += [dose.tempo] if dose.tempo else []
    parts += [f"{_span(dose.per_day)} times a day"] if dose.per_day is not None else []
    parts += [f"{_span(dose.per_week)} times a week"] if dose.per_week is not None else []
    parts += [f"for {_span(dose.weeks)} weeks"] if dose.weeks is not None else []
    parts += [dose.note] if dose.note else []
    return f"{capital(dose.exercise)}: {', '.join(parts)}" if parts else capital(dose.exercise)


def _span(span: Span) -> str:
    return f"{span.low:g}" if span.low == span.high else f"{span.low:g} to {span.high:g}"


def glossary(known: Knowledge, query: str = "") -> tuple[Entry, ...]:
    terms = [t for t in known.glossary.values() if matches(query, t.term, t.text, *t.also)]
    return tuple(
        Entry(
            t.id, capital(t.term), (FactLine(t.id, t.text, note(t.sources, t.grade, known.sources)),), ", ".join(t.also)
        )
        for t in sorted(terms, key=lambda t: t.term.casefold())
    )  # fmt: skip


def faq(known: Knowledge, query: str = "") -> tuple[Entry, ...]:
    return tuple(
        Entry(q.id, q.question, tuple(FactLine(f.id, f.text, note(f.sources, f.grade, known.sources)) for f in q.facts))
        for q in known.faq.values() if _asked(q, query)
    )  # fmt: skip


def _asked(q: Faq, query: str) -> bool:
    return matches(query, q.question, *(f.text for f in q.facts))


_KINDS: Final = {
    "table": "By part", "time": "How long tissues take", "planning": "For planning",
    "disagreement": "Where sources disagree",
}  # fmt: skip


def body_parts(known: Knowledge, url: str, query: str = "") -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The quick table, in its groups."""
    groups: dict[str, list[Entry]] = {}
    for row in known.body_parts.values():
        if not matches(query, row.part, row.text, row.prevention or ""):
            continue
        text = f"{row.text} To prevent it: {row.prevention}." if row.prevention else row.text
        line = FactLine(row.id, text, note(row.sources, row.grade, known.sources), (), row.resolution or "")
        links = tuple(Link(known.conditions[s].lay, "", url.replace("SLUG", s)) for s in row.conditions
                      if s in known.conditions)  # fmt: skip
        groups.setdefault(_KINDS.get(row.kind, row.kind), []).append(Entry(row.id, row.part, (line,), links=links))
    return tuple((name, tuple(rows)) for name, rows in groups.items())
