"""Wording of a record's fields and values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.ui.widgets.dates import day_and_time_at


def field_label(of: Field) -> str:
    """Return the label of a field."""
    return {
        Field.NUMBER: tr("number in the group"),
        Field.KIND: tr("type"),
        Field.BEGAN: tr("start"),
        Field.LASTED: tr("length"),
        Field.PRESENT: tr("present"),
        Field.PRESENTERS: tr("presenter"),
        Field.ONLINE: tr("setting"),
        Field.PROCESS_NOTE: tr("note on process"),
    }[of]


def value(of: Field, stored: Any) -> str:
    """Return the text of a field's value."""
    words: dict[Field, Callable[[Any], str]] = {
        Field.NUMBER: str,
        Field.KIND: lambda kind: tr("evaluation") if kind is SessionKind.EVALUATION else tr("case session"),
        Field.BEGAN: day_and_time_at,
        Field.LASTED: lambda seconds: tr("not ended") if seconds is None else durations.duration_words(seconds),
        Field.PRESENT: lambda codes: ", ".join(codes) or tr("not entered"),
        Field.PRESENTERS: lambda cases: ", ".join(code for _case, code in sorted(cases.items())) or tr("no one"),
        Field.ONLINE: lambda online: tr("online") if online else tr("face to face"),
        Field.PROCESS_NOTE: lambda text: tr("“{text}”").format(text=text) if text else tr("none"),
    }
    return words[of](stored)
