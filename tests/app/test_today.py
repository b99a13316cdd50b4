"""The controller of Today: which way to the vault it offers, and that its buttons lead where they say."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QPushButton

from balint_desktop.app.today import build_today
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId


@pytest.fixture
def gate():
    """Counts the requests for the gate."""
    return []


@pytest.fixture
def today(app, session, gate, qtbot):
    def build(*, timer_only=False):
        made = build_today(
            app.context,
            app.shell,
            session,
            TranscriptionHost(app.context),
            open_gate=lambda: gate.append("gate"),
            import_coding_file=lambda: None,
            timer_only=timer_only,
        )
        qtbot.addWidget(made)
        made.enter_view()
        return made

    return build


def way(place):
    found = place.findChild(QPushButton, "way-to-vault")
    return found.text() if found is not None else None


def test_a_locked_vault_can_be_opened_from_today(today, gate):
    place = today()
    assert way(place) == "Unlock"
    place.findChild(QPushButton, "way-to-vault").click()

    assert gate == ["gate"]


def test_without_a_vault_one_can_be_set_up(app, today):
    shutil.rmtree(app.data.vault)

    assert way(today()) == "Set up a vault"


def test_timer_only_mode_mentions_no_vault(today):
    assert way(today(timer_only=True)) is None


@pytest.mark.parametrize(
    ("signal", "asked"),
    [
        (lambda place: place.get_ready_asked.emit("g"), [("get_ready", "g")]),
        (lambda place: place.without_group_asked.emit(), ["try_it_now"]),
        (lambda place: place.return_asked.emit(), ["return_to_unfinished"]),
    ],
)
def test_starting_from_today_goes_through_the_session(app, session, today, signal, asked):
    assert app.vault
    signal(today())

    assert session.calls == asked


def test_presenters_are_hidden_while_a_room_is_open(app, session, today):
    app.vault.log.groups.save_group(Group(GroupId("g"), "Block B"))
    place = today()
    assert place._presented(GroupId("g")) is not None
    session.open_room()

    assert place._presented(GroupId("g")) is None
