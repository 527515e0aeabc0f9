"""What a moving figure shows, in words: muscles, things needed, kinds of work, and the movement in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from niggle.core.movement import Base, Movement, Phase, View

# muscle -> (her word, the clinic's word)
MUSCLE_WORDS: Final = {
    "calf": ("calf", "gastrocnemius"),
    "soleus": ("deep calf", "soleus"),
    "achilles": ("Achilles tendon", ""),
    "shin": ("front of the shin", "tibialis anterior"),
    "peroneals": ("outside of the shin", "peroneals"),
    "arch": ("arch of the foot", "plantar muscles"),
    "quads": ("front of the thigh", "quadriceps"),
    "hamstrings": ("back of the thigh", "hamstrings"),
    "adductors": ("inside of the thigh", "adductors"),
    "glutes": ("buttock", "gluteus maximus"),
    "glute_med": ("side of the hip", "gluteus medius"),
    "hip_flexors": ("front of the hip", "hip flexors"),
    "abs": ("belly", "abdominals"),
    "obliques": ("side of the belly", "obliques"),
    "back": ("lower back", "back extensors"),
    "upper_back": ("upper back", ""),
    "shoulder_blades": ("shoulder blades", ""),
    "it_band": ("outside of the thigh", "iliotibial band"),
}

# body part -> muscles, for looking something up
BODY_PARTS: Final = {
    "foot": ("Foot", ("arch",)),
    "lower_leg": ("Calf, shin and Achilles", ("calf", "soleus", "achilles", "shin", "peroneals")),
    "thigh": ("Thigh", ("quads", "hamstrings", "adductors", "it_band")),
    "hip": ("Hip and buttock", ("glutes", "glute_med", "hip_flexors")),
    "trunk": ("Trunk", ("abs", "obliques", "back", "upper_back", "shoulder_blades")),
}

TYPE_WORDS: Final = {
    "iso": ("Holding", "isometric"),
    "isot": ("Strength", "up and down"),
    "ecc": ("Slow lowering", "eccentric"),
    "plyo": ("Jumping", "plyometric"),
    "mob": ("Moving and stretching", "mobility"),
    "mass": ("Massage", ""),
    "bal": ("Balance", ""),
    "card": ("Endurance", ""),
    "drill": ("Running drill", ""),
    "test": ("Test", ""),
}

NO_EQUIPMENT: Final = "none"
_THINGS: Final = {"small_ball": "small ball"}
_BASES: Final = {
    Base.SUPINE: "lying on the back",
    Base.PRONE: "face down",
    Base.SIDE_LEFT: "lying on the side",
    Base.SIDE_RIGHT: "lying on the side",
}
_VIEWS: Final = {View.SIDE: "from the side", View.FRONT: "from the front", View.BACK: "from behind",
                 View.TOP: "from above"}  # fmt: skip


def thing(equipment: str) -> str:
    """small_ball -> small ball; none -> nothing needed."""
    return "nothing needed" if equipment == NO_EQUIPMENT else _THINGS.get(equipment, equipment.replace("_", " "))


def muscles(targets: Iterable[str]) -> str:
    """front of the thigh (quadriceps), buttock (gluteus maximus)."""
    named = [MUSCLE_WORDS.get(t, (t.replace("_", " "), "")) for t in targets]
    return ", ".join(f"{lay} ({clinic})" if clinic else lay for lay, clinic in named)


def phases(movement: Movement) -> tuple[tuple[str, Phase], ...]:
    """Word and phase, in the order of the tempo; staying in a pose without a word of its own is "hold"."""
    before = movement.start()
    out = []
    for phase in movement.tempo:
        word = "again" if phase.cut else (phase.say or ("hold" if phase.to == before else "move"))
        out.append((word, phase))
        before = phase.to
    return tuple(out)


def alternative(movement: Movement) -> str:
    """One sentence that says what the picture shows, for those who do not see it."""
    steps = [f"{word} ({seconds(p.seconds)})" for word, p in phases(movement) if not p.cut]
    base = f", {_BASES[movement.base]}" if movement.base in _BASES else ""
    text = f"{movement.title}{base}, seen {_VIEWS[movement.view]}: {', then '.join(steps)}."
    return f"{text} Works: {muscles(movement.targets)}." if movement.targets else text


def seconds(value: float) -> str:
    """3 s, 0.5 s, 2 min; number and unit stay on one line."""
    if value >= 60 and value % 60 == 0:
        return f"{value / 60:g}\N{NO-BREAK SPACE}min"
    return f"{value:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}s"


def tempo_line(movement: Movement) -> str:
    """Lower slowly 3 s, hold 1 s, drive up 1 s."""
    line = ", ".join(f"{word} {seconds(p.seconds)}" for word, p in phases(movement) if not p.cut)
    return line[:1].upper() + line[1:]
