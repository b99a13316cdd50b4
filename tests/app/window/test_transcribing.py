"""Transcribing in the real window: it waits while a person leads, and while the keys are dropped by whatever."""

from __future__ import annotations

from datetime import date

import pytest
from desktop_bench import GROUP, DesktopBench
from vaults import seal_quickly

from balint_desktop import resources
from balint_desktop.domain.evaluation.written_part import FLOOR
from balint_desktop.domain.transcript.queue import WaitReason
from balint_desktop.ui.shell.shell import PlaceKey

TEXT = resources.text("questionnaires/written-part.toml")


@pytest.fixture
def bench(qapp, theme, tmp_path, qtbot, monkeypatch):
    seal_quickly(monkeypatch)
    made = DesktopBench(qapp, tmp_path / "data", qtbot, monkeypatch).open()
    yield made
    made.close()


def holds(bench):
    return bench.desktop.transcription.holds


def test_get_ready_comes_first_until_it_is_left(bench):
    bench.shell.show_place(PlaceKey.TODAY)
    bench.press("get-ready-g")
    assert holds(bench) == {WaitReason.SESSION}
    bench.shell.show_place(PlaceKey.TODAY)

    assert holds(bench) == frozenset()


def test_a_session_comes_first_also_while_another_place_is_looked_at(bench):
    bench.lead(record=False)
    bench.shell.show_place(PlaceKey.GROUPS)
    assert WaitReason.SESSION in holds(bench)
    bench.shell.show_place(PlaceKey.SESSION)
    bench.end()
    bench.press("to-debrief", "closing-done")

    assert WaitReason.SESSION not in holds(bench)


def test_while_the_laptop_is_passed_round_nothing_is_transcribed(bench):
    part = bench.vault.log.evaluation.open_part(GROUP.id, date(2026, 3, 4), TEXT, FLOOR)
    bench.desktop.handover.start(part, lambda: bench.shell.show_place(PlaceKey.GROUPS))
    assert holds(bench) == {WaitReason.LOCKED}
    bench.press("handed-facilitator")
    bench.unlock()

    assert holds(bench) == frozenset()


def test_after_a_lock_it_goes_on_with_the_passphrase(bench):
    bench.desktop.locking.lock()
    assert holds(bench) == {WaitReason.LOCKED}
    bench.unlock()

    assert holds(bench) == frozenset()


def test_after_a_session_whose_room_was_locked_it_waits_for_the_passphrase_that_brings_the_keys_back(bench):
    bench.lead(record=False)
    bench.desktop.locking.lock()
    bench.press("room-unlock")
    bench.unlock()
    bench.end()
    bench.press("to-debrief", "closing-done")
    assert holds(bench) == {WaitReason.LOCKED}
    bench.shell.show_place(PlaceKey.RECORDINGS)
    bench.unlock()

    assert holds(bench) == frozenset()
