"""Rosters as other programs and people save them, and who is in each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl

ADA, BELA, CHI = "Ada Mori", "Béla Őszi", "Chi Ngata"
MAIN, STRICT_MAIN = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONS, STRICT_RELATIONS = (
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
    '"Mori, Ada",48211,7001,amor001,PSY\n"Ngata, Chi",48212,7002,cnga001,PSY\n"Student, Test",9,,,PSY\n'
)

# Name of the file, its text, and the names that are in it.
READ = {
    "one-row-twice.csv": (
        "Name,Email\nAda Mori,ada@example.org\nChi Ngata,chi@example.org\nAda Mori,ada@example.org\n",
        [ADA, CHI],
    ),
    "one-row-twice-otherwise-typed.csv": (
        "Name,Email\nBéla Őszi,b@example.org\nBE\u0301LA  O\u030bSZI ,B@example.org\nBéla Őszi,\n",
        [BELA],
    ),
    "title-above.csv": (
        "Psychiatry group list\n\nName,Email\nAda Mori,ada@example.org\nChi Ngata,chi@example.org\n",
        [ADA, CHI],
    ),
    "titles-above-semicolons.csv": (
        "Group list, term 2\nPrinted on,3 March\n\n;Name;;Email\n;Ada Mori;;a@example.org\n;Chi Ngata;;c@example.org\n",
        [ADA, CHI],
    ),
    "one-name-a-line.txt": ("Ada Mori\nChi Ngata\n", [ADA, CHI]),
    "one-name-a-line-with-title.txt": ("Psychiatry group\n\nAda Mori\nBéla Őszi\nChi Ngata\n", [ADA, BELA, CHI]),
    "a-blank-line-between.txt": ("Ada Mori\n\nBéla Őszi\nChi Ngata\n", [ADA, BELA, CHI]),
    "numbered.txt": ("1. Ada Mori\n2. Béla Őszi\n3. Chi Ngata\n", [ADA, BELA, CHI]),
    "surname-first.txt": ("Mori, Ada\nNgata, Chi\n", [ADA, CHI]),
    "no-headings.csv": ("Ada Mori,ada@example.org\nChi Ngata,chi@example.org\n", [ADA, CHI]),
    "canvas.csv": (CANVAS, [ADA, CHI]),
    "numbered-rows.csv": ("No;Name\n1;Ada Mori\n2;Chi Ngata\n", [ADA, CHI]),
    "surname-comma-first.csv": ('"Surname, First name",Email\n"Mori, Ada",a@example.org\n', [ADA]),
    "surname-comma-first.tsv": ("Name\tEmail\nMori, Ada\ta@example.org\nNgata, Chi\tc@example.org\n", [ADA, CHI]),
    "german.csv": ("Nachname;Vorname;E-Mail\nMori;Ada;a@example.org\nŐszi;Béla;b@example.org\n", [ADA, BELA]),
    "german-name-beside-first-name.csv": ("Vorname;Name\nAda;Mori\nBéla;Őszi\n", [ADA, BELA]),
    "german-whole.csv": ("Teilnehmer/in;Telefon\nAda Mori;021\n", [ADA]),
    "french.csv": ("NOM;Prénom;Adresse e-mail\nMori;Ada;a@example.org\n", [ADA]),
    "french-whole.csv": ("Étudiant,Courriel\nAda Mori,a@example.org\n", [ADA]),
    "maori.csv": ("Ingoa tuatahi,Ingoa whānau,Īmēra\nAda,Mori,a@example.org\n", [ADA]),
    "maori-whole.csv": ("Ākonga,Waea pūkoro\nAda Mori,021\n", [ADA]),
    "preferred-name.csv": ("Name,Preferred name\nAda Mori,Addie\n", [ADA]),
    "whole-name-beside-its-parts.csv": ("Full name,First name,Last name\nAda Mori,Ada,Mori\n", [ADA]),
    "a-question.csv": ("Timestamp,What is your name?,Group\n1 May,Ada Mori,B\n", [ADA]),
    "empty-columns.csv": (",Name,,Email,\n,Ada Mori,,a@example.org,\n,,,,\n,Chi Ngata,,,\n", [ADA, CHI]),
    "quoted-line-break.csv": ('Name,Email\n"Ada\nMori",a@example.org\n"Chi\r\nNgata",\n', [ADA, CHI]),
    "right-to-left.csv": (
        "Name,Email\n\u202bنور الهدى\u202c,n@example.org\nעדה מורי\u200f,\n",
        ["نور الهدى", "עדה מורי"],
    ),
    "hebrew.csv": ("שם,אימייל\nעדה מורי,a@example.org\n", ["עדה מורי"]),
    "russian.csv": ("Фамилия;Имя\nИванов;Иван\n", ["Иван Иванов"]),
    "chinese.csv": ("姓名,邮箱\n李小龙,l@example.org\n", ["李小龙"]),
    "headings-again.csv": ("Name,Email\nAda Mori,a@example.org\nName,Email\nChi Ngata,\n", [ADA, CHI]),
    "all-in-one-line.txt": ("Ada Mori; Béla Őszi; Chi Ngata\n", [ADA, BELA, CHI]),
    "from-a-mail.txt": ('Ada Mori <a@example.org>\n"Ngata, Chi" <c@example.org>\n', [ADA, CHI]),
    "one-column-with-a-bar.csv": ("Name\nAda Mori\nBéla Őszi\nA|B C\n", [ADA, BELA, "A|B C"]),
    "details-in-the-second.csv": ("Name,Email\nAda Mori,\nAda Mori,a@example.org\n", [ADA]),
    "moodle.csv": ("First name,Surname,ID number,Email address\nAda,Mori,s12,a@example.org\n", [ADA]),
    "persian-joiner.csv": ("Name\nعلی\u200cرضا\n", ["علی\u200cرضا"]),
}

# A file's text, and the code of the trouble it is refused with.
REFUSED = {
    "unclosed-quote.csv": (
        'Name,Email\n"Ada Mori,ada@example.org\nChi Ngata,chi@example.org\nBéla Őszi,b@example.org\n',
        "roster-quote-open",
    ),
    "unclosed-heading.csv": ('Name,"Email\nAda Mori,ada@example.org\n', "roster-quote-open"),
    "two-columns-of-words.csv": ("Ada,Mori\nChi,Ngata\n", "roster-columns"),
    "prose.txt": ("We met on Monday. It was cold.\nNothing else was said; the rest is below.\n", "roster-columns"),
    "page.xls": ("\ufeff<html><table><tr><td>Name</td></tr></table></html>", "roster-file-kind"),
    "people.json": ('[{"name": "Ada Mori"}]', "roster-file-kind"),
    "people.vcf": ("BEGIN:VCARD\nFN:Ada Mori\nEND:VCARD\n", "roster-file-kind"),
    "a-thousand.csv": ("Name\n" + "".join(f"Person {n}\n" for n in range(1000)), "roster-file-long"),
}


def workbook(*rows: tuple[object, ...], change: Callable[[openpyxl.Workbook], None] = lambda _book: None) -> bytes:
    """Return a workbook whose first sheet has these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first_sheet_hidden() -> bytes:
    """Return a workbook whose hidden first sheet lists somebody else."""

    def change(book: openpyxl.Workbook) -> None:
        book.active.sheet_state = "hidden"
        shown = book.create_sheet("Group A")
        for row in (("Name", "Email"), (ADA, "ada@example.org"), (BELA, "bela@example.org")):
            shown.append(row)
        book.active = 1

    return workbook(("Name", "Email"), ("OLD LIST Person", "old@example.org"), change=change)


