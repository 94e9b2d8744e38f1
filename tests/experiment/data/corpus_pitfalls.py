"""Tables that a hasty reading gets wrong: two readings at first sight, one at the second."""

from experiment.data.corpus_tables import (
    AS_TREES,
    CLASSES,
    FIRST,
    TREES,
    Case,
    replaced,
    text_of,
)

COMMAS = text_of()
PRICES = (189000, 245500, 199900, 415000, 260000, 280100, 310000, 120000)
FLATS = ((45, 2), (60, 3), (52, 2), (110, 5), (75, 3), (80, 4), (95, 4), (30, 1))


def flats(form: str, delimiter: str = ",") -> str:
    """Write flats, and the price of each in a form such as "${:,}"."""
    rows = [(*flat, form.format(price)) for flat, price in zip(FLATS, PRICES, strict=True)]
    return text_of(rows, delimiter, ("area", "rooms", "price"))


AS_FLATS = {
    "x1": "area",
    "x2": "rooms",
    "targets": ["price"],
    "kind": "numbers",
    "classes": [],
    "first_rows": [[*flat, price] for flat, price in zip(FLATS[:5], PRICES[:5], strict=True)],
}

GROUPS = ()

TARGETS = (
    Case(
        "null among the classes is no class",
        replaced(COMMAS, 4, "oak", "null"),
        {"classes": CLASSES, "rows": 11, "left_out": 1},
    ),
    Case(
        "a column of one value is no target",
        text_of(
            [(a, b, 1, i % 3) for i, (a, b, _) in enumerate(TREES)], " ", ("a", "b", "park", "kind")
        ),
        {"x1": "a", "x2": "b", "targets": ["kind"], "classes": ["0", "1", "2"]},
    ),
)

CELLS = (
    Case(
        "the names again between the rows",
        COMMAS.replace("7.1,", "girth,height,tree\n7.1,"),
        {**AS_TREES, "left_out": 1, "first_rows": FIRST},
    ),
    Case(
        "not stated, in German",
        replaced(replaced(COMMAS, 4, "14.7", "k. A."), 7, "12.3", "k.A."),
        {"rows": 10, "left_out": 2},
    ),
)

PITFALLS = (*GROUPS, *TARGETS, *CELLS)
