"""A request as a CP-SAT model: one yes or no per kind of item and slot, the rules as clauses between them.

Gaps in hours are taken as wide as two slots allow; the hours themselves are set afterwards (timing.py), and what they
cannot keep comes back as a cut. `strict` takes them as narrow as the slots allow instead: then nothing comes back.

To explain, the same model is built with a switch per rule and wish (`switches`): what is switched on holds. Then there
are also the slots that only rules take away: days she is away, and hours outside her times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from niggle.core.plan import ItemKind
from niggle.core.week.rules import BLOCK, WHOLE_WEEK, Near, Relation, between
from niggle.scheduler.counting import SPACING, add_counts
from niggle.scheduler.likings import WARNING, add_likings
from niggle.scheduler.request import DAY, Cut, Kind, Request, Slot, Spot, Stands
from niggle.scheduler.wanting import add_wishes

Var = cp_model.IntVar
sum_of: Final = cp_model.LinearExpr.sum
weighted: Final = cp_model.LinearExpr.weighted_sum
WINDOW, GYM, AWAY = "PLAN-W02", "PLAN-W03", "PLAN-W04"


class _Plain(cp_model.CpModel):
    """A model without the library's old spellings of its methods: they cost as much as solving it."""

    def _add_pre_pep8_methods(self) -> None:
        pass


@dataclass(slots=True)
class Asking:
    """How the request is put. demand: how many of each kind must be placed, optional ones
    apart (None: as many as pay).

    more: kinds of which one more can be asked for, by a switch of their own. cuts: spots that cannot stand together,
    with the rule that keeps them apart. switches: build one per rule.
    """

    demand: Mapping[int, int] | None = None
    more: tuple[int, ...] = ()
    cuts: tuple[Cut, ...] = ()
    strict: bool = False
    switches: bool = False


