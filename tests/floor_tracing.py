"""Traces for the floor of coverage only while a test runs that opens no window: it is the core's own tests that count.

What the window's tests pass through in the core is seldom asserted there, and traced they take a fifth longer.
"""

from __future__ import annotations

import pytest

_WINDOWS = ("tests/app/", "tests/pages/", "tests/ui/")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Stand still from before a window's fixtures until after them."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    tracing = getattr(plugin, "cov_controller", None)
    if tracing is None or not item.nodeid.startswith(_WINDOWS):
        return (yield)
    tracing.pause()
    try:
        return (yield)
    finally:
        tracing.resume()
