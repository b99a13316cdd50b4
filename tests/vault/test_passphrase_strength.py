import pytest

from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault.passphrase_strength import PassphraseStrength, estimate, require_enough


@pytest.mark.parametrize(
    ("passphrase", "verdict"),
    [
        ("", PassphraseStrength.EMPTY),
        ("password", PassphraseStrength.WEAK),
        ("Balint2026", PassphraseStrength.WEAK),
        ("qwertyuiop", PassphraseStrength.WEAK),
        ("seven quiet herons by the mill", PassphraseStrength.STRONG),
        ("x" * 5000, PassphraseStrength.WEAK),
    ],
)
def test_a_passphrase_is_rated_by_how_it_would_be_guessed(passphrase, verdict):
    assert estimate(passphrase).verdict is verdict


def test_a_guessable_passphrase_is_refused():
    require_enough("seven quiet herons by the mill")
    with pytest.raises(Trouble):
        require_enough("summer2026")
    with pytest.raises(Trouble):
        require_enough("")
