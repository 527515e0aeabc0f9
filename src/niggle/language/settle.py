"""What the rest of the story settles: a soreness to the press by the tissue it is told of, a limp by the day it was on.

The reader finds each statement by itself. A few of them mean something else at another place or another time: "sore to
touch" is a bone at the shin and a muscle at the calf, "limped home" three days ago is no limp of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from niggle.core.body import SITES, TissueClass
from niggle.language.shapes import Found, Why

_BONE_WORDS: Final = re.compile(
    r"\b(bon[ey]|bones|shin|tibia|fibula|metatars\w*|navicular|malleol\w*|sacrum|pubic|heel)\b"
)
_SPOT_WORDS: Final = re.compile(r"\b(spot|point|place|pinpoint|exact\w*|fingertip|coin)\b")
_TENDER_TO: Final = {TissueClass.MUSCLE: "muscle_tender", TissueClass.TENDON: "tendon_tender"}
_HIDDEN_BONE: Final = frozenset({"thigh_front", "thigh_inner", "thigh_outer", "hip_front", "hip_outer", "pubic",
                                 "low_back", "sacroiliac", "foot_top", "arch", "heel_under", "ball_of_foot", "toes",
                                 "buttock"})  # fmt: skip
_SORE_BAND: Final = "knee_outer"
_INJURED: Final = ("onset_sudden", "pop", "twisted", "after_trauma", "struck_from_behind", "during_sprint",
                   "during_push_off", "sudden_stab")  # fmt: skip
_ONE_MOMENT: Final = ("pop", "struck_from_behind", "during_push_off", "twisted", "after_trauma")
_A_LITTLE: Final = re.compile(r"\b(little|slight\w*|bit|faint\w*|minor|mild)\b", re.IGNORECASE)
_ON_THE_WAY: Final = re.compile(
    r"\b(limp|hobbl)\w*\s+(?:\w+\s+){0,3}?"
    r"(home|off|back|in|over|out|away|to the (?:car|finish|end|road|bus|station|line)"
    r"|the (?:last|rest|remaining|\w+ (?:miles?|km|kilomet\w+)))\b",
    re.IGNORECASE,
)
_AFTER_EFFORT: Final = ("day_after", "diffuse", "diffuse_both_sides", "unusual_exertion")
_COMPARED: Final = 16  # characters behind "more swollen" in which "than the other" follows
_FIRST_DAY: Final = re.compile(
    r"\b(next day|next morning|that (?:same )?(?:night|evening|day|afternoon)|within (?:minutes|an hour|the hour|hours)"
    r"|straight away|immediately|at the time|at first|at once|hours later)\b",
    re.IGNORECASE,
)
_FIRST_STEPS: Final = re.compile(
    r"\b(mornings?|first (?:few |couple of )?steps|out of bed|loo|bathroom|kettle|kitchen|get(?:ting)? up|got up"
    r"|stand(?:ing)? up|until (?:it|i) warms?|after sitting)\b",
    re.IGNORECASE,
)
_AROUND: Final = 100  # characters
_WEEKS_AGO: Final = 14.0  # days
_OVER_BY_NOW: Final = 2.0  # days after which "limped home" is the day of the injury and not today


# "eases when warm", "gets better once I walk": what a moment does to it, and nothing of its course over the weeks
_MOMENT: Final = re.compile(
    r"\W*(?:(?:off|up|down|out|again|quickly|a (?:bit|little))\s+)*"
    r"(?:when|once|whenever|while|if|as (?:i|it|the run|we)\b|after|during|until|(?:in|into|through) the"
    r"|with (?:gentle |a (?:bit of |little )?)?(?:movement|moving|walk\w*|warm\w*|heat|stretch\w*|massage))\b"
    r"(?!\s+(?:\w+\s+){0,2}(?:days?|weeks?|months?|time|rested|resting|rest)\b)",
    re.IGNORECASE,
)
_BETTER: Final = re.compile(r"\b(better|eas(?:e|es|ed|ing)|improv\w*)\b", re.IGNORECASE)
_OVER_TIME: Final = re.compile(r"\b(now|than|already|slowly|gradually|each|every|weeks?|days?)\b", re.IGNORECASE)
_EASES_WITH: Final = re.compile(r"\W*(?:off\s+)?(?:when|once|whenever|while|as (?:i|it)\b)", re.IGNORECASE)
_RELIEF: Final = ("warms_up", "walking_eases", "eased_by_easier_training")
_DENIED: Final = re.compile(
    r"(?:\bnot|n['’]?t|\bnever|\bhardly)\s+(?:(?:really|actually|get|gets|getting|got|feel|feels|any|seem|seems|to|even)\s+)*$",
    re.IGNORECASE,
)


def settled(findings: list[Found], sites: frozenset[str], days: float | None, text: str) -> list[Found]:
    """`findings` with those changed that the place (`sites`, the sure ones), the age in `days` or each other settle."""
    findings = _eased_or_not(findings, text)
    known = {f.finding: f for f in findings}
    kept: list[Found] = []
    for f in findings:
        if f.value is not True:
            kept.append(f)
        elif f.finding == "after_a_distance" and any(n in known and known[n].value is True for n in _ONE_MOMENT):
            continue  # "half an hour into the game it went pop" is no distance after which it always comes
        elif f.finding == "bone_spot_tender":
            kept += _tender(f, sites, known)
        elif f.finding == "whole_leg_swollen":
            kept += _leg(f, sites, known, text)
        elif f.finding == "limp" and (_waddle(sites, known) or _at_first(f, text)):
            continue
        elif (f.finding == "limp" and _on_the_way(f, days, text)) or _of_that_day(f, days, text):
            kept.append(replace(f, value=None, certain=False, why=Why.UNSURE))
        else:
            kept.append(f)
    return kept


def _eased_or_not(findings: list[Found], text: str) -> list[Found]:
    """What eases it is no course over the weeks, and "does not ease when warm" is no ease."""
    kept: list[Found] = []
    known = {f.finding for f in findings}
    for f in findings:
        denied = [bool(_DENIED.search(text[: s.start])) for s in f.spans]
        if f.finding == "getting_worse" and f.value is False:
            pairs = [
                (span, words) for span, words, no in zip(f.spans, f.words, denied, strict=True)
                if not _BETTER.search(words)  # "not getting worse"
                or (not no and (_OVER_TIME.search(words) or not _MOMENT.match(text, span.end)))
            ]  # fmt: skip
            if pairs:
                kept.append(replace(f, spans=tuple(s for s, _ in pairs), words=tuple(w for _, w in pairs)))
        elif f.finding == "two_weeks_unchanged" and all(_EASES_WITH.match(text, s.end) for s in f.spans):
            continue
        elif f.finding in _RELIEF and f.value is True and any(denied):
            if f.finding != "warms_up":
                kept.append(replace(f, value=False, why=Why.DENIED))
            elif "no_warm_up_relief" not in known:
                kept.append(replace(f, finding="no_warm_up_relief"))
        elif f.finding == "walk_pain" and f.value is False and all(denied):
            continue
        else:
            kept.append(f)
    return kept


def _tender(f: Found, sites: frozenset[str], known: Iterable[str]) -> list[Found]:
    """Sore to press: a bone where the words or the place say so, else what lies there."""
    words = " ".join(f.words).lower()
    kinds = {SITES[s].tissue_class for s in sites if s in SITES}
    spot = bool(_SPOT_WORDS.search(words))
    flesh = TissueClass.MUSCLE in kinds and len(sites) > 1 and not spot  # "my thighs hurt to touch"
    if not kinds or (TissueClass.BONE in kinds and not flesh) or _BONE_WORDS.search(words):
        return [f]
    if spot and sites & _HIDDEN_BONE:
        return [f]  # a bone lies under it, and one spot is how it speaks
    found = [replace(f, finding="one_finger")] if spot and "one_finger" not in known else []
    name = "outer_knee_bone" if _SORE_BAND in sites else next((n for k, n in _TENDER_TO.items() if k in kinds), None)
    if name is not None and name not in known:
        found.append(replace(f, finding=name))
    return found


def _leg(f: Found, sites: frozenset[str], known: dict[str, Found], text: str) -> list[Found]:
    """A leg thicker than the other without a cause. A torn muscle, or a little puffiness at the shin, is a swelling."""
    words = " ".join(f.words)
    torn = any(known[n].value is True for n in _INJURED if n in known)
    plain = not re.search(r"\b(calf|calves|leg|thigh)\b", words, re.IGNORECASE) and not _lower_leg(sites)
    compared = any(" than " in text[s.start : s.end + _COMPARED] for s in f.spans)
    little = bool(_A_LITTLE.search(words)) and not compared
    if plain or little or (torn and not re.search(r"\b(whole|entire)\b", words, re.IGNORECASE)):
        return [] if "swelling" in known else [replace(f, finding="swelling")]
    return [f]


def _at_first(f: Found, text: str) -> bool:
    """Every limp she tells of is that of the first steps: stiffness, and no change of gait (the guide's TL-X05)."""
    return all(_FIRST_STEPS.search(_statement(text, s.start, s.end)) for s in f.spans)


def _waddle(sites: frozenset[str], known: dict[str, Found]) -> bool:
    """Both legs sore from an effort walk stiffly; a limp spares one of them."""
    muscles = bool(sites) and all(SITES[s].tissue_class is TissueClass.MUSCLE for s in sites if s in SITES)
    both = any(n in known and known[n].value is True for n in ("both_sides", "diffuse_both_sides"))
    return both and muscles and any(n in known and known[n].value is True for n in _AFTER_EFFORT)


def _lower_leg(sites: frozenset[str]) -> bool:
    return not sites or any(s.startswith(("calf", "knee_back", "shin", "outer_leg")) for s in sites)


def _on_the_way(f: Found, days: float | None, text: str) -> bool:
    """Every limp she tells of was the way home from an injury that is some days old."""
    return days is not None and days >= _OVER_BY_NOW and all(_ON_THE_WAY.match(text, s.start) for s in f.spans)


def _of_that_day(f: Found, days: float | None, text: str) -> bool:
    """A swelling or bruise told of the first day only, of an injury that is weeks old."""
    if days is None or days < _WEEKS_AGO or f.finding not in ("swelling", "joint_swollen", "bruise"):
        return False
    return all(_FIRST_DAY.search(_statement(text, s.start, s.end)) for s in f.spans)


def _statement(text: str, start: int, end: int) -> str:
    """The words around a span, up to the stops on both sides."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return re.split(r"[.!?;]", before)[-1] + text[start:end] + re.split(r"[.!?;]", after)[0]
