"""The calendar of a week: seven days with their sessions, what speaks against it, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from niggle.actions.plans.weeks import WeekShown
from niggle.core.exercise import EQUIPMENT
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import Absence, Availability, Away, DayWindow, Placed, WishKind
from niggle.core.today import PlanToday, Task
from niggle.core.week import Severity, windows_of
from niggle.web.dress.plan.tasks import hour
from niggle.web.dress.words import DAYS, capital, day_text, short_day
from niggle.wording import week as words
from niggle.wording.exercises import equipment_word
from niggle.wording.plans import exercises_line
from niggle.wording.tasks import is_small, task_title
from niggle.wording.units import Units


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    key: str  # unique on the page
    title: str
    at: str
    marks: tuple[str, ...]
    what: str
    done: bool
    open: bool  # it may still be moved
    look: str  # what the address needs to show it; "-" for one that is past
    warned: bool


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    short: str
    on: str
    iso: str
    today: bool
    past: bool
    sessions: tuple[Session, ...]
    beside: tuple[str, ...] = ()  # done as well, from the log


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of the calendar. item, on: the move that mends it, where there is one."""

    say: str
    strong: bool = False
    item: str = ""
    on: str = ""
    button: str = ""


def week_days(shown: WeekShown, today: date, clock: str, known: Knowledge, units: Units) -> tuple[Day, ...]:
    plans = shown.decision.plan
    warned = {item for v in shown.violations if v.severity is Severity.BLOCK for item in v.items}
    out = []
    for number in range(7):
        on = shown.week.start + timedelta(days=number)
        placed = shown.week.of_day(on)
        tasks = {t.id: t for t in shown.decision.tasks} if on == today else {}
        out.append(
            Day(
                DAYS[on.weekday()], DAYS[on.weekday()][:3], short_day(on), on.isoformat(), on == today, on < today,
                tuple(
                    _session(p, today, clock, plans, warned, known, units, tasks.get(p.item.id))
                    for p in placed
                ),
                tuple(words.logged_line(p.item, units) for p in shown.beside if p.on == on),
            )
        )  # fmt: skip
    return tuple(out)


def _session(
    placed: Placed, today: date, clock: str, plans: Sequence[PlanToday], warned: set[str], known: Knowledge,
    units: Units, task: Task | None,
) -> Session:  # fmt: skip
    """task: what today makes of it, where it is today's. Both pages then say the same of it."""
    item = placed.item
    over = placed.on < today
    off = task is not None and not task.allowed and not placed.done
    title = words.item_title(item, known, units)
    if task is not None and task.allowed and not (task.done or any(task.ticked) or placed.done or is_small(task)):
        title = task_title(task, known, units)
    marks = [m for m, there in (("done", placed.done), ("not done", over and not placed.done and not item.optional),
                                ("not today", off), ("if you like", item.optional and not over)) if there]  # fmt: skip
    conditions, phases = {p.plan: p.condition for p in plans}, {p.plan: p.phase for p in plans}
    what = exercises_line(item.exercises, conditions, known, phases)
    return Session(
        item.id, f"{item.id}-{placed.on:%m%d}", title, hour(placed.start_min, clock),
        tuple(marks), what, placed.done, placed.on >= today and not placed.done,
        "-" if placed.on < today else "" if placed.on == today else f"?on={placed.on.isoformat()}", item.id in warned,
    )  # fmt: skip


def remarks(shown: WeekShown, known: Knowledge, units: Units) -> tuple[Remark, ...]:
    """What breaks a rule with the move that mends it, which wishes clash, what was left out."""
    found: dict[str, Remark] = {}
    for v in shown.violations:
        say = words.violation_line(v, shown.week, known, units)
        mend = words.suggestion_line(v, shown.week, known, units)
        move = v.suggestion
        found.setdefault(
            say,
            Remark(say, v.severity is Severity.BLOCK) if move is None or mend is None else
            Remark(say, v.severity is Severity.BLOCK, move.item, move.on.isoformat(), mend.rstrip(".")),
        )  # fmt: skip
    clashing = {w for c in shown.week.clashes for w in c.wishes}
    lines = [words.clash_line(c.wishes, c.because, known) for c in shown.week.clashes]
    lines += [words.unmet_line(u) for u in shown.unmet if u.wish not in clashing]
    lines += words.no_place_lines(shown.week, known, units)
    lines += [words.RUNLESS[shown.runless]] if shown.runless else []
    for line in lines:
        found.setdefault(line, Remark(line))
    return tuple(found.values())


