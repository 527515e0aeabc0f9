"""`niggle triage`, `niggle evaluate-triage`, `niggle findings`: from a complaint to how soon and what it may be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from niggle.cli.say import DONE, Failure, Stop, bad_input, json_out, line, stop, styled, wrapped

app = typer.Typer()
OLDEST: Final = 150.0  # years; above it is a slip of the finger
SEXES: Final = {"f": "female", "female": "female", "m": "male", "male": "male", "other": "other"}


@app.command()
def triage(
    action: Annotated[
        str | None,
        typer.Argument(
            metavar="keep|summary|take-back",
            help="keep its complaint as open; one page for a clinician; take what it put on Today back",
        ),
    ] = None,
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="which interview; without it the last")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help="the complaint in your own words; - for stdin")
    ] = None,
    findings: Annotated[str | None, typer.Option(metavar="FILE", help="answers as JSON; - for stdin")] = None,
    age: Annotated[float | None, typer.Option(help="years, with --text")] = None,
    sex: Annotated[str | None, typer.Option(help="f, m or other, with --text")] = None,
    condition: Annotated[
        str | None, typer.Option(metavar="NAME", help="with keep: another of the conditions that fit")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="with summary: a .txt or .html file")] = None,
    mine: Annotated[
        bool, typer.Option("--mine", help="with --text: it is about me; use my own load and profile too")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Say what hurts; hear how soon somebody should look, what it may be, and what to do tonight.

    Without options it is an interview: leave it whenever you like, it goes on where you left it. --text reads a story,
    --findings a file such as {"age": 34, "sex": "f", "sites": ["heel_under"], "side": "left", "findings":
    {"first_steps": true}} (names: niggle findings). With either, nothing is stored, unless --mine says that it is
    about you. What is urgent or an emergency is put on Today as a check-in; `niggle triage take-back` takes that back
    if it was not about you. `niggle triage keep` makes the last interview an open complaint that check-ins know of:
    suspected, not diagnosed; --condition names another of those that fit. `niggle triage summary --out FILE` writes
    its page for a clinician. This is no diagnosis.
    """  # fmt: skip
    if text is not None and findings is not None:
        raise Stop(Failure("usage", "give --text or --findings, not both"), exit_code=2)
    if action is not None:
        if action not in ("keep", "summary", "take-back") or text is not None or findings is not None:
            raise Stop(
                Failure("usage", f"{action!r} is not understood here", None, "niggle triage keep KEY"), exit_code=2
            )
        from niggle.cli.triage_after import keep, summary, take_back

        if (condition is not None and action != "keep") or (out is not None and action != "summary"):
            raise Stop(
                Failure("usage", "--condition goes with keep, --out with summary", None, f"niggle triage {action}"),
                exit_code=2,
            )
        if action == "take-back":
            return take_back(key, as_json=as_json)
        if action == "summary":
            return summary(key, out, as_json=as_json)
        return keep(key, condition, as_json=as_json)
    if condition is not None or out is not None:
        raise Stop(Failure("usage", "--condition goes with keep, --out with summary"), exit_code=2)
    if findings is not None:
        return _findings(findings, as_json=as_json)
    if text is not None:
        return _text(text, age, sex, mine=mine, as_json=as_json)
    from niggle.cli.triage_talk import interview

    return interview(as_json=as_json)


