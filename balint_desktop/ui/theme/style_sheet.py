"""Build the style sheet from colours and sizes.

The window, its pages and whatever scrolls on them are painted from the palette and named in no rule: a palette is
changed in a fraction of a millisecond, a sheet costs a fifth of one for each widget under it.
"""

from __future__ import annotations

import re

from balint_desktop.ui.theme.colours import Colours
from balint_desktop.ui.theme.type_sizes import TypeSizes

# One line of text, for every field and button: in lines of their own font (an em of Qt's), so that all are of a height.
_ONE_LINE = "min-height: 1.1em; max-height: 1.1em"
# Square corners two pixels inside the frame, as a heading's or a chosen row's, stay clear of so round a frame.
_INSIDE_CORNERS = 3
_CODE_FAMILIES = '"DejaVu Sans Mono", "Consolas", "Menlo", monospace'

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\bQ[A-Z]\w+")
_COLOURING = tuple("color background border: border-color border-bottom: border-right: selection- image".split())


def style_sheet(c: Colours, t: TypeSizes) -> str:
    """Return the application's style sheet."""
    pieces = (_window, _texts, _buttons, _chips, _fields, _ticks, _cards, _lists, _calendar)
    return "\n".join(piece(c, t) for piece in pieces)


def colours_alone(sheet: str, classes: frozenset[str]) -> str:
    """Return the rules of a style sheet for widgets of these classes, with what colours or outlines them alone."""
    rules = []
    for selector, body in _RULE.findall(sheet):
        coloured = [one.strip() for one in body.split(";") if one.strip().startswith(_COLOURING)]
        if coloured and not classes.isdisjoint(_CLASS.findall(selector)):
            rules.append(f"{' '.join(selector.split())} {{ {'; '.join(coloured)} }}")
    return "\n".join(rules)


def _window(c: Colours, t: TypeSizes) -> str:
    return f"""
    QWidget {{ color: {c.ink}; font-size: {t.body_pt}pt; }}
    QScrollArea, QStackedWidget {{ border: none; }}
    QToolTip {{ color: {c.ink}; background: {c.card}; border: 1px solid {c.edge}; padding: {t.px(4)}px; }}
    QScrollArea[reads="true"] {{ border: 2px solid transparent; border-radius: {t.px(4)}px; padding: {t.px(5)}px; }}
    QScrollArea[reads="true"]:focus {{ border-color: {c.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: {t.px(7)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {t.px(7)}px; margin: 0; }}
    QScrollArea[kind="inner"] QScrollBar:vertical {{ width: {t.px(7) + t.px(9)}px; margin-left: {t.px(9)}px; }}
    QScrollBar::handle {{ background: {c.track_done}; border-radius: {t.px(3)}px; }}
    QScrollBar::handle:vertical {{ min-height: {t.px(32)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {t.px(32)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QFrame[kind="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
    """


