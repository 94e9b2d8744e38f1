"""Random command lines: a result or one sentence, and never a traceback."""

import random
from pathlib import Path

import pytest

from mlpviz.cli import main
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS

ODD = ("", "-1", "0", "nan", "inf", "1e999", "-0.0", "x", "²", "\udcff", "9" * 30, "1,2", "none")
GOOD: dict[str, tuple[str, ...]] = {
    "dataset": (*DATASETS, "own"),
    "classes": ("2", "3", "6"),
    "samples": ("2", "5", "40"),
    "data_seed": ("0", "3"),
    "noise": ("0", "0.3"),
    "train_share": ("0.1", "0.5", "1"),
    "features": ("x1", "x1,x2", "sin_x1,x1_x2"),
    "hidden": ("none", "3", "2,2"),
    "hidden_activation": ("relu", "tanh,identity", "sigmoid"),
    "output_activation": ("softmax", "identity", "sigmoid", "leaky_relu"),
    "initializer": tuple(INITIALIZERS),
    "weight_seed": ("0", "5"),
    "loss": ("cross_entropy", "mean_squared_error"),
    "reduction": ("mean", "sum"),
    "numerics": ("stable", "textbook"),
    "learning_rate": ("0.1", "1e300", "5e-324"),
    "optimizer": tuple(OPTIMIZERS),
    "momentum": ("0", "0.5"),
    "decay": ("0", "0.5"),
    "beta1": ("0", "0.5"),
    "beta2": ("0", "0.5"),
    "epsilon": ("1e-8", "1e300"),
    "regularization": ("none", "l1", "l2"),
    "regularization_rate": ("0", "1e300"),
    "batch_size": ("0", "1", "3", "100"),
    "batch_seed": ("0", "1"),
    "frozen": ("none", "0,1,2"),
    "epochs": ("1", "2"),
}
TABLE = "a,b,kind\n0,1,yes\n5,2,no\n3,3,no\n4,1,yes\n"


@pytest.mark.parametrize("seed", range(6))
def test_random_flags_give_a_result_or_one_sentence(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(seed)
    (tmp_path / "points.csv").write_text(TABLE, encoding="utf-8")
    codes = []
    for _ in range(60):
        arguments = ["train", "--epochs", "2"]
        for flag in rng.sample(RECIPE_FLAGS, rng.choice((1, 2, 3, 5))):
            if flag.field == "own":
                arguments += [flag.name, str(tmp_path / "points.csv")]
            elif flag.placeholder and flag.field != "epochs":
                values = ODD if rng.random() < 0.05 else GOOD[flag.field]
                arguments += [flag.name, rng.choice(values)]
            elif flag.field != "epochs":
                arguments.append(flag.name)
        arguments += rng.choice(([], [], ["--json"]))
        codes.append(main(arguments))
        captured = capsys.readouterr()
        if codes[-1] == 0:
            assert captured.err == "", arguments
            assert captured.out.startswith(("Iter 0 |", "In the network", "{")), arguments
        else:
            assert codes[-1] == 2, arguments
            assert captured.out == "", arguments
            assert captured.err.startswith("mlpviz: "), arguments
            assert captured.err.count("\n") == 1, arguments
    assert 5 < codes.count(0) < 55  # both are met
