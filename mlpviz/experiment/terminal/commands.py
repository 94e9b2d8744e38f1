"""The commands: what each is for, and lines that may be typed."""

from typing import NamedTuple

from mlpviz.engine.marked import marked

WINDOW = ""  # the command that is meant where none is named
ALL_CHOICES = marked("Every choice that `mlpviz train --help` lists is a flag here too.")


class Command(NamedTuple):
    """What a command is for, marked, and lines that may be typed."""

    about: str
    examples: tuple[str, ...]
    notes: tuple[str, ...] = ()


COMMANDS = {
    WINDOW: Command(
        marked("See how a small neural network learns, in a window."),
        (
            "mlpviz",
            "mlpviz recipe.json",
            "mlpviz --dataset moons --noise 0.2 --lr 0.3",
            "mlpviz train --help",
        ),
        (ALL_CHOICES,),
    ),
    "train": Command(
        marked("Train without a window and print the result."),
        (
            "mlpviz train --dataset linear --lr 0.1 --hidden 16,16",
            "mlpviz train --dataset spiral --classes 4 --optimizer adam --lr 0.01",
            "mlpviz train --data points.csv --target tree --train-share 0.7",
            "mlpviz train recipe.json --json",
        ),
        (marked("A choice that has no effect beside the others is refused."),),
    ),
    "report": Command(
        marked(
            "Repeat the report's experiments, each from many initial weights, and write a page."
        ),
        (
            "mlpviz report",
            "mlpviz report recipe.json --out my-report",
            "mlpviz report --dataset moons --hidden 8,8 --seeds 20",
        ),
        (
            marked(
                "With a recipe, or with any choice but --epochs, the report is on that recipe "
                "instead."
            ),
            ALL_CHOICES,
        ),
    ),
    "clip": Command(
        marked("Train without a window and write an animated file of what is seen of it."),
        (
            "mlpviz clip --out run.gif",
            "mlpviz clip recipe.json --out map.png --view map --size 600x500",
            "mlpviz clip --dataset moons --seconds 5 --from 100 --to 2000",
        ),
        (
            marked('It needs no display; a GIF needs Pillow: `pip install "mlpviz[clip]"`.'),
            ALL_CHOICES,
        ),
    ),
    "step": Command(
        marked("Take one step of a training apart, and print every number of it."),
        (
            "mlpviz step --epoch 100 --sample 3",
            "mlpviz step --dataset linear --hidden 2 --batch-size 10 --batch 9",
            "mlpviz step recipe.json --json",
            "mlpviz step --sample 3 --sheet sheet.html --cover results",
        ),
        (
            marked(
                "Its gradient is checked by differences of the loss; samples, batches and epochs "
                "count from 0."
            ),
            ALL_CHOICES,
        ),
    ),
    "script": Command(
        marked("Write a recipe as a short script for Python with NumPy alone."),
        (
            "mlpviz script",
            "mlpviz script recipe.json --out script.py",
            "mlpviz script --dataset moons --optimizer adam --lr 0.01 --plain",
        ),
        (
            marked(
                "On the same machine the script gives the same weights, biases and predictions, "
                "to the last bit."
            ),
            ALL_CHOICES,
        ),
    ),
    "data": Command(
        marked("Say how a table is read, before it is trained on."),
        (
            "mlpviz data points.csv",
            "mlpviz data prices.csv --decimal comma --target sold --json",
        ),
        (marked("`mlpviz train --data FILE` reads it the same way."),),
    ),
    "bench": Command(marked("Measure the speed of engine and window."), ("mlpviz bench --json",)),
}
