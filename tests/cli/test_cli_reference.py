"""The reference pages say what the program is now, and the guides name only commands and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from niggle.cli import main, reference

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [DOCS.parent / "README.md", DOCS / "tutorial.md", *sorted((DOCS / "howto").glob("*.md"))]


def test_the_pages_are_current():
    made = reference.pages()
    stored = {p.name: p.read_text(encoding="utf-8") for p in (DOCS / "reference").glob("*.md")}
    assert set(made) <= set(stored)
    old = sorted(name for name, text in made.items() if stored[name] != text)
    assert old == [], "run: python -m niggle.cli.reference"


def test_every_command_is_in_the_reference():
    text = reference.commands()
    for commands in main.COMMANDS.values():
        for command in commands:
            assert f"## niggle {command}\n" in text


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.name)
def test_guides_name_commands_and_options_that_exist(page):
    group = typer.main.get_command(main.app_of(list(main.COMMANDS)))
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"\./run ([a-z][^\n`|]*)", text):
        words = line.split()
        command = group.commands.get(words[0])
        assert command is not None, line
        while getattr(command, "commands", None) and words[1:] and words[1] in command.commands:
            words = words[1:]
            command = command.commands[words[0]]
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
        assert {w for w in words if w.startswith("--")} <= known, line


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#h][^)#]*)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
