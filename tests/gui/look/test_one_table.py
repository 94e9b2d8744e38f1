"""Every colour and every size of the window stands in `mlpviz/gui/look`, and nowhere else.

Sizes are numbers of pixels. They would stay as they are when the user makes everything larger. The
rule reads the code: it looks at the numbers handed to what sets a size, a margin, a pen, a font or
a place, and at constants that are called a size. Factors are no sizes: `2 * GAP` is fine, and so
are 0, and 1 where it means "as small as can be".

Figures for paper are no part of the window and do not grow with it: their sizes are points of a
page, and stand in one table too, `views/figures/paper_sizes.py`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mlpviz.gui

GUI = Path(mlpviz.gui.__file__).parent
TABLES = (GUI / "look", GUI / "views" / "figures" / "paper_sizes.py")
FILES = [path for path in sorted(GUI.rglob("*.py")) if not any(map(path.is_relative_to, TABLES))]

SETTERS = re.compile(
    r"set(Fixed|Minimum|Maximum)(Width|Height|Size)|setContentsMargins|set\w*Spacing|addSpacing"
    r"|set(Icon|Grid)Size|set\w*SectionSize|resizeSection|setTextMargins|set(Pixel|Point)Size\w*"
    r"|resize|setGeometry|adjust(ed)?|translate(d)?|move\w+|QSizeF?|QMargins|QRectF?|QPointF?|QLineF?"
    r"|drawRoundedRect|addRoundedRect|drawEllipse|setTicks?Font|setStyle|ui_font|icon"
    r"|px|fix|at_least|at_most|lay|pad|pad_text|space|fix_\w+|bound_columns"
)
DIRECT = re.compile(r"set(?!Style)\w+|addSpacing|QSize")  # these take pixels as they are
PENS = re.compile(r"QPen|mkPen|solid|setWidthF?")
COLOUR = re.compile(r"#([0-9A-Fa-f]{3}){1,2}([0-9A-Fa-f]{2})?")
SIZE_NAMES = {
    *("WIDTH", "HEIGHT", "SIDE", "SIZE", "GAP", "MARGIN", "PITCH", "RADIUS", "INSET", "REACH"),
    *("ROW", "PAD", "ICON", "PIXELS", "RIM", "RING", "DOT", "SPACING", "OFFSET", "THUMBNAIL"),
    *("SWATCH", "AXIS", "STROKE", "COLUMN", "POINT", "MARKER", "BUTTON"),
}


# No factor multiplies the size of the window at first, nor the frame that its manager adds.
UNSCALED = {"START_SIZE", "FRAME_WIDTH", "FRAME_HEIGHT"}


def name_of(call: ast.Call) -> str:
    """Return what is called, without the object that it belongs to."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def sizes_in(node: ast.AST, allowed: tuple[float, ...]) -> Iterator[float]:
    """Give the numbers of an argument that are no factors; not those within another call."""
    if isinstance(node, ast.Constant):
        is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
        if is_number and node.value not in allowed:
            yield node.value
        return
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv):
        return  # a factor
    if isinstance(node, ast.Call | ast.Subscript | ast.Lambda):
        return  # looked at by itself, or no number of pixels
    for part in ast.iter_child_nodes(node):
        yield from sizes_in(part, allowed)


def constants_in(node: ast.AST) -> bool:
    """Tell whether a base size stands in an argument, and not within another call."""
    if isinstance(node, ast.Call):
        return False
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return name.isupper() and name not in UNSCALED
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv):
        return constants_in(node.left)
    return any(map(constants_in, ast.iter_child_nodes(node)))


def faults(tree: ast.AST) -> Iterator[str]:
    """Name the colours and the sizes in some code, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from faults_of_call(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from faults_of_constant(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if COLOUR.fullmatch(node.value) or re.search(r"\dpx", node.value):
                yield f"{node.lineno}: {node.value}"
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("GlobalColor"):
            yield from () if node.attr == "transparent" else (f"{node.lineno}: {node.attr}",)


def faults_of_call(call: ast.Call) -> Iterator[str]:
    name = name_of(call)
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    if name == "QColor" and any(isinstance(argument, ast.Constant) for argument in arguments):
        yield f"{call.lineno}: {ast.unparse(call)}"
    is_pen = PENS.fullmatch(name) is not None
    if is_pen or SETTERS.fullmatch(name):
        allowed = (0,) if is_pen else (0, 0.5, 1)
        for argument in arguments:
            if DIRECT.fullmatch(name) and constants_in(argument):
                yield f"{call.lineno}: not multiplied, {ast.unparse(call)[:80]}"
            if found := list(sizes_in(argument, allowed)):
                yield f"{call.lineno}: {found} in {ast.unparse(call)[:80]}"


def faults_of_constant(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = [part for target in targets for part in ast.walk(target)]
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if node.value is not None and all(name.isupper() for name in names):
        words = {word for name in names for word in name.split("_")}
        is_size = bool(words & SIZE_NAMES) and not words & {"SHARE", "SHARES"}
        found = list(sizes_in(node.value, (0,))) if is_size else []
        if found:
            yield f"{node.lineno}: {', '.join(names)} = {found}"


def test_no_colour_and_no_size_stands_outside_the_tables() -> None:
    found = [
        f"{path.relative_to(GUI)}:{fault}"
        for path in FILES
        for fault in faults(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "label.setFixedWidth(66)",
        "label.setFixedSize(2 * SIDE, 24)",
        "label.setFixedWidth(SIDE)",
        "row.setSpacing(2 * GAP)",
        "self.setIconSize(QSize(sizes.ICON, sizes.ICON))",
        "row.setContentsMargins(GAP + 2, 0, 0, 0)",
        "row.setSpacing(6)",
        "QPen(QColor(look.line), 1)",
        "solid(look.text, 2.0)",
        "fix(label, width=60)",
        "lay(row, 6)",
        "lay(row, GAP, (0, 3, 0, 0))",
        "ui_font(11)",
        "QSize(18, 18)",
        "QRectF(0, y - 8, WIDTH, 16)",
        "rect.adjusted(0, 0, -5, 0)",
        "CELL_HEIGHT, COLUMNS = 26, 3",
        "RING = 17.0",
        'colour = "#0072B2"',
        'QColor("red")',
        "QColor(255, 0, 0)",
        "Qt.GlobalColor.white",
        'label.setStyleSheet("font-size: 11px")',
    ],
)
def test_the_rule_finds_sizes_and_colours(code: str) -> None:
    assert list(faults(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "row.setSpacing(px(2 * GAP))",
        "lay(row, 2 * GAP)",
        "matrix.setFixedWidth(min(share, need))",
        "lay(row, 0, NONE)",
        "QSize(1, hint.height())",
        "QRectF(0, 0, side / 2, side / 2)",
        "SIDE_SHARE = 0.74",
        "Qt.GlobalColor.transparent",
        "QColor(look.text)",
        "painter.drawText(place, 'a #1 fit')",
    ],
)
def test_the_rule_lets_factors_and_names_be(code: str) -> None:
    assert not list(faults(ast.parse(code)))
