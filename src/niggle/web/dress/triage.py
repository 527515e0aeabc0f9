"""Triage as its pages show it: one question, what was understood word for word, how the ranking settles, the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from niggle.actions.episodes import has_plan
from niggle.actions.interviews import Interview
from niggle.actions.stories import Looked
from niggle.core.body import SITES, Side
from niggle.core.condition import AnswerKind, Finding
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue, Grade, Reason
from niggle.core.triage import Candidate, CannotTell, Evidence, Fit, Triage, Where
from niggle.language import Understanding
from niggle.web.dress.checkin import Option
from niggle.web.dress.reasons import ReasonCard, reason_card
from niggle.web.dress.words import capital, short_day
from niggle.wording import asking
from niggle.wording import triage as said
from niggle.wording.flags import suspects, until_then
from niggle.wording.places import place
from niggle.wording.reasons import sentence
from niggle.wording.today import GRADES
from niggle.wording.units import Units

YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO: Final = (Option(YES, "Yes"), Option(NO, "No"))
SIDES: Final = (Option("left", "Left"), Option("right", "Right"), Option("both", "Both sides"))
_FULL: Final = 3  # conditions shown unfolded


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """kind: buttons (one tap answers), number, pain."""

    name: str
    title: str
    kind: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    how: str = ""
    stop_if: str = ""
    safety: bool = False


def question_page(finding: Finding) -> QuestionPage:
    test = finding.self_test
    how, stop_if = ("", "") if test is None else (test.how, test.stop_if)
    options: tuple[Option, ...] = ()
    kind = "number"
    if finding.kind is AnswerKind.YES_NO:
        kind, options = "buttons", YES_NO
    elif finding.kind is AnswerKind.CHOICE:
        kind, options = "buttons", tuple(Option(k, capital(v)) for k, v in (finding.choices or {}).items())
    elif finding.id == "symptom_days":
        kind, options = "buttons", tuple(Option(k, v) for k, v in asking.days_choices())
    elif finding.unit == "0-10":
        kind = "pain"
    return QuestionPage(
        finding.id, finding.question, kind, options, finding.unit or "", how, stop_if, finding.safety
    )  # fmt: skip


def answer_of(finding: Finding, text: str) -> FactValue:
    """What a form says, as the answer; what cannot be read is handed on as it stands, to be refused by name."""
    if text in ("", UNKNOWN):
        return None
    if finding.kind is AnswerKind.YES_NO:
        return {YES: True, NO: False}.get(text, text)
    if finding.kind is AnswerKind.CHOICE:
        return text
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text


# ---- what was understood


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of her words; `number` is the line of the list below that was read from it."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing understood. field: name of its form field; options: what it may be instead; note: why it is unsure."""

    number: int
    field: str
    words: str
    meaning: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]
    note: str = ""


_NOTES: Final = {
    "unsure": "You did not sound sure.",
    "contradiction": "You said both.",
    "past": "You said it is over.",
}


def understood_lines(told: Understanding, places: Sequence[Where], known: Knowledge) -> tuple[Line, ...]:
    """Places first, then findings, each with the words it was read from."""
    lines: list[Line] = []
    for n, where in enumerate(places):
        spoken = next((p for p in told.sites if p.sites == where.sites), None)
        words = "" if spoken is None else ", ".join(f"“{w}”" for w in spoken.words)
        lines.append(
            Line(len(lines) + 1, f"place-{n}", words, f"It hurts here: {where_text(where)}", YES_NO, (YES,))
        )  # fmt: skip
    for found in told.findings:
        finding = known.findings.get(found.finding)
        if finding is None:
            continue
        words = ", ".join(f"“{w}”" for w in found.words)
        note = _NOTES.get(found.why.value, "")
        value = found.value
        options: tuple[Option, ...] = YES_NO
        if finding.kind is AnswerKind.YES_NO:
            chosen = (UNKNOWN,) if value is None else (YES,) if value is True else (NO,)
            options, meaning = (*YES_NO, Option(UNKNOWN, "Not sure")), asking.read_back(finding)
        else:
            read = asking.spoken_value(finding, value)
            meaning = f"{capital(finding.label)}: {read}"
            chosen = (NO,) if value is None else (YES,)
        lines.append(Line(len(lines) + 1, f"f-{found.finding}", words, meaning, options, chosen, note))
    return tuple(lines)


def where_text(where: Where) -> str:
    if len(where.sites) == 1:
        return capital(place(where.sites[0], where.side))
    lays = asking.listed([SITES[s].lay for s in where.sites[:4]])
    more = " (or near it)" if len(where.sites) > 4 else ""
    side = "" if where.side in (None, Side.MIDDLE) else ", both sides" if where.side is Side.BOTH else f", {where.side}"
    return capital(lays) + more + side


