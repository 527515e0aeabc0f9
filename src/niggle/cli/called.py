"""How the runner called the command line. Hints name what she can type: `niggle week`, or `./run week` in a checkout.

`./run` says how it was called in NIGGLE_CALLED_AS. Texts are written with `niggle`; what goes to a person or into a
suggestion passes `as_called` on its way out (niggle.cli.say), so nobody who writes a hint has to think of it.
"""

from __future__ import annotations

import os
import re
import shlex
from functools import lru_cache
from typing import Any, Final

NAME: Final = "niggle"


def call() -> str:
    """What she typed before the command, as a shell reads it."""
    return shlex.quote(os.environ.get("NIGGLE_CALLED_AS") or NAME)


def as_called(text: str) -> str:
    """The text with every command in it as she would type it; `niggle` in any other sense stays."""
    how = call()
    return text if how == NAME or NAME not in text else _commands().sub(lambda _: f"{how} ", text)


def help_as_called(command: Any) -> None:
    """The same in the help of a Click command, its options and all commands below it."""
    if call() == NAME:
        return
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = as_called(part.help)
    for below in getattr(command, "commands", {}).values():
        help_as_called(below)


@lru_cache(maxsize=1)
def _commands() -> re.Pattern[str]:
    from niggle.cli.main import COMMANDS

    names = "|".join(re.escape(name) for module in COMMANDS.values() for name in module)
    return re.compile(rf"\b{NAME} (?=(?:{names})(?![\w-]))")
