"""Redaction in the background after an unlock: reported once, never during a session."""

import pytest
import window_fakes as fakes
from desktop_bench import running_desktop
from kept_vaults import kept
from PySide6.QtWidgets import QLabel
from vaults import PASSPHRASE

from balint_desktop.app.redaction import redact_in_background, redact_recordings
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.redact_vault import RedactionResult
from balint_desktop.sealed.reading import sha256_of
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["kept"]


@pytest.fixture
def desktop(qapp, theme, kept, qtbot):
    with running_desktop(qapp, DataFolder(kept.data), qtbot) as made:
        made.start()
        yield made


def unlock(desktop, qtbot):
    gate = next(g for g in desktop.shell.findChildren(Unlock) if g.isVisible())
    gate.secret.setText(PASSPHRASE)
    gate.open_button.click()
    qtbot.waitUntil(lambda: desktop.shell.current is PlaceKey.TODAY)


def enter(desktop, kept):
    """Enter as after an unlock, without the deliberate cost of a passphrase. Nothing is redacted yet."""
    desktop.context.vault.unlock(kept.made.secret)
    desktop.places.open()


def redact(desktop):
    redact_in_background(desktop.context, desktop.shell, desktop.session)


def said(desktop):
    return desktop.context.messages.last.text if desktop.context.messages.last is not None else ""


def condition(table):
    return table.rows.index(0, 4).data()


def cuts_in(desktop):
    return [row for row in desktop.context.vault.current.log.audit.rows() if row.act == AuditAct.PART_CUT]


def test_after_unlocking_redacted_sound_is_removed_and_reported_in_one_banner(desktop, kept, qtbot):
    before = sha256_of(kept.folder / "01")

    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(said(desktop)))

    assert said(desktop) == "The removed stretch (2 s) has now been deleted from the recording."
    assert len(cuts_in(desktop)) == 1
    assert sha256_of(kept.folder / "01") != before


def test_the_second_unlock_removes_nothing_and_reports_nothing(desktop, kept, qtbot):
    enter(desktop, kept)
    redact(desktop)
    qtbot.waitUntil(lambda: bool(said(desktop)))
    desktop.locking.lock()
    enter(desktop, kept)
    redact(desktop)
    qtbot.waitUntil(lambda: not desktop.context.work.busy)

    assert said(desktop) == ""
    assert len(cuts_in(desktop)) == 1


def test_after_locking_at_once_the_vault_opens_and_is_redacted_the_next_time(desktop, kept, qtbot):
    enter(desktop, kept)
    redact(desktop)
    desktop.locking.lock()
    qtbot.waitUntil(lambda: not desktop.context.work.busy)
    enter(desktop, kept)
    redact(desktop)
    qtbot.waitUntil(lambda: not desktop.context.work.busy)

    assert len(cuts_in(desktop)) == 1


def test_the_list_in_view_is_updated(desktop, kept, qtbot):
    enter(desktop, kept)
    desktop.shell.show_place(PlaceKey.RECORDINGS)
    place = desktop.shell.place(PlaceKey.RECORDINGS)
    table = place.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    assert condition(table) == "readable; 4 s not recorded; removed stretch: deleted at the next unlock"

    redact(desktop)
    qtbot.waitUntil(lambda: condition(table) == "readable; 4 s not recorded")

    place.show_recording(kept.recording)
    qtbot.waitUntil(place.page.player.isVisible)
    assert "removed" in place.findChild(QLabel, "recording-silent").text()
    place.page.verify_button.click()
    verdict = place.findChild(QLabel, "recording-verdict")
    qtbot.waitUntil(verdict.isVisible)
    assert verdict.text().startswith("Readable, but 4 s were not recorded.")


def test_nothing_is_removed_once_a_session_runs(desktop, kept, qtbot):
    enter(desktop, kept)
    group = fakes.some_groups()[0]
    desktop.context.vault.current.log.groups.save_group(group)
    desktop.context.vault.current.begin_session()

    redact(desktop)

    assert not desktop.context.work.busy
    assert cuts_in(desktop) == []


@pytest.mark.parametrize(
    ("cuts", "may_speak", "expected"),
    [
        (RedactionResult(1, 60.0), True, "The removed minute has now been deleted from the recording."),
        (RedactionResult(2, 119.6), True, "The removed stretch (2 min) has now been deleted from the recording."),
        (RedactionResult(1, 60.0), False, None),
        (RedactionResult(), True, None),
    ],
)
def test_the_banner_is_quiet(work, qtbot, cuts, may_speak, expected):
    messages = Messages()
    redact_recordings(lambda: cuts, work, messages, lambda: may_speak)
    qtbot.waitUntil(lambda: not work.busy)

    assert (messages.last.text if messages.last else None) == expected


def test_a_disk_error_is_reported_with_what_is_safe(work, qtbot):
    def refused():
        raise Trouble(TroubleCode.DISK_FULL, folder="/vault")

    messages = Messages()
    redact_recordings(refused, work, messages, lambda: True)
    qtbot.waitUntil(lambda: not work.busy)

    assert "full" in messages.last.text
