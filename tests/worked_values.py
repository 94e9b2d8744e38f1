"""What a worked line of a step gives, computed from the line as it is written."""

import math
import re

SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = r"\d[\d.]*(?:e-?\d+)?"


def value_of(text: str) -> float:
    """Compute what is written: a sum of products, or a formula with numbers."""
    text = re.sub(r"·10([⁻⁰-⁹¹²³]+)", lambda m: f"e{m[1].translate(SUPERSCRIPT_DIGITS)}", text)
    text = text.replace("−", "-").replace("·", "*").replace("e^", "E**").replace("…", "")
    text = text.replace("²", "**2")
    text = re.sub(rf"√\(?({NUMBER})\)?", r"sqrt(\1)", text)
    text = re.sub(r"([\d)])\s*(?=\(|log)", r"\1*", text)  # a product without a sign
    text = text.replace("sqrt*(", "sqrt(")
    text = re.sub(rf"(log|tanh) (-?{NUMBER})", r"\1(\2)", text)
    names = {"log": math.log, "tanh": math.tanh, "sqrt": math.sqrt, "max": max, "E": math.e}
    return float(eval(text, names))  # of words that are the test's own
