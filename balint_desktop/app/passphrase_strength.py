"""How a passphrase is estimated before what estimates it is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balint_desktop.ui.widgets.passphrase import StrengthWords


def strength_of(passphrase: str) -> StrengthWords:
    """Estimate a passphrase; called in a thread, which is where zxcvbn's word lists are loaded."""
    from balint_desktop.ui.vault_access.strength import strength_words

    return strength_words(passphrase)
