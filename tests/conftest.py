"""For all tests: how hypothesis searches, and a home that nobody has used yet.

No law is timed; on a build server the search is the same each time.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("niggle", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "niggle")

_WARM = """
from niggle.store.boot import boot
boot()
from niggle.actions.model import knowledge
from niggle.actions.stories import lexicon
from niggle.store import home
from niggle.web import bundle
knowledge(), lexicon(), bundle.path(home.folder() / "cache")
"""


@pytest.fixture(scope="session")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a niggle that nobody has used yet, with all in it that a first start makes: an empty database,
    the knowledge, the words and the drawing library as they are kept. Made once, it takes seconds; for tests that start
    processes, which would make it each time."""
    folder = tmp_path_factory.mktemp("unused") / "home"
    environment = {k: v for k, v in os.environ.items() if k != "NIGGLE_DATABASE_URL"} | {"NIGGLE_HOME": str(folder)}
    subprocess.run([sys.executable, "-c", _WARM], env=environment, check=True)
    return folder
