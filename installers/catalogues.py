"""Compile the translations into the wheel. A package needs no .po file, and a checkout no compiled one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "balint_desktop" / "i18n"))

from catalogue import compiled_catalogue  # noqa: E402  the module by itself: the package needs what is not installed yet


class Catalogues(BuildHookInterface[Any]):
    """Puts a .mo beside the other resources for each .po."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues of a wheel; an editable install reads the .po files."""
        if version == "editable":
            return
        folder = ROOT / "build" / "catalogues"
        folder.mkdir(parents=True, exist_ok=True)
        for po in sorted((ROOT / "resources" / "translations").glob("*.po")):
            compiled = folder / f"{po.stem}.mo"
            compiled.write_bytes(compiled_catalogue(po.read_text(encoding="utf-8")))
            build_data["force_include"][str(compiled)] = f"balint_desktop/_resources/translations/{compiled.name}"
