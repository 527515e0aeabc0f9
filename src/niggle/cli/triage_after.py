"""What is done with an interview once it has an answer: kept as an open complaint, summed up for a clinician."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from niggle.cli.say import DONE, bad_input, json_out, line, stop, wrapped
from niggle.wording import clinician

if TYPE_CHECKING:
    from niggle.actions.interviews import Interview
    from niggle.actions.stories import Looked


def keep(key: str | None, condition: str | None, *, as_json: bool) -> int:
    """Keep what the interview suspects as an open complaint; key: None is the last one, condition: None its best."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import episodes
    from niggle.actions.model import knowledge
    from niggle.wording import episodes as words

    chosen = key or episodes.latest_key(runner.athlete_id)
    if chosen is None:
        raise stop("no_interview", words.NO_SUCH[0], None, words.NO_SUCH[1])
    slug = None if condition is None else episodes.slug_of(condition)
    found = episodes.keep(runner.athlete_id, chosen, runner.now, runner.today, slug)
    if not isinstance(found, episodes.Episode):
        raise bad_input(found, f"interview {chosen}")
    c = found.condition
    if as_json:
        json_out({
            "key": chosen, "condition": c.slug, "site": c.site, "side": None if c.side is None else c.side.value,
            "since": None if c.since is None else c.since.isoformat(),
            "seen_by_professional": c.seen_by_professional, "new": found.new,
        })  # fmt: skip
        return DONE
    wrapped(words.kept(c, knowledge().conditions[c.slug].clinical))
    if not found.new:
        wrapped(words.already(c))
    elif not found.to_be_seen and episodes.has_plan(c.slug):
        line(words.start_plan(c.slug, c.side, None))  # what it began is known to the plan by then
    return DONE


def take_back(key: str | None, *, as_json: bool) -> int:
    """What Today holds of the interview is taken back; key: None is the last one."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import day_words, episodes, triage
    from niggle.wording import episodes as words

    chosen = key or episodes.latest_key(runner.athlete_id)
    state = None if chosen is None else triage.get(runner.athlete_id, chosen)
    if chosen is None or state is None:
        raise stop("no_interview", words.NO_SUCH[0], None, words.NO_SUCH[1])
    if not state.kept:
        raise stop("nothing_held", words.NOTHING_HELD[0], None, words.NOTHING_HELD[1])
    day_words.take_back(runner.athlete_id, chosen, runner.now, runner.today)
    if as_json:
        json_out({"key": chosen, "taken_back": sorted(state.kept)})
    else:
        line(words.TAKEN_BACK)
    return DONE


def tell_mine(text: str, age: float | None, sex: str | None, looked: Looked) -> Interview | None:
    """A story about herself is an interview like any other, an urgent one on Today too; None if nothing comes of it."""
    from niggle.actions import episodes
    from niggle.cli.started import here
    from niggle.core.outcomes import Urgency

    if looked.triage.urgency < Urgency.URGENT and not episodes.can_keep(looked):
        return None
    from niggle.actions import day_words, triage
    from niggle.actions.interviews import places_plain

    runner = here()
    me, now = runner.athlete_id, runner.now
    key = triage.start(me, now).key
    triage.tell(me, key, text, now)
    story = looked.story
    plain = {"findings": dict(story.findings), "places": places_plain(story.places), "age": age, "sex": sex}
    triage.confirm(me, key, plain, now)
    day_words.heed(me, key, now, runner.today, shown=True)
    return triage.get(me, key)


def summary(key: str | None, out: Path | None, *, as_json: bool) -> int:
    """The page for a clinician, printed or into a .txt or .html file; key: None is the last interview."""
    kinds = {".txt": clinician.as_text, ".html": clinician.as_html}
    if out is not None and out.suffix.lower() not in kinds:
        raise stop("unknown_kind", f"{out.name} ends in neither .txt nor .html", "--out", "--out summary.html")
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import episodes, summaries
    from niggle.wording import episodes as words

    chosen = key or episodes.latest_key(runner.athlete_id)
    page = None if chosen is None else summaries.summary(runner.athlete_id, chosen, runner.today, runner.units())
    if page is None:
        raise stop("no_interview", words.NO_SUCH[0], None, words.NO_SUCH[1])
    if out is not None:
        try:
            out.write_text(kinds[out.suffix.lower()](page), encoding="utf-8")
        except OSError as error:
            raise stop("not_written", f"cannot write there: {error.strerror}", str(out)) from None
    if as_json:
        json_out({"key": chosen, **clinician.to_plain(page), "written": None if out is None else str(out)})
    elif out is not None:
        line(f"Written: {out}")
    else:
        print(clinician.as_text(page), end="")
    return DONE
