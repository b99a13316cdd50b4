"""Export the audit trail as CSV and JSON, with whether it verifies and its head in words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, local_moment
from balint_desktop.vault.log.audit import AuditRow, AuditTrail

_COLUMNS = (
    TableColumn("place", "the row's place in the trail, from 1", ColumnKind.COUNT),
    TableColumn("when", "when it was done, by the time of this computer", ColumnKind.MOMENT),
    TableColumn("what", "what was done"),
    TableColumn("told", "with what: ids, study numbers, field names and fingerprints, as JSON; never names or notes"),
    TableColumn("chain", "the hash over this row and the chain before it (SHA-256): any change breaks all that follow"),
)


def audit_rows(audit: AuditTrail) -> AuditHead:
    """Verify the trail, and return its head. Raise Trouble."""
    return AuditHead(len(audit.rows()), audit.head_words(), audit.broken_at())


def statement(trail: AuditHead) -> str:
    """Return a sentence on whether the trail verifies."""
    if not trail.rows:
        return tr("The audit trail is empty.")
    if trail.broken_at is not None:
        return tr("The audit trail is NOT intact: from row {place} on, rows were changed or are missing.").format(
            place=trail.broken_at
        )
    return tr(
        "The audit trail is intact: each of its {n} rows follows from the one before. Its eight words are: {words}"
    ).format(n=trail.rows, words=" ".join(trail.head))


def audit_table(rows: Sequence[AuditRow], trail: AuditHead, labels: OutsideLabels) -> ExportTable:
    """Return the trail as a table, people by study number; its last row is the statement."""
    table_rows = [(row.place, local_moment(row.wall), row.act, _details(row, labels), row.chain) for row in rows]
    return ExportTable("audit trail", _COLUMNS, [*table_rows, (None, None, "statement", statement(trail), None)])


def _details(row: AuditRow, labels: OutsideLabels) -> str:
    """Return a row's details with labels for codes. One that was changed from outside may be no JSON."""
    try:
        group = json.loads(row.details).get("group")
    except (ValueError, AttributeError):
        group = None
    try:
        return labels.in_text(GroupId(group) if isinstance(group, str) else None, row.details)
    except KeyError:
        # Of a group that this vault never had: its codes lead to nobody.
        return row.details


def audit_json(rows: Sequence[AuditRow], trail: AuditHead) -> str:
    """Return the full trail for other programs to verify: wall times in seconds since 1970, unrounded.

    The rows are as they were chained, with codes: with anything else in their place none of them could be verified.
    Each chain is the SHA-256 of the JSON list [chain before, place, wall, what, told]; before the first are 64 zeros.
    """
    document = {
        "balint_desktop_audit": 1,
        "holds": trail.broken_at is None,
        "broken_at": trail.broken_at,
        "head_words": list(trail.head),
        "statement": statement(trail),
        "rows": [{"place": r.place, "wall": r.wall, "what": r.act, "told": r.details, "chain": r.chain} for r in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
