"""The grammar of a number that a learner types.

    sum      = product {("+" | "−") product}
    product  = signed {("*" | "·" | "×" | "/" | "÷") signed}
    signed   = ("+" | "−") signed | power
    power    = atom [("^" | "**") whole | raised]
    whole    = ["+" | "−"] digits              raised = the same in small raised signs: ⁻⁵
    atom     = number | "(" sum ")"
    number   = digits, in it one decimal point or comma, behind it an exponent such as e-5

A comma is a decimal sign, never one between thousands, and a text has one decimal sign only. What
stands there as one number, 0.125 or 1.25·10⁻¹, says by its digits how exact it is meant. All else,
such as 3/8, is exact.
"""

import math
import re
from typing import NamedTuple

from mlpviz.experiment.language import tr

MOST_CHARACTERS = 200
MOST_DEPTH = 20  # of brackets and signs within each other
MOST_POWER = 400

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<word>[^\W\d_]+)|(?P<sign>\*\*|[-+*/^()])"
)
_SIGNS = str.maketrans("−–·⋅∙×÷", "--****/")  # other signs for minus, times and by
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_END = "end"


class Typed(NamedTuple):
    """A number that was typed.

    Parameters
    ----------
    digits : that count, of what is one number: 3 of 0.0120; None of an expression, which is exact
    unit : what one more in the last digit is worth; 0 of an expression
    """

    value: float
    digits: int | None = None
    unit: float = 0.0


class _Token(NamedTuple):
    kind: str
    text: str


