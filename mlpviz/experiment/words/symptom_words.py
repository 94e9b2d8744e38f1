"""What is said of networks that do not learn: what is seen, why it is so, and what helps."""

import math

from mlpviz.engine.features import PLANE, feature_labels
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.symptoms import RANGES, SATURATED, Kind, StuckUnits, Symptom
from mlpviz.experiment.words.formats import epoch_text, loss_text, short_text, value_text
from mlpviz.experiment.words.names import layer_name_with_article, product_name
from mlpviz.experiment.words.remedies import (
    Remedy,
    bend,
    more_units,
    new_weights,
    penalty_off,
    smaller_steps,
)

# Why one linear map does not do: without hidden layers, and with them but without activations.
NO_PLANE = (
    marked("Without hidden layers the network is one linear map, and no plane fits these targets."),
    marked(
        "With the hidden activations off the network is one linear map, {product}, and no plane "
        "fits these targets."
    ),
)
NO_LINES = (
    marked(
        "Without hidden layers the network is one linear map: its boundaries are straight lines, "
        "and no such lines part these classes."
    ),
    marked(
        "With the hidden activations off the network is one linear map, {product}: its boundaries "
        "are straight lines, and no such lines part these classes."
    ),
)
NO_LINE = (
    marked(
        "Without hidden layers the network is one linear map: its boundary is one straight line, "
        "and no line parts these classes."
    ),
    marked(
        "With the hidden activations off the network is one linear map, {product}: its boundary "
        "is one straight line, and no line parts these classes."
    ),
)
NO_SUM_FITS = (
    marked(
        "Without hidden layers the network is one linear map, and no weighted sum of {features} "
        "fits these targets."
    ),
    marked(
        "With the hidden activations off the network is one linear map, {product}, and no "
        "weighted sum of {features} fits these targets."
    ),
)
NO_SUM_PARTS = (
    marked(
        "Without hidden layers the network is one linear map, and no weighted sum of {features} "
        "parts these classes."
    ),
    marked(
        "With the hidden activations off the network is one linear map, {product}, and no "
        "weighted sum of {features} parts these classes."
    ),
)


def symptom_text(recipe: Recipe, symptom: Symptom) -> str:
    """Say what keeps a network from learning."""
    if symptom.stuck is not None:
        return _stuck_text(recipe, symptom, symptom.stuck)
    if symptom.kind is Kind.ONE_LINE:
        guessing = _guessing(recipe, symptom)
        stays = tr("The loss stays at that of guessing, {guessing}.", guessing=guessing)
        return f"{_one_line_text(recipe)} {stays}"
    if symptom.kind is Kind.PLATEAU:
        return _plateau_text(recipe, symptom)
    return _too_long_text(recipe, symptom)


def _too_long_text(recipe: Recipe, symptom: Symptom) -> str:
    """Say of a loss that grows, or goes up and down, that the steps are too long."""
    rate = short_text(recipe.learning_rate)
    if symptom.kind is Kind.GROWTH:
        return tr(
            "The loss has grown from {first} to {loss} by epoch {epoch}: the steps are so long "
            "that they lead uphill. The learning rate {rate} is too large.",
            first=loss_text(symptom.first_loss),
            loss=loss_text(symptom.loss),
            epoch=epoch_text(symptom.epoch),
            rate=rate,
        )
    return tr(
        "The loss goes up and down and gets hardly lower than by guessing, {guessing}: the steps "
        "are so long that they jump across the valley. The learning rate {rate} is too large.",
        guessing=_guessing(recipe, symptom),
        rate=rate,
    )


def _one_line_text(recipe: Recipe) -> str:
    """Say what does not fit: of other inputs than x₁ and x₂ one map is more than a line."""
    if recipe.features == PLANE:
        if recipe.is_regression:
            sentences = NO_PLANE
        else:
            sentences = NO_LINES if recipe.outputs > 1 else NO_LINE
    else:
        sentences = NO_SUM_FITS if recipe.is_regression else NO_SUM_PARTS
    return tr(
        sentences[bool(recipe.hidden)],
        product=product_name(recipe),
        features=feature_labels(recipe.features),
    )


def _plateau_text(recipe: Recipe, symptom: Symptom) -> str:
    guessing = _guessing(recipe, symptom)
    if recipe.outputs > 1:
        return tr_plural(
            "The network has learned nothing in {count} epoch: the loss stays at that of "
            "guessing, {guessing}, and every output is about the share of its class.",
            "The network has learned nothing in {count} epochs: the loss stays at that of "
            "guessing, {guessing}, and every output is about the share of its class.",
            symptom.epoch,
            guessing=guessing,
        )
    return tr_plural(
        "The network has learned nothing in {count} epoch: the loss stays at that of guessing, "
        "{guessing}, and every output is about {output}.",
        "The network has learned nothing in {count} epochs: the loss stays at that of guessing, "
        "{guessing}, and every output is about {output}.",
        symptom.epoch,
        guessing=guessing,
        output=value_text(symptom.guess),
    )


