"""Wording of the result of renewing keys."""

from __future__ import annotations

from balint_desktop.i18n import tr, tr_n


def renewed_words(left: int, rosters_left: int = 0) -> str:
    """Return that the keys are renewed, and whether the old one had to be kept."""
    if rosters_left and not left:
        return tr(
            "The new passphrase and recovery key hold. The names of a group could not be sealed to them, since their "
            "file is damaged, so the old key is kept inside the vault. Bring the file back from a backup, or destroy "
            "that roster on the group's page, then renew the keys once more."
        )
    if not left:
        return tr(
            "The keys are renewed. The old passphrase and the old recovery key open nothing here any more: destroy the "
            "old paper, and make a new backup."
        )
    return tr_n(
        "The new passphrase and recovery key hold. {n} recording could not be sealed to them, so the old key is kept "
        "inside the vault for it. Look at it under Recordings, then renew the keys once more.",
        "The new passphrase and recovery key hold. {n} recordings could not be sealed to them, so the old key is kept "
        "inside the vault for them. Look at them under Recordings, then renew the keys once more.",
        left,
    ).format(n=left)
