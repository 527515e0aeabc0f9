"""The body map's drawing: strict YAML to core.drawing, with file and line of everything that is wrong."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError, model_validator

from niggle.core.body import LOAD_TISSUES, SITES, LoadTissue, Side, nearest
from niggle.core.drawing import Drawing, Knot, Line, Region, View
from niggle.knowledge.loader import Complaint, KnowledgeError
from niggle.knowledge.schema_base import Strict, Text, Word
from niggle.knowledge.yaml_lines import Lines, YamlProblem, line_of, read

FILE: Final = Path(__file__).parent / "body_map.yaml"
FEWEST_KNOTS: Final = 3
_KNOT: Final = re.compile(r"^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(!?)$")

Knots = Text | list[Text]
Place = tuple[str | int, ...]


class RegionIn(Strict):
    """A shape alone, or several in a row, may stand for {d: …}."""

    d: Knots
    holes: list[Text] = Field(default_factory=list)
    middle: bool = False
    deep: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"d": given} if isinstance(given, str | list) else given


class ViewIn(Strict):
    title: Text
    box: Annotated[list[float], Field(min_length=4, max_length=4)]
    side: Side
    mirrors: bool = False
    outline: list[Text]
    lines: list[Text] = Field(default_factory=list)
    regions: dict[Word, RegionIn]


class DrawingIn(Strict):
    views: dict[Word, ViewIn]
    tissues: dict[LoadTissue, list[Word]]


class _Wrong(Exception):
    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


@lru_cache(maxsize=4)
def body_map(path: Path = FILE) -> Drawing:
    """The drawing. Raises KnowledgeError with file and line: unknown sites, lines that are none, sites left out."""
    try:
        data, lines = read(path)
    except YamlProblem as problem:
        raise KnowledgeError([Complaint(path.name, problem.line, problem.message)]) from None
    try:
        given = DrawingIn.model_validate(data or {})
    except ValidationError as error:
        raise KnowledgeError([_complaint(path.name, lines, item) for item in error.errors()]) from None
    wrong: list[_Wrong] = []
    views = tuple(_view(name, view, wrong) for name, view in given.views.items())
    _check_sites(given, wrong)
    if wrong:
        raise KnowledgeError([Complaint(path.name, line_of(lines, w.place), w.message) for w in wrong])
    return Drawing(views, {tissue: tuple(given.tissues[tissue]) for tissue in LOAD_TISSUES})


def _complaint(file: str, lines: Lines, item: Any) -> Complaint:
    place = tuple(p for p in item["loc"] if p not in ("[key]", "RegionIn") and not str(p).startswith(("constr", "str")))
    return Complaint(file, line_of(lines, place), f"{'.'.join(map(str, place))}: {item['msg']}")


def _view(name: str, given: ViewIn, wrong: list[_Wrong]) -> View:
    at: Place = ("views", name)
    if given.side not in (Side.LEFT, Side.RIGHT):
        wrong.append(_Wrong((*at, "side"), "side: the half that stands written is left or right"))
    if given.box[2] <= 0 or given.box[3] <= 0:
        wrong.append(_Wrong((*at, "box"), "box: x, y, width and height, the last two above 0"))

    def many(part: str, texts: list[str], *, fewest: int = FEWEST_KNOTS, half: bool = False) -> tuple[Line, ...]:
        return tuple(_line(text, (*at, part, i), wrong, fewest, half=half) for i, text in enumerate(texts))

    return View(
        id=name,
        title=given.title,
        box=(given.box[0], given.box[1], given.box[2], given.box[3]),
        side=given.side,
        mirrors=given.mirrors,
        outline=many("outline", given.outline, half=given.mirrors),
        lines=many("lines", given.lines, fewest=2),
        regions=tuple(
            _region(site, region, (*at, "regions", site), given, wrong) for site, region in given.regions.items()
        ),
    )


def _region(site: str, given: RegionIn, at: Place, view: ViewIn, wrong: list[_Wrong]) -> Region:
    if given.middle and not view.mirrors:
        wrong.append(_Wrong((*at, "middle"), "middle: only in a view that mirrors"))
    known = SITES.get(site)
    if known is not None and view.mirrors and known.paired is given.middle:
        wrong.append(_Wrong(at, f"{site}: {'has' if known.paired else 'has no'} left and right; mind middle"))
    texts = [given.d] if isinstance(given.d, str) else given.d
    half = given.middle
    return Region(
        site,
        tuple(_line(text, (*at, "d", i), wrong, half=half) for i, text in enumerate(texts)),
        tuple(_line(text, (*at, "holes", i), wrong, half=half) for i, text in enumerate(given.holes)),
        given.middle,
        given.deep,
    )


def _line(text: str, at: Place, wrong: list[_Wrong], fewest: int = FEWEST_KNOTS, *, half: bool = False) -> Line:
    """Knots from "x,y x,y!": the mark makes a corner. A half line begins and ends on the axis, x = 0."""
    knots = []
    for word in text.split():
        match = _KNOT.match(word)
        if match is None:
            wrong.append(_Wrong(at, f"{word!r} is no knot; write x,y or, for a corner, x,y!"))
            return ()
        knots.append(Knot(float(match[1]), float(match[2]), bool(match[3])))
    if len(knots) < fewest:
        wrong.append(_Wrong(at, f"{len(knots)} knots make no shape; at least {fewest}"))
    if half and knots and (knots[0].x or knots[-1].x):
        wrong.append(_Wrong(at, "the half line of a middle shape begins and ends at x = 0"))
    return tuple(knots)


def _check_sites(given: DrawingIn, wrong: list[_Wrong]) -> None:
    drawn: set[str] = set()
    for name, view in given.views.items():
        drawn |= set(view.regions)
        wrong += [
            _Wrong(("views", name, "regions", site), _unknown(site)) for site in view.regions if site not in SITES
        ]
    missing = [site for site in SITES if site not in drawn]
    if missing:
        wrong.append(_Wrong(("views",), f"no view has a region for {', '.join(missing)}"))
    home: dict[str, str] = {}
    for tissue in LOAD_TISSUES:
        if tissue not in given.tissues:
            wrong.append(_Wrong(("tissues",), f"{tissue.value} has no place on the body"))
    for tissue, sites in given.tissues.items():
        for i, site in enumerate(sites):
            at = ("tissues", tissue.value, i)
            if site not in SITES:
                wrong.append(_Wrong(at, _unknown(site)))
            elif site in home:
                wrong.append(_Wrong(at, f"{site} stands for {home[site]} already"))
            home.setdefault(site, tissue.value)


def _unknown(site: str) -> str:
    near = nearest(site)
    return f"there is no site {site!r}" + (f"; did you mean {near}?" if near else "")
