"""`niggle tests`, `niggle test`: the scoreboard, how each test is done, and its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, styled, table, wrapped

if TYPE_CHECKING:
    from niggle.actions.plans.testing import TestsShown
    from niggle.core.knowledge_types import Knowledge
    from niggle.core.protocol import CapacityTest

app = typer.Typer()
test = typer.Typer(help="One test: how to do it, and its results.", no_args_is_help=True)
app.add_typer(test, name="test")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_PLACES: Final = {
    "0-10": "PAIN", "count": "COUNT", "s": "SECONDS", "cm": "CENTIMETRES", "m": "METRES", "km": "KILOMETRES",
    "spm": "STEPS", "number": "NUMBER",
}  # fmt: skip
_NAME = Annotated[str, typer.Argument(help="the test, from niggle tests: calf_raise, hop_distance, ...")]


@app.command("tests")
def scoreboard(
    every: Annotated[bool, typer.Option("--all", help="every test that niggle knows")] = False, as_json: _JSON = False
) -> int:
    """Show the scoreboard: both sides, the aim, the gap, what limits this week, and what is due."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.model import knowledge
    from niggle.actions.plans.testing import show_tests

    known = knowledge()
    if every:
        return _catalogue(known, as_json=as_json)
    shown = show_tests(runner.athlete_id, runner.today)
    if as_json:
        json_out(_plain(shown, known))
        return DONE
    runner.say_if_demo()
    _show(shown, known)
    return DONE


def _show(shown: TestsShown, known: Knowledge) -> None:
    from niggle.wording import scoreboard as words

    board = shown.board
    if not board.tests:
        line("No plan is open and no test was done. niggle tests --all lists them.")
        return
    rows = []
    for state in board.tests:
        kind = shown.tests[state.test]
        mark = {True: "✓", False: "✗", None: ""}[state.met if state.fresh else None]
        rows.append(
            (mark, state.test, words.sides_line(state, kind), "" if state.on is None else str(state.on),
             words.due_word(state, board.on))
        )  # fmt: skip
    table(("", "test", "result", "on", "next"), rows)
    line()
    for state in board.tests:
        if state.on is not None:
            wrapped(f"{shown.tests[state.test].name}: {_lower(words.verdict_line(state, shown.tests[state.test]))}",
                    "   ", " · ")  # fmt: skip
    if board.limiter is not None:
        wrapped(words.limiter_line(board.limiter, known), "   ", " → ")
    if any(s.test in ("calf_raise", "calf_hold") for s in board.tests):
        wrapped(words.calf_gate_line(board), "   ", " → ")
    line(styled("How a test is done: niggle test show NAME", "dim"))


def _lower(text: str) -> str:
    from niggle.wording.lists import lowered

    return lowered(text)


def _catalogue(known: Knowledge, *, as_json: bool) -> int:
    if as_json:
        json_out({"tests": [_test_plain(t) for t in known.tests.values()]})
        return DONE
    width = max(len(t.id) for t in known.tests.values())
    for kind in known.tests.values():
        line(f"{kind.id:<{width}}  {kind.name}")
    return DONE


@test.command()
def record(
    name: _NAME,
    left: Annotated[float | None, typer.Option(help="the left side's result")] = None,
    right: Annotated[float | None, typer.Option(help="the right side's result")] = None,
    value: Annotated[float | None, typer.Option(help="the result of a test without sides")] = None,
    passed: Annotated[
        bool | None,
        typer.Option("--passed/--not-passed", help="of a yes-or-no test, both sides; of a test of pain: no pain"),
    ] = None,
    pain: Annotated[float | None, typer.Option(help="worst pain in the test, 0 to 10")] = None,
    on: Annotated[str | None, typer.Option(help="the day (default: today)")] = None,
    as_json: _JSON = False,
) -> int:
    """Keep a result, both sides at once: niggle test record calf_raise --left 18 --right 30 --pain 2."""
    from niggle.cli import given
    from niggle.cli.started import here

    runner = here()
    day = given.day(on, runner.today)
    from niggle.actions.plans import testing
    from niggle.core.plan import Measured
    from niggle.wording import scoreboard as words

    kind = _named(name)
    facts: dict[str, Any] = {"left": left, "right": right, "value": value, "pain": pain, "passed": passed}
    plain = {"test": kind.id, "on": day} | {k: v for k, v in facts.items() if v is not None}
    kept = testing.record_test(runner.athlete_id, plain, runner.now)
    if not isinstance(kept, Measured):
        raise bad_input(kept)
    state = next(
        (s for s in testing.show_tests(runner.athlete_id, runner.today).board.tests if s.test == kind.id), None
    )
    if as_json:
        from niggle.cli.keeping import plain as as_plain

        json_out({"kept": as_plain(kept), "now": None if state is None else as_plain(state)})
        return DONE
    line("Noted.")
    if state is not None:
        wrapped(f"{kind.name}: {words.sides_line(state, kind)}. {words.verdict_line(state, kind)}")
    return DONE


