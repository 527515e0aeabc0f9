"""The exercise figures' files: strict YAML to Movement, with file and line of everything that is wrong.

Whether a movement is possible is not known here: `load_one` and `load_all` take the check as an argument (the figures
package has it), and turn what it finds into complaints with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import Field, ValidationError

from niggle.core.movement import (
    JOINTS,
    MIDDLE_JOINTS,
    MUSCLES,
    POINTS,
    SIDE_JOINTS,
    SIDES,
    Angles,
    Contact,
    Cue,
    FootHold,
    Movement,
    Phase,
    Place,
    Pose,
    Prop,
)
from niggle.knowledge.figures_schema import PROP_KINDS, TYPES, FigureIn, FootIn, PoseIn, Strict, angles_in
from niggle.knowledge.loader import Complaint, KnowledgeError
from niggle.knowledge.yaml_lines import Lines, YamlProblem, line_of, read

FOLDER: Final = Path(__file__).parent / "figures"
NOT_MOVEMENTS: Final = "not-movements.yaml"
Findings = Iterable[tuple[tuple[str | int, ...], str]]
Checker = Callable[[Movement], Findings]

_PLURAL: Final = {
    "hips": "hip", "knees": "knee", "ankles": "ankle", "all_toes": "toes", "shoulders": "shoulder", "elbows": "elbow",
    "wrists": "wrist",
}  # fmt: skip
_MACHINERY: Final = ("function-", "FootIn", "str", "literal")  # words of the validator, not of the file


class _Wrong(Exception):
    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def load_one(path: Path, check: Checker | None = None) -> Movement:
    """One figure file. Raises KnowledgeError with file and line of everything that is wrong."""
    movement, complaints = _load(path, check)
    if complaints or movement is None:
        raise KnowledgeError(complaints)
    return movement


def load_all(folder: Path = FOLDER, check: Checker | None = None) -> dict[str, Movement]:
    """All figures by id. Raises KnowledgeError with every complaint of every file."""
    movements: dict[str, Movement] = {}
    complaints: list[Complaint] = []
    for path in figure_files(folder):
        movement, wrong = _load(path, check)
        complaints += wrong
        if movement is not None:
            movements[movement.id] = movement
    if complaints:
        raise KnowledgeError(complaints)
    return movements


def figure_files(folder: Path = FOLDER) -> list[Path]:
    return [p for p in sorted(folder.glob("*.yaml")) if p.name != NOT_MOVEMENTS]


def ids(folder: Path = FOLDER) -> list[str]:
    return [p.stem for p in figure_files(folder)]


class NotMovement(Strict):
    reason: str
    see: list[str] = Field(default_factory=list)


def not_movements(folder: Path = FOLDER) -> dict[str, NotMovement]:
    """Catalogue ids that get no figure, with the reason."""
    path = folder / NOT_MOVEMENTS
    data, lines = read(path)
    out: dict[str, NotMovement] = {}
    for key, value in (data or {}).items():
        try:
            out[key] = NotMovement.model_validate(value)
        except ValidationError as error:
            raise KnowledgeError(
                [Complaint(path.name, line_of(lines, (key,)), str(error.errors()[0]["msg"]))]
            ) from None
    return out


def _load(path: Path, check: Checker | None) -> tuple[Movement | None, list[Complaint]]:
    name = f"figures/{path.name}"
    try:
        data, lines = read(path)
    except YamlProblem as problem:
        return None, [Complaint(name, problem.line, problem.message)]
    try:
        given = FigureIn.model_validate(data)
    except ValidationError as error:
        return None, _complaints(name, lines, error)
    try:
        movement = _movement(given, path.stem)
    except _Wrong as wrong:
        return None, [Complaint(name, line_of(lines, wrong.path), wrong.message)]
    except ValidationError as error:
        return None, _complaints(name, lines, error)
    found = [] if check is None else list(check(movement))
    return movement, [Complaint(name, line_of(lines, where), message) for where, message in found]


def _complaints(name: str, lines: Lines, error: ValidationError) -> list[Complaint]:
    out = []
    for item in error.errors():
        where = tuple(p for p in item["loc"] if isinstance(p, int) or not str(p).startswith(_MACHINERY))
        out.append(Complaint(name, line_of(lines, where), f"{'.'.join(map(str, where))}: {item['msg']}"))
    return out


def _movement(given: FigureIn, stem: str) -> Movement:
    if given.id != stem:
        raise _Wrong(("id",), f"the id {given.id!r} is not the file's name {stem!r}")
    for i, target in enumerate(given.targets):
        _known(("targets", i), "muscle", target, MUSCLES)
    for i, word in enumerate(given.types):
        _known(("types", i), "type", word, TYPES)
    raw = {name: _inherited(given, name, ()) for name in given.poses}
    poses = {name: _pose(name, merged) for name, merged in raw.items()}
    tempo = _tempo(given, poses)
    for i, prop in enumerate(given.props):
        _known(("props", i, "kind"), "prop", prop.kind, PROP_KINDS)
        for end in ("at", "to"):
            spot = getattr(prop, end)
            if isinstance(spot, str):
                _known(("props", i, end), "point", spot, POINTS)
        if prop.kind in {"band", "strap", "arrow"} and prop.to is None:
            raise _Wrong(("props", i), f"a {prop.kind} needs `to`")
        for pose in prop.moves:
            _known(("props", i, "moves", pose), "pose", pose, poses)
    for i, cue in enumerate(given.cues):
        _known(("cues", i, "at"), "point", cue.at, POINTS)
    if given.arrow is not None:
        _known(("arrow",), "point", given.arrow, POINTS)
    if given.close is not None:
        _known(("close", "at"), "point", given.close.at, POINTS)
    for i, pose in enumerate(given.squeeze):
        _known(("squeeze", i), "pose", pose, poses)
    for i, pose in enumerate(given.still):
        _known(("still", i), "pose", pose, poses)
    work = {"both": ("right", "left"), "none": ()}.get(given.work, (given.work,))
    return Movement(
        id=given.id,
        title=given.title,
        catalogue=tuple([given.catalogue] if isinstance(given.catalogue, str) else given.catalogue),
        view=given.view,
        turn_deg=given.turn,
        tilt_deg=given.tilt,
        base=given.base,
        work=work,
        targets=tuple(given.targets),
        poses=poses,
        tempo=tempo,
        props=tuple(Prop(p.kind, p.at, p.to, p.size, p.moves) for p in given.props),
        cues=tuple(Cue(c.at, c.text) for c in given.cues),
        arrow=given.arrow,
        still=tuple(given.still),
        types=tuple(given.types),
        equipment=tuple(given.equipment),
        hands_free=given.hands_free,
        close=None if given.close is None else (given.close.at, given.close.width),
        squeeze=tuple(given.squeeze),
    )


def _known(path: tuple[str | int, ...], what: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise _Wrong(path, f"{word!r} is no {what}; known: {', '.join(known)}")


def _inherited(given: FigureIn, name: str, seen: tuple[str, ...]) -> dict[str, Any]:
    """A pose's own keys over those of the pose it is `like`, over those common to all."""
    own = dict(given.poses[name])
    like = own.pop("like", None)
    if like is None:
        under = dict(given.common)
    elif like not in given.poses:
        raise _Wrong(("poses", name, "like"), f"there is no pose {like!r}")
    elif like in (*seen, name):
        raise _Wrong(("poses", name, "like"), f"the pose {name!r} is like itself")
    else:
        under = _inherited(given, like, (*seen, name))
    out = {**under, **own}
    if "reach" in under and "reach" in own and own["reach"] is not None:
        out["reach"] = {**under["reach"], **own["reach"]}
    return {k: v for k, v in out.items() if v is not None}


