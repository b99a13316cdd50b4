"""The page before a session is transcribed: it says what is so, and begins only what was chosen."""

import dataclasses

import accessible
import pytest
from correcting_bench import ROW
from qt_events import process_events

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.transcripts.before_page import BeforePage, honest_words
from balint_desktop.ui.transcripts.deps import ClosedBy, ModelChoice, TranscribeCard, TranscribeChoices, TranscriptWay

ENGLISH = ModelChoice("small.en", is_checked=True, languages=(("en", "English"),), estimate_s=840.0)
MANY = ModelChoice("uni-7", is_checked=False, languages=(("mi", "te reo Māori"), ("sm", "Gagana Sāmoa")))
CARD = TranscribeCard(
    dataclasses.replace(ROW, seconds=3120.0),
    frozenset({Purpose.RECORDING, Purpose.TRANSCRIPTION, Purpose.ANALYSIS}),
    ("Study B", "AB"),
    2460.0,
    (ENGLISH, MANY),
)


@pytest.fixture
def before(look_at, theme):
    def shown(card=CARD, **ways):
        given = {"imports": True, "opens_consents": True, "adds_models": True} | ways
        page = look_at(BeforePage(**given), 1000, 680)
        page.show_card(card)
        process_events()
        return page

    return shown


def seen(page):
    return {
        name
        for name in ("agreed", "readers", "missing", "estimate", "machine_button", "hand_button", "import_button")
        if getattr(page, name).isVisibleTo(page)
    }


def test_it_says_what_is_allowed_who_may_read_and_how_long_it_takes(before):
    page = before()
    page.model.choose(ENGLISH)

    assert page.agreed.text() == "Everyone in the room agreed to: Transcription, Analysis."
    assert page.readers.text() == "This vault can open the text, and so can Study B and AB."
    assert page.estimate.text() == (
        "About 14 min on this computer. The recording is 52 min long; people seem to speak for about 41 min of it."
    )


def test_of_a_silent_recording_it_says_that_no_one_seems_to_speak_and_names_no_nought(before):
    silent = dataclasses.replace(ENGLISH, estimate_s=16.0)
    page = before(dataclasses.replace(CARD, speech_s=0.0, models=(silent,)))
    page.model.choose(silent)

    assert page.estimate.text() == (
        "Less than a minute on this computer. The recording is 52 min long, and no one seems to speak in it."
    )


def test_where_it_is_not_known_how_much_is_speech_only_the_length_is_said(before):
    page = before(dataclasses.replace(CARD, speech_s=None))
    page.model.choose(ENGLISH)

    assert page.estimate.text() == "About 14 min on this computer. The recording is 52 min long."


def test_the_honest_statement_has_three_sentences_and_no_figure():
    assert honest_words().count(".") == 3
    assert not any(sign.isdigit() for sign in honest_words())


def test_nothing_begins_before_a_model_and_a_language_are_chosen(before):
    page = before()
    assert not page.machine_button.isEnabled()
    page.model.choose(MANY)
    assert page.language.value() is None
    assert not page.machine_button.isEnabled()
    page.language.choose("sm")

    assert page.machine_button.isEnabled()


def test_the_choices_go_with_the_beginning(before, qtbot):
    page = before()
    page.model.choose(ENGLISH)
    page.keep_awake.setChecked(True)
    with qtbot.waitSignal(page.begun) as begun:
        page.machine_button.click()

    assert begun.args == [TranscribeChoices(TranscriptWay.BY_MACHINE, "small.en", "en", keep_awake=True)]


def test_what_was_chosen_is_still_chosen_at_the_next_visit(before):
    page = before()
    page.model.choose(MANY)
    page.language.choose("sm")
    page.while_locked.setChecked(True)
    page.keep_awake.setChecked(True)
    page.show_card(CARD)

    assert (page.model.value(), page.language.value()) == (MANY, "sm")
    assert (page.while_locked.isChecked(), page.keep_awake.isChecked()) == (True, True)


