"""Wording of a passphrase's strength."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.ui.vault_access.passphrase_fields import StrengthWords
from balint_desktop.vault.passphrase_strength import PassphraseStrength, rate_in_child


def strength_words(passphrase: str) -> StrengthWords:
    """Estimate a passphrase's strength; called in a thread, since it waits for a child process."""
    rating = rate_in_child(passphrase)
    verdict_words = {
        PassphraseStrength.EMPTY: "",
        PassphraseStrength.WEAK: tr("This could be guessed. Add an unrelated word or two."),
        PassphraseStrength.ENOUGH: tr("Good enough."),
        PassphraseStrength.STRONG: tr("Strong."),
    }[rating]
    return StrengthWords(verdict_words, rating in {PassphraseStrength.ENOUGH, PassphraseStrength.STRONG})