def pieces(text: str, told: Understanding, lines: Iterable[Line], places: Sequence[Where]) -> tuple[Piece, ...]:
    """Her words with what was understood marked; where marks overlap the first one counts."""
    numbers = {line.field: line.number for line in lines}
    marks: list[tuple[int, int, int]] = []
    for n, where in enumerate(places):
        for spoken in told.sites:
            if spoken.sites == where.sites:
                marks += [(s.start, s.end, numbers[f"place-{n}"]) for s in spoken.spans]
    for found in told.findings:
        number = numbers.get(f"f-{found.finding}")
        if number is not None:
            marks += [(s.start, s.end, number) for s in found.spans]
    out, at = [], 0
    for start, end, number in sorted(marks):
        if start < at:
            continue
        if start > at:
            out.append(Piece(text[at:start], None))
        out.append(Piece(text[start:end], number))
        at = end
    if at < len(text):
        out.append(Piece(text[at:], None))
    return tuple(out)


def confirmed_from_form(
    form: Mapping[str, Any], told: Understanding, places: Sequence[Where], known: Knowledge
) -> dict[str, Any]:
    """What she left standing of what was understood. A line that says "no" to a number or a place is not kept."""
    findings: dict[str, FactValue] = {}
    for found in told.findings:
        finding = known.findings.get(found.finding)
        said = form.get(f"f-{found.finding}")
        if finding is None or said is None:
            continue
        if finding.kind is AnswerKind.YES_NO:
            findings[found.finding] = {YES: True, NO: False}.get(str(said))
        elif said == YES and found.value is not None:
            findings[found.finding] = found.value
    kept = [p for n, p in enumerate(places) if form.get(f"place-{n}") == YES]
    from niggle.actions.interviews import places_plain

    return {"findings": findings, "places": places_plain(kept), "age": told.age, "sex": told.sex}


# ---- the ranking as it settles


@dataclass(frozen=True, slots=True)
class Standing:
    name: str
    fit: str
    share: float  # for the length of its bar only; never shown as a number
    change: str  # "up", "down" or ""


def standings(triage: Triage, before: Triage | None) -> tuple[Standing, ...]:
    """The leading conditions, and what the last answer did to them."""
    if not rankable(triage):
        return ()
    old = {} if before is None or not rankable(before) else {c.condition: c.share for c in before.differential}
    rows = []
    for c in triage.differential:
        if c.to_rule_out:
            continue
        moved = c.share - old.get(c.condition, 0.0) if old else 0.0
        rows.append(Standing(c.name, said.fit(c), c.share, "up" if moved > 0.05 else "down" if moved < -0.05 else ""))
    return tuple(rows[:4])


def rankable(triage: Triage) -> bool:
    """There is something to compare: a place or enough answers."""
    return bool(triage.differential) and triage.cannot_tell not in (CannotTell.NO_PLACE, CannotTell.TOO_LITTLE)


# ---- the answer


@dataclass(frozen=True, slots=True)
class Argument:
    text: str
    note: str  # how well it is known, and where it was read


@dataclass(frozen=True, slots=True)
class TellLine:
    name: str
    url: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class CandidateCard:
    name: str
    clinical: str
    url: str
    fit: str
    best: bool
    share: float
    open: bool
    speaks_for: tuple[Argument, ...]
    speaks_against: tuple[Argument, ...]
    tell_apart: tuple[TellLine, ...]
    more_tell_apart: tuple[TellLine, ...]
    plan_url: str = ""  # where its plan begins, unless somebody has to look first


@dataclass(frozen=True, slots=True)
class AnswerLine:
    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FedBy:
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    title: str
    says: tuple[str, ...]
    emergency: bool
    urgency: str
    who: str
    when: str
    tests: tuple[str, ...]
    tonight: tuple[str, ...]
    until_title: str
    flags: tuple[str, ...]
    candidates: tuple[CandidateCard, ...]
    cannot: str
    pattern: str
    fed: tuple[FedBy, ...]
    contradictions: tuple[str, ...]
    reasons: tuple[ReasonCard, ...]
    answers: tuple[AnswerLine, ...]
    note: str


_BY: Final = {"question": "by a question", "self_test": "by a self-test", "clinic": "at a clinic"}


