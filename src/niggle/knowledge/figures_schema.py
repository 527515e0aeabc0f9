"""What may stand in an exercise figure's file: the strict shapes that pydantic checks."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from niggle.core.movement import (
    Base,
    View,
)

PROP_KINDS: Final = (
    "step", "bench", "box", "chair", "pillow", "treadmill", "mat", "wall", "line", "towel", "marbles", "water", "hill",
    "cone", "floor", "dumbbell", "barbell", "kettlebell", "backpack", "ball", "roller", "bottle", "small_ball", "stick",
    "weight", "pad", "band", "strap", "arrow", "bike", "rower", "elliptical",
)  # fmt: skip
TYPES: Final = ("iso", "isot", "ecc", "plyo", "mob", "mass", "bal", "card", "drill", "test")


def angles_in(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("an angle is a number of degrees, or [flexion, to the side, turn]")
    if isinstance(value, int | float):
        return (value, 0.0, 0.0)
    if isinstance(value, list) and 1 <= len(value) <= 3:
        return (*value, *[0.0] * (3 - len(value)))
    raise ValueError("an angle is a number of degrees, or [flexion, to the side, turn]")


def _place(value: object) -> object:
    if isinstance(value, list) and len(value) == 2:
        return (value[0], value[1], None)
    if isinstance(value, list) and len(value) == 3:
        return tuple(value)
    raise ValueError("a place is [x, y] or [x, y, z] in centimetres")


AnglesIn = Annotated[tuple[float, float, float], BeforeValidator(angles_in)]
PlaceIn = Annotated[tuple[float, float, float | None], BeforeValidator(_place)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FootIn(Strict):
    heel: float = 0.0
    out: float = 0.0
    tilt: float = 0.0


def _foot(value: object) -> object:
    return {} if value == "flat" else value


FootHow = Annotated[FootIn, BeforeValidator(_foot)]


class PoseIn(BaseModel):
    """Everything but the joints; those are read by name, see `_pose`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    anchor: dict[str, PlaceIn] | None = None
    reach: dict[str, PlaceIn] = Field(default_factory=dict)
    left_foot: FootHow | Literal["free"] | None = None
    right_foot: FootHow | Literal["free"] | None = None
    feet: FootHow | Literal["free"] | None = None
    left_forearm: float | None = None
    right_forearm: float | None = None
    forearms: float | None = None
    poles: dict[str, float] = Field(default_factory=dict)
    balance: Literal["left", "right", "both", "none"] | None = None
    shift: tuple[float, float] = (0.0, 0.0)
    settle: dict[str, float] | None = None


class PhaseIn(Strict):
    to: str | None = None
    hold: float | None = Field(None, gt=0, le=600)
    s: float | None = Field(None, gt=0, le=60)
    shown: float | None = Field(None, gt=0, le=10)
    say: str = ""
    arc: float = Field(0.0, ge=0, le=120)
    flight: bool = False
    cut: bool = False


class PropIn(Strict):
    kind: str
    at: PlaceIn | str = (0.0, 0.0, 0.0)
    to: PlaceIn | str | None = None
    size: tuple[float, float, float] = (0.0, 0.0, 0.0)
    moves: dict[str, PlaceIn] = Field(default_factory=dict)


class CueIn(Strict):
    at: str
    text: str = Field(max_length=48)


class CloseIn(Strict):
    at: str
    width: float = Field(ge=30, le=200)


class FigureIn(Strict):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    catalogue: list[str] | str
    title: str = Field(min_length=3, max_length=70)
    view: View
    turn: float = Field(0.0, ge=-90, le=90)
    tilt: float = Field(0.0, ge=0, le=40)
    base: Base = Base.STAND
    work: Literal["left", "right", "both", "arms", "none"] = "both"
    targets: list[str] = Field(default_factory=list, max_length=4)
    types: list[str] = Field(default_factory=list)
    equipment: list[str] = Field(default_factory=list)
    props: list[PropIn] = Field(default_factory=list)
    common: dict[str, Any] = Field(default_factory=dict)
    poses: dict[str, dict[str, Any]] = Field(min_length=1, max_length=6)
    tempo: list[PhaseIn] = Field(min_length=1, max_length=12)
    cues: list[CueIn] = Field(default_factory=list, max_length=4)
    arrow: str | None = None
    still: list[str] = Field(default_factory=list, max_length=2)
    hands_free: bool = True
    close: CloseIn | None = None
    squeeze: list[str] = Field(default_factory=list)
