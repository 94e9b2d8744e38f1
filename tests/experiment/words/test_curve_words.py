"""What is said of a place on a loss curve."""

import math
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of

from mlpviz.experiment.words.curve_words import loss_at_words

NAN = math.nan


@pytest.mark.parametrize(
    ("epoch", "words"),
    [
        (0.4, "epoch 0   loss 0.5000"),
        (0.6, "epoch 1   loss 0.2500"),
        (2.0, "epoch 2   loss not finite"),
        (3.9, "epoch 3   loss 2.00e4"),
        (-1.0, ""),
        (9.0, ""),
    ],
)
def test_the_words_name_the_nearest_epoch_and_its_loss(epoch: float, words: str) -> None:
    assert loss_at_words(curve_of(0.5, 0.25, NAN, 2e4), epoch, 3) == words


@pytest.mark.parametrize(
    ("epoch", "words"),
    [
        (0.0, "epochs 0 to 63   loss 1.0000 to 9.0000"),
        (60.0, "epochs 0 to 63   loss 1.0000 to 9.0000"),
        (64.0, "epochs 64 to 127   loss not finite"),
        (140.0, "epochs 128 to 150   loss 0.2000 to 7.0000"),
        (170.0, "epochs 128 to 150   loss 0.2000 to 7.0000"),
        (300.0, ""),
    ],
)
def test_the_words_name_the_bucket_that_the_epoch_is_in(epoch: float, words: str) -> None:
    curve = curve_of(1.0, NAN, 0.2, stride=64, high=np.array([9.0, NAN, 7.0]))
    assert loss_at_words(curve, epoch, 150) == words


def test_the_words_do_not_hide_that_some_losses_of_a_bucket_were_not_finite() -> None:
    curve = replace(curve_of(1.0, stride=64), broken=np.array([True]))
    assert "some not finite" in loss_at_words(curve, 3.0, 63)
