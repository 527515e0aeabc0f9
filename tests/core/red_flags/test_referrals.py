"""Every flag's urgency and lock in one table, so that a change of one is always meant.

E now · S! today · S within days · P by appointment. * running stays locked until a clinician's clearance.
"""

from niggle.core.knowledge_types import RedFlag
from niggle.core.outcomes import Light, Urgency
from niggle.knowledge import load

TABLE = """
RF-01 E*   RF-02 E*   RF-03 E*   RF-04 E*   RF-05 E*   RF-06 E*   RF-07 E*   RF-66 E*   RF-68 E*
RF-10 S!*  RF-13 S!*  RF-14 S!*  RF-20 S!*  RF-23 S!*  RF-24 S!*  RF-27 S!*  RF-67 S!*
RF-08 S    RF-09 S    RF-11 S    RF-12 S*   RF-15 S    RF-16 S    RF-17 S*   RF-18 S*   RF-19 S*   RF-21 S*
RF-22 S*   RF-25 S*   RF-26 S    RF-28 S    RF-31 S*   RF-32 S*   RF-33 S*   RF-R03 S*  RF-K1 S*
RF-29 P    RF-30 P    RF-34 P    RF-35 P    RF-36 P    RF-37 P    RF-38 P    RF-39 P    RF-40 P    RF-41 P
RF-42 P    RF-43 P    RF-44 P    RF-45 P    RF-46 P    RF-47 P    RF-48 P    RF-49 P    RF-50 P    RF-51 P
RF-52 P    RF-53 P    RF-54 P    RF-55 P
RF-69 E*   RF-70 E*   RF-71 E*   RF-72 E*   RF-73 E*   RF-74 E*   RF-75 E*   RF-76 E*   RF-77 E*   RF-78 E*   RF-79 E*
RF-80 S!*  RF-81 S!*  RF-82 S!   RF-83 S*   RF-84 S*   RF-85 S*   RF-86 S*   RF-87 S*
RF-88 S!   RF-89 E*   RF-90 E    RF-91 E*   RF-92 E*   RF-93 S*   RF-94 E*
RF-95 E*   RF-96 S
"""


def code(flag: RedFlag) -> str:
    letter = {Urgency.EMERGENCY: "E", Urgency.URGENT: "S", Urgency.ROUTINE: "P"}[flag.urgency]
    today = "!" if flag.urgency is Urgency.URGENT and flag.within_hours == 24 else ""
    return letter + today + ("*" if flag.locks else "")


def test_urgency_and_lock_of_every_flag() -> None:
    words = TABLE.split()
    assert {f.rule.id: code(f) for f in load().red_flags} == dict(zip(words[::2], words[1::2], strict=True))


def test_whoever_stops_says_within_how_many_hours() -> None:
    for flag in load().red_flags:
        if flag.urgency is Urgency.URGENT:
            assert flag.within_hours in (24, 72)
        if flag.urgency is Urgency.EMERGENCY:
            assert flag.within_hours is None


def test_every_red_row_ends_the_session_and_the_running_of_the_day() -> None:
    for row in load().light_rows:
        red = row.light is Light.RED
        assert row.no_run_today == red
        assert row.ends_session == (red or row.rule.id == "TL-D14")


def test_the_rows_care_advice() -> None:
    care = {row.rule.id: row.care and row.care.code for row in load().light_rows}
    assert care == {
        "TL-D01": "emergency", "TL-D02": "urgent", "TL-D03": "urgent", "TL-D04": "urgent", "TL-D05": "routine",
        "TL-D06": "routine", "TL-D07": "urgent", "TL-D08": "routine", "TL-D09": "routine", "TL-D10": "routine",
        "TL-D11": None, "TL-D12": None, "TL-D13": "routine", "TL-D14": None, "TL-D15": "routine",
    }  # fmt: skip
