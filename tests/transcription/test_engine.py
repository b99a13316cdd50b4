"""The real engine on real and synthetic speech: what it understands, and what it leaves to a person."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from spoken import TWO_CITIES, joined, noise, read_aloud, seconds, silence, spoken, word_error_rate
from transcription.heard import Memory, engine_command, hear, own_code_first, text_of
from transcription_material import model_folder, speech_text

from balint_desktop.domain.transcript.machine_text import Verdict
from balint_desktop.domain.transcript.transcript import WordKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.engine_handle import EngineHandle

TE_REO = (
    "Tēnā koutou katoa. Ko te mea nui o te ao, he tangata. I haere mai te whānau ki te hōhipera, ā, i noho tahi mātou"
    " i te pō katoa. I pōuri tōku ngākau mō te kuia rā, nō reira i karakia mātou."
)


def test_read_english_is_understood_almost_to_the_word(engine):
    store, _ = hear(engine, read_aloud("two_cities"))

    assert {piece.verdict for piece in store.pieces.values()} == {Verdict.UNDERSTOOD}
    assert word_error_rate(TWO_CITIES, text_of(store)) <= 0.05


def test_two_people_on_the_telephone_are_understood_for_the_most_part(engine):
    said = " ".join(
        line.split(maxsplit=6)[-1]
        for line in speech_text("telephone.stm").read_text(encoding="utf-8").splitlines()
        if not line.startswith(";;")
    )
    store, _ = hear(engine, read_aloud("telephone"))

    assert word_error_rate(said, text_of(store)) <= 0.30


def test_in_noise_nothing_is_heard(engine):
    store, text = hear(engine, noise(20))

    assert store.pieces == {}
    assert text.turns == ()


def test_words_between_noise_stand_where_they_were_said(engine):
    words = "The doctor sat down beside her and waited for a long time."
    store, text = hear(engine, joined(noise(10), spoken(words), noise(10, seed=2)))

    assert word_error_rate(words, text_of(store)) <= 0.2
    first, last = text.turns[0].words[0], text.turns[-1].words[-1]
    said = seconds(spoken(words))
    assert first.from_ms == pytest.approx(10_000, abs=300)
    assert last.until_ms == pytest.approx(10_000 + 1000 * said, abs=600)


def test_another_language_is_not_understood_and_nothing_is_invented_in_the_text(engine):
    store, text = hear(engine, spoken(TE_REO, voice="mi", speed=140))

    assert {piece.verdict for piece in store.pieces.values()} == {Verdict.NOT_UNDERSTOOD}
    assert {word.kind for turn in text.turns for word in turn.words} == {WordKind.NOT_UNDERSTOOD}


def test_a_sound_that_ends_in_a_breath_of_speech_makes_no_loop(engine):
    words = spoken("I kept thinking about her all night.")
    store, _ = hear(engine, joined(words, silence(30), words[-round(0.1 * 48_000) :][: round(0.02 * 48_000)]))

    assert word_error_rate("I kept thinking about her all night.", text_of(store)) <= 0.2
    assert all(piece.until_ms - piece.from_ms >= 1_000 for piece in store.pieces.values())


def test_two_runs_are_equal_to_the_last_figure(engine):
    sound = joined(spoken("It made me angry with the registrar, and then with her."), noise(3), read_aloud("telephone"))

    assert hear(engine, sound) == hear(engine, sound, store=Memory())


def test_what_may_not_be_heard_is_never_given_to_the_engine(engine):
    before, planted = spoken("She was tired of being asked."), spoken("Watermelon, watermelon, watermelon.")
    after = spoken("I did not know what to do with my hands.")
    end_of_first = round(1000 * seconds(before))
    begin_of_last = end_of_first + round(1000 * seconds(planted))
    store, _ = hear(
        engine,
        joined(before, planted, after),
        stretches=[(0, end_of_first), (begin_of_last, begin_of_last + round(1000 * seconds(after)))],
    )

    assert "water" not in " ".join(word.text for piece in store.pieces.values() for word in piece.words).casefold()
    assert (
        word_error_rate("She was tired of being asked. I did not know what to do with my hands.", text_of(store)) <= 0.2
    )


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_its_process_can_write_no_file_and_holds_no_key(engine):
    limits = Path(f"/proc/{engine.pid}/limits").read_text(encoding="utf-8")

    assert re.findall(r"^Max (file|core file) size +(\d+)", limits, re.MULTILINE) == [("file", "0"), ("core file", "0")]
    assert "AGE-SECRET-KEY" not in Path(f"/proc/{engine.pid}/environ").read_text(encoding="utf-8", errors="replace")
    assert "AGE-SECRET-KEY" not in Path(f"/proc/{engine.pid}/cmdline").read_text(encoding="utf-8", errors="replace")


def test_a_model_that_is_none_is_said_and_ends_nothing_but_the_engine(tmp_path):
    own_code_first()
    for path in model_folder().iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.bin").write_bytes(os.urandom(4096))
    engine = EngineHandle(engine_command())
    with pytest.raises(Trouble) as raised:
        engine.start(tmp_path, "en", 1)
    engine.close()

    assert raised.value.code is TroubleCode.ENGINE_FAILED
