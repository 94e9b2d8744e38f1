"""In the middle of something: what the trainer does, and what an order that comes then does."""

from enum import Enum, auto


class Interrupted(Exception):
    """Raised out of `heed`: an order ends what is being done, before its end."""


class Doing(Enum):
    """What the trainer is in the middle of."""

    NOTHING = auto()
    AN_ORDER = auto()  # that ends soon
    A_RUN = auto()  # making one
    AN_EPOCH = auto()
    A_FRAME = auto()


class Answer(Enum):
    """What becomes of an order that came in the middle of something."""

    OBEYED = auto()
    INTERRUPTS = auto()
    WAITS = auto()
