"""What is already known of a complaint: named conditions, a professional's view, a clinician's clearance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin import same_complaint
from niggle.core.profile import Clearance, KnownCondition, Profile

# Where a condition sits if she did not say. A condition that is not here applies nowhere until its site is named.
SITES_OF: Final = {
    "achilles-tendinopathy-midportion": frozenset({"achilles"}),
    "achilles-tendinopathy-insertional": frozenset({"achilles_heel", "achilles"}),
    "plantar-fasciitis": frozenset({"heel_under", "arch"}),
    "iliotibial-band-syndrome": frozenset({"knee_outer", "thigh_outer"}),
    "patellofemoral-pain-syndrome": frozenset({"knee_front"}),
    "piriformis-syndrome": frozenset({"buttock"}),
    "medial-tibial-stress-syndrome": frozenset({"shin_inner"}),
    "tibial-stress-fracture": frozenset({"shin_inner", "shin_front", "shin_top"}),
    "femoral-neck-stress-fracture": frozenset({"groin", "hip_front"}),
    "sacral-stress-fracture": frozenset({"sacrum", "sacroiliac", "low_back"}),
    "navicular-stress-fracture": frozenset({"navicular", "foot_top"}),
    "metatarsal-stress-fracture": frozenset({"metatarsals", "foot_top", "foot_outer"}),
    "hamstring-strain": frozenset({"thigh_back", "thigh_back_upper"}),
    "calf-strain": frozenset({"calf_inner", "calf_outer", "calf_deep"}),
}
SLOW_TISSUE: Final = frozenset(
    {"achilles-tendinopathy-midportion", "achilles-tendinopathy-insertional", "plantar-fasciitis"}
)


def conditions_at(profile: Profile, site: str | None, side: Side | None, on: date) -> tuple[KnownCondition, ...]:
    """The named conditions of this place that are open on that day."""
    return tuple(
        c
        for c in profile.conditions
        if (c.since is None or c.since <= on) and (c.until is None or c.until >= on) and _sits(c, site, side)
    )


def _sits(condition: KnownCondition, site: str | None, side: Side | None) -> bool:
    if site is None:
        return False
    if condition.site is not None:
        return same_complaint(site, side, condition.site, condition.side)
    return site in SITES_OF.get(condition.slug, ()) and same_complaint(site, side, site, condition.side)


def covers(clearance: Clearance, site: str | None, side: Side | None) -> bool:
    """Whether a clearance speaks of this place; one without a site speaks of everything."""
    return clearance.site is None or same_complaint(site, side, clearance.site, clearance.side)


def cleared_on(
    profile: Profile, site: str | None, side: Side | None, since: date, on: date, *, running: bool = False
) -> date | None:
    """The first day from `since` to `on` of a clinician's clearance for this place that still holds on `on`.

    running: only a word that allows running. One for weight alone answers a warning sign too: somebody has looked.
    """
    days = [
        c.on
        for c in profile.clearances
        if (c.for_running if running else not c.restricts)
        and since <= c.on <= on
        and (c.until is None or c.until >= on)
        and covers(c, site, side)
    ]
    return min(days, default=None)


def seen_since(
    profile: Profile, conditions: Iterable[KnownCondition], site: str | None, side: Side | None, onset: date, on: date
) -> bool:
    """Whether a professional has seen the complaint: a condition says so, or a clinician's word was recorded."""
    if any(c.seen_by_professional for c in conditions):
        return True
    return any(onset <= c.on <= on and c.site is not None and covers(c, site, side) for c in profile.clearances)
