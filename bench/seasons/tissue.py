"""The hidden truth of a simulated runner: a sore place with a capacity that heals, loads that irritate it, and noise.

Invented for the simulation (heuristic throughout): it only has to produce seasons that go well, badly and back again.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(slots=True)
class Tissue:
    """sore: 0-10 in daily life. capacity_km: easy kilometres a day that it takes without complaint."""

    sore: float
    capacity_km: float
    heals: float  # share of the soreness that is left after a day
    grows_km: float  # capacity gained a day
    noise: float
    touchy: float  # soreness per unit of strain above capacity
    flares: float  # chance of a bad day out of nothing
    strain: float = 0.0

    def run(self, easy_km: float, rng: Random) -> float:
        """Pain while running so far; the strain is felt the next day."""
        over = max(0.0, easy_km / max(self.capacity_km, 0.5) - 0.8)
        self.strain += over * self.touchy
        return _scale(self.sore * 0.8 + over * 2.0 + rng.gauss(0, self.noise))

    def exercise(self, effort: float, rng: Random) -> float:
        """Pain in an exercise; effort 0 to 1."""
        self.strain += 0.05 * effort * self.touchy
        self.capacity_km += 0.03 * effort
        return _scale(self.sore * 0.5 * (0.5 + effort) + rng.gauss(0, self.noise * 0.7) - 0.3)

    def night(self, rng: Random) -> None:
        """From one evening to the next morning."""
        self.sore = min(10.0, self.sore * self.heals + self.strain)
        self.strain = 0.0
        self.capacity_km += self.grows_km * (1.0 if self.sore < 3 else 0.3)
        if rng.random() < self.flares:
            self.sore = min(10.0, self.sore + rng.uniform(2, 6))
            self.capacity_km *= 0.8

    def felt(self, rng: Random) -> float:
        return _scale(self.sore + rng.gauss(0, self.noise) - 0.2)


def _scale(value: float) -> float:
    """As pain is said: 0 to 10 in halves."""
    return min(10.0, max(0.0, round(value * 2) / 2))
