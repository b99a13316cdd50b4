"""Export an approved text from its page: what for, where, in which form."""

from __future__ import annotations

import pytest
from approved_texts import approve
from kept_vaults import keep_session
from PySide6.QtWidgets import QMenu, QPushButton
from qt_events import process_events

from balint_desktop.domain.deidentify.approved_files import body_text
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.ui.deidentify.export_offer import ApprovedExportOffer


class Bench:
    def __init__(self, folder, messages, look_at, purposes):
        self.kept = keep_session(folder / "data", purposes=purposes)
        self.vault = self.kept.made.open()
        self.text = approve(self.vault, self.kept.recording)
        self.messages, self.path, self.asked = messages, None, []
        self.button = look_at(QPushButton("Export…"))
        self.offer = ApprovedExportOffer(lambda: self.vault, messages, self._ask)

    def _ask(self, _parent, _title, suggested, kinds):
        self.asked.append((suggested, kinds))
        return self.path

    def menu(self):
        self.button.activateWindow()
        self.button.setFocus()
        process_events()
        self.offer(self.kept.recording)
        process_events()
        return self.button.findChild(QMenu, "approved-export-menu")


@pytest.fixture
def bench(tmp_path, messages, look_at):
    made = []

    def begin(*purposes):
        made.append(Bench(tmp_path, messages, look_at, purposes))
        return made[0]

    yield begin
    for one in made:
        one.vault.close()


def test_only_what_everyone_agreed_to_is_offered_and_the_first_can_be_chosen_by_a_key(bench):
    menu = bench(Purpose.ANALYSIS, Purpose.SHARING).menu()

    assert [action.text() for action in menu.actions()] == ["For the study’s analysis…", "To share outside the study…"]
    assert menu.activeAction() is menu.actions()[0]
    menu.close()


def test_a_text_is_exported_in_the_form_that_was_chosen(bench, tmp_path):
    one = bench(Purpose.ANALYSIS)
    one.path = tmp_path / "mine.odt"
    menu = one.menu()
    (action,) = menu.actions()
    menu.close()
    action.trigger()

    assert body_text("mine.odt", one.path.read_bytes()) == one.text.text
    assert "not encrypted" in one.messages.last.text
    ((suggested, kinds),) = one.asked
    assert suggested == "balint-session-3-approved-v1.docx"
    assert [kind[kind.index("(") :] for kind in kinds] == ["(*.docx)", "(*.odt)", "(*.txt)", "(*.vtt)"]
    assert one.vault.log.audit.rows()[-1].act == "approved-text-exported"


def test_a_name_without_an_ending_becomes_a_word_document(bench, tmp_path):
    one = bench(Purpose.ANALYSIS)
    one.path = tmp_path / "mine.final"
    one.offer.save(one.button, one.kept.recording, Purpose.ANALYSIS)

    assert [path.name for path in tmp_path.glob("mine*")] == ["mine.final.docx"]


def test_where_nobody_asked_for_it_the_reason_is_said_and_no_menu_opens(bench):
    one = bench(Purpose.TRANSCRIPTION)

    assert one.menu() is None
    assert "Not everyone has agreed" in one.messages.last.text


def test_a_dialog_that_is_cancelled_writes_nothing(bench, tmp_path):
    one = bench(Purpose.ANALYSIS)
    before = one.vault.log.audit.rows()
    one.offer.save(one.button, one.kept.recording, Purpose.ANALYSIS)

    assert one.vault.log.audit.rows() == before
