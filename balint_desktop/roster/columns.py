"""Find the columns of a roster file: by their headings, or by what they hold where there are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.group.roster import NAME_LIMIT, tidy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.roster.read_table import FileTable, TableLine

# Headings as coordinators write them, in the languages of Balint groups; compared without case, accents, dots,
# hyphens and spaces.
_NAMES = frozenset(
    "name names fullname participant participantname student studentname member membername displayname"
    " learner trainee sortablename teilnehmer teilnehmerin teilnehmende studierende studierender studentin"
    " vollstandigername nomcomplet nometprenom prenometnom etudiant etudiante participante ingoa"
    " ingoakatoa ingoawhanui akonga tauira שם שםמלא الاسم الاسمالكامل نام 姓名 名字 氏名 이름 성명 фио ονομα"
    " nombrecompleto nombreyapellidos naam volledigenaam nomecompleto nomecognome".split()
)
_GIVEN = frozenset(
    "שםפרטי الاسمالاول имя firstname firstnames given givenname givennames forename forenames first"
    " vorname vornamen prenom prenoms ingoatuatahi voornaam nombre nombres nome".split()
)
_FAMILY = frozenset(
    "שםמשפחה اسمالعائلة фамилия lastname lastnames family familyname surname surnames last nachname"
    " familienname zuname nomdefamille patronyme ingoawhanau ingoawhakamutunga achternaam apellido"
    " apellidos cognome sobrenome".split()
)
# In place of a given name that is missing, else what somebody is called besides.
_CALLED = frozenset(
    "preferredname preferredfirstname knownas calledname rufname prenomusuel roepnaam nombrepreferido".split()
)
_SHORT = frozenset(
    "shortname shortnames shortform shortforms nickname nicknames nick alias aliases goesby called alsocalled"
    " alsoknownas aka preferrednames kurzname kurznamen kurzform kurzformen rufnamen spitzname spitznamen genannt"
    " auchgenannt surnom surnoms diminutif diminutifs apodo apodos ingoapoto ingoakarapoto bijnaam soprannome".split()
)
_HEARD = frozenset(
    "heardas heardlike alsoheardas misheardas misheard soundslike soundsas gehortals gehoertals wirdgehortals"
    " wirdgehoertals horsichanals erkanntals verstandenals klingtwie entenducomme oidocomo".split()
)
# The heading "Name" or "Nom" beside a given name is the family's.
_NAME_OR_FAMILY = frozenset(("name", "nom", "ingoa", "naam"))
_SURNAME_FIRST = frozenset(
    "surnamefirst surnamefirstname surnamegivenname surnamegivennames lastfirst lastnamefirst lastnamefirstname"
    " familynamegivenname sortablename nachnamevorname namevorname familiennamevorname nomprenom nomprenoms".split()
)
_CODES = frozenset(("code", "participantcode", "idcode", "kode", "teilnehmercode", "pcode"))
# Numbers of lines, or of another system, unless each is written as a code: P3.
_PERHAPS_CODES = frozenset(
    ("id", "participantid", "memberid", "participantnumber", "number", "no", "nr", "nummer", "numero", "tau")
)
_CONTACTS = frozenset(
    "contact contacts email emails mail emailaddress mailaddress phone telephone mobile cell contactdetails kontakt"
    " mailadresse emailadresse telefon handy mobil courriel adresseemail adressemail adressecourriel mel telephone"
    " portable imera waea waeapukoro correo correoelectronico telefono telefoon".split()
)
# Words that a heading for a name may be made of: "Name of student", "Last name / surname", "What is your name?"
_NAME_WORDS = frozenset(
    "name names full given family first last preferred legal student students participant member learner person of the"
    " your what is s as in surname forename vollstandiger ihr und et and or vorname nachname".split()
)
_CODE = re.compile(r"[Pp]\s*0*[1-9]\d?")
# How far below titles, dates and empty lines the headings may be.
_HEADINGS_WITHIN = 12
_MOST_WORDS = 7
_TITLE_WORDS = frozenset(
    "group groups list roster class block team term members names students participants attendance for gruppe liste"
    " teilnehmer teilnehmende mitglieder namen groupe participants etudiants noms roopu rarangi".split()
)
# Parts behind a comma that make no first name.
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "mbchb", "msc", "bsc", "ma", "ba"))
_BULLET = re.compile(r"^(?:\d{1,3}[.)\]:]|[-–—•*·])\s+")
_WITH_ADDRESS = re.compile(r"^(.*?)\s*[<(]\s*(\S+@\S+?)\s*[>)]$")


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """Positions of a file's columns, and its lines above and below the headings.

    A name may be in one column, or in two; short names, and how names are heard, in any number. `surname_first` says
    that names are written “Surname, First”; `other_ids` that a column of identifiers of another system was
    left alone; `has_headings` whether there were any, and `head` which.
    """

    lines: tuple[TableLine, ...]
    names: tuple[int, ...]
    code: int | None = None
    contact: int | None = None
    titles: tuple[int, ...] = ()
    surname_first: bool = False
    other_ids: bool = False
    has_headings: bool = True
    head: tuple[str, ...] = ()
    short_names: tuple[int, ...] = ()
    heard_as: tuple[int, ...] = ()

    def name(self, line: TableLine) -> str:
        """Return a line's name, the first name first."""
        name = tidy(" ".join(cell(line, place) for place in self.names))
        return turned(name) if self.surname_first else name


