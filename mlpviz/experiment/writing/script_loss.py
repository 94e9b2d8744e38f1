"""The loss in a script: its value, its slope at the output, and how good the outputs are."""

from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.language import tr
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_layers import IDENTITY
from mlpviz.experiment.writing.script_text import Lines, comment, function, noted

# Of each loss, where there is one output unit and where there is one per class: the loss of a
# sample, and its slope dA. Where it is from the sums, see `_value`.
LOSS_TEXTS = {
    "cross_entropy": ("-(Y * np.log(A) + (1 - Y) * np.log(1 - A))", "-(Y * np.log(A))"),
    "mean_squared_error": ("(A - Y) ** 2", "(A - Y) ** 2"),
}
SLOPE_TEXTS = {
    "cross_entropy": ("(1 - {Y}) / (1 - {A}) - {Y} / {A}", "-{Y} / {A}"),
    "mean_squared_error": ("2 * ({A} - {Y})", "2 * ({A} - {Y})"),
}


def loss_lines(form: Form) -> Lines:
    """Define the mean loss, and the share of right answers or R²."""
    return [*function(f"mean_loss({form.judged[0]}, Y)", *_value(form)), *_score(form)]


def _value(form: Form) -> Lines:
    """Compute the mean loss from Z or A, and Y."""
    axis = f"axis={form.units_axis}"
    has_classes = form.recipe.outputs > 1
    if form.is_from_sums and has_classes:
        return [
            *comment(
                tr("Cross-entropy of softmax: log Σ eᶻ − z of the class, which never is log 0.")
            ),
            f"largest = Z.max({axis})",
            f"total = np.exp(Z - Z.max({axis}, keepdims=True)).sum({axis})",
            f"return np.mean(np.log(total) + largest - (Y * Z).sum({axis}))",
        ]
    if form.is_from_sums:
        return [
            *comment(
                tr("Cross-entropy of sigmoid(Z): log(1 + e⁻ᶻ) for class 1, log(1 + eᶻ) for 0.")
            ),
            "return np.mean(np.logaddexp(0, (1 - 2 * Y) * Z))",
        ]
    text = LOSS_TEXTS[form.recipe.loss][has_classes]
    return [f"return np.mean(({text}).sum({axis}))" if has_classes else f"return np.mean({text})"]


def _score(form: Form) -> Lines:
    """Define how good outputs are; what is not a number is wrong."""
    if form.recipe.is_regression:
        return function("r_squared_of(A, Y)", "return 1 - np.mean((A - Y) ** 2) / Y.var()")
    axis = f"axis={form.units_axis}"
    if form.recipe.outputs > 1:
        right = f"A.argmax({axis}) == Y.argmax({axis})"
        finite = f"np.isfinite(A).all({axis})"
    else:
        right, finite = "(A > 0.5) == (Y > 0.5)", "np.isfinite(A)"
    return function(
        "accuracy_of(A, Y)",
        f"is_right = {right}",
        noted(f"return np.mean(is_right & {finite})", tr("what is not a number is wrong")),
    )


def output_slope_lines(form: Form) -> Lines:
    """Compute dZ of the output."""
    recipe, last = form.recipe, form.last
    A, dA, name = f"A{last}", f"dA{last}", recipe.activations[-1]
    if form.is_stable:
        words = (
            tr("the slope of cross-entropy and {activation} together", activation=name)
            if form.is_from_sums
            else tr("the slope that it would have with sigmoid or softmax")
        )
        return [noted(f"dZ{last} = {_of_step(form, f'{A} - {form.Y}')}", words)]
    slope = SLOPE_TEXTS[recipe.loss][recipe.outputs > 1].format(A=A, Y=form.Y)
    if name == SOFTMAX:
        per_sample = "axis=1, keepdims=True" if form.is_plain else "axis=0"
        through = f"{A} * ({dA} - ({A} * {dA}).sum({per_sample}))"
    else:
        through = dA if name == IDENTITY else f"{dA} * {name}_slope({A})"
    return [f"{dA} = {_of_step(form, slope)}", f"dZ{last} = {through}"]


def _of_step(form: Form, slope: str) -> str:
    """Return the slope of what a step goes down: of the mean loss, the plain form divides it."""
    is_divided = form.is_plain and form.recipe.reduction == "mean"
    return f"({slope}) / {form.samples}" if is_divided else slope
