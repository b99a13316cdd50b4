"""A text to de-identify on its page over memory: a session of a few turns, and a service that a test controls."""

from __future__ import annotations

import re
from dataclasses import replace

from correcting_bench import turn
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_events import process_events

from balint_desktop.domain.deidentify.approved import ApprovedText, approved_text, redacted
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.marks import marks_of, page_sha256, page_text, terms_of
from balint_desktop.domain.deidentify.reading import reading_text
from balint_desktop.domain.deidentify.replacements import replacement_problem
from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.transcript import transcript_of
from balint_desktop.domain.values import ParticipantCode, RecordingId
from balint_desktop.text.transcripts import bracket_words, speaker_words
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyDeps, DeidentifyWork, DestroyOffer
from balint_desktop.ui.deidentify.page import DeidentifyPage
from balint_desktop.ui.shell.messages import Messages

RECORDING = RecordingId("whole")
TITLE = "Wednesday group, session 3"
WORDS = ("abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract")
TRANSCRIPT = transcript_of(
    (
        turn(1, "P4", 60, "She was 26 like me. She came from Papakura after Siobhan called."),
        turn(2, "P2", 100, "Shivon told me. I asked Shivon what she thought, with hope."),
        turn(3, "F", 200, "What is that anger like? Papakura again?"),
        turn(4, "P4", 320, "The engagement ring stayed. Shivon saw it."),
        turn(5, "unknown", 700, "Nobody said a word for a while."),
    )
)
LONG_TRANSCRIPT = transcript_of(
    turn(
        n, "P4" if n % 2 else "P2", 8 * n, "She came from Papakura at 26 and Shivon told me of it then too, at length."
    )
    for n in range(1, 501)
)
NAMES = (KnownName(ParticipantCode("P3"), "Siobhan O’Neill"),)
# What is found, by its pattern: its layer, what would be put there, and more to choose from.
FOUND = (
    (r"\bSiobhan\b", Layer.ROSTER, "[P3]", ()),
    (r"\bShivon\b", Layer.SOUNDS_LIKE, "[P3]", ()),
    (r"\b26\b", Layer.NUMBER, "[age]", ("[in her twenties]",)),
    (r"\bPapakura\b", Layer.CAPITAL, "[place]", ()),
    (r"\bengagement ring\b", Layer.STORY, "", ()),
)


def key_of(term):
    """Return a term as suggestions are folded here."""
    return term.casefold()


def found_in(text, phrases=()):
    """Return what may identify in a text: what the table finds, and the phrases that were marked."""
    # As the engine does: the roster, then what a person had replaced, then the rest.
    marked = [(rf"\b{re.escape(one)}\b", Layer.MARKED, "[another person]", ()) for one in phrases]
    rows = [FOUND[0], *marked, *FOUND[1:]]
    found = {}
    for pattern, layer, becomes, others in rows:
        for one in re.finditer(pattern, text, re.IGNORECASE if layer is Layer.MARKED else 0):
            made = Suggestion(one.start(), one.end(), layer, one[0], key_of(one[0]), becomes, others)
            found.setdefault(one.start(), made)
    return tuple(sorted(found.values(), key=lambda one: one.begin))


def work_of(transcript=TRANSCRIPT, **changed):
    """Return a text opened to be de-identified."""
    reading = reading_text(transcript, (), bracket_words)
    made = DeidentifyWork(
        RECORDING,
        TITLE,
        reading,
        found_in(reading.text),
        Decisions(),
        tuple(ParticipantCode(f"P{n}") for n in (1, 2, 3, 4)),
    )
    return replace(made, **changed)


