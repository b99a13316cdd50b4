"""Attacks on the licence notices: what a changed dependency, or a build without them, would leave out."""

from __future__ import annotations

import sys
from unittest import mock

import licence_notices
from vault_attacks.registry import attack

from balint_desktop import resources
from balint_desktop.library.notices import read_notices

LOCK = licence_notices.ROOT / "requirements.lock"


def missing(lock):
    named = {notice.name.lower() for notice in read_notices()}
    return ", ".join(name for name in licence_notices.pinned(lock) if name.lower() not in named) or "none"


@attack("licences", "the packages pinned now", "missing: none")
def pinned_now(_folder):
    return f"missing: {missing(LOCK.read_text())}"


@attack("licences", "a package that was added to the lock and not to the notices", "missing: new-package")
def added(_folder):
    lock = LOCK.read_text() + "new-package==1.0 \\\n    --hash=sha256:0\n"
    return f"missing: {missing(lock)}"


@attack("licences", "notices made where a pinned package is not installed", "refused: not-there is pinned")
def not_installed(_folder):
    with mock.patch.object(licence_notices, "pinned", return_value=["not-there"]):
        try:
            licence_notices.notices()
        except SystemExit as error:
            return f"refused: {str(error.code).partition(' in ')[0]}"
    return "made"


@attack("licences", "a licence with rules in its text: no notice begins inside another", "each section is one notice")
def rules_inside(_folder):
    written = resources.text("licences/THIRD_PARTY_NOTICES.txt")
    found, sections = len(read_notices()), written.count(f"{licence_notices.RULE}\n") // 2
    return "each section is one notice" if found == sections else f"{found} notices, {sections} sections"


@attack("licences", "an LGPL library without the text of the LGPL", "without: none")
def lgpl(_folder):
    notices = [one for one in read_notices() if one.licence.startswith("LGPL")]
    bare = [one.name for one in notices if not ("LESSER GENERAL" in one.text.upper() or "“Qt 6”" in one.text)]
    return f"without: {', '.join(bare) or 'none'}"


@attack("licences", "the notices need a network or another program", "read from the app's own files")
def offline(_folder):
    before = set(sys.modules)
    with mock.patch("socket.socket", side_effect=AssertionError("a connection")):
        read_notices()
    more = {"urllib.request", "ssl"} & (set(sys.modules) - before)
    return f"loaded {more}" if more else "read from the app's own files"