def _guessing(recipe: Recipe, symptom: Symptom) -> str:
    """Write the loss of guessing; of K classes of about the same size it is ln K."""
    text, count = loss_text(symptom.guess_loss), recipe.class_count
    if recipe.loss != "cross_entropy" or abs(symptom.guess_loss - math.log(count)) >= 0.005:
        return text
    return f"{text} ≈ ln {count}"


def _stuck_text(recipe: Recipe, symptom: Symptom, stuck: StuckUnits) -> str:
    layer = layer_name_with_article(recipe, stuck.layer)
    if symptom.kind is Kind.DEAD_UNITS:
        why = tr("Its slope is 0 there, so no weight that leads there can learn.")
        return f"{_dead_text(stuck, layer, symptom.is_from_start)} {why}"
    low, high = RANGES[recipe.activations[stuck.layer - 1]]
    within = {"share": SATURATED, "low": short_text(low), "high": short_text(high)}
    why = tr("The slope is almost 0 there, so the weights that lead there hardly learn.")
    return f"{_saturated_text(stuck, layer, symptom.is_from_start, within)} {why}"


def _dead_text(stuck: StuckUnits, layer: str, is_from_start: bool) -> str:
    count, size = len(stuck.units), stuck.layer_size
    if size == 1:
        sentence = (
            marked("The unit of {layer} is dead from the start: ReLU gives 0 on every sample.")
            if is_from_start
            else marked("The unit of {layer} is dead: ReLU gives 0 on every sample.")
        )
        return tr(sentence, layer=layer)
    if count == size:
        sentence = (
            marked(
                "All {size} units of {layer} are dead from the start: ReLU gives 0 on every sample."
            )
            if is_from_start
            else marked("All {size} units of {layer} are dead: ReLU gives 0 on every sample.")
        )
        return tr(sentence, size=size, layer=layer)
    if is_from_start:
        return tr_plural(
            "{count} of {size} units of {layer} is dead from the start: ReLU gives 0 on every "
            "sample.",
            "{count} of {size} units of {layer} are dead from the start: ReLU gives 0 on every "
            "sample.",
            count,
            size=size,
            layer=layer,
        )
    return tr_plural(
        "{count} of {size} units of {layer} is dead: ReLU gives 0 on every sample.",
        "{count} of {size} units of {layer} are dead: ReLU gives 0 on every sample.",
        count,
        size=size,
        layer=layer,
    )


def _saturated_text(
    stuck: StuckUnits, layer: str, is_from_start: bool, within: dict[str, object]
) -> str:
    count, size = len(stuck.units), stuck.layer_size
    if size == 1:
        sentence = (
            marked(
                "The unit of {layer} is saturated from the start: within {share} of {low} or "
                "{high} on every sample."
            )
            if is_from_start
            else marked(
                "The unit of {layer} is saturated: within {share} of {low} or {high} on every "
                "sample."
            )
        )
        return tr(sentence, layer=layer, **within)
    if count == size:
        sentence = (
            marked(
                "All {size} units of {layer} are saturated from the start: within {share} of "
                "{low} or {high} on every sample."
            )
            if is_from_start
            else marked(
                "All {size} units of {layer} are saturated: within {share} of {low} or {high} on "
                "every sample."
            )
        )
        return tr(sentence, size=size, layer=layer, **within)
    if is_from_start:
        return tr_plural(
            "{count} of {size} units of {layer} is saturated from the start: within {share} of "
            "{low} or {high} on every sample.",
            "{count} of {size} units of {layer} are saturated from the start: within {share} of "
            "{low} or {high} on every sample.",
            count,
            size=size,
            layer=layer,
            **within,
        )
    return tr_plural(
        "{count} of {size} units of {layer} is saturated: within {share} of {low} or {high} on "
        "every sample.",
        "{count} of {size} units of {layer} are saturated: within {share} of {low} or {high} on "
        "every sample.",
        count,
        size=size,
        layer=layer,
        **within,
    )


def symptom_remedies(recipe: Recipe, symptom: Symptom) -> tuple[Remedy, ...]:
    """Offer what may help, the most likely first."""
    if symptom.kind is Kind.ONE_LINE:
        return (bend(recipe),)
    if symptom.kind is Kind.PLATEAU and (off := penalty_off(recipe)):
        return off
    if symptom.kind is Kind.PLATEAU or symptom.is_from_start:
        return (new_weights(recipe), *more_units(recipe))
    return smaller_steps(recipe)
