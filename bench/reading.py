"""What free text yields against what a story states: missed, denied wrongly, invented, and the place, story by story.

`python -m bench.reading tests/vignettes/tuning.jsonl` lists every story with a difference and the findings missed most.
`--first N` / `--last N` look at a part of the file only, `--short` prints the totals alone. What follows from another
answer (a pop is a sudden onset) counts as read; a finding that the story does not list is "invented" only in the sense
that its author did not write it down.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from niggle.actions.evaluate import from_findings
from niggle.actions.told import story_told
from niggle.core.reasons import FactValue
from niggle.core.triage.closing import close
from niggle.knowledge.lexicon import load_lexicon
from niggle.knowledge.loader import load
from niggle.language import understand

_NUMBERS = {"symptom_days", "pain_max", "stiffness_min", "onset_km"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--first", type=int)
    parser.add_argument("--last", type=int)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    knowledge, lexicon = load(), load_lexicon()
    lines = [line for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = lines[: given.first] if given.first else lines[-given.last :] if given.last else lines
    totals: Counter[str] = Counter()
    missed_most: Counter[str] = Counter()
    seconds = 0.0
    for line in lines:
        data: dict[str, Any] = json.loads(line)
        truth = from_findings(data, knowledge, lexicon)
        begun = time.perf_counter()
        told = understand(data["text"], lexicon, age=data.get("age"))
        seconds += time.perf_counter() - begun
        story = story_told(told)
        read = close(story.findings, knowledge.findings).values
        full = close(truth.findings, knowledge.findings).values
        words = {f.finding: " / ".join(f.words) for f in told.findings}
        unsure = {f.finding for f in told.findings if f.value is None}
        stated = {k: v for k, v in truth.findings.items() if k != "side"}  # the reader gives it with the place
        missed, wrong, invented = _differences(stated, read, story.findings, full)
        totals.update(said=len(stated), missed=len(missed), wrong=len(wrong), invented=len(invented))
        totals["unsure"] += len([m for m in missed if m in unsure])
        wanted = {s for w in truth.places for s in w.sites}
        got = [set(w.sites) for w in story.places]
        placed = not wanted or any(g & wanted for g in got)
        exact = not wanted or (placed and len(set().union(*got)) <= max(2, len(wanted)))
        totals.update(placed=placed, exact=exact, stories=1)
        missed_most.update(m for m in missed)
        if not given.short and (missed or wrong or invented or not exact):
            print(f"\n{data['id']} ({data['diagnosis']}, {data['urgency_truth']}): {data['text']}")
            if not exact:
                print(f"   PLACE  wanted {sorted(wanted)}; read {[sorted(g) for g in got]}")
            for name in missed:
                mark = " (read, in doubt)" if name in unsure else ""
                print(f"   missed {name} = {truth.findings[name]}{mark}")
            for name in wrong:
                print(f"   WRONG  {name}: story {full.get(name)}, read {read.get(name)} from {words.get(name)!r}")
            for name in invented:
                print(f"   extra  {name} = {story.findings[name]} from {words.get(name)!r}")
    print("\nmissed most:", ", ".join(f"{k} {n}" for k, n in missed_most.most_common(25)))
    share = 1 - (totals["missed"] + totals["wrong"]) / max(1, totals["said"])
    figures = {**totals, "read_share": round(share, 3), "ms_a_story": round(1000 * seconds / max(1, len(lines)), 1)}
    print(json.dumps(figures))


def _differences(said: Any, read: Any, own: Any, full: Any) -> tuple[list[str], list[str], list[str]]:
    """(missed, read as the opposite, read without being stated); numbers count as read when they are near."""

    def same(name: str, a: FactValue, b: FactValue) -> bool:
        if name in _NUMBERS and isinstance(a, int | float) and isinstance(b, int | float):
            return abs(a - b) <= max(2.0, 0.35 * max(a, b))
        return a == b

    missed = [n for n, v in said.items() if read.get(n) is None]
    wrong = [n for n, v in said.items() if read.get(n) is not None and not same(n, v, read[n])]
    extra = [n for n in own if n not in said and n not in _NUMBERS and own[n] != full.get(n)]
    return missed, wrong, extra


if __name__ == "__main__":
    main()
