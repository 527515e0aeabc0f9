"""A story, in words or as answers, to its triage. Nothing is kept and no database is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from niggle.actions.model import knowledge
from niggle.actions.told import story_told
from niggle.core.outcomes import NotEnoughInformation, OutsideScope, Problem, Urgency
from niggle.core.profile import Profile
from niggle.core.spikes import Spike
from niggle.core.triage import Question, Story, Triage, assess, story_from_plain
from niggle.language import MOST_CHARACTERS, Lexicon, Understanding, understand
from niggle.store import home
from niggle.wording.asking import StoryTrouble, story_trouble


@cache
def lexicon() -> Lexicon:
    """The words that free text is read with, once per process."""
    from niggle.knowledge.lexicon import load_lexicon

    return load_lexicon(home.folder() / "cache")


@dataclass(frozen=True, slots=True)
class Looked:
    """A triage with what it was made from. trouble: what stands in the way of the words; what was read still counts."""

    triage: Triage
    story: Story
    next: tuple[Question, ...]
    understood: Understanding | None = None
    text: str | None = None
    trouble: StoryTrouble | None = None
    spikes: tuple[Spike, ...] = ()

    @property
    def refused(self) -> bool:
        """The words could not be taken for a story, and nothing read of them is an emergency."""
        return (
            self.trouble is not None
            and self.trouble.code != "nothing_understood"
            and self.triage.urgency is not Urgency.EMERGENCY
        )


def read_text(text: str, age: float | None = None, on: date | None = None) -> tuple[Understanding, StoryTrouble | None]:
    """What was understood, and what stands in the way. on: the day it was written."""
    understood = understand(text, lexicon(), age=age, on=on)
    return understood, trouble_of(understood)


def trouble_of(understood: Understanding) -> StoryTrouble | None:
    problem = understood.problem
    if isinstance(problem, NotEnoughInformation):
        return story_trouble("empty_text" if "text" in problem.missing else "nothing_understood", MOST_CHARACTERS)
    if isinstance(problem, OutsideScope) and problem.why in ("another_language", "text_too_long"):
        return story_trouble(problem.why, MOST_CHARACTERS)
    return None


def triage_text(
    text: str,
    on: date,
    *,
    age: float | None = None,
    sex: str | None = None,
    profile: Profile | None = None,
    spikes: tuple[Spike, ...] = (),
) -> Looked:
    """The triage of a story in somebody's own words."""
    understood, trouble = read_text(text, age, on)
    story = story_told(understood, age=age, sex=sex, spikes=spike_types(spikes), profile=profile)
    return _looked(story, on, understood=understood, text=text, trouble=trouble, spikes=spikes)


def triage_findings(data: Mapping[str, Any], on: date) -> Looked | tuple[Problem, ...]:
    """The triage of answers by finding id, or everything that is wrong with them."""
    story, problems = story_from_plain(data, knowledge())
    return problems or _looked(story, on)


def _looked(story: Story, on: date, **more: Any) -> Looked:
    triage = assess(story, knowledge(), on, questions=3)
    return Looked(triage, story, triage.next_questions, **more)


def spike_types(spikes: tuple[Spike, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.type for s in spikes))
