import pytest

from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault.passphrase_strength import PassphraseStrength, estimate, rate_in_child, require_enough


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


@pytest.mark.parametrize("passphrase", ["", "password", "Grüße, 日本 \udc80", "seven quiet herons by the mill"])
def test_a_child_process_gives_the_same_rating(passphrase):
    assert rate_in_child(passphrase) is estimate(passphrase).verdict


@pytest.mark.parametrize("command", [["/nowhere/balint-desktop"], ["false"], ["true"]])
def test_without_a_child_the_rating_is_made_here(monkeypatch, command):
    monkeypatch.setattr("balint_desktop.command.own_command", lambda *_: command)

    assert rate_in_child("password") is PassphraseStrength.WEAK
