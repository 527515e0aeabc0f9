"""`niggle condition`, `niggle glossary`, `niggle faq`: what niggle knows, to be read on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from niggle.cli.say import DONE, json_out, line, stop, styled, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from niggle.core.condition import Condition, SheetFact
    from niggle.core.knowledge_types import Knowledge
    from niggle.core.reasons import Grade

app = typer.Typer()
_JSON: Final = typer.Option("--json", help="print JSON")


@app.command()
def condition(
    name: Annotated[str | None, typer.Argument(help="its name or a word of it; leave out to list all")] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> int:
    """Read what niggle knows of a condition: each line with who says it and how well it is known."""
    from niggle.actions.model import knowledge

    known = knowledge()
    if name is None:
        _list(sorted(known.conditions.values(), key=lambda c: c.id), as_json=as_json)
        return DONE
    exact = known.condition(name)
    found = [exact] if exact is not None else _named(known, name)
    if len(found) > 1:
        _list(found, as_json=as_json)
    elif as_json:
        json_out(_plain(found[0]))
    else:
        _show(found[0], known)
    return DONE


def _list(rows: Sequence[Condition], *, as_json: bool) -> None:
    if as_json:
        json_out({"conditions": [{"id": c.id, "name": c.lay, "clinical": c.clinical} for c in rows]})
        return
    for c in rows:
        wrapped(f"{c.id}: {c.lay} ({c.clinical})", "    ", "")


def _named(known: Knowledge, name: str) -> list[Condition]:
    """The conditions whose names hold that word."""
    from difflib import get_close_matches

    word = name.strip().casefold()
    slugs = sorted({slug for key, slug in known.names.items() if word and word in key})
    if slugs:
        return [known.conditions[slug] for slug in slugs]
    near = get_close_matches(word, known.names, n=1, cutoff=0.5)
    raise stop("no_such_condition", f"niggle knows no condition {name!r}", None,
               f"did you mean {known.names[near[0]]}?" if near else "niggle condition lists all")  # fmt: skip


def _show(c: Condition, known: Knowledge) -> None:
    from niggle.wording import asking

    line(styled(f"{c.lay} ({c.clinical})", "bold"))
    wrapped("No clinician has reviewed this page yet." if c.review.by is None else f"Reviewed by {c.review.by}.")
    line()
    who = asking.listed(c.care.who)
    wrapped(f"{who[:1].upper()}{who[1:]}, {asking.when_at_home(c.care.when_days)}." if who else c.urgency.code)
    for step in c.tonight:
        wrapped(step, "   ", " · ")
    for section in dict.fromkeys(f.section for f in c.facts):
        line()
        line(styled(section.value.replace("_", " "), "bold"))
        for fact in c.section(section):
            wrapped(fact.text, "     ", " · ")
            if fact.resolution:
                wrapped(f"niggle: {fact.resolution}", "     ", "     ")
            wrapped(f"{fact.id}, {_note(fact.sources, fact.grade, known)}", "     ", "     ")
    if c.look_alikes:
        line()
        line(styled("what looks like it", "bold"))
        for other in c.look_alikes:
            wrapped(f"{other.condition}: {other.tells_apart}", "     ", " · ")


def _note(sources: Sequence[str], grade: Grade, known: Knowledge) -> str:
    from niggle.wording.today import GRADES

    return f"{GRADES[grade]}; {'; '.join(known.sources[s].title if s in known.sources else s for s in sources)}"


def _plain(c: Condition) -> dict[str, Any]:
    return {
        "id": c.id, "name": c.lay, "clinical": c.clinical, "other_names": list(c.other_names),
        "aliases": list(c.aliases), "urgency": c.urgency.code, "must_not_miss": c.must_not_miss,
        "review": c.review.status, "reviewed_by": c.review.by, "purpose": c.purpose, "use": c.use, "misuse": c.misuse,
        "care": {"who": list(c.care.who), "when_days": c.care.when_days, "tests": list(c.care.tests)},
        "tonight": list(c.tonight), "facts": [_fact(f) for f in c.facts],
        "look_alikes": [{"condition": x.condition, "tells_apart": x.tells_apart, "by": x.by} for x in c.look_alikes],
        "findings": {k: {"word": v.word, "share": v.present, "grade": v.grade.value} for k, v in c.findings.items()},
    }  # fmt: skip


def _fact(f: SheetFact) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": f.id, "section": f.section.value, "text": f.text, "sources": list(f.sources),
                             "grade": f.grade.value}  # fmt: skip
    return plain | ({"resolution": f.resolution} if f.resolution else {})


@app.command()
def glossary(
    word: Annotated[str | None, typer.Argument(help="a word to look up; leave out to list all")] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> int:
    """Look up a word that runners and clinicians use."""
    from niggle.actions.model import knowledge

    known = knowledge()
    asked = (word or "").casefold()
    found = [t for t in known.glossary.values() if asked in " ".join((t.term, *t.also)).casefold()]
    found = found or [t for t in known.glossary.values() if asked in t.text.casefold()]
    if not found:
        raise stop("no_such_word", f"the glossary has no {word!r}", None, "niggle glossary lists all")
    if as_json:
        json_out({"glossary": [{"id": t.id, "term": t.term, "also": list(t.also), "text": t.text,
                                "sources": list(t.sources), "grade": t.grade.value} for t in found]})  # fmt: skip
        return DONE
    for t in found:
        wrapped(f"{t.term}: {t.text}", "    ", "")
        if word is not None:
            wrapped(_note(t.sources, t.grade, known), "    ", "    ")
    return DONE


def _speaks_of(asked: str, text: str) -> bool:
    """Whether a word of the text begins so: who asks for "ice" does not mean "practice"."""
    import re

    return re.search(rf"\b{re.escape(asked)}", text.casefold()) is not None


@app.command()
def faq(
    word: Annotated[str | None, typer.Argument(help="a word of the question or the answer")] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> int:
    """Read answers to what runners ask."""
    from niggle.actions.model import knowledge

    known = knowledge()
    asked = (word or "").casefold()
    found = [q for q in known.faq.values()
             if _speaks_of(asked, " ".join((q.question, *(f.text for f in q.facts))))]  # fmt: skip
    if not found:
        raise stop("no_such_question", f"no question speaks of {word!r}", None, "niggle faq lists all")
    if as_json:
        json_out({"faq": [{"id": q.id, "question": q.question,
                           "answers": [{"id": f.id, "text": f.text, "sources": list(f.sources), "grade": f.grade.value}
                                       for f in q.facts]} for q in found]})  # fmt: skip
        return DONE
    for q in found:
        line(styled(q.question, "bold"))
        for f in q.facts:
            wrapped(f.text, "     ", " · ")
            wrapped(_note(f.sources, f.grade, known), "     ", "     ")
    return DONE
