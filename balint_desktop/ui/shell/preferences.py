"""Window preferences: appearance, text size, language."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import chosen_language
from balint_desktop.sealed.disk import make_private_folder
from balint_desktop.ui.theme.theme import Appearance

SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The user's choices for the window. `language` is a tag, empty for the system's language."""

    appearance: Appearance = Appearance.SYSTEM
    scale: float = 1.0
    language: str = ""


class PreferencesFile:
    """Stores the preferences in a small file; defaults apply if it is missing or damaged.

    A failed write is not reported: the choice then lasts until the app closes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Preferences:
        """Return the stored preferences."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            scale = float(data["scale"])
            return Preferences(
                Appearance(data["appearance"]), scale if scale in SCALES else 1.0, chosen_language(self._path)
            )
        except (OSError, *FOREIGN_ERRORS):
            return Preferences()

    def save(self, preferences: Preferences) -> None:
        """Store the preferences."""
        text = json.dumps(
            {
                "appearance": preferences.appearance.value,
                "scale": preferences.scale,
                "language": preferences.language,
            }
        )
        with suppress(OSError, Trouble):
            if not self._path.parent.is_dir():
                make_private_folder(self._path.parent)
            self._path.touch(mode=0o600)
            self._path.write_text(text, encoding="utf-8")
