"""The exercise gallery and the page of one exercise: cards, filters, tempo and cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from niggle.actions.library import Exercise
from niggle.core.movement import Movement
from niggle.web.dress.words import capital
from niggle.wording import movement as words

FILTERS: Final = ("part", "need", "type")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: str
    many: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """part, need, type: words apart by spaces, as the filters of the page compare them. text: what is searched."""

    id: str
    digest: str
    title: str
    say: str
    part: str
    need: str
    type: str
    text: str
    shown: bool
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    cards: tuple[Card, ...]


def _parts(movement: Movement) -> list[str]:
    return [part for part, (_, muscles) in words.BODY_PARTS.items() if set(muscles) & set(movement.targets)]


def _needs(movement: Movement) -> list[str]:
    return list(movement.equipment) or [words.NO_EQUIPMENT]


def _types(movement: Movement) -> list[str]:
    return list(movement.types)


def _text(movement: Movement) -> str:
    said = [movement.title, movement.id.replace("-", " "), words.muscles(movement.targets)]
    said += [words.thing(e) for e in movement.equipment]
    said += [" ".join(words.TYPE_WORDS[t]) for t in movement.types if t in words.TYPE_WORDS]
    return " ".join(said).casefold()


def card(exercise: Exercise, chosen: Mapping[str, str], query: str, phases: Iterable[str] = ()) -> Card:
    """phases: of her open plans that hold it."""
    movement = exercise.movement
    values = {"part": _parts(movement), "need": _needs(movement), "type": _types(movement)}
    text = _text(movement)
    shown = all(not chosen.get(f) or chosen[f] in values[f] for f in FILTERS)
    shown = shown and (not chosen.get("phase") or chosen["phase"] in phases)
    shown = shown and all(word in text for word in query.casefold().split())
    lay = [words.MUSCLE_WORDS.get(t, (t, ""))[0] for t in movement.targets[:2]]
    return Card(
        id=exercise.id, digest=exercise.digest, title=movement.title, say=capital(", ".join(lay)),
        part=" ".join(values["part"]), need=" ".join(values["need"]), type=" ".join(values["type"]),
        text=text, shown=shown, phase=" ".join(sorted(phases)),
    )  # fmt: skip


def filters(movements: Sequence[Movement], chosen: Mapping[str, str]) -> tuple[Filter, ...]:
    """The three filters; a value that no exercise has is not offered."""
    parts = {key: name for key, (name, _) in words.BODY_PARTS.items()}
    types = {key: f"{lay} ({clinic})" if clinic else lay for key, (lay, clinic) in words.TYPE_WORDS.items()}
    needs = sorted({n for m in movements for n in m.equipment}, key=words.thing)
    things = {words.NO_EQUIPMENT: capital(words.thing(words.NO_EQUIPMENT))}
    things |= {n: capital(words.thing(n)) for n in needs}

    def made(name: str, label: str, values: Mapping[str, str], have: Iterable[list[str]]) -> Filter:
        flat = [v for row in have for v in row]
        options = (Option(v, t, flat.count(v), chosen.get(name) == v) for v, t in values.items())
        return Filter(name, label, tuple(o for o in options if o.many or o.chosen))

    return (
        made("part", "Body part", parts, map(_parts, movements)),
        made("type", "Kind of work", types, map(_types, movements)),
        made("need", "What you have", things, map(_needs, movements)),
    )


def inlined(svg: str, label: str) -> SafeString:
    """A drawing for the page: its sentence as the name, instead of a title that would pop up under the mouse."""
    named = f' aria-label="{escape(label)}" role="img">'
    return mark_safe(  # noqa: S308 - drawn by the program from its own files, label escaped
        re.sub(r"<title>.*?</title>", "", svg.replace(' role="img">', named, 1), count=1)
    )


def player(exercise: Exercise) -> dict[str, object]:
    """What the player needs to know, as JSON: see static/niggle/player.js."""
    movement = exercise.movement
    sides = [w for w in movement.work if w in ("left", "right")]
    return {
        "id": exercise.id,
        "sided": len(sides) == 1,
        "phases": [
            {"word": word, "seconds": p.seconds, "shown": p.shown, "cut": p.cut}
            for word, p in words.phases(movement)
        ],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExercisePage:
    id: str
    digest: str
    title: str
    muscles: str
    needs: str
    types: tuple[str, ...]
    tempo: str
    sentence: str
    cues: tuple[str, ...]
    catalogue: str
    sided: bool


def page(exercise: Exercise) -> ExercisePage:
    movement = exercise.movement
    return ExercisePage(
        id=exercise.id,
        digest=exercise.digest,
        title=movement.title,
        muscles=capital(words.muscles(movement.targets)),
        needs=capital(", ".join(words.thing(n) for n in _needs(movement))),
        types=tuple(words.TYPE_WORDS[t][0] for t in movement.types if t in words.TYPE_WORDS),
        tempo=words.tempo_line(movement),
        sentence=words.alternative(movement),
        cues=tuple(capital(c.text) for c in movement.cues),
        catalogue=", ".join(movement.catalogue),
        sided=bool(player(exercise)["sided"]),
    )