class FakeDeidentify:
    """A service in memory, which approves by the rules. `trouble` is raised by each call while it is set."""

    def __init__(self, opened=None):
        self.opened = opened or work_of()
        self.saved, self.approved_by, self.redactions, self.closed, self.undone = [], [], [], [], []
        self.trouble = None
        self.text = self.approval = None
        self.name_left = False

    def _may(self):
        if self.trouble is not None:
            raise self.trouble

    def open(self, _recording):
        self._may()
        decisions = self.saved[-1] if self.saved else self.opened.decisions
        return replace(
            self.opened, decisions=decisions, suggestions=found_in(self.opened.reading.text, decisions.phrases())
        )

    def close(self, recording):
        self.closed.append(recording)

    def suggest(self, work, decisions):
        self._may()
        return found_in(work.reading.text, decisions.phrases())

    def save(self, _recording, decisions):
        self._may()
        self.saved.append(decisions)

    def findings(self, decisions):
        reading = self.opened.reading
        marks = marks_of(reading, found_in(reading.text, decisions.phrases()), decisions)
        for term in terms_of(marks):
            if term.is_open:
                one = term.marks[0].suggestion
                yield GateFinding(FindingKind.UNDECIDED, "", one.begin, one.end, reading.line_at(one.begin).page)
        for page in reading.pages():
            sha256 = page_sha256(page_text(reading, marks, page, str))
            by = {one.by for one in decisions.ticks if one.page == page and one.sha256 == sha256}
            if len(by) < self.opened.readers_needed:
                yield GateFinding(FindingKind.UNREAD, page=page)

    def approve(self, _recording, by):
        self._may()
        decisions = self.saved[-1] if self.saved else self.opened.decisions
        found = tuple(self.findings(decisions))
        if found:
            return found
        reading = self.opened.reading
        marks = marks_of(reading, found_in(reading.text, decisions.phrases()), decisions)
        numbers = StudyNumbers({ParticipantCode(f"P{n}"): n + 1 for n in range(1, 7)})
        self.text = approved_text(reading, marks, numbers, speaker_words)
        self.approved_by.append(by)
        return self._approve(self.text, by)

    def _approve(self, text, by):
        self.text = text
        self.approval = Approval(text.version, text.sha256, WORDS, by, 1_790_000_000.0)
        return self.approval

    def read(self, _recording):
        self._may()
        return self.text, self.approval

    def redact(self, _recording, redactions, by):
        self._may()
        if self.name_left:
            one = redactions[0]
            return (GateFinding(FindingKind.NAME, "", one.begin, one.end),)
        self.redactions.append(tuple(redactions))
        return self._approve(redacted(self.text, redactions), by)

    def replacement_problem(self, _recording, replacement, term, decisions):
        return replacement_problem(replacement, term, NAMES, decisions)

    def undo_approval(self, recording):
        self._may()
        self.undone.append(recording)
        self.text = self.approval = None


class FakeDestroying:
    """Destroying in memory."""

    def __init__(self, offer=None):
        self.now = offer or DestroyOffer(backups=("The backup of 1 March still holds it.",))
        self.destroyed = []

    def offer(self, _recording):
        return self.now

    def destroy(self, recording, reason, witness):
        self.destroyed.append((recording, reason, witness))
        self.now = DestroyOffer(is_there=False)


def deps_of(service, destroying=None, **more):
    """Return the dependencies over a fake service."""
    return DeidentifyDeps(
        service=lambda: service, key_of=key_of, wall=lambda: 1.0, destroying=destroying or FakeDestroying(), **more
    )


def approved(text="R5: She was [in her twenties].\n\nR3: Siobhan told me. I asked siobhan."):
    """Return an approved text with its approval."""
    from balint_desktop.domain.deidentify.approved import ApprovedTurn  # noqa: PLC0415

    turns, at = [], 0
    for line in text.split("\n\n"):
        speaker = line.split(": ", 1)[0] if ": " in line else ""
        turns.append(ApprovedTurn(at, at + len(line), speaker, 0, 1))
        at += len(line) + 2
    of = ApprovedText(1, text, tuple(turns))
    return of, Approval(1, of.sha256, WORDS, "AB", 1_790_000_000.0)


class DeidentifyBench:
    """The page with a text opened, in a window of its own."""

    def __init__(self, work, *, size=(1026, 640), service=None, drafts=None, **changed):
        self.work = work
        self.service = service or FakeDeidentify(work_of(**changed))
        self.messages = Messages()
        self.deps = deps_of(self.service, drafts=drafts)
        self.page = DeidentifyPage(self.deps, work, self.messages)
        self.approvals = []
        self.page.approved.connect(self.approvals.append)
        self.page.resize(*size)
        self.page.show()
        self.open()

    def open(self):
        self.page.show_opened(self.service, self.service.open(RECORDING))
        process_events()

    @property
    def text(self):
        """What the page shows."""
        return self.page.reading.text.toPlainText()

    @property
    def decisions(self):
        return self.page.sitting.decisions

    def key(self, key, widget=None, modifier=None):
        """Press a key where the focus is."""
        focus = widget or self.page.focusWidget() or self.page
        if modifier is None:
            QTest.keyClick(focus, key)
        else:
            QTest.keyClick(focus, key, modifier)
        process_events()

    def types(self, words, widget=None):
        QTest.keyClicks(widget or self.page.focusWidget(), words)
        process_events()


def answers(page):
    """Return the answers that the card shows."""
    return [made.text() for made in page.words.card.buttons if made.isVisible()]


def next_word(bench):
    """Go to the next word to decide."""
    bench.key(Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ControlModifier)


def select(bench, words):
    """Select words on the page, where they are first."""
    begin = bench.page.reading.text.page.text.index(words)
    bench.page.reading.text.select((begin, begin + len(words)))
    process_events()
