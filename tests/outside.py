"""Study numbers for tests of reports: P1 is R99, P2 is R98, so that their order is not that of the codes."""

from __future__ import annotations

from balint_desktop.domain.values import participant_code
from balint_desktop.reports.outside_labels import OutsideLabels

CODES = frozenset(participant_code(number) for number in range(1, 100))


def number_of(code):
    """Return what stands for a code."""
    return f"R{100 - int(code[1:])}"


NUMBERED = OutsideLabels(lambda _group, code: number_of(code), lambda _group: CODES, lambda: True)
DESTROYED = OutsideLabels(lambda _group, code: code, lambda _group: CODES, lambda: False)
