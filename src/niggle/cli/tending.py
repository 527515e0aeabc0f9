"""`niggle demo`, `rebuild`, `export`, `forget`: looking after what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from niggle.cli.say import DONE, json_out, line, stop

app = typer.Typer()

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def demo(as_json: _JSON = False) -> int:
    """Make the demo runner: fourteen months of runs that end today, shoes, and an Achilles on its third day."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.demo import create_demo
    from niggle.actions.shown import is_empty

    athlete = create_demo(runner.now, runner.today)
    if as_json:
        json_out({"athlete": athlete})
    else:
        line("The demo runner is ready.")
        if not is_empty(runner.athlete_id):
            line("Pages and commands go on showing your own runs, because there are some.")
    return DONE


@app.command()
def rebuild(as_json: _JSON = False) -> int:
    """Compute everything derived anew from what was recorded and said."""
    import time

    from niggle.cli.started import here

    here()
    from niggle.actions import maintenance
    from niggle.wording.units import counted

    began = time.monotonic()
    count = maintenance.rebuild()
    seconds = time.monotonic() - began
    if as_json:
        json_out({"recordings": count, "seconds": round(seconds, 3)})
    else:
        line(f"Computed {counted(count, 'recording')} anew in {seconds:.1f} s.")
    return DONE


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="the zip to write")],
    force: Annotated[bool, typer.Option("--force", help="overwrite an existing file")] = False,
    as_json: _JSON = False,
) -> int:
    """Write everything niggle knows about you into one zip."""
    from niggle.cli.started import here

    if file.exists() and not force:
        raise stop("exists", "there is a file of that name", str(file), "choose another name or add --force")
    if not file.absolute().parent.is_dir():
        raise stop("unreadable", "there is no such folder", str(file.absolute().parent), "make the folder first")
    runner = here()
    from niggle.actions import maintenance

    maintenance.export_all(runner.athlete_id, file)
    if as_json:
        json_out({"file": str(file), "bytes": file.stat().st_size})
    else:
        line(f"Wrote {file} ({file.stat().st_size / 1000:,.0f} kB).")
    return DONE


@app.command()
def forget(yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False, as_json: _JSON = False) -> int:
    """Delete everything niggle knows about you from this computer. There is no way back."""
    from niggle.cli.started import here

    runner = here()
    if not yes:
        line("This deletes every run, check-in, shoe and decision. `niggle export FILE` keeps a copy.")
        if typer.prompt('Type "forget" to go on') != "forget":
            raise stop("not_confirmed", "nothing was deleted", suggestion="niggle forget --yes")
    from niggle.actions import maintenance

    maintenance.forget_athlete(runner.athlete_id)
    if as_json:
        json_out({"forgotten": True})
    else:
        line("Forgotten.")
    return DONE
