"""No exception may silence the very phrase of a warning that it was written beside."""

from __future__ import annotations

from importlib import resources

import yaml

from niggle.knowledge import load
from niggle.language.lexicon import Builder, forms_to_stems, read_items


def test_no_mask_of_a_warning_is_one_of_its_own_phrases() -> None:
    data = yaml.safe_load((resources.files("niggle.knowledge") / "lexicon.yaml").read_text(encoding="utf-8"))
    words = data["words"]
    builder = Builder(forms_to_stems(data["same"]), words["soft"].split(), words["meant"].split())
    for name, phrases in data["classes"].items():
        for phrase in phrases:
            builder.add_class(name, phrase)

    def forms(phrase: str) -> set[tuple[str, ...]]:
        parts = read_items(phrase)
        return set(builder._forms(phrase, parts[0], classes=True)) if len(parts) == 1 else set()

    swallowed = []
    for finding, entry in data["findings"].items():
        if load().findings[finding].safety:
            said = {form for phrase in entry.get("says") or () for form in forms(phrase)}
            swallowed += [(finding, mask) for mask in entry.get("mask") or () if forms(mask) & said]
    assert not swallowed
