"""The layers, each rule as a sentence."""

from __future__ import annotations

import sys

import module_table
import pytest
from architecture import Module, modules, read

SHARED = {"i18n", "resources", "command", "words"}
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


def only(part, *allowed):
    """Return a rule: what a part may import of our own package."""
    return lambda m: m.own_parts() - set(allowed) if m.part == part else set()


def never(*names, but=()):
    """Return a rule: what no part may import but these."""
    return lambda m: set() if m.part in but else m.imports_any(*names)


RULES = {
    "domain imports nothing of ours": only("domain"),
    "domain imports the standard library alone": lambda m: (
        {i for i in m.imports if i.split(".")[0] not in {*sys.stdlib_module_names, "balint_desktop"}}
        if m.part == "domain"
        else set()
    ),
    "sealed imports nothing of ours but domain": only("sealed", "domain"),
    "capture imports domain, sealed and what is shared, and never the vault": only(
        "capture", "domain", "sealed", *SHARED
    ),
    "vault imports domain, sealed and what is shared, and never capture": only("vault", "domain", "sealed", *SHARED),
    "conduct takes its parts as arguments: it imports domain and what is shared": only("conduct", "domain", *SHARED),
    "conduct knows no Qt": lambda m: m.imports_any("PySide6") if m.part == "conduct" else set(),
    "exchange imports neither windows nor the command line": lambda m: (
        m.own_parts() & {"ui", "cli", "app", "conduct"} if m.part == "exchange" else set()
    ),
    "ui imports downwards: never the command line": lambda m: m.own_parts() & {"cli"} if m.part == "ui" else set(),
    "what is shared imports no layer but domain": lambda m: (
        m.own_parts() - {"domain", *SHARED} if m.part in SHARED else set()
    ),
    "the library of formats imports domain, sealed and what is shared": only(
        "format_library", "file_library", "domain", "sealed", *SHARED
    ),
    "the library of questionnaires imports domain and what is shared": only(
        "questionnaire_library", "file_library", "domain", *SHARED
    ),
    "a library of files imports domain, sealed and what is shared": only("file_library", "domain", "sealed", *SHARED),
    "only ui, building and app import PySide6": never("PySide6", but=("ui", "building", "app")),
    "nobody imports app but the start of the program and its rehearsal": never(
        "balint_desktop.app", but=("__main__", "rehearsal")
    ),
    "nobody imports building but app, which owns what is built": never(
        "balint_desktop.building", but=("building", "app")
    ),
    "the sound libraries are loaded inside capture alone": never("sounddevice", "soundfile", but=("capture",)),
    "nothing imports a network module": never(*NETWORK),
    "children are started with subprocess, never multiprocessing": never("multiprocessing", "concurrent.futures"),
    "no clock is read outside domain/clock, but for capture's own timeouts": lambda m: (
        set()
        if m.name == "balint_desktop.domain.clock"
        else m.clocks - ({"time.monotonic"} if m.part == "capture" else set())
    ),
}


@pytest.mark.parametrize("sentence", RULES)
def test_rule(sentence):
    broken = {module.name: sorted(found) for module in modules() if (found := RULES[sentence](module))}

    assert broken == {}


# What would break each rule: without these, a rule that checks nothing would look like one that holds.
BREAKS = {
    "domain imports nothing of ours": ("domain.x", "import balint_desktop.words"),
    "domain imports the standard library alone": ("domain.x", "if TYPE_CHECKING:\n    import numpy"),
    "sealed imports nothing of ours but domain": ("sealed.x", "from balint_desktop import words"),
    "capture imports domain, sealed and what is shared, and never the vault": (
        "capture.x",
        "from balint_desktop.vault.log import Log",
    ),
    "vault imports domain, sealed and what is shared, and never capture": (
        "vault.x",
        "def f():\n    from balint_desktop.capture import y",
    ),
    "conduct takes its parts as arguments: it imports domain and what is shared": (
        "conduct.x",
        "from balint_desktop.sealed.part import PartWriter",
    ),
    "conduct knows no Qt": ("conduct.x", "from PySide6.QtCore import QObject"),
    "exchange imports neither windows nor the command line": ("exchange.x", "import balint_desktop.ui.shell"),
    "ui imports downwards: never the command line": ("ui.x", "from balint_desktop.cli import y"),
    "what is shared imports no layer but domain": ("words", "from balint_desktop.vault import y"),
    "the library of questionnaires imports domain and what is shared": (
        "questionnaire_library",
        "from balint_desktop.vault import log",
    ),
    "a library of files imports domain, sealed and what is shared": (
        "file_library",
        "from balint_desktop.ui import shell",
    ),
    "the library of formats imports domain, sealed and what is shared": (
        "format_library",
        "from balint_desktop.ui import y",
    ),
    "only ui, building and app import PySide6": ("cli.x", "import PySide6.QtCore"),
    "nobody imports app but the start of the program and its rehearsal": ("cli.x", "from balint_desktop import app"),
    "nobody imports building but app, which owns what is built": (
        "ui.x",
        "def f():\n    from balint_desktop.building import ways",
    ),
    "the sound libraries are loaded inside capture alone": ("exchange.x", "import soundfile"),
    "nothing imports a network module": ("ui.x", "from PySide6.QtNetwork import QNetworkAccessManager"),
    "children are started with subprocess, never multiprocessing": ("ui.x", "import multiprocessing"),
    "no clock is read outside domain/clock, but for capture's own timeouts": (
        "vault.x",
        "import time\nlater = time.monotonic() + 5",
    ),
}


@pytest.mark.parametrize("sentence", RULES)
def test_a_module_that_breaks_the_rule_is_caught(sentence):
    name, source = BREAKS[sentence]

    assert RULES[sentence](read(source, f"balint_desktop.{name}"))


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
def test_every_way_to_read_a_clock_is_seen(source):
    assert read(source, "balint_desktop.ui.x").clocks


@pytest.mark.parametrize("source", ["time.strftime('%H', then)", "time.localtime(then)", "time.sleep(1)"])
def test_writing_a_given_time_is_no_clock_call(source):
    assert not read(source, "balint_desktop.ui.x").clocks


def test_a_module_imported_by_name_at_run_time_is_seen():
    assert read("importlib.import_module('socket')", "balint_desktop.ui.x").imports == {"socket"}


def test_the_table_of_modules_is_current():
    assert module_table.written() == module_table.table(), "run .venv/bin/python tests/module_table.py --write"


def test_every_package_is_read():
    assert {"domain", "sealed", "capture", "vault", "conduct", "exchange", "ui", "building", "cli", "words"} <= {
        module.part for module in modules()
    }


def test_a_module_knows_its_part():
    assert Module("balint_desktop.ui.widgets.card", frozenset(), frozenset()).part == "ui"
    assert Module("balint_desktop", frozenset(), frozenset()).part == "balint_desktop"
