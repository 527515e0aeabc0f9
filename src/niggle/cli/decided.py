"""A decision on the terminal: the card, its reasons, and the same as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from niggle.cli.say import DONE, json_out, line, styled, wrapped
from niggle.core.outcomes import Light
from niggle.core.reasons import Fact, FactValue, Reason, Weight
from niggle.core.today import Decision, Headline, NextStep, decision_to_plain
from niggle.wording import today as words
from niggle.wording.flags import first_aid, until_then
from niggle.wording.units import Units, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from niggle.actions.today import Decided
    from niggle.core.knowledge_types import Knowledge
    from niggle.core.plan import WeekPlan
    from niggle.core.race import RaceAdvice

_MARKS: Final = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.CANNOT_SAY: "○"}
_COLOURS: Final = {Light.GREEN: "green", Light.YELLOW: "yellow", Light.RED: "red", Light.CANNOT_SAY: "dim"}


def decision_plain(
    decision: Decision,
    units: Units | None = None,
    weeks: Sequence[WeekPlan] = (),
    race: RaceAdvice | None = None,
    told: Sequence[str] = (),
) -> dict[str, Any]:
    """A decision as JSON: everything it holds, and the words of its card first. units: of the texts of tasks.

    weeks: the case's calendars; what was made again today is told. race: the next one, where it belongs on the day.
    told: what triage said to do until help is there, where it told of the day's emergency.
    """
    plain: dict[str, Any] = {
        "headline_text": words.headline(decision),
        "summary": words.summary(decision),
        "care_text": words.care(decision.care),
        "next_step_texts": list(words.next_steps(decision)),
    }
    if decision.headline is Headline.EMERGENCY:
        plain["until_help"] = list(first_aid(decision.care.rules, told))
    if decision.plan or decision.tasks:
        from niggle.cli.planned import today_plain
        from niggle.wording.units import METRIC

        plain |= today_plain(decision, _known(), units or METRIC)
        plain["week_changed"] = list(_remade(weeks, decision))
    if race is not None:
        from niggle.wording.units import METRIC

        plain["race"] = {"id": race.race.id, "on": race.race.on.isoformat(), "verdict": race.verdict.value,
                         "missing": list(race.missing), "text": _race(race, units or METRIC)}  # fmt: skip
    return decision_to_plain(decision) | plain


def _race(race: RaceAdvice, units: Units) -> str:
    from niggle.wording.week import race_today

    return race_today(race, units)


def _known() -> Knowledge:
    from niggle.actions.model import knowledge

    return knowledge()


def _remade(weeks: Sequence[WeekPlan], decision: Decision) -> tuple[str, ...]:
    if not any(w.because and w.made_on == decision.on for w in weeks):
        return ()
    from niggle.wording.week import remade_today

    return remade_today(weeks, decision.on)


def show_card(decision: Decision, units: Units, weeks: Sequence[WeekPlan] = (), told: Sequence[str] = ()) -> None:
    """What to do first, then the numbers, then the reasons in one line each."""
    mark = f"{_MARKS[decision.light]} {words.light_name(decision)}"
    line(f"{styled(mark, 'bold', _COLOURS[decision.light])}  {decision.on:%A} {decision.on.day} {decision.on:%B %Y}")
    line(styled(words.headline(decision), "bold"))
    wrapped(words.summary(decision))
    care = words.care(decision.care)
    if care is not None and decision.headline is not Headline.EMERGENCY:
        wrapped(care)
    if decision.headline is Headline.EMERGENCY:
        if until := first_aid(decision.care.rules, told):
            line()
            line(styled(until_then(decision.care.urgency), "bold"))
            for step in until:
                wrapped(step, "   ", " · ")
        _steps(decision)
        return  # nothing else may compete with it
    if decision.plan or decision.tasks:
        from niggle.cli.planned import show_tasks

        show_tasks(decision, _known(), units)
        for number, text in enumerate(_remade(weeks, decision)):
            wrapped(text, "     ", "     " if number else "   ")
        line()
    for name, items in (("You may", words.allowed(decision)), ("Leave out", words.leave_out(decision))):
        if items:
            wrapped(", ".join(items), " " * 12, f"{name + ':':<12}")
    caps = words.caps(decision.caps, units)
    if caps:
        line()
        width = max(len(name) for name, _ in caps)
        for name, value in caps:
            line(f"{name:<{width}}  {value}")
    hurting = [p for p in decision.places if p.site is not None]
    if hurting:
        line()
        for place in hurting:
            line(words.place_light(place))
    if decision.outside_scope:
        outside = "; ".join(words.place(site, None) for site in decision.outside_scope)
        line(f"Outside what niggle covers: {outside}. Ask a doctor about it.")
    _steps(decision)


_COMMANDS: Final = {  # where a page has a link
    NextStep.CHECK_IN_FIRST: "checkin",
    NextStep.ANSWER_MORNING: "checkin",
    NextStep.IMPORT_ARCHIVE: "import FILE",
    NextStep.MAKE_WEEK: "week --make",
    NextStep.NEW_WEEK: "week --make",
}


def _steps(decision: Decision) -> None:
    # whom to book with stands at the top already
    told = {NextStep.BOOK_PROFESSIONAL} if words.care(decision.care) is not None else set()
    pairs = zip(decision.next_steps, words.next_steps(decision), strict=True)
    steps = [(step, text) for step, text in pairs if step not in told]
    if steps:
        line()
        for step, text in steps:
            command = _COMMANDS.get(step)
            wrapped(text if command is None else f"{text.removesuffix('.')}: niggle {command}", "   ", " → ")


def show_short(
    decision: Decision,
    units: Units,
    weeks: Sequence[WeekPlan] = (),
    race: RaceAdvice | None = None,
    told: Sequence[str] = (),
) -> None:
    """The card and the reasons that weigh on the day, one sentence each. weeks, race, told: as in `decision_plain`."""
    show_card(decision, units, weeks, told)
    if race is not None:
        line()
        wrapped(f"{_race(race, units)} What to do about it: niggle race")
    green = decision.light is Light.GREEN
    # a place that is fine explains a green day, but not why another one is yellow
    deciding = [r for r in decision.reasons if r.weight is not Weight.INFO or (green and r.decided)]
    if deciding:
        line()
        line(styled("Why", "bold"))
        from niggle.wording.reasons import each_once, read_once

        for text in read_once(_said(reason, decision, units) for reason, _ in each_once(deciding)):
            wrapped(text, "   ", " · ")
        line(styled("niggle explain shows every reason with its facts and sources.", "dim"))


def today(on: str | None, *, as_json: bool) -> int:
    """The command `niggle today`, here so that it can be had without the parser of all the others."""
    from niggle.cli import given
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.today import decide_today

    decided = decide_today(runner.athlete_id, given.day(on, runner.today), runner.now)
    decision, weeks, race = decided.decision, decided.case.plan.weeks, next_race(decided)
    told = told_to_do(runner.athlete_id, decision)
    if as_json:
        json_out(decision_plain(decision, runner.units(), weeks, race, told))
        return DONE
    runner.say_if_demo()
    show_short(decision, runner.units(), weeks, race, told)
    return DONE


def told_to_do(athlete_id: int, decision: Decision) -> tuple[str, ...]:
    """What triage said to do until help is there; loads what that takes only in an emergency."""
    if decision.headline is not Headline.EMERGENCY:
        return ()
    from niggle.actions import day_words

    return day_words.told_to_do(athlete_id, decision)


def next_race(decided: Decided) -> RaceAdvice | None:
    """The race that belongs on the day, with what is sensible; loads what that takes only where a race is entered."""
    if not decided.case.plan.races:
        return None
    from niggle.actions.plans.advice import race_today

    return race_today(decided)


def sentence(reason: Reason, units: Units) -> str:
    """The reason in words."""
    from niggle.wording import reasons

    return reasons.sentence(reason, units)


def _said(reason: Reason, decision: Decision, units: Units) -> str:
    """The reason in words, those of her plans where it names one of their criteria."""
    if not decision.plan:
        return sentence(reason, units)
    from niggle.wording.plans import reason_line

    return reason_line(reason, [p.condition for p in decision.plan], _known(), units)


def show_explained(decision: Decision, units: Units, known: Knowledge) -> None:
    """Every reason: sentence, rule, what it saw, who says so, how well it is known, what would change it."""
    show_card(decision, units)
    line()
    line(styled(counted(len(decision.reasons), "reason"), "bold"))
    for reason in decision.reasons:
        line()
        wrapped(_said(reason, decision, units))
        rule = known.rules.get(reason.rule)
        title = f": {rule.title}" if rule is not None else ""
        role = "decided" if reason.decided else reason.weight.value
        wrapped(f"{reason.rule}{title} ({role})", "    ", "  ")
        for fact in reason.facts:
            line(f"    saw  {_fact(fact)}")
        cited = [known.sources[s].title if s in known.sources else s for s in reason.sources]
        wrapped(f"{words.GRADES[reason.grade]}; {'; '.join(cited)}", "    ", "  ")
    changes = what_would_change(decision)
    if changes:
        line()
        line(styled("What would change it", "bold"))
        for change in changes:
            wrapped(change, "   ", " · ")
    line()
    line(styled(f"engine {decision.engine_version}, knowledge {decision.knowledge_digest[:12]}", "dim"))


def what_would_change(decision: Decision) -> tuple[str, ...]:
    """What an answer or a quiet day would do to this decision."""
    from niggle.wording.light import missing_sentence

    needed = missing_sentence(decision.missing)
    changes = [f"It needs {needed}."] if needed else []
    if decision.provisional and decision.light is not Light.CANNOT_SAY:
        changes.append("The answers of the next morning make the light final.")
    changes += [
        f"{words.place(p.site, p.side)}: {counted(p.sessions_left, 'reduced session')}, settled by the next morning"
        for p in decision.places
        if p.sessions_left
    ]
    return tuple(changes)


def explained_plain(decision: Decision, units: Units, known: Knowledge) -> dict[str, Any]:
    """A decision as JSON with each reason's sentence, the rule's title, and its sources by name."""
    plain = decision_plain(decision, units)
    for entry, reason in zip(plain["reasons"], decision.reasons, strict=True):
        rule = known.rules.get(reason.rule)
        entry["text"] = _said(reason, decision, units)
        entry["title"] = None if rule is None else rule.title
        entry["grade_text"] = words.GRADES[reason.grade]
        entry["source_titles"] = [known.sources[s].title if s in known.sources else s for s in reason.sources]
    return plain | {"would_change": list(what_would_change(decision))}


def _fact(fact: Fact) -> str:
    unit = {None: "", "0-10": " of 10", "count": ""}.get(fact.unit, f" {fact.unit}")
    if fact.value == 1 and unit in (" days", " sessions", " weeks", " years"):
        unit = unit[:-1]
    when = f" ({fact.on})" if fact.on else ""
    return f"{fact.name.replace('_', ' ')}: {_value(fact.value)}{unit}{when}"


def _value(value: FactValue) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)