def _texts(c: Colours, t: TypeSizes) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[kind="quiet"] {{ color: {c.quiet_ink}; }}
    QLabel[kind="small"] {{ color: {c.quiet_ink}; font-size: {t.small_pt}pt; }}
    QLabel[kind="medium"] {{ font-size: {t.medium_pt}pt; }}
    QLabel[kind="large"] {{ font-size: {t.large_pt}pt; }}
    QLabel[kind="heading"] {{ font-size: {t.heading_pt}pt; font-weight: 700; }}
    QLabel[kind="subheading"] {{ font-size: {t.medium_pt}pt; font-weight: 700; }}
    QLabel[kind="number"] {{ font-size: {t.number_pt}pt; font-weight: 300; }}
    QLabel[kind="key"] {{ font-family: {_CODE_FAMILIES}; font-size: {t.large_pt}pt; }}
    QLabel:disabled {{ color: {c.faint_ink}; }}
    """


def _buttons(c: Colours, t: TypeSizes) -> str:
    tall, wide, radius = t.px(7), t.px(18), t.px(8)
    return f"""
    QPushButton {{ background: transparent; color: {c.ink}; border: 1px solid {c.ink}; border-radius: {radius}px;
        padding: {tall}px {wide}px; {_ONE_LINE}; }}
    QPushButton:hover {{ background: {c.accent_soft}; }}
    QPushButton:pressed {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: {tall - 1}px {wide - 1}px; }}
    QPushButton:disabled {{ color: {c.faint_ink}; border-color: {c.line}; }}
    QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c.accent_pressed}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.ink}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.track_left}; color: {c.faint_ink};
        border-color: {c.track_left}; }}
    QPushButton[kind="large"], QPushButton[large="true"] {{ font-size: {t.medium_pt}pt; }}
    QPushButton[kind="quiet"] {{ border: none; border-bottom: 1px solid {c.quiet_ink}; border-radius: 0;
        color: {c.quiet_ink}; text-align: left; padding: {t.px(6)}px 0 0 0; margin-bottom: {t.px(6) + 1}px; }}
    QPushButton[kind="quiet"]:hover {{ color: {c.ink}; background: transparent; }}
    QPushButton[kind="quiet"]:focus {{ {_underlined(c)} }}
    QPushButton[kind="quiet"]:disabled {{ color: {c.faint_ink}; border-bottom-color: {c.faint_ink}; }}
    QPushButton[kind="place"] {{ border: 2px solid transparent; color: {c.quiet_ink}; text-align: left;
        padding: {t.px(7)}px {t.px(12)}px; }}
    QPushButton[kind="place"]:hover {{ color: {c.ink}; background: {c.accent_soft}; }}
    QPushButton[kind="place"]:checked {{ color: {c.ink}; font-weight: 700; background: {c.accent_soft}; }}
    QPushButton[kind="place"]:focus {{ border: 2px solid {c.accent}; }}
    QPushButton[kind="place"]:disabled {{ color: {c.faint_ink}; }}
    """


def _chips(c: Colours, t: TypeSizes) -> str:
    # Qt ignores a radius over half the height.
    tall, wide = t.px(5), t.px(13)
    return f"""
    QPushButton[kind="chip"] {{ border: 1px solid {c.edge}; border-radius: {t.px(12)}px;
        padding: {tall}px {wide}px; }}
    QPushButton[kind="chip"]:hover {{ border-color: {c.ink}; background: transparent; }}
    QPushButton[kind="chip"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton[kind="chip"]:focus {{ border: 2px solid {c.accent}; padding: {tall - 1}px {wide - 1}px; }}
    """


def _fields(c: Colours, t: TypeSizes) -> str:
    kinds = "QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox"
    focused = ", ".join(f"{kind}:focus" for kind in kinds.split(", "))
    disabled = ", ".join(f"{kind}:disabled" for kind in kinds.split(", "))
    pad = t.px(7)
    return f"""
    {kinds} {{ background: {c.field}; color: {c.ink}; border: 1px solid {c.edge}; border-radius: {t.px(6)}px;
        padding: {pad}px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    {focused} {{ border: 2px solid {c.accent}; padding: {pad - 1}px; }}
    QLineEdit, QSpinBox, QComboBox {{ {_ONE_LINE}; }}
    {disabled} {{ color: {c.faint_ink}; border-color: {c.line}; }}
    QPlainTextEdit[kind="code"] {{ font-family: {_CODE_FAMILIES}; }}
    QComboBox {{ combobox-popup: 0; padding-left: {pad + 2}px; padding-right: {t.px(24)}px; }}
    QComboBox:focus {{ padding-left: {pad + 1}px; }}
    QComboBox::drop-down {{ border: none; background: transparent; width: {t.px(24)}px; }}
    QComboBox::down-arrow {{ image: url(theme:arrow-down-{c.name}.svg); width: {t.px(12)}px; height: {t.px(12)}px; }}
    QToolButton[kind="calendar"] {{ border: none; background: transparent; image: url(theme:arrow-down-{c.name}.svg);
        padding: {t.px(8)}px {t.px(6)}px; min-width: {t.px(12)}px; max-width: {t.px(12)}px;
        min-height: {t.px(12)}px; max-height: {t.px(12)}px; }}
    QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{ background: {c.card}; color: {c.ink};
        border: 1px solid {c.edge}; border-radius: 0; padding: 0; outline: none;
        selection-background-color: {c.accent_soft}; selection-color: {c.ink}; }}
    QComboBox QAbstractItemView::item {{ min-height: 1.5em; padding: {t.px(3)}px {t.px(6)}px; }}
    QComboBox QAbstractItemView::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0 0 0 {pad}px; }}
    QSpinBox {{ padding: {pad}px {t.px(28)}px {pad}px {pad}px; }}
    QSpinBox:focus {{ padding: {pad - 1}px {t.px(28)}px {pad - 1}px {pad - 1}px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; background: transparent; width: {t.px(24)}px; }}
    QSpinBox::up-arrow {{ image: url(theme:arrow-up-{c.name}.svg); width: {t.px(10)}px; height: {t.px(10)}px; }}
    QSpinBox::down-arrow {{ image: url(theme:arrow-down-{c.name}.svg); width: {t.px(10)}px; height: {t.px(10)}px; }}
    """


def _underlined(c: Colours) -> str:
    """Return the focus of what has no frame and begins at the page's edge: a frame would stand out or push it in."""
    return f"background: {c.accent_soft}; border: none; border-bottom: 2px solid {c.accent};"


