"""The first evening in the shipped window: from an empty folder to a session that is recorded, counted in presses.

By mouse alone and by keyboard alone. A press is a click or a key that is no part of what a field is filled with, Tab
among them; a field is one that is typed into.
"""

from __future__ import annotations

import pytest
from counted_hand import CountedHand
from desktop_bench import running_desktop
from PySide6.QtWidgets import QLabel
from vaults import seal_quickly
from virtual_microphone import microphone

from balint_desktop.data_folder import DataFolder
from balint_desktop.session.recording_controller import ProcessState

__all__ = ["microphone"]
pytestmark = [pytest.mark.journey, pytest.mark.audio]
PASSPHRASE = "seven quiet herons by the mill"
LIMIT = 45


@pytest.fixture
def desktop(qapp, tmp_path, qtbot, monkeypatch, microphone):
    seal_quickly(monkeypatch)
    with running_desktop(qapp, DataFolder(tmp_path / "data"), qtbot) as made:
        made.start()
        made.shell.resize(1280, 720)
        made.shell.activateWindow()
        yield made


def reads(desktop, name):
    return desktop.shell.findChild(QLabel, name).text()


def set_up(desktop, hand, qtbot):
    """Choose a passphrase, write down the key and type two blocks of it back."""
    hand.press("set-up")
    hand.type("passphrase-first", PASSPHRASE)
    hand.type("passphrase-second", PASSPHRASE)
    qtbot.waitUntil(lambda: bool(reads(desktop, "passphrase-strength")))
    hand.press("passphrase-next")
    qtbot.waitUntil(lambda: desktop.shell.gate.type_back_page is not None)
    gate = desktop.shell.gate
    blocks = [reads(desktop, f"recovery-group-{number}") for number in gate.type_back_page.asked]
    hand.press("recovery-next")
    return list(zip(gate.type_back_page.asked, blocks, strict=True))


def print_count(hand):
    count = hand.count
    print(f"{count.presses} presses, {count.fields} fields, {count.words} words", *count.steps, sep="\n")


@pytest.mark.parametrize("keyboard", [False, True], ids=["by mouse", "by keyboard"])
def test_the_road_from_the_key_to_the_session_takes_at_most_45_presses_and_fields(desktop, qtbot, keyboard):
    shell, vault = desktop.shell, desktop.context.vault
    blocks = set_up(desktop, CountedHand(shell, keyboard=keyboard), qtbot)

    hand = CountedHand(shell, keyboard=keyboard)
    for number, block in blocks:
        hand.type(f"type-back-group-{number}", block)
    hand.press("type-back-done")
    qtbot.waitUntil(lambda: vault.is_open and shell.gate is None)
    hand.type("group-name", "Block B")
    hand.press("everyone-agreed-yes")
    hand.press("group-save")
    (group,) = vault.current.log.groups.groups()
    assert len(vault.current.log.dates.plan(group.id)) == 6
    hand.press("dates-ready")
    page = desktop.session.flow.page
    qtbot.waitUntil(page.can_record)
    hand.press("open-room")
    hand.press("begin")
    hand.press("recording-start")
    hand.press("say-start-act")

    session = desktop.session.flow.session
    qtbot.waitUntil(lambda: session.recording.controller.state is ProcessState.RUNNING)
    print_count(hand)
    assert hand.count.presses_and_fields <= LIMIT
