"""The check-in as an interview on the terminal: the questions that every face asks, typed instead of tapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from niggle.actions.checkin_form import NONE, UNUSUAL, plain_from_form, told_from_form
from niggle.core.body import SITES, Side, nearest
from niggle.wording.interview import DAY, Option, Step, applies, site_groups

Ask = Callable[[str], str]
Say = Callable[[str], None]
_YES: Final = frozenset({"y", "yes"})
_NO: Final = frozenset({"n", "no"})
_NEEDED: Final = frozenset({"hurts", "site", "side"})


@dataclass(slots=True)
class Typed:
    """The answers by name, as a submitted form offers them."""

    given: dict[str, list[str]] = field(default_factory=dict)

    def get(self, key: str, default: Any = None, /) -> Any:
        values = self.given.get(key)
        return values[-1] if values else default

    def getlist(self, key: str, /) -> Sequence[str]:
        return self.given.get(key, [])


@dataclass(frozen=True, slots=True)
class Interviewed:
    """plain: the entry for `parse_entry`. told: what was unusual that day, by code."""

    plain: dict[str, Any]
    told: tuple[str, ...]


def interview(
    ask: Ask,
    say: Say,
    on: date,
    steps: Sequence[Step],
    planned: Sequence[tuple[str, Side | None]] = (),
    distance_unit: str = "km",
) -> Interviewed:
    """Ask every step that applies. steps: wording.interview.steps. planned: the places of her plans, offered first.

    `on`: the day it is about; a morning is that day's, kept with the day before it.
    """
    form = Typed()
    say("Enter skips what you do not know; whether and where it hurts is needed.")
    for step in steps:
        if step.id in form.given or not applies(step.when, form.given):
            continue
        values = _asked(ask, say, step, form, planned)
        if values:
            form.given[step.id] = values
        if step.extra == "onset" and form.get("course") == "late":
            far = _number(ask, say, f"After how far, in {distance_unit}? ", None)
            form.given |= {} if far is None else {"onset": [f"{far:g}"]}
    return Interviewed(plain_from_form(form, steps, on, distance_unit), told_from_form(form))


def _asked(ask: Ask, say: Say, step: Step, form: Typed, planned: Sequence[tuple[str, Side | None]]) -> list[str]:
    if step.kind == "sites":
        known = _planned(ask, say, planned)
        if known is not None and known[1] is not None:
            form.given["side"] = [known[1].value]
        return [ask_site(ask, say, step.title) if known is None else known[0]]
    if step.kind == "pain":
        score = _number(ask, say, f"{step.title} {step.hint} ", 10)
        return [] if score is None else [f"{score:g}"]
    if step.kind == "checks":
        title = step.title if step.title.endswith("?") or not step.hint else f"{step.title}."
        return ask_checks(ask, say, f"{title} {step.hint}".strip(), step.options)
    if step.kind == "review":
        if step.options:
            form.given[UNUSUAL] = ask_checks(ask, say, "Anything unusual that day?", step.options)
        return []
    options = [(o.value, _words(o)) for o in step.options]
    if step.id in _NEEDED:
        return [choose(ask, say, step.title, options)]
    chosen = choose(ask, say, step.title, options, skip=True)
    return [chosen] if chosen else [DAY] if step.id == "moment" else []


def _words(option: Option) -> str:
    return f"{option.name} ({option.hint[:1].lower()}{option.hint[1:]})" if option.hint else option.name


def ask_checks(ask: Ask, say: Say, text: str, options: Sequence[Option]) -> list[str]:
    """Several of a list: what is chosen is yes, the rest is no once she says so; Enter answers nothing."""
    say(text)
    for number, option in enumerate(options, 1):
        say(f"  {number}  {_words(option)}")
    while True:
        typed = ask("Numbers with commas, 0 for none of them: ").strip()
        if not typed:
            return []
        parts = [p for p in typed.replace(",", " ").split() if p]
        if all(p.isdigit() and int(p) <= len(options) for p in parts):
            return [options[n - 1].value for n in sorted({int(p) for p in parts}) if n] or [NONE]
        say(f"Numbers from 0 to {len(options)}, please.")


def _planned(ask: Ask, say: Say, planned: Sequence[tuple[str, Side | None]]) -> tuple[str, Side | None] | None:
    """One of the places that a plan listens to; None for somewhere else, or without a plan."""
    if not planned:
        return None
    from niggle.wording.places import place

    options = [(str(n), f"{place(*where)}, which your plan listens to") for n, where in enumerate(planned)]
    chosen = choose(ask, say, "Where?", [*options, ("", "somewhere else")])
    return planned[int(chosen)] if chosen else None


def ask_site(ask: Ask, say: Say, text: str) -> str:
    """A place by region and number, or by its name in her own words."""
    groups = {f"{n}": group for n, group in enumerate(site_groups())}
    named = [(key, group.name) for key, group in groups.items()]
    region = choose(ask, say, f"{text} (a number, or a word such as heel)", named, free=True)
    if region not in groups:
        return region
    options = [(o.value, o.name) for o in groups[region].options]
    return choose(ask, say, "Where exactly?", options, free=True)


def choose(
    ask: Ask, say: Say, text: str, options: Sequence[tuple[str, str]], *, free: bool = False, skip: bool = False
) -> str:
    """One of the options by number or name. free: a body site in her own words is understood too. skip: Enter is ""."""
    say(text)
    for number, (_, words) in enumerate(options, 1):
        say(f"  {number}  {words}")
    while True:
        typed = ask("> ").strip().lower()
        if not typed and skip:
            return ""
        if typed.isdigit() and 1 <= int(typed) <= len(options):
            return options[int(typed) - 1][0]
        named = [value for value, words in options if typed and typed in (value, words.lower())]
        begun = [value for value, _ in options if typed and not free and value.startswith(typed)]
        if named or len(begun) == 1:
            return (named or begun)[0]
        if free and typed in SITES:
            return typed
        several = [s for s in SITES.values() if typed in s.lay.lower().replace(",", "").split()] if free else []
        if len(several) > 1:  # a heel is four places, and they do not heal alike
            return choose(ask, say, "Where exactly?", [(s.id, s.lay) for s in several])
        if free and typed and (site := nearest(typed)) is not None:
            say(f"That is: {SITES[site].lay}.")
            return site
        say(f"{'' if typed else 'This one is needed. '}A number from 1 to {len(options)}, please.")


def yes_no(ask: Ask, say: Say, text: str, *, needed: bool = False) -> bool | None:
    while True:
        typed = ask(f"{text} (y/n) ").strip().lower()
        if typed in _YES:
            return True
        if typed in _NO:
            return False
        if not typed and not needed:
            return None
        say("y for yes, n for no, please.")


def _number(ask: Ask, say: Say, text: str, top: int | None) -> float | None:
    while True:
        typed = ask(text).strip().replace(",", ".")
        if not typed:
            return None
        try:
            value = float(typed)
        except ValueError:
            value = -1.0
        if 0 <= value < float("inf") and (top is None or (value <= top and (value * 2).is_integer())):
            return value
        say(f"A number from 0 to {top}, halves allowed." if top is not None else "A number, please.")
