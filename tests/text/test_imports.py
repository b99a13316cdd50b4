import pytest

from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.text import imports
from balint_desktop.vault.log.transfers import ImportRow

HARMLESS = (Finding.MORE_THAN_SAID, Finding.UNFINISHED, Finding.JOINED, Finding.OPPOSED)


def report(*findings, **values):
    return ImportReport("WAV", 90.0, 90.0, findings=findings, **values)


def test_a_complete_file_is_reported_with_what_was_read_and_stored_and_may_be_wiped():
    assert imports.imported("ZOOM1.WAV", report()) == (
        "ZOOM1.WAV (WAV): 1 min 30 s read, 1 min 30 s imported and sealed. "
        "The whole file was imported. The original, ZOOM1.WAV, is still on the recorder, not encrypted. "
        "Delete it there."
    )


@pytest.mark.parametrize("finding", Finding)
def test_wiping_the_original_is_advised_only_if_all_of_it_is_here(finding):
    found = report(finding, said_s=60.0, takes=2)

    assert (finding in HARMLESS) == found.is_complete
    assert found.is_complete == imports.imported("a.wav", found).endswith("Delete it there.")
    assert found.is_complete or "Do not delete the original" in imports.imported("a.wav", found)


@pytest.mark.parametrize("finding", Finding)
def test_each_finding_has_one_sentence_shared_by_the_report_the_list_and_the_page(finding):
    found = report(finding, said_s=60.0, takes=2, lost_s=5.0, silent_s=30.0)
    (words,) = imports.findings(found)

    assert words.endswith(".")
    assert words in imports.imported("a.wav", found)
    assert words in imports.description(ImportRow("r", 0.0, "a.wav", wiped=False, report=found))


def test_a_header_that_understates_the_length_is_reported_with_both_lengths():
    assert imports.findings(report(Finding.MORE_THAN_SAID, said_s=5.0)) == [
        "The file states a length of 5 s but contains 1 min 30 s. All of it was read."
    ]


def test_a_truncated_file_is_reported_with_its_stated_length_if_any():
    assert "it states a length of 10 min" in imports.findings(report(Finding.CUT_SHORT, said_s=600.0))[0]
    assert "its end may be missing" in imports.findings(report(Finding.CUT_SHORT))[0]


def test_unreadable_sound_is_reported_with_its_length():
    assert "about 12 s of it could not be read" in imports.findings(report(Finding.DAMAGED, lost_s=12.0))[0]
    assert "a small part" in imports.findings(report(Finding.DAMAGED, lost_s=0.1))[0]


def test_joined_recordings_are_counted():
    assert imports.findings(report(Finding.JOINED, takes=3)) == [
        "It contained 3 recordings, one after another. All were read."
    ]


def test_for_a_silent_file_it_advises_listening_to_the_original():
    words = imports.imported("a.wav", report(Finding.SILENT))

    assert "silent from beginning to end" in words
    assert words.endswith("If it is silent there too, nothing is lost.")


def test_the_reminder_repeats_why_an_original_must_not_be_wiped_yet():
    whole = ImportRow("r", 0.0, "a.wav", wiped=False, report=report(Finding.JOINED, takes=2))
    doubtful = ImportRow("r", 0.0, "a.wav", wiped=False, report=report(Finding.CUT_SHORT))

    assert imports.reminder(whole).startswith("The whole file was imported.")
    assert imports.reminder(doubtful).startswith("The file is cut short")
    assert "Do not delete" in imports.reminder(doubtful)


def test_an_import_of_an_earlier_version_was_not_checked_and_must_be_heard_first():
    earlier = ImportRow("r", 0.0, "a.wav", wiped=False)

    assert "before you delete" in imports.reminder(earlier)
    assert "Delete it there" not in imports.reminder(earlier)
    assert "compare its length" in imports.description(earlier)
