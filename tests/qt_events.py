"""Lets Qt process events in a test as the running app's loop does, including deferred deletion."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent


def process_events():
    """Process due events, then deferred deletions, which Qt's own processEvents leaves to a running loop.

    With that alone a page that was left would go on living in a test, and whatever still calls it would go unseen.
    """
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
