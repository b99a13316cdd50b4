"""Noting what is said for a moment only: a look in between might come too late, on a busy machine or a quick one."""

from __future__ import annotations


def note_each(target, setter):
    """Return a list that takes up every value that a method of a widget is given from here on."""
    noted = []
    really = getattr(target, setter)

    def note(value):
        noted.append(value)
        really(value)

    setattr(target, setter, note)
    return noted
