"""Base of every place: heading, scroll area, enter and leave."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, column_in
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import heading as heading_label

_MARGIN = 32
_SPACING = 14


class Place(QWidget):
    """A place of the window. Put widgets into `body`.

    Use scrolls=False if the place fills its page itself, centred=True if it stands alone in the window. The
    shell calls `enter_view` each time the place comes into view and `leave_view` when it goes; start and stop timers
    and child processes there. `help_page` names the page of Help where the identifier does not say it.
    """

    def __init__(
        self,
        identifier: str,
        heading: str,
        parent: QWidget | None = None,
        *,
        scrolls: bool = True,
        centred: bool = False,
    ) -> None:
        super().__init__(parent)
        self.heading = heading
        self.help_page = ""
        self.heading_label: QLabel | None = None
        named(self, identifier, spoken=heading)
        page = QWidget()
        page.setObjectName(f"{identifier}-page")
        self.body = _centred_column(page) if centred else QVBoxLayout(page)
        self.body.setContentsMargins(_MARGIN, _MARGIN - 8, _MARGIN, _MARGIN - 8)
        self.body.setSpacing(_SPACING)
        outer = layouts.column(self)
        if scrolls:
            self.heading_label = named(heading_label(heading), f"{identifier}-heading")
            self.body.addWidget(self.heading_label)
            page = _scrolling(page, identifier, heading)
        outer.addWidget(page)

    def enter_view(self) -> None:
        """Come into view: refresh the contents."""

    def leave_view(self) -> None:
        """Go out of view: stop what is only needed while visible."""

    def show_help(self) -> bool:
        """Show help inside the place, if it must not be covered; return whether it did."""
        return False

    @property
    def is_in_use(self) -> bool:
        """Whether the user is active without input, such as listening."""
        return False

    def first_focus(self) -> QWidget | None:
        """Return the widget that gets focus first, or None for the first in tab order."""
        return None


def _centred_column(page: QWidget) -> QVBoxLayout:
    """Return a centred column of readable width."""
    return column_in(page, READABLE, centred=True, top=_MARGIN, margin=2 * _MARGIN)


def _scrolling(page: QWidget, identifier: str, spoken: str) -> QScrollArea:
    # Not in the tab order: Page Up and Page Down reach it from whatever is focused inside.
    area = PageArea(page, f"{identifier}-scroll", spoken)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return area
