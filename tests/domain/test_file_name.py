import os
import sys

import pytest

from balint_desktop.domain.file_name import printable_name

INSTEAD = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("name", ["ZOOM0001.WAV", "Sitzung März 3.wav", "東京.m4a", "Ōtautahi.opus"])
def test_a_name_that_is_valid_text_is_shown_unchanged(name):
    assert printable_name(name) == name


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_bytes_that_are_not_text_are_replaced():
    assert printable_name(os.fsdecode(b"Sitzung_M\xe4rz.wav")) == f"Sitzung_M{INSTEAD}rz.wav"


@pytest.mark.parametrize("sign", ["\n", "\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}", "\0"])
def test_misleading_characters_are_replaced(sign):
    assert printable_name(f"a{sign}b.wav") == f"a{INSTEAD}b.wav"
