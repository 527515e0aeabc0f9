"""`niggle body`: the body map as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from niggle.cli.say import DONE, Failure, Stop, json_out, line, stop

app = typer.Typer()


@app.command()
def body(
    out: Annotated[Path, typer.Option(help="the .svg file to write")],
    sites: Annotated[
        Path | None, typer.Option(help='places as JSON: [{"site": "achilles", "side": "left", "intensity": 4}]')
    ] = None,
    needed: Annotated[bool, typer.Option("--needed", help="only front, back and the views that show a place")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Draw the body map with the places given: `niggle body --sites sites.json --out map.svg`."""
    from niggle.core.outcomes import Problem
    from niggle.figures.body_map import marks_from, pictures, sheet
    from niggle.knowledge.drawings import body_map

    drawing = body_map()
    given = marks_from([] if sites is None else _read(sites))
    problems = [g for g in given if isinstance(g, Problem)]
    if problems:
        raise Stop(*(Failure("bad_sites", p.message, f"{sites}, {p.field}", p.suggestion) for p in problems))
    marks = [g for g in given if not isinstance(g, Problem)]
    text = sheet(drawing, marks, show=pictures(drawing, marks) if needed else None)
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise stop("not_written", f"cannot write there: {error.strerror}", str(out)) from None
    json_out({"written": str(out), "places": len(marks)}) if as_json else line(f"Written: {out}")
    return DONE


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise stop("unreadable", f"cannot read it: {error.strerror}", str(path)) from None
    except UnicodeDecodeError:
        raise stop("bad_sites", "this is not text in UTF-8", str(path)) from None
    except json.JSONDecodeError as error:
        raise stop("bad_sites", f"this is not JSON: {error.msg}", f"{path}, line {error.lineno}") from None
