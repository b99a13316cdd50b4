"""Shared test configuration: hypothesis profiles, the window's timeouts, and a guard for inner errors."""

from __future__ import annotations

import gc
import os

import memory_disk
import pytest
from _pytest.nodes import coerce_node_id
from hypothesis import HealthCheck, settings
from waiting import PatientBot

from balint_desktop import i18n

# Rewritten asserts in helpers report what they found, as in a test.
pytest.register_assert_rewrite("window_fixtures", "virtual_microphone", "screen_reader", "private_bus")

# Set before any module of a test loads Qt, whether or not it opens a window; a caller's own choice holds.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

memory_disk.use()

# Whatever language this machine speaks, tests and the programs they start read English.
os.environ["LANGUAGE"] = "en"
i18n.use(("en",))

pytest_plugins = ["inner_errors", "floor_tracing", "pytester"]

# No deadline: a busy machine is not a defect. In CI the same examples every time, so that a failure can be repeated.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# Folders whose tests lead a session, by a wound clock and without sound.
_LEADING = ("tests/session/", "tests/app/window/", "tests/ui/room/", "tests/ui/session/")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark the tests that lead a session, and let one worker run those that share one expensive run.

    The second is a WORKAROUND for pytest-xdist 3.8, which writes a test's group where pytest 9 does not read it.
    """
    for item in items:
        if item.nodeid.startswith(_LEADING):
            item.add_marker(pytest.mark.leads)
        group = item.get_closest_marker("xdist_group")
        if group is not None and config.getoption("loadgroup", default=False):
            item._id = coerce_node_id(f"{item.nodeid}@{group.args[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Keep thousands of tests, which are there to the end, out of each look through memory, here and in a test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture
def qtbot(qapp, request):
    """Return pytest-qt's robot with our long timeout."""
    return PatientBot(request)
