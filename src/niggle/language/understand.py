"""A runner's own words to findings, places, numbers and guesses, each with the span it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from typing import Final

from niggle.core.body import SITES
from niggle.core.outcomes import NotEnoughInformation, OutsideScope
from niggle.core.units import km_from_m
from niggle.language.compose import composed
from niggle.language.lexicon import Lexicon, regions_of
from niggle.language.matching import Hit, class_hits, phrase_hits
from niggle.language.places import PlacesFound, find_places
from niggle.language.quantities import Quantities
from niggle.language.scope import Scope, Voice
from niggle.language.settle import settled
from niggle.language.shapes import Found, Guess, Place, Quantity, Span, Understanding, Why
from niggle.language.tokens import Token, stem, tokenise
from niggle.language.tongue import language
from niggle.language.triggers import Triggers

_COURSE: Final = frozenset({"getting_worse"})
_HOLDS: Final = frozenset({"bulge_stuck", "fainted"})  # "it always slipped back; now it won't": the danger holds
_WISHES: Final = frozenset({"self_harm"})  # "I don't want to be here any more" is no supposition
_PART: Final = re.compile(
    r"\b(legs?|calf|calves|knees?|ankles?|foot|feet|toes?|thighs?|hips?|joints?|groin|hernia)\b", re.IGNORECASE
)
_POINTED: Final = frozenset({"bone_spot_tender", "one_finger", "tap_pain", "tendon_tender", "malleolus_tender"})
_LONGEST_HIT: Final = 40  # words that one phrase can span
MOST_CHARACTERS: Final = 20_000  # of a story that are read; more is said to be too long

_Statement = tuple[bool | None, Span]


def understand(text: str, lexicon: Lexicon, *, age: float | None = None, on: date | None = None) -> Understanding:
    """Everything that `text` says. `age` in years, when known from elsewhere, wins over the text. No text raises.

    on: the day it was written, which "since March" and "last Tuesday" are counted from.
    """
    read = text[:MOST_CHARACTERS]
    if not any(c.isalnum() for c in read):
        return Understanding(age=age, problem=NotEnoughInformation(("text",)))
    tokens = tokenise(read, lexicon.same, lexicon.breakers)
    tongue = language(read, tokens, lexicon.languages)
    if not tokens or tongue != "en":
        return Understanding(age=age, language=tongue, problem=OutsideScope("another_language"))
    _spell(tokens, lexicon)
    classes = class_hits(tokens, lexicon)
    hits = phrase_hits(tokens, lexicon, classes)
    scope = Scope(read, tokens, classes, lexicon)
    return _Reader(read, tokens, hits, scope, lexicon).story(age, on, too_long=len(text) > MOST_CHARACTERS)


def _spell(tokens: list[Token], lexicon: Lexicon) -> None:
    corrected: dict[str, str | None] = {}
    for token in tokens:
        if token.number is None and token.word not in corrected:
            corrected[token.word] = lexicon.speller.correct(token.word)
        right = corrected.get(token.word)
        if right is not None:
            token.stem = stem(right, lexicon.same)


class _Reader:
    def __init__(self, text: str, tokens: list[Token], hits: list[Hit], scope: Scope, lexicon: Lexicon) -> None:
        self.text, self.tokens, self.hits, self.scope, self.lexicon = text, tokens, hits, scope, lexicon
        self.guess_ranges = self._guess_ranges()
        self.not_counted: list[tuple[str, Span]] = []
        self.others: dict[str, list[_Statement]] = {}
        self.covered: set[int] = set()  # sentences of which something was understood

    def story(self, age: float | None, on: date | None, *, too_long: bool) -> Understanding:
        said = self._statements()
        places = find_places(self.scope, self.hits, self.lexicon, [(h.first, h.last) for h in self.guess_ranges])
        about = "self"
        if self._told_of_another(said, places):
            about = "other"
            for name, statements in self.others.items():
                said.setdefault(name, []).extend(statements)
            self.others = {}
            places = PlacesFound(places.other + places.there, places.not_there, ())
        self.not_counted += [(k, s) for k, entries in self.others.items() for _, s in entries]
        regions = regions_of(s for p in places.there for s in p.sites)
        findings = [
            self._found(k, v)
            for k, v in said.items()
            if k not in self.lexicon.at
            or self.lexicon.at[k] & regions
            or (not regions and (k in self.lexicon.triggers or self._names_its_place(v)))
        ]
        numbers = Quantities(self.scope, on)
        duration, score = numbers.duration_days(), numbers.pain_score()
        distance, minutes = numbers.onset_in_run("metres"), numbers.onset_in_run("minutes")
        stiffness, weekly = numbers.stiffness_min(), numbers.weekly_distances()
        if stiffness is not None and minutes is not None and stiffness.span == minutes.span:
            minutes = None
        places = replace(places, there=self._pointed_at(findings, places.there))
        known = {f.finding for f in findings}
        rise = numbers.distance_rise()
        if rise is not None and "mileage_jump" not in known:
            known.add("mileage_jump")
            findings.append(Found("mileage_jump", True, (rise,), (self.text[rise.start : rise.end],), True, Why.STATED))
        findings += _numbers_found(known, duration, score, stiffness, distance, minutes, weekly)
        sure = frozenset(s for p in places.there for s in p.sites if p.certain)
        findings = settled(findings, sure, duration.value if duration is not None else None, self.text)
        joined = composed(findings, sure)
        findings = [f for f in findings if f.finding not in {j.finding for j in joined}] + joined
        findings.sort(key=lambda f: (f.span, f.finding))
        for f in findings:
            self._cover(*f.spans)
        for p in (*places.there, *places.not_there):
            self._cover(*p.spans)
        guesses = self._guesses()
        result = Understanding(
            findings=tuple(findings),
            sites=places.there,
            not_there=places.not_there,
            guesses=guesses,
            age=age if age is not None else numbers.age(),
            sex=numbers.sex(other=about == "other"),
            duration_days=duration,
            pain_score=score,
            distance_m=distance,
            run_minutes=minutes,
            stiffness_min=stiffness,
            weekly_distance_m=weekly[-1] if weekly else None,
            about=about,
            not_counted=tuple(sorted(set(self.not_counted), key=lambda x: (x[1], x[0]))),
            leftovers=self._leftovers(),
            problem=self._problem(findings, places.there, guesses, too_long),
        )
        return result

    # ---- statements

    def _statements(self) -> dict[str, list[_Statement]]:
        said: dict[str, list[_Statement]] = {}
        triggers = Triggers(self.scope)
        inside_guess = {i for h in self.guess_ranges for i in range(h.first, h.last + 1)}
        masks: dict[str, list[Hit]] = {}
        for h in self.hits:
            if h.kind == "mask":
                masks.setdefault(h.target, []).append(h)
        stated = [
            h
            for h in self.hits
            if h.kind in ("says", "denies", "when") and not any(_masks(m, h) for m in _near(masks.get(h.target, []), h))
        ]
        refuted: dict[str, list[Hit]] = {}
        longer: dict[tuple[str, str], list[Hit]] = {}
        for h in stated:
            if h.kind == "denies":
                refuted.setdefault(h.target, []).append(h)
            longer.setdefault((h.kind, h.target), []).append(h)
        for hit in stated:
            if hit.kind != "denies" and any(
                _overlaps(hit, n) and n.size >= hit.size for n in _near(refuted.get(hit.target, []), hit)
            ):
                continue
            if hit.kind == "denies" and any(
                _contains(y, hit) and y.size > hit.size for y in longer.get(("says", hit.target), ())
            ):
                continue
            if any(
                o is not hit and _contains(o, hit) and o.size > hit.size
                for o in _near(longer[hit.kind, hit.target], hit)
            ):
                continue
            if hit.kind == "when" and any(_contains(y, hit) for y in _near(longer.get(("says", hit.target), []), hit)):
                continue
            cells = {i for a, b in hit.pieces for i in range(a, b + 1)}
            if cells <= inside_guess and hit.target not in self.lexicon.history | self.lexicon.events:
                continue
            first, last = hit.first, hit.last
            if hit.kind == "when":
                verdict = triggers.judge(hit)
                if verdict is None:
                    continue
                value, first, last = verdict.value, verdict.first, verdict.last
            else:
                value = self.scope.polarity(hit)
                if hit.kind == "denies":
                    if not hit.negative and self.scope.negated(hit.first):
                        continue  # "could not walk home" is no denial of a leg that cannot walk
                    value = None if value is None else False
            span = Span(self.tokens[first].start, self.tokens[last].end)
            voice = self.scope.voice(hit)
            if voice is Voice.OTHER:
                self.others.setdefault(hit.target, []).append((value, span))
            elif (
                voice is Voice.SELF
                or (voice is Voice.PAST and hit.target in self.lexicon.history)
                or (voice is Voice.HYPOTHETICAL and hit.target in _WISHES)
            ):
                said.setdefault(hit.target, []).append((value, span))
            else:
                self.not_counted.append((hit.target, span))
        return said

    def _names_its_place(self, statements: list[_Statement]) -> bool:
        """ "my whole leg is swollen": no place of the body map, and one all the same."""
        return any(_PART.search(self.text[s.start : s.end]) for _, s in statements)

    def _found(self, finding: str, statements: list[_Statement]) -> Found:
        """One finding from all that was said of it; said and denied is a contradiction and leaves it unknown."""
        sure = {v for v, _ in statements if v is not None}
        if len(sure) == 2 and finding in _COURSE:  # "it improved; then it got a lot worse": what was said last holds
            value, last = max(((v, s) for v, s in statements if v is not None), key=lambda said: said[1])
            why, spans = (Why.STATED if value else Why.DENIED), [last]
        elif len(sure) == 2 and finding in _HOLDS:
            value, why, spans = True, Why.STATED, [s for v, s in statements if v]
        elif len(sure) == 2:
            value, why, spans = None, Why.CONTRADICTION, [s for v, s in statements if v is not None]
        elif sure:
            value = sure.pop()
            why, spans = (Why.STATED if value else Why.DENIED), [s for v, s in statements if v is not None]
            if not value and any(self.scope.used_to(i) for i in self._tokens_at(spans[0])):
                why = Why.PAST
        else:
            value, why, spans = None, Why.UNSURE, [s for _, s in statements]
        spans = sorted(set(spans))
        words = tuple(self.text[s.start : s.end] for s in spans)
        return Found(finding, value, tuple(spans), words, value is not None, why)

    def _pointed_at(self, findings: list[Found], there: tuple[Place, ...]) -> tuple[Place, ...]:
        """Where one place is named as the spot that is sore to press, its neighbours are not the complaint."""
        spots = [s for f in findings if f.finding in _POINTED and f.value is True for s in f.spans]
        clauses = {self.tokens[i].clause for s in spots for i in self._tokens_at(s)}
        exact = [
            p for p in there
            if p.certain and len(p.sites) == 1 and any(self.tokens[i].clause in clauses
                                                       for s in p.spans for i in self._tokens_at(s))
        ]  # fmt: skip
        if len({p.sites for p in exact}) != 1:
            return there
        region = SITES[exact[0].sites[0]].region
        return tuple(
            replace(p, certain=False)
            if p.sites != exact[0].sites and p.certain and any(SITES[s].region is region for s in p.sites)
            else p
            for p in there
        )

    def _tokens_at(self, span: Span) -> list[int]:
        return [i for i, t in enumerate(self.tokens) if t.start >= span.start and t.end <= span.end][:1]

    def _told_of_another(self, said: dict[str, list[_Statement]], places: PlacesFound) -> bool:
        own = {k for k in said if k not in self.lexicon.history}
        if not (self.others or places.other):
            return False
        return not (own or places.there) or not self.scope.first_person()

    # ---- guesses

    def _guess_ranges(self) -> list[Hit]:
        kept: list[Hit] = []
        for hit in sorted((h for h in self.hits if h.kind == "guess"), key=lambda h: (-h.size, h.first)):
            if not any(_overlaps(hit, k) for k in kept):
                kept.append(hit)
        return sorted(kept, key=lambda h: h.first)

    def _guesses(self) -> tuple[Guess, ...]:
        result: list[Guess] = []
        clinicians = self.scope.by_class.get("clinician", ())
        for hit in self.guess_ranges:
            voice = self.scope.voice(hit)
            sentence = self.tokens[hit.first].sentence
            by = (
                "clinician"
                if any(self.tokens[a].sentence == sentence and a < hit.first for a, _ in clinicians)
                else "runner"
            )
            if voice in (Voice.HEARSAY, Voice.OTHER, Voice.ANIMAL):
                by = "hearsay"
            past = voice is Voice.PAST or self.scope.used_to(hit.first)
            span = Span(self.tokens[hit.first].start, self.tokens[hit.last].end)
            denied = self.scope.negated(hit.first) or self.scope.listed(hit.first, hit.last)
            result.append(Guess(hit.target, by, denied, past, span, self.text[span.start : span.end]))
            self._cover(span)
        return tuple(result)

    # ---- what is left

    def _cover(self, *spans: Span) -> None:
        for span in spans:
            low, high = 0, len(self.tokens)
            while low < high:
                middle = (low + high) // 2
                low, high = (middle + 1, high) if self.tokens[middle].end <= span.start else (low, middle)
            while low < len(self.tokens) and self.tokens[low].start < span.end:
                self.covered.add(self.tokens[low].sentence)
                low += 1

    def _leftovers(self) -> tuple[Span, ...]:
        bounds: dict[int, tuple[int, int]] = {}
        for token in self.tokens:
            start, _ = bounds.get(token.sentence, (token.start, 0))
            bounds[token.sentence] = (start, token.end)
        return tuple(Span(a, b) for sentence, (a, b) in bounds.items() if sentence not in self.covered)

    def _problem(
        self, findings: list[Found], there: tuple[Place, ...], guesses: tuple[Guess, ...], too_long: bool
    ) -> OutsideScope | NotEnoughInformation | None:
        if too_long:
            return OutsideScope("text_too_long")
        if findings or there or guesses:
            return None
        if Voice.ANIMAL in self.scope.voices:
            return OutsideScope("animal")
        return NotEnoughInformation(("complaint",))


def _near(hits: list[Hit], hit: Hit) -> list[Hit]:
    """Of hits in order of their first word those that may touch `hit`."""
    low = bisect_left(hits, hit.first - _LONGEST_HIT, key=lambda h: h.first)
    return hits[low : bisect_left(hits, hit.last + 1, key=lambda h: h.first)]


def _masks(mask: Hit, hit: Hit) -> bool:
    """A mask as long as the phrase, or one that takes an end of a phrase with a gap: "soles .. feel bruised"."""
    if not _overlaps(mask, hit):
        return False
    ends = mask.first <= hit.first <= mask.last or mask.first <= hit.last <= mask.last
    return mask.size >= hit.size or (hit.size > 3 and ends)


def _overlaps(a: Hit, b: Hit) -> bool:
    return a.first <= b.last and b.first <= a.last


def _contains(outer: Hit, inner: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _numbers_found(
    known: set[str], duration: Quantity | None, score: Quantity | None, stiffness: Quantity | None,
    distance: Quantity | None, minutes: Quantity | None, weekly: list[Quantity],
) -> list[Found]:  # fmt: skip
    def number(name: str, q: Quantity, value: float | bool) -> Found:
        return Found(name, value, (q.span,), (q.words,), q.certain, Why.STATED)

    found: list[Found] = []
    if duration is not None:
        found.append(number("symptom_days", duration, duration.value))
    if score is not None:
        found.append(number("pain_max", score, score.value))
    if stiffness is not None:
        found.append(number("stiffness_min", stiffness, stiffness.value))
    if distance is not None:
        found.append(number("onset_km", distance, round(km_from_m(distance.value), 3)))
    for onset in (distance, minutes):
        if onset is not None and "after_a_distance" not in known:
            known.add("after_a_distance")
            found.append(number("after_a_distance", onset, True))
    if len(weekly) > 1 and weekly[-1].value > 1.1 * weekly[0].value and "mileage_jump" not in known:
        found.append(number("mileage_jump", weekly[-1], True))
    return found