def find_columns(table: FileTable, name: str) -> RosterColumns:
    """Find a table's columns. Raise Trouble ROSTER_COLUMNS, ROSTER_FILE_EMPTY for headings without a row below."""
    for place, head in enumerate(table.lines[:_HEADINGS_WITHIN]):
        found = _by_headings(head, table.lines[place + 1 :])
        if found is not None:
            if not found.lines:
                raise Trouble(TroubleCode.ROSTER_FILE_EMPTY, name=name)
            return replace(found, titles=tuple(line.number for line in table.lines[:place]))
    if len(table.lines) == 1:
        table = replace(table, lines=_each_cell_a_line(table))
    guessed = _by_content(table)
    if guessed is None:
        raise Trouble(TroubleCode.ROSTER_COLUMNS, name=name)
    return guessed


def cell(line: TableLine, place: int | None) -> str:
    """Return a cell's text, empty where the line is shorter; an escaping apostrophe before a formula is removed."""
    text = line.cells[place] if place is not None and place < len(line.cells) else ""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would parse the text as a formula."""
    return text.startswith(("=", "+", "-", "@"))


def turned(name: str) -> str:
    """Return “Surname, First” as “First Surname”, and any other name as it is."""
    family, comma, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if comma and given and family and "," not in given else name


# --- by headings ---


def _by_headings(head: TableLine, lines: tuple[TableLine, ...]) -> RosterColumns | None:
    headings = [_plain(text) for text in head.cells]

    def at(words: Collection[str]) -> int | None:
        return next((place for place, heading in enumerate(headings) if heading in words), None)

    names = _name_columns(at, lines)
    if not names and (place := at(_SURNAME_FIRST)) is not None:
        names = (place,)
    if not names:
        words = (place for place, text in enumerate(head.cells) if _is_name_heading(text))
        names = tuple(words)[:1]
    if not names:
        return None
    code, perhaps = at(_CODES), at(_PERHAPS_CODES)
    other_ids = False
    if code is None and perhaps is not None:
        values = [text for line in lines if (text := cell(line, perhaps).strip())]
        if values and all(_CODE.fullmatch(text) for text in values):
            code = perhaps
        else:
            other_ids = bool(values)
    is_turned = len(names) == 1 and (
        headings[names[0]] in _SURNAME_FIRST or (code is None and _are_surnames_first(lines, names[0]))
    )
    besides = tuple(
        place for place, heading in enumerate(headings) if heading in _CALLED | _SHORT and place not in names
    )
    heard = tuple(place for place, heading in enumerate(headings) if heading in _HEARD)
    return RosterColumns(
        lines,
        names,
        code,
        at(_CONTACTS),
        (),
        is_turned,
        other_ids,
        head=head.cells,
        short_names=besides,
        heard_as=heard,
    )


def _name_columns(at: Callable[[Collection[str]], int | None], lines: Sequence[TableLine]) -> tuple[int, ...]:
    whole, given, family, called = at(_NAMES), at(_GIVEN), at(_FAMILY), at(_CALLED)
    if whole is None and family is None and given is not None:
        whole = at(_NAME_OR_FAMILY)
    if whole is not None and given is not None and family is None and whole == at(_NAME_OR_FAMILY):
        # "Vorname, Name": the second is the family's, unless it repeats the first.
        both = [(tidy(cell(line, given)), tidy(cell(line, whole))) for line in lines]
        repeats = any(first and first.casefold() in full.casefold().split() for first, full in both)
        return (whole,) if repeats else (given, whole)
    if whole is not None:
        return (whole,)
    return tuple(place for place in (called if given is None else given, family) if place is not None)


def _are_surnames_first(lines: Sequence[TableLine], place: int) -> bool:
    names = [name for line in lines if (name := tidy(cell(line, place))) and not is_test_row(name)]
    return bool(names) and all(
        turned(name) != name and name.partition(",")[2].strip(" .").casefold() not in _SUFFIXES for name in names
    )


def is_test_row(name: str) -> bool:
    """Return whether a learning platform put this row among the people (Canvas: points and the test student)."""
    return _plain(name) in {"pointspossible", "studenttest", "teststudent"}


def _is_name_heading(text: str) -> bool:
    words = [_plain(word) for word in re.split(r"[\W_]+", text) if word]
    return "name" in {word.removesuffix("s") for word in words} and all(word in _NAME_WORDS for word in words)


def _plain(heading: str) -> str:
    """Return a heading without case, accents and signs."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


