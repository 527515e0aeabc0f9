"""Whether something said holds: negation and its reach, doubt, questions, other people's stories, the past.

Works on token positions. Every table is a class of the lexicon; this file only knows how far each of them reaches.
"""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from typing import Final

from niggle.language.lexicon import NEGATORS, Lexicon
from niggle.language.matching import Classes, Hit
from niggle.language.tokens import Token

_REACH_HARD_WORDS: Final = 5  # from a "not" to what it denies, little words not counted
_LIST_REACH: Final = 16  # from a "no" to the last item of its list
_ENDS_NEGATION: Final = frozenset(
    {"i", "it", "because", "which", "now", "still", "then", "only", "when", "if", "since", "after", "until",
     "so", "where", "and", "yet", "plus", "also", "he", "she", "they"}
)  # fmt: skip
_ENDS_WIDE: Final = frozenset(["because", "which", "now", "then", "only", "so", "yet", "plus"])
_ENDS_LIST: Final = frozenset({"i", "because", "now", "still", "he", "she", "today", "yesterday", "then", "since"})
_OWN: Final = frozenset({"i", "me", "mine", "we", "my"})
_OTHERS: Final = frozenset({"he", "she", "his", "her", "him"})
_WITH: Final = frozenset({"with", "to", "than", "by", "from", "over", "for"})
_AFTER_GONE: Final = frozenset({"after", "in", "within", "by", "once", "when", "as", "during", "if", "until"})
_GONE_WHERE: Final = frozenset(  # "the red has gone past the line", "gone up my leg", "gone purple": it is there
    {"past", "over", "up", "from", "beyond", "across", "round", "around",
     "purple", "blue", "black", "yellow", "green", "dark", "red", "white", "hard", "solid", "numb", "cold", "worse",
     "dead", "stiff", "hot", "right", "further", "straight", "bigger"}
)  # fmt: skip
_ASKS: Final = frozenset({"could", "might", "is", "does", "would", "will", "can", "may", "are"})
_ABOUT: Final = frozenset({"maybe", "perhaps", "possibly"})
_ANSWERS_NO: Final = frozenset({"no", "none", "nope", "nil", "negative", "never", "not"})


def _participle(word: str) -> bool:
    return word.endswith("ed") or word in ("stuck", "caught", "gone", "given", "swollen", "locked")


class Voice(StrEnum):
    SELF = "self"
    OTHER = "other"
    ANIMAL = "animal"
    HEARSAY = "hearsay"
    HYPOTHETICAL = "hypothetical"
    PAST = "past"
    EARLIER = "earlier"


