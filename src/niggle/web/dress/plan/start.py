"""The form that begins a plan: conditions by region of the body, places, grades, and refusals with the way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from niggle.core.body import SITES
from niggle.core.condition import Condition, Scope
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import PlanFacts, PlanStart
from niggle.core.profile import KnownCondition
from niggle.core.protocol import Protocol
from niggle.core.rehab import lightest_grade, too_serious
from niggle.web.dress.words import capital
from niggle.wording.interview import REGIONS
from niggle.wording.plans import plan_name

_ELSEWHERE: Final = "Elsewhere"
_NO_PLAN: Final = "No plan here: somebody has to see it first"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    name: str
    summary: str
    url: str
    need: str


@dataclass(frozen=True, slots=True)
class ProblemLine:
    message: str
    suggestion: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A complaint that has a name already: kept from the questions about it, or named by somebody."""

    name: str
    url: str


def condition_choices(known: Knowledge) -> tuple[Group, ...]:
    """Conditions that have a plan by where they usually hurt, from the ground up. Those that have none come last, so
    that nobody with a sore foot reads of blood clots on the way; the answer to one of them says whom to see."""
    groups: dict[str, list[Choice]] = {name: [] for name in (*REGIONS.values(), _ELSEWHERE, _NO_PLAN)}
    for slug, condition in known.conditions.items():
        if condition.scope is Scope.BENIGN:
            continue
        protocol = known.protocols.get(slug)
        region = _NO_PLAN if protocol is None else _ELSEWHERE
        if protocol is not None and protocol.site in SITES:
            region = REGIONS[SITES[protocol.site].region]
        groups[region].append(Choice(slug, f"{condition.lay} ({condition.clinical})"))
    return tuple(Group(n, tuple(sorted(rows, key=lambda c: c.name))) for n, rows in groups.items() if rows)


def open_complaints(
    conditions: Sequence[KnownCondition], facts: PlanFacts, on: date, url: str, known: Knowledge
) -> tuple[Open, ...]:
    """Named complaints without a plan, with the address that begins one."""
    planned = {(s.condition, s.side) for s in facts.open_plans(on)}
    found = []
    for c in conditions:
        if c.until is not None or c.slug not in known.conditions or (c.slug, c.side) in planned:
            continue
        side = "" if c.side is None else c.side.value
        given = {"condition": c.slug, "site": c.site or "", "side": side}
        given |= {} if c.since is None else {"hurts_since": c.since.isoformat()}
        found.append(Open(plan_name(c.slug, c.site, c.side, known), f"{url}?{urlencode(given)}"))
    return tuple(dict.fromkeys(found))


def chosen(condition: Condition, protocol: Protocol | None, url: str) -> Chosen:
    if protocol is None:
        return Chosen(condition.lay, "", url, "")
    return Chosen(condition.lay, protocol.summary, url, protocol.need_say or "")


def sites(condition: Condition) -> tuple[Choice, ...]:
    """Where that condition sits; nothing to choose where it is one place."""
    found = tuple(Choice(s, capital(SITES[s].lay)) for s in condition.sites if condition.sites[s] and s in SITES)
    return found if len(found) > 1 else ()


def grades(protocol: Protocol | None) -> tuple[Choice, ...]:
    return () if protocol is None else tuple(Choice(g.id, f"{g.name}. {g.note}") for g in protocol.grades.values())


def may_half(protocol: Protocol) -> bool:
    """Whether any plan for it, the lightest, may come back by half a week instead of the ladder."""
    lightest = PlanStart("", protocol.condition, date.min, protocol.site, grade=lightest_grade(protocol))
    return too_serious(protocol, lightest) is None


def problems(
    found: Sequence[Problem], known: Knowledge, given: Mapping[str, str], urls: Mapping[str, str]
) -> tuple[ProblemLine, ...]:
    """What stands against the plan; where a page mends it, its link in place of a command."""
    lines = []
    for problem in found:
        suggestion = problem.suggestion or ""
        url = link = ""
        if problem.field == "clearance":
            place = {"site": given.get("site", ""), "side": given.get("side", "")}
            protocol = known.protocols.get(given.get("condition", ""))
            if not place["site"] and protocol is not None:
                place["site"] = protocol.site
            url, link = f"{urls['care']}?{urlencode(place)}", "Record what a clinician said"
        elif problem.field == "condition" and "already" in problem.message:
            url, link = urls["plan"], "See that plan"
        elif problem.field == "imaged":
            suggestion = "Say below that it was imaged, once it was."
        if "niggle " in suggestion:
            suggestion = ""
        lines.append(ProblemLine(capital(problem.message) + ".", capital(suggestion), url, link))
    return tuple(lines)
