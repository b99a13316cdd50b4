"""Attacks by signs that nobody sees: typed into names and notes, and printed to terminals, tables and paper."""

from __future__ import annotations

import contextlib
import io
import json

from vault_attacks.registry import attack
from vault_attacks.worlds import made_vault, opened

from balint_desktop.cli.main import main as command
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import tidy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.reports.tables import ExportTable, TableColumn, to_csv
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.text.trouble import sentence
from balint_desktop.vault.backup import back_up

BACKWARDS, CLEARS = "Wednes\u202eyad", "Group\x1b[2J\x07"


def printed(arguments):
    """Run a command; return what it prints on both streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        command(arguments)
    return out.getvalue() + err.getvalue()


def hidden_in(text):
    return [f"{ord(sign):x}" for sign in text if not (sign.isprintable() or sign in "\n\t")]


@attack("signs", "a group's name that reads backwards, saved and read again", "Wednesyad")
def group_name(folder):
    made = made_vault(folder / "vault")
    with opened(made.folder, made.secret) as vault:
        vault.log.groups.save_group(Group(GroupId("one"), BACKWARDS))
        return vault.log.groups.groups()[0].name


@attack("signs", "an escape sequence in a note, saved and read again", "[2Jafter")
def note(folder):
    made = made_vault(folder / "vault")
    with opened(made.folder, made.secret) as vault:
        vault.log.set_setting("a note", "\x1b[2J\u2066after\u2069")
        return vault.log.setting("a note")


@attack("signs", "a name on a roster with a zero-width space: the same person twice", "the same")
def roster(_folder):
    return "the same" if tidy("An\u200bna") == tidy("Anna") else "two people"


@attack("signs", "a name on a roster in Persian keeps the joiner it is spelt with", "kept")
def persian(_folder):
    return "kept" if "\u200c" in tidy("نی\u200cما") else "lost"


@attack("signs", "a terminal: a folder with an escape sequence in its name", "hidden signs printed: []")
def terminal(folder):
    return f"hidden signs printed: {hidden_in(printed(['--data-dir', str(folder / CLEARS), 'vault', 'backups']))}"


@attack("signs", "a terminal: wrong usage that repeats what was typed", "hidden signs printed: []")
def usage(_folder):
    with contextlib.suppress(SystemExit):
        return f"hidden signs printed: {hidden_in(printed(['vault', CLEARS]))}"
    return "ended"


@attack(
    "signs",
    "a terminal: a folder with an escape sequence, as JSON lines",
    "as it is; hidden signs printed: []",
)
def as_json(folder):
    made = made_vault(folder / "vault")
    (folder / CLEARS).mkdir()
    with opened(made.folder, made.secret) as vault:
        plan, _row = back_up(vault, folder / CLEARS, SystemClock())
    (folder / "passphrase").write_text(made.passphrase)
    text = printed(
        ["--data-dir", str(folder), "vault", "backups", "--json", "--passphrase-file", str(folder / "passphrase")]
    )
    rows = [json.loads(line) for line in text.splitlines()]
    same = [row["folder"] for row in rows] == [str(plan.folder)]
    return f"{'as it is' if same else rows}; hidden signs printed: {hidden_in(text)}"


@attack("signs", "a table for a spreadsheet, from a log of an earlier version", "hidden signs: []")
def table(_folder):
    written = to_csv(ExportTable("groups", (TableColumn("name", "its name"),), ((BACKWARDS,), (CLEARS,))))
    return f"hidden signs: {hidden_in(written.decode('utf-8-sig').replace(chr(13), ''))}"


@attack("signs", "an error sentence about a file with an escape sequence in its name", "hidden signs: []")
def in_a_sentence(_folder):
    words = sentence(Trouble(TroubleCode.SOUND_MISSING, name=CLEARS + BACKWARDS))
    return f"hidden signs: {hidden_in(words)}"


@attack("signs", "paper, from a log of an earlier version", "hidden signs: []")
def paper(_folder):
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from balint_desktop.ui.export.paper import document  # noqa: PLC0415

    app = QApplication.instance() or QApplication(["attacks", "-platform", "offscreen"])
    assert app is not None
    return f"hidden signs: {hidden_in(document(f'<p>{BACKWARDS}</p>').toPlainText())}"


@attack("signs", "a backup's list with a name that reads backwards", "backup-list-damaged")
def in_a_list(_folder):
    from vault_attacks.worlds import code_of  # noqa: PLC0415

    return code_of(Manifest.from_json, Manifest("an\u202eid", "backup", 0.0).to_json())
