"""Where it hurts: sites by exact phrase, body parts narrowed by "outside of", "under", "back of", and their side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from niggle.core.body import SITES, Region, Side
from niggle.language.lexicon import LOCATORS, Lexicon
from niggle.language.matching import Hit
from niggle.language.scope import Scope, Voice
from niggle.language.shapes import Place, Span
from niggle.language.tokens import Token

_LOCATOR_REACH: Final = 3  # hard words between "outside" and "knee"
_SIDE_REACH: Final = 5
_WINDOW: Final = 14  # words to either side that are looked at for what belongs to a body part
_SIDES: Final = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "bilateral": Side.BOTH,
                 "bilaterally": Side.BOTH,
                 "lhs": Side.LEFT, "rhs": Side.RIGHT, "each": Side.BOTH}  # fmt: skip
_NOT_A_SIDE: Final = frozenset(
    {"under", "now", "after", "at", "away", "before", "on", "in", "behind", "above", "below", "where", "when",
     "as", "across", "through", "off", "next", "beneath", "around", "over", "by", "me", "it", "them", "us",
     "with", "work", "home", "there", "here", "from", "for", "the", "my", "of", "along", "between", "back"}
)  # fmt: skip
_JOINING: Final = frozenset(["part", "side", "edge", "half", "end", "area", "bit", "portion", "aspect", "leg", "one"])
_LOOSE: Final = {"outer", "inner"}
_TOWARDS: Final = frozenset({"to", "into", "toward", "towards", "onto"})  # where a pain goes, not where it is
_NOT_TOWARDS: Final = frozenset({"close", "next", "near", "due", "happen", "something", "damage", "injury", "harm"})
_STRUCK: Final = frozenset(
    {"went", "shot", "straight", "kick", "bang", "boot", "stab", "jab", "punch"}
)  # "a knife into"
_MOVED: Final = frozenset(  # stems: a limb that is moved or stood on is a tool, not a complaint
    {"lift", "rais", "raise", "lower", "straighten", "point", "plant", "stick", "bend", "cross", "drive", "swing",
     "shak", "shake", "wiggl", "wiggle", "stamp", "tuck", "balanc", "balance", "land", "stand", "elevat", "move",
     "drop", "touch", "using", "use", "dry", "watch", "look", "photograph", "wash", "wigglin", "tape", "dangl", "relax"}
)  # fmt: skip
_MOVED_SO: Final = frozenset({"pull", "push", "press", "put"})  # only with "up", "down", ... behind the limb
_WHERETO: Final = frozenset({"up", "down", "back", "outward", "outwards", "inward", "inwards", "out"})
_ACTS: Final = frozenset(
    {"turns", "slaps", "hits", "hit", "lands", "landed", "touches", "touch", "strikes", "points", "pointing"}
)
_SYMPTOMS: Final = frozenset(
    {"swell", "numb", "tingle", "bruise", "tight", "weak", "click", "burn", "throb", "stiff", "balloon", "hot", "red",
     "fuzzy", "blow", "puff", "fluid", "catch", "pinch", "lock", "grind", "fold",
     "clunk", "lump", "bump", "blister", "cold", "cramp", "pop", "snap"}
)  # fmt: skip
_BLOWS: Final = frozenset(
    {"took", "take", "stud", "boot", "kick", "hit", "bang", "knock", "whack", "bash", "stub", "crack"}
)
_VAGUEST: Final = "leg"  # gives way to any other word for a place that it shares words with
_BROAD: Final = 3  # sites: a word that may mean more of them says little beside an exact place
_CLOSE: Final = 5  # words
_SAME_LIMB: Final = {
    "foot": frozenset({Region.FOOT, Region.ANKLE}),
    "leg": frozenset({Region.LOWER_LEG, Region.THIGH, Region.HIP, Region.TRUNK, Region.KNEE}),
    "lower_leg": frozenset({Region.LOWER_LEG, Region.ANKLE}),
    "thigh": frozenset({Region.THIGH, Region.HIP}),
}
_NO_PART: Final = frozenset(  # words between "mid" and "shin" that part them
    {"since", "after", "until", "and", "then", "to", "before", "during", "when", "because"}
)
_UNDER_WHOM: Final = frozenset({"me", "him", "her", "us", "load", "weight", "pressure", "control", "them"})
_WHICH_SIDE: Final = frozenset({"inner", "inside", "medial", "outer", "outside", "lateral", "front", "back"})
_POINTS: Final = frozenset({"on", "at", "along", "towards", "toward", "more"})


@dataclass(frozen=True, slots=True)
class _Mention:
    place: str | None
    sites: tuple[str, ...]
    first: int
    last: int
    plural: bool


@dataclass(frozen=True, slots=True)
class PlacesFound:
    there: tuple[Place, ...]
    not_there: tuple[Place, ...]
    other: tuple[Place, ...]  # told of somebody else


def find_places(scope: Scope, hits: Iterable[Hit], lexicon: Lexicon, guessed: Iterable[tuple[int, int]]) -> PlacesFound:
    """All places of the text. `guessed` are the token ranges of diagnoses: a place inside one is not certain."""
    mentions = _mentions(scope, [h for h in hits if h.kind in ("site", "place")], lexicon)
    named = frozenset(m.sites for m in mentions)  # few, however long the text is
    sides = _sides(scope)
    inside = {i for a, b in guessed for i in range(a, b + 1)}
    there: list[Place] = []
    not_there: list[Place] = []
    other: list[Place] = []
    loose_side = _only(side for at, side in sides)
    nowhere = any(
        scope.voices[a] is Voice.SELF and not scope.doubtful(a) for a, _ in scope.by_class.get("no_complaint", ())
    )
    for m in mentions:
        voice = scope.voices[m.first]
        if voice in (Voice.HEARSAY, Voice.HYPOTHETICAL, Voice.ANIMAL, Voice.PAST):
            continue
        side = _side_of(scope, m, sides)
        if side is None and m.plural and SITES[m.sites[0]].paired:
            side = Side.BOTH
        span = Span(scope.tokens[m.first].start, scope.tokens[m.last].end)
        certain = m.first not in inside and not scope.doubtful(m.first) and not _bystander(scope, m, mentions, named)
        place = Place(m.sites, side, (span,), (scope.text[span.start : span.end],), certain)
        if voice is Voice.OTHER:
            other.append(place)
        elif (
            (scope.negated(m.first) and not _hurts_before(scope, m.first) and not _unmoved(scope, m.first))
            or _free(scope, m)
            or (nowhere and not _near_symptom(scope, m))  # "osteopenia of the hip; nothing hurts"
            or scope.answered_no(m.last)  # "groin: no"
        ):
            not_there.append(place)
        else:
            there.append(place)
    return PlacesFound(_merged(there, loose_side), _merged(not_there, None), _merged(other, loose_side))


def _bystander(scope: Scope, m: _Mention, mentions: Sequence[_Mention], named: frozenset[tuple[str, ...]]) -> bool:
    """Named beside another place without being the complaint: a limb that is moved, or where a pain runs to."""
    mine = frozenset(m.sites)
    if not any(mine.isdisjoint(sites) for sites in named):
        return False
    others = [o for o in mentions if mine.isdisjoint(o.sites)]
    if len(m.sites) > _BROAD and any(_tells_more(scope, o, m) for o in others):
        return True
    tokens, soft = scope.tokens, scope.lexicon.soft
    clause = tokens[m.first].clause
    at = m.first - 1
    while (
        at >= 0
        and tokens[at].clause == clause
        and m.first - at <= 5
        and (
            (tokens[at].stem in soft and tokens[at].word not in _TOWARDS)
            or tokens[at].word in ("other", "whole", "that")
        )
    ):
        at -= 1
    word = tokens[at] if at >= 0 and tokens[at].clause == clause else None
    following = [t.word for t in tokens[m.last + 1 : m.last + 4] if t.clause == clause]
    if word is not None:
        before = tokens[at - 1].stem if at else ""
        hit = any(t.stem in _BLOWS for t in tokens[max(0, at - 4) : at] if t.clause == clause)
        if word.word in _TOWARDS and before not in _NOT_TOWARDS | _STRUCK and not hit:
            return True
        if word.stem in _MOVED or (before in _MOVED and word.word in ("on", "onto", "my", "the")):
            return True
        if word.stem in _MOVED_SO and _WHERETO & set(following):
            return True
    if following[:1] and following[0] in _ACTS:
        return True
    if len(m.sites) < 2 or _told_with_symptoms(scope, m):
        return False
    return any(len(o.sites) == 1 and _told_with_symptoms(scope, o) for o in others)


def _tells_more(scope: Scope, exact: _Mention, broad: _Mention) -> bool:
    """ "My foot rolled; sore on the inside of the ankle": the exact place of the same limb is where it hurts."""
    if len(exact.sites) > 1 or not _told_with_symptoms(scope, exact):
        return False
    return SITES[exact.sites[0]].region in _SAME_LIMB.get(broad.place or "", ()) or not _near_symptom(scope, broad)


def _near_symptom(scope: Scope, m: _Mention) -> bool:
    """A word of pain or of a sign within a few words of it."""
    tokens = scope.tokens
    low, high = max(0, m.first - _CLOSE), min(len(tokens) - 1, m.last + _CLOSE)
    same = [i for i in range(low, high + 1) if tokens[i].clause == tokens[m.first].clause]
    return any(tokens[i].stem in _SYMPTOMS | _BLOWS for i in same) or any(
        tokens[a].clause == tokens[m.first].clause for n in ("hurt", "happened") for a, _ in scope.near(n, low, high)
    )


def _told_with_symptoms(scope: Scope, m: _Mention) -> bool:
    tokens = scope.tokens
    clause = tokens[m.first].clause
    inside = [
        i for i in range(max(0, m.first - _WINDOW), min(len(tokens), m.last + _WINDOW)) if tokens[i].clause == clause
    ]
    if any(tokens[i].stem in _SYMPTOMS or tokens[i].stem in _BLOWS for i in inside):
        return True
    return bool(scope.near("hurt", inside[0], inside[-1]))


def _hurts_before(scope: Scope, first: int) -> bool:
    """ "doesn't hurt when I press the shin": the negation is about the hurting; in "no groin pain" about the place."""
    hurts = {i for a, b in scope.near("hurt", first - 10, first - 1) for i in range(a, b + 1)}
    nos = {b for _, b in scope.near("no", first - 10, first - 1)}
    for at in range(first - 1, max(-1, first - 11), -1):
        if scope.tokens[at].clause != scope.tokens[first].clause or at in nos:
            return False
        if at in hurts:
            return True
    return False


def _unmoved(scope: Scope, first: int) -> bool:
    """ "I can't lift the heel" is no heel that is fine."""
    before = scope.tokens[max(0, first - 4) : first]
    words = {t.word for t in before if t.clause == scope.tokens[first].clause}
    return "not" in words and any(t.stem in _MOVED for t in before)


def _free(scope: Scope, m: _Mention) -> bool:
    """ "the calf itself is fine", "no pain in the calf"."""
    tokens = scope.tokens
    for first, last in scope.near("fine", m.first - _WINDOW, m.last + _WINDOW):
        if tokens[first].clause != tokens[m.first].clause:
            continue
        if (
            tokens[first].segment == tokens[m.last].segment
            and not _asked_of_act(scope, last)
            and m.last < first <= m.last + 6
            and first
            == min((a for n in ("fine", "hurt") for a, _ in scope.near(n, m.last + 1, m.last + _WINDOW)), default=first)
        ):
            return not scope.negated(first)
        if (
            0 <= m.first - last <= 4
            and tokens[last].stem == "pain"
            and any(tokens[i].word in ("in", "at") for i in range(last + 1, m.first))
        ):
            return not _asked_of_act(scope, m.last)
    return False


def _asked_of_act(scope: Scope, last: int) -> bool:
    """ "no pain in the knee when walking" does not free the knee of pain."""
    following = [t.word for t in scope.tokens[last + 1 : last + 3]]
    return bool({"when", "while", "during", "walking", "at", "if", "on", "until", "unless", "except"} & set(following))


def _mentions(scope: Scope, hits: list[Hit], lexicon: Lexicon) -> list[_Mention]:
    """Exact phrases first, longest first; then body parts with the locators beside them."""
    tokens = scope.tokens
    taken: set[int] = {i for a, b in scope.by_class.get("not_a_place", ()) for i in range(a, b + 1)}
    mentions: list[_Mention] = []
    locators = _locators(scope)
    for hit in sorted(hits, key=lambda h: (h.kind != "site", h.target == _VAGUEST, -h.size, h.first)):
        cells = {i for a, b in hit.pieces for i in range(a, b + 1)}
        if cells & taken or (hit.kind == "site" and _half_read(tokens, hit.first)):
            continue
        taken |= cells
        plural = any(tokens[i].word in lexicon.plural for i in cells)
        if hit.kind == "site":
            mentions.append(_Mention(_place_of(hit.target, lexicon), (hit.target,), hit.first, hit.last, plural))
            continue
        mentions.append(_Mention(hit.target, lexicon.places[hit.target], hit.first, hit.last, plural))
    used: set[int] = set()
    mentions = [_narrow(scope, m, locators, used, lexicon, taken) for m in sorted(mentions, key=lambda m: m.first)]
    return _loosely_narrowed(scope, mentions, locators, used, lexicon)


def _half_read(tokens: list[Token], first: int) -> bool:
    """ "inner side of the calf" is not "side of the calf"."""
    return first > 0 and tokens[first].word in ("side", "edge") and tokens[first - 1].word in _WHICH_SIDE


def _place_of(site: str, lexicon: Lexicon) -> str | None:
    return next((name for name, sites in lexicon.places.items() if site in sites), None)


def _locators(scope: Scope) -> list[tuple[int, int, str]]:
    return sorted((a, b, name) for name in LOCATORS for a, b in scope.by_class.get(name, ()))


def _narrow(
    scope: Scope, m: _Mention, locators: list[tuple[int, int, str]], used: set[int], lexicon: Lexicon, taken: set[int]
) -> _Mention:
    if m.place is None or len(m.sites) == 1:
        return m
    best: tuple[int, int, int, str] | None = None
    low, high = bisect_left(locators, (m.first - _WINDOW,)), bisect_left(locators, (m.last + _WINDOW,))
    for first, last, name in locators[low:high]:
        if (
            (m.place, name) not in lexicon.refined
            or first in taken
            or scope.tokens[first].clause != scope.tokens[m.first].clause
        ):
            continue
        between = range(last + 1, m.first) if last < m.first else range(m.last + 1, first)
        words = [scope.tokens[i] for i in between]
        if first > m.last and any(t.segment != scope.tokens[m.last].segment for t in words) and len(words) > 3:
            continue
        if any(t.word in _NO_PART for t in words) or _under_somebody(scope, last):
            continue
        hard = sum(t.stem not in lexicon.soft and t.word not in _JOINING and t.word not in _SIDES for t in words)
        cost = hard * 2 + (first > m.last)
        if hard <= _LOCATOR_REACH and (best is None or cost < best[0]):
            best = (cost, first, last, name)
    if best is None:
        return m
    _, first, last, name = best
    used.add(first)
    return replace(m, sites=lexicon.refined[m.place, name], first=min(first, m.first), last=max(last, m.last))


def _under_somebody(scope: Scope, last: int) -> bool:
    """ "the knee folded under me" is not below the knee."""
    following = scope.tokens[last + 1 : last + 3]
    return bool(_UNDER_WHOM & {t.word for t in following if t.clause == scope.tokens[last].clause})


def _loosely_narrowed(
    scope: Scope, mentions: list[_Mention], locators: list[tuple[int, int, str]], used: set[int], lexicon: Lexicon
) -> list[_Mention]:
    """ "My knee. It's on the outside.": the part before, the place after."""
    result = list(mentions)
    for first, last, name in locators:
        words = [t.word for t in scope.tokens[max(0, first - 3) : first]]
        if first in used or name not in _LOOSE or not _POINTS.intersection(words):
            continue
        if any(m.first <= first <= m.last for m in result):
            continue
        before = [m for m in result if m.last < first and m.place is not None and len(m.sites) > 1]
        if before and (before[-1].place, name) in lexicon.refined:
            sites = lexicon.refined[before[-1].place or "", name]
            result.append(_Mention(before[-1].place, sites, first, last, before[-1].plural))
    return sorted(result, key=lambda m: m.first)


# ---- sides


def _sides(scope: Scope) -> list[tuple[int, Side]]:
    found: list[tuple[int, Side]] = []
    tokens = scope.tokens
    for at, token in enumerate(tokens):
        side = _SIDES.get(token.word)
        if side is None or (
            token.word == "each" and at + 1 < len(tokens) and tokens[at + 1].word not in ("leg", "foot", "knee", "side")
        ):
            continue
        following = tokens[at + 1].word if at + 1 < len(tokens) and tokens[at + 1].segment == token.segment else ""
        if token.word in ("left", "right") and following in _NOT_A_SIDE:
            continue
        if token.word == "right" and at and tokens[at - 1].word in ("all", "feel", "feels", "not", "just"):
            continue
        found.append((at, side))
    return found


def _side_of(scope: Scope, m: _Mention, sides: list[tuple[int, Side]]) -> Side | None:
    tokens = scope.tokens
    best: tuple[int, Side] | None = None
    low, high = bisect_left(sides, (m.first - _WINDOW,)), bisect_left(sides, (m.last + _WINDOW,))
    for at, side in sides[low:high]:
        if tokens[at].clause != tokens[m.first].clause:
            continue
        apart = m.first - at if at < m.first else at - m.last if at > m.last else 0
        cost = apart + (2 if at > m.last else 0)
        if apart <= _SIDE_REACH and (best is None or cost < best[0]):
            best = (cost, side)
    return best[1] if best else None


def _only(sides: Iterable[Side]) -> Side | None:
    every = set(sides)
    return every.pop() if len(every) == 1 else None


# ---- one list


def _merged(places: list[Place], loose_side: Side | None) -> tuple[Place, ...]:
    """One entry per place; a general word ("knee") gives way to an exact one of its part. Certain ones first."""
    exact = {site for p in places if len(p.sites) == 1 for site in p.sites}
    kept: dict[tuple[tuple[str, ...], Side | None], Place] = {}
    sides_of: dict[tuple[str, ...], set[Side | None]] = {}
    for p in places:
        if len(p.sites) > 1 and exact & set(p.sites):
            target = tuple(sorted(exact & set(p.sites)))[:1]
            sides_of.setdefault(target, set()).add(p.side)
            continue
        old = kept.get((p.sites, p.side))
        kept[p.sites, p.side] = p if old is None else replace(
            old, spans=old.spans + p.spans, words=old.words + p.words, certain=old.certain or p.certain
        )  # fmt: skip
    result: dict[tuple[tuple[str, ...], Side | None], Place] = {}
    for (sites, told), p in kept.items():
        side = told
        if side is None:
            known = {s for (x, s) in kept if x == sites and s is not None} | {s for s in sides_of.get(sites, ()) if s}
            side = _only(known) if known else loose_side if SITES[sites[0]].paired else None
        old = result.get((sites, side))
        merged = replace(p, side=side)
        if old is not None:
            spans = tuple(sorted({*old.spans, *p.spans}))
            words = tuple(
                w for _, w in sorted(dict(zip((*old.spans, *p.spans), (*old.words, *p.words), strict=True)).items())
            )
            merged = replace(old, spans=spans, words=words, certain=old.certain or p.certain)
        result[sites, side] = merged
    return tuple(sorted(result.values(), key=lambda p: (not p.certain, p.span)))
