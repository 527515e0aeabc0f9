"""The reference page of plans names every fact that a plan has to carry, and where it stands."""

from __future__ import annotations

from niggle import knowledge
from niggle.cli import reference
from niggle.cli.reference_plans import plans
from niggle.knowledge.coverage import cited, due

KNOWN = knowledge.load()


def test_every_plan_and_each_of_its_doses_stands_on_the_page():
    page = plans(KNOWN, reference._table)
    assert KNOWN.protocols
    for slug, plan in KNOWN.protocols.items():
        assert f"\n`{slug}`. " in page
        places = cited(plan)
        for fact in due(KNOWN.conditions[slug].facts):
            (row,) = (line for line in page.splitlines() if line.startswith(f"| `{fact.id}` |"))
            assert row.endswith("; ".join(places.get(fact.id, ("-",))) + " |")


def test_ladders_and_tests_stand_on_the_page():
    page = plans(KNOWN, reference._table)
    assert "| `run-1` | 1 minute running, 4 minutes walking, 4 to 6 rounds | 4 to 6 min | practice | S0 |" in page
    assert "| `mile-1-5` | One and a half easy flat miles | 2414 m |" in page
    for test in KNOWN.tests:
        assert f"\n| `{test}` |" in page
