"""`niggle figure`: the moving exercise figures as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from niggle.cli.say import DONE, Failure, Stop, json_out, line, stop

app = typer.Typer()
KINDS = (".svg", ".png", ".gif")


@app.command()
def figure(
    figure_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="which exercise; leave out to list them")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="a .svg, .png or .gif file; with --all a folder")] = None,
    every: Annotated[bool, typer.Option("--all", help="draw every exercise")] = False,
    left: Annotated[bool, typer.Option("--mirror", help="draw it for the other side")] = False,
    still: Annotated[bool, typer.Option("--still", help="a picture without motion")] = False,
    strip: Annotated[bool, typer.Option("--strip", help="all poses side by side, for paper")] = False,
    check: Annotated[bool, typer.Option("--check", help="only check: joints, floor, balance, contacts")] = False,
    sheet: Annotated[
        Path | None, typer.Option("--contact-sheet", help="a .svg file for one sheet of all figures with their names")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Draw an exercise as a moving figure: `niggle figure ID --out file.svg`, or `--all --out DIR`."""
    from niggle.actions.figures import figure_ids

    if sheet is not None:
        return _contact_sheet(sheet, as_json=as_json)
    known = figure_ids()
    if figure_id is None and not every and not check:
        json_out({"figures": known}) if as_json else line("\n".join(known))
        return DONE
    if figure_id is not None and figure_id not in known:
        near = [k for k in known if figure_id in k or k in figure_id]
        raise stop(
            "no_such_figure", f"there is no exercise {figure_id!r}", None,
            f"one of: {', '.join(near)}" if near else "niggle figure lists all",
        )  # fmt: skip
    names = known if figure_id is None else [figure_id]
    if check:
        return _check(names, as_json=as_json)
    if out is None:
        raise stop("no_target", "where should the picture go?", "--out", "--out file.svg, or --all --out DIR")
    if not every and out.suffix.lower() not in KINDS:
        raise stop("unknown_kind", f"{out.name} ends in none of .svg, .png, .gif", "--out", "--out file.svg")
    return _draw(
        names, out, every=every, left=left, shape="strip" if strip else "still" if still else "moving", as_json=as_json
    )


def _check(names: list[str], *, as_json: bool) -> int:
    from niggle.actions.figures import complaints

    found = complaints(names)
    if found:
        raise Stop(*(Failure("bad_figure", c.message, f"{c.file}, line {c.line}") for c in found))
    if as_json:
        json_out({"checked": names})
    else:
        line(f"{len(names)} figure{'s hold' if len(names) != 1 else ' holds'} together.")
    return DONE


def _draw(names: list[str], out: Path, *, every: bool, left: bool, shape: str, as_json: bool) -> int:
    from niggle.actions.figures import render
    from niggle.knowledge.loader import KnowledgeError

    written = []
    try:
        if every:
            out.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = out / f"{name}.svg" if every else out
            path.write_bytes(render(name, path.suffix.lower(), shape=shape, mirror=left))
            written.append(str(path))
    except KnowledgeError as error:
        raise Stop(*(Failure("bad_figure", c.message, f"{c.file}, line {c.line}") for c in error.complaints)) from None
    except OSError as error:
        raise stop("not_written", f"cannot write there: {error.strerror}", str(out)) from None
    if as_json:
        json_out({"written": written})
    else:
        line(f"Written: {written[0]}" if len(written) == 1 else f"Written: {len(written)} figures into {out}")
    return DONE


def _contact_sheet(out: Path, *, as_json: bool) -> int:
    from niggle.actions.library import sheet
    from niggle.knowledge.loader import KnowledgeError

    if out.suffix.lower() != ".svg":
        raise stop("unknown_kind", f"{out.name} does not end in .svg", "--contact-sheet", "--contact-sheet file.svg")
    try:
        out.write_text(sheet(), encoding="utf-8")
    except KnowledgeError as error:
        raise Stop(*(Failure("bad_figure", c.message, f"{c.file}, line {c.line}") for c in error.complaints)) from None
    except OSError as error:
        raise stop("not_written", f"cannot write there: {error.strerror}", str(out)) from None
    if as_json:
        json_out({"written": [str(out)]})
    else:
        line(f"Written: {out}")
    return DONE
