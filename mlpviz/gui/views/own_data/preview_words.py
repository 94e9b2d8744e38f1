"""What is said of a reading, in words."""

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr_plural
from mlpviz.experiment.words.formats import MINUS, epoch_text
from mlpviz.gui.plots.class_names import CLASS_GLYPHS

NO_BREAK = "\u00a0"
FLAG = "--"  # a note that names a flag is about another reading that is possible


def other_readings(notes: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Part notes into those on another reading that is possible, and the others."""
    return [note for note in notes if FLAG in note], [note for note in notes if FLAG not in note]


def count_words(data: OwnData) -> str:
    """Say how many points there are of each class, or between which numbers the targets lie."""
    if data.is_regression:
        low, high = float(data.Y.min()), float(data.Y.max())
        return tr_plural(
            "{count} target from {low} to {high}",
            "{count} targets from {low} to {high}",
            len(data.Y),
            low=_number(low),
            high=_number(high),
        )
    counts = zip(CLASS_GLYPHS, data.classes, data.counts, strict=False)
    entries = [f"{glyph} {name}: {epoch_text(count)}" for glyph, name, count in counts]
    return "   ".join(entry.replace(" ", NO_BREAK) for entry in entries)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)
