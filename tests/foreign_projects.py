"""Project files as NVivo, ATLAS.ti and MAXQDA write them: the same two codings, each in that program's habits."""

from __future__ import annotations

import io
import zipfile

from refi_projects import guid

# "made me angry" and, behind the line end, "tired".
TEXT = "R3: It made me angry, whānau too.\n\nR1: I know she was tired."
CODED = (("made me angry", "Anger", "Ann"), ("tired", "Fatigue", "Ben"))
_WHEN = "2026-11-29T08:00:00Z"


def _written(
    origin, text, *, folder="sources", mark=b"", upper=False, braces=False, line_end="\n", counted=None, extra=""
):
    """Return a file. `text` is as it lies in the archive, `counted` as its positions count it."""
    counted = text if counted is None else counted

    def of(number):
        made = guid(number).upper() if upper else guid(number)
        return f"{{{made}}}" if braces else made

    selections = []
    for at, (words, _, _) in enumerate(CODED):
        begin = counted.index(words)
        selections.append(
            f'<PlainTextSelection guid="{of(30 + at)}" name="{words}" startPosition="{begin}" '
            f'endPosition="{begin + len(words)}" creatingUser="{of(1 + at)}" creationDateTime="{_WHEN}">'
            f'<Description>memo {at}</Description><Coding guid="{of(40 + at)}" creatingUser="{of(1 + at)}" '
            f'creationDateTime="{_WHEN}"><CodeRef targetGUID="{of(11 + at)}"/></Coding></PlainTextSelection>'
        )
    users = "".join(f'<User guid="{of(1 + at)}" name="{coder}"/>' for at, (_, _, coder) in enumerate(CODED))
    codes = "".join(
        f'<Code guid="{of(11 + at)}" name="{code}" isCodable="true" color="#aa3300"/>'
        for at, (_, code, _) in enumerate(CODED)
    )
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="Study" '
        f'origin="{origin}" creatingUserGUID="{of(1)}" creationDateTime="{_WHEN}"><Users>{users}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>{extra.format(of=of(11), source=of(21))}"
        f'<Sources><TextSource guid="{of(21)}" name="Session 1" plainTextPath="internal://{of(21)}.txt" '
        f'richTextPath="internal://{of(21)}.docx" creatingUser="{of(1)}" creationDateTime="{_WHEN}">'
        f"{''.join(selections)}</TextSource></Sources></Project>"
    ).replace("\n", line_end)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", mark + xml.encode())
        file.writestr(f"{folder}/{of(21)}.txt", mark + text.encode())
        file.writestr(f"{folder}/{of(21)}.docx", b"PK")
    return out.getvalue()


_CRLF = TEXT.replace("\n", "\r\n")
_SETS = (
    '<Sets><Set guid="00000000-0000-4000-8000-000000000099" name="Group"><MemberCode targetGUID="{of}"/></Set></Sets>'
)
FILES = {
    # A byte order mark in each text, line ends of two characters that count as two.
    "NVivo": _written("NVivo 14", _CRLF, mark=b"\xef\xbb\xbf", line_end="\r\n"),
    # Capital letters in each guid, line ends of two characters that count as one.
    "ATLAS.ti": _written("ATLAS.ti 23.2.1", _CRLF, upper=True, counted=TEXT),
    # A folder with a capital letter.
    "MAXQDA": _written("MAXQDA 2022 (Release 22.8.0)", _CRLF, folder="Sources", upper=True),
    "QualCoder": _written("QualCoder 3.5", TEXT, extra=_SETS),
    "with braces": _written("Quirkos 2.5", TEXT, braces=True),
}
