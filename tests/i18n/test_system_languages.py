"""The system's languages without Qt."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest
from other_systems import RecordedCalls, load_as

from balint_desktop.i18n.system_languages import system_languages

# The package has a function of the module's name.
module = sys.modules[system_languages.__module__]


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


def windows(monkeypatch, listed, fails_at=0):
    """Return the module as on Windows, whose system knows these tags and refuses the given call."""
    calls = []

    def ask(by_name, count, room, length):
        calls.append(room)
        assert by_name == 0x8
        if len(calls) == fails_at:
            return 0
        text = "".join(f"{tag}\0" for tag in listed) + "\0"
        if room is not None:
            room[: len(text)] = text
        length._obj.value, count._obj.value = len(text), len(listed)
        return 1

    kernel = SimpleNamespace(kernel32=RecordedCalls(GetUserPreferredUILanguages=ask))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    return load_as("win32", module)


def test_windows_is_asked_for_the_users_languages_in_their_order(monkeypatch):
    assert windows(monkeypatch, ["de-DE", "en-NZ"]).system_languages({}) == ("de-DE", "en-NZ")


@pytest.mark.parametrize("call", [1, 2])
def test_a_windows_that_refuses_has_no_languages(monkeypatch, call):
    assert windows(monkeypatch, ["de-DE"], fails_at=call).system_languages({"LANG": "fr_FR"}) == ()


def macos(monkeypatch, listed):
    """Return the module as on macOS, and its CoreFoundation: an array of strings that have to fit their buffer."""

    def string(item, room, size, encoding):
        assert encoding == 0x08000100
        if len(item) >= size:
            return False
        room.value = item
        return True

    core = RecordedCalls(
        CFLocaleCopyPreferredLanguages="array",
        CFArrayGetCount=len(listed),
        CFArrayGetValueAtIndex=lambda array, index: {"array": listed}[array][index],
        CFStringGetCString=string,
        CFRelease=None,
    )
    monkeypatch.setattr(
        ctypes, "CDLL", {"/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation": core}.get
    )
    return load_as("darwin", module), core


def test_macos_is_asked_for_the_users_languages_in_their_order(monkeypatch):
    loaded, core = macos(monkeypatch, [b"de-AT", b"x" * 64, b"en"])

    assert loaded.system_languages({}) == ("de-AT", "en")
    assert core.calls[-1] == ("CFRelease", ("array",))
    # The default result type of ctypes would cut a pointer in half.
    assert core.CFLocaleCopyPreferredLanguages.restype is core.CFArrayGetValueAtIndex.restype is ctypes.c_void_p


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_where_a_system_library_is_missing_the_variables_are_read(monkeypatch, platform):
    def missing(_name):
        raise OSError(2, "missing")

    monkeypatch.setattr(ctypes, "CDLL", missing)

    assert load_as(platform, module).system_languages({"LANG": "de_CH.UTF-8"}) == ("de_CH.UTF-8",)
