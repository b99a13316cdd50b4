"""Fixtures for the domain's tests: shipped formats and prompts, and a session on a clock wound by hand."""

from __future__ import annotations

import pytest
from sessions import Led, shipped, shipped_prompts


@pytest.fixture(scope="session")
def hour():
    """The paper's hour."""
    return shipped("student-hour")


@pytest.fixture(scope="session")
def bank():
    return shipped_prompts()


@pytest.fixture
def led(hour):
    """A session of the paper's hour that has just begun."""
    return Led(hour).begin()
