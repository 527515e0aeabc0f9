"""How well triage does on a file of stories whose answer is known: one JSON object per line, see tests/vignettes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from niggle.actions.told import story_told
from niggle.core.body import Side
from niggle.core.condition import AnswerKind
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem, Urgency
from niggle.core.reasons import FactValue
from niggle.core.triage import Story, Triage, assess, story_from_plain
from niggle.language import Lexicon, understand

NO_NAME: Final = ("outside-scope", "cannot-tell")
_DAY: Final = date(2000, 1, 3)  # no story has a date, and none of its rules looks at one
_PRESENT: Final = frozenset({"present", "yes", "true"})
_ABSENT: Final = frozenset({"absent", "no", "false", "none"})
_BINS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0001)


@dataclass(frozen=True, slots=True)
class Expected:
    """The right answer of one story. `names`: the diagnosis first, then what a careful clinician would also keep."""

    id: str
    names: tuple[str, ...]
    urgencies: tuple[Urgency, ...]
    truth: Urgency
    must_not_miss: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One story's result. `rank` of the first acceptable condition from 1, None when it is not listed."""

    id: str
    wanted: tuple[str, ...]
    given: tuple[tuple[str, float], ...]
    first_is_diagnosis: bool
    rank: int | None
    share_right: float
    urgency: str
    urgencies_accepted: tuple[str, ...]
    safe: bool  # not below the lowest accepted step
    over: bool  # above the highest accepted step
    must_not_miss: bool
    found: bool  # urgent or emergency
    abstained: str | None  # cannot_tell or outside, as said
    red_flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the leading conditions shown with a share from `low` up to `high`: how many, mean share, how often right."""

    low: float
    high: float
    count: int
    mean_share: float
    right: float


@dataclass(frozen=True, slots=True)
class Report:
    """Shares are of the stories each speaks of: `named` have a condition, `unnamed` are outside scope or untellable."""

    stories: int
    named: int
    top_1: float  # the diagnosis itself leads
    top_1_accepted: float  # it or an acceptable alternative leads
    top_3: float
    must_not_miss: int
    must_not_miss_found: float
    safe: float
    harmless: int  # self-care is accepted
    harmless_over: float  # of those, answered urgent or emergency
    over: float  # of self-care and routine stories, answered above the highest accepted step
    urgency_accepted: float
    unnamed: int
    unnamed_said: float  # of those, said to be outside or untellable
    abstained: float  # of the named ones, said to be untellable
    brier: float  # of the leading condition's share against being right
    reliability: tuple[Bin, ...]
    scored: tuple[Scored, ...]
    problems: tuple[Problem, ...]

    @property
    def misses(self) -> tuple[Scored, ...]:
        """Unsafe ones first, then names outside the first three, then over-triage."""
        wrong = [s for s in self.scored if not s.safe or s.over or (s.wanted and (s.rank is None or s.rank > 3))]
        return tuple(sorted(wrong, key=lambda s: (s.safe, s.rank is not None and s.rank <= 3, s.id)))

    def to_plain(self) -> dict[str, Any]:
        plain = asdict(self)
        plain.pop("scored")
        return plain | {"misses": [asdict(m) for m in self.misses]}


def evaluate_file(path: Path, knowledge: Knowledge, lexicon: Lexicon | None, *, how: str = "findings") -> Report:
    """Scores a .jsonl file. how: "findings" (needs no lexicon if the names are of the vocabulary) or "text"."""
    return evaluate(path.read_text(encoding="utf-8").splitlines(), knowledge, lexicon, how=how)


def evaluate(lines: Iterable[str], knowledge: Knowledge, lexicon: Lexicon | None, *, how: str = "findings") -> Report:
    """The report over JSON lines; a line that cannot be read is a problem with its number and does not end the work."""
    if how == "text" and lexicon is None:
        raise ValueError("a lexicon is needed to read text")
    scored: list[Scored] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            expected = expected_of(data, knowledge)
            story = _from_text(data, lexicon) if how == "text" and lexicon else from_findings(data, knowledge, lexicon)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(Problem(f"line {number}", f"this story cannot be read: {error}", "see tests/vignettes"))
            continue
        problems += [
            Problem(f"line {number}", f"{name!r} is no condition that niggle knows")
            for name in expected.names[:1]
            if name not in knowledge.conditions and name not in NO_NAME
        ]
        scored.append(score(assess(story, knowledge, _DAY, questions=0), expected))
    return report(scored, problems)


def urgency_of(word: str) -> Urgency:
    return Urgency[word.strip().upper().replace("-", "_").replace(" ", "_")]


def expected_of(data: Mapping[str, Any], knowledge: Knowledge) -> Expected:
    """Names go through the knowledge's aliases; `urgency_acceptable` always holds the truth."""
    truth = urgency_of(data["urgency_truth"])
    accepted = {truth, *map(urgency_of, data.get("urgency_acceptable") or ())}
    names = [data["diagnosis"], *(data.get("acceptable_alternatives") or ())]
    slugs = tuple(dict.fromkeys(_slug(name, knowledge) for name in names))
    return Expected(str(data["id"]), slugs, tuple(sorted(accepted)), truth, bool(data.get("must_not_miss")))


