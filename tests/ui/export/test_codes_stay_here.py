"""No exporter lets a code out, but for the doors that are named here with their reason."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from accounts import GROUP, keep_six_weeks
from clocks import WoundClock
from every_exporter import RUNS, WALL, Bench
from kept_sessions import P1
from vaults import make_vault

from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.vault.log.consents import ConsentCollection

_CODE = re.compile(r"(?<![A-Za-z0-9#&;/_.-])P[1-9][0-9]?\b")
# Rows as they were chained: with anything else in them no program could verify the trail.
_WITH_CODES = ".audit.json"
_MARKS = re.compile(r"</?w:\w[^>]*>|<[a-zA-Z/!?][^>]*>")

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def bench(tmp_path, monkeypatch, qtbot):
    vault = make_vault(tmp_path / "vault").open(WoundClock(wall=WALL))
    keep_six_weeks(vault)
    log = vault.log
    today = log.consents.today()
    log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.GIVEN, ConsentCollection(today))
    log.evaluation.save_score(GROUP, BareScore(P1, "Own", Occasion.BEFORE, 3.0))
    log.access.save(AccessRequest(RequestId(""), GROUP, "P4", "what is kept of P4", today), today)
    vault.members.set_left(GROUP, P1, None)
    yield Bench(vault, tmp_path, monkeypatch, qtbot)
    vault.close()


def shown_text(file):
    """Return everything that can be read in a file, by a reader that knows nothing of the app's own."""
    texts = [file.name, *file.made_of]
    if file.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            texts += [archive.read(one).decode() for one in archive.namelist()]
    elif not file.data.startswith(b"%PDF"):
        texts.append(file.data.decode("utf-8-sig"))
    return " ".join(_MARKS.sub(" ", text) for text in texts)


@pytest.mark.parametrize("module", sorted(RUNS))
def test_no_file_print_or_copy_has_a_code(bench, module):
    left = bench.run(module)

    assert left
    found = [
        (file.name, code)
        for _door, file, _group in left
        for code in _CODE.findall(shown_text(file))
        if not file.name.endswith(_WITH_CODES)
    ]
    assert found == []


def test_the_same_reader_finds_the_codes_that_are_let_out_for_a_reason(bench):
    left = bench.run("ui.group.reports.section")

    (trail,) = [file for _door, file, _group in left if file.name.endswith(_WITH_CODES)]
    assert P1 in _CODE.findall(shown_text(trail))


def test_files_with_people_have_study_numbers(bench):
    left = [*bench.run("ui.group.reports.section"), *bench.run("ui.group.reports.attendance_offer")]
    with_people = [file for _door, file, _group in left if ".by-number." in file.name]

    assert with_people
    for file in with_people:
        assert re.search(r"\bR[1-9]\b", shown_text(file)), file.name
