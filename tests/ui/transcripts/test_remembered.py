"""What the page remembers on this computer: how a pedal plays, and nothing of a recording."""

import pytest

from balint_desktop.ui.transcripts.remembered import RememberedSettings


def test_how_a_pedal_plays_is_there_again(tmp_path):
    path = tmp_path / "new" / "correcting.json"
    assert RememberedSettings(path).pedal_holds is False
    RememberedSettings(path).pedal_holds = True
    assert RememberedSettings(path).pedal_holds is True
    RememberedSettings(path).pedal_holds = False

    assert RememberedSettings(path).pedal_holds is False


def test_a_language_is_in_no_file(tmp_path):
    path = tmp_path / "correcting.json"
    settings = RememberedSettings(path)
    settings.other_language = "Gagana Sāmoa"
    settings.pedal_holds = True

    assert RememberedSettings(path).other_language == ""
    assert "Samoa" not in path.read_text(encoding="utf-8").replace("ā", "a")


@pytest.mark.parametrize("content", ["", "[]", '{"pedal_holds": 1}', "\x00", '{"other": true}'])
def test_a_damaged_file_is_the_default(tmp_path, content):
    path = tmp_path / "correcting.json"
    path.write_text(content, encoding="utf-8")

    assert RememberedSettings(path).pedal_holds is False


def test_a_folder_that_cannot_be_written_keeps_the_choice_for_the_window(tmp_path):
    (tmp_path / "file").write_text("")
    settings = RememberedSettings(tmp_path / "file" / "correcting.json")
    settings.pedal_holds = True

    assert settings.pedal_holds is True
