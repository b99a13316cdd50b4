import pytest
from vaults import make_vault


@pytest.fixture
def made(tmp_path):
    return make_vault(tmp_path / "vault")


@pytest.fixture
def vault(made):
    opened = made.open()
    yield opened
    opened.close()


@pytest.fixture
def log(vault):
    return vault.log
