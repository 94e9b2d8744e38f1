"""How fast the engine is, measured on this machine: for `mlpviz bench`.

Rounds of all measurements are interleaved and the median is taken, for machines are shared and
noisy. Compare ratios within one run rather than numbers of two.
"""

import os
import platform
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mlpviz.engine.batch import Batch
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training

ROUNDS = 5
ROUND_SECONDS = 0.15
BATCH_SIZES = (1, 8, 64, 256)
MILLION = 1_000_000
SCALING_UNITS = (4, 16, 64)
SCALING_SAMPLES = (100, 1000, 10_000)

_LINEAR = Recipe(dataset="linear")
WORKLOADS: dict[str, Recipe] = {
    "2-4-4-1, 100 samples": _LINEAR,
    "2-4-4-1, xor": Recipe(),
    "2-16-16-1, 100 samples": replace(_LINEAR, hidden=(16, 16)),
    "2-64-64-1, 1000 samples": replace(_LINEAR, hidden=(64, 64), samples=1000),
    "2-8x6-1, 500 samples, batches of 10": replace(
        _LINEAR, hidden=(8,) * 6, samples=500, batch_size=10
    ),
}

Work = Callable[[int], object]  # does so many epochs


def epochs_per_second(round_seconds: float = ROUND_SECONDS) -> dict[str, float]:
    """Measure every workload, the loss of every epoch included."""
    return _speeds({name: _training(recipe) for name, recipe in WORKLOADS.items()}, round_seconds)


def scaling(round_seconds: float = ROUND_SECONDS) -> list[dict[str, float]]:
    """Measure the milliseconds of an epoch as units and samples grow: a row per pair."""
    pairs = [(units, samples) for units in SCALING_UNITS for samples in SCALING_SAMPLES]
    speeds = _speeds(
        {
            f"{units} {samples}": _training(
                replace(_LINEAR, hidden=(units, units), samples=samples)
            )
            for units, samples in pairs
        },
        round_seconds,
    )
    return [
        {"units": units, "samples": samples, "epoch_ms": 1000.0 / speeds[f"{units} {samples}"]}
        for units, samples in pairs
    ]


def batched(round_seconds: float = ROUND_SECONDS) -> list[dict[str, float]]:
    """Measure how many epochs of single networks K networks together do, on two workloads."""
    rows: list[dict[str, float]] = []
    for samples, recipe in ((100, _LINEAR), (21, Recipe())):
        works = {str(count): _batch(recipe, count) for count in BATCH_SIZES}
        speeds = _speeds(works, round_seconds)
        alone = speeds["1"]
        for count in BATCH_SIZES:
            speed = count * speeds[str(count)]
            rows.append(
                {
                    "samples": samples,
                    "networks": count,
                    "net_epochs_per_second": speed,
                    "ratio": speed / alone,
                }
            )
    return rows


def memory_mb(epochs: int = MILLION) -> dict[str, float]:
    """Measure the memory of the process, in megabytes, before and after a long run."""
    run = Run(Recipe(epochs=0))
    run.advance(1000)
    before = _resident_bytes() / 1e6
    run.advance(epochs)
    return {"start": before, "after_a_million_epochs": _resident_bytes() / 1e6}


def machine() -> dict[str, str]:
    """Say what the figures were measured on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def lines(figures: Mapping[str, Any]) -> list[str]:
    """Write the figures as a table of names and numbers, a line each."""
    result: list[str] = []
    for part, values in figures.items():
        result.append(part.replace("_", " "))
        rows = values if isinstance(values, list) else [values]
        for row in rows:
            if isinstance(values, list):
                result.append("  " + "   ".join(f"{k} {_short(v)}" for k, v in row.items()))
            else:
                result += [f"  {name:28} {_short(value)}" for name, value in row.items()]
    return result


def _short(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and value < 1000.0 else _whole(value)


def _whole(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else str(value)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.processor()


def _resident_bytes() -> int:
    """Return the memory in use now; where the system does not say, what Python has allocated."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # not Linux
        if not tracemalloc.is_tracing():
            tracemalloc.start()
        return tracemalloc.get_traced_memory()[0]
    return pages * os.sysconf("SC_PAGE_SIZE")


def _training(recipe: Recipe) -> Work:
    return start_training(recipe).run


def _batch(recipe: Recipe, count: int) -> Work:
    trainings = [start_training(replace(recipe, weight_seed=seed)) for seed in range(count)]
    first = trainings[0]
    networks = [training.network for training in trainings]
    return Batch(networks, first.X, first.Y, [recipe.learning_rate] * count).run


def _speeds(works: Mapping[str, Work], round_seconds: float) -> dict[str, float]:
    """Return the epochs per second of each: the median of interleaved rounds."""
    counts = {name: _fitting_count(work, round_seconds) for name, work in works.items()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            seconds[name].append(_time(work, counts[name]))
    return {name: counts[name] / statistics.median(seconds[name]) for name in works}


def _fitting_count(work: Work, round_seconds: float) -> int:
    """Find how many epochs take about as long as a round should."""
    count = 1
    while (spent := _time(work, count)) < round_seconds / 4:
        count *= 2
    return max(1, round(count * round_seconds / spent))


def _time(work: Work, epochs: int) -> float:
    started = time.perf_counter()
    work(epochs)
    return time.perf_counter() - started
