"""Ask the system which languages its user wants, without Qt: for the command line."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping


def system_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the user's languages, the most wanted first, as the system writes them; none where it does not say.

    Windows and macOS have settings, and set no environment variables; elsewhere the variables are the setting.
    """
    # A system library may be missing or answer in another way than documented: English is better than no app.
    with contextlib.suppress(Exception):
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _macos()
    return _of_environment(environment)


def _of_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages of POSIX variables. LANGUAGE counts only beside a locale other than C, as in gettext."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if locale.split(".")[0] in {"", "C", "POSIX"}:
        return ()
    preferred = [tag for tag in environment.get("LANGUAGE", "").split(":") if tag]
    return (*preferred, locale)


if sys.platform == "win32":

    def _windows() -> tuple[str, ...]:
        import ctypes  # noqa: PLC0415  this branch alone

        ask = ctypes.windll.kernel32.GetUserPreferredUILanguages
        by_name = 0x8  # MUI_LANGUAGE_NAME: tags such as de-DE
        count, length = ctypes.c_ulong(), ctypes.c_ulong()
        if not ask(by_name, ctypes.byref(count), None, ctypes.byref(length)):
            return ()
        found = ctypes.create_unicode_buffer(length.value)
        if not ask(by_name, ctypes.byref(count), found, ctypes.byref(length)):
            return ()
        return tuple(tag for tag in "".join(found[: length.value]).split("\0") if tag)


if sys.platform == "darwin":

    def _macos() -> tuple[str, ...]:
        import ctypes  # noqa: PLC0415  this branch alone

        core = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
        core.CFLocaleCopyPreferredLanguages.restype = ctypes.c_void_p
        core.CFArrayGetCount.argtypes = (ctypes.c_void_p,)
        core.CFArrayGetCount.restype = ctypes.c_long
        core.CFArrayGetValueAtIndex.argtypes = (ctypes.c_void_p, ctypes.c_long)
        core.CFArrayGetValueAtIndex.restype = ctypes.c_void_p
        core.CFStringGetCString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32)
        core.CFRelease.argtypes = (ctypes.c_void_p,)
        utf_8 = 0x08000100  # kCFStringEncodingUTF8
        listed = core.CFLocaleCopyPreferredLanguages()
        found = []
        for index in range(core.CFArrayGetCount(listed)):
            room = ctypes.create_string_buffer(64)
            if core.CFStringGetCString(core.CFArrayGetValueAtIndex(listed, index), room, len(room), utf_8):
                found.append(room.value.decode())
        core.CFRelease(listed)
        return tuple(found)
