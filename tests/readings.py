"""Own data from text, as tests want them."""

from collections.abc import Sequence
from typing import Any

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices


def read_csv(content: bytes | str, columns: Sequence[str | int] = (), **choices: Any) -> OwnData:
    """Read the data of a table.

    Parameters
    ----------
    columns : of the two inputs and the target, by name or by place, counted from 0
    choices : of `TableChoices`
    """
    names = [str(c + 1) if isinstance(c, int) else c for c in columns]
    given = dict(zip(("x1", "x2", "target"), names, strict=False))
    return read(content, TableChoices(**given, **choices)).data
