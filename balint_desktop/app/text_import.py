"""Import a text for a recording: read its file, ask who is who in it, begin the transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.app.context import AppContext
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.domain.encodings import possible_encodings
from balint_desktop.domain.transcript.imported_text import ImportedText
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.transcription.text_import.read_text import parse_text, read_bytes
from balint_desktop.ui.export.open_dialog import ask_for_file
from balint_desktop.ui.shell.shell import Shell
from balint_desktop.ui.transcripts.import_page import ImportTextPage, PlacedSpeakers, TextToImport
from balint_desktop.ui.transcripts.place import TranscriptsPlace


@dataclass(frozen=True, slots=True)
class _FoundText:
    """A file with a text, as it was read at first, and where the recording ends, in session milliseconds."""

    file: str
    data: bytes
    text: ImportedText
    until_ms: int


class TextImport:
    """The way from a file to a transcript, over the place."""

    def __init__(self, context: AppContext, shell: Shell, work: TranscriptWork, place: TranscriptsPlace) -> None:
        self._context, self._shell, self._work, self._place = context, shell, work, place

    def ask(self, recording: RecordingId) -> None:
        """Ask for a file, and show what was read of it."""
        kinds = "{texts} (*.txt *.docx *.vtt *.srt *.html *.htm);;{all} (*)".format(
            texts=tr("Texts"), all=tr("All files")
        )
        file = ask_for_file(self._place, tr("Import a text"), kinds)
        if file is not None:
            self._context.messages.begin_act()
            self._context.work.run(
                lambda: _read(file, lambda: self._work.until_ms(recording)),
                lambda found: self._show(recording, found),
                self._context.messages.trouble,
                self._place,
            )

    def _show(self, recording: RecordingId, found: _FoundText) -> None:
        messages, text = self._context.messages, found.text

        def read_as(encoding: str) -> ImportedText | None:
            nonlocal text
            with messages.act():
                text = parse_text(found.data, found.file, encoding)
                return text
            return None

        def begin(placing: PlacedSpeakers) -> None:
            messages.begin_act()
            if messages.attempted(lambda: self._work.import_text(recording, text, placing)):
                self._shell.remove_cover()
                self._place.show_begun(recording)

        with messages.attempt():
            wanted = TextToImport(
                found.file,
                self._work.title(recording),
                found.text,
                self._work.speakers(recording),
                found.until_ms,
                possible_encodings(found.data) if found.text.guessed else (),
                read_as,
            )
            page = ImportTextPage(wanted, begin)
            page.close_asked.connect(self._shell.remove_cover)
            self._shell.show_cover(page)


def _read(file: Path, until_ms: Callable[[], int]) -> _FoundText:
    """Read a text's file. Raise Trouble."""
    data = read_bytes(file)
    return _FoundText(file.name, data, parse_text(data, file.name), until_ms())
