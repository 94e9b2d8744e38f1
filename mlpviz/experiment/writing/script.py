"""A recipe as one script: short, commented, for Python with NumPy alone, fit to be read in class.

Only what the recipe needs is in it. It computes in the engine's form, which gives parameters and
predictions to the bit on the same machine, or, `plain`, in that of a textbook.
"""

from collections.abc import Sequence

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Change, changes_by_epoch
from mlpviz.experiment.writing.report_words import recipe_words
from mlpviz.experiment.writing.script_changes import (
    begun_with,
    change_lines,
    check_changes,
    last_lines,
)
from mlpviz.experiment.writing.script_data import data_lines
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_layers import (
    backward_lines,
    forward_lines,
    function_lines,
    initial_lines,
)
from mlpviz.experiment.writing.script_loss import loss_lines, output_slope_lines
from mlpviz.experiment.writing.script_steps import (
    batch_lines,
    batch_order_lines,
    choice_lines,
    memory_lines,
    step_lines,
)
from mlpviz.experiment.writing.script_text import Lines, comment, docstring, indented, print_call

SAID = 10  # how many times the loss is printed on the way


def script(recipe: Recipe, changes: Sequence[Change] = (), *, plain: bool = False) -> str:
    """Write a recipe as a script.

    Parameters
    ----------
    recipe : with which the run begins; it says for how many epochs
    changes : what is changed while it trains, each at its epoch
    plain : as a textbook has it, rather than in the order of the engine's sums

    Raises
    ------
    ValueError
        with a sentence, for a run that never ends, and for a change that a script cannot have.
    """
    check_script(recipe, changes)
    form = Form(*begun_with(recipe, changes_by_epoch(recipe, changes)), is_plain=plain)
    lines = [
        *_head(form),
        *choice_lines(form),
        *data_lines(form),
        *initial_lines(form.recipe),
        "",
        *function_lines(form),
        *forward_lines(form),
        *loss_lines(form),
        *memory_lines(form),
        *_training(form),
        "",
        *last_lines(form),
        *_result(form),
    ]
    return "\n".join(lines) + "\n"


def check_script(recipe: Recipe, changes: Sequence[Change] = ()) -> None:
    """Refuse what `script` cannot write, before it is asked where to.

    Raises
    ------
    ValueError
        as of `script`.
    """
    if recipe.epochs == 0:
        raise ValueError(tr("epochs must be at least 1 for a script. Got 0."))
    check_changes(changes_by_epoch(recipe, changes))


def _head(form: Form) -> Lines:
    """Say what this is, and load what is needed."""
    if form.is_plain:
        layout = tr("A sample is a row: A1 is (samples, units).")
        rounding = tr(
            "mlpviz takes the same sums in another order, and so rounds otherwise: after 200 "
            "epochs its weights differ by less than 1e-12, after 10 000 perhaps by 1e-3."
        )
        thread = []
    else:
        layout = tr("A sample is a column: A1 is (units, samples).")
        rounding = tr(
            "On the same machine, with the same NumPy, it gives the weights, biases and "
            "predictions of mlpviz to the last bit, for it takes the same sums in the same order. "
            "Other orders are just as right, but round otherwise: after 10 000 epochs they can end "
            "1e-3 away."
        )
        thread = [
            "import os",
            "",
            *comment(tr("One thread: several would take the sums in another order.")),
            'os.environ["OPENBLAS_NUM_THREADS"] = "1"',
        ]
    needed = tr("This script trains that network; it needs Python and NumPy.")
    what = f"{recipe_words(form.recipe)}."
    return [
        *docstring(what, f"{needed} {layout}", rounding),
        *thread,
        "import numpy as np",
        "",
    ]


