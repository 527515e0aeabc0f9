"""The frame of the command line: every command is there, mistakes have their exit code and say what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module

import pytest
import typer

from niggle.cli import main


@pytest.mark.parametrize(("module", "names"), main.COMMANDS.items())
def test_each_module_holds_exactly_the_commands_it_is_listed_for(module, names):
    group = typer.main.get_command(main.app_of([module]))
    assert set(group.commands) == set(names)


def test_only_the_module_of_the_command_is_loaded():
    assert main.modules_for(["today", "--json"]) == ["deciding"]
    assert main.modules_for(["nonsense"]) == list(main.COMMANDS)
    assert main.modules_for([]) == list(main.COMMANDS)


def test_every_command_says_what_it_does():
    group = typer.main.get_command(main.app_of(list(main.COMMANDS)))
    for name, command in group.commands.items():
        assert command.help, name
        for child in getattr(command, "commands", {}).values():
            assert child.help, f"{name} {child.name}"


def test_an_unknown_command_is_a_usage_error(niggle):
    ran = niggle("frobnicate")
    assert ran.code == 2
    assert "frobnicate" in ran.err
    assert ran.out == ""


def test_a_usage_error_is_json_where_json_is_asked_for(niggle):
    ran = niggle("read", "--json")
    assert ran.code == 2
    assert ran.json["error"]["code"] == "usage"
    assert ran.json["error"]["suggestion"] == "niggle read --help"


def test_an_unknown_option_is_a_usage_error(niggle):
    assert niggle("version", "--colour").code == 2


def test_version(niggle):
    import niggle as package

    assert niggle("version", "--json").json == {"version": package.__version__}


def test_help_lists_the_commands_and_succeeds(niggle):
    ran = niggle("--help")
    assert ran.code == 0
    assert "today" in ran.out
    assert "import" in ran.out


def test_as_a_process():
    """One real process: the exit code arrives and the two outputs are kept apart."""
    done = subprocess.run(
        [sys.executable, "-m", "niggle.cli.main", "read", "/no/such/file.fit", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["place"] == "/no/such/file.fit"
    assert "where: /no/such/file.fit" in done.stderr


def test_the_path_of_today_stays_light():
    """`niggle today` must not load what only imports, charts or checks need."""
    code = (
        "import sys; from niggle.cli.main import app_of, modules_for; import typer;"
        "typer.main.get_command(app_of(modules_for(['today'])));"
        "heavy = {'rich', 'yaml', 'pydantic', 'altair', 'vl_convert', 'niggle.readers.registry'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_module_of_the_command_line_is_listed():
    for module in main.COMMANDS:
        assert import_module(f"niggle.cli.{module}").app is not None


def test_what_a_person_can_mend_is_no_traceback(tmp_path):
    """A data folder that cannot be made: place and suggestion, exit code 1."""
    (tmp_path / "file").write_text("in the way")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NIGGLE_")}
    environment["NIGGLE_HOME"] = str(tmp_path / "file" / "home")
    done = subprocess.run(
        [sys.executable, "-m", "niggle.cli.main", "today", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["error"]["suggestion"]


def test_a_mistake_of_ours_stays_loud(niggle, monkeypatch):
    def broken(argv):
        raise ZeroDivisionError

    monkeypatch.setattr(main, "quick", broken)
    with pytest.raises(ZeroDivisionError):
        niggle("version")
