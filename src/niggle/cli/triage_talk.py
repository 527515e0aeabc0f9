"""Triage on the terminal: the interview, and its answer in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from niggle.actions.interviews import SIDE, SITE
from niggle.cli.questions import ask_checks, ask_site, choose
from niggle.cli.say import DONE, Stop, json_out, line, stop, styled, wrapped
from niggle.core.body import SITES
from niggle.core.condition import AnswerKind, Finding
from niggle.core.outcomes import Urgency
from niggle.core.triage import Candidate, CannotTell
from niggle.wording import asking
from niggle.wording import triage as said
from niggle.wording.flags import until_then
from niggle.wording.interview import Option

if TYPE_CHECKING:
    from niggle.actions.interviews import Interview
    from niggle.actions.stories import Looked
    from niggle.cli.started import Here

Ask = Callable[[str], str]
_SOME = 3  # conditions whose arguments are printed


class Left(Exception):
    """She stopped in the middle."""


# ---- the answer


def show(looked: Looked, state: Interview | None = None, *, as_json: bool) -> None:
    """state: the interview it came from; without one nothing was stored."""
    from niggle.actions.model import knowledge

    known = knowledge()
    if as_json:
        from niggle.actions.triage_plain import looked_plain

        stored = {} if state is None else {"key": state.key, "on_today": sorted(state.kept)}
        json_out(looked_plain(looked, known) | stored)
        return
    triage = looked.triage
    loud = triage.urgency >= Urgency.URGENT
    line(styled(asking.title(triage), "bold", "red") if loud else styled(asking.title(triage), "bold"))
    for say in asking.says(triage):
        wrapped(say)
    if looked.trouble is not None:
        wrapped(f"{looked.trouble.message} {looked.trouble.suggestion}")
    _understood(looked)
    _care(looked)
    _ranking(looked, known)
    if triage.contributors:
        _head("What may have fed it")
        for c in triage.contributors:
            wrapped(said.contributor(c), "   ", " · ")
    if looked.next and triage.urgency is not Urgency.EMERGENCY:
        _head("What would help to know")
        for q in looked.next:
            finding = known.findings.get(q.finding)
            wrapped("Where does it hurt?" if finding is None else finding.question, "   ", " · ")
    _next(looked, state)
    line()
    wrapped(asking.NO_DIAGNOSIS)


def _next(looked: Looked, state: Interview | None) -> None:
    """What Today holds of it, and the commands that go on from here."""
    from niggle.wording import episodes as words

    urgency = looked.triage.urgency
    if state is None:
        if urgency >= Urgency.URGENT:
            line()
            wrapped(words.NOT_STORED)
        return
    if state.kept:
        line()
        wrapped(f"{words.ON_TODAY}. {words.on_today(urgency, more=_holds_more(state))[0]}")
        wrapped(words.TAKE_BACK)
    from niggle.actions import clock, episodes

    if urgency is Urgency.EMERGENCY or not episodes.can_keep(looked):
        return
    _head("What you can do next")
    line(f" · {words.KEEP_IT}")  # commands are not broken at their hyphens
    slug = episodes.plan_for(looked)
    if slug is not None:
        since = episodes.began_on(state, clock.day_of(state.started_at))
        line(f" · {words.start_plan(slug, episodes.side_of(state), since)}")


def _holds_more(state: Interview) -> bool:
    from niggle.actions import day_words
    from niggle.cli.started import here

    runner = here()
    return day_words.holds_more(runner.athlete_id, state, runner.today)


def _head(text: str) -> None:
    line()
    line(styled(text, "bold"))


def _understood(looked: Looked) -> None:
    told = looked.understood
    if told is None or not (told.findings or told.sites):
        return
    from niggle.actions.model import knowledge

    _head("What was understood")
    for place in told.sites:
        lay = asking.listed([SITES[s].lay for s in place.sites[:3]])
        side = "" if place.side is None else f", {place.side.value}"
        wrapped(f"“{place.words[0]}”: {lay}{side}", "   ", " · ")
    for found in told.findings:
        label, value = _said(knowledge().findings[found.finding], found.value)
        wrapped(f"{', '.join(f'“{w}”' for w in found.words)}: {label}, {value}", "   ", " · ")


def _said(finding: Finding, value: bool | float | None) -> tuple[str, str]:
    label, spoken = asking.said(finding, value)
    return label, spoken if value is None or isinstance(value, bool) else f"{value:g}"


def _care(looked: Looked) -> None:
    triage, care = looked.triage, looked.triage.care
    if care.who and triage.urgency is not Urgency.EMERGENCY:
        _head("Whom to see")
        wrapped(f"{asking.whom(care)}, {asking.when(care.when_days)}.")
        if care.tests:
            wrapped(f"They may want: {', '.join(care.tests)}.")
    if triage.outside is None:
        _head(until_then(triage.urgency))
        for step in said.tonight(triage):
            wrapped(step, "   ", " · ")


def _ranking(looked: Looked, known: Any) -> None:
    triage = looked.triage
    if triage.cannot_tell is not None:
        _head(asking.CANNOT_TITLE)
        wrapped(asking.cannot_tell(triage.cannot_tell))
    if triage.cannot_tell in (CannotTell.NO_PLACE, CannotTell.TOO_LITTLE) or not triage.differential:
        return
    _head("What it may be")
    for i, c in enumerate(triage.differential):
        _candidate(c, known, full=i < _SOME)
    line(styled(asking.PATTERN, "dim"))


def _candidate(c: Candidate, known: Any, *, full: bool) -> None:
    clinical = known.conditions[c.condition].clinical
    wrapped(f"{c.name} ({clinical}): {said.fit(c)}", "     ", " · ")
    if not full:
        return
    for word, evidence in (("for", c.speaks_for), ("against", c.speaks_against)):
        if evidence:
            told = "; ".join(dict.fromkeys(said.evidence(e) for e in evidence))
            wrapped(f"{word}: {told}", "       ", "     ")
    if c.tell_apart:
        wrapped(f"tells apart: {c.tell_apart[0].text}", "       ", "     ")


# ---- the interview


def interview(*, as_json: bool) -> int:
    """Ask on the terminal until more would not change the advice. Every answer is stored as it is given."""
    import sys

    from niggle.cli.started import here

    if not sys.stdin.isatty():
        raise stop("no_answers", "nobody is at the terminal to answer", "standard input",
                   "niggle triage --text \"...\" or --findings FILE")  # fmt: skip
    runner = here()
    try:
        talk(runner, input, as_json=as_json)
    except EOFError:
        raise Stop() from None
    return DONE


def talk(runner: Here, ask: Ask, *, as_json: bool = False) -> None:
    """The interview from wherever it was left, then the answer. `ask` prints its text and returns what was typed."""
    from niggle.actions import day_words, triage

    me, now = runner.athlete_id, runner.now
    found = triage.current(me)
    if found is not None and found.begun:
        line("You left an interview in the middle. Enter goes on with it, n begins a new one.")
        found = found if ask("> ").strip().lower() not in ("n", "no") else None
    key = (found if found is not None and found.begun else triage.start(me, now)).key
    try:
        _beginning(runner, key, ask)
        _questions(runner, key, ask)
    except Left:
        line("Kept. niggle triage goes on from here. So far:")
        line()
    day_words.heed(me, key, runner.now, runner.today, shown=True)
    state = _state(runner, key)
    show(triage.look(me, state, runner.today), state, as_json=as_json)


def _beginning(runner: Here, key: str, ask: Ask) -> None:
    from niggle.actions import day_words, triage

    me = runner.athlete_id
    state = _state(runner, key)
    if not state.begun:
        line("Tell in your own words what hurts, then an empty line. Or just Enter, to be asked.")
        words = _paragraph(ask)
        if words:
            trouble = triage.tell(me, key, words, runner.now)
            day_words.heed(me, key, runner.now, runner.today, shown=False)
            if trouble is not None:
                wrapped(f"{trouble.message} {trouble.suggestion}")
    state = _state(runner, key)
    if not state.confirmed:
        _confirm(runner, state, ask)
    state = _state(runner, key)
    if not state.places and "site" not in state.passed:
        site = ask_site(ask, line, "Where does it hurt?")
        paired = SITES[site].paired
        side = choose(ask, line, "Which side?", [(s, s) for s in ("left", "right", "both")]) if paired else None
        triage.place(me, key, site, side, runner.now)
    if not state.about_asked and triage.look(me, _state(runner, key), runner.today, ()).story.age is None:
        age = _number(ask, "How old are you? (years, Enter skips) ", 0, 150)
        triage.about(me, key, age, state.sex, runner.now)


def _state(runner: Here, key: str) -> Interview:
    from niggle.actions import triage

    state = triage.get(runner.athlete_id, key)
    assert state is not None
    return state


def _paragraph(ask: Ask) -> str:
    lines = []
    while typed := ask("> ").strip():
        lines.append(typed)
    return "\n".join(lines)


def _confirm(runner: Here, state: Interview, ask: Ask) -> None:
    """What was understood, numbered; what is wrong is left out."""
    from niggle.actions import triage
    from niggle.actions.interviews import places_plain
    from niggle.actions.model import knowledge
    from niggle.actions.stories import read_text
    from niggle.actions.told import story_told

    told = read_text(state.text or "", on=state.started_at.date())[0]
    places = story_told(told).places
    rows = [("place", asking.listed([SITES[s].lay for s in p.sites[:3]])) for p in places]
    sure = [f for f in told.findings if f.value is not None]
    labels = knowledge().findings
    rows += [(f"“{f.words[0]}”", ": ".join(_said(labels[f.finding], f.value))) for f in sure]
    wrong: set[int] = set()
    if rows:
        line("This is what was understood:")
        for number, (words, meaning) in enumerate(rows, 1):
            wrapped(f"{words}: {meaning}", "     ", f"  {number}  ")
        typed = ask("Numbers that are wrong, with commas; Enter if all is right: ")
        wrong = {int(p) for p in typed.replace(",", " ").split() if p.isdigit()}
    kept = [p for n, p in enumerate(places, 1) if n not in wrong]
    answers: dict[str, Any] = {f.finding: f.value for n, f in enumerate(sure, len(places) + 1) if n not in wrong}
    plain = {"findings": answers, "places": places_plain(kept), "age": told.age, "sex": told.sex}
    triage.confirm(runner.athlete_id, state.key, plain, runner.now)


def _questions(runner: Here, key: str, ask: Ask) -> None:
    from niggle.actions import day_words, triage
    from niggle.actions.model import knowledge

    spikes = triage.recent_spikes(runner.athlete_id, runner.today)
    line("y yes, n no, Enter if you don't know, b to change the answer before, q to stop here.")
    while True:
        state = _state(runner, key)
        looked = triage.look(runner.athlete_id, state, runner.today, spikes)
        if not looked.next:
            if _placed(runner, state, looked, ask) or _warned(runner, state, looked, ask):
                continue
            return
        name = looked.next[0].finding
        _so_far(looked)
        value, back = _answer(ask, knowledge().findings[name], can_go_back=bool(state.asked))
        if back:
            name = state.asked[-1]
            value, _ = _answer(ask, knowledge().findings[name], can_go_back=False)
        triage.answer(runner.athlete_id, key, name, value, runner.now)
        day_words.heed(runner.athlete_id, key, runner.now, runner.today, shown=False)


def _placed(runner: Here, state: Interview, looked: Looked, ask: Ask) -> bool:
    """Which of the places that her words may mean, and which side: a check-in is about one. Whether it was asked."""
    from niggle.actions import triage

    if looked.triage.urgency >= Urgency.URGENT or looked.triage.outside is not None or len(state.places) != 1:
        return False
    sites = state.places[0].sites
    if len(sites) > 1 and SITE not in state.passed:
        name, title, options = SITE, "Which of these comes closest?", [(s, SITES[s].lay) for s in sites]
    elif state.places[0].side is None and SITES[sites[0]].paired and SIDE not in state.passed:
        name, title, options = SIDE, "Which side?", [(s, s) for s in ("left", "right", "both")]
    else:
        return False
    line()
    chosen = choose(ask, line, f"{title} (Enter if you cannot say)", options, skip=True)
    triage.which(runner.athlete_id, state.key, name, chosen or None, runner.now)
    return True


def _warned(runner: Here, state: Interview, looked: Looked, ask: Ask) -> bool:
    """The list of warnings that every check-in begins with. Whether it was asked."""
    from niggle.actions import day_words, triage
    from niggle.actions.model import knowledge

    names = triage.warnings_to_ask(state, looked)
    if not names:
        return False
    line()
    options = [Option(name, knowledge().questions[name]) for name in names]
    ticked = ask_checks(ask, line, f"{asking.WARNINGS}. {asking.WARNINGS_HINT}", options)
    triage.answer_warnings(runner.athlete_id, state.key, names, ticked, runner.now)
    day_words.heed(runner.athlete_id, state.key, runner.now, runner.today, shown=False)
    return True


def _so_far(looked: Looked) -> None:
    triage = looked.triage
    if triage.cannot_tell in (CannotTell.NO_PLACE, CannotTell.TOO_LITTLE) or not triage.differential:
        return
    leading = "; ".join(f"{c.name} {said.fit(c)}" for c in triage.differential[:3] if not c.to_rule_out)
    line(styled(f"   so far: {leading}", "dim"))


def _answer(ask: Ask, finding: Finding, *, can_go_back: bool) -> tuple[Any, bool]:
    """(answer or None, go back). Raises Left."""
    line()
    wrapped(finding.question)
    if finding.self_test is not None:
        wrapped(f"{finding.self_test.how} Stop if: {finding.self_test.stop_if}", "   ", "   ")
    options = list((finding.choices or {}).items())
    for number, (_, words) in enumerate(options, 1):
        line(f"  {number}  {words}")
    while True:
        typed = ask(f"({finding.unit}) " if finding.unit else "> ").strip().lower().replace(",", ".")
        if typed == "q":
            raise Left
        if typed == "b" and can_go_back:
            return None, True
        if not typed:
            return None, False
        read = _read(finding, typed, options)
        if read is not None:
            return read, False
        if finding.kind is AnswerKind.CHOICE:
            line(f"A number from 1 to {len(options)}, please, or Enter.")
        else:
            line("y, n or Enter, please." if finding.kind is AnswerKind.YES_NO else "A number, please, or Enter.")


def _read(finding: Finding, typed: str, options: list[tuple[str, str]]) -> Any:
    if finding.kind is AnswerKind.YES_NO:
        return {"y": True, "yes": True, "n": False, "no": False}.get(typed)
    if finding.kind is AnswerKind.CHOICE:
        return options[int(typed) - 1][0] if typed.isdigit() and 1 <= int(typed) <= len(options) else None
    low = 0.0 if finding.minimum is None else finding.minimum
    return _in_range(typed, low, float("inf") if finding.maximum is None else finding.maximum)


def _number(ask: Ask, text: str, low: float, high: float) -> float | None:
    while typed := ask(text).strip():
        if (value := _in_range(typed, low, high)) is not None:
            return value
        line(f"A number from {low:g} to {high:g}, please.")
    return None


def _in_range(typed: str, low: float, high: float) -> float | None:
    try:
        value = float(typed)
    except ValueError:
        return None
    return value if low <= value <= high else None
