from __future__ import annotations

from balint_desktop.domain.trouble import Trouble, TroubleCode


def test_a_trouble_shows_a_developer_its_code_and_details():
    assert str(Trouble(TroubleCode.DISK_FULL)) == "disk-full"
    assert str(Trouble(TroubleCode.VAULT_MISSING, folder="/x", line=3)) == "vault-missing (folder=/x, line=3)"
    assert Trouble(TroubleCode.VAULT_MISSING, folder="/x").details == {"folder": "/x"}
