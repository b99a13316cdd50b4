"""Services over an open vault: without one there are none, and a missing format is named by its key."""

from __future__ import annotations

import pytest

from balint_desktop.app import vault_services
from balint_desktop.domain.trouble import Trouble, TroubleCode

OF_CONTEXT = ("transfer_service", "retention_service", "report_accounts", "export_service", "accreditation_deps")


@pytest.mark.parametrize("name", OF_CONTEXT)
def test_without_a_vault_there_are_no_services(app, name):
    with pytest.raises(Trouble) as refused:
        getattr(vault_services, name)(app.context)

    assert refused.value.code is TroubleCode.VAULT_LOCKED


@pytest.mark.parametrize("name", OF_CONTEXT)
def test_an_open_vault_has_each_service(app, name):
    assert app.vault

    assert getattr(vault_services, name)(app.context) is not None


def test_a_format_deleted_since_is_named_by_its_key(app):
    assert app.vault
    accounts = vault_services.report_accounts(app.context)

    assert accounts._format_name("student-hour") == "Student hour"
    assert accounts._format_name("one-that-was-deleted") == "one-that-was-deleted"
