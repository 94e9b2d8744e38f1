"""What is worked out at each stage of a step: the text says the numbers of the real step."""

import math
from dataclasses import replace

import pytest
from random_recipes import random_recipe
from worked_values import value_of

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.step_effect import StepEffect
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_items import Page, Table, Worked
from mlpviz.experiment.words.step_numbers import digits_text, products_text
from mlpviz.experiment.words.step_pages import page_of, proof_of
from mlpviz.experiment.words.step_stages import Kind, Stage, stages_of

RECIPE = Recipe(dataset="xor", epochs=600)


@pytest.fixture(scope="module")
def trace() -> StepTrace:
    run = Run(RECIPE)
    run.advance(600)
    return step_trace(run.training)


def worked(page: Page) -> list[Worked]:
    return [item for item in page.items if isinstance(item, Worked) and item.numbers]


def test_a_step_goes_forward_to_the_loss_and_back_and_then_updates() -> None:
    assert stages_of(2) == (
        *(Stage(Kind.FORWARD, 1), Stage(Kind.FORWARD, 2), Stage(Kind.LOSS, 2)),
        *(Stage(Kind.BACKWARD, 2), Stage(Kind.BACKWARD, 1), Stage(Kind.UPDATE, 2)),
    )


@pytest.mark.parametrize("number", range(7))
def test_the_numbers_of_a_line_give_its_result(trace: StepTrace, number: int) -> None:
    for unit in range(trace.sizes[stages_of(3)[number].layer]):
        stage = stages_of(3)[number]
        page = page_of(RECIPE, trace, stage, 3, Place(stage.layer, unit), 8)
        assert page.place == Place(stage.layer, unit)
        assert worked(page)
        for line in worked(page):
            sides = line.numbers.removeprefix("L = ").rpartition(" = ")
            assert value_of(sides[0]) == pytest.approx(value_of(sides[2]), rel=1e-5), line.formula


def test_each_page_says_the_numbers_of_the_step_in_as_many_digits_as_are_asked_for(
    trace: StepTrace,
) -> None:
    forward, backward = stages_of(3)[1], stages_of(3)[5]
    place = Place(2, 2)
    for digits in (2, 5):
        page = page_of(RECIPE, trace, forward, 4, place, digits)
        results = [line.numbers.rpartition(" = ")[2] for line in worked(page)]
        layer = trace.layers[1]
        assert results == [digits_text(float(part[4, 2]), digits) for part in (layer.Z, layer.A)]
        page = page_of(RECIPE, trace, backward, 4, place, digits)
        results = [line.numbers.rpartition(" = ")[2] for line in worked(page)]
        slope = digits_text(float(layer.db[2]), digits)
        dA, dZ = (digits_text(float(part[4, 2]), digits) for part in (layer.dA, layer.dZ))
        assert results == [dA, dZ, slope]
        table = page.items[4]
        assert isinstance(table, Table)
        assert table.columns == ("h₁,₁", "h₁,₂", "h₁,₃", "h₁,₄", "bias")
        slopes = [*layer.dW[:, 2].tolist(), float(layer.db[2])]
        assert table.rows[-1] == (
            "dW₂, db₂",
            tuple(digits_text(slope, digits) for slope in slopes),
        )


def test_a_weight_has_its_own_chain_rule_and_its_slope_is_checked(trace: StepTrace) -> None:
    for layer, stage in ((3, 4), (2, 5), (1, 6)):
        step = trace.layers[layer - 1]
        for source in range(trace.sizes[layer - 1]):
            place = Place(layer, 0, source)
            proof = proof_of(trace, stages_of(3)[stage], place)
            page = page_of(RECIPE, trace, stages_of(3)[stage], 3, place, 6, proof)
            chain, check = page.items[-2:]
            assert isinstance(chain, Worked)
            factors, _, product = chain.numbers.rpartition(" = ")
            part = float(trace.inputs_of(layer)[3, source] * step.dZ[3, 0])
            assert product == digits_text(part, 6)
            assert value_of(factors) == pytest.approx(part, rel=1e-4)
            assert digits_text(float(step.dW[source, 0]), 6) in str(check)
            assert "as its slope" in str(check)


def test_what_ends_a_page_is_said_to_follow_until_it_is_computed(trace: StepTrace) -> None:
    for number, place in ((5, Place(2, 1, 0)), (7, Place(2, 1))):
        stage = stages_of(3)[number]
        before = page_of(RECIPE, trace, stage, 0, place, 3)
        assert "follows as soon as it is computed" in str(before.items[-1])
        after = page_of(RECIPE, trace, stage, 0, place, 3, proof_of(trace, stage, place))
        assert "follows" not in str(after.items[-1])
        assert before.items[: before.of_weight] == after.items[: after.of_weight] or number == 7
    assert proof_of(trace, stages_of(3)[0], None) is None
    assert proof_of(trace, stages_of(3)[3], None) is None


