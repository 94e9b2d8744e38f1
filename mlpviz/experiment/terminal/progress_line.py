"""One line of a terminal that is written again and again, and wiped at the end."""


def free_columns(columns: int) -> int:
    """Return how many columns may be written: some terminals begin a new line after the last."""
    return max(columns - 1, 0)


def wiping(length: int) -> str:
    """Return what wipes so many columns, and leaves the cursor where the line begins."""
    return "\r" + " " * length + "\r"
