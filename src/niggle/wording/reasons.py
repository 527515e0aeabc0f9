"""Any reason as a sentence: each engine's words, joined by rule id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Final

from niggle.core.reasons import FactValue, Reason
from niggle.wording.units import Units

Sentence = Callable[[Mapping[str, FactValue], Units], str]


@cache
def sentences() -> Mapping[str, Sentence]:
    """rule id -> what says it. An id may stand in one module only (raises AssertionError)."""
    from niggle.wording import coach_rules, race, season, triage

    return _joined(*_of_the_day(), triage, race, season, coach_rules)


@cache
def _daily() -> Mapping[str, Sentence]:
    """Without triage, races and the coach, which a day's decision has no need of and should not wait for."""
    return _joined(*_of_the_day())


def _of_the_day() -> tuple[ModuleType, ...]:
    from niggle.wording import flags, ladder, light, load, plan_rules, today, week_rules

    return flags, light, load, today, plan_rules, ladder, week_rules


def _joined(*modules: ModuleType) -> Mapping[str, Sentence]:
    joined: dict[str, Sentence] = {}
    for module in modules:
        doubles = joined.keys() & module.SENTENCES.keys()
        assert not doubles, f"{module.__name__} says {sorted(doubles)} a second time"
        joined.update(module.SENTENCES)
    return joined


def sentence(reason: Reason, units: Units) -> str:
    """The reason in the runner's words and units. KeyError for a rule nobody has written a sentence for."""
    say = _daily().get(reason.rule) or sentences()[reason.rule]
    return say({fact.name: fact.value for fact in reason.facts}, units)


_SAID_BY: Final[Mapping[str, str]] = {  # rule -> the rule that says the same and more, where both hold
    "TL-R12": "DAY-R02",  # no check-in
    "TL-R14": "DAY-R02",  # a check-in that leaves the pain open
    "LOAD-S17": "LOAD-R02",  # an easier week is due
    "TL-R03": "LOAD-R12",  # less for two sessions
}


def each_once(reasons: Sequence[Reason]) -> tuple[tuple[Reason, tuple[Reason, ...]], ...]:
    """Reasons to be read one after the other, each with those that only say the same in other words.

    Nothing is lost: who shows a reason's rule, facts and sources shows those of its second voices beside them.
    """
    there = {r.rule for r in reasons}
    second: dict[str, list[Reason]] = {}
    read = []
    for reason in reasons:
        by = _SAID_BY.get(reason.rule)
        if by in there and not _says_more(reason):
            second.setdefault(str(by), []).append(reason)
        else:
            read.append(reason)
    # of several reasons of one rule the first speaks for the others
    return tuple((r, tuple(second.pop(r.rule, ()))) for r in read)


def _says_more(reason: Reason) -> bool:
    """Intensity or downhill is to be turned down, too: no cap says that."""
    return reason.rule == "TL-R03" and reason.fact("levers") != "volume"


_REFERRALS: Final = ("Book an appointment.", "See a professional.", "Have it looked at.")


def told_once(said: Iterable[str]) -> tuple[str, ...]:
    """The sentences of a list of reasons, in which the same advice is given once: after that only its why.

    "Take it easy. It hurt." and "Take it easy. It swelled." become "Take it easy. It hurt." and "It swelled." That
    somebody should look at it is said once, too.
    """
    given: set[str] = set()
    out, seen = [], False
    for text in said:
        referral = next((r for r in _REFERRALS if text.endswith(f" {r}")), None)
        shorter = text.removesuffix(f" {referral}") if referral is not None and seen else text
        seen = seen or referral is not None
        advice, stop, why = shorter.partition(". ")
        out.append(why if stop and advice in given else shorter)
        given.add(advice)
    return tuple(out)


def read_once(said: Iterable[str]) -> tuple[str, ...]:
    """As `told_once`, for who shows nothing beside a sentence: the same sentence for a second reason is left out whole.

    Not "Home work goes on until then." alone, as the rest of a sentence that was read before.
    """
    return tuple(dict.fromkeys(told_once(dict.fromkeys(said))))