def test_one_that_was_stopped_is_shown_as_it_was_begun_and_what_is_dropped_is_said_before(before):
    page = before()
    assert not page.stopped.isVisibleTo(page)
    begun = TranscribeChoices(TranscriptWay.BY_MACHINE, "uni-7", "mi", while_locked=True)
    page.show_card(dataclasses.replace(CARD, chosen=begun))
    assert (page.model.value(), page.language.value()) == (MANY, "mi")
    assert (page.while_locked.isChecked(), page.keep_awake.isChecked()) == (True, False)
    assert page.stopped.isVisibleTo(page)
    assert "With uni-7 and the same language it continues" in page.stopped.text()
    assert "what was transcribed so far is dropped" in page.stopped.text()

    page.model.choose(ENGLISH)
    page.while_locked.setChecked(False)
    page.show_card(dataclasses.replace(CARD, chosen=begun))
    assert (page.model.value(), page.while_locked.isChecked()) == (ENGLISH, False)


def test_by_hand_needs_no_choice(before, qtbot):
    page = before()
    with qtbot.waitSignal(page.begun) as begun:
        page.hand_button.click()

    assert begun.args == [TranscribeChoices(TranscriptWay.BY_HAND)]


def test_a_model_that_is_not_on_the_list_is_called_so(before):
    assert before().model.itemText(2) == "uni-7 (not checked by us)"


def closed(by, *, has_transcript=False):
    """Return the card of a session that is closed."""
    row = dataclasses.replace(CARD.row, closed=by, has_transcript=has_transcript)
    return dataclasses.replace(CARD, row=row, agreed=frozenset({Purpose.RECORDING}))


@pytest.mark.parametrize(
    ("by", "has_transcript", "sentence"),
    [
        (ClosedBy.WITHDRAWN, True, "someone has withdrawn since. The transcript still exists and stays closed."),
        (ClosedBy.WITHDRAWN, False, "someone has withdrawn since. This session cannot be transcribed any more."),
        (ClosedBy.GRADES, True, "Until their grades are final, this session stays closed."),
        (ClosedBy.ASSESSMENT, True, "until you say whether you also assess these students."),
    ],
)
def test_it_says_why_a_session_is_closed_as_it_is_and_names_no_one(before, by, has_transcript, sentence):
    page = before(closed(by, has_transcript=has_transcript))

    assert sentence in page.agreed.text()
    assert "Not everyone" not in page.agreed.text()
    assert seen(page) == {"agreed"}
    assert page.consents_button.isVisibleTo(page)


def test_without_consent_nothing_is_offered_and_nobody_is_named(before, qtbot):
    page = before(closed(ClosedBy.NOT_AGREED))

    assert page.agreed.text() == (
        "Not everyone in the room agreed to transcription, so this session cannot be transcribed."
    )
    assert seen(page) == {"agreed"}
    with qtbot.waitSignal(page.consents_asked):
        page.consents_button.click()


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (dataclasses.replace(CARD, has_engine=False), "a part that is not installed: balint-desktop-transcribe"),
        (dataclasses.replace(CARD, models=()), "needs a model, and none has been added yet"),
    ],
)
def test_without_the_engine_or_a_model_one_sentence_says_so_and_the_rest_goes_on(before, card, sentence):
    page = before(card)

    assert sentence in page.missing.text()
    assert seen(page) == {"agreed", "readers", "missing", "hand_button", "import_button"}
    assert page.add_model_button.isVisibleTo(page) is card.has_engine


def test_what_leads_nowhere_is_not_offered(before):
    page = before(imports=False)

    assert "import_button" not in seen(page)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.CONTRAST])
def test_it_is_named_in_order_and_reachable(before, theme, scale, appearance):
    theme.choose(appearance)
    theme.set_scale(scale)
    page = before()
    page.model.choose(ENGLISH)
    process_events()

    assert accessible.nameless(page) == []
    assert accessible.out_of_reading_order(page) == []
    assert accessible.unreachable(page) == []
