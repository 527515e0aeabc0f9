"""`niggle bench`, `niggle check-knowledge`, `niggle version`: for those who work on niggle itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import niggle
from niggle.cli.say import DONE, Failure, Stop, json_out, line, stop

app = typer.Typer()


# --help is handed on: what NAME can be asked for is the benchmark's own to say
@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def bench(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="which benchmark; leave out to list them")] = None,
) -> int:
    """Run a benchmark of this checkout; its own options follow the name (`niggle bench NAME --help`).

    Ends with one line of JSON.
    """
    import subprocess
    import sys

    root = Path(niggle.__file__).parents[2]
    if not (root / "bench" / "run.py").is_file():
        raise stop(
            "no_checkout",
            "benchmarks live in the folder bench/ of the source, and this is an installed package",
            str(root),
            "clone the repository and run ./run bench NAME there",
        )
    given = [name] if name else []
    done = subprocess.run([sys.executable, "-m", "bench.run", *given, *context.args], cwd=root, check=False)  # noqa: S603
    return done.returncode


@app.command("check-knowledge")
def check_knowledge(
    folder: Annotated[Path | None, typer.Argument(help="a folder of YAML files instead of niggle's own")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Check rules, numbers, conditions, exercises, plans and words, alone and together: every fault with its line."""
    from niggle.knowledge.laws import check_folder
    from niggle.knowledge.lexicon import NAME, check_lexicon
    from niggle.knowledge.loader import FOLDER, load

    where = folder or FOLDER
    found = check_folder(where)
    if not found:
        known = load(None, where)
        found = check_lexicon(known.findings, known.conditions, where) if (where / NAME).exists() else []
    if found:
        raise Stop(*(Failure("bad_knowledge", c.message, f"{c.file}, line {c.line}") for c in found))
    if as_json:
        json_out({
            "digest": known.digest, "rules": len(known.rules), "parameters": len(known.parameters),
            "sources": len(known.sources), "findings": len(known.findings), "conditions": len(known.conditions),
            "facts": sum(len(c.facts) for c in known.conditions.values()), "exercises": len(known.exercises),
            "protocols": len(known.protocols), "ladders": len(known.ladders), "tests": len(known.tests),
        })  # fmt: skip
    else:
        line(f"The knowledge holds together: {len(known.rules)} rules, {len(known.parameters)} parameters, "
             f"{len(known.sources)} sources, {len(known.findings)} findings, {len(known.conditions)} conditions, "
             f"{len(known.exercises)} exercises, {len(known.protocols)} plans. "
             f"Digest {known.digest[:12]}.")  # fmt: skip
    return DONE


@app.command()
def version(as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> int:
    """Say which niggle this is."""
    if as_json:
        json_out({"version": niggle.__version__})
    else:
        line(f"niggle {niggle.__version__}")
    return DONE
