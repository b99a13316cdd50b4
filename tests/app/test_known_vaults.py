"""Another vault on this computer: the list of paths, what a chosen folder is, and the page at the gate."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import sys
import tempfile

import pytest
from app_fakes import Calls, FakeUnlock
from study_vaults import code_of
from vaults import make_vault

from balint_desktop.app.gates import Gates
from balint_desktop.app.known_vaults import KnownVaults, root_for_new, root_with_vault
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ui.vault_access.another_vault import AnotherVault
from balint_desktop.ui.vault_access.first_start import FirstStart
from balint_desktop.ui.vault_access.unlock import Unlock


@pytest.fixture
def other(tmp_path):
    """A data folder with another vault."""
    made = tmp_path / "coder-2"
    make_vault(made / "vault")
    return made


@pytest.fixture
def known(tmp_path):
    return KnownVaults(tmp_path / "vaults.json")


@pytest.fixture
def gates(app, session):
    made = Gates(
        app.context,
        app.shell,
        session=session,
        locking=Calls(),
        handover=Calls(is_under_way=False),
        unlock=FakeUnlock(),
    )
    made.chosen = []
    made.vault_chosen.connect(made.chosen.append)
    return made


@pytest.fixture
def page(app, gates):
    """The page, come to from the gate of a vault."""
    gates.show()
    app.shell.gate.another_button.click()
    return app.shell.gate


# --- the list ---


def test_the_last_one_opened_is_first_and_each_is_there_once(known, tmp_path, other):
    third = tmp_path / "third"
    for root in (other, third, other):
        known.remember(root)

    assert known.folders() == (other, third)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_vault_by_another_way_is_the_same(known, tmp_path, other):
    (tmp_path / "link").symlink_to(other, target_is_directory=True)
    known.remember(other)
    known.remember(tmp_path / "link")

    assert known.folders() == (other,)


def test_a_list_holds_paths_alone_and_is_its_owners(known, tmp_path, other):
    known.remember(other)

    assert json.loads((tmp_path / "vaults.json").read_text()) == {"vaults": [str(other)]}
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "vaults.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "[]", '{"vaults": 3}', '{"vaults": ["relative", 7]}', "\x00"], ids=repr)
def test_a_damaged_list_is_empty(known, tmp_path, content):
    (tmp_path / "vaults.json").write_text(content)

    assert known.folders() == ()


def test_what_is_removed_from_the_list_stays_on_the_disk(known, other):
    known.remember(other)
    known.forget(other)

    assert known.folders() == ()
    assert root_with_vault(other) == other


# --- folders ---


def test_a_folder_holds_a_vault_or_is_one(other):
    assert root_with_vault(other) == other
    assert root_with_vault(other / "vault") == other


@pytest.mark.parametrize("name", ["missing", "no-vault"])
def test_a_folder_that_is_missing_or_no_vault_is_said(tmp_path, name):
    (tmp_path / "no-vault").mkdir()

    assert code_of(lambda: root_with_vault(tmp_path / name)) is TroubleCode.NO_VAULT_IN_FOLDER


def test_a_new_vault_takes_an_empty_folder_or_one_of_its_own(tmp_path):
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    assert root_for_new(empty) == empty
    assert root_for_new(full) == full / "balint-vault"
    (full / "balint-vault").mkdir()

    assert root_for_new(full) == full / "balint-vault-2"


def test_a_new_vault_is_never_where_one_is(other, tmp_path):
    assert code_of(lambda: root_for_new(other)) is TroubleCode.VAULT_EXISTS
    assert code_of(lambda: root_for_new(other / "vault")) is TroubleCode.VAULT_EXISTS
    assert code_of(lambda: root_for_new(tmp_path / "missing")) is TroubleCode.NO_VAULT_IN_FOLDER


def test_a_new_vault_is_in_no_folder_that_others_can_read(tmp_path):
    (tmp_path / "Dropbox").mkdir()

    assert code_of(lambda: root_for_new(tmp_path / "Dropbox")) is TroubleCode.FOLDER_SHARED


@pytest.mark.skipif(sys.platform == "win32", reason="is tried when the vault is created there")
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, TroubleCode.FOLDER_UNWRITABLE), (errno.EROFS, TroubleCode.DISK_READ_ONLY)],
    ids=["folder", "disk"],
)
def test_a_new_vault_is_in_no_folder_that_cannot_be_written(tmp_path, monkeypatch, number, code):
    def refuse(**_options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)

    assert code_of(lambda: root_for_new(tmp_path)) is code


# --- at the gate ---


def rows(page):
    return [page.list.item(row).text() for row in range(page.list.count())]


def test_the_gate_leads_there_and_back_and_the_default_vault_is_listed(app, gates, page):
    assert isinstance(page, AnotherVault)
    assert rows(page) == [f"{app.data.root} (this one)"]
    assert page.remove_button.isHidden()
    page.back_button.click()

    assert isinstance(app.shell.gate, Unlock)


def test_a_first_start_leads_there_too(app, gates):
    shutil.rmtree(app.data.vault)
    gates.show()
    assert isinstance(app.shell.gate, FirstStart)
    assert app.shell.gate.choice.folder.isHidden()
    app.shell.gate.choice.another_button.click()

    assert isinstance(app.shell.gate, AnotherVault)


def test_a_vault_of_the_list_is_chosen_and_the_same_one_leads_back_to_its_gate(app, gates, other):
    KnownVaults(app.context.vault_list).remember(other)
    gates.show()
    app.shell.gate.another_button.click()
    app.shell.gate.list.setCurrentRow(1)
    app.shell.gate.open_button.click()
    assert gates.chosen == [other]
    app.shell.gate.list.setCurrentRow(0)
    app.shell.gate.open_button.click()

    assert isinstance(app.shell.gate, Unlock)
    assert gates.chosen == [other]


def test_a_listed_vault_that_is_not_there_is_said_and_can_be_removed(app, gates, other):
    KnownVaults(app.context.vault_list).remember(other)
    shutil.rmtree(other)
    gates.show()
    app.shell.gate.another_button.click()
    page = app.shell.gate
    assert rows(page)[1] == f"{other} (no vault there now)"
    page.list.setCurrentRow(1)
    page.open_button.click()
    assert page.problem.text().startswith("There is no vault in the folder")
    page.remove_button.click()

    assert len(rows(page)) == 1
    assert gates.chosen == []


def test_a_vault_in_a_folder_is_chosen_and_one_for_a_new_vault_too(gates, page, other, tmp_path):
    (tmp_path / "new").mkdir()
    page._ask = lambda _parent, _title: other / "vault"
    page.find_button.click()
    page._ask = lambda _parent, _title: tmp_path / "new"
    page.new_button.click()
    page._ask = lambda _parent, _title: None
    page.new_button.click()

    assert gates.chosen == [other, tmp_path / "new"]


def test_a_folder_without_a_vault_is_refused_in_one_sentence(gates, page, tmp_path):
    page._ask = lambda _parent, _title: tmp_path / "nowhere"
    page.find_button.click()

    assert page.problem.text().startswith("There is no vault in the folder")
    assert gates.chosen == []


def test_keys_that_a_session_dropped_are_asked_for_without_another_vault(app, gates):
    gates.ask_for_keys(lambda: None, "Open recordings", "For safety", help_page="recordings")

    assert app.shell.gate.another_button.isHidden()
