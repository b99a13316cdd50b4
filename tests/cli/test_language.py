"""The command line speaks the window's language, without Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from balint_desktop import i18n
from balint_desktop.cli.language import use_language


@pytest.fixture(autouse=True)
def english_again():
    yield
    i18n.use(("en",))


@pytest.mark.parametrize("arguments", [["--data-dir", "{}", "formats"], ["formats", "--data-dir={}"]])
def test_the_windows_choice_is_spoken(tmp_path, arguments):
    (tmp_path / "window.json").write_text('{"language": "de"}')

    use_language([argument.format(tmp_path) for argument in arguments])

    assert i18n.language() == "de"


def test_without_a_choice_the_system_decides(tmp_path, monkeypatch):
    monkeypatch.setattr("balint_desktop.cli.language.system_languages", lambda: ("de-AT", "en"))

    use_language(["--data-dir", str(tmp_path)])

    assert i18n.language() == "de"


def test_a_command_answers_in_the_chosen_language_and_loads_no_qt(tmp_path):
    (tmp_path / "window.json").write_text('{"language": "de"}')
    code = (
        "import sys; from balint_desktop.__main__ import main; "
        f"main(['formats', 'list', '--data-dir', {str(tmp_path)!r}]); "
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    answered = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "Sechzig" in answered.stdout or "sechzig" in answered.stdout