def _pose(name: str, merged: Mapping[str, Any]) -> Pose:
    angles: dict[str, Angles] = {}
    rest: dict[str, Any] = {}
    for key, value in merged.items():
        joints: tuple[str, ...]
        if key in MIDDLE_JOINTS or key in JOINTS:
            joints = (key,)
        elif key in _PLURAL:
            joints = tuple(f"{s}_{_PLURAL[key]}" for s in SIDES)
        else:
            rest[key] = value
            continue
        try:
            angle: Any = angles_in(value)
            given = tuple(float(a) for a in angle)
        except (ValueError, TypeError) as error:
            raise _Wrong(("poses", name, key), f"{key}: {error}") from None
        for joint in joints:
            if key in _PLURAL and joint in merged:
                continue  # the side's own word counts
            angles[joint] = given  # type: ignore[assignment]
    unknown = sorted(set(rest) - set(PoseIn.model_fields))
    if unknown:
        words = ", ".join([*MIDDLE_JOINTS, *_PLURAL, *(f"right_{j}" for j in SIDE_JOINTS), *PoseIn.model_fields])
        raise _Wrong(("poses", name, unknown[0]), f"{unknown[0]!r} is not known in a pose; known: {words}")
    try:
        rest_in = PoseIn.model_validate(rest)
    except ValidationError as error:
        item = error.errors()[0]
        raise _Wrong(("poses", name, *item["loc"]), f"{'.'.join(map(str, item['loc']))}: {item['msg']}") from None
    return _assemble(name, angles, rest_in)


