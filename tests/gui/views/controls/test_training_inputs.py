"""The training group: what each choice needs is there, and what it does not is not."""

from collections.abc import Callable
from typing import Any

import pytest
from gui.helpers import child
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.engine.losses import LOSSES
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.parts.inputs import NumberInput
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.controls.training_inputs import PENALTY_RATES


@pytest.fixture
def controls(show: Callable[..., Controls]) -> Controls:
    return show(Controls(), 200, 700)


def is_shown(controls: Controls, name: str) -> bool:
    field = child(controls, f"{name}_input")
    (label,) = (x for x in controls.findChildren(QLabel) if x.buddy() is field)
    assert label.isVisible() == field.isVisible()
    return bool(field.isVisible())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_has_its_own_parameters_and_no_other(
    controls: Controls, optimizer: str
) -> None:
    choice = child(controls, "optimizer_choice")
    choice.setCurrentIndex(choice.findData(optimizer))
    assert controls.recipe == Recipe(optimizer=optimizer)
    assert {name for name in OWN_PARAMETERS if is_shown(controls, name)} == set(
        OPTIMIZERS[optimizer].own
    )


# What a reader of another book, or a user of another library, must be told.
CONVENTIONS = {
    "optimizer_choice": [
        *("The rate η is inside the speed v.", "ε is added to the root, as in PyTorch."),
        "ε is added to the root of the corrected ŝ, as in the paper and in PyTorch.",
    ],
    "decay_input": ["At first it is 0.9", "PyTorch has 0.99, named alpha."],
    "epsilon_input": ["At first it is 1e-8"],
    "regularization_choice": [
        *("The penalty is not divided by the number of samples;", "Its slope is part of g"),
    ],
    "loss_choice": ["There is no ½ before the square."],
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_what_others_define_otherwise_is_said_where_the_choice_is_made(
    controls: Controls, name: str
) -> None:
    for recipe in (Recipe(), revised(Recipe(), dataset="spiral", classes=3)):
        controls.show_recipe(recipe)
        tooltip = child(controls, name).toolTip()
        words = " ".join(tooltip.split())
        assert [sentence for sentence in CONVENTIONS[name] if words.count(sentence) != 1] == []
        assert max(map(len, tooltip.splitlines())) <= 100


def test_every_convention_of_a_table_is_in_the_window(controls: Controls) -> None:
    tables = (OPTIMIZERS, OWN_PARAMETERS, REGULARIZATIONS, LOSSES)
    entries = [entry for table in tables for entry in table.values() if entry.convention]
    tooltips = [" ".join(widget.toolTip().split()) for widget in controls.findChildren(QWidget)]
    assert len(entries) >= 9
    for entry in entries:
        assert any(entry.convention in tooltip for tooltip in tooltips), entry.label


@pytest.mark.parametrize("regularization", REGULARIZATIONS)
def test_a_penalty_has_a_rate_and_none_has_not(controls: Controls, regularization: str) -> None:
    controls.show_recipe(Recipe(regularization=regularization))
    assert is_shown(controls, "regularization_rate") == (regularization != "none")


NUMBERS: dict[str, tuple[dict[str, Any], float]] = {
    "momentum": ({"optimizer": "nesterov"}, 0.5),
    "decay": ({"optimizer": "rmsprop"}, 0.99),
    "beta1": ({"optimizer": "adam"}, 0.0),
    "beta2": ({"optimizer": "adam"}, 0.9),
    "epsilon": ({"optimizer": "adam"}, 1e-3),
    "regularization_rate": ({"regularization": "l2"}, 0.0),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_announces_its_field(qtbot: QtBot, controls: Controls, name: str) -> None:
    choices, value = NUMBERS[name]
    controls.show_recipe(Recipe(**choices))
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, f"{name}_input").setValue(value)
    assert announced.args == [Recipe(**choices, **{name: value})]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("momentum", ["0", "0.5", "0.999999999", "9e-1"], ["1", "1.5", "-0.1", "", "nan"]),
        ("beta2", ["0", "0.9999"], ["1.0", "-1"]),
        ("epsilon", ["1e-300", "5"], ["0", "-1e-8", "inf"]),
        ("regularization_rate", ["0", "0.02", "1e300"], ["-0.001", "inf", "1e999"]),
    ],
)
def test_what_the_recipe_would_refuse_cannot_be_entered(
    controls: Controls, name: str, good: list[str], bad: list[str]
) -> None:
    field = child(controls, f"{name}_input")
    assert isinstance(field, NumberInput)
    for text in (*good, *bad):
        is_good = text in good
        is_accepted = field.validate(text, 0)[0] == field.validate("0.5", 0)[0]
        assert is_accepted == is_good, text
        if is_good:
            field.setValue(field.valueFromText(text))
            assert field.value() == float(text)
            assert getattr(controls.recipe, name) == float(text)


def test_the_arrows_offer_the_usual_rates_of_a_penalty(controls: Controls) -> None:
    field = child(controls, "regularization_rate_input")
    field.setValue(0.0)
    climbed = [field.value()]
    for _ in PENALTY_RATES[1:]:
        field.stepBy(1)
        climbed.append(field.value())
    assert climbed == [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
    field.stepBy(-len(climbed))
    assert field.value() == 0.0


def test_a_learning_rate_that_is_long_for_adam_is_told(controls: Controls) -> None:
    controls.show_recipe(Recipe(optimizer="adam"))
    assert "Adam's steps are about as long as the learning rate" in (
        child(controls, "controls_note").text()
    )


def test_what_is_frozen_stays_so_while_something_else_is_changed(
    qtbot: QtBot, controls: Controls
) -> None:
    controls.show_recipe(Recipe(frozen=(0, 5)))
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, "learning_rate_input").setValue(0.5)
    assert announced.args == [Recipe(frozen=(0, 5), learning_rate=0.5)]


def test_the_loss_shown_is_said_to_be_without_the_penalty(controls: Controls) -> None:
    tooltip = child(controls, "regularization_choice").toolTip()
    for words in ("not on the biases", "The loss shown is that of the data alone", "λ/2 Σw²"):
        assert words in tooltip
