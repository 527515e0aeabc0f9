"""Runs the cases of plans against the real core; the forms are described in README.md."""

from __future__ import annotations

import pytest
from tests.cases.case_files import Case, compare, params
from tests.cases.run import RUNNERS
from tests.healthy.build import knowledge


@pytest.mark.parametrize(("folder", "case"), params(RUNNERS))
def test_case(folder: str, case: Case) -> None:
    compare(case["expect"], RUNNERS[folder](case, knowledge()))
