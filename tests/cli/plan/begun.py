"""How a plan is begun on the command line, and what a refusal says."""

from __future__ import annotations

MIDPORTION = "achilles-tendinopathy-midportion"
START = ("plan", "start", "--condition", MIDPORTION, "--side", "left")


def problems(ran):
    assert ran.code in (1, 2), ran.out
    errors = ran.json.get("errors") or [ran.json["error"]]
    for e in errors:
        assert e["message"]
        assert "Traceback" not in ran.err
    return {e["place"] for e in errors}, " ".join(f"{e['message']} {e['suggestion']}" for e in errors)
