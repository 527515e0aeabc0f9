"""`niggle today`, `explain`, `case`, `replay`: the decision, why, and everything it was made from."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from niggle.cli.say import DONE, json_out, line, stop

app = typer.Typer()

_ON = Annotated[str | None, typer.Option(help="the day: 2026-03-28, yesterday, -3 (default: today)")]
_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def today(on: _ON = None, as_json: _JSON = False) -> int:
    """Say what today allows: the light, how far, what to leave out, and why."""
    from niggle.cli import decided

    return decided.today(on, as_json=as_json)


@app.command()
def explain(on: _ON = None, as_json: _JSON = False) -> int:
    """Show every reason of a decision: what the rule saw, who says so, and how well it is known."""
    from niggle.cli import decided, given
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.model import knowledge
    from niggle.actions.today import decide_today

    decision = decide_today(runner.athlete_id, given.day(on, runner.today), runner.now).decision
    if as_json:
        json_out(decided.explained_plain(decision, runner.units(), knowledge()))
        return DONE
    runner.say_if_demo()
    decided.show_explained(decision, runner.units(), knowledge())
    return DONE


@app.command()
def case(on: _ON = None) -> int:
    """Print every input of a decision as JSON, for `niggle replay` or a bug report. No positions, no streams."""
    from niggle.cli import given
    from niggle.cli.started import here
    from niggle.core.case import case_to_plain

    runner = here(demo=True)
    from niggle.actions.today import gather

    found = gather(runner.athlete_id, given.day(on, runner.today))
    line(json.dumps(case_to_plain(found), ensure_ascii=False, allow_nan=False, separators=(",", ":")))
    return DONE


@app.command()
def replay(
    file: Annotated[str, typer.Argument(help="a case from `niggle case`; - for standard input")], as_json: _JSON = False
) -> int:
    """Decide a case file again, without the database. The same case gives the same decision."""
    from niggle.actions.model import knowledge
    from niggle.cli import decided, given
    from niggle.core.case import BadCase, case_from_plain
    from niggle.core.today import decide
    from niggle.wording.units import METRIC

    plain = given.json_object(file)
    try:
        found = case_from_plain(plain)
    except BadCase as error:
        name = "standard input" if file == "-" else file
        raise stop("bad_case", str(error), name, "make one with: niggle case --on DAY > case.json") from None
    decision = decide(found, knowledge())
    if found.knowledge_digest not in ("", knowledge().digest):
        print("The case was made with other knowledge than this niggle's; the decision may differ.", file=sys.stderr)
    if as_json:
        json_out(decided.decision_plain(decision))
    else:
        decided.show_short(decision, METRIC)
    return DONE
