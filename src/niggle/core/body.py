"""The body's vocabulary: where it hurts, in the runner's words and the clinic's. Shared by everything.

A Site is a place a runner can point at; with a Side it locates a complaint. `tissue_class` is what most often hurts
there and picks the pain rules; `load_tissues` are the tissues whose load the engine keeps that end or pass there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from niggle.core.words import often


@often
class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDDLE = "middle"


@often
class TissueClass(StrEnum):
    BONE = "bone"
    TENDON = "tendon"
    MUSCLE = "muscle"
    JOINT = "joint"
    FASCIA = "fascia"
    LIGAMENT = "ligament"
    NERVE = "nerve"
    BURSA = "bursa"
    SKIN = "skin"
    OTHER = "other"


class LoadTissue(StrEnum):
    """The tissues whose load is kept; the order is the order of every dose vector."""

    TIBIA = "tibia"
    FOOT_BONES = "foot_bones"
    FEMORAL_NECK = "femoral_neck"
    ACHILLES = "achilles"
    CALF = "calf"
    PLANTAR_FASCIA = "plantar_fascia"
    PATELLOFEMORAL = "patellofemoral"
    ILIOTIBIAL_BAND = "iliotibial_band"
    HAMSTRING = "hamstring"
    HIP_ABDUCTORS = "hip_abductors"
    QUADRICEPS = "quadriceps"
    LOW_BACK = "low_back"


LOAD_TISSUES: Final = tuple(LoadTissue)


class Region(StrEnum):
    TRUNK = "trunk"
    HIP = "hip"
    THIGH = "thigh"
    KNEE = "knee"
    LOWER_LEG = "lower_leg"
    ANKLE = "ankle"
    FOOT = "foot"
    OUTSIDE = "outside"  # not a runner's part: head, chest, belly, arm


@dataclass(frozen=True, slots=True)
class Site:
    id: str
    lay: str
    clinical: str
    region: Region
    tissue_class: TissueClass
    load_tissues: tuple[LoadTissue, ...] = ()
    paired: bool = True  # has a left and a right
    bone_risk: bool = False  # a bone-stress site of high risk: imaging first


_R, _C, _L = Region, TissueClass, LoadTissue

_SITES: Final = (
    # outside a runner's scope, but it must be possible to say so
    Site("head", "head", "head", _R.OUTSIDE, _C.OTHER, paired=False),
    Site("chest", "chest", "thorax", _R.OUTSIDE, _C.OTHER, paired=False),
    Site("belly", "belly", "abdomen", _R.OUTSIDE, _C.OTHER, paired=False),
    Site("arm_or_hand", "arm or hand", "upper limb", _R.OUTSIDE, _C.OTHER),
    # trunk
    Site("neck", "neck", "cervical spine", _R.TRUNK, _C.MUSCLE, paired=False),
    Site("shoulder", "shoulder", "shoulder girdle", _R.TRUNK, _C.MUSCLE),
    Site("upper_back", "upper back", "thoracic spine", _R.TRUNK, _C.MUSCLE, paired=False),
    Site("low_back", "lower back", "lumbar spine", _R.TRUNK, _C.MUSCLE, (_L.LOW_BACK,), paired=False),
    Site("sacroiliac", "back of the pelvis", "sacroiliac joint", _R.TRUNK, _C.JOINT, (_L.LOW_BACK,)),
    Site("sacrum", "bone at the base of the spine", "sacrum", _R.TRUNK, _C.BONE, (_L.FEMORAL_NECK,), paired=False,
         bone_risk=False),
    # hip and pelvis
    Site("groin", "groin", "inguinal region, hip joint", _R.HIP, _C.BONE, (_L.FEMORAL_NECK,), bone_risk=True),
    Site("pubic", "front of the pelvis, lower belly", "pubic symphysis and insertions", _R.HIP, _C.TENDON, (),
         paired=False),
    Site("hip_front", "front of the hip", "hip flexors", _R.HIP, _C.TENDON, (_L.QUADRICEPS, _L.FEMORAL_NECK)),
    Site("hip_outer", "outside of the hip", "greater trochanter, gluteal tendons", _R.HIP, _C.TENDON,
         (_L.HIP_ABDUCTORS, _L.ILIOTIBIAL_BAND)),
    Site("buttock", "buttock", "gluteal region, piriformis", _R.HIP, _C.MUSCLE, (_L.HIP_ABDUCTORS,)),
    Site("sit_bone", "sit bone", "ischial tuberosity, proximal hamstring", _R.HIP, _C.TENDON, (_L.HAMSTRING,)),
    # thigh
    Site("thigh_front", "front of the thigh", "quadriceps", _R.THIGH, _C.MUSCLE, (_L.QUADRICEPS,)),
    Site("thigh_inner", "inside of the thigh", "adductors", _R.THIGH, _C.MUSCLE, (_L.HIP_ABDUCTORS,)),
    Site("thigh_outer", "outside of the thigh", "iliotibial tract", _R.THIGH, _C.FASCIA, (_L.ILIOTIBIAL_BAND,)),
    Site("thigh_back_upper", "back of the thigh, upper part", "proximal hamstring", _R.THIGH, _C.MUSCLE,
         (_L.HAMSTRING,)),
    Site("thigh_back", "back of the thigh", "hamstring muscles", _R.THIGH, _C.MUSCLE, (_L.HAMSTRING,)),
    Site("thigh_bone", "deep in the thigh bone", "femoral shaft", _R.THIGH, _C.BONE, (_L.FEMORAL_NECK,)),
    # knee
    Site("knee_front", "front of the knee, around the kneecap", "patellofemoral joint", _R.KNEE, _C.JOINT,
         (_L.PATELLOFEMORAL,)),
    Site("knee_above", "just above the kneecap", "quadriceps tendon", _R.KNEE, _C.TENDON,
         (_L.QUADRICEPS, _L.PATELLOFEMORAL)),
    Site("knee_below", "just below the kneecap", "patellar tendon", _R.KNEE, _C.TENDON,
         (_L.PATELLOFEMORAL, _L.QUADRICEPS)),
    Site("knee_bump", "bump below the kneecap", "tibial tuberosity", _R.KNEE, _C.BONE, (_L.PATELLOFEMORAL,)),
    Site("knee_outer", "outside of the knee", "lateral femoral epicondyle, iliotibial band", _R.KNEE, _C.FASCIA,
         (_L.ILIOTIBIAL_BAND,)),
    Site("knee_inner", "inside of the knee", "medial joint line, pes anserinus", _R.KNEE, _C.JOINT,
         (_L.PATELLOFEMORAL,)),
    Site("knee_back", "back of the knee", "popliteal region", _R.KNEE, _C.MUSCLE, (_L.CALF, _L.HAMSTRING)),
    Site("knee_deep", "deep inside the knee", "knee joint", _R.KNEE, _C.JOINT, (_L.PATELLOFEMORAL,)),
    # lower leg
    Site("shin_inner", "inner edge of the shin", "posteromedial tibia", _R.LOWER_LEG, _C.BONE, (_L.TIBIA,)),
    Site("shin_front", "front of the shin bone", "anterior tibial cortex", _R.LOWER_LEG, _C.BONE, (_L.TIBIA,),
         bone_risk=True),
    Site("shin_top", "top of the shin bone", "proximal tibia", _R.LOWER_LEG, _C.BONE, (_L.TIBIA,)),
    Site("shin_muscle", "muscle beside the shin", "anterior compartment", _R.LOWER_LEG, _C.MUSCLE, (_L.TIBIA,)),
    Site("outer_leg", "outside of the lower leg", "lateral compartment, peroneal muscles", _R.LOWER_LEG, _C.MUSCLE,
         (_L.CALF,)),
    Site("fibula", "bone on the outside of the lower leg", "fibula", _R.LOWER_LEG, _C.BONE, (_L.TIBIA,)),
    Site("calf_inner", "inner calf", "medial gastrocnemius", _R.LOWER_LEG, _C.MUSCLE, (_L.CALF,)),
    Site("calf_outer", "outer calf", "lateral gastrocnemius", _R.LOWER_LEG, _C.MUSCLE, (_L.CALF,)),
    Site("calf_deep", "deep in the calf", "soleus", _R.LOWER_LEG, _C.MUSCLE, (_L.CALF,)),
    Site("achilles", "Achilles tendon, above the heel", "Achilles mid-portion, 2 to 6 cm above the heel", _R.LOWER_LEG,
         _C.TENDON, (_L.ACHILLES,)),
    # ankle
    Site("achilles_heel", "where the Achilles meets the heel", "Achilles insertion", _R.ANKLE, _C.TENDON,
         (_L.ACHILLES,)),
    Site("ankle_front", "front of the ankle", "anterior ankle", _R.ANKLE, _C.JOINT, (_L.TIBIA,)),
    Site("ankle_outer", "outside of the ankle", "lateral ankle ligaments", _R.ANKLE, _C.LIGAMENT, ()),
    Site("ankle_outer_bone", "bony knob outside the ankle", "lateral malleolus", _R.ANKLE, _C.BONE, (_L.TIBIA,)),
    Site("ankle_outer_behind", "behind the outer ankle knob", "peroneal tendons", _R.ANKLE, _C.TENDON, (_L.CALF,)),
    Site("ankle_inner", "inside of the ankle", "deltoid ligament, tarsal tunnel", _R.ANKLE, _C.LIGAMENT, ()),
    Site("ankle_inner_bone", "bony knob inside the ankle", "medial malleolus", _R.ANKLE, _C.BONE, (_L.TIBIA,),
         bone_risk=True),
    Site("ankle_inner_behind", "behind the inner ankle knob", "posterior tibial tendon", _R.ANKLE, _C.TENDON,
         (_L.CALF, _L.PLANTAR_FASCIA)),
    # foot
    Site("heel_under", "under the heel", "plantar fascia origin", _R.FOOT, _C.FASCIA, (_L.PLANTAR_FASCIA,)),
    Site("heel_bone", "heel bone, squeezed from the sides", "calcaneus", _R.FOOT, _C.BONE, (_L.FOOT_BONES,)),
    Site("arch", "arch of the foot", "plantar fascia, mid-part", _R.FOOT, _C.FASCIA, (_L.PLANTAR_FASCIA,)),
    Site("navicular", "top of the arch, inner midfoot bone", "navicular", _R.FOOT, _C.BONE, (_L.FOOT_BONES,),
         bone_risk=True),
    Site("foot_top", "top of the foot", "dorsal midfoot, extensor tendons", _R.FOOT, _C.TENDON, (_L.FOOT_BONES,)),
    Site("foot_outer", "bone on the outer edge of the foot", "base of the fifth metatarsal", _R.FOOT, _C.BONE,
         (_L.FOOT_BONES,), bone_risk=True),
    Site("metatarsals", "long bones of the forefoot", "metatarsals two to four", _R.FOOT, _C.BONE, (_L.FOOT_BONES,)),
    Site("ball_of_foot", "ball of the foot", "metatarsal heads", _R.FOOT, _C.JOINT, (_L.FOOT_BONES,)),
    Site("between_toes", "between the toes", "interdigital nerve", _R.FOOT, _C.NERVE, ()),
    Site("big_toe", "big toe joint", "first metatarsophalangeal joint, sesamoids", _R.FOOT, _C.JOINT,
         (_L.FOOT_BONES,)),
    Site("toes", "toes", "lesser toes", _R.FOOT, _C.JOINT, ()),
    Site("toenail", "toenail", "nail bed", _R.FOOT, _C.SKIN, ()),
    Site("foot_skin", "skin of the foot", "skin, blister", _R.FOOT, _C.SKIN, ()),
)  # fmt: skip

SITES: Final = {site.id: site for site in _SITES}


def site(site_id: str) -> Site | None:
    """The site of that id, None if there is none."""
    return SITES.get(site_id)


_MEANT: Final = {  # one word of a runner's -> the place that it mostly means
    "ankle": "ankle_outer", "back": "low_back", "calf": "calf_inner", "foot": "foot_top", "forefoot": "metatarsals",
    "glute": "buttock", "glutes": "buttock", "hamstring": "thigh_back", "hamstrings": "thigh_back",
    "heel": "heel_under", "hip": "hip_outer", "it band": "knee_outer", "itb": "knee_outer", "knee": "knee_front",
    "kneecap": "knee_front", "pelvis": "sacroiliac", "quad": "thigh_front", "quadriceps": "thigh_front",
    "quads": "thigh_front", "shin": "shin_inner", "sole": "arch", "soleus": "calf_deep", "thigh": "thigh_front",
    "toe": "big_toe",
}  # fmt: skip
_CLOSE: Final = 0.7  # below it a guess names another part of the body: "quad" is no "head"


def nearest(site_id: str) -> str | None:
    """The id that a mistyped one most likely means, for error messages; None rather than a wild guess."""
    from difflib import get_close_matches

    known = {s.lay.lower(): s.id for s in _SITES} | {s.id: s.id for s in _SITES} | _MEANT
    text = " ".join(site_id.lower().split())
    hits = [text] if text in known else get_close_matches(text, list(known), n=1, cutoff=_CLOSE)
    return known[hits[0]] if hits else None
