"""Runs the cases of plans against the real core; the forms are described in README.md."""

from __future__ import annotations

import pytest
from tests.cases.case_files import Case, params
from tests.cases.run import FOLDERS, check
from tests.healthy.build import knowledge


@pytest.mark.parametrize(("folder", "case"), params(FOLDERS))
def test_case(folder: str, case: Case) -> None:
    check(folder, case, knowledge())
