"""A request as a CP-SAT model: one yes or no per kind of item and slot, the rules as clauses between them.

Gaps in hours are taken as wide as the two slots allow; the hours themselves are set afterwards (timing.py), and what
they cannot keep comes back as a cut. `strict` takes them as narrow as the slots allow instead: then nothing comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from niggle.core.plan import WishKind
from niggle.core.week.rules import BLOCK, Near, Relation, between
from niggle.core.week.wishes import asked_for
from niggle.scheduler.likings import WARNING, WISH, add_likings
from niggle.scheduler.request import DAY, Kind, Request, Slot, Spot, Stands, Want

Var = cp_model.IntVar
WINDOW, GYM, AWAY = "PLAN-W02", "PLAN-W03", "PLAN-W04"


@dataclass(slots=True)
class Asking:
    """Which part of the request is put to the solver.

    rules: the rules that hold (None: all). demand: how many of each kind must be placed (None: as many as pay).
    wanted: indices of wishes that must be met (None: they cost). cuts: spots that may not stand together.
    """

    rules: frozenset[str] | None = None
    demand: Mapping[int, int] | None = None
    wanted: frozenset[int] | None = None
    cuts: tuple[frozenset[Spot], ...] = ()
    strict: bool = False

    def holds(self, rule: str) -> bool:
        return self.rules is None or rule in self.rules


class Model:
    """The model and its variables. Raises nothing; `possible` is False where a demand has no spot at all."""

    def __init__(self, request: Request, asking: Asking) -> None:
        self.request, self.asking = request, asking
        self.cp = cp_model.CpModel()
        self.slots = _slots(request, asking)
        self.x: dict[Spot, Var] = {}
        self.cost: list[tuple[Var, int]] = []
        self.unmet: dict[int, Var] = {}
        self.used: set[str] = set()  # rules that made a difference to the model
        self.possible = True
        self._spots()
        self.by_kind: list[list[tuple[int, Var]]] = [[] for _ in request.kinds]
        self.by_slot: list[list[tuple[int, Var]]] = [[] for _ in self.slots]
        self.by_day: list[list[tuple[int, Var]]] = [[] for _ in range(7)]
        for (k, s), var in self.x.items():
            self.by_kind[k].append((s, var))
            self.by_slot[s].append((k, var))
            self.by_day[self.slots[s].day].append((k, var))
        self._counts()
        self._room()
        self._relations()
        self._easy_before_long()
        self._quiet_day()
        self._careful()
        self._volume()
        self._wishes()
        for cut in asking.cuts:
            if all(spot in self.x for spot in cut):
                self.cp.add_bool_or([~self.x[spot] for spot in sorted(cut)])
        if asking.demand is None:
            add_likings(self)
            self.cp.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in self.cost], [c for _, c in self.cost]))

    # ---- hard

    def _spots(self) -> None:
        request, asking = self.request, self.asking
        for k, kind in enumerate(request.kinds):
            barred = [r for r in kind.barred if asking.holds(r)]
            self.used.update(kind.barred)
            if barred:
                continue
            related = _related(kind, request)
            for s, slot in enumerate(self.slots):
                if self._opens(k, kind, slot) and not self._clashes_with_what_stands(kind, slot, related):
                    self.x[k, s] = self.cp.new_bool_var("")

    def _opens(self, k: int, kind: Kind, slot: Slot) -> bool:
        if slot.own is not None and slot.own != k:
            return False
        if kind.fixed is not None and kind.fixed != slot.day:
            return False
        if slot.day < kind.shut_before:
            self.used.add(kind.shut_rule)
            if self.asking.holds(kind.shut_rule):
                return False
        if slot.own is not None:
            return True
        if kind.gym and not slot.gym:
            self.used.add(GYM)
            if self.asking.holds(GYM):
                return False
        return slot.ends - slot.begins >= kind.minutes

    def _clashes_with_what_stands(
        self, kind: Kind, slot: Slot, related: tuple[tuple[Stands, tuple[Relation, ...], tuple[Relation, ...]], ...]
    ) -> bool:
        """What stands before or after leaves the kind no time in the slot."""
        for stands, after, before in related:
            if stands.begins <= slot.begins:
                found = (r for r in after if self._broken_after(r, stands, kind, slot))
            else:
                found = (r for r in before if self._broken_before(r, stands, kind, slot))
            for relation in found:
                if relation.severity is BLOCK:
                    self.used.add(relation.rule)
                    if self.asking.holds(relation.rule):
                        return True
        return False

    def _broken_after(self, r: Relation, stands: Stands, kind: Kind, slot: Slot) -> bool:
        if r.near is Near.DAYS:
            return r.least <= slot.day - stands.day <= r.limit
        latest = slot.begins if self.asking.strict else slot.ends - kind.minutes
        return latest - (stands.ends if r.near is Near.GAP else stands.begins) < r.limit

    def _broken_before(self, r: Relation, stands: Stands, kind: Kind, slot: Slot) -> bool:
        if r.near is Near.DAYS:
            return r.least <= stands.day - slot.day <= r.limit
        earliest = (
            (slot.ends if self.asking.strict else slot.begins + kind.minutes) if r.near is Near.GAP else slot.begins
        )
        return stands.begins - earliest < r.limit

    def _counts(self) -> None:
        """No more of a kind than there are; on one day no two of the same."""
        for k, kind in enumerate(self.request.kinds):
            spots = [v for _, v in self.by_kind[k]]
            if self.asking.demand is not None:
                wanted = self.asking.demand.get(k, 0)
                if len(spots) < wanted:
                    self.possible = False
                self.cp.add(cp_model.LinearExpr.sum(spots) == wanted) if spots else None
                if kind.many == 1:
                    continue
            elif kind.many == 1:
                if len(spots) > 1:
                    self.cp.add_at_most_one(spots)
                continue
            elif len(spots) > kind.many:
                self.cp.add(cp_model.LinearExpr.sum(spots) <= kind.many)
            days: dict[int, list[Var]] = {}
            for s, v in self.by_kind[k]:
                days.setdefault(self.slots[s].day, []).append(v)
            for same in days.values():
                if len(same) > 1:
                    self.cp.add_at_most_one(same)

    def _room(self) -> None:
        """What stands in a window fits into it."""
        for s, slot in enumerate(self.slots):
            here = self.by_slot[s]
            minutes = [self.request.kinds[k].minutes for k, _ in here]
            if sum(minutes) <= slot.ends - slot.begins:
                continue
            self.used.add(WINDOW)
            if self.asking.holds(WINDOW):
                self.cp.add(cp_model.LinearExpr.weighted_sum([v for _, v in here], minutes) <= slot.ends - slot.begins)

    def _relations(self) -> None:
        request = self.request
        kinds = request.kinds
        for a in range(len(kinds)):
            for b in range(a, len(kinds)):
                if a == b and kinds[a].many == 1:
                    continue
                first, then = kinds[a], kinds[b]
                ab = between(first.traits, then.traits, request.numbers, request.stance)
                ba = between(then.traits, first.traits, request.numbers, request.stance)
                if ab or ba:
                    self._relate(a, b, ab, ba)

    def _relate(self, a: int, b: int, ab: tuple[Relation, ...], ba: tuple[Relation, ...]) -> None:
        """Clauses between the spots of two kinds; `ab` where a comes first. Warnings cost once a pair and rule."""
        warned: dict[str, Var] = {}
        for s, x in self.by_kind[a]:
            barred: list[Var] = []
            for t, y in self.by_kind[b]:
                if a == b and t <= s:
                    continue
                relations, one, other, k1, k2 = (ab, s, t, a, b) if self._comes_first(a, s, b, t) else (ba, t, s, b, a)
                blocked = False
                for r in relations:
                    if not self._near(r, k1, one, k2, other):
                        continue
                    if r.severity is BLOCK:
                        self.used.add(r.rule)
                        if self.asking.holds(r.rule):
                            blocked = True
                            break
                    elif self.asking.demand is None and not blocked:
                        w = warned.get(r.rule)
                        if w is None:
                            w = warned[r.rule] = self.cp.new_bool_var("")
                            self.cost.append((w, WARNING))
                        self.cp.add_bool_or([~x, ~y, w])
                if blocked:
                    barred.append(y)
            if barred:
                self.cp.add_bool_and([~y for y in barred]).only_enforce_if(x)

    def _comes_first(self, a: int, s: int, b: int, t: int) -> bool:
        if s != t:
            return self.slots[s].begins <= self.slots[t].begins
        return (self.request.kinds[a].order, a) <= (self.request.kinds[b].order, b)

    def _near(self, r: Relation, k1: int, s1: int, k2: int, s2: int) -> bool:
        one, other = self.slots[s1], self.slots[s2]
        if r.near is Near.DAYS:
            return r.least <= other.day - one.day <= r.limit
        if s1 == s2:
            return True  # minutes apart at most
        minutes1, minutes2 = self.request.kinds[k1].minutes, self.request.kinds[k2].minutes
        if self.asking.strict:
            return other.begins - (one.ends if r.near is Near.GAP else one.ends - minutes1) < r.limit
        ends = one.begins + (minutes1 if r.near is Near.GAP else 0)
        return other.ends - minutes2 - ends < r.limit

    def _easy_before_long(self) -> None:
        """Several short easy sessions on the day before the long run, too long together (RP-C04)."""
        request = self.request
        most = round(request.numbers.before_long)
        easy = [k for k, kind in enumerate(request.kinds) if kind.traits.quiet and kind.traits.kind.value != "test"]
        if sum(request.kinds[k].minutes * request.kinds[k].many for k in easy) <= most and not request.stands:
            return
        for k, kind in enumerate(request.kinds):
            if kind.traits.kind.value not in ("run_long", "race"):
                continue
            for s, x in self.by_kind[k]:
                day = self.slots[s].day - 1
                here = [(e, v) for e, v in (self.by_day[day] if day >= 0 else []) if e in easy]
                stood = sum(
                    st.ends - st.begins
                    for st in request.stands
                    if st.day == day and st.traits.quiet and st.traits.kind.value != "test"
                )
                minutes = [request.kinds[e].minutes for e, _ in here]
                if (len(here) > 1 or stood) and sum(minutes) + stood > most:
                    self.used.add("RP-C04")
                    if self.asking.holds("RP-C04"):
                        total = cp_model.LinearExpr.weighted_sum([v for _, v in here], minutes)
                        self.cp.add(total <= max(0, most - stood)).only_enforce_if(x)

    def _quiet_day(self) -> None:
        """One day of the week without impact (RP-C14)."""
        request = self.request
        stood = {st.day for st in request.stands if st.impact and st.day >= 0}
        offered = sum(k.many for k in request.kinds if k.impact)
        most = 7 - round(request.numbers.rest_days)
        if len(stood) + offered <= most:
            return
        self.used.add("RP-C14")
        if not self.asking.holds("RP-C14"):
            return
        days: list[Var] = []
        for day in range(7):
            here = [v for k, v in self.by_day[day] if request.kinds[k].impact]
            if day in stood or not here:
                continue
            ran = self.cp.new_bool_var("")
            for v in here:
                self.cp.add_implication(v, ran)
            days.append(ran)
        if days:
            self.cp.add(cp_model.LinearExpr.sum(days) <= max(0, most - len(stood)))

    def _careful(self) -> None:
        """Strides, hops, steady blocks and descents only after so many runs (RP-R07)."""
        left = self.request.careful
        if left <= 0 or not any(k.extra for k in self.request.kinds):
            return
        self.used.add("RP-R07")
        if not self.asking.holds("RP-R07"):
            return
        for k, kind in enumerate(self.request.kinds):
            if not kind.extra:
                continue
            for s, x in self.by_kind[k]:
                day = self.slots[s].day
                before = [v for d in range(day) for r, v in self.by_day[d] if self.request.kinds[r].run]
                if len(before) < left:
                    self.cp.add_bool_or([~x])
                else:
                    self.cp.add(cp_model.LinearExpr.sum(before) >= left).only_enforce_if(x)

    def _volume(self) -> None:
        """What the week's runs may add up to (RP-C16, LOAD-R01)."""
        for rule, left, unit in self.request.limits:
            self.used.add(rule)
            if not self.asking.holds(rule):
                continue
            sizes = [(v, k.metres if unit == "m" else k.volume_min) for i, k in enumerate(self.request.kinds)
                     for _, v in self.by_kind[i]]  # fmt: skip
            counted = [(v, round(size * 10)) for v, size in sizes if size]
            if counted:
                total = cp_model.LinearExpr.weighted_sum([v for v, _ in counted], [c for _, c in counted])
                self.cp.add(total <= max(0, int(left * 10)))

    # ---- wishes

    def _wishes(self) -> None:
        for want in self.request.wants:
            hard = self.asking.wanted is not None
            if hard and want.place not in (self.asking.wanted or ()):
                continue
            unmet = None
            if not hard and self.asking.demand is None:
                unmet = self.cp.new_bool_var("")
                self.unmet[want.place] = unmet
                self.cost.append((unmet, WISH + len(self.request.wants) - want.place))
            elif not hard:
                continue
            self._wish(want, unmet)

    def _wish(self, want: Want, unmet: Var | None) -> None:
        spare = [] if unmet is None else [unmet]
        if want.kind is WishKind.REST_ON:
            for _, v in self.by_day[want.day or 0]:
                self.cp.add_bool_or([~v, *spare])
        elif want.kind is WishKind.NOTHING_BEFORE:
            self._not_before(want, unmet)
        elif want.kind is WishKind.RUNS_PER_WEEK:
            runs = [v for k, kind in enumerate(self.request.kinds) if kind.run for _, v in self.by_kind[k]]
            if runs and want.value is not None:
                self._exactly(runs, want.value - self.request.runs_done, unmet)
        else:
            asked = asked_for(want.kind)
            wanted = [(s, v) for k, kind in enumerate(self.request.kinds) if kind.traits.kind in asked
                      for s, v in self.by_kind[k]]  # fmt: skip
            there = [v for s, v in wanted if self.slots[s].day == want.day]
            stood = [s for s in self.request.stands if s.traits.kind in asked and s.day >= self.request.first]
            if any(s.day == want.day for s in stood):
                return
            for s, v in wanted:
                if self.slots[s].day != want.day:
                    self.cp.add_bool_or([~v, *there, *spare])
            if stood:
                self.cp.add_bool_or([*there, *spare])

    def _not_before(self, want: Want, unmet: Var | None) -> None:
        for s, slot in enumerate(self.slots):
            hour = slot.day * DAY + (want.value or 0)
            if slot.own is not None or slot.begins >= hour or (want.day is not None and want.day != slot.day):
                continue
            here = self.by_slot[s]
            minutes = [self.request.kinds[k].minutes for k, _ in here]
            left = max(0, slot.ends - hour)
            if sum(minutes) <= left or not here:
                continue
            terms, sizes = [v for _, v in here], list(minutes)
            if unmet is not None:
                terms.append(unmet)
                sizes.append(-sum(minutes))
            self.cp.add(cp_model.LinearExpr.weighted_sum(terms, sizes) <= left)

    def _exactly(self, runs: list[Var], value: int, unmet: Var | None) -> None:
        total = cp_model.LinearExpr.sum(runs)
        if unmet is None:
            self.cp.add(total == value)
            return
        self.cp.add(total == value).only_enforce_if(~unmet)


def _slots(request: Request, asking: Asking) -> tuple[Slot, ...]:
    """The open slots; where her times or days away do not hold, also whole days."""
    slots = list(request.slots)
    if not asking.holds(AWAY):
        slots += request.shut_slots
    if not asking.holds(WINDOW):
        away = {s.day for s in request.shut_slots} if asking.holds(AWAY) else set()
        slots += [Slot(d, d * DAY, (d + 1) * DAY, False) for d in range(request.first, 7) if d not in away]
    return tuple(slots)


def _related(kind: Kind, request: Request) -> tuple[tuple[Stands, tuple[Relation, ...], tuple[Relation, ...]], ...]:
    found = []
    for stands in request.stands:
        after = between(stands.traits, kind.traits, request.numbers, request.stance)
        before = between(kind.traits, stands.traits, request.numbers, request.stance) if stands.day >= 0 else ()
        if after or before:
            found.append((stands, after, before))
    return tuple(found)
