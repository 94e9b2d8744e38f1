"""What the build of a wheel does besides packing files: it compiles the catalogues of words."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # of any configuration
    """Compiles the catalogues; the wheel then takes them along with the other resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile them before the files are packed."""
        spec = importlib.util.spec_from_file_location("catalogues", HERE / "catalogues.py")
        assert spec is not None
        assert spec.loader is not None
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_all()
