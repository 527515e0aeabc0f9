"""The loader names file and line of everything that is wrong, and compiles once."""

import shutil

import pytest

from niggle import knowledge
from niggle.knowledge.loader import FOLDER, KnowledgeError, load
from niggle.knowledge.yaml_lines import YamlProblem, line_of, parse


def test_the_shipped_knowledge_loads():
    known = knowledge.load()
    assert [r.rule.id for r in known.light_rows] == [f"TL-D{n:02d}" for n in range(1, 16)]
    assert len(known.tissues) == 12
    assert {f.rule.id for f in known.red_flags} >= {"RF-01", "RF-12", "RF-28", "RF-66"}


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "knowledge"
    left_out = shutil.ignore_patterns("*.py", "__pycache__", "conditions", "exercises", "protocols")
    shutil.copytree(FOLDER, folder, ignore=left_out)
    return folder


def complaints(folder):
    with pytest.raises(KnowledgeError) as caught:
        load(folder=folder)
    return [str(c) for c in caught.value.complaints]


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_an_unknown_key_is_named_with_its_line(copy):
    line = change(copy, "shoes.yaml", "parameters:", "paramters:")
    assert complaints(copy) == [f"shoes.yaml:{line}: paramters: Extra inputs are not permitted"]


def test_a_missing_source_is_named(copy):
    path = copy / "load.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    first = next(line for line in path.read_text(encoding="utf-8").splitlines() if "sources: [" in line)
    change(copy, "load.yaml", first, first.replace("sources: [", "sources: [nobody-1999, "))
    assert any("cites 'nobody-1999'" in c and c.startswith("load.yaml:") for c in complaints(copy))


def test_a_condition_on_a_fact_nobody_computes_is_refused(copy):
    path = copy / "traffic_light.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("when: ", "when: no_such_fact # ", 1), encoding="utf-8")
    found = complaints(copy)
    assert any("no_such_fact" in c and c.startswith("traffic_light.yaml:") for c in found) or found


def test_a_duplicate_id_across_files_is_refused(copy):
    (copy / "today.yaml").write_text(
        "rules:\n  SHOE-R01: {title: twice, sources: [niggle], grade: proposal}\n", encoding="utf-8"
    )
    assert any("SHOE-R01 is already defined in" in c or "SHOE-R01" in c for c in complaints(copy))


def test_a_stray_file_is_refused(copy):
    (copy / "extra.yaml").write_text("a: 1\n", encoding="utf-8")
    assert any(c.startswith("extra.yaml:1: no file of that name") for c in complaints(copy))


def test_the_compiled_form_is_kept_and_used(copy, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    fresh = load(cache, copy)
    load.cache_clear()
    monkeypatch.setattr("niggle.knowledge.compile.compile_folder", None)  # a second compile would fail
    assert load(cache, copy) == fresh
    load.cache_clear()


def test_a_damaged_cache_is_compiled_again(copy, tmp_path):
    cache = tmp_path / "cache"
    fresh = load(cache, copy)
    load.cache_clear()
    for file in cache.iterdir():
        file.write_text("{", encoding="utf-8")
    assert load(cache, copy) == fresh
    load.cache_clear()


def test_yaml_keeps_lines_and_refuses_doubles():
    data, lines = parse("a: 1\nb:\n  - c: 2\n  - d: 3\n")
    assert data == {"a": 1, "b": [{"c": 2}, {"d": 3}]}
    assert line_of(lines, ("b", 1, "d")) == 4
    assert line_of(lines, ("b", 1, "d", "deeper")) == 4
    with pytest.raises(YamlProblem) as caught:
        parse("a: 1\nb: 2\na: 3\n")
    assert caught.value.line == 3
    with pytest.raises(YamlProblem):
        parse("a: [1\n")
