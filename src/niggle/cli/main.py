"""`niggle`: finds the module that holds the command, lets Typer parse the rest, turns failures into exit codes.

Only the module of the command that was typed is imported: `niggle today` is asked for many times a day and must not
wait for the parts that import archives or serve pages.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

from niggle.cli.called import call, help_as_called
from niggle.cli.say import NOT_UNDERSTOOD, NOTHING_DONE, Failure, Stop, show_failures

if TYPE_CHECKING:
    import typer

# module -> its commands, in the order of the help page
COMMANDS: Final = {
    "deciding": ("today", "explain", "case", "replay"),
    "asking": ("checkin", "told"),
    "triaging": ("triage", "findings", "evaluate-triage"),
    "library": ("condition", "glossary", "faq"),
    "planning": ("plan",),
    "weekly": ("week",),
    "doing": ("done", "tell", "away"),
    "measuring": ("tests", "test"),
    "racing": ("race", "season", "coach"),
    "catalogue": ("exercise", "exercises"),
    "loading": ("whatif", "load"),
    "importing": ("import", "imports"),
    "logbook": ("sessions",),
    "keeping": ("shoes", "profile", "settings"),
    "reading": ("read", "formats"),
    "drawing": ("figure",),
    "body": ("body",),
    "serving": ("up", "serve", "worker"),
    "tending": ("demo", "rebuild", "export", "forget"),
    "checking": ("bench", "check-knowledge", "version"),
}

HELP: Final = (
    "niggle: your runs and how you feel, turned into today's decision. It informs and organises; it does not diagnose. "
    "Everything stays on this computer."
)


def app_of(modules: Sequence[str]) -> typer.Typer:
    """A Typer app with the commands of those modules of niggle.cli."""
    import typer

    app = typer.Typer(name="niggle", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.callback(help=HELP)
    def _root() -> None:
        """Keeps Typer from merging a lone command into the program itself."""

    for name in modules:
        part: typer.Typer = import_module(f"niggle.cli.{name}").app
        app.registered_commands += part.registered_commands
        app.registered_groups += part.registered_groups
    return app


def modules_for(argv: Sequence[str]) -> list[str]:
    """The one module that holds the command typed, or all of them (help, a mistyped command)."""
    command = argv[0] if argv else None
    found = [module for module, commands in COMMANDS.items() if command in commands]
    return found or list(COMMANDS)


def run(argv: Sequence[str]) -> int:
    """Run one command line; the exit code. Failures are shown, programmers' mistakes raise."""
    as_json = "--json" in argv
    try:
        code = quick(argv)
        if code is None:
            code = _parsed(argv, as_json=as_json)
        sys.stdout.flush()  # here, where a pipe that has gone is understood
        return code
    except Stop as stop:
        show_failures(stop.failures, as_json=as_json)
        return stop.exit_code
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        # whoever read our output has gone (`niggle sessions | head`); nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING_DONE
    except Exception as error:
        failures = _of_the_machine(error)
        if not failures:
            raise
        show_failures(failures, as_json=as_json)
        return NOTHING_DONE


def _of_the_machine(error: Exception) -> list[Failure]:
    """What somebody can mend without reading a traceback: edited knowledge, a full disk, a folder without rights."""
    from niggle.knowledge.loader import KnowledgeError

    if isinstance(error, KnowledgeError):
        mend = "correct that line; niggle check-knowledge checks again"
        return [Failure("bad_knowledge", c.message, f"{c.file}, line {c.line}", mend) for c in error.complaints]
    if isinstance(error, OSError) and error.strerror:
        where = error.filename if isinstance(error.filename, str) else None
        return [Failure("disk", error.strerror, where, "is there room on the disk, and the right to write there?")]
    if "django.db" in sys.modules:
        from django.db import OperationalError

        from niggle.store import home

        if isinstance(error, OperationalError):
            mend = "is another niggle writing, is there room on the disk, is the folder yours?"
            return [Failure("database", str(error), str(home.folder()), mend)]
    return []


def quick(argv: Sequence[str]) -> int | None:
    """`niggle today [--on DAY] [--json]` without the parser of all commands, which costs a tenth of a second.

    None for everything else, including whatever is unusual about it: that is the parser's to understand.
    """
    if not argv or argv[0] != "today":
        return None
    rest = list(argv[1:])
    as_json = rest.count("--json") == 1
    if as_json:
        rest.remove("--json")
    if not rest:
        on = None
    elif len(rest) == 2 and rest[0] == "--on":
        on = rest[1]
    elif len(rest) == 1 and rest[0].startswith("--on="):
        on = rest[0].removeprefix("--on=")
    else:
        return None
    from niggle.cli.decided import today

    return today(on, as_json=as_json)


def _parsed(argv: Sequence[str], *, as_json: bool) -> int:
    import typer

    try:
        command = typer.main.get_command(app_of(modules_for(argv)))
        help_as_called(command)
        code = command(list(argv), prog_name=call(), standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.Abort:
        return _stopped()
    except typer.TyperException as error:
        return _usage(error, as_json=as_json)


def _stopped() -> int:
    print("niggle: stopped", file=sys.stderr)
    return 130


def _usage(error: typer.TyperException, *, as_json: bool) -> int:
    if not as_json and sys.stderr.isatty():
        show = getattr(error, "show", None)
        if show is not None:
            show()
            return NOT_UNDERSTOOD
    words = getattr(error, "format_message", None)
    message = (words() if words is not None else str(error)).removeprefix("Invalid value: ")
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else call()
    if not message:  # no command given: the help page was shown instead
        return NOT_UNDERSTOOD
    failure = Failure("usage", message, path, f"{path} --help")
    show_failures([failure], as_json=as_json)
    return NOT_UNDERSTOOD


def main() -> int:
    """Entry point of the `niggle` command."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
