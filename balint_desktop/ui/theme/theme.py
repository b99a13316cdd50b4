"""Choose and apply the theme: the user's choice or the system's."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from balint_desktop import resources
from balint_desktop.ui.theme.colours import ALL, CONTRAST, DARK, DIM, LIGHT, Colours
from balint_desktop.ui.theme.dimming import Dimming
from balint_desktop.ui.theme.style_sheet import style_sheet
from balint_desktop.ui.theme.type_sizes import FAMILIES, TypeSizes, sizes_for

STYLE = ("-style", "Fusion")
"""Arguments for starting the application: setting a style later exposes its class to Python, which takes 16 ms."""


class Appearance(StrEnum):
    """The user's choice of theme."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high-contrast"


_CHOSEN = {Appearance.LIGHT: LIGHT, Appearance.DARK: DARK, Appearance.CONTRAST: CONTRAST}


class Theme(QObject):
    """Applies palette, fonts and style sheet, and follows the system's theme if chosen.

    The font size is read from the system, since the application's own is changed here.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM, scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._system_pt = _point_size(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self._appearance = appearance
        self._scale = scale
        self._dimming = Dimming(app)
        QDir.setSearchPaths("theme", [str(resources.folder("theme"))])
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def appearance(self) -> Appearance:
        """The user's choice of theme."""
        return self._appearance

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        return DIM if self.dimmed else self._undimmed

    @property
    def sizes(self) -> TypeSizes:
        """The text sizes in use."""
        return sizes_for(self._system_pt, self._scale)

    def choose(self, appearance: Appearance) -> None:
        """Apply another theme."""
        self._appearance = appearance
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Scale all text relative to the system's size."""
        self._scale = scale
        self._apply()

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim what is in view to nearly black, or undo that. The other pages have no part in it: it is one key."""
        if dimmed != self.dimmed:
            self._app.setPalette(palette(DIM if dimmed else self._undimmed))
            self._dimming.set_on(dimmed)
            self.changed.emit()

    @property
    def dimmed(self) -> bool:
        """Whether the window is dimmed to nearly black."""
        return self._dimming.is_on

    @property
    def _undimmed(self) -> Colours:
        return _CHOSEN.get(self._appearance) or system_colours(self._app)

    def _on_system_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        sizes = self.sizes
        self._app.setFont(_font(sizes))
        self._app.setPalette(palette(self.colours))
        sheet = style_sheet(self._undimmed, sizes)
        # Setting the same one again would lay out every widget there is.
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)
        self.changed.emit()


def system_colours(app: QApplication) -> Colours:
    """Return the colours of the system's theme; light if unknown."""
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
    if accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def colours_now() -> Colours:
    """Return the current colours, for a widget that paints itself."""
    paper = QApplication.palette().color(QPalette.ColorRole.Window).name()
    return next((colours for colours in ALL if colours.paper == paper), LIGHT)


def palette(c: Colours) -> QPalette:
    """Return the Qt palette of a colour set, for what the style sheet does not cover."""
    role = QPalette.ColorRole
    made = QPalette()
    for colour_role, colour in (
        (role.Window, c.paper),
        (role.WindowText, c.ink),
        (role.Base, c.field),
        (role.AlternateBase, c.card),
        (role.Text, c.ink),
        (role.Button, c.card),
        (role.ButtonText, c.ink),
        (role.ToolTipBase, c.card),
        (role.ToolTipText, c.ink),
        (role.PlaceholderText, c.quiet_ink),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Light, c.card),
        (role.Midlight, c.track_left),
        (role.Mid, c.line),
        (role.Dark, c.edge),
        (role.Shadow, c.edge),
    ):
        made.setColor(colour_role, QColor(colour))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(c.faint_ink))
    return made


def _font(sizes: TypeSizes) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPointSizeF(sizes.body_pt)
    return font


def _point_size(font: QFont) -> float:
    """Return the font's size in points, even if the system gives it in pixels."""
    if font.pointSizeF() > 0:
        return font.pointSizeF()
    return max(font.pixelSize(), 12) * 0.75
