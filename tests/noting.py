"""Recording short-lived messages: polling might come too late, on a busy machine or a quick one."""

from __future__ import annotations


def note_each(target, setter, pick=lambda value: value):
    """Return a list that collects what `pick` makes of the arguments of each call of a widget's method from here on."""
    noted = []
    really = getattr(target, setter)

    def note(*args, **named):
        noted.append(pick(*args, **named))
        really(*args, **named)

    setattr(target, setter, note)
    return noted