def _ticks(c: Colours, t: TypeSizes) -> str:
    side = t.px(16)
    return f"""
    QCheckBox, QRadioButton {{ spacing: {t.px(8)}px; padding: {t.px(3)}px {t.px(6)}px {t.px(3)}px 0; border: none;
        border-bottom: 2px solid transparent; }}
    QCheckBox:focus, QRadioButton:focus {{ {_underlined(c)} }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {c.faint_ink}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {side}px; height: {side}px;
        border: 1px solid {c.edge}; background: {c.field}; }}
    QCheckBox::indicator {{ border-radius: {t.px(4)}px; }}
    QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url(theme:tick-{c.name}.svg); }}
    QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url(theme:dot-{c.name}.svg); }}
    """


def _cards(c: Colours, t: TypeSizes) -> str:
    return f"""
    QFrame[kind="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: {t.px(12)}px; }}
    QFrame[kind="banner"] {{ background: {c.accent_soft}; border: 1px solid {c.accent}; border-radius: {t.px(8)}px; }}
    QFrame[kind="trouble"] {{ background: {c.trouble_paper}; border: 1px solid {c.trouble_edge};
        border-radius: {t.px(8)}px; }}
    QFrame[kind="navigation"] {{ background: {c.paper}; border: none; border-right: 1px solid {c.line}; }}
    """


def _lists(c: Colours, t: TypeSizes) -> str:
    return f"""
    QListView, QTableView, QTreeView {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line};
        padding: 1px; border-radius: {_INSIDE_CORNERS}px; gridline-color: {c.line}; outline: none;
        alternate-background-color: {c.card};
        selection-background-color: {c.accent_soft}; selection-color: {c.ink}; }}
    QListView:focus, QTableView:focus, QTreeView:focus {{ border: 2px solid {c.accent}; padding: 0; }}
    QListView::item, QTableView::item, QTreeView::item {{ padding: {t.px(6)}px; }}
    QHeaderView::section {{ background: {c.paper}; color: {c.quiet_ink}; border: none;
        border-bottom: 1px solid {c.line}; padding: {t.px(6)}px; }}
    QHeaderView::up-arrow {{ image: url(theme:arrow-up-{c.name}.svg); width: {t.px(10)}px; height: {t.px(10)}px; }}
    QHeaderView::down-arrow {{ image: url(theme:arrow-down-{c.name}.svg); width: {t.px(10)}px; height: {t.px(10)}px; }}
    QHeaderView, QTableCornerButton::section {{ background: {c.paper}; border: none; }}
    QMenu {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.edge}; padding: {t.px(4)}px; }}
    QMenu::item {{ padding: {t.px(6)}px {t.px(18)}px; }}
    QMenu::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}
    QMenu::item:disabled {{ color: {c.faint_ink}; }}
    QSlider::groove:horizontal {{ background: {c.track_left}; height: {t.px(6)}px; border-radius: {t.px(3)}px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: {t.px(3)}px; }}
    QSlider::handle:horizontal {{ background: {c.accent}; width: {t.px(16)}px; margin: -{t.px(5)}px 0;
        border-radius: {t.px(8)}px; border: 2px solid {c.card}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c.ink}; }}
    """


def _calendar(c: Colours, t: TypeSizes) -> str:
    return f"""
    QCalendarWidget {{ background: {c.paper}; border: 1px solid {c.edge}; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.paper}; }}
    QCalendarWidget QToolButton {{ color: {c.ink}; background: transparent; border: 2px solid transparent;
        border-radius: {t.px(6)}px; padding: {t.px(3)}px {t.px(8)}px; }}
    QCalendarWidget QToolButton:hover {{ background: {c.accent_soft}; }}
    QCalendarWidget QToolButton:focus {{ border-color: {c.accent}; }}
    QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
    QCalendarWidget QAbstractItemView {{ border: none; border-radius: 0; color: {c.ink};
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QCalendarWidget QAbstractItemView:focus {{ border: none; }}
    QCalendarWidget QAbstractItemView:disabled {{ color: {c.faint_ink}; }}
    QCalendarWidget QAbstractItemView::item {{ padding: 0; }}
    """
