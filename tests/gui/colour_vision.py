"""How far apart colours are, for people with any colour vision."""

from itertools import combinations

import numpy as np

from mlpviz.engine import Array
from mlpviz.gui.look.palette import rgb

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
# of Color Vision Deficiency", IEEE TVCG 15(6), 2009: the matrices of severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# From linear sRGB to XYZ, and the white of D65 (IEC 61966-2-1).
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colours: Array) -> Array:
    """Return the linear light of sRGB colours, (..., 3) from 0 to 255, from 0 to 1."""
    share = colours / 255.0
    result: Array = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return result


def lab(colours: Array, vision: str) -> Array:
    """Return CIE 1976 L*a*b* of colours, (colours, 3) from 0 to 255, as a person sees them."""
    seen = np.clip(linear(colours) @ VISION[vision].T, 0.0, 1.0) @ XYZ.T / WHITE
    f = np.where(seen > 216 / 24389, np.cbrt(seen), (24389 / 27 * seen + 16) / 116)
    return np.stack((116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])), 1)


def least_distance(colours: Array, vision: str) -> float:
    """Return the least CIE76 distance between any two colours."""
    seen = lab(colours, vision)
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))


def distances(colours: Array, others: Array, vision: str) -> Array:
    """Return the CIE76 distance of each of some colours, (n, 3), from each of others, (m, 3)."""
    apart = lab(colours, vision)[:, np.newaxis] - lab(others, vision)
    result: Array = np.linalg.norm(apart, axis=2)
    return result


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, (L1 + .05) / (L2 + .05), from 1 to 21 (WCAG 2.1).

    L is the relative luminance, the Y of XYZ.
    """
    low, high = sorted(float(linear(rgb(colour)) @ XYZ[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)
