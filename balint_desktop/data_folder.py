"""The user's data folder: vault, formats, questionnaires, models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths under the data folder. Reading them creates nothing.

    `models_root` is the data folder whose models are used, None for its own: a second vault on a computer has none.
    """

    root: Path
    models_root: Path | None = None

    @property
    def vault(self) -> Path:
        """Return the vault's folder."""
        return self.root / "vault"

    @property
    def formats(self) -> Path:
        """Return the folder of the user's own formats."""
        return self.root / "formats"

    @property
    def questionnaires(self) -> Path:
        """Return the folder of the user's own questionnaires."""
        return self.root / "questionnaires"

    @property
    def models(self) -> Path:
        """Return the folder of the models for transcription: of this computer, in no backup."""
        return (self.models_root or self.root) / "models"


def data_folder(chosen: str | None = None) -> DataFolder:
    """Return the folder given by --data-dir, or the system's place for this user's data."""
    if chosen:
        return DataFolder(Path(chosen).expanduser().absolute())
    return DataFolder(platformdirs.user_data_path("balint-desktop", appauthor=False))
