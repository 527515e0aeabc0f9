"""Load of one session: dose per tissue, summary features, and what kind of session it was."""

from niggle.core.load.cadence import CadenceLine, fit_cadence
from niggle.core.load.doses import session_doses
from niggle.core.load.features import session_features
from niggle.core.load.tags import detect_all, detect_tags, tags_from_source, with_found_tags

__all__ = [
    "CadenceLine",
    "detect_all",
    "detect_tags",
    "fit_cadence",
    "session_doses",
    "session_features",
    "tags_from_source",
    "with_found_tags",
]
