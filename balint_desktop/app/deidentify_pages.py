"""Fit the pages that de-identify to an open vault: the layers, the drafts, and destroying what was approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from balint_desktop.app.context import AppContext
from balint_desktop.app.deidentify import DeidentifyWorkbench, Suggest
from balint_desktop.app.name_places import names_in_group_of
from balint_desktop.app.vault_services import form_drafts, recordings_service, retention_service, transfer_service
from balint_desktop.domain.deidentify.capitals import CAPITAL_NOUNS
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.layer_text import key_of
from balint_desktop.domain.deidentify.suggest import suggest
from balint_desktop.domain.deidentify.suggestions import Suggestion
from balint_desktop.domain.deidentify.word_lists import WordLists
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.values import RecordingId
from balint_desktop.library.word_lists import read_word_lists
from balint_desktop.text import transfer
from balint_desktop.ui.deidentify.deps import DeidentifyDeps, DestroyOffer
from balint_desktop.ui.deidentify.export_offer import ApprovedExportOffer
from balint_desktop.ui.group.retention.recording_section import recording_clock_words
from balint_desktop.vault.transcripts import TranscriptVault


def deidentify_deps(context: AppContext) -> DeidentifyDeps:
    """Return what the pages that de-identify and approve are given."""
    workbench = DeidentifyWorkbench(context, _layers(), lambda language: language in CAPITAL_NOUNS)
    return DeidentifyDeps(
        service=lambda: workbench,
        key_of=key_of,
        wall=lambda: context.clock.now().wall,
        destroying=RecordingDestroying(context),
        drafts=form_drafts(context),
        export=ApprovedExportOffer(context.vault.open_vault, context.messages),
        names_in=names_in_group_of(context),
    )


def _layers() -> Suggest:
    """Return all layers over the lists of words that are shipped, which are read once something is searched."""
    read: list[WordLists] = []

    def found(
        text: str,
        names: Sequence[KnownName],
        *,
        fixed: Sequence[Span] = (),
        doubtful: Sequence[Span] = (),
        phrases: Iterable[str] = (),
        decided: Iterable[str] = (),
        language: str = "en",
    ) -> Sequence[Suggestion]:
        if not read:
            read.append(read_word_lists())
        words = {"phrases": phrases, "decided": decided}
        return suggest(text, names, read[0], fixed=fixed, doubtful=doubtful, language=language, **words)

    return found


class RecordingDestroying:
    """Fits an open vault to `ui/deidentify/deps.py: DestroyService`."""

    def __init__(self, context: AppContext) -> None:
        vault = context.vault.open_vault()
        self._keys, self._rows = vault.log.keys, vault.log.recordings
        self._recordings = recordings_service(vault)
        self._transcripts = TranscriptVault(vault)
        self._retention = retention_service(context)
        self._transfers = transfer_service(context)

    def offer(self, recording: RecordingId) -> DestroyOffer:
        """Return whether a recording can be destroyed, and what would remain of it elsewhere. Raise Trouble."""
        kept = self._retention.recording(recording)
        return DestroyOffer(
            has_sound=self._rows.recording(recording).has_sound,
            is_there=recording not in self._keys.destroyed(),
            is_held=kept is not None and kept.retained.is_held,
            stretches_waiting=self._transcripts.stretches_waiting(recording) or 0,
            clock=recording_clock_words(kept),
            backups=tuple(transfer.backups_sentence(self._transfers.backups_holding(recording)).splitlines()),
        )

    def destroy(self, recording: RecordingId, reason: str, witness: str) -> None:
        """Destroy a recording and its identifiable text for good. The approved text stays. Raise Trouble."""
        self._recordings.destroy(recording, reason, witness)
