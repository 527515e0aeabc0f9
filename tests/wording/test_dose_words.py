"""Doses in words: sets, seconds, how often, and the exercises they belong to."""

import re

import pytest
from tests.wording.plan_voice import KNOWN

from niggle.core.body import Side
from niggle.core.exercise import DoseToday, ExerciseKind, GrowingDose, Quantity, Sides, Tempo, Weight
from niggle.core.plan import ItemKind
from niggle.core.protocol import Group
from niggle.core.rehab import Prescribed
from niggle.core.rehab.dosing import dose_at
from niggle.core.today.tasks import Task
from niggle.wording import doses, exercises, tasks
from niggle.wording.units import METRIC

DOSE = GrowingDose(
    sets=Quantity(3, 3), reps=Quantity(10, 15), tempo=Tempo(2, 1, 4), weight=Weight.EFFORT, sides=Sides.EACH,
    rest_s=90, grows=("reps", "load"), load_note="Five kilograms more, in the hand.",
)  # fmt: skip


def test_a_dose_in_words() -> None:
    assert doses.dose_line(dose_at(DOSE, 0)) == "3 x 10, 2\u00a0s up, 1\u00a0s hold, 4\u00a0s down, each side, heavy"
    grown = dose_at(DOSE, 7)
    assert doses.dose_line(grown).startswith("3 x 15")
    assert doses.dose_notes(grown) == (
        "Heavy enough that the last three take effort.",
        "More than at first: raised twice (five kilograms more, in the hand).",
        "Rest 90\u00a0s between sets.",
    )
    assert doses.growing_line(DOSE) == "3 x 10, growing to 3 x 15, then heavier; " + doses.tempo_line(Tempo(2, 1, 4))
    hold = GrowingDose(sets=Quantity(5, 5), hold_s=Quantity(10, 45, 5), sides=Sides.SORE, grows=("hold_s",))
    assert doses.dose_line(dose_at(hold, 1), Side.LEFT) == "5 x 15\u00a0s, left side only"
    assert doses.dose_line(dose_at(hold, 1)) == "5 x 15\u00a0s, the sore side"
    minutes = GrowingDose(sets=Quantity(1, 1), minutes=Quantity(2.5, 2.5))
    assert doses.dose_line(dose_at(minutes, 0)) == "2.5\u00a0min"
    assert doses.easy_question(dose_at(DOSE, 0), (ExerciseKind.ISOTONIC,)) == "Were the last three repetitions easy?"
    assert "repetitions" not in doses.easy_question(dose_at(hold, 1), (ExerciseKind.ISOMETRIC,)) != ""
    for stretch in (ExerciseKind.MOBILITY, ExerciseKind.SELF_MASSAGE):
        assert doses.easy_question(dose_at(hold, 1), (stretch,)) == ""
    assert doses.easy_question(dose_at(minutes, 0), (ExerciseKind.BALANCE,)) == ""


@pytest.mark.parametrize(
    ("low", "high", "day", "words"),
    [
        (1, 1, 1, "once a week"), (2, 2, 1, "twice a week"), (5, 7, 1, "5 to 7 days a week"), (7, 7, 1, "every day"),
        (7, 7, 2, "twice a day, every day"), (3, 3, 2, "twice a day, 3 days a week"),
    ],
)  # fmt: skip
def test_how_often(low: int, high: int, day: int, words: str) -> None:
    assert doses.times_line(low, high, day) == words


@pytest.mark.parametrize("slug", sorted(KNOWN.exercises))
def test_an_exercise_page_reads_well(slug: str) -> None:
    exercise = KNOWN.exercises[slug]
    lines = [exercises.kinds_line(exercise), exercises.equipment_line(exercise, KNOWN)]
    lines += [exercises.contraindication_line(c, KNOWN) for c in exercise.contraindications]
    lines += [exercises.demand_line(t.value, d) for t, d in exercise.load.items()]
    for text in lines:
        assert text
        assert not re.search(r"[{}_]|\bNone\b|  |\.\.", text), text


@pytest.mark.parametrize(
    ("minutes", "exercises", "said"),
    [
        (1.0, ("ball-foot-roll",), "Ball foot roll, 1\u00a0min"),
        (0.0, ("ball-foot-roll",), "Ball foot roll, 1\u00a0min"),
        (3.0, ("ball-foot-roll", "towel-curl"), "Ball foot roll and towel curl, 3\u00a0min"),
        (4.0, ("ball-foot-roll",), "Daily set at home, 4\u00a0min"),
        (3.0, ("ball-foot-roll", "towel-curl", "short-foot"), "Daily set at home, 3\u00a0min"),
    ],
)
def test_a_set_of_a_minute_is_called_by_what_is_in_it(minutes: float, exercises: tuple[str, ...], said: str) -> None:
    dose = DoseToday(1, None, 30.0, None, None, Weight.BODY, Sides.SORE, 1, None)
    given = tuple(Prescribed("p", e, e, Group.DAILY, dose, "", 7, 7, None, 3.0) for e in exercises)
    task = Task("home-1", ItemKind.HOME_SET, minutes=minutes, exercises=given)
    assert tasks.task_title(task, KNOWN, METRIC) == said