def problem_lines(problems: Sequence[Problem], known: Knowledge) -> tuple[Problem, ...]:
    """The checker's answer to a move, in words in place of the rules' names."""
    out = []
    for p in problems:
        rule, _, rest = p.message.partition(" ")
        message = words.rule_line(rule, known) if rest.startswith("stands against") else f"{capital(p.message)}."
        hint = p.suggestion or ""
        iso, _, tail = hint.partition(" ")
        if tail == "is open":
            hint = f"{words.day_name(date.fromisoformat(iso))} is open."
        out.append(Problem(p.field, message, None if "niggle " in hint else capital(hint) or None))
    return tuple(dict.fromkeys(out))


# ---- the time she has, her wishes, what is at hand ----


@dataclass(frozen=True, slots=True)
class DayForm:
    number: int
    name: str
    start: str
    minutes: str
    gym: bool
    start2: str
    minutes2: str
    gym2: bool


def day_forms(availability: Availability) -> tuple[DayForm, ...]:
    """Two windows a day at most in the form; without any said, the days that niggle takes for usual."""
    windows = availability.windows or windows_of(availability)
    out = []
    for number, name in enumerate(DAYS):
        own = [w for w in windows if w.weekday == number]
        one, two = _window(own, 0), _window(own, 1)
        out.append(DayForm(number, name, *one, *two))
    return tuple(out)


def typed_days(form: Mapping[str, str]) -> tuple[DayForm, ...]:
    """The hours as they were typed, right or wrong: a form that comes back keeps them."""

    def part(which: str, day: int) -> tuple[str, str, bool]:
        start, minutes = form.get(f"start{which}-{day}", ""), form.get(f"minutes{which}-{day}", "")
        return start, minutes, form.get(f"gym{which}-{day}") == "yes"

    return tuple(DayForm(number, name, *part("", number), *part("2", number)) for number, name in enumerate(DAYS))


def _window(windows: Sequence[DayWindow], at: int) -> tuple[str, str, bool]:
    if at >= len(windows):
        return "", "", False
    w = windows[at]
    return f"{w.start_min // 60:02d}:{w.start_min % 60:02d}", str(w.minutes), w.gym


WISHES: Final = (
    (WishKind.LONG_RUN_ON, "Long run on"),
    (WishKind.RUN_ON, "A run on"),
    (WishKind.STRENGTH_ON, "Strength on"),
    (WishKind.CROSS_TRAINING_ON, "Cross-training on"),
    (WishKind.REST_ON, "Rest on"),
)


@dataclass(frozen=True, slots=True)
class WishField:
    name: str
    label: str
    chosen: tuple[int, ...]


def wish_fields(availability: Availability) -> tuple[WishField, ...]:
    return tuple(
        WishField(
            kind.value, label, tuple(w.weekday for w in availability.wishes if w.kind is kind and w.weekday is not None)
        )
        for kind, label in WISHES
    )


def typed_wishes(chosen: Callable[[str], Sequence[str]]) -> tuple[WishField, ...]:
    """The wishes as they were ticked. chosen: the values of a field."""
    return tuple(
        WishField(kind.value, label, tuple(int(d) for d in chosen(kind.value) if d.isdigit())) for kind, label in WISHES
    )


def runs_wish(availability: Availability) -> str:
    found = next((w.value for w in availability.wishes if w.kind is WishKind.RUNS_PER_WEEK), None)
    return "" if found is None else str(found)


def earliest(availability: Availability) -> str:
    """HH:MM before which nothing is to be; empty for no such wish."""
    value = next((w.value for w in availability.wishes if w.kind is WishKind.NOTHING_BEFORE), None)
    return "" if value is None else f"{value // 60:02d}:{value % 60:02d}"


def equipment_choices() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((e, capital(equipment_word(e))) for e in EQUIPMENT), key=lambda pair: pair[1]))


@dataclass(frozen=True, slots=True)
class AwayLine:
    id: str
    say: str


AWAY: Final = ((Away.ILLNESS.value, "Ill"), (Away.TRAVEL.value, "Travelling"), (Away.LIFE.value, "No time"))


def away_lines(absences: Sequence[Absence]) -> tuple[AwayLine, ...]:
    names = dict(AWAY)
    out = []
    for a in absences:
        span = day_text(a.first) if a.first == a.last else f"{day_text(a.first)} to {day_text(a.last)}"
        parts = [f"{names[a.kind.value]}: {span}"]
        if a.no_running:
            parts.append("no running")
        if a.equipment is not None:
            things = ", ".join(equipment_word(e) for e in a.equipment)
            parts.append(f"with {things or 'nothing at hand'}")
        out.append(AwayLine(a.id, ", ".join(parts)))
    return tuple(out)
