"""Every exporter over a vault with a name in every field: what has one is refused, and our own words are no names."""

from __future__ import annotations

import pytest
from accounts import keep_six_weeks
from clocks import WoundClock
from every_exporter import RUNS, WALL, Bench, plainly_in
from planted_names import own_format, plant, questionnaire
from test_exits import DOOR_OF
from vaults import make_vault

from balint_desktop import i18n
from balint_desktop.domain.deidentify.file_texts import file_texts
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.study.doors import GATED
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.vault.name_gate import findings_in_outgoing

# Names that are words, and stand in headings and sentences of ours.
ALSO_WORDS = (
    *("Will May", "Mark Page", "Grace Hall", "Hope Ward", "June Day", "April Summers", "Rose Park", "Art Case"),
    *(
        "Penny Marsh",
        "Joy Young",
        "Glenn Close",
        "Frank Church",
        "Dean Fields",
        "Robin West",
        "Jack Story",
        "Faith Love",
    ),
)


pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    made = make_vault(tmp_path_factory.mktemp("planted") / "vault").open(WoundClock(wall=WALL))
    yield made
    made.close()


@pytest.fixture(scope="module")
def planted(vault):
    return plant(vault)


@pytest.fixture
def bench(vault, planted, tmp_path, monkeypatch, qtbot):
    return Bench(vault, tmp_path, monkeypatch, qtbot, own_format(planted), questionnaire(planted), planted=planted)


def test_every_exporter_with_a_gated_door_is_tried():
    assert {name for name, door in DOOR_OF.items() if door in GATED} <= set(RUNS)


@pytest.mark.parametrize("module", sorted(RUNS))
def test_each_field_that_is_in_a_file_is_found_there_and_no_other(bench, planted, module):
    left = bench.run(module)

    assert left
    for door, file, _group in left:
        inside = {field for field, name in planted.names.items() if plainly_in(file, name)}
        missed = [field for field in inside if not findings_in_outgoing(file, planted.known(field))]
        others = [one for field in planted.names.keys() - inside for one in planted.known(field)]

        assert (door, file.name, missed) == (door, file.name, [])
        assert findings_in_outgoing(file, others) == ()


@pytest.fixture
def clean(tmp_path, monkeypatch, qtbot):
    made = make_vault(tmp_path / "vault").open(WoundClock(wall=WALL))
    keep_six_weeks(made)
    yield Bench(made, tmp_path, monkeypatch, qtbot)
    made.close()


@pytest.fixture(params=["en", "de"])
def language(request):
    before = i18n.language()
    yield i18n.use([request.param])
    i18n.use([before])


@pytest.mark.parametrize("module", sorted(RUNS))
def test_no_word_of_ours_is_taken_for_a_name(language, clean, module):
    names = [KnownName(ParticipantCode(f"P{number}"), name) for number, name in enumerate(ALSO_WORDS, start=1)]

    left = clean.run(module)

    found = [
        (door.value, file.name, finding.part, _shown(file, finding))
        for door, file, _group in left
        for finding in findings_in_outgoing(file, names)
    ]
    assert left
    assert found == []


def _shown(file, finding):
    """Return what was found, for who mends it."""
    texts = [
        one.text for source in (file.data, *(text.encode() for text in file.made_of)) for one in _texts(file, source)
    ]
    places = slice(finding.begin, finding.end)
    return sorted(
        {text[max(0, finding.begin - 20) : finding.end + 20] for text in texts if text[places][:1].isupper()}
    )[:3]


def _texts(file, source):
    return [] if source.startswith(b"%PDF") else file_texts("page.html" if file.made_of else file.name, source)
