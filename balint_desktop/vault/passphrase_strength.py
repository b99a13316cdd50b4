"""Estimate passphrase strength with zxcvbn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.passphrase_text import tidy_passphrase

# Guesses, as powers of ten. One scrypt guess takes about a second on one machine; at 10^10 a thousand machines
# need months, which is where "enough" begins. The steps are this project's choice.
_ENOUGH = 10.0
_STRONG = 13.0
# zxcvbn's time grows with the length; characters beyond this many do not change the answer.
_MAX_CHARACTERS = 72
_LONGEST_S = 20.0


class PassphraseStrength(StrEnum):
    """The rating of an estimate."""

    EMPTY = "empty"
    WEAK = "weak"
    ENOUGH = "enough"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Strength:
    """A passphrase's strength: log10 of the number of guesses needed, and its rating."""

    guesses_log10: float
    verdict: PassphraseStrength


def estimate(passphrase: str) -> Strength:
    """Return how strong a passphrase is, once tidied."""
    passphrase = tidy_passphrase(passphrase)
    if not passphrase:
        return Strength(0.0, PassphraseStrength.EMPTY)
    from zxcvbn import zxcvbn  # noqa: PLC0415  its word lists take a while to load, and few starts need them

    guesses = float(zxcvbn(passphrase[:_MAX_CHARACTERS])["guesses_log10"])
    if guesses < _ENOUGH:
        return Strength(guesses, PassphraseStrength.WEAK)
    return Strength(guesses, PassphraseStrength.STRONG if guesses >= _STRONG else PassphraseStrength.ENOUGH)


def rate_in_child(passphrase: str) -> PassphraseStrength:
    """Return a passphrase's rating, made in a child process; in this one if no child can be had."""
    if not passphrase:
        return PassphraseStrength.EMPTY
    import subprocess  # noqa: PLC0415  the first page is painted without

    from balint_desktop.command import start_child  # noqa: PLC0415

    try:
        with start_child("strength") as child:
            try:
                answer, _errors = child.communicate(passphrase.encode("utf-8", "surrogatepass"), _LONGEST_S)
            except subprocess.TimeoutExpired:
                child.kill()
                raise
        return PassphraseStrength(answer.decode())
    except (OSError, ValueError, subprocess.SubprocessError):
        return estimate(passphrase).verdict


def require_enough(passphrase: str) -> None:
    """Raise Trouble WEAK_PASSPHRASE for a passphrase that could be guessed."""
    if estimate(passphrase).verdict in {PassphraseStrength.EMPTY, PassphraseStrength.WEAK}:
        raise Trouble(TroubleCode.WEAK_PASSPHRASE)
