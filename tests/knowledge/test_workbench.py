"""An author's file is checked alone, as a draft too, whatever state the others' files are in."""

import pytest

from niggle.knowledge import check, coverage, workbench
from niggle.knowledge.workbench import Work, complaints_of, find

ATM = "achilles-tendinopathy-midportion"


@pytest.fixture
def bench(desk, monkeypatch):
    monkeypatch.setattr(workbench, "FOLDER", desk.folder)
    return desk


def test_a_slug_means_every_file_of_that_name_and_a_draft_before_the_file(bench):
    assert [w.file for w in find(ATM)] == [f"conditions/{ATM}.yaml", f"protocols/{ATM}.yaml"]
    assert [w.file for w in find(f"protocols/{ATM}")] == [f"protocols/{ATM}.yaml"]
    bench.write("exercises/calf-hold.draft", "id: calf-hold\n")
    (work,) = find("calf-hold")
    assert work == Work(bench.folder / "exercises/calf-hold.draft", "exercises", "calf-hold")
    assert find(str(bench.folder / "ladders/bone.yaml")) == [
        Work(bench.folder / "ladders/bone.yaml", "ladders", "bone")
    ]
    assert find("no-such-thing") == []


def test_a_draft_is_checked_as_the_file_it_is_to_become(bench, tmp_path):
    text = (bench.folder / "exercises/calf-hold.yaml").read_text(encoding="utf-8")
    bench.write("exercises/calf-hold.draft", text.replace("one_sided: true", "one_sided: maybe"))
    (found,) = complaints_of(find("calf-hold")[0], tmp_path / "scratch")
    assert (found.file, "one_sided" in found.message) == ("exercises/calf-hold.yaml", True)


def test_another_s_unfinished_file_does_not_stop_the_check(bench, tmp_path):
    bench.write("exercises/calf-drop.yaml", "id: calf-drop\n")
    found = complaints_of(find("calf-hold")[0], tmp_path / "scratch")
    assert [c.message for c in found] == ["'calf-drop' is no exercise"]


def test_a_broken_top_file_is_said(bench, tmp_path):
    bench.change("plans.yaml", ("parameters:", "paramters:"))
    found = complaints_of(find("calf-hold")[0], tmp_path / "scratch")
    assert [c.file for c in found] == ["plans.yaml"]


def test_the_check_s_command_says_what_is_wrong(bench, capsys):
    assert check.main(["calf-hold"]) == 0
    assert "holds together" in capsys.readouterr().out
    bench.change("exercises/calf-hold.yaml", ("harder: [calf-drop]", "harder: [calf-lift]"))
    assert check.main(["calf-hold"]) == 1
    assert "'calf-lift' is no exercise\n1 complaints" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no-such-thing: no such file"):
        check.main(["no-such-thing"])


def test_the_coverage_s_command_lists_what_is_left(bench, capsys):
    assert coverage.main([ATM]) == 1
    said = capsys.readouterr().out
    assert f"{ATM}: 2 of 33 facts due are cited" in said
    assert "ATM-63" in said
    assert coverage.main([f"protocols/{ATM}"]) == 1
    assert capsys.readouterr().out == said
    assert coverage.main(["calf-strain"]) == 1
    assert "calf-strain: no plan yet" in capsys.readouterr().out
