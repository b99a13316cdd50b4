"""Nothing leaves the vault by a way that the table of doors does not name."""

from __future__ import annotations

import exits
import pytest

from balint_desktop.domain.study.doors import DOORS, FILES, GATED, Agreed, Door

# A new way out is a line here, with its door in domain/study/doors.py. None is below the gate: what writes for others.
DOOR_OF = {
    "app.analysis_place": Door.APPROVED_FILE,
    "app.first_start": Door.RECOVERY_KEY,
    "app.group_sections": Door.QUESTIONNAIRE_SHEET,
    "cli.recordings": Door.SOUND_FILE,
    "cli.transcripts": Door.TRANSCRIPT,
    "cli.vault": Door.BACKUP,
    "recordings.export": None,
    "reports.analysis.export": Door.ANALYSIS_REPORT,
    "reports.analysis.coder_export": Door.APPROVED_FILE,
    "reports.approved_text.export": Door.APPROVED_FILE,
    "recordings.service": Door.SOUND_FILE,
    "recordings.transfer": Door.SEALED_COPY,
    "ui.accreditation.record_section": Door.LEADER_RECORD,
    "ui.accreditation.review_summary": Door.OWN_REVIEW,
    "ui.analysis.report_page": Door.ANALYSIS_REPORT,
    "ui.export.export_file": None,
    "ui.export.hour_card": None,
    "ui.export.printing": None,
    "ui.group.consents.ethics_file": Door.CONSENT_COUNTS,
    "ui.group.consents.form_page": Door.CONSENT_FORM,
    "ui.group.evaluation.scores": Door.SCORES,
    "ui.group.evaluation.section": Door.QUESTIONNAIRE_SHEET,
    "ui.group.members.export_names": Door.NAMES,
    "ui.group.reports.attendance_offer": Door.ATTENDANCE,
    "ui.group.reports.card_offer": Door.CARD,
    "ui.group.reports.certificate_form": Door.CERTIFICATE,
    "ui.group.reports.methods_box": Door.METHODS,
    "ui.group.reports.section": Door.GROUP_REPORT,
    "ui.log.export": Door.LOG,
    "ui.ready.ready": Door.CARD,
    "ui.recordings.place": Door.SOUND_FILE,
    "ui.recordings.share": Door.SEALED_COPY,
    "ui.session.flow": Door.CARD,
    "ui.settings.floor_card": Door.FLOOR_CARD,
    "ui.settings.reader_key": Door.READER_KEY,
    "ui.settings.renewal": Door.RECOVERY_KEY,
    "ui.shell.preferences": None,
    "ui.transcripts.remembered": None,
    "ui.vault_access.first_start": Door.RECOVERY_KEY,
    "ui.widgets.clipboard": None,
    "ui.widgets.table": Door.COPIED_ROWS,
    "ui.widgets.table_memory": None,
    "vault.backup": Door.BACKUP,
    "vault.coding_files": Door.CODING_PARCEL,
    "vault.transfer": Door.SEALED_COPY,
}
# Asked one call further down, by the function that they call for it.
ASKED_BELOW = {
    "recordings.transfer": "plan_share",
    "ui.recordings.share": "begin_share",
    "vault.coding_files": "sealed_parcel",
}
# Printed one call further up, by the function that was given to them.
GATED_ABOVE = {"ui.group.evaluation.section": "app.group_sections", "ui.ready.ready": "ui.session.flow"}
# Given to a page that asks before it calls it.
PRINTS_FOR_A_PAGE = {"app.group_sections": {"print_text"}}
SOURCES = {name.removeprefix("balint_desktop."): source for name, source in exits.sources().items()}


def test_every_way_out_has_its_door():
    found = {name for name, source in SOURCES.items() if exits.is_exit(source)}

    # The place Recordings writes through its service, in another thread.
    assert found | {"ui.recordings.place"} == set(DOOR_OF)


@pytest.mark.parametrize("name", [name for name, door in DOOR_OF.items() if door is not None])
def test_a_way_out_whose_door_asks_for_consent_goes_through_the_gate(name):
    if DOORS[DOOR_OF[name]].agreed is Agreed.NOT_ASKED:
        return
    wanted = {ASKED_BELOW[name]} if name in ASKED_BELOW else exits.GATE

    assert exits.calls(SOURCES[name]) & wanted


@pytest.mark.parametrize("asked", ASKED_BELOW.values())
def test_what_is_said_to_ask_one_call_further_down_asks_the_gate(asked):
    (source,) = [source for source in SOURCES.values() if f"def {asked}(" in source]

    assert exits.calls(source) & (exits.GATE | set(ASKED_BELOW.values()) - {asked})


@pytest.mark.parametrize("name", [name for name, door in DOOR_OF.items() if door in GATED])
def test_a_way_out_whose_door_is_gated_asks_the_gate_of_names_before_it_writes(name):
    source = SOURCES[GATED_ABOVE.get(name, name)]

    assert exits.calls(source) & (exits.NAME_GATE | exits.ASKS_ITSELF)
    assert exits.ungated_writing(source) <= PRINTS_FOR_A_PAGE.get(GATED_ABOVE.get(name, name), set())


def test_what_writes_for_others_asks_the_gate_of_names_itself():
    assert exits.ungated_writing(SOURCES["ui.export.export_file"]) == set()
    # Its one guard is asked by `may_copy`, in whose absence there is no vault.
    assert exits.ungated_writing(SOURCES["ui.widgets.clipboard"]) == {"copy_text", "copy_mime"}


@pytest.mark.parametrize("name", ["ui.recordings.place", "cli.recordings"])
def test_a_sound_file_asks_the_gate_of_names_about_its_name_and_its_tags(name):
    assert "pass_names" in exits.calls(SOURCES[name])


@pytest.mark.parametrize(
    "lines",
    [
        "write_new(path, (data,))\n    pass_names(door, files)",
        "QGuiApplication.clipboard().setText(words)",
        "if asked:\n        print_hour_card(parent, html)",
    ],
)
def test_writing_before_the_gate_is_asked_is_found(lines):
    assert exits.ungated_writing(f"def leave():\n    {lines}\n") == {"leave"}


def test_writing_after_the_gate_was_asked_is_gated():
    assert exits.ungated_writing("def leave():\n    pass_names(door, files)\n    write_new(path, data)\n") == set()


def test_every_kind_of_file_that_is_offered_has_its_door():
    offered = set().union(*(exits.kinds_of_files(source) for source in SOURCES.values()))

    assert offered
    assert offered <= set(FILES)


@pytest.mark.parametrize(
    "line",
    [
        "write_new(path, (data,))",
        "paper.save_pdf(path, html, title)",
        "QGuiApplication.clipboard().setText(words)",
        "self._deps.export.save(self, stem, forms)",
        "(folder / 'notes.txt').write_text(words)",
        "plan_share(vault, recording, purpose, into, clock)",
    ],
)
def test_a_way_out_is_found_in_whatever_form_it_is_written(line):
    assert exits.is_exit(f"def leave():\n    {line}\n")


def test_what_writes_nothing_is_no_way_out():
    assert not exits.is_exit("def stay(label):\n    label.setText('words')\n    save(label)\n")
