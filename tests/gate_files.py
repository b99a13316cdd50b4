"""Files of every kind that leaves, each with places where a name may be put back; a seeded list of such attempts.

`python -m gate_files` prints what became of five hundred of them, and of a hundred files without a name.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from html import escape

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.deidentify.gate import findings_in_file
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.own_words import OwnWords
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.reports.tables import ExportTable, TableColumn, to_csv

PEOPLE = (
    *("Ārohā Ngata-Whitiora", "Hēmi Parekōwhai", "Siobhán O’Reilly", "Jürgen Weißmann", "Nguyễn Thị Hương"),
    *("Faʻafetai Lēsā", "Zoltan Fekete", "Priyanka Chatterjee", "Kiri Tautahi", "Marguerite D’Arcy-Llewellyn"),
    *("Will May", "Grace Hall", "Mark Page", "June Day", "Hope Ward"),
)
NAMES = tuple(KnownName(ParticipantCode(f"P{number}"), name) for number, name in enumerate(PEOPLE, start=1))
PLAIN, WORDS = PEOPLE[:10], PEOPLE[10:]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CLEAN_LINES = (
    "R1: I may have said it will be fine, and we hope so.",
    "R2: In April 2026, on 3 May, she was on the ward with grace. [P4]",
    "R3: Will you stay? May I mark this? [not available]",
    "facilitator: There is no hurry, day by day. [in her twenties]",
)


# --- how a name is written ---


def _plain(name):
    signs = unicodedata.normalize("NFD", name.replace("ß", "ss").replace("ʻ", ""))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


FORMS = {
    "as it is": lambda name: name,
    "first name": lambda name: name.split()[0],
    "last name": lambda name: name.split()[-1],
    "small letters": str.lower,
    "capitals": str.upper,
    "without accents": _plain,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "with macrons": lambda name: name.translate(str.maketrans("aeiou", "āēīōū")),
    "spaced": lambda name: " ".join(name.split()[0].replace("-", "")),
    "spaced by hyphens": lambda name: "-".join(name.split()[0].replace("-", "").upper()),
    "joined by a hyphen": lambda name: "-".join(name.split()),
    "possessive": lambda name: f"{name.split()[0]}’s",
    "possessive in ASCII": lambda name: f"{name.split()[-1]}'s",
    "with unseen signs": lambda name: f"{name[:2]}\u200b{name.split()[0][2:]}",
    "with a soft hyphen": lambda name: f"{name.split()[0][:2]}\u00ad{name.split()[0][2:]}",
    "over two lines": lambda name: "\n".join(name.split()[:2]),
    "no-break space": lambda name: "\u00a0".join(name.split()),
}
# A name that is also a word counts where it stands as a name: so written, it is one.
OF_WORDS = ("as it is", "no-break space", "over two lines")


# --- files ---


def zipped(members, comment=b""):
    """Return an archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
        file.comment = comment
    return out.getvalue()


def runs(text, tag="w:r", inner="w:t"):
    """Return a text cut into stretches of two letters."""
    cut = [text[at : at + 2] for at in range(0, len(text), 2)]
    return "".join(f"<{tag}><{inner}>{escape(piece)}</{inner}></{tag}>" for piece in cut)


def docx(lines=CLEAN_LINES, *, extra="", attributes="", core="", members=None, comment=b"", prolog=""):
    """Return a Word document of these lines."""
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = f"<w:document {W}><w:body{attributes}>{body}{extra}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": '<Types><Default ContentType="application/xml"/></Types>',
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{document}',
            "docProps/core.xml": f"<cp><creator>Balint Desktop</creator>{core}</cp>",
            **(members or {}),
        },
        comment,
    )


def odt(lines=CLEAN_LINES, *, extra="", meta="", members=None):
    """Return an OpenDocument text of these lines."""
    ns = 'xmlns:office="urn:oasis:o" xmlns:text="urn:oasis:t" xmlns:dc="urn:oasis:d" xmlns:meta="urn:oasis:m"'
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = f"<office:document-content {ns}><office:body><office:text>{body}{extra}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>",
            "meta.xml": f"<office:document-meta {ns}><office:meta>{meta}</office:meta></office:document-meta>",
            **(members or {}),
        }
    )


