"""The keys of coding: single signs while the text has the focus, and shortcuts anywhere on the page."""

from __future__ import annotations

from enum import Enum, auto

from balint_desktop.i18n import tr, tr_in
from balint_desktop.ui.widgets.key_names import key_name


class CodeAction(Enum):
    """What a key or a row of the menu does."""

    GIVE = auto()
    REPEAT = auto()
    BEGIN_BACK = auto()
    BEGIN_ON = auto()
    END_BACK = auto()
    END_ON = auto()
    MEMO = auto()
    SPLIT = auto()
    REMOVE = auto()
    NEXT = auto()
    PREVIOUS = auto()
    NEW = auto()
    RENAME = auto()
    MERGE = auto()
    NEST = auto()
    RETIRE = auto()
    UNDO = auto()
    REDO = auto()


SIGNS = {
    "k": CodeAction.GIVE,
    ";": CodeAction.REPEAT,
    "[": CodeAction.BEGIN_BACK,
    "]": CodeAction.BEGIN_ON,
    "{": CodeAction.END_BACK,
    "}": CodeAction.END_ON,
    "m": CodeAction.MEMO,
    "s": CodeAction.SPLIT,
    ".": CodeAction.NEXT,
    ",": CodeAction.PREVIOUS,
}
"""Signs that act while the text has the focus. The digits give the last codes."""
SHORTCUTS = {
    CodeAction.GIVE: "Ctrl+K",
    CodeAction.NEXT: "Ctrl+J",
    CodeAction.PREVIOUS: "Ctrl+Shift+J",
    CodeAction.NEW: "Ctrl+N",
    CodeAction.RENAME: "F2",
    CodeAction.MERGE: "Ctrl+Shift+M",
    CodeAction.NEST: "Ctrl+Shift+U",
    CodeAction.RETIRE: "Ctrl+Shift+R",
}
REPEATED = frozenset({CodeAction.NEXT, CodeAction.PREVIOUS})


def action_name(action: CodeAction, *, is_retired: bool = False) -> str:
    """Return what a row of the menu says. The code in hand may be retired already."""
    return {
        CodeAction.GIVE: tr("Code selection…"),
        CodeAction.REPEAT: tr("Repeat last code"),
        CodeAction.BEGIN_BACK: tr("Start one word earlier"),
        CodeAction.BEGIN_ON: tr("Start one word later"),
        CodeAction.END_BACK: tr("End one word earlier"),
        CodeAction.END_ON: tr("End one word later"),
        CodeAction.MEMO: tr("Memo"),
        CodeAction.SPLIT: tr("Split passage at cursor"),
        CodeAction.REMOVE: tr("Remove code from passage"),
        CodeAction.NEXT: tr("Next passage"),
        CodeAction.PREVIOUS: tr("Previous passage"),
        CodeAction.NEW: tr("New code…"),
        CodeAction.RENAME: tr("Rename code…"),
        CodeAction.MERGE: tr("Merge code…"),
        CodeAction.NEST: tr("Move code…"),
        CodeAction.RETIRE: tr("Use code again") if is_retired else tr("Retire code"),
        CodeAction.UNDO: tr("Undo"),
        CodeAction.REDO: tr("Redo"),
    }[action]


def keys_of(action: CodeAction) -> str:
    """Return the keys of an action, as its user reads them."""
    signs = [sign.upper() if sign.isalpha() else sign for sign, one in SIGNS.items() if one is action]
    if action in SHORTCUTS:
        signs.append(key_name(SHORTCUTS[action]))
    more = {
        CodeAction.REMOVE: tr_in("key", "Delete"),
        CodeAction.UNDO: key_name("Ctrl+Z"),
        CodeAction.REDO: key_name("Ctrl+Shift+Z"),
    }
    return (
        tr("{one} or {other}").format(one=signs[0], other=signs[1])
        if len(signs) > 1
        else (signs[0] if signs else more.get(action, ""))
    )


def keys_line() -> str:
    """Return the keys and what they do, on one line."""
    return tr(
        "K code · ; last code · 1–9 recent codes · [ ] move the start · {{ }} the end · M memo · {undo} undo"
    ).format(undo=key_name("Ctrl+Z"))