def test_the_check_of_a_slope_says_why_it_cannot_agree() -> None:
    def said(recipe: Recipe) -> str:
        run = Run(recipe)
        run.advance(recipe.epochs)
        step = step_trace(run.training)
        stage, place = stages_of(3)[4], Place(3, 0)
        proof = proof_of(step, stage, place)
        return str(page_of(recipe, step, stage, 0, place, 3, proof).items[-1])

    off = Recipe(dataset="xor", epochs=1, activations_off=True)
    assert "by definition" in said(off) or "cannot be checked" in said(off)
    assert "cannot be checked" in said(replace(off, epochs=40))
    assert "as its slope" in said(Recipe(dataset="xor", epochs=1))


def test_the_update_shows_each_parameter_of_the_unit_before_and_after(trace: StepTrace) -> None:
    page = page_of(RECIPE, trace, stages_of(3)[-1], 0, Place(1, 3), 4)
    table = page.items[1]
    assert isinstance(table, Table)
    layer = trace.layers[0]
    for row, (weights, biases) in (
        (0, (layer.W_before, layer.b_before)),
        (3, (layer.W_after, layer.b_after)),
    ):
        numbers = [*weights[:, 3].tolist(), float(biases[3])]
        assert table.rows[row][1] == tuple(digits_text(number, 4) for number in numbers)


def test_a_unit_of_another_layer_leaves_the_stage_at_its_first_unit(trace: StepTrace) -> None:
    page = page_of(RECIPE, trace, Stage(Kind.FORWARD, 1), 0, Place(3, 0), 3)
    assert page.place == Place(1, 0)


@pytest.mark.parametrize("seed", range(12))
def test_every_stage_of_every_choice_of_a_recipe_is_worked_out(seed: int) -> None:
    recipe = replace(random_recipe(seed, 3), epochs=3)
    run = Run(recipe)
    run.advance(3)
    step = step_trace(run.training)
    for stage in stages_of(len(step.layers)):
        proof = proof_of(step, stage, None)
        page = page_of(recipe, step, stage, len(step.samples) - 1, None, 3, proof)
        assert page.title
        assert page.items
        text = " ".join(
            (item.formula + item.numbers) if isinstance(item, Worked) else str(item)
            for item in page.items
        )
        assert "{" not in text  # a place that nobody filled


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.125678, 3, "0.126"),
        (-12.5, 4, "−12.50"),
        (1.23e-5, 3, "1.23·10⁻⁵"),
        (1234567.0, 3, "1.23·10⁶"),
        (2.0, 3, "2"),
        (0.0, 3, "0"),
        (-3.0, 3, "−3"),
        (math.nan, 3, "NaN"),
        (-math.inf, 3, "−∞"),
    ],
)
def test_a_number_has_as_many_digits_that_count_as_are_asked_for(
    value: float, digits: int, text: str
) -> None:
    assert digits_text(value, digits) == text


def test_a_long_sum_has_its_first_terms_and_says_what_all_others_are() -> None:
    text = products_text([0.5] * 10, [1.5] * 10, lambda number: digits_text(number, 2), -0.25)
    assert text.count("·") == 6
    assert "+ … (3" in text
    assert text.endswith("− 0.25")


@pytest.mark.parametrize("number", range(8))
def test_a_weight_has_its_chain_rule_at_each_stage_and_each_factor_says_where_it_comes_from(
    trace: StepTrace, number: int
) -> None:
    stage, place = stages_of(3)[number], Place(2, 1, 3)
    is_its_way_back = stage == Stage(Kind.BACKWARD, 2)
    if stage.kind in (Kind.FORWARD, Kind.BACKWARD) and stage.layer != 2:
        return  # a click on the weight goes to the stage of its layer
    page = page_of(RECIPE, trace, stage, 3, place, 8)
    assert page.of_weight == len(page.items) - (2 if is_its_way_back else 1)
    chain = page.items[page.of_weight]
    assert isinstance(chain, Worked)
    layer, later = trace.layers[1], trace.layers[2]
    part = trace.inputs_of(2)[3, 3] * layer.dZ[3, 1]
    product, _, result = chain.numbers.rpartition(" = ")
    assert value_of(result) == pytest.approx(part, rel=1e-7)
    assert value_of(product) == pytest.approx(part, rel=1e-6)
    assert [factor.text for factor in chain.in_formula] == ["dA₂", "f′(Z₂)", "A₁"]
    of_dA, of_bend, of_given = (factor.places for factor in chain.in_numbers)
    assert of_dA == (Place(3, 0, 1),)  # the slope comes back through the weight that leads on
    assert of_bend == (Place(2, 1),)
    assert of_given == (Place(1, 3),)
    assert value_of(chain.in_numbers[0].text) == pytest.approx(
        float(later.dZ[3, 0] * later.W_before[1, 0]), rel=1e-6
    )


