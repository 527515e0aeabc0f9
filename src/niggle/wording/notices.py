"""What a page says once about what was just done, by name; and whose day the demo shows."""

from __future__ import annotations

from typing import Final

NOTICES: Final = {
    "checkin": "Check-in saved. The light below takes it in.",
    "corrected": "Corrected. The light below takes it in.",
    "import": "The import has started. You may leave this page.",
    "resumed": "The import goes on. You may leave this page.",
    "retry": "Trying those files again.",
    "undone": "The import was undone.",
    "label": "Saved.",
    "session": "Session added.",
    "clearance": "Recorded. Today's light takes it in.",
    "condition": "Saved. The rules take it into account.",
    "kept": "Kept as an open complaint: suspected, not diagnosed. Your check-ins take it into account.",
    "shoe": "Shoes saved.",
    "assigned": "Runs assigned.",
    "retired": "Pair retired.",
    "settings": "Settings saved.",
    "profile": "Saved. From now on the rules take it into account.",
    "begun": "The plan has begun.",
    "plan_ended": "The plan was closed. Nothing of it is deleted.",
    "amended": "Saved. The plan takes it into account.",
    "answered": "Saved. The plan takes it into account.",
    "ticked": "Saved.",
    "tested": "Result saved.",
    "moved": "Moved.",
    "times": "Saved. Your week keeps to it.",
    "away": "Noted. Your week keeps to it.",
    "back": "Noted: the days are as usual again.",
    "race": "Race saved.",
    "race_dropped": "The race was taken off.",
    "forgotten": "Everything was deleted.",
}
DEMO: Final = (
    "This is the demo runner's day. Import your training or check in, and the page is about you."  # until she has data
)
