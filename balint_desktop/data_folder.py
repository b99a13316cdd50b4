"""The user's data folder: vault, formats, questionnaires."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths under the data folder. Nothing is made by asking for them."""

    root: Path

    @property
    def vault(self) -> Path:
        """Return where the vault is."""
        return self.root / "vault"

    @property
    def formats(self) -> Path:
        """Return where the user's own formats are."""
        return self.root / "formats"

    @property
    def questionnaires(self) -> Path:
        """Return where the user's own questionnaires are."""
        return self.root / "questionnaires"


def data_folder(chosen: str | None = None) -> DataFolder:
    """Return the folder that --data-dir names, or the system's place for this user's data."""
    if chosen:
        return DataFolder(Path(chosen).expanduser().absolute())
    return DataFolder(platformdirs.user_data_path("balint-desktop", appauthor=False))
