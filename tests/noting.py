"""Recording short-lived messages: polling might come too late, on a busy machine or a quick one."""

from __future__ import annotations


def note_each(target, setter):
    """Return a list that collects every value passed to a widget's method from here on."""
    noted = []
    really = getattr(target, setter)

    def note(value):
        noted.append(value)
        really(value)

    setattr(target, setter, note)
    return noted
