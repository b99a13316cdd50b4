"""Where a call cannot be recorded, a remedy for the system is named."""

from __future__ import annotations

import pytest

from balint_desktop.text.call_sound import no_source_words


@pytest.mark.parametrize(
    ("platform", "remedies"), [("win32", ("Stereo Mix", "VB-CABLE")), ("darwin", ("BlackHole", "Loopback"))]
)
def test_on_other_systems_the_remedy_is_named_and_that_it_was_never_tried(platform, remedies):
    words = no_source_words(platform)

    assert [one for one in remedies if one not in words] == []
    assert "has not been tried" in words


def test_on_linux_the_package_of_the_tool_is_named():
    assert "pulseaudio-utils" in no_source_words("linux")
