"""The session card before a session: whole where names can be checked, the format alone where they are locked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from accounts import GROUP, keep_six_weeks, six_weeks_group
from clocks import WoundClock
from planted_names import with_roster
from sessions import shipped
from vaults import make_vault

from balint_desktop.ui.export import printing
from balint_desktop.ui.session.flow import SessionFlow


class Bench:
    def __init__(self, vault, messages, printed):
        self.vault, self.printed, self.is_own = vault, printed, False
        self._vault = lambda: vault
        self._is_own_format = lambda _key: self.is_own
        self._deps = SimpleNamespace(messages=messages, formats=SimpleNamespace(load=shipped))

    def print(self, group):
        SessionFlow._print_card(self, None, "student-hour", group, "14:00")
        return "".join(self.printed)


@pytest.fixture
def bench(tmp_path, messages, monkeypatch):
    vault = make_vault(tmp_path / "vault").open(WoundClock())
    keep_six_weeks(vault)
    with_roster(vault, "Zoltan Fekete")
    printed = []
    monkeypatch.setattr(printing, "print_hour_card", lambda _parent, html: printed.append(html))
    yield Bench(vault, messages, printed)
    vault.close()


def test_a_card_is_printed_with_the_group_and_its_support(bench):
    html = bench.print(six_weeks_group())

    assert "Wednesday group: Student hour" in html


def test_a_card_with_a_name_is_not_printed(bench, messages):
    bench.vault.log.groups.save_group(replace(six_weeks_group(), name="Zoltan’s group"))

    assert bench.print(bench.vault.log.groups.group(GROUP)) == ""
    assert messages.last.text.startswith("The group’s name contains")


def test_while_names_are_locked_a_card_of_our_own_words_is_printed(bench, messages):
    bench.vault.lock()
    html = bench.print(six_weeks_group())

    assert "Student hour" in html
    assert "14:00" in html
    assert "Wednesday group" not in html
    assert messages.last is None


def test_while_names_are_locked_a_card_of_a_person_s_own_words_is_not(bench, messages):
    bench.vault.lock()
    bench.is_own = True

    assert bench.print(six_weeks_group()) == ""
    assert messages.last.text.startswith("Names are locked, so this cannot be checked for them.")
