"""The body that is drawn: lengths, thickness, masses and how far its joints go.

Lengths are fractions of stature after Drillis & Contini (1966), as tabulated by Winter; masses are Winter's segment
fractions; joint ranges are the usual clinical ones, widened where a loaded joint goes further. All recalled from the
standard literature (grade `recalled`): they make a plausible picture, they measure nobody.
"""

from __future__ import annotations

from typing import Final

STATURE_CM: Final = 170.0


def _cm(fraction: float) -> float:
    return round(fraction * STATURE_CM, 1)


THIGH: Final = _cm(0.245)
SHANK: Final = _cm(0.246)
ANKLE_HEIGHT: Final = _cm(0.039)
FOOT_LENGTH: Final = _cm(0.152)
UPPER_ARM: Final = _cm(0.186)
FOREARM: Final = _cm(0.146)
HAND: Final = _cm(0.108) * 0.8  # half-closed, as it is drawn
# The trunk, 0.288 of stature from hip to shoulder, in three: pelvis, lower and upper trunk.
PELVIS: Final = 11.0
SPINE: Final = 16.0
CHEST: Final = _cm(0.288) - PELVIS - SPINE
NECK_ABOVE_SHOULDERS: Final = 2.5
HEAD_CENTRE: Final = 17.5  # from the root of the neck
HEAD_HALF: Final = (9.6, 11.4, 7.6)  # depth, height, width
HIP_HALF: Final = 8.8  # between the joints; the outline is wider
SHOULDER_HALF: Final = 17.0

HEEL_BACK: Final = 5.2
BALL_FORWARD: Final = 13.0
TOES: Final = FOOT_LENGTH - HEEL_BACK - BALL_FORWARD

# Half widths of the flesh: (side to side, front to back) at the start and the end of each segment.
FLESH: Final = {
    "pelvis": (14.8, 11.0),
    "waist": (12.0, 9.2),
    "ribs": (14.6, 10.6),
    "shoulders": (16.6, 8.6),
}
RADII: Final = {  # of the limbs, at both ends
    "thigh": (8.2, 5.6),
    "shank": (5.5, 3.5),
    "upper": (4.7, 3.8),
    "fore": (3.8, 2.6),
    "neck": (5.0, 4.8),
}

MASS: Final = {  # fraction of body mass, and where along the segment it sits
    "head": (0.081, 0.9),
    "chest": (0.216, 0.5),
    "spine": (0.139, 0.5),
    "pelvis": (0.142, 0.2),
    "thigh": (0.100, 0.433),
    "shank": (0.0465, 0.433),
    "foot": (0.0145, 0.5),
    "upper": (0.028, 0.436),
    "fore": (0.016, 0.43),
    "hand": (0.006, 0.5),
}

# Least and greatest angle in degrees: flexion, to the side (abduction), turn (outward).
LIMITS: Final = {
    "spine": ((-32, 60), (-32, 32), (-25, 25)),
    "chest": ((-25, 42), (-25, 25), (-45, 45)),
    "neck": ((-60, 65), (-45, 45), (-80, 80)),
    "hip": ((-32, 132), (-35, 60), (-55, 65)),
    "knee": ((-4, 156), (-6, 6), (-30, 30)),
    "ankle": ((-72, 45), (-35, 35), (-35, 35)),
    "toes": ((-45, 78), (-10, 10), (-10, 10)),
    "elbow": ((-6, 152), (-8, 8), (-95, 95)),
    "wrist": ((-88, 88), (-40, 40), (-95, 95)),
}
SHOULDER_BACK_DEG: Final = 65.0
