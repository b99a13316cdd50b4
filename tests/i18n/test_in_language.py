"""What is said in the language of a text, while the window has another."""

from __future__ import annotations

import threading

import pytest

from balint_desktop import i18n
from balint_desktop.domain.transcript.transcript import LEADER
from balint_desktop.text.replacements import replacement_words
from balint_desktop.text.transcripts import approved_speaker_words


@pytest.fixture
def window():
    before = i18n.language()
    yield i18n.use
    i18n.use([before])


@pytest.mark.parametrize("tag", ["de", "en"])
def test_a_text_speaks_its_own_language_whatever_the_windows(window, tag):
    window([tag])
    with i18n.in_language("de"):
        assert (replacement_words("[place]"), approved_speaker_words(LEADER)) == ("[Ort]", "Gruppenleitung")
    with i18n.in_language("en-NZ"):
        assert (replacement_words("[place]"), approved_speaker_words(LEADER)) == ("[place]", "Facilitator")
    assert i18n.language() == tag


def test_a_language_that_the_app_lacks_is_english(window):
    window(["de"])
    with i18n.in_language("mi"):
        assert replacement_words("[place]") == "[place]"


def test_another_thread_goes_on_in_the_windows_language(window):
    window(["en"])
    said = []
    with i18n.in_language("de"):
        thread = threading.Thread(target=lambda: said.append(replacement_words("[place]")))
        thread.start()
        thread.join()

    assert said == ["[place]"]
