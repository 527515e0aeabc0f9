"""For all tests: how hypothesis searches. No law is timed; on a build server the search is the same each time."""

import os

from hypothesis import settings

settings.register_profile("niggle", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "niggle")
