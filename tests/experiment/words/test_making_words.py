"""What a screen reader says of how a unit is made."""

from frames import make_frame, with_weights

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.making import making_of
from mlpviz.experiment.words.making_words import making_words

FOUR_CLASSES = Recipe(dataset="gaussians", classes=4, output_activation="softmax")


def test_it_names_the_terms_the_bias_and_the_activation() -> None:
    frame = with_weights(make_frame(), w0_0_1=-6.514, w0_1_1=9.31)
    words = making_words(frame.recipe, making_of(frame, (1, 1)), (0, 1))
    assert words == (
        "How unit 2 of hidden layer 1 is made: z = − 6.51 · x₁ + 9.31 · x₂ + 0.00, then sigmoid."
    )


def test_it_counts_what_is_not_shown() -> None:
    frame = with_weights(make_frame(), w2_1_0=2.0)
    words = making_words(frame.recipe, making_of(frame, (3, 0)), (1,))
    assert "z = 2.00 · h₂,₂ + 0.00, then sigmoid. 3 weaker terms are not shown." in words


def test_it_tells_the_numbers_of_the_sample() -> None:
    frame = with_weights(make_frame(), w0_0_0=2.0)
    values = frame.forward_at(*frame.X[2].tolist())
    words = making_words(frame.recipe, making_of(frame, (1, 0), 2, values), (0, 1))
    assert words.endswith("For sample 2, z = 0.20 and h₁,₁ = 0.55.")


def test_softmax_is_over_all_z() -> None:
    frame = make_frame(FOUR_CLASSES)
    words = making_words(frame.recipe, making_of(frame, (3, 2)), (0, 1, 2, 3))
    assert words.startswith("How the output of class 2 is made: z₂ = ")
    assert words.endswith(", then softmax over all z.")


def test_without_activations_it_says_so() -> None:
    frame = make_frame(Recipe(activations_off=True))
    words = making_words(frame.recipe, making_of(frame, (1, 0)), (0, 1))
    assert words.endswith(", with no activation.")
