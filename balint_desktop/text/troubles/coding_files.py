"""Sentences of the files that coders send: coding files, Word copies, and projects and codebooks of other programs."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.CODING_FILE_UNREADABLE: Sentence(
        "{name} is not a coding file, or it is incomplete.",
        "Nothing was imported, and the file was not changed.",
        "Ask for the file again.",
    ),
    _C.CODING_FILE_NEWER: Sentence(
        "This coding file was made by a later version of Balint Desktop.",
        "The file is unchanged.",
        "Update Balint Desktop on this computer, then import it again.",
    ),
    _C.CODING_FILE_FOREIGN: Sentence(
        "This coding file belongs to another analysis.",
        "The file is unchanged.",
        "Import it into the analysis it was made for.",
    ),
    _C.CODING_FILE_NOT_FOR_YOU: Sentence(
        "This coding file is sealed to another coder’s reader key.",
        "The file is unchanged.",
        "Ask for one that is sealed to your reader key.",
    ),
    _C.CODING_FILE_OWN: Sentence(
        "This coding file was made from an analysis in this vault.",
        "Nothing was changed.",
        "Send it to the coder, who imports it into their own vault.",
    ),
    _C.CODING_FILE_DAMAGED: Sentence(
        "This coding file is damaged.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder to send it again.",
    ),
    _C.CODING_FILE_WRONG_TICKET: Sentence(
        "This coding file does not answer any file that was sent for this analysis.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder whether they chose the right file.",
    ),
    _C.CODING_FILE_UNKNOWN_TEXT: Sentence(
        "This coding file was made on a text that this analysis never had.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder to send the coding of the text you sent.",
    ),
    _C.CODING_FILE_MISSING: Sentence(
        "This coding file is no longer in the vault.",
        "The rest of the analysis is unaffected.",
        "Restore it from a backup, or ask the coder to send it again.",
    ),
    _C.PROJECT_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "Nothing was changed.",
        "Choose another file.",
    ),
    _C.PROJECT_FILE_DAMAGED: Sentence(
        "The file {name} is not a project that can be read here.",
        "Nothing was changed.",
        "Export it again as a REFI-QDA project (.qdpx), and choose that file.",
    ),
    _C.CODEBOOK_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "The framework is unchanged.",
        "Choose another file.",
    ),
    _C.CODEBOOK_FILE_DAMAGED: Sentence(
        "The file {name} is not a codebook that can be read here.",
        "The framework is unchanged.",
        "Export it again as a REFI-QDA codebook (.qdc), and choose that file.",
    ),
    _C.CODEBOOK_FILE_LARGE: Sentence(
        "The codebook {name} has more codes than fit into a framework.",
        "The framework is unchanged.",
        "Export only the codes you need, and choose that file.",
    ),
    _C.CODEBOOK_FILE_EMPTY: Sentence(
        "The codebook {name} has no codes.",
        "The framework is unchanged.",
        "Choose another file.",
    ),
    _C.WORD_COPY_KIND: Sentence(
        "{name} is not a Word document.",
        "Nothing was imported.",
        "Save the copy as Word (.docx), and choose that file.",
    ),
    _C.WORD_COPY_LARGE: Sentence(
        "{name} is far larger than a copy of one session.",
        "Nothing was imported.",
        "Choose the copy of this session that was sent out, with its comments.",
    ),
    _C.WORD_COPY_DAMAGED: Sentence(
        "{name} is damaged or cannot be read safely.",
        "Nothing was imported.",
        "Open it in your word processor, save it again as Word (.docx), and choose that file.",
    ),
    _C.WORD_COPY_OTHER_TEXT: Sentence(
        "{name} does not hold the text of this session.",
        "Nothing was imported.",
        "Choose the copy of this session, or the session that this copy belongs to.",
    ),
}