def test_each_product_of_a_sum_says_which_weight_it_comes_from(trace: StepTrace) -> None:
    forward = page_of(RECIPE, trace, stages_of(3)[1], 3, Place(2, 1), 5)
    line = worked(forward)[0]
    assert [factor.places for factor in line.in_numbers] == [(Place(2, 1, i),) for i in range(4)]
    rest = line.numbers
    for factor in line.in_numbers:  # as they follow each other
        _, there, rest = rest.partition(factor.text)
        assert there
    backward = page_of(RECIPE, trace, stages_of(3)[6], 3, Place(1, 2), 5)
    (line,) = (line for line in worked(backward) if line.formula == "dA₁ = dZ₂W₂ᵀ")
    assert [factor.places for factor in line.in_numbers] == [(Place(2, j, 2),) for j in range(4)]


def test_a_factor_of_a_unit_that_gives_nothing_on_is_0_and_no_quotient() -> None:
    recipe = Recipe(hidden=(4, 2), hidden_activation="relu", learning_rate=0.1)
    run = Run(recipe)
    run.advance(50)
    trace = step_trace(run.training)
    for source in range(2):
        for unit in range(4):
            page = page_of(recipe, trace, Stage(Kind.BACKWARD, 1), 0, Place(1, unit, source), 3)
            assert page.of_weight is not None
            chain = page.items[page.of_weight]
            assert isinstance(chain, Worked)
            assert "NaN" not in chain.numbers
            assert chain.in_numbers[1].text == ("1" if trace.layers[0].A[0, unit] > 0 else "0")


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam"])
@pytest.mark.parametrize("source", [None, 3])
def test_dW_and_the_step_are_worked_out_for_the_weight_looked_at_else_for_the_bias(
    optimizer: str, source: int | None
) -> None:
    recipe = Recipe(optimizer=optimizer, learning_rate=0.25)
    run = Run(recipe)
    run.advance(20)
    trace = step_trace(run.training)
    layer = trace.layers[1]
    slope, before, after = (
        float(of_bias[2] if source is None else of_weights[source, 2])
        for of_weights, of_bias in (
            (layer.dW, layer.db),
            (layer.W_before, layer.b_before),
            (layer.W_after, layer.b_after),
        )
    )
    place = Place(2, 2, source)
    backward = page_of(recipe, trace, Stage(Kind.BACKWARD, 2), 0, place, 8)
    (line,) = (line for line in worked(backward) if line.formula.startswith("dW"))
    total, _, result = line.numbers.rpartition(" = ")
    assert value_of(total) == pytest.approx(slope, rel=1e-6, abs=1e-8)  # of 21 rounded terms
    assert result == digits_text(slope, 8)
    line = worked(page_of(recipe, trace, stages_of(3)[-1], 0, place, 8))[0]
    taken, _, result = line.numbers.rpartition(" = ")
    assert taken.startswith(digits_text(before, 8))
    assert value_of(taken) == pytest.approx(after, rel=1e-6)
    assert result == digits_text(after, 8)
    assert "W -= " in line.code


def test_of_many_weights_the_one_looked_at_is_among_those_shown() -> None:
    recipe = Recipe(hidden=(16, 16))
    trace = step_trace(Run(recipe).training)
    for stage in (Stage(Kind.BACKWARD, 2), stages_of(3)[-1]):
        page = page_of(recipe, trace, stage, 0, Place(2, 5, 12), 3)
        assert any("h₁,₁₃" in item.columns for item in page.items if isinstance(item, Table))


def test_with_an_output_per_class_that_of_the_own_class_is_followed() -> None:
    recipe = Recipe(
        dataset="spiral", classes=3, samples=30, output_activation="softmax", loss="cross_entropy"
    )
    trace = step_trace(Run(recipe).training)
    stage = stages_of(3)[-1]
    proof = proof_of(trace, stage, None)
    assert isinstance(proof, StepEffect)
    for row in (0, 29):
        page = page_of(recipe, trace, stage, row, None, 3, proof)
        own = int(trace.targets[row].argmax())
        before = digits_text(float(proof.outputs_before[row, own]), 3)
        said = [item for item in page.items if isinstance(item, str) and "goes from" in item]
        assert len(said) == 1
        assert f"from {before} to" in said[0]