def _training(form: Form) -> Lines:
    """Go through the epochs."""
    every = max(1, form.recipe.epochs // SAID)
    words = tr(
        "epoch {epoch} of {epochs}  loss {loss}",
        epoch="{epoch}",
        epochs="{epochs}",
        loss=f"{{mean_loss({form.judged}, Y):.4f}}",
    )
    said = [print_call(words)]
    if every > 1:
        said = [f"if epoch % {every} == 0:", *indented(said)]
    whole = f"{form.results()} = forward(X)"
    step = [
        "",
        *comment(tr("Backward: the slope of the loss, layer by layer.")),
        *output_slope_lines(form),
        *backward_lines(form),
        "",
        *comment(tr("One step down.")),
        *step_lines(form),
    ]
    if not form.is_in_batches:
        body = [*comment(tr("Forward: from the inputs to the loss.")), whole, *said, *step]
        return ["for epoch in range(epochs):", *indented([*change_lines(form), *body])]
    batch = [*batch_lines(form), f"{form.results()} = forward({form.X})", *step]
    body = [
        *change_lines(form),
        *comment(tr("The loss of all samples, before this epoch.")),
        whole,
        *said,
        "",
        *batch_order_lines(form),
        "",
        "for start in range(0, len(y), batch_size):",
        *indented(batch),
    ]
    return ["for epoch in range(epochs):", *indented(body)]


def _result(form: Form) -> Lines:
    """Print what the network gives for each sample, and how good it is."""
    return [
        *comment(tr("What it has learned.")),
        f"{form.results()} = forward(X)",
        *_samples(form, f"A{form.last}"),
        *_score(form),
        *_test_score(form),
    ]


def _samples(form: Form, outputs: str) -> Lines:
    """Print a line for each sample."""
    recipe = form.recipe
    prediction: Lines = []
    if recipe.outputs > 1:
        rows = outputs if form.is_plain else f"{outputs}.T"
        prediction = ['shares = " ".join(f"{share:.4f}" for share in output)']
    else:
        rows = f"{outputs}[:, 0]" if form.is_plain else f"{outputs}[0]"
    if recipe.is_regression:
        truth = "{target:.4f}"
    else:
        truth = "{target:.0f}" if recipe.used_own is None else "{names[int(target)]}"
    words = tr(
        "Iter {number} | Ground truth: {truth} | prediction: {prediction}",
        number="{i}",
        truth=truth,
        prediction="{shares}" if prediction else "{output:.4f}",
    )
    return [
        f"for i, (target, output) in enumerate(zip(y, {rows})):",
        *indented((*prediction, print_call(words))),
    ]


def _score(form: Form) -> Lines:
    """Say the loss, and how many samples are right or R²."""
    judged, outputs = form.judged, f"A{form.last}"
    loss = f"loss = mean_loss({judged}, Y)"
    if form.recipe.is_regression:
        words = tr("Loss: {loss}  R²: {r_squared}", loss="{loss:.4f}", r_squared="{r_squared:.4f}")
        return [loss, f"r_squared = r_squared_of({outputs}, Y)", print_call(words)]
    words = tr(
        "Loss: {loss}  Accuracy: {accuracy}%", loss="{loss:.4f}", accuracy="{100 * accuracy:.1f}"
    )
    return [loss, f"accuracy = accuracy_of({outputs}, Y)", print_call(words)]


def _test_score(form: Form) -> Lines:
    """Say the same of the test set, where there is one."""
    if form.recipe.train_share == 1.0:
        return []
    lines = [
        f"{form.results(of_test=True)} = forward(X_test)",
        f"test_loss = mean_loss({form.judged[0]}_test, Y_test)",
    ]
    if form.recipe.is_regression:
        words = tr(
            "Test loss: {loss}  Test R²: {r_squared}",
            loss="{test_loss:.4f}",
            r_squared="{test_r_squared:.4f}",
        )
        return [*lines, "test_r_squared = r_squared_of(A_test, Y_test)", print_call(words)]
    words = tr(
        "Test loss: {loss}  Test accuracy: {accuracy}%",
        loss="{test_loss:.4f}",
        accuracy="{100 * test_accuracy:.1f}",
    )
    return [*lines, "test_accuracy = accuracy_of(A_test, Y_test)", print_call(words)]
