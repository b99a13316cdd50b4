"""Services over an open vault: there is none without one, and a format that is missing has its key for a name."""

from __future__ import annotations

import pytest

from balint_desktop.app import vault_services
from balint_desktop.domain.trouble import Trouble, TroubleCode

OF_CONTEXT = ("transfer_service", "retention_service", "report_accounts", "export_service", "accreditation_deps")


@pytest.mark.parametrize("name", OF_CONTEXT)
def test_without_a_vault_there_is_none(app, name):
    with pytest.raises(Trouble) as refused:
        getattr(vault_services, name)(app.context)

    assert refused.value.code is TroubleCode.VAULT_LOCKED


@pytest.mark.parametrize("name", OF_CONTEXT)
def test_an_open_vault_has_each(app, name):
    assert app.vault

    assert getattr(vault_services, name)(app.context) is not None


def test_a_format_that_was_deleted_since_is_called_by_its_key(app):
    assert app.vault
    accounts = vault_services.report_accounts(app.context)

    assert accounts._format_name("student-hour") == "Student hour"
    assert accounts._format_name("one-that-was-deleted") == "one-that-was-deleted"