@test.command()
def show(name: _NAME, as_json: _JSON = False) -> int:
    """Say how a test is done, what counts, and how it went so far."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.model import knowledge
    from niggle.actions.plans.testing import show_tests
    from niggle.wording import scoreboard as words
    from niggle.wording.today import GRADES

    kind = _named(name)
    shown = show_tests(runner.athlete_id, runner.today)
    state = shown.board.test(kind.id)
    results = shown.points.get(kind.id, ())
    if as_json:
        from niggle.cli.keeping import plain

        json_out(_test_plain(kind) | {"results": plain(results), "now": None if state is None else plain(state)})
        return DONE
    runner.say_if_demo()
    line(styled(kind.name, "bold"))
    for number, step in enumerate(kind.how, 1):
        wrapped(step, "    ", f" {number}. ")
    wrapped(f"Aim: {kind.say_target}.")
    known = knowledge()
    cited = "; ".join(known.sources[s].title if s in known.sources else s for s in kind.sources)
    line(styled(f"{GRADES[kind.grade]}; {cited}", "dim"))
    if state is not None and results:
        line()
        for point in reversed(results):
            note = "  too painful to count" if point.void else ""
            sides = (f"left {words.value_text(point.left, kind)}, right {words.value_text(point.right, kind)}"
                     if kind.sided else words.value_text(point.value, kind))  # fmt: skip
            line(f"{point.on}  {sides}{note}")
        wrapped(words.verdict_line(state, kind))
    line(styled(f"niggle test record {kind.id} {_given_as(kind)}", "dim"))
    return DONE


def _given_as(kind: CapacityTest) -> str:
    """How its result is typed. A word in capitals, not a number: nobody keeps an example as her own result."""
    if kind.unit == "yes_no":
        return "--passed, or --not-passed"
    word = _PLACES.get(kind.unit, "POINTS")
    options = f"--left {word} --right {word}" if kind.sided else f"--value {word}"
    also = "; without pain: --passed" if kind.unit == "0-10" else ""
    return f"{options}   ({kind.minimum:g} to {kind.maximum:g}{also})"


def _named(name: str) -> CapacityTest:
    from niggle.actions.model import knowledge
    from niggle.actions.plans.testing import test_named

    found = test_named(name, knowledge())
    if isinstance(found, tuple):
        raise bad_input(found)
    return found


def _test_plain(kind: CapacityTest) -> dict[str, Any]:
    from niggle.cli.keeping import plain

    return {**plain(kind)}


def _plain(shown: TestsShown, known: Knowledge) -> dict[str, Any]:
    from niggle.cli.keeping import plain
    from niggle.wording import scoreboard as words

    board = shown.board
    return {
        "on": board.on.isoformat(),
        "due": list(board.due),
        "calf_gate": board.calf_gate,
        "speed_blocked": board.speed_blocked,
        "limiter": None if board.limiter is None else {
            "test": board.limiter.test, "text": words.limiter_line(board.limiter, known),
            "shortfall": board.limiter.shortfall, "against": board.limiter.against,
        },
        "tests": [
            {"name": shown.tests[s.test].name, "text": words.verdict_line(s, shown.tests[s.test]),
             "result": words.sides_line(s, shown.tests[s.test]), **plain(s)}
            for s in board.tests
        ],
    }  # fmt: skip
