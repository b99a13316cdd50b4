"""What is traced for the floor of coverage: everything but the window's tests, fixtures included."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from floor_tracing import pytest_runtest_protocol


class FakeTracing:
    def __init__(self):
        self.on = True

    def pause(self):
        self.on = False

    def resume(self):
        self.on = True


def run(nodeid, plugin):
    """Run a test by the hook alone; return whether it was traced while it ran, and whether it is afterwards."""
    manager = SimpleNamespace(getplugin=lambda _name: plugin)
    hook = pytest_runtest_protocol(SimpleNamespace(nodeid=nodeid, config=SimpleNamespace(pluginmanager=manager)))
    next(hook)
    tracing = plugin and plugin.cov_controller
    during = tracing and tracing.on
    with pytest.raises(StopIteration) as ended:
        hook.send("done")
    assert ended.value.value == "done"
    return during, tracing and tracing.on


@pytest.mark.parametrize(
    ("nodeid", "is_traced"),
    [
        ("tests/vault/test_vault.py::test_x", True),
        ("tests/cli/test_log.py::test_x", True),
        ("tests/ui/today/test_today.py::test_x", False),
        ("tests/app/test_keys.py::test_x", False),
        ("tests/pages/test_pages.py::test_x", False),
    ],
)
def test_all_but_the_windows_tests_are_traced(nodeid, is_traced):
    assert run(nodeid, SimpleNamespace(cov_controller=FakeTracing())) == (is_traced, True)


def test_without_coverage_there_is_nothing_to_stop():
    assert run("tests/ui/today/test_today.py::test_x", None) == (None, None)
