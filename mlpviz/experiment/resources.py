"""Where the files are that the program brings along: icons, font, style, catalogues of words."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def resource_path(*parts: str) -> Path:
    """Return the path of a file in `resources/`, from a wheel or from a checkout.

    Raises
    ------
    FileNotFoundError
        when the program was installed without it.
    """
    # A wheel carries the folder inside the package, a checkout beside it.
    for folder in (PACKAGE / "resources", PACKAGE.parent / "resources"):
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"resources/{'/'.join(parts)} is missing from this installation.")
