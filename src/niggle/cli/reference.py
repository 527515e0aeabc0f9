"""Writes docs/reference/ from the program itself: `python -m niggle.cli.reference`. A test keeps the pages current."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import typer

import niggle
from niggle.cli.reference_exercises import exercises
from niggle.cli.reference_plans import plans
from niggle.core.body import SITES
from niggle.core.checkin.types import Answers, Moment, Quality, Stiffness
from niggle.core.knowledge_types import Knowledge, Parameter
from niggle.core.reasons import Grade
from niggle.core.session.types import REFUSALS

_MADE: Final = "<!-- made by `python -m niggle.cli.reference`; edits are overwritten -->\n\n"
_YES_NO: Final = "yes/no"


def pages() -> dict[str, str]:
    """File name -> content of every reference page."""
    from niggle.knowledge import load

    known = load()
    made: dict[str, Callable[[], str]] = {
        "commands.md": commands,
        "rules.md": lambda: rules(known),
        "parameters.md": lambda: parameters(known),
        "sources.md": lambda: sources(known),
        "conditions.md": lambda: conditions(known),
        "refusals.md": refusals,
        "formats.md": formats,
        "checkin.md": lambda: checkin(known),
        "case.md": case,
        "exercises.md": exercises,
        "plans.md": lambda: plans(known, _table),
    }
    return {name: _MADE + make() for name, make in made.items()} | {"README.md": _MADE + index(made)}


def index(names: Iterable[str]) -> str:
    lines = [f"- [{name.removesuffix('.md')}]({name})" for name in names]
    return "# Reference\n\nMade from the program and its knowledge files.\n\n" + "\n".join(lines) + "\n"


# ---- commands


def commands() -> str:
    """Every command with its arguments and options, as `--help` says it."""
    from niggle.cli.main import COMMANDS, app_of

    root: Any = typer.main.get_command(app_of(list(COMMANDS)))
    text = ["# Commands\n", _exit_codes()]
    for module in COMMANDS.values():
        for name in module:
            text += _command(f"niggle {name}", root.commands[name])
    return "\n".join(text)


def _exit_codes() -> str:
    return (
        "`./run ARGS` in a checkout is the same as `niggle ARGS`. Exit codes: 0 done; 1 nothing was done, or the input "
        "was bad; 2 the command was not understood. With `--json`, standard output holds exactly one JSON document, on "
        'failure `{"error": {"code", "message", "place", "suggestion"}}` (and `errors`, where there are several); '
        "standard error says the same in words.\n"
    )


def _command(path: str, command: Any) -> list[str]:
    children = getattr(command, "commands", None)
    help_text = " ".join((command.help or "").split("\n\n")[0].split())
    more = [" ".join(p.split()) for p in (command.help or "").split("\n\n")[1:]]
    if children:
        text = [f"## {path}\n", f"{help_text}\n"]
        if getattr(command, "invoke_without_command", False):
            text += _parameters(command)
        for name, child in children.items():
            text += _command(f"{path} {name}", child)
        return text
    usage = " ".join([path, *(_usage(p) for p in command.params if p.param_type_name == "argument")])
    text = [f"## {path}\n", f"{help_text}\n", *(f"{m}\n" for m in more), f"    {usage}\n"]
    return text + _parameters(command)


def _parameters(command: Any) -> list[str]:
    rows = [(f"`{'`, `'.join([*p.opts, *p.secondary_opts])}`", p.help or "", _default(p)) for p in command.params
            if p.param_type_name == "option" and p.name != "help"]  # fmt: skip
    arguments = [(f"`{(p.metavar or p.name).upper()}`", p.help or "", "") for p in command.params
                 if p.param_type_name == "argument"]  # fmt: skip
    if not arguments and not rows:
        return []
    return [_table(("argument or option", "meaning", "default"), [*arguments, *rows])]


def _usage(param: Any) -> str:
    name = (param.metavar or param.name).upper() + ("..." if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _default(param: Any) -> str:
    value = param.default
    return "" if value is None or isinstance(value, bool) or callable(value) else str(value)


# ---- knowledge


def rules(known: Knowledge) -> str:
    """Every rule with its title, grade and sources, ordered by id."""
    text = [
        "# Rules\n",
        "Every rule that can stand among the reasons of a decision. The grade says how well it is known: *measured*, "
        "*reported*, *derived* and *practice* have a published source; *recalled*, *proposal* and *heuristic* are "
        'shown as "rule of thumb".\n',
    ]
    families: dict[str, list[tuple[str, ...]]] = {}
    for rule in sorted(known.rules.values(), key=lambda r: r.id):
        row = (f"`{rule.id}`", rule.title, rule.grade.value, ", ".join(rule.sources), rule.note or "")
        families.setdefault(rule.id.split("-")[0], []).append(row)
    for family, rows in families.items():
        text += [f"## {family}\n", _table(("rule", "says", "grade", "sources", "note"), rows)]
    return "\n".join(text)


def parameters(known: Knowledge) -> str:
    """Every configurable number with unit, grade, sources and note."""
    rows = [
        (f"`{p.id}`", _value(p), p.unit or "", p.grade.value, ", ".join(p.sources), p.note or "")
        for p in sorted(known.parameters.values(), key=lambda p: p.id)
    ]
    return "# Parameters\n\nThe numbers that rules use, from `src/niggle/knowledge/*.yaml`.\n\n" + _table(
        ("parameter", "value", "unit", "grade", "sources", "note"), rows
    )


def _value(parameter: Parameter) -> str:
    values = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    return ", ".join(f"{v:g}" for v in values)


def sources(known: Knowledge) -> str:
    rows = [
        (f"`{s.id}`", s.title, s.kind, str(s.year or ""), f"[{s.doi}](https://doi.org/{s.doi})" if s.doi else "")
        for s in sorted(known.sources.values(), key=lambda s: s.id)
    ]
    return "# Sources\n\n" + _table(("id", "title", "kind", "year", "doi"), rows)


def conditions(known: Knowledge) -> str:
    """Every condition of the roster with what is known of it, and the findings that triage can be told."""
    rows = []
    for slug in sorted(known.roster):
        c = known.conditions.get(slug)
        if c is None:
            rows.append((f"`{slug}`", "missing", *[""] * 9))
            continue
        cited = sorted({s for f in c.facts for s in f.sources})
        grades = Counter(f.grade.value for f in c.facts)
        rows.append((
            f"`{c.id}`", c.lay, c.clinical, c.scope.value.replace("_", " "), c.urgency.code.replace("_", " "),
            "yes" if c.must_not_miss else "", str(len(c.facts)), ", ".join(cited),
            ", ".join(f"{grades[g.value]} {g.value}" for g in Grade if grades[g.value]), str(len(c.findings)),
            c.review.status,
        ))  # fmt: skip
    count = sum(len(c.facts) for c in known.conditions.values())
    heads = ("id", "name", "clinical", "scope", "urgency", "must not be missed", "facts", "sources", "grades",
             "findings", "review")  # fmt: skip
    asked = [(f"`{f.id}`", f.label, f.kind.value.replace("_", "/"), "yes" if f.safety else "",
              str(sum(f.id in c.findings for c in known.conditions.values())))
             for f in known.findings.values()]  # fmt: skip
    return "\n".join([
        "# Conditions\n",
        f"{len(known.conditions)} conditions with {count:,} facts, from `src/niggle/knowledge/conditions/`; "
        "read one with `niggle condition NAME`. *Unreviewed*: no named clinician has looked at it yet. What the grades "
        "mean stands under [rules](rules.md).\n",
        _table(heads, rows),
        f"## Findings\n\nThe {len(known.findings)} things that triage can be told; `niggle findings` shows their "
        "questions. The last column counts the conditions that they speak for or against.\n",
        _table(("id", "label", "answer", "asked first", "conditions"), asked),
    ])  # fmt: skip


# ---- formats and shapes


def refusals() -> str:
    rows = [(f"`{code}`", meaning, "failed" if fault else "skipped") for code, (meaning, fault) in REFUSALS.items()]
    return (
        "# Why a file is refused\n\nA refusal names its reason, the place and a suggestion. What is no fault of the "
        "file (a course, a settings file) is counted as skipped, the rest as failed.\n\n"
        + _table(("code", "meaning", "counted as"), rows)
    )


def formats() -> str:
    from niggle.readers import registry

    rows = [(f"`{f.name}`", " ".join(f.suffixes)) for f in registry.formats()]
    return (
        "# Formats\n\nFiles are known by their content, not by their name; single files may be gzipped. Each format "
        "also inside a zip or folder.\n\n" + _table(("format", "files"), rows)
    )


def checkin(known: Knowledge) -> str:
    """The JSON of a check-in: fields, sites, questions."""
    text = [
        "# A check-in as JSON\n",
        "For `niggle checkin --json-in FILE` (or `-`). One flat object; leave out what is not known. "
        "`on` is the day of the run, also for the morning after. Without `site` it says that nothing hurts.\n",
        '    {"site": "knee_front", "side": "left", "moment": "after", "pain_max": 4, "onset_km": 6}\n',
        "## Fields\n",
        _table(("field", "values"), [(f"`{n}`", v) for n, v in _fields()]),
        "## Sites\n",
        _table(("site", "where", "clinical"), [(f"`{s.id}`", s.lay, s.clinical) for s in SITES.values()]),
    ]
    if known.questions:
        questions = [(f"`{name}`", text) for name, text in known.questions.items()]
        text += ["## Findings\n", "Warning signs, as `findings: {name: true}`.\n", _table(("name", "asks"), questions)]
    return "\n".join(text)


def _fields() -> Iterable[tuple[str, str]]:
    yield "on", "day, 2026-03-28"
    yield "site", "a site below; none: nothing hurts"
    yield "side", "left, right, both, middle"
    yield "moment", ", ".join(Moment)
    yield "session_id", "id of the session it is about"
    yield "acute", f"{_YES_NO}: one sudden moment (twist, pop, stab, fall)"
    yield "corrects", "id of the entry that it replaces"
    kinds = {"quality": ", ".join(Quality), "stiffness": ", ".join(Stiffness) + " (against her usual)",
             "posture": "words", "findings": "a warning sign below: yes/no"}  # fmt: skip
    for name, annotation in Answers.__annotations__.items():
        if name in kinds:
            yield name, kinds[name]
        elif "float" in annotation:
            yield name, "0 to 10, halves allowed" if name.startswith("pain_") else "a number"
        else:
            yield name, _YES_NO


def case() -> str:
    return (
        "# A case\n\n`niggle case --on DAY` prints every input of one decision as JSON: the sessions of the last 400 "
        "days as columns, the check-ins, what is known of the runner, and which engine and knowledge were asked "
        "(`engine_version`, `knowledge_digest`). `niggle replay FILE` gives the same decision from it, without a "
        "database. Absent numbers are null, lengths are metres, times seconds, doses easy kilometres per tissue. "
        "It holds no positions and no streams; a bug report needs nothing else.\n"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all pages; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(niggle.__file__).parents[2] / "docs" / "reference"
    for path in write(target):
        print(path)
