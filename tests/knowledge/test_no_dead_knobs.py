"""Every number and every rule of plans.yaml does something: a knob that nothing reads would only look like one."""

import re
from functools import cache

import pytest

from niggle.knowledge.loader import FOLDER
from niggle.knowledge.yaml_lines import read

SRC = FOLDER.parent
PLANS = read(FOLDER / "plans.yaml")[0]
_FIELDS = "parameter|percent|attention_gap"  # of ladders, gates and tests, where a number is named


@cache
def code() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(SRC.rglob("*.py")))


@cache
def data() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(FOLDER.rglob("*.yaml")))


@pytest.mark.parametrize("name", sorted(PLANS["parameters"]))
def test_every_number_is_read(name: str):
    by_code = re.search(rf"""["']{re.escape(name)}["']""", code())
    by_data = re.search(rf"\b({_FIELDS}): {re.escape(name)}\b", data())
    assert by_code or by_data, f"{name} of plans.yaml is read by nothing"


@pytest.mark.parametrize("rule", sorted(PLANS["rules"]))
def test_every_rule_is_given_as_a_reason(rule: str):
    """Named where a reason is made; as the key of a sentence alone it would never be said."""
    assert re.search(rf"""["']{re.escape(rule)}["'](?!\s*:)""", code()), f"no engine gives {rule}"
