"""The system's languages without Qt."""

from __future__ import annotations

import sys

import pytest

from balint_desktop.i18n.system_languages import system_languages


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these have a setting and no variables")
@pytest.mark.parametrize(
    ("expected", "environment"),
    [
        (("de_DE.UTF-8",), {"LANG": "de_DE.UTF-8"}),
        (("de_CH.UTF-8",), {"LC_ALL": "de_CH.UTF-8", "LANG": "fr_FR"}),
        (("de_AT",), {"LC_MESSAGES": "de_AT", "LANG": "fr_FR"}),
        (("de", "fr", "en_NZ.UTF-8"), {"LANGUAGE": "de:fr", "LANG": "en_NZ.UTF-8"}),
        ((), {"LANGUAGE": "de", "LANG": "C.UTF-8"}),
        ((), {"LANG": "POSIX"}),
        ((), {}),
    ],
)
def test_the_variables_are_read_as_gettext_reads_them(expected, environment):
    assert system_languages(environment) == expected
