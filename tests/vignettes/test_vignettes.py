"""The shape of the triage vignettes: a broken line, an unknown slug or a lopsided half would spoil the evaluation."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from niggle.core.body import SITES, Region

HERE = Path(__file__).parent
KEYS = {
    "id", "age", "sex", "text", "findings", "diagnosis", "acceptable_alternatives", "urgency_truth", "urgency_reason",
    "urgency_acceptable", "must_not_miss", "information",
}  # fmt: skip
URGENCIES = ("self-care", "routine", "urgent", "emergency")  # mildest first
NO_CONDITION = {"outside-scope", "cannot-tell"}
WORDS = {"tv-": (30, 150), "hv-": (30, 150), "t2-": (20, 170), "h2-": (20, 170), "h3-": (15, 120)}
MAY_BE_SEEN_BY_APPOINTMENT = {
    "popliteal-artery-entrapment-syndrome", "achilles-tendinopathy-midportion", "outside-scope",
}  # fmt: skip


def _lines(half: str) -> list[dict[str, Any]]:
    text = (HERE / f"{half}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


HALVES = {half: _lines(half) for half in ("tuning", "heldout")}
SECOND = {half: _lines(half) for half in ("tuning2", "heldout2")}  # written separately, see README
FIRST = [vignette for half in HALVES.values() for vignette in half]
LATER = [vignette for half in SECOND.values() for vignette in half]
THIRD = {"heldout3": _lines("heldout3")}  # one half, never tuned on
EVERY = FIRST + LATER + THIRD["heldout3"]


def _knowledge(name: str, key: str) -> dict[str, Any]:
    part = resources.files("niggle.knowledge") / f"{name}.yaml"
    loaded: dict[str, Any] = yaml.safe_load(part.read_text(encoding="utf-8"))[key]
    return loaded


FINDINGS = _knowledge("findings", "findings")
ROSTER = _knowledge("roster", "roster")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def _named(vignette: dict[str, Any], value: object) -> set[str]:
    return {f["name"] for f in vignette["findings"] if f["value"] is value}


@pytest.mark.parametrize("vignette", EVERY, ids=lambda v: v["id"])
def test_a_line_has_the_agreed_shape(vignette: dict[str, Any]) -> None:
    assert set(vignette) == KEYS
    assert 13 <= vignette["age"] <= 75
    assert vignette["sex"] in {"F", "M"}
    shortest, longest = WORDS[vignette["id"][:3]]
    assert shortest <= len(vignette["text"].split()) <= longest
    assert vignette["urgency_truth"] in vignette["urgency_acceptable"]
    assert set(vignette["urgency_acceptable"]) <= set(URGENCIES)
    assert len(vignette["urgency_reason"]) > 10
    assert isinstance(vignette["must_not_miss"], bool)
    count = sum(f["name"] not in {"site", "side"} for f in vignette["findings"])
    assert vignette["information"] == ("sparse" if count < 6 else "typical" if count < 9 else "rich")


@pytest.mark.parametrize("vignette", EVERY, ids=lambda v: v["id"])
def test_findings_belong_to_the_vocabulary_and_do_not_contradict_each_other(vignette: dict[str, Any]) -> None:
    names = [f["name"] for f in vignette["findings"]]
    assert len(names) == len(set(names))
    present, denied = _named(vignette, True), _named(vignette, False)
    for finding in vignette["findings"]:
        name, value = finding["name"], finding["value"]
        if name == "site":
            assert value in {site.id for site in SITES.values()} | {region.value for region in Region}
            continue
        entry = FINDINGS[name]
        if "choices" in entry:
            assert value in entry["choices"]
        elif "reads" in entry:
            assert entry["minimum"] <= value <= entry["maximum"]
        else:
            assert isinstance(value, bool)
        if value is True:
            assert not present & set(entry.get("excludes", ()))
            assert not denied & set(entry.get("implies", ()))


@pytest.mark.parametrize("vignette", EVERY, ids=lambda v: v["id"])
def test_slugs_are_conditions_of_the_roster(vignette: dict[str, Any]) -> None:
    alternatives = vignette["acceptable_alternatives"]
    assert {vignette["diagnosis"], *alternatives} <= set(ROSTER) | NO_CONDITION
    assert vignette["diagnosis"] not in alternatives
    assert len(alternatives) == len(set(alternatives))


def test_a_dangerous_story_accepts_no_mild_answer_but_for_the_named_exceptions() -> None:
    dangerous = [v for v in EVERY if v["must_not_miss"]]
    mild = {v["diagnosis"] for v in dangerous if {"self-care", "routine"} & set(v["urgency_acceptable"])}
    assert mild == MAY_BE_SEEN_BY_APPOINTMENT
    assert all(v["must_not_miss"] for v in EVERY if v["urgency_truth"] == "emergency")
    assert all("self-care" not in v["urgency_acceptable"] for v in EVERY if v["must_not_miss"])


def test_self_care_is_never_for_a_complaint_of_two_weeks() -> None:
    for vignette in EVERY:
        if vignette["urgency_truth"] == "self-care":
            days = [f["value"] for f in vignette["findings"] if f["name"] == "symptom_days"]
            assert all(value < 14 for value in days), vignette["id"]
            assert "two_weeks_unchanged" not in _named(vignette, True), vignette["id"]


def test_ids_are_unique_and_tell_the_half() -> None:
    assert len({v["id"] for v in EVERY}) == len(EVERY)
    halves = HALVES | SECOND | THIRD
    for half, prefix in zip(halves, ("tv-", "hv-", "t2-", "h2-", "h3-"), strict=True):
        assert all(v["id"].startswith(prefix) for v in halves[half])


@pytest.mark.parametrize("half", HALVES)
def test_each_half_holds_its_share(half: str) -> None:
    vignettes = HALVES[half]
    assert len(vignettes) == 80
    assert 3 * sum(v["must_not_miss"] for v in vignettes) >= 80
    assert sum(v["diagnosis"] in NO_CONDITION for v in vignettes) == 5
    urgencies = Counter(v["urgency_truth"] for v in vignettes)
    assert min(urgencies[u] for u in URGENCIES) >= 10
    assert min(Counter(v["information"] for v in vignettes).values()) >= 10
    assert min(Counter(v["sex"] for v in vignettes).values()) >= 30
    described = {slug for slug, entry in ROSTER.items() if "facts" in entry}
    assert described - {v["diagnosis"] for v in vignettes} == set()


@pytest.mark.parametrize("half", SECOND)
def test_each_half_of_the_second_set_holds_its_share(half: str) -> None:
    vignettes = SECOND[half]
    assert (len(vignettes), sum(v["must_not_miss"] for v in vignettes)) == (80, 28)  # split at random within this
    urgencies = Counter(v["urgency_truth"] for v in vignettes)
    assert min(urgencies[u] for u in URGENCIES) >= 9
    assert sum(v["diagnosis"] in {"normal-training-soreness", "muscle-cramp"} for v in vignettes) >= 8


def test_the_third_half_holds_its_share() -> None:
    vignettes = THIRD["heldout3"]
    assert (len(vignettes), sum(v["must_not_miss"] for v in vignettes)) == (80, 30)
    assert sum(v["diagnosis"] in NO_CONDITION for v in vignettes) == 5
    assert min(Counter(v["urgency_truth"] for v in vignettes)[u] for u in URGENCIES) >= 10
    described = {slug for slug, entry in ROSTER.items() if "facts" in entry}
    assert described - {v["diagnosis"] for v in vignettes} == set()
    places = {f["value"] for v in vignettes for f in v["findings"] if f["name"] == "site"}
    regions = {SITES[place].region for place in places & set(SITES)} | {r for r in Region if r.value in places}
    assert regions == set(Region)


def test_the_second_set_covers_every_condition_and_every_site() -> None:
    assert set(ROSTER) - {v["diagnosis"] for v in LATER} == set()
    assert set(SITES) - {f["value"] for v in LATER for f in v["findings"] if f["name"] == "site"} == set()


def test_the_halves_are_alike() -> None:
    tuning, heldout = (Counter(v["urgency_truth"] for v in HALVES[half]) for half in ("tuning", "heldout"))
    assert all(abs(tuning[u] - heldout[u]) <= 4 for u in URGENCIES)


def test_no_two_stories_share_a_run_of_seven_words() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for vignette in EVERY:
        words = _words(vignette["text"])
        for run in zip(*(words[start:] for start in range(7)), strict=False):
            assert seen.setdefault(run, vignette["id"]) == vignette["id"], " ".join(run)


def test_the_table_of_red_flags_names_stories_that_fit() -> None:
    truth = {v["id"]: v["urgency_truth"] for v in EVERY}
    rows = re.findall(r"^\| (RF-0[1-7][^|]*|RF-6[68][^|]*|dark urine[^|]*)\|([^|]*)\|([^|]*)\|$", _readme(), re.M)
    assert len(rows) == 9
    for flag, fires, near in rows:
        assert {truth[i] for i in fires.split()} == {"emergency"}, flag
        assert near.split(), flag
        assert all(truth[i] != "emergency" for i in near.split()), flag
    assert set(re.findall(r"\b[th]v-\d{3}\b", _readme())) <= set(truth)


def _readme() -> str:
    return (HERE / "README.md").read_text(encoding="utf-8")
