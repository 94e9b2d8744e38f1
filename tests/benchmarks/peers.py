"""The same work on mlpviz, textbook NumPy, scikit-learn and PyTorch: epochs with their losses.

    python tests/benchmarks/peers.py

What is not installed is left out, and said; the extra `peers` of pyproject.toml installs all of
it. Rounds are interleaved and medians compared: trust the ratios, not the numbers.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import importlib.util
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np
from reference import cross_entropy, forward, step
from reference import train as train_reference

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.study.bench import WORKLOADS, machine

ROUNDS = 7
ROUND_SECONDS = 0.25

Work = Callable[[int], object]


def mlpviz(recipe: Recipe) -> Work:
    return start_training(recipe).run


def textbook_numpy(recipe: Recipe) -> Work:
    training = start_training(recipe)
    weights = [W.copy() for W in training.network.weights]
    biases = [b.copy() for b in training.network.biases]
    X, Y, rate, size = training.X, training.Y, recipe.learning_rate, recipe.batch_size
    rng = np.random.default_rng(0)

    def work(epochs: int) -> object:
        if not size:
            return train_reference(X, Y, weights, biases, epochs, rate)
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), size):
                x, y = X[order[start : start + size]], Y[order[start : start + size]]
                step(forward(x, weights, biases), y, weights, biases, rate / len(x))
            losses.append(cross_entropy(Y, forward(X, weights, biases)[-1]))
        return losses

    return work


def scikit_learn(recipe: Recipe) -> Work:
    from sklearn.neural_network import MLPClassifier

    training = start_training(recipe)
    y = training.Y[:, 0]

    def work(epochs: int) -> object:
        model = MLPClassifier(
            recipe.hidden,
            activation="logistic",
            solver="sgd",
            alpha=0.0,
            batch_size=recipe.batch_size or len(y),
            learning_rate_init=recipe.learning_rate,
            momentum=0.0,
            nesterovs_momentum=False,
            shuffle=recipe.batch_size > 0,
            max_iter=epochs,
            tol=0.0,
            n_iter_no_change=epochs + 1,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that so many epochs are not convergence
            return model.fit(training.X, y)

    return work


def pytorch_eager(recipe: Recipe) -> Work:
    import torch

    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for i, o in zip(recipe.sizes[:-1], recipe.sizes[1:], strict=True):
        layers += [torch.nn.Linear(i, o, dtype=torch.float64), torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=recipe.learning_rate)
    loss_function = torch.nn.BCELoss()
    training = start_training(recipe)
    X, Y = torch.tensor(training.X), torch.tensor(training.Y)

    def take_step(x: torch.Tensor, y: torch.Tensor) -> float:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return float(loss.item())

    def epoch_in_batches() -> float:
        for chosen in torch.randperm(len(X)).split(recipe.batch_size):
            take_step(X[chosen], Y[chosen])
        with torch.no_grad():
            return float(loss_function(model(X), Y).item())

    def work(epochs: int) -> object:
        if recipe.batch_size:
            return [epoch_in_batches() for _ in range(epochs)]
        return [take_step(X, Y) for _ in range(epochs)]

    return work


PEERS: dict[str, tuple[str, Callable[[Recipe], Work]]] = {
    "textbook NumPy": ("numpy", textbook_numpy),
    "scikit-learn fit": ("sklearn", scikit_learn),
    "PyTorch eager": ("torch", pytorch_eager),
}


def seconds_of(work: Work, epochs: int) -> float:
    started = time.perf_counter()
    work(epochs)
    return time.perf_counter() - started


def fitting_count(work: Work) -> int:
    """Find how many epochs take about as long as a round should."""
    count = 8
    while (spent := seconds_of(work, count)) < ROUND_SECONDS / 4:
        count *= 2
    return max(1, round(count * ROUND_SECONDS / spent))


def compare(recipe: Recipe, makers: dict[str, Callable[[Recipe], Work]]) -> dict[str, float]:
    """Return the epochs per second of each program on one workload."""
    works = {name: make(recipe) for name, make in makers.items()}
    counts = {name: fitting_count(work) for name, work in works.items()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            seconds[name].append(seconds_of(work, counts[name]))
    return {name: counts[name] / statistics.median(seconds[name]) for name in works}


def main() -> None:
    makers: dict[str, Callable[[Recipe], Work]] = {"mlpviz": mlpviz}
    for name, (module, make) in PEERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name}: left out, {module} is not installed")
        else:
            makers[name] = make
    print(", ".join(f"{key} {value}" for key, value in machine().items()))
    print("| workload | mlpviz, epochs/s |" + "".join(f" × {name} |" for name in list(makers)[1:]))
    print("|---|---|" + "---|" * (len(makers) - 1))
    for workload, recipe in WORKLOADS.items():
        speeds = compare(recipe, makers)
        ours = speeds.pop("mlpviz")
        ratios = "".join(f" {ours / speed:.1f} |" for speed in speeds.values())
        print(f"| {workload} | {ours:,.0f} |{ratios}", flush=True)


if __name__ == "__main__":
    main()
