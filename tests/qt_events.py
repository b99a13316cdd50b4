"""How a test lets Qt work: as the loop of the running app does, so that what is deleted later is deleted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent


def process_events():
    """Do what is due, then delete what was to be deleted: Qt's own processEvents leaves that to a running loop.

    With that alone a page that was left would go on living in a test, and whatever still calls it would go unseen.
    """
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
