"""Conditions as data: the `when:` of a rule in YAML, evaluated over named facts with three values of truth.

A fact that nobody answered is unknown, not absent: `not limp` is unknown while limp is unanswered. A rule fires only
on True. Forms (see knowledge/README.md):

    swelling                                       the fact is true
    {not: X}  {all: [X, ...]}  {any: [X, ...]}     Kleene logic
    {at_least: 2, of: [X, ...]}                    at least so many are true
    {fact: pain_max, op: ">=", parameter: red_min} a comparison with a parameter, or with `value: 7`
    {fact: site, in: [groin, navicular]}           membership
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from niggle.core.reasons import FactValue

Truth = bool | None
Facts = Mapping[str, FactValue]

OPS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


class When:
    """A condition. `truth` evaluates it; `names` are the facts it looks at, in order of first use.

    `holds` is `truth(facts) is True` and `fails` is `truth(facts) is False`: they stop as soon as that is decided.
    """

    __slots__ = ()
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(dict.fromkeys(self.walk())))

    def truth(self, facts: Facts) -> Truth:
        raise NotImplementedError

    def holds(self, facts: Facts) -> bool:
        raise NotImplementedError

    def fails(self, facts: Facts) -> bool:
        raise NotImplementedError

    def walk(self) -> Iterator[str]:
        raise NotImplementedError


def _worked_out() -> Any:
    """A field that follows from the others."""
    return field(init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Is(When):
    name: str
    names: tuple[str, ...] = _worked_out()

    def truth(self, facts: Facts) -> Truth:
        value = facts.get(self.name)
        return None if value is None else bool(value)

    def holds(self, facts: Facts) -> bool:
        return bool(facts.get(self.name))

    def fails(self, facts: Facts) -> bool:
        value = facts.get(self.name)
        return value is not None and not value

    def walk(self) -> Iterator[str]:
        yield self.name


@dataclass(frozen=True, slots=True)
class Not(When):
    term: When
    names: tuple[str, ...] = _worked_out()

    def truth(self, facts: Facts) -> Truth:
        value = self.term.truth(facts)
        return None if value is None else not value

    def holds(self, facts: Facts) -> bool:
        return self.term.fails(facts)

    def fails(self, facts: Facts) -> bool:
        return self.term.holds(facts)

    def walk(self) -> Iterator[str]:
        yield from self.term.walk()


@dataclass(frozen=True, slots=True)
class AtLeast(When):
    """True once `count` terms are true, False once they no longer can be. `all` and `any` are its two ends.

    Terms that only name a fact, most of them, are looked up before the others and without asking the term.
    """

    count: int
    terms: tuple[When, ...]
    names: tuple[str, ...] = _worked_out()
    plain: tuple[str, ...] = _worked_out()
    others: tuple[When, ...] = _worked_out()

    def __post_init__(self) -> None:
        When.__post_init__(self)
        object.__setattr__(self, "plain", tuple(t.name for t in self.terms if isinstance(t, Is)))
        object.__setattr__(self, "others", tuple(t for t in self.terms if not isinstance(t, Is)))

    def truth(self, facts: Facts) -> Truth:
        true, unknown = 0, 0
        for name in self.plain:
            value = facts.get(name)
            if value:
                true += 1
            elif value is None:
                unknown += 1
        for n, term in enumerate(self.others):
            if true >= self.count:
                return True
            if true + unknown + len(self.others) - n < self.count:
                return False
            truth = term.truth(facts)
            if truth:
                true += 1
            elif truth is None:
                unknown += 1
        return True if true >= self.count else None if true + unknown >= self.count else False

    def holds(self, facts: Facts) -> bool:
        wanting, spare = self.count, len(self.terms) - self.count
        for name in self.plain:
            if facts.get(name):
                wanting -= 1
                if wanting == 0:
                    return True
            elif spare == 0:
                return False
            else:
                spare -= 1
        for term in self.others:
            if term.holds(facts):
                wanting -= 1
                if wanting == 0:
                    return True
            elif spare == 0:
                return False
            else:
                spare -= 1
        return False

    def fails(self, facts: Facts) -> bool:
        open_ = 0
        for term in self.terms:
            if not term.fails(facts):
                open_ += 1
                if open_ >= self.count:
                    return False
        return open_ < self.count

    def walk(self) -> Iterator[str]:
        for term in self.terms:
            yield from term.walk()


@dataclass(frozen=True, slots=True)
class Compare(When):
    name: str
    op: str
    value: float
    names: tuple[str, ...] = _worked_out()
    fits: Callable[[Any, Any], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        When.__post_init__(self)
        object.__setattr__(self, "fits", OPS[self.op])

    def truth(self, facts: Facts) -> Truth:
        value = facts.get(self.name)
        return None if value is None else self.fits(value, self.value)

    def holds(self, facts: Facts) -> bool:
        value = facts.get(self.name)
        return value is not None and self.fits(value, self.value)

    def fails(self, facts: Facts) -> bool:
        value = facts.get(self.name)
        return value is not None and not self.fits(value, self.value)

    def walk(self) -> Iterator[str]:
        yield self.name


@dataclass(frozen=True, slots=True)
class OneOf(When):
    name: str
    values: frozenset[FactValue]
    names: tuple[str, ...] = _worked_out()

    def truth(self, facts: Facts) -> Truth:
        value = facts.get(self.name)
        return None if value is None else value in self.values

    def holds(self, facts: Facts) -> bool:
        value = facts.get(self.name)
        return value is not None and value in self.values

    def fails(self, facts: Facts) -> bool:
        value = facts.get(self.name)
        return value is not None and value not in self.values

    def walk(self) -> Iterator[str]:
        yield self.name


class BadCondition(ValueError):
    """A `when:` that does not follow the forms above."""


def parse(form: Any, parameters: Mapping[str, float]) -> When:
    """A condition from its YAML form. Raises BadCondition with what is wrong; names are checked by the loader."""
    if isinstance(form, str):
        return Is(form)
    if not isinstance(form, Mapping):
        raise BadCondition(f"a condition is a fact's name or a mapping, not {form!r}")
    keys = set(form)
    if keys == {"not"}:
        return Not(parse(form["not"], parameters))
    for key in ("all", "any"):
        if keys == {key}:
            terms = _terms(form[key], parameters)
            return AtLeast(len(terms) if key == "all" else 1, terms)
    if keys == {"at_least", "of"}:
        return AtLeast(int(form["at_least"]), _terms(form["of"], parameters))
    if keys == {"fact", "in"}:
        return OneOf(str(form["fact"]), frozenset(form["in"]))
    if "fact" in keys and "op" in keys and len(keys) == 3:
        if form["op"] not in OPS:
            raise BadCondition(f"unknown comparison {form['op']!r}; one of {', '.join(OPS)}")
        if "value" in keys:
            return Compare(str(form["fact"]), form["op"], float(form["value"]))
        name = str(form.get("parameter"))
        if name not in parameters:
            raise BadCondition(f"unknown parameter {name!r}")
        return Compare(str(form["fact"]), form["op"], parameters[name])
    raise BadCondition(f"a condition cannot have the keys {', '.join(sorted(map(str, keys)))}")


def _terms(forms: Any, parameters: Mapping[str, float]) -> tuple[When, ...]:
    if not isinstance(forms, list) or not forms:
        raise BadCondition("expects a list with at least one condition")
    return tuple(parse(f, parameters) for f in forms)
