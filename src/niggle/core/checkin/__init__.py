"""Check-ins: what the runner says of a complaint at five moments, kept as she said it and folded into one view a day.

types   the shapes          parse   plain data (JSON, forms, terminal) to an Entry and back, all problems at once
fold    entries to one CheckIn per day and complaint             series  one complaint through time: baseline, trend
"""

from niggle.core.checkin.fold import Folded, fold, merge
from niggle.core.checkin.parse import answer_fields, entry_from_plain, entry_to_plain, parse_entry
from niggle.core.checkin.series import Complaint, Series, complaints, same_complaint, series, speaks_after
from niggle.core.checkin.types import (
    DURING_FIELDS,
    PAIN_FIELDS,
    SHARP_QUALITIES,
    Answers,
    CheckIn,
    Entry,
    Moment,
    Quality,
    Stiffness,
)

__all__ = [
    "DURING_FIELDS",
    "PAIN_FIELDS",
    "SHARP_QUALITIES",
    "Answers",
    "CheckIn",
    "Complaint",
    "Entry",
    "Folded",
    "Moment",
    "Quality",
    "Series",
    "Stiffness",
    "answer_fields",
    "complaints",
    "entry_from_plain",
    "entry_to_plain",
    "fold",
    "merge",
    "parse_entry",
    "same_complaint",
    "series",
    "speaks_after",
]
