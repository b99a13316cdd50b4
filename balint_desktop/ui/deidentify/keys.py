"""The keys of the page that de-identifies."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.key_names import key_name

NEXT, PREVIOUS, MARK, READ = "Ctrl+J", "Ctrl+Shift+J", "Ctrl+E", "Ctrl+Return"
NEXT_PAGE, PREVIOUS_PAGE = "Ctrl+PgDown", "Ctrl+PgUp"


def keys_line() -> str:
    """Return the keys and what they do on one line."""
    return tr("{next} next to decide · digits: the answers · {mark} mark selection").format(
        next=key_name(NEXT), mark=key_name(MARK)
    )


def all_keys() -> tuple[tuple[str, str], ...]:
    """Return every key with what it does, for the list that the page shows when asked."""
    both = tr("{one} and {other}")
    return (
        (both.format(one=key_name(NEXT), other=key_name(PREVIOUS)), tr("next and previous word to decide")),
        ("1…5", tr("the answers, in the text and in the list")),
        ("0", tr("leave it")),
        (key_name(MARK), tr("mark what is selected, or the word at the cursor")),
        (both.format(one=key_name("PgUp"), other=key_name("PgDown")), tr("up and down, then the page before or after")),
        (both.format(one=key_name(PREVIOUS_PAGE), other=key_name(NEXT_PAGE)), tr("previous and next page")),
        (key_name(READ), tr("I have read this page")),
        (both.format(one=key_name("Ctrl+Z"), other=key_name("Ctrl+Y")), tr("undo and redo")),
    )
