"""Load of other people's recordings (NIGGLE_SAMPLES): finite, plausible, and near what totals alone give."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.healthy.build import knowledge

from niggle.core.body import LOAD_TISSUES, LoadTissue
from niggle.core.load import session_doses, session_features
from niggle.core.session.types import Session, is_run
from niggle.readers.registry import read_file

FOLDER = os.environ.get("NIGGLE_SAMPLES")

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not FOLDER, reason="NIGGLE_SAMPLES names no folder of recordings"),
]


def runs() -> list[Session]:
    assert FOLDER is not None
    files = (p for p in sorted(Path(FOLDER).rglob("*")) if p.suffix in (".fit", ".gpx", ".tcx"))
    items = [item for p in files for item in read_file(p.read_bytes(), p.name)]
    return [s for s in items if isinstance(s, Session) and is_run(s.sport) and s.streams is not None]


def test_real_runs() -> None:
    known = knowledge()
    sessions = runs()
    assert len(sessions) > 30
    ratios = []
    for session in sessions:
        doses = session_doses(session, known.tissues, known.parameters)
        features = session_features(session, known.parameters)
        assert np.isfinite(doses).all()
        assert (doses >= 0).all()
        assert not (features < 0).any()
        if (session.distance_m or 0) > 3000:
            from_totals = session_doses(replace(session, streams=None), known.tissues, known.parameters)
            ratios.append(from_totals / doses)
    middle = dict(zip(LOAD_TISSUES, np.median(ratios, axis=0), strict=True))
    for tissue, ratio in middle.items():
        # the square of speed makes the hamstrings' load one of the fastest minutes, which totals cannot know
        assert 0.8 < ratio < 1.15 or (tissue is LoadTissue.HAMSTRING and ratio > 0.2), (tissue, ratio)
