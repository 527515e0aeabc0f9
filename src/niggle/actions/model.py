"""The load model in force: knowledge's tissues and numbers, and a digest that changes when doses would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Final

from niggle.core.ids import digest_json
from niggle.core.knowledge_types import Knowledge, Parameter, Tissue
from niggle.core.load import session_doses, session_features
from niggle.core.load.motion import motion
from niggle.core.load.numbers import load_numbers
from niggle.core.session import Session
from niggle.store import home

ENGINE: Final = 1  # raise it when core.load computes other doses or features from the same numbers


@dataclass(frozen=True, slots=True)
class Model:
    digest: str
    tissues: Mapping[str, Tissue]
    parameters: Mapping[str, Parameter]

    def compute(self, session: Session) -> tuple[bytes, bytes]:
        """(doses, features) as little-endian float64."""
        moved = None
        if session.streams is not None:
            moved = motion(session.streams, load_numbers(self.parameters))
        doses = session_doses(session, self.tissues, self.parameters, moved=moved)
        features = session_features(session, self.parameters, moved)
        return doses.astype("<f8").tobytes(), features.astype("<f8").tobytes()


@cache
def knowledge() -> Knowledge:
    """The knowledge that is installed, read once per process."""
    from niggle.knowledge import load

    return load(home.folder() / "cache")


@cache
def model() -> Model:
    """The model of this process."""
    known = knowledge()
    tissues = {
        name: {k: (dict(v) if isinstance(v, Mapping) else v) for k, v in _fields(tissue).items()}
        for name, tissue in known.tissues.items()
    }
    numbers = asdict(load_numbers(known.parameters))
    digest = digest_json({"engine": ENGINE, "tissues": tissues, "numbers": numbers})
    return Model(digest, known.tissues, known.parameters)


def _fields(tissue: Tissue) -> dict[str, object]:
    """What of a tissue the doses depend on: words and sources may change without a new model."""
    names = ("speed_base", "speed_exponent", "grade_linear_per_deg", "grade_square_per_deg2", "cadence_exponent",
             "strength_share")  # fmt: skip
    return {name: getattr(tissue, name) for name in names}
