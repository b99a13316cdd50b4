"""Spoiled or malicious Word copies: what they say of a text is checked against it, or they are refused."""

from __future__ import annotations

import contextlib
import io
import zipfile

from spoiling import shuffled, spoiled
from word_copies import FOLDER, TEXT, Copy, Note, W, word_file

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.analysis.word_work import CopyStamp, memos_of_copy, work_with_copy
from balint_desktop.domain.trouble import Trouble

_WORD = word_file(
    Copy(
        notes=(
            Note("made me angry", "Anger; Guilt: why"),
            Note("made me angry", "Whose?", by="Supervisor", answers=0),
            Note("whānau were there — “all of them”.\n\nF: What", "Alone\nat night", done=True),
        ),
        colours=(("toughen up", '<w:highlight w:val="yellow"/>'), ("her. I know", '<w:shd w:fill="00FF00"/>')),
    )
)
_COPIES = [_WORD, *(path.read_bytes() for path in sorted(FOLDER.glob("*.docx")))]
_TAGS = ("ins", "del", "moveFrom", "moveTo", "p", "r", "txbxContent", "sdt", "comment", "rPr", "commentReference")


def word_copy_file(rng, folder):
    """A coder's copy, spoiled as a file."""
    _read(spoiled(rng, rng.choice(_COPIES), most=6))


def word_copy_parts(rng, folder):
    """A coder's copy whose parts are spoiled, or shuffled as XML that may still be read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rng.choice(_COPIES))) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            data = before.read(member)
            if "word/" in member and rng.random() < 0.5:
                data = spoiled(rng, data, most=2) if rng.random() < 0.3 else _shuffled(rng, data)
            after.writestr(member, data)
    _read(out.getvalue())


def _shuffled(rng, data):
    """Return XML with some of its elements moved, doubled, taken out, renamed, or put into one another."""

    def changed(one):
        one.text = rng.choice(("", "a\u0301\u0323", "\u202e", "R1: It made", "\n\n", "x" * 99))

    return shuffled(rng, data, 4, lambda _root: f"{{{W}}}{rng.choice(_TAGS)}", changed)


def _read(data):
    with contextlib.suppress(Trouble):
        found = read_returned_copy(data, "copy.docx", TEXT)
        placed = [*found.comments, *found.highlights]
        assert all(0 <= one.begin < one.end <= len(TEXT) for one in placed)
        assert all(one.begin is None and one.end is None for one in found.not_placed)
        for one in placed:
            here = TEXT[one.begin : one.end]
            # Said to be there as it was: then it is, but for signs that programs put in place of others.
            assert one.is_moved or here.split() == one.quoted.replace("\u00a0", " ").split() or not here.isascii()
        stamp = CopyStamp("r", 0.0, iter(map(str, range(10**6))).__next__)
        names = [name for name, _ in found.authors]
        work = work_with_copy(CoderWork(), found, names, {one.colour: "Code" for one in found.colours}, stamp)
        assert work == work_with_copy(work, found, names, {one.colour: "Code" for one in found.colours}, stamp)
        memos_of_copy(found, dict.fromkeys(names, "a"), stamp)
