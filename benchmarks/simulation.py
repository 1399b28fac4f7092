"""Ten thousand draws for each of many valued benefits: ``python -m benchmarks.simulation EFFECTS``.

Belongs here: the simulation of a portfolio of so many valued benefits, each of a project of its own, in the blocks in
which a run computes them.
Does not belong here: the method (`gevinst.method.uncertainty`).
"""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.processes import Progress, cost, figures, python
from gevinst.method.frames import Rules, lazy
from gevinst.method.priced import npv_simulations

EFFECTS = 100_000
_SPREAD = {"low": 0.5, "mid": 1.0, "high": 1.8}
"""Present values by scenario, as parts of the likeliest."""


def simulation(effects: int, progress: Progress) -> dict[str, float]:
    """What all draws took, for so many effects and for a tenth of them."""
    found = {}
    for number in (effects // 10, effects):
        took = cost(python("benchmarks.simulation", number))
        progress(f"simulation of {number} valued benefits: {took}")
        found |= figures({f"simulation_{number}": [took]})
    return found


def _simulated(effects: int) -> None:
    numbers = pl.DataFrame({"number": range(effects)})
    scenarios = pl.DataFrame({"scenario_code": list(_SPREAD), "_part": list(_SPREAD.values())})
    values = numbers.join(scenarios, how="cross").select(
        "scenario_code",
        edition_year=pl.lit(2026, pl.Int64),
        project_id=pl.format("p{}", "number"),
        benefit_value_id=pl.format("v{}", "number"),
        present_value_amount=pl.col("_part") * (pl.col("number") % 100 + 1) * 10_000.0,
    )
    for part in npv_simulations({"effect_values": lazy(values)}, Rules(2016, 2026)):
        print(part.height)


if __name__ == "__main__":
    _simulated(int(sys.argv[1]))