def result_page(
    looked: Looked, state: Interview, known: Knowledge, units: Units, library: str, plan: str = ""
) -> ResultPage:
    """library, plan: the address of a condition's page, and where a plan begins, with "SLUG" where its id stands."""
    triage = looked.triage
    care = triage.care
    soon = triage.urgency in (Urgency.EMERGENCY, Urgency.URGENT)
    cards = tuple(
        _card(c, known, library, "" if soon else plan, unfolded=i < _FULL) for i, c in enumerate(triage.differential)
    ) if rankable(triage) else ()  # fmt: skip
    labels = {f.id: f.label for f in known.findings.values()}
    return ResultPage(
        title=asking.title(triage),
        says=asking.says(triage),
        emergency=triage.urgency is Urgency.EMERGENCY,
        urgency=triage.urgency.code,
        who=asking.whom(care),
        when=capital(asking.when(care.when_days)),
        tests=care.tests,
        tonight=() if triage.outside is not None else said.tonight(triage),
        until_title=until_then(triage.urgency),
        flags=suspects(h.suspect for h in triage.red_flags if h.urgency >= Urgency.URGENT),
        candidates=cards,
        cannot="" if triage.cannot_tell is None else asking.cannot_tell(triage.cannot_tell),
        pattern=asking.PATTERN if any(c.pattern_match for c in triage.differential) else "",
        fed=tuple(_fed(c, looked, known, units) for c in triage.contributors),
        contradictions=tuple(
            f"“{capital(labels.get(a, a))}” and “{labels.get(b, b)}” do not go together."
            for a, b in triage.contradictions
        ),
        reasons=tuple(_reason(r, known, units) for r in _reasons_of(triage)),
        answers=answer_lines(state, known),
        note=asking.NO_DIAGNOSIS,
    )  # fmt: skip


# what was not judged, and answers that do not fit together: worth reading however urgent the rest is
_OF_THE_STORY: Final = frozenset({"TRI-04", "TRI-05", "TRI-07", "TRI-09"})


def _reasons_of(triage: Triage) -> tuple[Reason, ...]:
    """In an emergency only what makes it one: "alone it is no emergency" has no place under "Get medical help now"."""
    if triage.urgency is not Urgency.EMERGENCY:
        return triage.reasons
    return tuple(r for r in triage.reasons if r.decided or r.rule in _OF_THE_STORY)


def _reason(reason: Any, known: Knowledge, units: Units) -> ReasonCard:
    return reason_card(reason, known.sources, units)


def _card(c: Candidate, known: Knowledge, library: str, plan: str, *, unfolded: bool) -> CandidateCard:
    tells = tuple(
        TellLine(known.conditions[t.condition].lay, library.replace("SLUG", t.condition), t.text, _BY.get(t.by, t.by))
        for t in c.tell_apart if t.condition in known.conditions
    )  # fmt: skip
    return CandidateCard(
        c.name, known.conditions[c.condition].clinical, library.replace("SLUG", c.condition),
        said.fit(c), c.fit is Fit.BEST and not c.to_rule_out, c.share, unfolded,
        _arguments(c.speaks_for, known), _arguments(c.speaks_against, known),
        tells[:2], tells[2:],
        plan.replace("SLUG", c.condition) if not c.to_rule_out and has_plan(c.condition) else "",
    )  # fmt: skip


def _arguments(found: Iterable[Evidence], known: Knowledge) -> tuple[Argument, ...]:
    """Each once: "eases once warm" is also what a "no" to the opposite says."""
    by_text = {a.text: a for a in reversed([_argument(e, known) for e in found])}
    return tuple(reversed(by_text.values()))


def _argument(e: Evidence, known: Knowledge) -> Argument:
    text = capital(said.evidence(e))
    named = "; ".join(known.sources[s].title for s in e.sources if s in known.sources and s != "niggle")
    if e.grade is Grade.HEURISTIC and not named:
        return Argument(text, "")  # asking.PATTERN says once, below all of them, that nobody has measured it
    return Argument(text, f"{GRADES[e.grade]}{f' ({named})' if named else ''}")


def _fed(c: Any, looked: Looked, known: Knowledge, units: Units) -> FedBy:
    lines: list[str] = []
    for spike in looked.spikes:
        if spike.type in c.spikes and len(lines) < 2:
            lines.append(f"{capital(short_day(spike.on))}: {sentence(spike.reason, units)}")
    lines += [f"You said: {known.findings[f].label}." for f in c.findings if f in known.findings]
    return FedBy(said.contributor(c), tuple(lines))


def answer_lines(state: Interview, known: Knowledge) -> tuple[AnswerLine, ...]:
    """Everything she said, to be looked at and corrected."""
    lines = [AnswerLine("place", "Where it hurts", "; ".join(where_text(w) for w in state.places) or "not known")]
    if state.age is not None or state.sex is not None:
        age = [] if state.age is None else [f"{state.age:g} years"]
        lines.append(AnswerLine("about", "About you", ", ".join([*age, *([state.sex] if state.sex else [])])))
    for name, value in state.answers.items():
        finding = known.findings.get(name)
        if finding is not None:
            label, spoken = asking.said(finding, value)
            lines.append(AnswerLine(name, capital(label), spoken))
    return tuple(lines)
