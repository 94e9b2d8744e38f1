"""What a step does to the loss: foretold by its slope, and really."""

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.step_effect import step_effect
from mlpviz.experiment.run.trace import step_trace


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(dataset="xor"),
        Recipe(dataset="xor", reduction="sum", learning_rate=0.01),
        Recipe(dataset="gaussians", loss="mean_squared_error", optimizer="adam"),
    ],
)
def test_the_loss_changes_as_training_changes_it(recipe: Recipe) -> None:
    run = Run(recipe)
    run.advance(50)
    effect = step_effect(step_trace(run.training))
    before, outputs = run.training.loss, run.training.predictions.copy()
    run.advance(1)
    assert effect.really == pytest.approx(run.training.loss - before, abs=1e-12)
    np.testing.assert_allclose(effect.outputs_before[:, 0], outputs, atol=1e-12)
    np.testing.assert_allclose(effect.outputs_after[:, 0], run.training.predictions, atol=1e-12)


def test_what_the_slope_foretells_comes_true_for_a_small_step() -> None:
    def missed(rate: float) -> float:
        run = Run(Recipe(dataset="xor", learning_rate=rate))
        effect = step_effect(step_trace(run.training))
        assert effect.foretold < 0.0
        return abs(effect.really / effect.foretold - 1.0)

    assert missed(1e-4) < 1e-3
    assert 5.0 < missed(1e-2) / missed(1e-3) < 20.0  # it bends: by the square of the step