# --- by what they hold ---


def _by_content(table: FileTable) -> RosterColumns | None:
    """Read a list without headings: one column of names, a column of addresses beside it, or “Surname, First”."""
    lines, titles = _without_title(table.lines)
    lines = tuple(_parted(line) for line in lines)
    width = max(len(line.cells) for line in lines)
    columns = {place: [line.cells[place] for line in lines if place < len(line.cells)] for place in range(width)}
    columns = {place: filled for place, cells in columns.items() if (filled := [text for text in cells if text])}
    contact = next((place for place, cells in columns.items() if all("@" in text for text in cells)), None)
    code = next((place for place, cells in columns.items() if all(_CODE.fullmatch(text) for text in cells)), None)
    named = [place for place, cells in columns.items() if all(_may_be_name(text) for text in cells)]
    rest = [place for place in columns if place not in {contact, code, *named}]
    if rest and any(_has_letters(text) for place in rest for text in columns[place]):
        return None
    full = [place for place in named if len(columns[place]) == len(lines)]
    if len(named) == 1 and full:
        is_turned = _are_surnames_first(lines, named[0])
        return RosterColumns(lines, (named[0],), code, contact, titles, is_turned, has_headings=False)
    if len(named) == 2 and full == named and table.separator == ", ":
        family, given = named
        return RosterColumns(lines, (given, family), code, contact, titles, surname_first=False, has_headings=False)
    return None


def _each_cell_a_line(table: FileTable) -> tuple[TableLine, ...]:
    """Return a list that stands in one line as a line each; two cells with a comma are “Surname, First”."""
    (line,) = table.lines
    cells = [text for text in line.cells if text]
    most = 1 if table.separator in {";", "|"} else 2
    is_list = len(cells) > most and all(_may_be_name(text) for text in cells)
    return tuple(replace(line, cells=(text,)) for text in cells) if is_list else table.lines


def _without_title(lines: tuple[TableLine, ...]) -> tuple[tuple[TableLine, ...], tuple[int, ...]]:
    """Return the lines without a first one that an empty line, or its own colon, sets apart."""
    if len(lines) < 2:
        return lines, ()
    first, second, *others = lines
    numbers = [second.number, *(line.number for line in others)]
    is_apart = second.number > first.number + 1 and numbers == list(range(second.number, second.number + len(numbers)))
    text = "".join(first.cells)
    is_title = (is_apart and _reads_as_title(text)) or text.endswith(":")
    return (lines[1:], (first.number,)) if is_title and sum(map(bool, first.cells)) == 1 else (lines, ())


def _reads_as_title(text: str) -> bool:
    """Return whether a line has a word that no name has: "Psychiatry group", "names for 3 March"."""
    words = text.casefold().split()
    return any(word in _TITLE_WORDS for word in words) or any(sign.isdigit() for sign in text)


def _parted(line: TableLine) -> TableLine:
    """Return a line without its bullet or number, an address behind a name in a cell of its own."""
    if sum(bool(text) for text in line.cells) != 1:
        return line
    text = _BULLET.sub("", "".join(line.cells))
    found = _WITH_ADDRESS.match(text)
    # A mail program puts a name with a comma in quotation marks: “"Mori, Ada" <ada@…>”.
    return replace(line, cells=(turned(found.group(1).strip(' "')), found.group(2)) if found is not None else (text,))


def _may_be_name(text: str) -> bool:
    return (
        _has_letters(text)
        and not any(sign.isdigit() or sign in "@?!:;<>{}[]|/\\=_" for sign in text)
        and len(text) <= NAME_LIMIT
        and len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", ","))
    )


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
