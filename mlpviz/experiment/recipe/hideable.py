"""Which controls a recipe can hide in the window that opens it: the classroom's hide list.

Kept apart from the recipe itself, for it changes nothing in what is computed.
"""

from typing import Any

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown

# The name of the control, and what a link of TensorFlow Playground calls it (with "_hide" after
# it), for lists that come from there; "" where it has no such control.
HIDEABLE: dict[str, str] = {
    "play_button": "playButton",
    "step_button": "stepButton",
    "reset_button": "resetButton",
    "new_weights_button": "",
    "speed_slider": "",
    "experiments_button": "",
    "dataset_choice": "dataset",
    "classes_input": "",
    "samples_input": "",
    "noise_input": "noise",
    "train_share_input": "percTrainData",
    "data_seed_input": "",
    "regenerate_button": "",
    "features_input": "",
    "hidden_units_input": "numHiddenLayers",
    "activation_toggle": "",
    "hidden_activation_choice": "activation",
    "output_activation_choice": "",
    "initializer_choice": "",
    "seed_input": "seed",
    "learning_rate_input": "learningRate",
    "optimizer_choice": "",
    "momentum_input": "",
    "decay_input": "",
    "beta1_input": "",
    "beta2_input": "",
    "epsilon_input": "",
    "regularization_choice": "regularization",
    "regularization_rate_input": "regularizationRate",
    "batch_size_input": "batchSize",
    "loss_choice": "",
    "reduction_choice": "",
    "numerics_choice": "",
    "epochs_input": "",
    "log_button": "",
    "map_menu_button": "discretize",
}
MAX_NAMES = 200  # of a list; more than there are controls, each under two names
_OF_PLAYGROUND = {theirs: ours for ours, theirs in HIDEABLE.items() if theirs}


def check_hide(names: Any) -> tuple[str, ...]:
    """Return the controls that a list names, each once, in the order of `HIDEABLE`.

    Parameters
    ----------
    names : our names or the Playground's, with or without "_hide"

    Raises
    ------
    ValueError
        for what is not a list of them, with a sentence that lists those there are.
    """
    is_list = isinstance(names, list | tuple) and len(names) <= MAX_NAMES
    if not is_list or not all(isinstance(name, str) for name in names):
        raise ValueError(tr("hide must be a list of names of controls."))
    found = set()
    for name in names:
        known = _OF_PLAYGROUND.get(name.removesuffix("_hide"), name)
        if known not in HIDEABLE:
            raise ValueError(
                tr(
                    "hide must name controls of {names}. Got {got}.",
                    names=", ".join(HIDEABLE),
                    got=shown(name),
                )
            )
        found.add(known)
    return tuple(name for name in HIDEABLE if name in found)
