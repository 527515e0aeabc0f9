"""The lexicon compiled for matching: phrases become a tree over word stems.

Phrases are written as runners speak. In them: `<hurt>` stands for any phrase of the class hurt, `a|b` for either word,
`word?` for a word that may be missing, `..` for up to three words between and `...` for up to six, `&` joins parts
that may stand anywhere in one clause. Little words (the, my, is, really, ...) count neither in phrases nor in texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from niggle.core.body import SITES
from niggle.language.spelling import Speller
from niggle.language.tokens import NUMBER_WORDS, stem, words_of

Node = dict[str, Any]
OUT: Final = ""
NEGATORS: Final = frozenset({"not", "no", "never", "without", "nor", "nothing", "nobody"})
KINDS: Final = ("says", "denies", "when", "mask")
GAPS: Final = {"..": 3, "...": 6}
NEEDED_CLASSES: Final = (
    "hurt", "fine", "cannot", "ease", "no", "list_no", "unsure", "hypothetical", "hearsay", "kin", "animal", "says",
    "past", "used_to", "except", "at_first", "now", "clinician", "began", "off", "presupposed",
    "happened", "gone", "morning", "suffers", "no_wide", "not_no", "not_a_place", "no_complaint",
)  # fmt: skip
LOCATORS: Final = ("outer", "inner", "front", "back", "top", "bottom", "above", "below", "deep", "middle")
_PIECE: Final = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_MOST_FORMS: Final = 400
_BEFORE_IT: Final = frozenset({"with", "by", "on", "for", "off", "through", "at", "of", "about"})


class BadPhrase(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    kind: str  # one of KINDS, site, place, guess, class
    target: str
    parts: tuple[int, ...]
    negative: bool  # holds a negator itself, so that one inside its span denies nothing


@dataclass(frozen=True, slots=True)
class Lexicon:
    same: Mapping[str, str]
    soft: frozenset[str]
    breakers: frozenset[str]
    classes: Node
    tree: Node
    phrases: tuple[Phrase, ...]
    by_part: Mapping[int, tuple[int, ...]]  # part -> phrases in which it stands
    first_part: Mapping[int, tuple[int, ...]]  # part -> phrases of several parts of which it is the first
    places: Mapping[str, tuple[str, ...]]  # place -> site ids
    refined: Mapping[tuple[str, str], tuple[str, ...]]  # (place, locator) -> site ids
    plural: frozenset[str]  # raw words that name both sides at once
    at: Mapping[str, frozenset[str]]  # finding -> regions of which one must be told
    triggers: frozenset[str]  # findings told by movements and times; without any place they count anywhere
    history: frozenset[str]  # findings that speak of the past by nature
    events: frozenset[str]  # findings that a diagnosis tells as an event: "I sprained my ankle"
    languages: Mapping[str, frozenset[str]]
    speller: Speller
    digest: str = ""


def read_items(phrase: str) -> list[list[str]]:
    """The parts of a phrase as lists of items. Raises BadPhrase."""
    parts = [part.split() for part in phrase.split("&")]
    if any(not part for part in parts):
        raise BadPhrase(f"{phrase!r} has an empty part")
    return parts


class Builder:
    """Collects phrases; every method raises BadPhrase with a message about the phrase."""

    def __init__(self, same: Mapping[str, str], soft: Iterable[str], meant: Iterable[str] = ()) -> None:
        self.same = dict(same)
        self.soft = frozenset(stem(w, self.same) for w in soft)
        self.dropped = self.soft - {stem(w, self.same) for w in meant}
        self.known_classes: set[str] = {"n"}  # any number
        self._stems: dict[str, str] = {}
        self.classes: Node = {}
        self.tree: Node = {}
        self.phrases: list[Phrase] = []
        self.parts: dict[tuple[tuple[str, ...], ...], int] = {}
        self.raw_words: set[str] = set()

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = stem(word, self.same)
        return self._stems[word]

    def add_class(self, name: str, phrase: str) -> None:
        (items,) = read_items(phrase)
        for form in self._forms(phrase, items, classes=False):
            _insert(self.classes, form, name)
        self.known_classes.add(name)

    def add(self, kind: str, target: str, phrase: str) -> None:
        ids = tuple(self._part(phrase, items) for items in read_items(phrase))
        negative = any(w in NEGATORS for items in read_items(phrase) for i in items for w in _opened(i))
        self.phrases.append(Phrase(kind, target, ids, negative))

    def _part(self, phrase: str, items: Sequence[str]) -> int:
        forms = tuple(self._forms(phrase, items, classes=True))
        if forms not in self.parts:
            self.parts[forms] = len(self.parts)
            for form in forms:
                _insert(self.tree, form, self.parts[forms])
        return self.parts[forms]

    def _forms(self, phrase: str, items: Sequence[str], *, classes: bool) -> Iterator[tuple[str, ...]]:
        choices: list[list[tuple[str, ...]]] = []
        size = 1
        for item in items:
            choices.append(list(self._choices(phrase, item, classes=classes)))
            size *= len(choices[-1])
        if size > _MOST_FORMS:
            raise BadPhrase(f"{phrase!r} stands for {size} forms; {_MOST_FORMS} is the most")
        seen: set[tuple[str, ...]] = set()
        for combination in product(*choices):
            whole = [word for words in combination for word in words]
            form = tuple(w for at, w in enumerate(whole) if w not in self.dropped or _object(whole, at))
            if sum(word not in GAPS and word not in self.soft for word in form) <= 1 < len(whole):
                form = tuple(whole)  # "always hurt" must not become "hurt"
            if form and form not in seen and form[0] not in GAPS and form[-1] not in GAPS:
                seen.add(form)
                yield form
        if not seen:
            raise BadPhrase(f"{phrase!r} holds nothing but little words")

    def _choices(self, phrase: str, item: str, *, classes: bool) -> Iterator[tuple[str, ...]]:
        if item in GAPS:
            yield (item,)
            return
        if item.endswith("?"):
            yield ()
            item = item[:-1]
        for word in item.split("|"):
            if word.startswith("<") and word.endswith(">"):
                if not classes and word != "<n>":
                    raise BadPhrase(f"{phrase!r}: a class cannot hold a class")
                if word[1:-1] not in self.known_classes:
                    raise BadPhrase(f"{phrase!r}: there is no class {word[1:-1]!r}")
                yield (word,)
                continue
            if not word.replace("-", "").replace("'", "").isalnum():
                raise BadPhrase(f"{phrase!r}: {word!r} is no word")
            opened = _opened(word)
            self.raw_words.update(opened)
            yield tuple(self._stem(w) for w in opened)


def _object(words: Sequence[str], at: int) -> bool:
    """The "it" that ends "woken by it": without it the phrase would take in "woken by the dog"."""
    return words[at] == "it" and at == len(words) - 1 and at > 1 and words[at - 1] in _BEFORE_IT


def _opened(word: str) -> tuple[str, ...]:
    return tuple(w for piece in _PIECE.findall(word) for w in words_of(piece))


def _insert(tree: Node, form: Sequence[str], out: Any) -> None:
    node = tree
    for item in form:
        node = node.setdefault(item, {})
    outs = node.setdefault(OUT, [])
    if out not in outs:
        outs.append(out)


def forms_to_stems(families: Mapping[str, str]) -> dict[str, str]:
    """{stem: "form form ..."} turned round. Raises BadPhrase when a form stands in two families."""
    same: dict[str, str] = {}
    for base, forms in families.items():
        for form in (base, *forms.split()):
            if same.setdefault(form, base) != base:
                raise BadPhrase(f"{form!r} stands under {same[form]!r} and under {base!r}")
    return same


def compile_lexicon(data: Mapping[str, Any]) -> dict[str, Any]:
    """The checked content of lexicon.yaml with its phrases as a tree; plain JSON data. Raises BadPhrase."""
    words = data["words"]
    same = forms_to_stems(data["same"])
    builder = Builder(same, words["soft"].split(), words["meant"].split())
    for name, phrases in data["classes"].items():
        for phrase in phrases:
            builder.add_class(name, phrase)
    for finding, entry in data["findings"].items():
        for kind in KINDS:
            for phrase in entry.get(kind) or ():
                builder.add(kind, finding, phrase)
    for kind, groups in (("site", data["sites"]), ("guess", data["guesses"])):
        for target, phrases in groups.items():
            for phrase in phrases:
                builder.add(kind, target, phrase)
    for place, entry in data["places"].items():
        for phrase in entry["words"]:
            builder.add("place", place, phrase)
    lexicon_words = {w for w in builder.raw_words if w.isalpha()}
    common = set(words["common"].split()) | set(NUMBER_WORDS) | set(same)
    return {
        "words": words,
        "same": same,
        "soft": sorted(builder.soft),
        "classes": builder.classes,
        "tree": builder.tree,
        "phrases": [[p.kind, p.target, list(p.parts), p.negative] for p in builder.phrases],
        "places": data["places"],
        "at": {k: v["at"] for k, v in data["findings"].items() if v.get("at")},
        "languages": data["languages"],
        "meant": sorted(lexicon_words),
        "known": sorted(common | lexicon_words | _inflections(lexicon_words)),
    }


def build(compiled: Mapping[str, Any], digest: str = "") -> Lexicon:
    """A Lexicon from what `compile_lexicon` gave."""
    phrases = tuple(
        Phrase(kind, target, tuple(parts), negative) for kind, target, parts, negative in compiled["phrases"]
    )
    by_part: dict[int, list[int]] = {}
    first: dict[int, list[int]] = {}
    for index, phrase in enumerate(phrases):
        (by_part if len(phrase.parts) == 1 else first).setdefault(phrase.parts[0], []).append(index)
    words, places = compiled["words"], compiled["places"]
    return Lexicon(
        same=compiled["same"],
        soft=frozenset(compiled["soft"]),
        breakers=frozenset(words["breakers"].split()),
        classes=compiled["classes"],
        tree=compiled["tree"],
        phrases=phrases,
        by_part={k: tuple(v) for k, v in by_part.items()},
        first_part={k: tuple(v) for k, v in first.items()},
        places={k: tuple(v["sites"]) for k, v in places.items()},
        refined={(k, loc): tuple(s.split()) for k, v in places.items() for loc, s in (v.get("parts") or {}).items()},
        plural=frozenset(words["plural"].split()),
        at={k: frozenset(v) for k, v in compiled["at"].items()},
        triggers=frozenset(p.target for p in phrases if p.kind == "when"),
        history=frozenset(words["history"].split()),
        events=frozenset(words["events"].split()),
        languages={k: frozenset(v.split()) for k, v in compiled["languages"].items()},
        speller=Speller(compiled["meant"], frozenset(compiled["known"])),
        digest=digest,
    )


def _inflections(words: Iterable[str]) -> frozenset[str]:
    """Right forms of known words, so that they are not "corrected" into a neighbour."""
    tails = ("s", "es", "ed", "d", "ing", "er", "ly", "ness")
    return frozenset(w + t for w in words for t in tails) | frozenset(w[:-1] + "ing" for w in words if w.endswith("e"))


def regions_of(sites: Iterable[str]) -> frozenset[str]:
    return frozenset(SITES[s].region.value for s in sites if s in SITES)
