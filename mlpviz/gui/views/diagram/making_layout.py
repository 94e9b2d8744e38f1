"""Where everything lies in the strip that shows how a unit is made, in base sizes."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from mlpviz.engine import Array
from mlpviz.experiment.run.making import strongest_terms
from mlpviz.gui.look.sizes import (
    MAKING_ARROW,
    MAKING_BIAS,
    MAKING_CURVE,
    MAKING_MORE,
    MAKING_MOST,
    MAKING_PICTURE,
    MAKING_PICTURE_GAP,
    MAKING_RESULT,
    MAKING_ROW,
    MAKING_SIDE,
    MAKING_TERM,
    MAKING_TOP,
    MAKING_UPPER,
    WIDE_ARROW,
    WIDE_BIAS,
    WIDE_CURVE,
    WIDE_PICTURE,
    WIDE_PLUS,
    WIDE_RESULT,
    WIDE_TIMES,
    WIDE_WEIGHT,
)


@dataclass(frozen=True, slots=True)
class TermPlace:
    """Where a term of the weighted sum stands: its weight, and the picture of its unit.

    Parameters
    ----------
    term : its number, which is that of its unit
    weight, picture : of both
    column : whose rows below are for its name and for what a sample gives
    """

    term: int
    weight: QRectF
    picture: QRectF
    column: QRectF


@dataclass(frozen=True, slots=True)
class MakingLayout:
    """From left to right: terms, what there is no room for, bias, activation, result.

    Parameters
    ----------
    terms : the terms that are shown
    pluses : where the plus signs stand
    more : the words for the other terms; None where all are shown
    bias : the number of the bias
    arrows : one before the activation and one after it; where there is none, one in all
    curve : the plot of the activation; None where there is none
    result : the picture of the unit
    is_wide : whether weights stand beside their pictures, rather than above them
    """

    terms: tuple[TermPlace, ...]
    pluses: tuple[QPointF, ...]
    more: QRectF | None
    bias: QRectF
    arrows: tuple[QRectF, ...]
    curve: QRectF | None
    result: QRectF
    is_wide: bool

    @property
    def shown(self) -> tuple[int, ...]:
        """The terms that are shown, in the order of their units."""
        return tuple(place.term for place in self.terms)


@dataclass(frozen=True, slots=True)
class _Widths:
    term: float
    plus: float
    bias: float
    arrow: float
    curve: float
    result: float
    more: float

    def whole(self, terms: int, *, has_curve: bool, has_more: bool) -> float:
        """Return how wide everything is."""
        activation = self.curve + 2 * self.arrow if has_curve else self.arrow
        more = self.more if has_more else 0.0
        return terms * (self.term + self.plus) + more + self.bias + activation + self.result


_WIDE = _Widths(
    term=WIDE_WEIGHT + WIDE_TIMES + WIDE_PICTURE,
    plus=WIDE_PLUS,
    bias=WIDE_BIAS,
    arrow=WIDE_ARROW,
    curve=WIDE_CURVE,
    result=WIDE_RESULT,
    more=0.0,
)


def _narrow(scale: float) -> _Widths:
    return _Widths(
        term=scale * MAKING_TERM,
        plus=0.0,  # it stands within the term
        bias=scale * MAKING_BIAS,
        arrow=scale * MAKING_ARROW,
        curve=scale * MAKING_CURVE,
        result=scale * MAKING_RESULT,
        more=scale * MAKING_MORE,
    )


def lay_out_making(
    width: float,
    weights: Array,
    kept: int | None,
    before: tuple[int, ...] = (),
    *,
    has_curve: bool,
) -> MakingLayout:
    """Lay out the strip: with the weights beside their pictures, above them, or not all of them.

    Parameters
    ----------
    width : of the strip
    weights : of all terms, (inputs,)
    kept : a term that is shown in any case
    before : the terms that were shown before
    has_curve : whether an activation follows the sum
    """
    room, count = width - 2 * MAKING_SIDE, len(weights)
    if _WIDE.whole(count, has_curve=has_curve, has_more=False) <= room:
        return _placed(width, _WIDE, tuple(range(count)), has_curve=has_curve, has_more=False)
    least = _narrow(1.0)
    has_more = least.whole(count, has_curve=has_curve, has_more=False) > room
    if has_more:
        others = least.whole(0, has_curve=has_curve, has_more=True)
        count = max(1, int((room - others) / least.term))
    whole = least.whole(count, has_curve=has_curve, has_more=has_more)
    widths = _narrow(min(MAKING_MOST, max(1.0, room / whole)))
    shown = strongest_terms(weights, count, kept, before)
    return _placed(width, widths, shown, has_curve=has_curve, has_more=has_more)


def rows(column: QRectF) -> tuple[QRectF, QRectF]:
    """Return the two rows below a column: for names, and for what a sample gives."""
    top = MAKING_TOP + MAKING_UPPER + 2
    name = QRectF(column.left(), top, column.width(), MAKING_ROW)
    return name, name.translated(0.0, MAKING_ROW)


def _placed(
    width: float, widths: _Widths, shown: tuple[int, ...], *, has_curve: bool, has_more: bool
) -> MakingLayout:
    is_wide = widths is _WIDE
    x = (width - widths.whole(len(shown), has_curve=has_curve, has_more=has_more)) / 2
    x = max(MAKING_SIDE, x)

    def slot(of_width: float) -> QRectF:
        nonlocal x
        rect = QRectF(x, MAKING_TOP, of_width, MAKING_UPPER)
        x += of_width
        return rect

    terms, pluses = [], []
    for term in shown:
        rect = slot(widths.term)
        terms.append(_wide_term(term, rect) if is_wide else _narrow_term(term, rect))
        pluses.append(slot(widths.plus).center() if is_wide else _plus_beside(rect))
    more = slot(widths.more) if has_more else None
    bias = slot(widths.bias)
    arrows = [slot(widths.arrow)]
    curve = slot(widths.curve) if has_curve else None
    if curve is not None:
        arrows.append(slot(widths.arrow))
    result = _square(slot(widths.result))
    return MakingLayout(
        tuple(terms), tuple(pluses), more, bias, tuple(arrows), curve, result, is_wide
    )


def _wide_term(term: int, rect: QRectF) -> TermPlace:
    weight = QRectF(rect.left(), rect.top(), WIDE_WEIGHT, rect.height())
    picture = QRectF(0.0, 0.0, WIDE_PICTURE, WIDE_PICTURE)
    picture.moveCenter(QPointF(rect.right() - WIDE_PICTURE / 2, rect.center().y()))
    return TermPlace(term, weight, _whole(picture), rect)


def _narrow_term(term: int, rect: QRectF) -> TermPlace:
    side = min(MAKING_PICTURE, rect.width() - MAKING_PICTURE_GAP)
    picture = QRectF(0.0, 0.0, side, side)
    picture.moveCenter(QPointF(rect.center().x(), rect.bottom() - side / 2))
    weight = QRectF(rect.left(), rect.top(), rect.width(), picture.top() - rect.top())
    return TermPlace(term, weight, _whole(picture), rect)


def _plus_beside(rect: QRectF) -> QPointF:
    return QPointF(rect.right(), rect.bottom() - MAKING_PICTURE / 2)


def _square(rect: QRectF) -> QRectF:
    side = min(rect.width(), rect.height())
    square = QRectF(0.0, 0.0, side, side)
    square.moveCenter(rect.center())
    return _whole(square)


def _whole(rect: QRectF) -> QRectF:
    """Return a square at whole pixels: a picture that need not be shifted is drawn much faster."""
    side = int(rect.width())
    return QRectF(round(rect.left()), round(rect.top()), side, side)
