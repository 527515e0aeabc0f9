"""How long ago it began where no number says it: "since last Tuesday", "in March", "third week", "months now".

Weekdays and months need the day on which the text was written; without it a weekday is some day of the last week and a
month is left unread. What is worked out from a vague word is not certain.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from niggle.language.tokens import Token

WEEKDAYS: Final = {
    **{d: n for n, names in enumerate((
        ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "weds"), ("thursday", "thurs", "thu"),
        ("friday", "fri"), ("saturday",), ("sunday",))) for d in names},
}  # fmt: skip
_MONTHS: Final = {
    name: n for n, names in enumerate((
        ("january", "jan"), ("february", "feb"), ("march",), ("april", "apr"), ("may",), ("june",), ("july",),
        ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
        ("december", "dec")), 1) for name in names
}  # fmt: skip
_ALSO_WORDS: Final = frozenset({"march", "may", "mon", "fri", "jan", "mar", "sep", "wed", "thu", "tue"})  # need "since"
_ORDINALS: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
                    "ninth": 9, "tenth": 10, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6}  # fmt: skip
_LONG: Final = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "year": 365.0}
_PLURALS: Final = {"days": 4.0, "weeks": 21.0, "months": 90.0, "years": 730.0, "ages": 90.0}  # "weeks now": heuristic
_WHOLE: Final = {"week": 6.0, "month": 30.0, "year": 300.0, "spring": 60.0, "summer": 60.0, "autumn": 60.0,
                 "fall": 60.0, "winter": 60.0, "season": 90.0}  # fmt: skip
_LAST: Final = {"week": 7.0, "month": 30.0, "year": 365.0, "weekend": 4.0}
_FROM: Final = frozenset({"since", "from", "ever"})
_IN_MONTH: Final = {"early": 5, "beginning": 3, "start": 3, "mid": 15, "middle": 15, "late": 25, "end": 27}
SO_FAR: Final = frozenset({  # words that may stand beside a stretch of time which is a statement by itself
    "now", "so", "far", "already", "about", "roughly", "maybe", "nearly", "almost", "total", "on", "in", "or", "solid",
    "straight", "running", "plus", "ish", "at", "least", "over", "around", "its", "it", "is", "been", "and", "counting",
    "up", "since", "ago", "the", "a", "for", "approximately", "well", "approx", "bit", "half", "slightly", "give",
    "take"})  # fmt: skip
_SOME_DAY: Final = 4.0  # days: a weekday named without knowing today

Onset = tuple[float, int, int, bool]  # days, first token, last token, certain


def onsets(tokens: list[Token], on: date | None) -> list[Onset]:
    """Stretches of days back to a beginning that no plain number gives. on: the day the text was written."""
    found: list[Onset] = []
    for at, token in enumerate(tokens):
        for read in (_weekday, _month, _ordinal, _bare, _relative):
            onset = read(tokens, at, token.word, on)
            if onset is not None:
                found.append(onset)
                break
    return found


def word_at(tokens: list[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _weekday(tokens: list[Token], at: int, word: str, on: date | None) -> Onset | None:
    day = WEEKDAYS.get(word)
    before = word_at(tokens, at - 1)
    if day is None or (word in _ALSO_WORDS and before not in ("since", "last", "on", "from")):
        return None
    if before in ("every", "next", "by", "each", "for", "until", "till") or word_at(tokens, at + 1) in ("and", "or"):
        return None
    if on is None:
        return _SOME_DAY, at, at, False
    ago = (on.weekday() - day) % 7 or 7
    return float(ago), at, at, True


def _month(tokens: list[Token], at: int, word: str, on: date | None) -> Onset | None:
    month = _MONTHS.get(word)
    if month is None or on is None:
        return None
    back = at - 1
    day = tokens[back].number if back >= 0 else None
    if day is not None and 1 <= day <= 31 and word_at(tokens, back - 1) in (*_FROM, "on", "the"):
        began = _last(on, month, int(day))
        return float((on - began).days), back, at, True
    part = _IN_MONTH.get(word_at(tokens, back - 1 if word_at(tokens, back) == "of" else back))
    while back > 0 and (word_at(tokens, back) in _IN_MONTH or word_at(tokens, back) in ("of", "about", "the", "last")):
        back -= 1
    if word_at(tokens, back) not in (*_FROM, "in", "around", "until") and part is None:
        return None
    if word_at(tokens, back) == "until" or (word in _ALSO_WORDS and word_at(tokens, back) not in (*_FROM, "in")):
        return None
    number = tokens[at + 1].number if at + 1 < len(tokens) else None
    year, last = on.year, at
    if number is not None and 1990 <= number <= on.year:
        year, last = int(number), at + 1
    elif number is not None and 1 <= number <= 31:
        part, last = int(number), at + 1
    day = part or 15
    began = _last(on, month, int(day)) if year == on.year else date(year, month, min(int(day), 28))
    days = (on - began).days
    return (float(days), at, last, False) if days >= 0 else None


def _last(on: date, month: int, day: int) -> date:
    """The last such day of a month up to `on`."""
    began = date(on.year, month, min(day, 28))
    return began if began <= on else began.replace(year=on.year - 1)


def _ordinal(tokens: list[Token], at: int, word: str, on: date | None) -> Onset | None:
    """ "third week", "week 3 of this": said of how long it has been going on."""
    size = _LONG.get(word)
    if size is None:
        return None
    rank = _ORDINALS.get(word_at(tokens, at - 1))
    following = word_at(tokens, at + 1)
    if (rank is not None and following not in ("of", "in")) or (rank is not None and word_at(tokens, at + 2) == "this"):
        return (rank - 0.5) * size, at - 1, at, False
    return None


def _bare(tokens: list[Token], at: int, word: str, on: date | None) -> Onset | None:
    """ "Months now.", "weeks of this": a plural that stands for itself."""
    days = _PLURALS.get(word)
    if word in _LONG and word_at(tokens, at + 1) == "and" and (at == 0 or tokens[at - 1].segment != tokens[at].segment):
        return _LONG[word], at, at, True  # "week and a half"
    if days is None:
        return None
    starts = at == 0 or tokens[at - 1].segment != tokens[at].segment or word_at(tokens, at - 1) in ("been", "its", "is")
    following = word_at(tokens, at + 1)
    ends = at + 1 >= len(tokens) or tokens[at + 1].segment != tokens[at].segment
    if (starts and (ends or following in ("now", "already"))) or (
        following == "of" and word_at(tokens, at + 2) == "this"
    ):
        return (days, at, at, False) if tokens[at - 1 if at else 0].number is None else None
    return None


def _relative(tokens: list[Token], at: int, word: str, on: date | None) -> Onset | None:
    """ "all autumn", "since last week", "at the weekend"."""
    before = word_at(tokens, at - 1)
    if before in ("all", "whole") and word in _WHOLE:
        return _WHOLE[word], at - 1, at, False
    if before == "last" and word in _LAST and word not in ("week",) and word_at(tokens, at - 2) in ("since", "from"):
        return _LAST[word], at - 1, at, False
    if word == "weekend" and before in ("the", "last", "this", "since", "at"):
        return _LAST[word], at, at, False
    if word in ("day", "week") and before == "other":
        return (3.0 if word == "day" else 9.0), at - 1, at, False
    return None
