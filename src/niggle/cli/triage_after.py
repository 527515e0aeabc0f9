"""What is done with an interview once it has an answer: kept as an open complaint, summed up for a clinician."""

from __future__ import annotations

from pathlib import Path

from niggle.cli.say import DONE, bad_input, json_out, line, stop, wrapped
from niggle.wording import clinician


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
    return DONE


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
