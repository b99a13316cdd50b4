"""The folder in which file dialogs open: stored in the open vault, forgotten when it closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.export.last_folder import forget_folder, keep_in_vault, last_folder, remember_folder


@pytest.fixture(autouse=True)
def forgotten():
    yield
    forget_folder()


def refuse(_folder=None):
    raise Trouble(TroubleCode.DISK_FULL)


def test_an_opened_vault_brings_back_its_folder_and_stores_the_next(tmp_path):
    stored = []
    keep_in_vault(lambda: str(tmp_path), stored.append)
    assert last_folder() == tmp_path
    (tmp_path / "next").mkdir()
    remember_folder(tmp_path / "next")

    assert (last_folder(), stored) == (tmp_path / "next", [str(tmp_path / "next")])


def test_a_closed_vault_takes_its_folder_with_it_and_stores_nothing_more(tmp_path):
    stored = []
    keep_in_vault(lambda: str(tmp_path), stored.append)
    forget_folder()
    assert last_folder() == Path.home()
    remember_folder(tmp_path)

    assert (last_folder(), stored) == (tmp_path, [])


def test_a_folder_that_has_gone_is_not_offered(tmp_path):
    keep_in_vault(lambda: str(tmp_path / "stick"), refuse)

    assert last_folder() == Path.home()


def test_a_full_disk_remembers_it_until_the_vault_closes(tmp_path):
    keep_in_vault(refuse, refuse)
    remember_folder(tmp_path)

    assert last_folder() == tmp_path
