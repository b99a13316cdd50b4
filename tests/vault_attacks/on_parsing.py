"""Attacks by texts and files from elsewhere: each parser raises its own error, or none, and nothing else."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from attacks import KEYS, VECTORS
from sounds import opus
from spoiling import spoiled
from vault_attacks.registry import attack

from balint_desktop import resources
from balint_desktop.capture.convert_protocol import read_messages
from balint_desktop.domain.accreditation.pathways import parse_pathway
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.trouble import Trouble
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.library.questionnaires import QuestionnaireLibrary
from balint_desktop.ogg.duration import duration_s, whole_pages
from balint_desktop.roster.read_table import parse_table
from balint_desktop.sealed import keys
from balint_desktop.sealed.age_header import read_header
from balint_desktop.sealed.chunks import unseal_chunks
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.passphrase import scrypt_factor
from balint_desktop.ui.shell.preferences import PreferencesFile
from balint_desktop.vault.recovery_key import normalise_key
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.secret_work import parse_answer

_TRIES = 150
NASTY_JSON = [
    b"1" + b"0" * 400,
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"Infinity",
    b"NaN",
    b"-1e999",
    b'"\\ud800"',
    b"\xff\xfe",
    b"null",
    b"[]",
    b'{"people": [[]], "balint_desktop_roster": 1}',
    b'{"files": {"a": 1}}',
    b'{"trouble": "no-such-code", "details": {}}',
    b'{"trouble": "held", "details": 7}',
]
NASTY_TOML = [
    b"minutes = " + b"9" * 400,
    b"minutes = 1e999",
    b"minutes = nan",
    b"a = " + b"[" * 5000,
    b"a." * 5000 + b"a = 1",
    b"[" * 5000,
    b"key = 1979-99-99",
    b'key = "\\uD800"',
    b"[[phase]]\nminutes = inf\n",
    b"key = [1, {a = [2]}]",
    b"[phase]\nkey = 3\n",
    b"phase = 7",
    b"\x00",
]


@dataclass(frozen=True)
class Parser:
    """A parser, a good example of its food, what is nasty for its kind, and its own errors."""

    name: str
    parse: Callable[[bytes], object]
    good: bytes
    nasty: list[bytes]
    own: tuple[type[Exception], ...] = (Trouble,)


def _text(parse):
    return lambda data: parse(data.decode("utf-8", "replace"))


def _roster_table(data):
    return parse_table(data, "names.csv")


def _workbook(data):
    return parse_table(data, "names.xlsx")


def _zip(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return held.getvalue()


def _header(data):
    return read_header(data, [KEY.secret]), unseal_chunks(data, [KEY.secret])


def _ogg(data):
    return duration_s(whole_pages(data))


def _messages(data):
    return list(read_messages(io.BytesIO(data).read))


KEY = keys.new_identity()
BANK = shipped_bank()
SECRET = (f"# vault: 1\n# log-key: {'0' * 64}\n{KEY.secret}\n").encode()
PARSERS = [
    Parser(
        "a session format",
        _text(lambda text: parse_format(text, BANK)),
        (resources.folder("formats") / "student-hour.toml").read_bytes(),
        NASTY_TOML,
        (FormatError,),
    ),
    Parser(
        "a questionnaire",
        _text(parse_questionnaire),
        (resources.folder("questionnaires") / "written-part.toml").read_bytes(),
        NASTY_TOML,
        (FormatError,),
    ),
    Parser(
        "a pathway",
        _text(parse_pathway),
        next(iter(sorted(resources.folder("pathways").glob("*.toml")))).read_bytes(),
        NASTY_TOML,
        (FormatError,),
    ),
    Parser("the list of a backup", Manifest.from_json, Manifest("id", "backup", 1.0).to_json(), NASTY_JSON),
    Parser("the facts beside a part", PartFacts.from_json, PartFacts(0.0, "A microphone", 3.0).to_json(), NASTY_JSON),
    Parser("a roster", Roster.from_json, Roster().to_json(), NASTY_JSON, (ValueError,)),
    Parser(
        "what the converting child reports",
        _messages,
        b"\0\0\0\0" + json.dumps({"kind": "WAV", "read_s": 1.0, "kept_s": 1.0}).encode(),
        [b"\0\0\0\0" + one for one in NASTY_JSON],
    ),
    Parser("what the passphrase child answers", parse_answer, b'{"answer": "x"}', NASTY_JSON),
    Parser("what the log keeps of the facilitator", _text(Facilitator.from_text), b'{"who": "x"}', NASTY_JSON),
    Parser("a mark in a part", _text(parse_mark), b"struck 2", [b"struck " + b"9" * 400, b"struck -1", b"phase"]),
    Parser(
        "a table of names", _roster_table, b"Name;Mail\nAnna;a@b\n", [b"\0", b'"' * 10_000, b"sep=\n", b"," * 100_000]
    ),
    Parser(
        "a workbook of names",
        _workbook,
        _zip({"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}),
        [
            _zip({"xl/workbook.xml": b"<!DOCTYPE a>" + b"<a>" * 10_000}),
            _zip({"xl/workbook.xml": bytes(1 << 20)}),
            b"PK\3\4",
        ],
    ),
    Parser("an age file's header", _header, keys.seal(b"sound" * 1000, [KEY.recipient]), [b"", b"\n---" * 1000]),
    Parser(
        "the work factor of a passphrase file",
        scrypt_factor,
        (VECTORS / "as-sealed" / "passphrase.age").read_bytes(),
        [b""],
    ),
    Parser("the vault secret", _text(VaultSecret.from_text), SECRET, [b"# vault: " + b"9" * 400, b"# log-key: x"]),
    Parser(
        "a recovery key", _text(lambda text: keys.identity(normalise_key(text))), KEYS["recovery_key"].encode(), [b"\0"]
    ),
    Parser(
        "a reader's key", _text(keys.parse_recipient), KEY.recipient.encode(), [b"age1" + b"q" * 10_000, "é".encode()]
    ),
    Parser("Ogg pages", _ogg, opus(1.0), [b"OggS" * 1000, b"OggS" + b"\xff" * 300]),
    Parser(
        "an import report",
        lambda data: ImportReport.from_json(json.loads(data)),
        b"{}",
        [b"[]", b"3"],
        (ValueError, AttributeError, RecursionError),
    ),
]


def tried(parser):
    """Feed a parser what is nasty for it and its good food spoiled; return the errors that are not its own."""
    lots = random.Random(parser.name)
    foods = [*parser.nasty, *(spoiled(lots, parser.good) for _ in range(_TRIES))]
    strangers = set()
    for food in foods:
        try:
            parser.parse(food)
        except parser.own:
            continue
        except Exception as error:  # noqa: BLE001  this is what is looked for
            strangers.add(f"{type(error).__name__} over {food[:40]!r}")
    return "only its own errors" if not strangers else "; ".join(sorted(strangers)[:3])


def _add(parser):
    @attack("parsing", f"{parser.name}, spoiled and hostile", "only its own errors")
    def act(_folder):
        return tried(parser)


for _parser in PARSERS:
    _add(_parser)


def _library(kind, folder, files):
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    library = FormatLibrary(folder, BANK) if kind == "formats" else QuestionnaireLibrary(folder)
    usable, refused = len(library.usable()), sorted(one.details["name"] for one in library.refused())
    return f"{usable} usable; refused: {', '.join(str(name) for name in refused)}"


@attack(
    "parsing",
    "a bad file among the session formats: it is named, and the others load",
    "6 usable; refused: deep.toml, huge-number.toml",
)
def bad_format(folder):
    return _library("formats", folder / "formats", {"huge-number.toml": NASTY_TOML[0], "deep.toml": NASTY_TOML[3]})


@attack(
    "parsing",
    "a bad file among the questionnaires: it is named, and the other loads",
    "1 usable; refused: deep.toml, huge-number.toml",
)
def bad_questionnaire(folder):
    return _library("questionnaires", folder / "q", {"huge-number.toml": NASTY_TOML[0], "deep.toml": NASTY_TOML[4]})


@attack("parsing", "a session format of 30 megabytes", "6 usable; refused: large.toml")
def large_format(folder):
    return _library("formats", folder / "formats", {"large.toml": b"# " + b"x" * 30_000_000})


@attack(
    "parsing", "a format whose minutes have 400 digits, at any place a number may be", "6 usable; refused: hour.toml"
)
def numbers_everywhere(folder):
    text = (resources.folder("formats") / "student-hour.toml").read_text()
    huge = re.sub(r"= \d+(\.\d+)?$", "= " + "9" * 400, text, flags=re.MULTILINE)
    return _library("formats", folder / "formats", {"hour.toml": huge.encode()})


@attack("parsing", "the window's preferences, spoiled", "the window's own")
def preferences(folder):
    path = folder / "window.json"
    for data in NASTY_JSON:
        path.write_bytes(data)
        PreferencesFile(path).load()
    return "the window's own"