def notes_first() -> bytes:
    """Return a workbook whose first sheet is about the list, and whose second one is the list."""

    def change(book: openpyxl.Workbook) -> None:
        names = book.create_sheet("List")
        for row in (("Name",), (ADA,), (CHI,)):
            names.append(row)

    return workbook(("Notes",), ("see the next sheet",), change=change)


def filtered() -> bytes:
    """Return a workbook in which a filter hides a row."""

    def change(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[3].hidden = True

    return workbook(("Name", "Group"), (ADA, "A"), ("Somebody Else", "B"), (CHI, "A"), change=change)


def merged() -> bytes:
    """Return a workbook with a title over all its columns, and a name over two of them."""

    def change(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("A3:B3")

    rows = (("Psychiatry", None, None), ("Name", None, "Email"), (ADA, None, "a@example.org"), (CHI, None, None))
    return workbook(*rows, change=change)


def strict() -> bytes:
    """Return a workbook saved as ISO strict."""
    out = io.BytesIO()
    plain = workbook(("Name", "Email"), (ADA, "ada@example.org"), (BELA, "bela@example.org"))
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                data = data.replace(MAIN, STRICT_MAIN).replace(RELATIONS, STRICT_RELATIONS)
            new.writestr(name, data)
    return out.getvalue()


WORKBOOKS = {
    "first-sheet-hidden.xlsx": (first_sheet_hidden, [ADA, BELA]),
    "notes-first.xlsx": (notes_first, [ADA, CHI]),
    "filtered.xlsx": (filtered, [ADA, CHI]),
    "merged.xlsx": (merged, [ADA, CHI]),
    "strict.xlsx": (strict, [ADA, BELA]),
}
