"""Numbers with their units: age, how long it has lasted, pain out of ten, where in a run it begins, weekly distance."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from niggle.core.units import M_PER_KM, M_PER_MILE
from niggle.language.onsets import SO_FAR, WEEKDAYS, onsets, word_at
from niggle.language.scope import Scope, Voice
from niggle.language.shapes import Quantity, Span
from niggle.language.tokens import Token

_UNITS: Final = {
    **dict.fromkeys(("day", "days"), ("days", 1.0)),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), ("days", 7.0)),
    **dict.fromkeys(("fortnight", "fortnights"), ("days", 14.0)),
    **dict.fromkeys(("month", "months", "mo", "mos", "mth", "mths"), ("days", 30.0)),
    **dict.fromkeys(("year", "years", "yr", "yrs"), ("days", 365.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("minutes", 1.0)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), ("minutes", 60.0)),
    **dict.fromkeys(("km", "kms", "k", "ks", "kilometre", "kilometres", "kilometer", "kilometers"), (
        "metres", M_PER_KM)),
    **dict.fromkeys(("mile", "miles", "mi", "miler"), ("metres", M_PER_MILE)),
    **dict.fromkeys(("mpw",), ("metres_a_week", M_PER_MILE)),
    **dict.fromkeys(("kpw", "kmpw"), ("metres_a_week", M_PER_KM)),
}  # fmt: skip
_VAGUE_COUNT: Final = {
    "couple": 2.0,
    "few": 3.0,
    "several": 4.0,
    "a": 1.0,
    "an": 1.0,
    "last": 1.0,
    "past": 1.0,
    "this": 1.0,
}
_VAGUE_DAYS: Final = {"days": 3.0, "weeks": 21.0, "months": 90.0, "years": 730.0}  # "for months": heuristic
_DAY_WORDS: Final = {"yesterday": 1.0, "today": 0.0, "tonight": 0.0}
_LASTS: Final = frozenset({"for", "since", "past", "last", "over", "about", "around", "almost", "nearly", "now", "this",
                            "been", "like", "after", "going", "lasted", "lasting"})  # fmt: skip
_PRESENT: Final = frozenset({"is", "are", "am", "still", "can", "has", "have", "cannot"})
_AGO: Final = frozenset({"ago", "back", "previously"})
_AT: Final = frozenset({"after", "at", "around", "by", "past", "until", "within", "beyond", "hit", "reach"})
_EASES: Final = frozenset({"ease", "warm", "loosen", "better", "gone", "settl", "fad", "away", "disappear", "improv"})
_NOT_AN_ONSET: Final = frozenset(
    {"run", "runs", "race", "raced", "ran", "walk", "ride", "long", "tempo", "pace", "event"}
)
_TEN: Final = re.compile(
    r"(?<![\d/.])(\d{1,2}(?:\.\d)?)\s*(?:(?:-|–|to|or)\s*(\d{1,2}(?:\.\d)?)\s*)?(?:/|out\s+of|of)\s*(?:10|ten)\b(?!\s*[/\d])",
    re.I,
)
_TEN_WORDS: Final = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:out\s+of|of)\s+(?:ten|10)\b", re.I
)
_UNIT: Final = r"(\s*(?:kms?|k|mi|miles?|mpw|kpw|km/week|miles/week|kilomet(?:er|re)s?)(?![a-z]))?"
_RISE: Final = re.compile(
    rf"(?<![\d:.,/-])(\d{{1,3}}(?:[.,]\d)?){_UNIT}(?:\s+\w+){{0,3}}?\s*(?:to|->|→|up to)\s*"
    rf"(?:like |about |over |nearly )?(\d{{1,3}}(?:[.,]\d)?){_UNIT}(?![\d:/%.,-]*\d)",
    re.I,
)
_LEVEL: Final = re.compile(
    r"\bpain(?:[\s,:]{1,3}(?:level|score|scale|rating|is|was|of|at|about|around|an?)){0,4}[\s,:]{1,3}(\d{1,2}(?:\.\d)?)\b(?!\s?(?:%|[a-z]))",
    re.I,
)
_SCALE: Final = re.compile(r"\b(\d{1,2}(?:\.\d)?)\s+on\s+(?:the|a)\s+(?:pain\s+)?scale\b", re.I)
_AGE: Final = (
    re.compile(r"(?<![\d.,])(\d{1,3})[\s-]*(?:years?|yrs?|y)[\s-]*(?:old|o)\b(?!\s*(?:shoe|pair|trainer|treadmill|injur))",
        re.I),
    re.compile(r"\b(?:i\s?['’]?\s?a?m|aged?|turn(?:ed|ing)?|she\s+is|he\s+is|she['’]s|he['’]s|just\s+hit)[\s:]+(?:now\s+|only\s+|just\s+|a\s+)?(\d{1,3})\b(?!\s*(?:[/%.]\s*\d|weeks?|wks?|days?|months?|k\b|km|mi|min|hours?|kg|lb|cm|feet|ft|out|pounds|stone|into|in\b))", re.I),  # noqa: E501
    re.compile(r"(?<![\w/'’])(?:[mf][\s/]?)(\d{2})(?![\w/])", re.I),
    re.compile(r"(?<![\w/.])(\d{2})\s?/?\s?(?:m|f|male|female)\b(?!\s*(?:run|race|split))", re.I),
    re.compile(r"(?<![\w/.])(\d{2})[\s-]+(?:year|yr)s?[\s,-]+(?:female|male|woman|man|girl|boy|runner)", re.I),
    re.compile(r"\b(?:daughter|son|kid|child|boy|girl)(?:\s(?:is|just\sturned)|,)?\s\(?(\d{1,2})\b(?!\s?(?:week|month|k\b))",
        re.I),
    re.compile(r"\bat\s+(\d{2})\s*(?:,|i\b)", re.I),
)  # fmt: skip
_DECADE: Final = re.compile(
    r"\b(?:i['’]?m|i am|now|currently|runner|man|woman|male|female)\s+(?:\w+\s+){0,2}?in\s+(?:my|his|her)\s+"
    r"(early\s+|mid[\s-]|middle\s+|late\s+)?(?:(twenties|thirties|forties|fifties|sixties|seventies|eighties)|([2-8]0)['’]?s)\b",
    re.I,
)
_DECADES: Final = {
    name: 20.0 + 10 * n
    for n, name in enumerate(("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"))
}
_IN_DECADE: Final = {"early": 2.0, "late": 8.0}  # years; in the middle where nothing more is said
_AGE_RANGE: Final = (5, 105)
_FEMALE: Final = re.compile(
    r"\b(?:female|woman|girl|(?:my|his|her)\s+(?:own\s+)?periods?|missed\s+periods?|menopaus\w+|pregnan\w+|postpartum|breastfeeding|mum of|mom of|mother of)\b|(?<![\w/'’])f[\s/]?\d{2}(?![\w/])|(?<![\w/.])\d{2}\s?/?\s?f\b",  # noqa: E501
    re.I,
)
_MALE: Final = re.compile(
    r"\b(?:male|(?:i['’]?m|i am|as)\s+a\s+(?:\S+\s+){0,3}?(?:man|guy|bloke|dad|boy)|year[\s-]old\s+(?:man|guy|boy|bloke)|dad of|father of|prostate)\b|(?<![\w/'’])m[\s/]?\d{2}(?![\w/])|(?<![\w/.])\d{2}\s?/?\s?m\b(?!\s*(?:run|race|split|intervals|reps))",  # noqa: E501
    re.I,
)


@dataclass(frozen=True, slots=True)
class Measure:
    value: float
    kind: str  # days, minutes, metres, metres_a_week
    first: int
    last: int
    certain: bool


class Quantities:
    def __init__(self, scope: Scope, on: date | None = None) -> None:
        """on: the day the text was written, for "since March" and "last Tuesday"."""
        self._scope, self._tokens, self._text = scope, scope.tokens, scope.text
        self.measures = list(self._measures())
        self._onsets = [Measure(days, "days", a, b, sure) for days, a, b, sure in onsets(self._tokens, on)]

    def _measures(self) -> list[Measure]:
        found: list[Measure] = []
        tokens = self._tokens
        for at, token in enumerate(tokens):
            unit = _UNITS.get(token.word)
            if token.word in _DAY_WORDS or (
                token.word in ("morning", "night") and word_at(tokens, at - 1) in ("this", "last")
            ):
                found.append(Measure(_DAY_WORDS.get(token.word, 0.0), "days", at, at, True))
                continue
            if unit is None or at == 0:
                continue
            kind, factor = unit
            back = at - 1
            if tokens[back].word in ("of", "more"):
                back -= 1
            halves = 0
            if token.word != "half" and word_at(tokens, back) == "half" and word_at(tokens, back - 1) in ("a", "and"):
                halves = 3 if word_at(tokens, back - 2) == "and" else 2  # "three and a half weeks"
                if back - halves >= 0 and tokens[back - halves].number is not None:
                    back -= halves
                else:
                    halves = 0
            number = tokens[back].number if back >= 0 else None
            if number is not None and halves:
                number += 0.5
            if number is not None and (word_at(tokens, back - 1) in ("to", "or") or self._joined(back)) and back >= 1:
                low = (
                    tokens[back - 2].number
                    if word_at(tokens, back - 1) in ("to", "or") and back >= 2
                    else tokens[back - 1].number
                )
                number = (low + number) / 2 if low is not None and low < number else number
            certain = number is not None
            if number is None and back >= 0:
                number = _VAGUE_COUNT.get(tokens[back].word)
                certain = tokens[back].word not in ("several",) and number is not None
            if (
                number is None
                and kind == "days"
                and token.word in _VAGUE_DAYS
                and word_at(tokens, back) in ("for", "over", "many")
            ):
                number = _VAGUE_DAYS[token.word] / factor
            if number is None and kind == "metres" and at + 1 < len(tokens) and tokens[at + 1].number is not None:
                number, certain = tokens[at + 1].number, True  # "mile 3"
                found.append(Measure((number or 0.0) * factor, kind, at, at + 1, True))
                continue
            if number is None or number > 100_000:
                continue
            if (
                kind == "metres"
                and word_at(tokens, at + 1) in ("per", "a", "each", "weekly")
                and (word_at(tokens, at + 2) in ("week", "wk") or word_at(tokens, at + 1) == "weekly")
            ):
                kind = "metres_a_week"
            found.append(Measure(number * factor, kind, back, at, certain))
        return found

    def _joined(self, at: int) -> bool:
        """Two numbers with only a dash between: a range."""
        if at < 1 or self._tokens[at - 1].number is None:
            return False
        return self._text[self._tokens[at - 1].end : self._tokens[at].start].strip() in ("-", "–")

    def _quantity(self, value: float, first: int, last: int, certain: bool = True) -> Quantity:
        span = Span(self._tokens[first].start, self._tokens[last].end)
        return Quantity(value, span, self._text[span.start : span.end], certain)

    def _counts(self, first: int) -> bool:
        return self._scope.voices[first] not in (Voice.ANIMAL, Voice.HEARSAY, Voice.HYPOTHETICAL)

    # ---- what the numbers are about

    def duration_days(self) -> Quantity | None:
        """How long the complaint has lasted: the best-placed stretch of time; rest, races and plans do not count."""
        tokens, by_class = self._tokens, self._scope.by_class
        hurts = {tokens[a].clause for n in ("hurt", "began", "happened") for a, _ in by_class.get(n, ())}
        best: tuple[float, Measure] | None = None
        for m in (*self.measures, *self._onsets):
            if m.kind != "days" or not self._counts(m.first):
                continue
            score = self._standing(m, hurts)
            if score >= 1.5 and (best is None or score > best[0]):
                best = (score, m)
        if best is None:
            return None
        m = self._and_a_half(best[1])
        return self._quantity(m.value, m.first, m.last, m.certain)

    def _standing(self, m: Measure, hurts: set[int]) -> float:
        """How likely a stretch of days is the age of the complaint."""
        tokens, by_class = self._tokens, self._scope.by_class
        clause = tokens[m.first].clause
        before = {tokens[i].word for i in range(max(0, m.first - 3), m.first) if tokens[i].clause == clause}
        after = [t.word for t in tokens[m.last + 1 : m.last + 3] if t.clause == clause]
        score = 0.0
        lasts = before & _LASTS or tokens[m.first].word in _LASTS
        score += 2 * bool(lasts) + 2.5 * bool(after[:1] and after[0] in _AGO)
        score += 2 * (tokens[m.first].clause in hurts) + (after[:1] == ["now"])
        score += 2 * self._alone(m)
        score += 1.5 * (after[:1] == ["of"] and bool(self._scope.near("hurt", m.last + 2, m.last + 3)))
        a_day = tokens[m.first].word in _DAY_WORDS or tokens[m.last].word in ("morning", "night", *WEEKDAYS)
        if a_day:
            begins = {tokens[a].clause for n in ("began", "happened") for a, _ in by_class.get(n, ())}
            begins |= {clause - 1 for clause in begins}  # "Club race last Saturday. Something tore"
            score = 0.5 * ("since" in before) + 1.8 * ("since" in before or tokens[m.first].clause in begins)
        score -= 4 * any(
            tokens[a].clause == tokens[m.first].clause for a, _ in self._scope.near("off", m.last - 6, m.last + 3)
        )
        score -= 5 * (after[:1] == ["old"] or "in" in before or "every" in before or "per" in before or "old" in after)
        score -= 4 * (m.value <= 1 and "for" in before and not a_day)  # "then it's sore for a day"
        score -= 4 * (tokens[m.first].word == "this" and tokens[m.first - 1].word in ("time", "times", "again"))
        since = after[:1] == ["later"] and bool(_PRESENT & {t.word for t in tokens[m.last + 2 : m.last + 5]})
        score += 2 * since  # "three days later it is swollen"
        score -= 4 * (after[:1] in (["after"], ["before"], ["later"], ["apart"], ["into"]) and not since)
        again = any(t.word == "same" for t in tokens[max(0, m.first - 6) : m.first])  # "the same thing a year ago"
        score -= 3 * (self._scope.voices[m.first] is Voice.PAST and again)
        return score - 3 * (self._scope.voices[m.first] in (Voice.OTHER,)) - 0.5 * (not m.certain)

    def _alone(self, m: Measure) -> bool:
        """ "10 days.", "Three weeks so far": a statement that is nothing but the stretch of time."""
        tokens = self._tokens
        segment = tokens[m.first].segment
        at = m.first
        while at > 0 and tokens[at - 1].segment == segment:
            at -= 1
        while at < len(tokens) and tokens[at].segment == segment:
            if not m.first <= at <= m.last and tokens[at].word not in SO_FAR:
                return False
            at += 1
        return True

    def _and_a_half(self, m: Measure) -> Measure:
        """ "a week and a half", "a year and a bit"."""
        words = [word_at(self._tokens, i) for i in range(m.last + 1, m.last + 4)]
        unit = _UNITS.get(self._tokens[m.last].word)
        if words[:1] != ["and"] or unit is None:
            return m
        size = 2 if words[1:2] and words[1] in ("half", "bit") else 3 if words[1:2] == ["a"] else 0
        part = {"half": 0.5, "bit": 0.2}.get(words[size - 1] if size else "", 0.0)
        return replace(m, value=m.value + part * unit[1], last=m.last + size) if part else m

    def onset_in_run(self, kind: str) -> Quantity | None:
        """Distance (kind "metres") or time ("minutes") in the run at which it begins."""
        tokens, rise = self._tokens, self.distance_rise()
        for m in self.measures:
            if m.kind != kind or not self._counts(m.first):
                continue
            if rise is not None and rise.start <= tokens[m.first].start < rise.end:
                continue
            following = [tokens[i].word for i in range(m.last + 1, min(len(tokens), m.last + 4))]
            before = [tokens[i].word for i in range(max(0, m.first - 3), m.first)]
            if (
                (following[:1] and following[0] in _NOT_AN_ONSET)
                or "ago" in following
                or m.value <= 0
                or "from" in before[-3:-1]
            ):
                continue
            into = (
                following[:1] in (["in"], ["into"])
                or "mark" in following[:2]
                or (tokens[m.first].word in _UNITS and bool((_AT | {"about", "from"}) & set(before)))
            )
            if _EASES & {tokens[i].stem for i in range(max(0, m.first - 5), m.first)}:
                continue  # "warms up after a mile"
            article = bool(before) and before[-1] in ("a", "an", "my", "the", "long")
            timed = kind == "metres" or any(w in ("run", "running", "jog", "in", "into") for w in following)
            if kind == "minutes" and not (into or _near_run(tokens, m)):
                continue
            if into or (bool(_AT & set(before)) and timed and not article) or (kind == "minutes" and "after" in before):
                if "stop" in following or "stopping" in following or "finish" in following or "finishing" in following:
                    continue
                if kind == "metres" and m.value > 100_000:
                    continue
                return self._quantity(m.value, m.first, m.last, m.certain)
        return None

    def stiffness_min(self) -> Quantity | None:
        """Minutes that morning stiffness lasts: minutes in a clause that speaks of morning or stiffness."""
        tokens = self._tokens
        morning = {tokens[a].clause for a, _ in self._scope.by_class.get("morning", ())}
        for m in self.measures:
            sat = {t.word for t in tokens[max(0, m.first - 3) : m.first]} & {"sitting", "sit", "sat", "driving", "desk"}
            if m.kind == "minutes" and tokens[m.first].clause in morning and self._counts(m.first) and not sat:
                return self._quantity(m.value, m.first, m.last, m.certain)
        return None

    def weekly_distances(self) -> list[Quantity]:
        """Every weekly distance that was said, in metres, in order; "from 20 to 45 mpw" gives both."""
        tokens, found = self._tokens, list[Quantity]()
        for m in self.measures:
            if m.kind != "metres_a_week" or not self._counts(m.first):
                continue
            factor = _UNITS[tokens[m.last].word][1] if tokens[m.last].word in _UNITS else 1.0
            top = tokens[m.first].number
            if word_at(tokens, m.first - 1) == "to" and m.first >= 2:
                low = next(
                    (tokens[i] for i in range(m.first - 2, max(-1, m.first - 5), -1) if tokens[i].number is not None),
                    None,
                )
                if low is not None and low.number is not None and top is not None:
                    found.append(self._quantity(low.number * factor, m.first - 2, m.first - 2))
                    found.append(self._quantity(top * factor, m.first, m.last))
                    continue
            found.append(self._quantity(m.value, m.first, m.last))
        return found

    def distance_rise(self) -> Span | None:
        """ "from 25 km to 45", "30 km to 70 km in six weeks": by a third or more, and no pace, date or score."""
        for match in _RISE.finditer(self._text):
            low, high = float(match[1].replace(",", ".")), float(match[3].replace(",", "."))
            unit = (match[2] or match[4] or "").strip()
            if unit and low >= 3 and 1.3 <= high / low <= 8 and high <= 300 and self._own(match.start()):
                return Span(match.start(), match.end())
        return None

    def pain_score(self) -> Quantity | None:
        """The highest pain out of ten that was said; dates and effort ratings do not count."""
        found: list[tuple[float, int, int]] = []
        for pattern in (_TEN, _TEN_WORDS, _SCALE, _LEVEL):
            for match in pattern.finditer(self._text):
                near = self._text[max(0, match.start() - 24) : match.start()].lower()
                if any(w in near for w in ("rpe", "effort", "mood", "sleep", "shape", "fitness")):
                    continue
                values = [_number(g) for g in match.groups() if g]
                if values and max(values) <= 10 and self._own(match.start()):
                    found.append((max(values), match.start(), match.end()))
        if not found:
            return None
        value, start, end = max(found, key=lambda f: (f[0], -f[1]))
        return Quantity(value, Span(start, end), self._text[start:end])

    def age(self) -> float | None:
        """Age in years where the text states one between 5 and 105."""
        for pattern in _AGE:
            for match in pattern.finditer(self._text):
                value = float(match[1])
                if _AGE_RANGE[0] <= value <= _AGE_RANGE[1] and self._own(match.start(), other=True):
                    return value
        for match in _DECADE.finditer(self._text):
            if self._own(match.start(), other=True):
                start = _DECADES[match[2].lower()] if match[2] else float(match[3])
                return start + _IN_DECADE.get((match[1] or "").strip(" -").lower(), 5.0)
        return None

    def sex(self, *, other: bool) -> str | None:
        female = any(self._own(m.start(), other=other) for m in _FEMALE.finditer(self._text))
        male = any(self._own(m.start(), other=other) for m in _MALE.finditer(self._text))
        if other and not female and not male:
            words = {t.word for t in self._tokens}
            female, male = (
                bool(words & {"she", "her", "daughter", "wife"}),
                bool(words & {"he", "his", "son", "husband"}),
            )
        return None if female == male else "female" if female else "male"

    def _own(self, at: int, *, other: bool = False) -> bool:
        """The character `at` stands in the runner's own story."""
        low, high = 0, len(self._tokens)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._tokens[middle].end <= at else (low, middle)
        if low >= len(self._tokens):
            return True
        voice = self._scope.voices[low]
        return voice in (Voice.SELF, Voice.PAST, Voice.EARLIER) or (other and voice is Voice.OTHER)


def _near_run(tokens: list[Token], m: Measure) -> bool:
    words = {
        tokens[i].word
        for i in range(max(0, m.first - 8), min(len(tokens), m.last + 6))
        if tokens[i].clause == tokens[m.first].clause
    }
    return bool(words & {"run", "runs", "running", "jog", "jogging", "ran"})


def _number(text: str) -> float:
    from niggle.language.tokens import NUMBER_WORDS

    return NUMBER_WORDS[text.lower()] if text.lower() in NUMBER_WORDS else float(text)
