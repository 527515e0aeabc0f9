"""What `niggle evaluate-triage` reports, and a finding as `niggle findings` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from niggle.cli.say import line, table, wrapped
from niggle.core.condition import Finding

if TYPE_CHECKING:
    from niggle.actions.evaluate import Report


def show_report(report: Report) -> None:
    """The report in words; every share is of the stories it speaks of."""
    line(f"{report.stories} stories, {report.named} of them with a condition")
    rows = [
        ("names the diagnosis first", f"{report.top_1:.0%}"),
        ("names it or an acceptable one first", f"{report.top_1_accepted:.0%}"),
        ("has it among the first three", f"{report.top_3:.0%}"),
        (f"finds what must not be missed ({report.must_not_miss})", f"{report.must_not_miss_found:.0%}"),
        ("never below the lowest accepted urgency", f"{report.safe:.0%}"),
        (f"harmless called urgent ({report.harmless})", f"{report.harmless_over:.0%}"),
        ("mild ones above the highest accepted urgency", f"{report.over:.0%}"),
        ("urgency as accepted", f"{report.urgency_accepted:.0%}"),
        (f"outside or untellable, and says so ({report.unnamed})", f"{report.unnamed_said:.0%}"),
        ("named ones called untellable", f"{report.abstained:.0%}"),
        ("Brier score of the leading share", f"{report.brier:.3f}"),
    ]
    table(("what", ""), rows, right=(1,))
    line()
    shown = [(f"{b.low:.0%} to {b.high:.0%}", str(b.count), f"{b.mean_share:.0%}", f"{b.right:.0%}")
             for b in report.reliability]  # fmt: skip
    table(("share shown", "stories", "mean", "right"), shown, right=(1, 2, 3))
    for miss in report.misses:
        line()
        gave = ", ".join(f"{name} {share:.2f}" for name, share in miss.given[:3]) or "no name"
        kind = "unsafe" if not miss.safe else "over" if miss.over else "name"
        wrapped(f"{miss.id} ({kind}): wanted {', '.join(miss.wanted) or miss.urgencies_accepted}; gave {gave}; "
                f"{miss.urgency}, accepted {'/'.join(miss.urgencies_accepted)}", "    ")  # fmt: skip
    for problem in report.problems:
        wrapped(f"{problem.field}: {problem.message}", "    ")


def finding_plain(f: Finding) -> dict[str, Any]:
    """One finding as JSON."""
    plain: dict[str, Any] = {"id": f.id, "group": f.group, "label": f.label, "question": f.question,
                             "kind": f.kind.value, "safety": f.safety}  # fmt: skip
    optional = {
        "unit": f.unit, "minimum": f.minimum, "maximum": f.maximum, "cluster": f.cluster,
        "choices": None if f.choices is None else dict(f.choices), "sites": sorted(f.sites) or None,
        "self_test": None if f.self_test is None else {"how": f.self_test.how, "stop_if": f.self_test.stop_if},
    }  # fmt: skip
    return plain | {k: v for k, v in optional.items() if v is not None}