def xlsx(words="quiet", sheet="sessions", heading="note", members=None):
    """Return a spreadsheet as the app writes it, with members of its own."""
    rows = [(words,), ("In June 2026 it was quiet",)]
    data = to_xlsx((ExportTable(sheet, (TableColumn(heading, "what was noted"),), rows),))
    if not members:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped({**{name: file.read(name) for name in file.namelist()}, **members})


def table(words, delimiter=","):
    """Return a table as CSV, everything quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["day", "note"], ["2026-05-03", words]])
    return out.getvalue()


def folded(line):
    """Return a line of a calendar file, folded early."""
    return "\r\n ".join(line[at : at + 11] for at in range(0, len(line), 11))


def calendar(extra=""):
    """Return a calendar file."""
    return f"BEGIN:VCALENDAR\r\nSUMMARY:Session 3\r\n{extra}END:VCALENDAR\r\n".encode()


def project(note="a memo", code="Closeness", text="R1: I may go.", user="R9", name="sources/1.txt"):
    """Return a project in the exchange format of analysis programs."""
    qde = (
        f'<Project><Users><User name="{escape(user)}"/></Users><CodeBook><Codes><Code name="{escape(code)}">'
        f"<Description>{escape(note)}</Description></Code></Codes></CodeBook></Project>"
    )
    return zipped({"project.qde": qde, name: text})


def entities(text):
    """Return a text whose every letter is written by its number."""
    return "".join(f"&#x{ord(sign):x};" for sign in text)


def _docx_places():
    p = "<w:p>{}</w:p>"
    return {
        "text": lambda n: docx((*CLEAN_LINES, f"R1: and {n} came")),
        "split over runs": lambda n: docx(extra=p.format(runs(f"and {n} came"))),
        "table": lambda n: docx(extra=f"<w:tbl><w:tr><w:tc>{p.format(runs(n))}</w:tc></w:tr></w:tbl>"),
        "text box": lambda n: docx(
            extra=p.format(f"<w:r><w:pict><w:txbxContent>{p.format(runs(n))}</w:txbxContent></w:pict></w:r>")
        ),
        "deleted": lambda n: docx(extra=p.format(f"<w:del>{runs(n, inner='w:delText')}</w:del>")),
        "field": lambda n: docx(extra=p.format(f"<w:r><w:instrText>AUTHOR {escape(n)} x</w:instrText></w:r>")),
        "entities": lambda n: docx(extra=p.format(f"<w:r><w:t>{entities(n)}</w:t></w:r>")),
        "comment": lambda n: docx(members={"word/comments.xml": f"<w:c {W}>{p.format(runs(n))}</w:c>"}),
        "header": lambda n: docx(members={"word/header1.xml": f"<w:hdr {W}>{p.format(runs(n))}</w:hdr>"}),
        "property": lambda n: docx(core=f"<title>On {escape(n)}</title>"),
        "XML comment": lambda n: docx(prolog=f"<!-- of {n.replace('-', ' ')} -->"),
        "instruction": lambda n: docx(prolog=f"<?made by {n}?>"),
        "archive comment": lambda n: docx(comment=f"of {n}".encode()),
        "member name": lambda n: docx(members={f"word/{n}.xml": "<a/>"}),
        "in UTF-16": lambda n: docx(members={"word/notes.xml": f"<a>of {escape(n)}</a>".encode("utf-16")}),
        "nested": lambda n: zipped({"inner.docx": docx((n,))}),
    }


def _odt_places():
    return {
        "text": lambda n: odt((*CLEAN_LINES, f"R1: and {n} came")),
        "split over spans": lambda n: odt(extra=f"<text:p>{runs(n, 'text:span', 'text:span')}</text:p>"),
        "annotation": lambda n: odt(
            extra=f"<text:p>x<office:annotation><dc:creator>{escape(n)}</dc:creator></office:annotation></text:p>"
        ),
        "meta": lambda n: odt(meta=f"<dc:subject>of {escape(n)}</dc:subject>"),
        "style": lambda n: odt(members={"styles.xml": f"<s><p>{escape(n)}</p></s>"}),
    }


def _table_places():
    return {
        ("x.xlsx", "cell"): lambda n: xlsx(f"with {n}"),
        ("x.xlsx", "heading"): lambda n: xlsx(heading=n.replace("\n", " ")),
        ("x.xlsx", "sheet"): lambda n: xlsx(sheet=f"{n[:20]}".replace("\n", " ").replace("'", "’")),
        ("x.xlsx", "footer"): lambda n: xlsx(
            members={"xl/worksheets/sheet9.xml": f"<s><f><oddFooter>&amp;L{escape(n)}&amp;R&amp;P</oddFooter></f></s>"}
        ),
        ("x.xlsx", "shared string"): lambda n: xlsx(
            members={"xl/sharedStrings.xml": f"<sst><si>{runs(n, 'r', 't')}</si></sst>"}
        ),
        ("x.xlsx", "comment"): lambda n: xlsx(
            members={"xl/comments1.xml": f"<comments><comment><text>{runs(n, 'r', 't')}</text></comment></comments>"}
        ),
        ("x.csv", "cell"): lambda n: table(f"with {n}").encode(),
        ("x.csv", "cell after a byte order mark"): lambda n: table(f"with {n}").encode("utf-8-sig"),
        ("x.csv", "cell in UTF-16"): lambda n: table(f"with {n}").encode("utf-16"),
        ("x.csv", "cell between semicolons"): lambda n: table(f"with {n}", ";").encode(),
        ("x.csv", "cell between quotes"): lambda n: table(f'“with "{n}" here”').encode(),
        ("x.tsv", "cell between tabs"): lambda n: table(f"with {n}", "\t").encode(),
    }


def _text_places():
    return {
        ("x.txt", "text"): lambda n: f"R1: and {n} came".encode(),
        ("x.txt", "text in UTF-16"): lambda n: f"R1: and {n} came".encode("utf-16"),
        ("x.txt", "text after a byte order mark"): lambda n: f"{n}".encode("utf-8-sig"),
        ("x.vtt", "cue"): lambda n: f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v R1>with {n}</v>\n".encode(),
        ("x.vtt", "note"): lambda n: f"WEBVTT\n\nNOTE of {n}\n".encode(),
        ("x.ics", "folded line"): lambda n: calendar(folded(f"DESCRIPTION:with {n}".replace("\n", "\\n")) + "\r\n"),
        ("x.ics", "parameter"): lambda n: calendar(f'ATTENDEE;CN="{n.replace(chr(10), " ")}":mailto:x\r\n'),
        ("x.json", "value"): lambda n: json.dumps({"note": f"with {n}"}).encode(),
        ("x.json", "key"): lambda n: json.dumps([{f"of {n}": 1}], ensure_ascii=False).encode(),
        ("x.html", "paragraph"): lambda n: f"<p>with {escape(n)}</p>".encode(),
        ("x.html", "entities"): lambda n: f"<p>{entities(n)}</p>".encode(),
        ("x.html", "split"): lambda n: f"<td>{runs(n, 'b', 'i')}</td>".encode(),
        ("x.html", "attribute"): lambda n: f'<img alt="{escape(n)}">'.encode(),
        ("x.html", "comment"): lambda n: f"<p>x</p><!-- {n} -->".encode(),
        ("x.qdpx", "memo"): lambda n: project(note=f"as {n} said"),
        ("x.qdpx", "code name"): lambda n: project(code=n),
        ("x.qdpx", "user"): lambda n: project(user=n),
        ("x.qdpx", "source"): lambda n: project(text=f"R1: with {n}"),
        ("x.qdpx", "name of a source"): lambda n: project(name=f"sources/{n}.txt"),
    }


PLACES = {
    **{("x.docx", place): make for place, make in _docx_places().items()},
    **{("x.odt", place): make for place, make in _odt_places().items()},
    **_table_places(),
    **_text_places(),
}
# Where only what is no word of a language is a finding: ids, addresses, attributes of formats.
LABELS = frozenset({("x.html", "attribute"), ("x.docx", "member name")})


@dataclass(frozen=True)
class Attempt:
    """A file with a name put back: where, how it is written, its name and bytes."""

    place: str
    form: str
    name: str
    data: bytes


def attempts(count=500, seed=20261129):
    """Yield files that must be refused."""
    chosen = random.Random(seed)
    places = sorted(PLACES)
    for number in range(count):
        place = places[number % len(places)]
        by_words = number % 5 == 4 and place not in LABELS
        person = chosen.choice(WORDS if by_words else PLAIN)
        form = chosen.choice(OF_WORDS if by_words else sorted(FORMS))
        written = FORMS[form](person)
        if number % 25 == 24:
            ending = place[0][1:]
            stem = written.replace("\n", " ")
            yield Attempt("file name", form, f"{stem}{ending}", clean_file(place[0]))
        else:
            yield Attempt(f"{place[0][2:]}: {place[1]}", form, place[0], PLACES[place](written))


def clean_file(name):
    """Return a file of a kind without a name."""
    return {
        "x.docx": docx,
        "x.odt": odt,
        "x.xlsx": xlsx,
        "x.csv": lambda: to_csv(ExportTable("t", (TableColumn("day", "a day"),), [("May 2026",)])),
        "x.tsv": lambda: table("it may be", "\t").encode(),
        "x.txt": lambda: "\n\n".join(CLEAN_LINES).encode(),
        "x.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v R1>I will hope</v>\n",
        "x.ics": calendar,
        "x.json": lambda: json.dumps({"will": "they may", "day": "2026-05-03"}).encode(),
        "x.html": lambda: b"<p>On 3 May the ward was open.</p>",
        "x.qdpx": project,
    }[name]()


_HARMLESS = "we will may hope mark grace page day hall ward june rose they said it was quiet and kind".split()


def clean_files(count=100, seed=20261129):
    """Yield names and bytes of files without a name, in which words stand that are names elsewhere."""
    chosen = random.Random(seed)
    for number in range(count):
        words = " ".join(chosen.choices(_HARMLESS, k=chosen.randint(3, 40)))
        place = sorted(PLACES)[number % len(PLACES)]
        if place == ("x.docx", "member name") or place[1] in {"name of a source", "sheet"}:
            yield place[0], clean_file(place[0])
        else:
            yield place[0], PLACES[place](f"{words} on {chosen.randint(1, 30)} May 2026")


def approved():
    """Return an approved text in which a word that is also a name was left."""
    text = "R1: I was with Hope, and then left.\n\nfacilitator: [pause]"
    at = text.index("Hope")
    first = text.index("\n\n")
    turns = (ApprovedTurn(0, first, "R1", 0, 1000), ApprovedTurn(first + 2, len(text), "facilitator", 1000, 2000))
    return ApprovedText(1, text, turns, ((at, at + 4),))


def findings(name, data, names=NAMES):
    """Return what the gate finds, with the footer of the app's own spreadsheets as its own words."""
    return findings_in_file(name, data, names, own_words=OwnWords(("Page {n} of {count}",)))


def main():
    """Print what became of every attempt. Return how many went through that must not, or were refused that must."""
    outcomes = Counter()
    wrong = []
    for attempt in attempts():
        refused = bool(findings(attempt.name, attempt.data))
        outcomes[attempt.place, refused] += 1
        if not refused:
            wrong.append(f"let through: {attempt.place}, {attempt.form}")
    for place in sorted({place for place, _refused in outcomes}):
        print(f"{place:40} refused {outcomes[place, True]:3} of {outcomes[place, True] + outcomes[place, False]}")
    clean = [bool(findings(name, data)) for name, data in clean_files()]
    print(f"refused {sum(count for (_, refused), count in outcomes.items() if refused)} of {sum(outcomes.values())}")
    print(f"let through {clean.count(False)} of {len(clean)} without a name")
    print(*wrong, sep="\n")
    return len(wrong) + clean.count(True)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
