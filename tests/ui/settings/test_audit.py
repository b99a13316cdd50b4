"""The audit trail in Settings: displayed, verified, its words found again; and the storage overview."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP
from kept_vaults import kept, vault
from PySide6.QtCore import Qt
from qt_events import process_events

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import audit
from balint_desktop.ui.settings.audit import AuditDeps, AuditSection
from balint_desktop.ui.widgets.table import TableMemory
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["kept", "vault"]


@pytest.fixture
def section(vault, messages, look_at):
    log = vault.log
    care = AuditDeps(
        lambda: audit.lines(log),
        log.audit.count,
        log.audit.broken_at,
        log.audit.head_words,
        log.audit.find_row,
        TableMemory(),
    )
    return look_at(AuditSection(care, messages))


def cells(table, row):
    return [table.model().index(row, column).data() for column in range(table.model().columnCount())]


def test_the_trail_shows_what_was_done_when_and_in_which_session(section, vault, kept, qtbot):
    vault.destroy(kept.recording, "its time is over", witness="coordinator")
    section.show_button.setFocus()
    qtbot.keyClick(section.show_button, Qt.Key.Key_Space)

    newest = cells(section.table, 0)
    assert newest[2:] == ["A recording was destroyed", "Wednesday group, session 3"]
    assert int(newest[0]) == vault.log.audit.count()
    shown = [cells(section.table, row)[2] for row in range(section.table.model().rowCount())]
    assert shown[-1] == "The vault was created"
    assert "The retention period and witness of a destruction were recorded" in shown
    assert section.table.hasFocus()


def test_an_act_without_its_own_words_is_shown_by_its_name():
    assert audit.act_label("colleague-noted") == "A colleague was saved"
    # The names of acts are those that vaults already hold; each has a label in today's words.
    assert [act for act in AuditAct if audit.act_label(act) == act.replace("-", " ").capitalize()] == []
    assert audit.act_label("of-a-later-version") == "Of a later version"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("parcel", "A sealed coding file was received"),
        ("word", "A Word copy was received from a coder, and sealed here"),
        ("paper", "What was typed from a coder’s print was sealed here"),
        ("project", "A coder’s project of other software was received, and sealed here"),
        ("of-a-later-version", "A coding file was received"),
    ],
)
def test_what_came_from_a_coder_is_said_as_what_it_is(vault, kind, words):
    vault.log.audit.add(AuditAct.CODING_PARCEL_RECEIVED, {"study": "s", "file": "f", "kind": kind})

    assert audit.lines(vault.log)[0].act == words


def test_verifying_checks_the_chain_and_shows_eight_words_to_write_down(section, vault):
    section.verify()

    assert "The audit trail is intact" in section.verdict.text()
    assert section.head.text().split() == list(vault.log.audit.head_words())
    assert section.head.isVisible()


def test_an_error_before_is_not_beside_what_verifying_found(section, messages):
    messages.trouble(Trouble(TroubleCode.DISK_FULL, folder="/x"))
    process_events()
    section.verify()

    assert section.verdict.isVisible()
    assert messages.last is None


def test_a_changed_trail_is_reported_by_row_and_offers_no_words(section, vault):
    vault.log._database.run("UPDATE audit SET told = '{}' WHERE place = 3")
    section.verify()

    assert "is broken from row 3 on" in section.verdict.text()
    assert not section.head.isVisible()


def test_words_written_down_earlier_are_found_however_they_are_typed(section, vault, qtbot):
    vault.log.audit.add(AuditAct.BACKUP_MADE, {})
    words, place = vault.log.audit.head_words(), vault.log.audit.count()
    vault.log.groups.save_group(vault.log.groups.group(GROUP))
    vault.log.audit.add(AuditAct.BACKUP_MADE, {})
    qtbot.keyClicks(section.earlier, ", ".join(words).upper())
    qtbot.keyClick(section.earlier, Qt.Key.Key_Return)
    assert f"row {place}." in section.found.text()

    section.earlier.setText(" ".join(reversed(words)))
    section.find_words()
    assert "Not found" in section.found.text()


def test_leaving_settings_releases_the_trail(section):
    section.show_trail()
    section.earlier.setText("some words")
    section.forget()

    assert section.table.model().rowCount() == 0
    assert section.earlier.text() == ""
