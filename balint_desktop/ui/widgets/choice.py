"""Drop-down list with nothing chosen at first, so that no action applies to the first row by default."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from balint_desktop.ui.widgets.fields import ChoiceField


class Choice(ChoiceField):
    """A drop-down list whose first row is a prompt, as in “Choose a code”. `currentIndexChanged` reports a choice."""

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self._prompt = prompt
        # Stored here, since Qt returns an enum member as plain text.
        self._values: tuple[Any, ...] = ()
        self.addItem(prompt)

    @property
    def prompt(self) -> str:
        """The first row's text."""
        return self._prompt

    def set_options(self, options: Iterable[tuple[str, Any]], *, chosen: Any = None) -> None:
        """Set the options; preselect one only if named, or if it is the only one."""
        offered = tuple(options)
        before = self.blockSignals(True)
        self.clear()
        self.addItem(self._prompt)
        for words, _ in offered:
            self.addItem(words)
        self._values = tuple(value for _, value in offered)
        self.setCurrentIndex(1 if len(offered) == 1 else 0)
        if chosen is not None and chosen in self._values:
            self.setCurrentIndex(1 + self._values.index(chosen))
        self.blockSignals(before)
        self.currentIndexChanged.emit(self.currentIndex())

    def value(self) -> Any:
        """Return the chosen value, None if there is none."""
        place = self.currentIndex() - 1
        return self._values[place] if 0 <= place < len(self._values) else None

    def choose(self, value: Any) -> None:
        """Choose a value's row; None clears the choice."""
        self.setCurrentIndex(1 + self._values.index(value) if value in self._values else 0)
