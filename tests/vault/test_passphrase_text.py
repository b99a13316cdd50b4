"""A passphrase as people paste and type it: what cannot be seen does not count."""

from __future__ import annotations

import pytest
from vaults import PASSPHRASE, make_vault

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import opening
from balint_desktop.vault.passphrase_text import tidy_passphrase

PLAIN = "seven quiet herons"


@pytest.mark.parametrize(
    "pasted",
    [
        "seven quiet herons\n",
        "seven quiet herons\r\n",
        "\ufeffseven quiet herons",
        "  seven quiet herons \n ",
        "seven quiet\nherons",
        "seven quiet \r\n herons",
        "seven\u2028quiet\u2029herons",
        "\x85seven\x0bquiet\x0cherons\x1c",
    ],
)
def test_line_breaks_and_surrounding_spaces_do_not_count(pasted):
    assert tidy_passphrase(pasted) == PLAIN


def test_spaces_within_and_capital_letters_count():
    assert tidy_passphrase("Seven  quiet herons") == "Seven  quiet herons"


def test_an_accent_is_one_sign_however_the_keyboard_makes_it():
    assert tidy_passphrase("mu\u0308hle") == tidy_passphrase("m\u00fchle") == "m\u00fchle"


def test_tidying_twice_changes_nothing_more():
    assert tidy_passphrase(tidy_passphrase(" \ufeff a\n\u0308 ")) == tidy_passphrase(" \ufeff a\n\u0308 ")


@pytest.fixture
def made(tmp_path, quickly):
    return make_vault(tmp_path / "vault")


@pytest.fixture
def quickly(monkeypatch):
    monkeypatch.setattr("balint_desktop.sealed.passphrase.WORK_FACTOR", 10)


@pytest.mark.parametrize("typed", [PASSPHRASE, f"{PASSPHRASE}\n", f"\ufeff{PASSPHRASE}\r\n", f" {PASSPHRASE} "])
def test_a_passphrase_that_was_pasted_with_a_line_break_opens_when_typed(made, typed):
    opening.set_passphrase(made.folder, made.secret, f"{PASSPHRASE}\r\n")

    assert opening.secret_by_passphrase(made.folder, typed) == made.secret


@pytest.mark.parametrize("typed", ["mu\u0308hle am bach\n", " two  spaces ", "broken\nin two"])
def test_a_vault_of_an_earlier_version_opens_with_what_was_typed_then(made, monkeypatch, typed):
    monkeypatch.setattr(opening, "tidy_passphrase", str)
    opening.set_passphrase(made.folder, made.secret, typed)
    monkeypatch.setattr(opening, "tidy_passphrase", tidy_passphrase)

    assert opening.secret_by_passphrase(made.folder, typed) == made.secret


def test_a_wrong_passphrase_stays_wrong_however_it_was_typed(made):
    with pytest.raises(Trouble) as caught:
        opening.secret_by_passphrase(made.folder, "not it\n")

    assert caught.value.code is TroubleCode.WRONG_PASSPHRASE