def _slug(name: str, knowledge: Knowledge) -> str:
    """The condition's slug by slug, alias or name, written with hyphens or spaces; the name itself if unknown."""
    found = knowledge.condition(name) or knowledge.condition(name.replace("-", " "))
    return name if found is None else found.id


def _sex(data: Mapping[str, Any]) -> str | None:
    return {"f": "female", "m": "male"}.get(str(data.get("sex") or "").casefold()[:1])


def _from_text(data: Mapping[str, Any], lexicon: Lexicon) -> Story:
    age = data.get("age")
    return story_told(understand(data["text"], lexicon, age=age), age=age, sex=_sex(data))


def from_findings(data: Mapping[str, Any], knowledge: Knowledge, lexicon: Lexicon | None) -> Story:
    """The story from a list of {name, value}. Other names than the vocabulary's are read as words, given a lexicon."""
    known: dict[str, Any] = {}
    sites: list[str] = []
    extra = Story()
    for item in data.get("findings") or ():
        name, value = str(item["name"]).replace("-", "_"), item["value"]
        if name == "site":
            sites.append(str(value))
        elif name == "side":
            known["side"] = value if value in set(Side) else None
        elif name in knowledge.findings and (plain := _plain(name, value, knowledge)) is not None:
            known[name] = plain
        elif lexicon is not None:
            extra = _joined(extra, _worded(name, value, lexicon))
    age, sex = data.get("age"), data.get("sex")
    story, _ = story_from_plain({"age": age, "sex": sex, "sites": sites, "findings": known}, knowledge)
    return Story(
        story.age, _sex(data), story.places or extra.places, {**extra.findings, **story.findings}
    )  # fmt: skip


def _plain(name: str, value: Any, knowledge: Knowledge) -> FactValue:
    word = str(value).casefold()
    if isinstance(value, str) and knowledge.findings[name].kind is AnswerKind.YES_NO:
        return True if word in _PRESENT else False if word in _ABSENT else None
    return value if isinstance(value, bool | int | float | str) else None


def _worded(name: str, value: Any, lexicon: Lexicon) -> Story:
    """A free name with a free value, read as a few words; a value of present or absent counts for the name."""
    words, word = name.replace("_", " "), str(value).casefold()
    if word in _PRESENT or value is True:
        return story_told(understand(f"{words}.", lexicon))
    if word in _ABSENT or value is False:
        return story_told(understand(f"No {words}.", lexicon))
    return story_told(understand(f"Pain in {value}." if name == "region" else f"{words}: {value}.", lexicon))


def _joined(a: Story, b: Story) -> Story:
    return Story(places=a.places or b.places, findings={**b.findings, **a.findings})


def score(triage: Triage, expected: Expected) -> Scored:
    given = tuple((c.condition, round(c.share, 4)) for c in triage.differential if not c.to_rule_out)
    unnamed = expected.names[0] in NO_NAME
    wanted = () if unnamed else expected.names
    rank = next((n for n, (name, _) in enumerate(given, start=1) if name in wanted), None)
    said = "outside" if triage.outside is not None else triage.cannot_tell.value if triage.cannot_tell else None
    return Scored(
        expected.id,
        wanted,
        given,
        bool(given) and given[0][0] == expected.names[0],
        rank,
        sum(share for name, share in given if name in wanted),
        triage.urgency.code,
        tuple(u.code for u in expected.urgencies),
        triage.urgency >= min(expected.urgencies),
        triage.urgency > max(expected.urgencies) and expected.truth <= Urgency.ROUTINE,
        expected.must_not_miss,
        triage.urgency >= Urgency.URGENT,
        said,
        tuple(h.rule for h in triage.red_flags),
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def report(scored: Sequence[Scored], problems: Sequence[Problem] = ()) -> Report:
    named = [s for s in scored if s.wanted]
    unnamed = [s for s in scored if not s.wanted]
    serious = [s for s in scored if s.must_not_miss]
    mild = [s for s in scored if "self_care" in s.urgencies_accepted or max(map(_level, s.urgencies_accepted)) <= 1]
    harmless = [s for s in scored if s.urgencies_accepted[0] == "self_care" and not s.must_not_miss]
    leading = [(s.given[0][1], s.rank == 1) for s in named if s.given]
    return Report(
        len(scored),
        len(named),
        _share([s.first_is_diagnosis for s in named]),
        _share([s.rank == 1 for s in named]),
        _share([s.rank is not None and s.rank <= 3 for s in named]),
        len(serious),
        _share([s.found for s in serious]),
        _share([s.safe for s in scored]),
        len(harmless),
        _share([s.found for s in harmless]),
        _share([s.over for s in mild]),
        _share([s.urgency in s.urgencies_accepted for s in scored]),
        len(unnamed),
        _share([s.abstained is not None for s in unnamed]),
        _share([s.abstained is not None for s in named]),
        sum((share - right) ** 2 for share, right in leading) / len(leading) if leading else 0.0,
        tuple(_bins(leading)),
        tuple(scored),
        tuple(problems),
    )


def _level(code: str) -> int:
    return int(Urgency[code.upper()])


def _bins(leading: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    for low, high in pairwise(_BINS):
        inside = [(share, right) for share, right in leading if low <= share < high]
        if inside:
            yield Bin(
                low,
                min(high, 1.0),
                len(inside),
                sum(s for s, _ in inside) / len(inside),
                _share([r for _, r in inside]),
            )
