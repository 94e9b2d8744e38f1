"""A mark for the words of the engine: they are translated where they are shown, not here."""


def marked(text: str) -> str:
    """Return a text as it is; the catalogue of words is told by the call that it stands here."""
    return text
