"""Hypothesis strategies for check-ins. Pain in halves, every field may be unanswered."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from niggle.core.body import SITES, Side
from niggle.core.checkin import PAIN_FIELDS, Answers, Entry, Moment, Quality, Stiffness

DAY_0 = date(2026, 6, 15)
AMOUNTS = ("onset_km", "stiffness_min", "sleep_h", "standing_h")
YES_NO = tuple(
    f.name
    for f in fields(Answers)
    if f.name not in {*PAIN_FIELDS, *AMOUNTS, "quality", "stiffness", "posture", "findings"}
)
REASSURING = frozenset({"baseline_by_24h", "posture_fades", "diffuse_both_sides"})
WARNINGS = tuple(n for n in YES_NO if n not in REASSURING and n not in ("posture_pain", "heavy_legs"))
FINDINGS = (
    "hop_pain", "tap_pain", "walk_pain", "worse_with_run", "no_warm_up_relief", "lump", "cannot_push_off", "dizzy",
    "fever", "twisted", "cannot_bear_weight", "malleolus_tender", "fifth_metatarsal_tender", "tight_after_10_min",
    "lasts_after_stop", "foot_drop", "sudden_stab", "clicks", "hop_sharp", "tingling_new_or_more", "blister_redness",
)  # fmt: skip

pains = st.integers(0, 20).map(lambda n: n / 2)
low_pains = st.integers(0, 7).map(lambda n: n / 2)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def answers(draw: st.DrawFn, calm: bool = False) -> Answers:
    """Any answers, or mostly calm ones: little pain and hardly a yes."""
    yes = st.sampled_from([None, None, False, False, True] if not calm else [None] * 6 + [False] * 6 + [True])
    pain = low_pains if calm else pains
    values = {name: draw(maybe(pain)) for name in PAIN_FIELDS}
    top = max(
        (v for v in (values["pain_max"], values["pain_start"], values["pain_end"]) if v is not None), default=None
    )
    if values["pain_max"] is not None:
        values["pain_max"] = top
    values |= {name: draw(yes) for name in YES_NO}
    values["baseline_by_24h"] = draw(st.sampled_from([None, True, True, False]))
    values["quality"] = draw(maybe(st.sampled_from(Quality)))
    values["stiffness"] = draw(maybe(st.sampled_from(Stiffness)))
    values["onset_km"] = draw(maybe(st.floats(0, 30))) if not calm else None
    chosen = draw(st.lists(st.sampled_from(FINDINGS), unique=True, max_size=3))
    values["findings"] = tuple(sorted((name, bool(draw(yes))) for name in chosen))
    return Answers(**values)


sites = st.sampled_from([*sorted(SITES), None])
places = st.sampled_from(
    ["calf_inner", "shin_inner", "knee_outer", "achilles", "groin", "low_back", "ankle_outer", None]
)


@st.composite
def entries(draw: st.DrawFn, days: int = 12, calm: bool = False, place: st.SearchStrategy = places) -> Entry:
    site = draw(place)
    on = DAY_0 - timedelta(days=draw(st.integers(0, days)))
    said = draw(answers(calm))
    recorded = datetime.combine(on, time(draw(st.integers(0, 23))), UTC) + timedelta(days=draw(st.integers(0, 1)))
    side = draw(maybe(st.sampled_from([Side.LEFT, Side.RIGHT, Side.BOTH]))) if site and SITES[site].paired else None
    moment = draw(maybe(st.sampled_from(Moment)))
    acute = draw(st.sampled_from([False] * 5 + [True])) if not calm else False
    return Entry("x", on, recorded, site, side, moment, None, said, None, acute)


def numbered(found: list[Entry]) -> list[Entry]:
    from dataclasses import replace

    return [replace(e, id=f"e{i}") for i, e in enumerate(found)]


histories = st.lists(entries(), max_size=8).map(numbered)
calm_histories = st.lists(entries(calm=True), max_size=14).map(numbered)