class Model:
    """The model and its variables. `possible` is False where a demand has no spot at all."""

    def __init__(self, request: Request, asking: Asking) -> None:
        self.request, self.asking = request, asking
        self.cp = _Plain()
        self.slots = _slots(request, asking.switches)
        self.x: dict[Spot, Var] = {}
        self.cost: list[tuple[Var, int]] = []  # by tiers: items, wishes, warnings, optional items, old days
        self.likings: list[tuple[Var, int]] = []  # below all of them
        self.warned: dict[Spot, int] = {}  # warnings between a spot and what already stands
        self.unmet: dict[int, Var] = {}
        self.switch: dict[str, Var] = {}
        self.more: dict[int, Var] = {}
        self.possible = True
        self._spots()
        kinds = request.kinds
        self.by_kind: list[list[tuple[int, Var]]] = [[] for _ in kinds]
        self.by_slot: list[list[tuple[int, Var]]] = [[] for _ in self.slots]
        self.by_day: list[list[tuple[int, Var]]] = [[] for _ in range(7)]
        self.days: list[dict[int, list[tuple[Slot, int, Var]]]] = [{} for _ in kinds]
        for (k, s), var in self.x.items():
            slot = self.slots[s]
            self.by_kind[k].append((s, var))
            self.by_slot[s].append((k, var))
            self.by_day[slot.day].append((k, var))
            self.days[k].setdefault(slot.day, []).append((slot, s, var))
        self._counts()
        self._room()
        self._relations()
        add_counts(self)
        self._cuts()
        add_wishes(self)
        if not asking.switches:
            add_likings(self)
            self.aim([*self.cost, *self.likings])

    def aim(self, cost: list[tuple[Var, int]]) -> None:
        """What the search makes as small as it can."""
        self.cp.minimize(weighted([v for v, _ in cost], [c for _, c in cost]))

    # ---- rules, on or off

    def rule(self, name: str) -> list[Var]:
        """What a clause of that rule has to be enforced by: nothing, or the rule's switch."""
        if not self.asking.switches:
            return []
        if name not in self.switch:
            self.switch[name] = self.cp.new_bool_var("")
        return [self.switch[name]]

    def unless(self, name: str, literals: Iterable[cp_model.LiteralT]) -> None:
        """At least one of the literals, as long as the rule holds."""
        self.cp.add_bool_or([*literals, *(~v for v in self.rule(name))])

    def at_most(self, name: str, variables: list[Var], sizes: list[int] | None, most: int, *on: Var) -> None:
        """The weighted sum is at most `most` as long as the rule holds and all of `on` are true."""
        total = sum_of(variables) if sizes is None else weighted(variables, sizes)
        enforced = [*self.rule(name), *on]
        constraint = self.cp.add(total <= most)
        if enforced:
            constraint.only_enforce_if(enforced)

    # ---- spots

    def _spots(self) -> None:
        switches = self.asking.switches
        for k, kind in enumerate(self.request.kinds):
            related = _related(kind, self.request)
            if kind.barred and not switches:
                continue
            for s, slot in enumerate(self.slots):
                against, warnings = self._against(k, kind, slot, related)
                if against is None or (against and not switches):
                    continue
                self.warned[k, s] = warnings
                var = self.x[k, s] = self.cp.new_bool_var("")
                for rule in against:
                    self.unless(rule, [~var])

    def _against(
        self,
        k: int,
        kind: Kind,
        slot: Slot,
        related: tuple[tuple[Stands, tuple[Relation, ...], tuple[Relation, ...]], ...],
    ) -> tuple[list[str] | None, int]:
        """(the rules that keep the kind out of the slot, None if no rule could let it in; warnings)."""
        if (slot.own is not None and slot.own != k) or (kind.fixed is not None and kind.fixed != slot.day):
            return None, 0
        if slot.own is None and kind.traits.kind is ItemKind.RACE:
            return None, 0
        if slot.ends - slot.begins < kind.minutes:
            return None, 0
        against = [*kind.barred, *slot.shut]
        if slot.day < kind.shut_before:
            against.append(kind.shut_rule)
        if slot.day in kind.shut_on:
            against.append(AWAY)
        if kind.gym and not slot.gym:
            against.append(GYM)
        if against and not self.asking.switches:
            return against, 0
        warnings = 0
        for stands, after, before in related:
            if stands.begins <= slot.begins:
                close = [r for r in after if self._near_before(r, stands, kind, slot)]
            else:
                close = [r for r in before if self._near_after(r, stands, kind, slot)]
            against += [r.rule for r in close if r.severity is BLOCK]
            warnings += sum(r.severity is not BLOCK for r in close)
        return against, warnings

    def _near_before(self, r: Relation, stands: Stands, kind: Kind, slot: Slot) -> bool:
        if r.near is Near.DAYS:
            return r.least <= slot.day - stands.day <= r.limit
        latest = slot.begins if self.asking.strict else slot.ends - kind.minutes
        return latest - (stands.ends if r.near is Near.GAP else stands.begins) < r.limit

    def _near_after(self, r: Relation, stands: Stands, kind: Kind, slot: Slot) -> bool:
        if r.near is Near.DAYS:
            return r.least <= stands.day - slot.day <= r.limit
        return stands.begins - self._edge(r, slot, kind.minutes) < r.limit

    def _edge(self, r: Relation, slot: Slot, minutes: int) -> int:
        """When the first of two is over (GAP) or begins (STARTS), as early as can be; as late with `strict`."""
        begins = slot.ends - minutes if self.asking.strict else slot.begins
        return begins + minutes if r.near is Near.GAP else begins

    # ---- hard

    def _counts(self) -> None:
        """No more of a kind than there are; on one day no two of the same."""
        demand = self.asking.demand
        for k, kind in enumerate(self.request.kinds):
            spots = [v for _, v in self.by_kind[k]]
            if demand is not None and not kind.optional:
                wanted = demand.get(k, 0)
                self.possible = self.possible and len(spots) >= wanted
                if k in self.asking.more:
                    more = self.more[k] = self.cp.new_bool_var("")
                    self.cp.add(sum_of([*spots, ~more]) == wanted + 1)
                elif spots:
                    self.cp.add(sum_of(spots) == wanted)
            elif kind.many == 1:
                if len(spots) > 1:
                    self.cp.add_at_most_one(spots)
            elif len(spots) > kind.many:
                self.cp.add(sum_of(spots) <= kind.many)
            if kind.many > 1:
                for same in self.days[k].values():
                    if len(same) > 1:
                        self.cp.add_at_most_one([v for _, _, v in same])

    def _room(self) -> None:
        """What stands in a window fits into it."""
        for s, slot in enumerate(self.slots):
            minutes = [self.request.kinds[k].minutes for k, _ in self.by_slot[s]]
            if sum(minutes) > slot.ends - slot.begins:
                self.at_most(WINDOW, [v for _, v in self.by_slot[s]], minutes, slot.ends - slot.begins)

    def _relations(self) -> None:
        request = self.request
        kinds = request.kinds
        for a in range(len(kinds)):
            for b in range(a, len(kinds)):
                if (a == b and kinds[a].many == 1) or not self.days[a] or not self.days[b]:
                    continue
                ab = between(kinds[a].traits, kinds[b].traits, request.numbers, request.stance)
                ba = between(kinds[b].traits, kinds[a].traits, request.numbers, request.stance)
                if ab or ba:
                    self._relate(a, b, ab, ba)

    def _relate(self, a: int, b: int, ab: tuple[Relation, ...], ba: tuple[Relation, ...]) -> None:
        """Constraints between two kinds; `ab` where a comes first. Warnings cost once a pair of kinds and rule."""
        if self.request.kinds[a].run and self.request.kinds[b].run:  # by days, see counting.py
            ab, ba = (tuple(r for r in relations if r.rule != SPACING) for relations in (ab, ba))
        if self.request.kinds[a].many == self.request.kinds[b].many == 1:
            for r in ab:
                if r.near is Near.DAYS and r.least == 0 and r.limit >= WHOLE_WEEK and r in ba:
                    self._forbid(r, [v for _, v in self.by_kind[a]], [v for _, v in self.by_kind[b]], {})
                    ab, ba = (tuple(o for o in relations if o != r) for relations in (ab, ba))
        if not ab and not ba:
            return
        warned: dict[str, Var] = {}
        reach = max(_reach(r) for r in (*ab, *ba))
        for day, here in self.days[a].items():
            for other, there in self.days[b].items():
                if abs(other - day) > reach or (a == b and other < day):
                    continue
                if other == day:
                    self._same_day(a, b, ab, ba, here, warned)
                elif other > day:
                    self._days_apart(a, b, ab, here, there, warned)
                else:
                    self._days_apart(b, a, ba, there, here, warned)

    def _days_apart(
        self,
        first: int,
        then: int,
        relations: tuple[Relation, ...],
        here: list[tuple[Slot, int, Var]],
        there: list[tuple[Slot, int, Var]],
        warned: dict[str, Var],
    ) -> None:
        kinds, apart = self.request.kinds, there[0][0].day - here[0][0].day
        blocked = False
        for r in relations:
            if r.severity is not BLOCK and (blocked or self.asking.switches):
                continue
            if r.near is Near.DAYS:
                if r.least <= apart <= r.limit:
                    blocked |= self._forbid(r, [v for *_, v in here], [v for *_, v in there], warned)
                continue
            if apart > _reach(r):
                continue
            early = [(self._edge(r, slot, kinds[first].minutes), v) for slot, _, v in here]
            late = [(slot.begins if self.asking.strict else slot.ends - kinds[then].minutes, v) for slot, _, v in there]
            if max(t for t, _ in late) - min(t for t, _ in early) < r.limit:
                blocked |= self._forbid(r, [v for _, v in early], [v for _, v in late], warned)
                continue
            for (ends, x), (_, s, _) in zip(early, here, strict=True):
                close = [y for begins, y in late if begins - ends < r.limit]
                if close:
                    self._forbid(r, [x], close, warned)
                if r.severity is BLOCK and not self.asking.switches and not self.asking.strict:
                    for (begins, y), (_, t, _) in zip(late, there, strict=True):
                        if begins - ends >= r.limit:
                            self._wait(r, (first, s, x), (then, t, y), round(begins - ends - r.limit))

    def _wait(self, r: Relation, first: tuple[int, int, Var], then: tuple[int, int, Var], spare: int) -> None:
        """What else stands in the two windows leaves the hours between them: before the first, after the second."""
        company = self._company(*first[:2], earlier=True) + self._company(*then[:2], earlier=False)
        if sum(m for _, m in company) > spare:
            self.at_most(r.rule, [v for v, _ in company], [m for _, m in company], spare, first[2], then[2])

    def _company(self, k: int, s: int, *, earlier: bool) -> list[tuple[Var, int]]:
        kinds = self.request.kinds
        mine = (kinds[k].order, k)
        return [(v, kinds[o].minutes) for o, v in self.by_slot[s] if o != k and ((kinds[o].order, o) < mine) == earlier]

    def _same_day(
        self,
        a: int,
        b: int,
        ab: tuple[Relation, ...],
        ba: tuple[Relation, ...],
        here: list[tuple[Slot, int, Var]],
        warned: dict[str, Var],
    ) -> None:
        if a == b:
            return  # never two of the same on a day
        for _, s, x in here:
            for slot, t, y in self.days[b][self.slots[s].day]:
                first = self._first(a, s, b, t)
                for r in ab if first else ba:
                    if r.severity is not BLOCK and self.asking.switches:
                        continue
                    if r.near is Near.DAYS:
                        close = r.least <= 0
                    elif s == t:
                        close = True
                    elif first:
                        late = slot.begins if self.asking.strict else slot.ends - self.request.kinds[b].minutes
                        close = late - self._edge(r, self.slots[s], self.request.kinds[a].minutes) < r.limit
                    else:
                        own = self.slots[s]
                        late = own.begins if self.asking.strict else own.ends - self.request.kinds[a].minutes
                        close = late - self._edge(r, slot, self.request.kinds[b].minutes) < r.limit
                    if close:
                        self._forbid(r, [x], [y], warned)

    def _first(self, a: int, s: int, b: int, t: int) -> bool:
        if s != t:
            return self.slots[s].begins <= self.slots[t].begins
        return (self.request.kinds[a].order, a) <= (self.request.kinds[b].order, b)

    def _forbid(self, r: Relation, here: list[Var], there: list[Var], warned: dict[str, Var]) -> bool:
        """No two of these together, of which each side holds one at most; a warning costs. True for a block."""
        if r.severity is BLOCK:
            if self.asking.switches:
                self.at_most(r.rule, [*here, *there], None, 1)
            else:
                self.cp.add_at_most_one([*here, *there])
            return True
        w = warned.get(r.rule)
        if w is None:
            w = warned[r.rule] = self.cp.new_bool_var("")
            self.cost.append((w, WARNING))
        if len(here) == len(there) == 1:
            self.cp.add_bool_or([~here[0], ~there[0], w])
        else:
            self.cp.add(sum_of([*here, *there, ~w]) <= 2)
        return False

    def _cuts(self) -> None:
        for cut in self.asking.cuts:
            spots = [self.x[spot] for spot in sorted(cut.spots) if spot in self.x]
            if len(spots) == len(cut.spots):
                self.unless(cut.rule, [~v for v in spots])


def _reach(r: Relation) -> int:
    """Days apart at which the relation can still be broken."""
    return int(r.limit) if r.near is Near.DAYS else int(r.limit // DAY) + 1


def _slots(request: Request, switches: bool) -> tuple[Slot, ...]:
    """The open slots; with switches also the days away and, for each day, all hours."""
    if not switches:
        return request.slots
    away = {s.day for s in request.shut_slots}
    found = [*request.slots, *(s._replace(shut=(AWAY,)) for s in request.shut_slots)]
    for day in range(request.first, 7):
        shut = (AWAY, WINDOW) if day in away else (WINDOW,)
        found.append(Slot(day, day * DAY, (day + 1) * DAY, False, None, shut))
    return tuple(found)


def _related(kind: Kind, request: Request) -> tuple[tuple[Stands, tuple[Relation, ...], tuple[Relation, ...]], ...]:
    found = []
    for stands in request.stands:
        after = between(stands.traits, kind.traits, request.numbers, request.stance)
        before = between(kind.traits, stands.traits, request.numbers, request.stance) if stands.day >= 0 else ()
        if after or before:
            found.append((stands, after, before))
    return tuple(found)