def typed_number(text: str) -> Typed:
    """Read a number.

    Raises
    ------
    ValueError
        with a sentence that names what cannot be read.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            tr(
                "A number must have at most {most} characters. Got {got}.",
                most=MOST_CHARACTERS,
                got=len(text),
            )
        )
    if "," in text and "." in text:
        raise ValueError(
            tr(
                "A number must have one decimal sign, a point or a comma. Got both: {text}.",
                text=text.strip(),
            )
        )
    parser = _Parser(_tokens(text))
    return parser.whole_text()


def _tokens(text: str) -> list[_Token]:
    """Cut a text into numbers and signs."""
    text, tokens, start = text.translate(_SIGNS), [], 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        match = _TOKEN.match(text, start)
        if match is None or match.lastgroup == "word":
            raise ValueError(
                tr(
                    "A number may have digits, + − * / ^ and brackets. Got {sign}.",
                    sign=text[start] if match is None else match[0],
                )
            )
        tokens.append(_Token(match.lastgroup or "", match[0]))
        start = match.end()
    return tokens


class _Parser:
    """Reads the rules of the grammar, each by the method of its name."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._next, self._depth = tokens, 0, 0

    def whole_text(self) -> Typed:
        """Read all."""
        if not self._tokens:
            raise ValueError(tr("A number must have a digit. Got nothing."))
        result = self._sum()
        if self._peek() == ")":
            raise ValueError(tr("Each ) must have a ( before it. Got one ) more."))
        if self._next < len(self._tokens):
            raise ValueError(
                tr(
                    "Between two numbers must stand + − * or /. Got {left} {right}.",
                    left=self._tokens[self._next - 1].text,
                    right=self._peek(),
                )
            )
        return result

    def _sum(self) -> Typed:
        result = self._product()
        while self._peek() in ("+", "-"):
            sign = 1.0 if self._take().text == "+" else -1.0
            result = _finite(result.value + sign * self._product().value)
        return result

    def _product(self) -> Typed:
        result = self._signed()
        while self._peek() in ("*", "/"):
            is_product, start = self._take().text == "*", self._next
            factor = self._signed()
            if is_product and result.digits is not None and self._is_power_of_ten(start):
                result = _scaled(result, factor.value)
            elif is_product:
                result = _finite(result.value * factor.value)
            else:
                result = _finite(_quotient(result.value, factor.value))
        return result

    def _is_power_of_ten(self, start: int) -> bool:
        """Tell whether what was read from a token on is 10 and a power."""
        return self._next > start + 1 and self._tokens[start].text == "10"

    def _signed(self) -> Typed:
        if self._peek() not in ("+", "-"):
            return self._power()
        sign = -1.0 if self._take().text == "-" else 1.0
        self._go_deeper()
        result = self._signed()
        self._depth -= 1
        return result._replace(value=sign * result.value)

    def _power(self) -> Typed:
        base = self._atom()
        if self._next < len(self._tokens) and self._tokens[self._next].kind == "raised":
            exponent = self._take().text.translate(_RAISED)
        elif self._peek() in ("^", "**"):
            self._take()
            exponent = self._whole()
        else:
            return base
        if len(exponent) > len(str(MOST_POWER)) + 1 or abs(int(exponent)) > MOST_POWER:
            raise ValueError(
                tr(
                    "A power must be from −{most} to {most}. Got {got}.",
                    most=MOST_POWER,
                    got=exponent.replace("-", "−"),
                )
            )
        try:
            return _finite(base.value ** int(exponent))
        except ZeroDivisionError:
            raise ValueError(tr("Nothing can be divided by 0.")) from None
        except OverflowError:
            return _finite(math.inf)

    def _whole(self) -> str:
        """Read a whole number, with its sign."""
        sign = self._take().text if self._peek() in ("+", "-") else ""
        if not self._peek().isdecimal():
            raise ValueError(
                tr("A power must be a whole number, such as 2. Got {got}.", got=self._shown())
            )
        return sign + self._take().text

    def _atom(self) -> Typed:
        if self._next < len(self._tokens) and self._tokens[self._next].kind == "number":
            return _number(self._take().text)
        if self._peek() != "(":
            raise ValueError(
                tr("A number or a bracket must stand here. Got {got}.", got=self._shown())
            )
        self._take()
        self._go_deeper()
        result = self._sum()
        self._depth -= 1
        if self._peek() != ")":
            raise ValueError(tr("Each ( must have a ) after it. Got {got}.", got=self._shown()))
        self._take()
        return result

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ValueError(
                tr("At most {most} brackets and signs may be within each other.", most=MOST_DEPTH)
            )

    def _peek(self) -> str:
        """Return the text of the next token; one that is no sign where there is none."""
        return self._tokens[self._next].text if self._next < len(self._tokens) else _END

    def _shown(self) -> str:
        """Return the next token as it is named in a sentence."""
        text = self._peek()
        return tr("the end") if text == _END else text.replace("-", "−")

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]


def _number(text: str) -> Typed:
    """Read one number and count its digits: those before the first that is not 0 do not count."""
    mantissa, _, power = text.replace(",", ".").lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    digits = len((whole + decimals).lstrip("0"))
    if len(power.lstrip("+-")) > len(str(MOST_POWER)):
        raise ValueError(
            tr(
                "A power must be from −{most} to {most}. Got {got}.",
                most=MOST_POWER,
                got=power.replace("-", "−"),
            )
        )
    value = _finite(float(f"{mantissa}e{power or 0}")).value
    if digits and value == 0.0:
        raise ValueError(tr("A number must not be so small. Got {text}.", text=text))
    return Typed(value, digits, float(f"1e{int(power or 0) - len(decimals)}"))


def _scaled(number: Typed, factor: float) -> Typed:
    """Multiply a number by a power of ten, which leaves its digits as they are."""
    return number._replace(
        value=_finite(number.value * factor).value, unit=_finite(number.unit * factor).value
    )


def _quotient(left: float, right: float) -> float:
    if right == 0.0:
        raise ValueError(tr("Nothing can be divided by 0."))
    return left / right


def _finite(value: float) -> Typed:
    """Return a result as what is exact.

    Raises
    ------
    ValueError
        where it is too large for a number of the machine.
    """
    if not math.isfinite(value):
        raise ValueError(tr("A number must be less than 10³⁰⁸. Got a larger one."))
    return Typed(value)
