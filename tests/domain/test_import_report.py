import pytest

from balint_desktop.domain.import_report import Finding, ImportReport

REPORT = ImportReport("MP3", 20.0, 19.9, 40.0, 0.5, 2, 3.0, -20.5, 0.0, (Finding.DAMAGED, Finding.JOINED))


def test_a_report_survives_being_stored_as_text():
    assert ImportReport.from_json(REPORT.to_json()) == REPORT


def test_unknown_fields_of_a_later_version_are_ignored():
    assert ImportReport.from_json(REPORT.to_json() | {"mood": "calm"}) == REPORT


@pytest.mark.parametrize(
    "wrong",
    [
        {"read_s": "long"},
        {"kept_s": float("nan")},
        {"findings": ["odd"]},
        {"findings": 7},
        {"kind": None},
        {"takes": ""},
    ],
)
def test_text_that_is_no_report_is_refused(wrong):
    with pytest.raises(ValueError, match=r"report|Finding"):
        ImportReport.from_json(REPORT.to_json() | wrong)


def test_storing_clearly_less_than_was_read_is_damage():
    whole = ImportReport("WAV", 20.0, 20.0)

    assert whole.keeping(20.05).is_complete
    assert whole.keeping(19.95).is_complete
    assert whole.keeping(19.8).findings == (Finding.DAMAGED,)
    assert REPORT.keeping(10.0).findings == REPORT.findings
