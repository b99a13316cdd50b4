"""A group's reports over a real vault with six weeks of it; files go where a test says."""

from __future__ import annotations

from functools import partial

import pytest
from accounts import keep_six_weeks, six_weeks_group
from clocks import WoundClock
from sessions import shipped
from vaults import make_vault

from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.service import ReportService
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.section import ReportsSection
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.name_gate import pass_names
from balint_desktop.vault.study_numbers import draw_numbers


@pytest.fixture
def vault(tmp_path):
    made = make_vault(tmp_path / "vault").open(WoundClock())
    keep_six_weeks(made)
    # As after the first export: drawing the numbers is an act of its own in the audit trail.
    draw_numbers(made, six_weeks_group().id, [one.code for one in six_weeks_group().participants])
    yield made
    made.close()


@pytest.fixture
def accounts(vault):
    shelf = RecordingService(vault, None, None)

    def sessions(group):
        return shelf.sessions([row.id for row in vault.log.sessions.sessions(group)])

    return ReportService(vault, sessions, lambda key: shipped(key).name, WoundClock())


@pytest.fixture
def account(accounts):
    return accounts.account(six_weeks_group())


@pytest.fixture
def where(tmp_path):
    """The destination of files: the suggested name, unless a test sets `name`."""

    class Where:
        folder = tmp_path
        name = None
        suggested = None
        kinds = ()

        def __call__(self, _parent, _title, suggested, kinds):
            self.suggested, self.kinds = suggested, kinds
            return self.folder / (self.name or suggested)

        @property
        def path(self):
            return self.folder / (self.name or self.suggested)

    return Where()


@pytest.fixture
def messages(qtbot):
    return Messages()


@pytest.fixture
def deps(vault, accounts, where, messages):
    printed = []
    return ReportDeps(
        accounts,
        FileExport(
            accounts.pass_door,
            accounts.note_export,
            messages,
            where,
            lambda _parent, _title: where.folder,
            pass_names=partial(pass_names, vault),
        ),
        messages,
        shipped,
        lambda _parent, html: printed.append(html),
    )


@pytest.fixture
def section(deps, look_at, theme, where):
    made = ReportsSection(deps)
    made.card._ask = where
    made.show_subject(six_weeks_group())
    return look_at(made)