def _assemble(name: str, angles: Mapping[str, Angles], given: PoseIn) -> Pose:
    for part, contacts in (("anchor", given.anchor or {}), ("reach", given.reach), ("settle", given.settle or {})):
        for point in contacts:
            _known(("poses", name, part, point), "point", point, POINTS)
    if given.anchor is None or len(given.anchor) != 1:
        raise _Wrong(("poses", name), f"the pose {name!r} needs one anchor: the point that stays, and its place")
    for point in given.reach:
        if point.split("_")[-1] not in {"foot", "heel", "ball", "toe", "hand", "palm", "wall", "wrist"}:
            raise _Wrong(("poses", name, "reach", point), f"{point} cannot reach: only points of hands and feet can")
    feet: dict[str, FootHold] = {}
    forearms: dict[str, float] = {}
    for side, foot, arm in (
        ("left", given.left_foot, given.left_forearm), ("right", given.right_foot, given.right_forearm),
    ):  # fmt: skip
        how = given.feet if foot is None else foot
        if isinstance(how, FootIn):
            feet[side] = FootHold(how.heel, how.out, how.tilt)
        angle = given.forearms if arm is None else arm
        if angle is not None:
            forearms[side] = angle
    anchor = next(Contact(p, at) for p, at in given.anchor.items())
    balance = {"both": ("right", "left"), "none": (), None: ()}.get(given.balance, (str(given.balance),))
    if balance and anchor.point.split("_")[-1] not in {"foot", "heel", "ball", "toe"}:
        raise _Wrong(("poses", name), "balance needs a foot as its anchor")
    if balance and anchor.point.split("_")[0] not in balance:
        raise _Wrong(
            ("poses", name), f"balance is over the {' and '.join(balance)} foot, but the anchor is {anchor.point}"
        )
    if len(balance) == 2 and anchor.point.startswith("left"):
        balance = ("left", "right")
    return Pose(
        name=name,
        angles=angles,
        anchor=anchor,
        reach=tuple(Contact(p, at) for p, at in given.reach.items() if p != anchor.point),
        feet=feet,
        forearms=forearms,
        poles=dict(given.poles),
        balance=balance,
        shift=given.shift,
        settle=None if given.settle is None else next(_settle(p, y) for p, y in given.settle.items()),
    )


def _settle(point: str, height: float) -> Contact:
    place: Place = (0.0, height, None)
    return Contact(point, place)


def _tempo(given: FigureIn, poses: Mapping[str, Pose]) -> tuple[Phase, ...]:
    ends = [p.to for p in given.tempo if p.to is not None]
    now = next(iter(poses)) if not ends else ends[-1]
    out = []
    for i, phase in enumerate(given.tempo):
        if (phase.to is None) == (phase.hold is None):
            raise _Wrong(("tempo", i), "a phase says `to` with `s` seconds, or `hold` seconds")
        if phase.to is not None:
            _known(("tempo", i, "to"), "pose", phase.to, poses)
            if phase.s is None:
                raise _Wrong(("tempo", i), "`to` needs `s`: the seconds it takes")
            now, seconds = phase.to, phase.s
            shown = phase.shown
        else:
            assert phase.hold is not None
            seconds = phase.hold
            shown = phase.shown if phase.shown is not None else min(seconds, 2.5)
        out.append(Phase(now, seconds, phase.say, shown, phase.arc, phase.flight, phase.cut))
    return tuple(out)