class Scope:
    def __init__(self, text: str, tokens: list[Token], classes: Classes, lexicon: Lexicon) -> None:
        self.text, self.tokens, self.lexicon = text, tokens, lexicon
        self.by_class: dict[str, list[tuple[int, int]]] = {}
        for first, entries in classes.items():
            for name, last in entries:
                self.by_class.setdefault(name, []).append((first, last))
        for spans in self.by_class.values():
            spans.sort()
        shields = self.by_class.get("not_no", [])
        shielded = {i for a, b in shields for i in range(a, b + 1)}
        self._ends_of: dict[str, dict[int, int]] = {}  # class -> last token -> first token
        for name in ("no", "no_wide", "list_no", "unsure", "used_to"):
            spans = self.by_class.get(name, [])
            # "no idea if" is doubt although "no idea" denies nothing; "not sure why" is neither
            whole = {a for a, b in spans if any(s == a and e < b for s, e in shields)} if name == "unsure" else set()
            self._ends_of[name] = {b: a for a, b in spans if name == "used_to" or a in whole or a not in shielded}
        self.voices = self._voices()
        self._questions = self._asked()
        self._doubts: dict[int, list[tuple[int, int]]] = {}  # token -> the phrases of doubt that reach it
        self._unsure = self._doubted()

    def near(self, name: str, low: int, high: int) -> list[tuple[int, int]]:
        """The phrases of a class that begin from token `low` to token `high`, both inclusive."""
        spans = self.by_class.get(name, [])
        return spans[bisect_left(spans, (low, -1)) : bisect_left(spans, (high + 1, -1))]

    # ---- voices: whose story, which time

    def _voices(self) -> list[Voice]:
        tokens, voices = self.tokens, [Voice.SELF] * len(self.tokens)
        self._animals(voices)
        self._kin(voices)
        for name, voice, whole in (
            ("hearsay", Voice.HEARSAY, False), ("hypothetical", Voice.HYPOTHETICAL, False), ("past", Voice.PAST, True),
        ):  # fmt: skip
            current = {tokens[a].clause for n in ("began", "now") for a, _ in self.by_class.get(n, ())}
            for first, _ in self.by_class.get(name, ()):
                clause = tokens[first].clause
                if voice is Voice.PAST and (clause in current or self._until_now(first)):
                    continue
                if voice is Voice.HEARSAY and self._said_of_me(first):
                    continue
                start = first
                while whole and start > 0 and tokens[start - 1].clause == clause:
                    start -= 1
                until = None
                if whole:  # "a fracture two years ago in that shin, same feeling again": the past ends at the comma
                    until = first
                    while until < len(tokens) and tokens[until].segment == tokens[first].segment:
                        until += 1
                self._fill(voices, start, clause, voice, until=until)
        last_now = max((a for a, _ in self.by_class.get("now", ())), default=-1)
        for first, _ in self.by_class.get("at_first", ()):
            if first < last_now:
                self._fill(voices, first, tokens[first].clause, Voice.EARLIER, until=last_now)
        return voices

    def _until_now(self, first: int) -> bool:
        """ "for the last year or so" is today's story too."""
        before = [t.word for t in self.tokens[max(0, first - 3) : first] if t.clause == self.tokens[first].clause]
        return bool({"for", "over", "since", "during", "throughout"} & set(before))

    def _said_of_me(self, first: int) -> bool:
        """ "everyone says I was talking nonsense": told by others, and about the runner herself."""
        words = [t.word for t in self.tokens[first : first + 5]]
        said = next((n for n, w in enumerate(words) if w in ("say", "says", "said", "tell", "told")), None)
        return said is not None and bool(_OWN & set(words[said + 1 : said + 3]))

    def _fill(self, voices: list[Voice], start: int, clause: int, voice: Voice, until: int | None = None) -> None:
        at = start
        while at < len(voices) and self.tokens[at].clause == clause and (until is None or at < until):
            if voices[at] is Voice.SELF:
                voices[at] = voice
            at += 1

    def _animals(self, voices: list[Voice]) -> None:
        hurts = {a for a, _ in self.by_class.get("suffers", ())}
        for first, last in self.by_class.get("animal", ()):
            near = range(last + 1, min(last + 5, len(self.tokens)))
            if any(i in hurts for i in near) and not any(self.tokens[i].word in _OWN for i in near):
                sentence, at = self.tokens[first].sentence, first
                while at < len(voices) and self.tokens[at].sentence == sentence:
                    voices[at] = Voice.ANIMAL
                    at += 1

    def _kin(self, voices: list[Voice]) -> None:
        tokens = self.tokens
        speaks = {a for a, _ in self.by_class.get("says", ())}
        others: set[int] = set()  # sentences told of somebody else
        for first, last in self.by_class.get("kin", ()):
            before = [tokens[i].word for i in range(max(0, first - 2), first)]
            if any(i in speaks for i in range(last + 1, last + 4)) or _WITH.intersection(before):
                continue
            if any(t.word == "me" and t.clause == tokens[last].clause for t in tokens[last + 2 : last + 5]):
                continue  # "my partner had hit me", "my husband drove me home": what happened to the writer
            at, sentence = first, tokens[first].sentence
            while at < len(voices) and tokens[at].sentence == sentence and not (at > last and tokens[at].word in _OWN):
                voices[at] = Voice.OTHER
                at += 1
            others.add(sentence)
        words: dict[int, set[str]] = {}
        for token in tokens if others else ():
            words.setdefault(token.sentence, set()).add(token.word)
        for sentence in sorted(words):
            if sentence - 1 in others and words[sentence] & _OTHERS and not words[sentence] & _OWN:
                others.add(sentence)
                for at, token in enumerate(tokens):
                    if token.sentence == sentence:
                        voices[at] = Voice.OTHER

    def first_person(self) -> bool:
        """The writer speaks of herself somewhere; "my daughter" and "my dog" alone do not count."""
        owned = {at for n in ("kin", "animal") for a, _ in self.by_class.get(n, ()) for at in range(max(0, a - 5), a)}
        return any(
            t.word in ("i", "me", "mine") or (t.word == "my" and at not in owned)
            for at, t in enumerate(self.tokens)
            if self.voices[at] in (Voice.SELF, Voice.PAST, Voice.EARLIER)
        )

    # ---- negation

    def negated(self, first: int) -> bool:
        """A negator before token `first` reaches it."""
        tokens, soft = self.tokens, self.lexicon.soft
        hard = 0
        boundary = wide_boundary = False
        near, wide = self._ends_of["no"], self._ends_of["no_wide"]
        for at in range(first - 1, max(-1, first - 14), -1):
            token = tokens[at]
            if token.clause != tokens[first].clause or token.segment != tokens[first].segment:
                break
            if at in wide and not wide_boundary and hard <= _REACH_HARD_WORDS:
                return True
            if at in near and not boundary and hard <= _REACH_HARD_WORDS:
                return not (token.word == "without" and self._not_without(at))
            boundary = boundary or token.word in _ENDS_NEGATION
            wide_boundary = wide_boundary or token.word in _ENDS_WIDE
            hard += token.stem not in soft
        return False

    def _not_without(self, at: int) -> bool:
        """ "can't walk without limping": the limp is there."""
        tokens = self.tokens
        return any(
            tokens[i].word == "not" and tokens[i].segment == tokens[at].segment for i in range(max(0, at - 7), at)
        )

    def listed(self, first: int, last: int) -> bool:
        """Part of a list that a "no" or "without" opened: "no swelling, bruising or numbness"."""
        tokens = self.tokens
        segment, clause = tokens[first].segment, tokens[first].clause
        start = first
        while start > 0 and tokens[start - 1].segment == segment:
            start -= 1
            if tokens[start].word in ("or", "nor"):  # the items before it are part of the list
                while start > 0 and tokens[start - 1].segment == segment:
                    start -= 1
                break
            if tokens[start].stem not in self.lexicon.soft and tokens[start].word not in ("or", "nor", "and", "any"):
                return False
        after = last + 1
        if after < len(tokens) and tokens[after].segment == segment and tokens[after].word not in ("or", "nor", "and"):
            return False
        if start == 0 or tokens[start - 1].clause != clause:
            return False
        if first == start == last and self._has_not(first):
            return True
        opening = self._ends_of["list_no"]
        plain = self._ends_of["no"] if self._ends_in_or(first) else {}
        for at in range(start - 1, max(-1, first - _LIST_REACH), -1):
            if tokens[at].clause != clause or tokens[at].word in _ENDS_LIST:
                return False
            if at in opening or (at in plain and tokens[at].word == "not"):
                return True
        return False

    def _has_not(self, at: int) -> bool:
        """ "it hasn't swelled, stuck, buckled": bare participles go on with the "not" of the first of them."""
        tokens = self.tokens
        clause = tokens[at].clause
        while _participle(tokens[at].word):
            before = at - 1
            if before < 0 or tokens[before].clause != clause:
                return False
            if tokens[before].segment == tokens[at].segment:
                near = [tokens[i].word for i in range(max(0, at - 3), at)]
                return ("not" in near or "never" in near) and bool({"has", "have", "had", "never"} & set(near))
            at = before
        return False

    def _ends_in_or(self, first: int) -> bool:
        """ "isn't swollen, warm or red": only the "or" tells that a plain "not" holds for the whole list."""
        tokens = self.tokens
        clause = tokens[first].clause
        for at in range(first, min(len(tokens), first + _LIST_REACH)):
            if tokens[at].clause != clause:
                return False
            if tokens[at].word in ("or", "nor"):
                return True
        low = first
        while low > 0 and tokens[low - 1].segment == tokens[first].segment:
            low -= 1
        return any(tokens[i].word in ("or", "nor") for i in range(low, first))

    def answered_no(self, last: int) -> bool:
        """ "Swelling: no", "Bruising? None." """
        after = last + 1
        tokens = self.tokens
        if after + 1 < len(tokens) and tokens[after].segment == tokens[last].segment == tokens[after + 1].segment - 1:
            after += 1  # "quinolone antibiotics, no": the word that ends the segment belongs to it
        if after >= len(tokens) or tokens[after].word not in _ANSWERS_NO:
            return False
        between = self.text[tokens[last].end : tokens[after].start]
        ends = after + 1 >= len(tokens) or tokens[after + 1].segment != tokens[after].segment
        if "," in between:  # "any antibiotics, no, never": only where nothing else follows in the statement
            clause = tokens[after].clause
            while after < len(tokens) and tokens[after].clause == clause:
                if tokens[after].word not in _ANSWERS_NO:
                    return False
                after += 1
            return clause == tokens[last].clause
        return ends and not set(between) & set(".!;")

    def gone(self, last: int) -> bool:
        """ "the swelling has gone": said of something that was there; not "gone after ten minutes"."""
        for first, end in self.near("gone", last + 1, last + 3):
            if self.tokens[first].segment == self.tokens[last].segment:
                if any(t.word in ("i", "he", "she", "we") for t in self.tokens[last + 1 : first]):
                    return False  # "the knee gave out and I went down"
                after = end + 1
                follows = after < len(self.tokens) and self.tokens[after].segment == self.tokens[end].segment
                return not (follows and self.tokens[after].word in _AFTER_GONE | _GONE_WHERE)
        return False

    def used_to(self, first: int) -> bool:
        ends = self._ends_of["used_to"]
        segment = self.tokens[first].segment
        return any(at in ends and self.tokens[at].segment == segment for at in range(max(0, first - 10), first))

    # ---- doubt

    def _doubted(self) -> set[int]:
        """Tokens in doubt: the rest of the clause's segment, and the one before when the doubt stands alone."""
        tokens, doubted = self.tokens, set[int]()
        for last, first in self._ends_of["unsure"].items():
            segment = tokens[first].segment
            if last + 1 < len(tokens) and tokens[last + 1].number is not None and tokens[first].word in _ABOUT:
                continue  # "maybe 4 cm": the number is in doubt, not the thing
            start = first
            while start > 0 and tokens[start - 1].segment == segment and first - start < 6:
                if tokens[start - 1].word in ("and", "because"):
                    break
                start -= 1
            end = last
            while end + 1 < len(tokens) and tokens[end + 1].segment == segment and tokens[end + 1].word != "because":
                end += 1
            alone = start == first and end - last <= 1
            if alone and first > 0 and tokens[first - 1].clause == tokens[first].clause:
                while start > 0 and tokens[start - 1].segment == tokens[first - 1].segment and first - start < 6:
                    start -= 1
            doubted.update(range(start, end + 1))
            for at in range(start, end + 1):
                self._doubts.setdefault(at, []).append((first, last))
        return doubted

    def _asked(self) -> set[int]:
        """Tokens of sentences that ask whether something is so."""
        asked: set[int] = set()
        presupposed = {self.tokens[a].sentence for a, _ in self.by_class.get("presupposed", ())}
        by_sentence: dict[int, list[int]] = {}
        for at, token in enumerate(self.tokens):
            by_sentence.setdefault(token.sentence, []).append(at)
        for sentence, members in by_sentence.items():
            tail = self.text[self.tokens[members[-1]].end : self.tokens[members[-1]].end + 3]
            begins = {self.tokens[i].word for i in members[:2]}
            if "?" in tail and begins & _ASKS and sentence not in presupposed:
                asked.update(members)
        return asked

    def doubtful(self, at: int) -> bool:
        return at in self._unsure or at in self._questions

    def _holds_its_doubt(self, hit: Hit) -> bool:
        """ "can't tell when my bladder is full" is no doubt: the words of doubt are part of what is said."""
        doubts = self._doubts.get(hit.first, [])
        return (
            bool(doubts)
            and hit.first not in self._questions
            and all(any(a <= first and last <= b for a, b in hit.pieces) for first, last in doubts)
        )

    # ---- what a hit is worth

    def polarity(self, hit: Hit) -> bool | None:
        """True said, False denied, None in doubt; for phrases that state a finding by themselves."""
        first, last = hit.first, hit.last
        if self.answered_no(last):
            return False
        if self.doubtful(first) and self.doubtful(last) and not self._holds_its_doubt(hit):
            return None
        inside = not hit.negative and any(self.tokens[i].word in NEGATORS for a, b in hit.pieces for i in range(a, b))
        starts = [first] if hit.negative else [a for a, _ in hit.pieces]
        denied = inside or self.listed(first, last) or any(self.negated(a) for a in starts)
        return not (denied or self.used_to(first) or self.gone(last))

    def voice(self, hit: Hit) -> Voice:
        return self.voices[hit.first]
