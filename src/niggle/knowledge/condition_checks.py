"""What must hold between findings, conditions and the other files; each complaint with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from niggle.core.body import SITES, Region
from niggle.core.condition import RUNNER_FACTS
from niggle.core.when import BadCondition
from niggle.core.when import parse as parse_when

Complain = Callable[[str, tuple[str | int, ...], str], None]
_REGIONS = {r.value: frozenset(s.id for s in SITES.values() if s.region is r) for r in Region}


def expand_sites(words: Iterable[str]) -> frozenset[str]:
    """Site ids of a list that may name regions too; unknown words are left out (they are complained of elsewhere)."""
    found: set[str] = set()
    for word in words:
        if word in _REGIONS:
            found |= _REGIONS[word]
        elif word in SITES:
            found.add(word)
    return frozenset(found)


def check_all(merged: Mapping[str, Any], home: Mapping[tuple[str, str], str], complain: Complain) -> None:
    _findings(merged, complain)
    _library(merged, home, complain)
    for slug, condition in merged["conditions"].items():
        _Condition(slug, condition, home["conditions", slug], merged, complain).check()
    _names(merged, home, complain)


def _sources(merged: Mapping[str, Any], cited: Iterable[str], say: Callable[[str], None]) -> None:
    for source in cited:
        if source not in merged["sources"]:
            say(f"cites {source!r}, which no sources file has")


def _findings(merged: Mapping[str, Any], complain: Complain) -> None:
    file, known = "findings.yaml", merged["findings"]
    words = merged["frequencies"]
    for name in ("always", "usual", "often", "sometimes", "seldom", "rare", "never"):
        if name not in words:
            complain(file, ("frequencies",), f"the word {name!r} is missing")
    for key, value in known.items():
        at = ("findings", key)
        for site in value["sites"]:
            if site not in SITES and site not in _REGIONS:
                complain(file, (*at, "sites"), f"{site!r} is neither a site nor a region")
        for part in (value, *value["reads"], *value["choices"].values()):
            for other in (*part["implies"], *part["excludes"]):
                if other not in known:
                    complain(file, at, f"{key} speaks of {other!r}, which is no finding")
                elif known[other]["base"] is None:
                    complain(file, at, f"{key} implies {other!r}, which is no yes-or-no finding")
        both = set(value["implies"]) & set(value["excludes"])
        if both or key in value["implies"] or key in value["excludes"]:
            complain(file, at, f"{key} implies and excludes the same, or itself")


def _library(merged: Mapping[str, Any], home: Mapping[tuple[str, str], str], complain: Complain) -> None:
    for part in ("causes", "glossary", "body_parts"):
        for key, value in merged[part].items():
            _sources(merged, value["sources"], lambda m, p=part, k=key: complain(home[p, k], (p, k), f"{k} {m}"))  # type: ignore[misc]
    for key, value in merged["faq"].items():
        for fact, body in value["facts"].items():
            at: tuple[str | int, ...] = ("faq", key, "facts", fact)
            _sources(merged, body["sources"], lambda m, a=at: complain("faq.yaml", a, m))  # type: ignore[misc]
    for key, value in merged["causes"].items():
        for spike in value["spikes"]:
            if spike not in merged["spikes"]:
                complain("causes.yaml", ("causes", key, "spikes"), f"{spike} is no spike of spikes.yaml")
        for name in value["findings"]:
            if name not in merged["findings"]:
                complain("causes.yaml", ("causes", key, "findings"), f"{name!r} is no finding")
    for key, value in merged["body_parts"].items():
        for slug in value["conditions"]:
            if slug not in merged["roster"]:
                complain("body_parts.yaml", ("body_parts", key), f"{slug!r} is not in roster.yaml")
    if merged["priors"] is not None:
        for index, figure in enumerate(merged["priors"]["figures"]):
            at = ("priors", "figures", index)
            _sources(merged, figure["sources"], lambda m, a=at: complain("priors.yaml", a, f"the figure {m}"))  # type: ignore[misc]
            if figure["condition"] not in merged["roster"]:
                complain("priors.yaml", at, f"{figure['condition']!r} is not in roster.yaml")


class _Condition:
    def __init__(self, slug: str, value: Any, file: str, merged: Mapping[str, Any], complain: Complain) -> None:
        self.slug, self.value, self.file, self.merged, self.complain = slug, value, file, merged, complain
        self.triage = value["triage"]

    def say(self, path: tuple[str | int, ...], message: str) -> None:
        self.complain(self.file, path, message)

    def check(self) -> None:
        self._identity()
        self._places()
        self._facts()
        self._triage_findings()
        self._whens()
        self._links()

    def _identity(self) -> None:
        if self.file != f"conditions/{self.slug}.yaml":
            self.say(("id",), f"the id {self.slug!r} and the file's name differ")
        known = self.merged["roster"].get(self.slug)
        if known is None:
            self.say(("id",), f"{self.slug!r} is not in roster.yaml")
        elif known["prefix"] != self.value["prefix"]:
            self.say(("prefix",), f"roster.yaml gives {self.slug} the prefix {known['prefix']}")

    def _places(self) -> None:
        sites, regions = self.value.get("sites", {}), set(self.value.get("regions", ()))
        for site in sites:
            if site not in SITES:
                self.say(("sites", site), f"{site!r} is no site of the body's vocabulary")
            elif SITES[site].region.value not in regions:
                self.say(("sites", site), f"{site} lies in {SITES[site].region.value}, which `regions` does not name")
        reached = {SITES[s].region.value for s in sites if s in SITES}
        if not sites and not self.value.get("everywhere"):
            self.say((), "unreachable: no site; give sites, or everywhere: true")
        for region in sorted(regions - reached) if not self.value.get("everywhere") else ():
            self.say(("regions",), f"the region {region} has no site here")
        for region in self.triage["prior"].get("by_region", {}):
            if region not in regions:
                self.say(("triage", "prior", "by_region"), f"{region} is not among the regions")

    def _facts(self) -> None:
        prefix = self.value["prefix"] + "-"
        for section, facts in self.value["facts"].items():
            for key, fact in facts.items():
                at = ("facts", section, key)
                if not key.startswith(prefix):
                    self.say(at, f"{key} does not begin with {prefix}")
                _sources(self.merged, fact["sources"], lambda m, a=at, k=key: self.say(a, f"{k} {m}"))  # type: ignore[misc]
                if "resolution" in fact and section != "disagreements":
                    self.say(at, "only a disagreement has a resolution")
                if section == "disagreements" and "resolution" not in fact:
                    self.say(at, f"{key} is a disagreement and needs a resolution: what niggle does")

    def _triage_findings(self) -> None:
        known, sites = self.merged["findings"], set(self.value.get("sites", {}))
        for name, given in self.triage["findings"].items():
            at = ("triage", "findings", name)
            if name not in known:
                self.say(at, f"{name!r} is no finding")
                continue
            if known[name]["base"] is None:
                self.say(at, f"{name} is a number or a choice; use the yes-or-no findings it implies")
            where = expand_sites(known[name]["sites"])
            if where and sites and not self.value.get("everywhere") and not where & sites:
                self.say(at, f"unreachable: {name} is never asked at any site of this condition")
            if isinstance(given, dict):
                _sources(self.merged, given.get("sources", ()), lambda m, a=at: self.say(a, m))  # type: ignore[misc]

    def _whens(self) -> None:
        for index, factor in enumerate(self.triage["prior"].get("factors", ())):
            at: tuple[str | int, ...] = ("triage", "prior", "factors", index)
            self._when(at, factor["when"])
            _sources(self.merged, factor["sources"], lambda m, a=at: self.say(a, m))  # type: ignore[misc]
        for index, item in enumerate(self.triage.get("urgency_when", ())):
            self._when(("triage", "urgency_when", index), item["when"])
        _sources(self.merged, self.triage["prior"]["sources"], lambda m: self.say(("triage", "prior"), m))

    def _when(self, at: tuple[str | int, ...], form: Any) -> None:
        numbers = {k: v["value"] for k, v in self.merged["parameters"].items() if not isinstance(v["value"], list)}
        try:
            condition = parse_when(form, numbers)
        except (BadCondition, ValueError, TypeError) as error:
            self.say(at, str(error))
            return
        for name in condition.names:
            if name not in self.merged["findings"] and name not in RUNNER_FACTS:
                self.say(at, f"looks at {name!r}, which is neither a finding nor age, sex, site or region")

    def _links(self) -> None:
        triage, merged = self.triage, self.merged
        for index, item in enumerate(triage.get("look_alikes", ())):
            at = ("triage", "look_alikes", index)
            if item["condition"] not in merged["roster"]:
                self.say(at, f"{item['condition']!r} is not in roster.yaml")
            if item["condition"] == self.slug:
                self.say(at, "a condition is not its own look-alike")
            for name in item.get("findings", ()):
                if name not in merged["findings"]:
                    self.say(at, f"{name!r} is no finding")
        for name in triage.get("causes", {}):
            if name not in merged["causes"]:
                self.say(("triage", "causes", name), f"{name!r} is no cause of causes.yaml")
        flags = {f["id"] for f in merged["flags"]}
        for name in triage.get("related_red_flags", ()):
            if name not in flags:
                self.say(("triage", "related_red_flags"), f"{name} is no red flag of red_flags.yaml")
        for index, grade in enumerate(triage.get("grades", ())):
            _sources(merged, grade["sources"], lambda m, i=index: self.say(("triage", "grades", i), m))  # type: ignore[misc]
        if "recovery" in triage:
            _sources(merged, triage["recovery"]["sources"], lambda m: self.say(("triage", "recovery"), m))


def _names(merged: Mapping[str, Any], home: Mapping[tuple[str, str], str], complain: Complain) -> None:
    """Slugs and aliases name one condition each; prefixes too."""
    taken: dict[str, str] = {slug: slug for slug in merged["roster"]}
    for slug, value in merged["conditions"].items():
        for alias in value.get("aliases", ()):
            key = alias.casefold()
            if taken.setdefault(key, slug) != slug:
                complain(home["conditions", slug], ("aliases",), f"{alias!r} already names {taken[key]}")
    prefixes: dict[str, str] = {}
    for slug, value in merged["roster"].items():
        if prefixes.setdefault(value["prefix"], slug) != slug:
            complain(
                "roster.yaml",
                ("roster", slug),
                f"the prefix {value['prefix']} already is {prefixes[value['prefix']]}'s",
            )