def _text(text: str, age: float | None, sex: str | None, *, mine: bool, as_json: bool) -> int:
    import sys

    if sex is not None and sex.casefold() not in SEXES:
        raise Stop(Failure("bad_input", f"{sex!r} is not one of f, m, other", "--sex"))
    if age is not None and not 0 <= age <= OLDEST:
        raise Stop(Failure("bad_input", f"{age:g} is no age in years", "--age", "for example 34"))
    story = sys.stdin.read() if text == "-" else text
    own: dict[str, Any] = {}
    if mine:
        own = _mine()
        age, sex = own.pop("age") if age is None else age, own.pop("sex") if sex is None else sex
        own = {k: v for k, v in own.items() if k in ("profile", "spikes")}
    from niggle.actions import clock
    from niggle.actions.stories import triage_text
    from niggle.cli.triage_talk import show

    looked = triage_text(story, clock.today(), age=age, sex=None if sex is None else SEXES[sex.casefold()], **own)
    if looked.refused:
        assert looked.trouble is not None
        raise stop(looked.trouble.code, looked.trouble.message, "--text", looked.trouble.suggestion)
    state = None
    if mine:
        from niggle.cli.triage_after import tell_mine

        state = tell_mine(story, age, None if sex is None else SEXES[sex.casefold()], looked)
    show(looked, state, as_json=as_json)
    return DONE


def _mine() -> dict[str, Any]:
    """What niggle knows of the runner herself."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import athletes
    from niggle.actions.triage import age_of, recent_spikes

    profile = athletes.get_profile(runner.athlete_id, runner.today)
    spikes = recent_spikes(runner.athlete_id, runner.today)
    return {"profile": profile, "spikes": spikes, "age": age_of(profile, runner.today), "sex": profile.sex}


def _findings(source: str, *, as_json: bool) -> int:
    from niggle.cli import given

    data = given.json_object(source)
    from niggle.actions import clock
    from niggle.actions.stories import Looked, triage_findings
    from niggle.cli.triage_talk import show

    looked = triage_findings(data, clock.today())
    if not isinstance(looked, Looked):
        raise bad_input(looked, "standard input" if source == "-" else source)
    show(looked, as_json=as_json)
    return DONE


@app.command("evaluate-triage")
def evaluate_triage(
    file: Annotated[Path, typer.Argument(help="stories with their answers, one JSON object a line")],
    source: Annotated[
        str, typer.Option("--from", metavar="text|findings", help="what to read of each story")
    ] = "findings",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Score triage on stories whose answer is known: names found, dangers found, false alarms, calibration, misses."""
    if source not in ("text", "findings"):
        raise Stop(Failure("usage", f"{source!r} is neither text nor findings", "--from"), exit_code=2)
    from niggle.actions.evaluate import evaluate_file
    from niggle.actions.model import knowledge
    from niggle.actions.stories import lexicon
    from niggle.cli import given

    try:
        report = evaluate_file(file, knowledge(), lexicon(), how=source)
    except UnicodeDecodeError as error:
        raise stop("bad_json", "not a text in UTF-8", f"{file}, byte {error.start}", "save the file as UTF-8") from None
    except OSError as error:
        raise given.unreadable(str(file), error) from None
    if not report.stories:
        found = [Failure("bad_input", p.message, f"{file}, {p.field}", p.suggestion) for p in report.problems]
        raise Stop(*(found or [Failure("no_stories", "there is no story in that file", str(file))]))
    if as_json:
        json_out(report.to_plain())
        return DONE
    from niggle.cli.triage_scored import show_report

    show_report(report)
    return DONE


@app.command()
def findings(
    group: Annotated[str | None, typer.Argument(help="only this group, or findings with this word")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """List what triage can be told: every finding with its question, its answers and how to test it."""
    from niggle.actions.model import knowledge
    from niggle.cli.triage_scored import finding_plain

    known = knowledge()
    word = None if group is None else group.casefold()
    chosen = [f for f in known.findings.values()
              if word is None or word == f.group or word in f.id or word in f.label.casefold()]  # fmt: skip
    if not chosen:
        groups = ", ".join(dict.fromkeys(f.group for f in known.findings.values()))
        raise stop("no_such_finding", f"no finding is called or about {group!r}", None, f"one of the groups {groups}")
    if as_json:
        json_out({"findings": [finding_plain(f) for f in chosen]})
        return DONE
    for name in dict.fromkeys(f.group for f in chosen):
        line(styled(name.replace("_", " "), "bold"))
        for f in chosen:
            if f.group == name:
                wrapped(f.question, "      ", f"  {f.id}\n      ")
        line()
    return DONE
