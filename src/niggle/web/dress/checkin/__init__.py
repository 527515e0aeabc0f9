"""The check-in as an interview: an entry back in its form, beside the questions and answers that all faces share."""

from niggle.actions.checkin_form import findings_from_form, plain_from_form, told_from_form
from niggle.core.red_flags import first_warnings
from niggle.web.dress.checkin.correct import ALSO, also_step, corrected, form_from_entry
from niggle.wording.interview import DAYS, Option, Step, later_warnings, steps

__all__ = ["ALSO", "DAYS", "Option", "Step", "also_step", "corrected", "findings_from_form", "first_warnings",
           "form_from_entry", "later_warnings", "plain_from_form", "steps", "told_from_form"]  # fmt: skip
