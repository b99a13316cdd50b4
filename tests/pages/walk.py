"""Open every page of the window, one after another, and say which is shown.

What pages there are is asked of the app: the places of the navigation, the sections of whatever is shown, the phases of
a format, and every button that shows something new. So a page that is added is walked without a line here.

    with Walk(app, folder, monkeypatch) as walk:
        for page in walk.pages():       # or walk.pages(deep=True): also what each button opens
            walk.shell.grab().save(f"{page}.png")
"""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pages.example_vault as example
from app_fakes import FakeDoor
from clocks import WoundClock
from desktop_bench import DesktopBench, FakeWatch, close
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QDesktopServices, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QTableView, QWidget
from qt_events import process_events
from ready_bench import BUILT_IN, CALL, LAPTOP, USB, FakeTryOut
from small_models import model_folder
from vaults import PASSPHRASE, make_vault
from waiting import live_until, wait_until

import balint_desktop.ui.ready.computer_sound as computer_sound_module
from balint_desktop.app.desktop import Desktop
from balint_desktop.capture.devices_handle import ComputerSource
from balint_desktop.capture.try_protocol import TryOutState, TryOutStatus
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.library.help import help_page, help_pages
from balint_desktop.text.call_sound import no_source_words
from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.session import flow as flow_module
from balint_desktop.ui.shell.preferences import Preferences, PreferencesFile
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.sections import Sections

SIZE = (1280, 720)
SPEAKERS = ComputerSource("speakers.monitor", "Speakers")
# A gap counts as a sleep from ten seconds.
_TICK_S = 5.0
_PUBLIC_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
KEY = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2
_BACK_TO_LIST = (
    *("transcript-back", "deidentify-approve-cancel", "deidentify-keys-close"),
    *("deidentify-side-close", "deidentify-back"),
    *("approved-reading-back", "approved-back"),
)
# Pressed, these leave the page, the vault or the machine, and show nothing of their own.
_LEAVES = (
    *("place-", "lock", "qt_", "group-back", "ready-back", "handed-", "settings-lock", "before-machine"),
    *("study-back", "analysis-open"),
)


@functools.cache
def _filled(act=None) -> Path:
    """Return a data folder whose vault holds the example, made once for all pages; `act` was done in it, too."""
    data = Path(tempfile.mkdtemp(prefix="filled-vault-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    made = make_vault(data / "vault")
    if act is not None:
        shutil.copytree(_filled(), data, dirs_exist_ok=True)
    else:
        with tempfile.TemporaryDirectory() as aside:
            model = model_folder(Path(aside) / "whisper-te-reo")
            ModelStore(DataFolder(data).models).add(model, not_checked=True)
    vault = made.open(WoundClock(example.TODAY_WALL))
    (act or example.fill)(vault)
    vault.close()
    return data


class _NoBot:
    """What DesktopBench asks of pytest-qt, outside a test."""

    def addWidget(self, _widget):  # noqa: N802  pytest-qt's spelling
        pass


class Window(DesktopBench):
    """The window over a vault with example data."""

    def __init__(self, app, folder, monkeypatch):
        super().__init__(app, folder, _NoBot(), monkeypatch)
        self.clock.set_wall(example.TODAY_WALL - self.clock.now().wall)

    def fill(self, act=None):
        """Open the example; `act` was done in it before, once for all windows."""
        shutil.copytree(_filled(act), self.desktop.context.data.root, dirs_exist_ok=True)
        self.desktop.context.vault.unlock(self.made.secret)
        self.desktop.places.open()
        return self


class Walk:
    """Walks through the window. `shell` is the window while a page is shown."""

    def __init__(self, app, folder, monkeypatch, *, look="light", scale=1.0, size=SIZE, language=""):
        self._app = app
        self._folder = Path(folder)
        self._monkeypatch = monkeypatch
        self._look = look
        self._scale = scale
        self._size = size
        self._language = language
        self._made = 0
        self._desktop: Desktop | None = None
        monkeypatch.setattr(flow_module, "list_devices", lambda _s: (BUILT_IN, USB))
        monkeypatch.setattr(flow_module, "list_computer_sources", lambda _s: (CALL,))
        monkeypatch.setattr(flow_module, "TryOut", FakeTryOut)
        monkeypatch.setattr(flow_module, "read_machine", lambda _folder: LAPTOP)
        monkeypatch.setattr(flow_module, "can_keep_awake", lambda _s: True)
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
        monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_args, **_named: ("", ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: "")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._drop()

    @property
    def shell(self):
        """The window."""
        return self._desktop.shell

    @property
    def context(self):
        """The window's services."""
        return self._desktop.context

    @property
    def page(self) -> QWidget:
        """What is shown in the window beside the navigation."""
        shell = self.shell
        if shell.cover is not None:
            return shell.cover
        return shell.gate if shell.gate is not None else shell.place(shell.current)

    def pages(self, *, deep: bool = False) -> Iterator[str]:
        """Show every page, and yield its name while it is shown; `deep` also presses each button once."""
        before = (self._first_start, self._unlock, self._empty, self._places)
        session = (self._ready, self._ready_online, self._room, self._room_online, self._evaluation)
        yield from self._walked((*before, *session), deep=deep)

    def session_pages(self) -> Iterator[str]:
        """Show the pages of a session alone."""
        yield from self._walked((self._ready, self._room), deep=False)

    def _walked(self, tours, *, deep):
        for tour in tours:
            yield from tour(deep=deep)
            self._drop()

    # --- before the vault ---

    def _first_start(self, *, deep):
        desktop = self._run(Desktop(self._app, DataFolder(self._new_folder()), WoundClock(), make_watch=FakeWatch))
        door = FakeDoor()
        vars(desktop.context)["vault_processes"] = door
        desktop.start()
        yield self._at("first-start")
        self._press("restore-backup")
        yield self._at("first-start-restore")
        self._press("restore-back")
        self._press("choice-another")
        yield self._at("first-start-another-vault")
        self._press("another-vault-back")
        self._press("set-up")
        yield self._at("first-start-passphrase")
        self._type("passphrase-first", PASSPHRASE)
        self._type("passphrase-second", PASSPHRASE)
        wait_until(lambda: self._reads("passphrase-strength"))
        self._press("passphrase-next")
        yield self._at("first-start-creating")
        door.answer(KEY)
        yield self._at("first-start-recovery-key")
        self._press("recovery-next")
        yield self._at("first-start-type-back")

    def _unlock(self, *, deep):
        self._window()
        # The window of the tests is built at its places.
        self._window_now().desktop.gates.show()
        yield self._at("unlock")
        self._press("unlock-another")
        yield self._at("unlock-another-vault")

    # --- the places ---

    def _empty(self, *, deep):
        """Show each place of a vault that holds nothing yet, where it looks different."""
        window = self._window()
        window.desktop.context.vault.unlock(window.made.secret)
        window.desktop.places.open()
        for key in (PlaceKey.TODAY, PlaceKey.GROUPS, PlaceKey.LOG, PlaceKey.RECORDINGS):
            self.shell.show_place(key)
            yield self._at(f"{key.value}-empty")

    def _places(self, *, deep):
        window = self._window().fill()
        for offer in window.desktop.places.offers():
            yield from self._place(offer.key, deep=deep)
        yield from self._help()
        yield from self._new_group()
        for group in self._window_now().vault.log.groups.groups():
            for key in self._group_sections(group):
                yield from self._with_openings(
                    f"group-{_depth(group)}-{key}", lambda g=group, k=key: self._show_group(g, k), deep=deep
                )

    def _new_group(self):
        self.shell.show_place(PlaceKey.GROUPS)
        self._press("group-new")
        yield self._at("group-new")
        yield from self._opened_over("group-new")
        self._press("people-by-names")
        yield self._at("group-new-names")
        self._press("group-cancel")

    def _place(self, key, *, deep):
        def show():
            self.shell.show_place(key)

        if key is PlaceKey.ANALYSIS:
            yield from self._analysis(deep=deep)
            self._window().fill()
            return
        show()
        keys = self._section_keys()
        if not keys:
            yield from self._with_openings(key.value, show, deep=deep)
        for section in keys:
            yield from self._with_openings(
                f"{key.value}-{section}", lambda s=section: (show(), self._show_section(s)), deep=deep
            )
        for name, opener in (("log-session", "log-open"), ("recordings-recording", "recordings-open")):
            if name.startswith(key.value):
                yield from self._with_openings(name, lambda o=opener: (show(), self._press(o)), deep=deep)

        if key is PlaceKey.TRANSCRIPTS:
            for name, row in (("transcripts-before", 0), ("transcripts-text", 1)):
                yield from self._with_openings(name, lambda r=row: self._open_transcript(r), deep=deep)
            yield from self._with_openings(
                "transcripts-deidentify", self._open_deidentify, deep=deep, act=example.sign_off
            )
            yield from self._findings()
            yield from self._with_openings("transcripts-approved", self._open_approved, deep=deep, act=example.approve)
            yield from self._redaction()

    def _open_deidentify(self):
        """Open the text that was signed off, to be de-identified."""
        example.sign_off(self._window_now().vault)
        self._open_transcript(1, "deidentify-approve")

    def _findings(self):
        """What marking asks for, the other reader, and what keeps a text from being approved."""
        self._open_deidentify()
        place = self.shell.place(PlaceKey.TRANSCRIPTS)
        place.deidentify.reading.text.select((4, 7))
        self._press("deidentify-mark")
        yield self._at("transcripts-deidentify-marked")
        self._open_deidentify()
        self._press("deidentify-approve")
        self._type("deidentify-approve-by", "AB")
        self._press("deidentify-approve-do")
        wait_until(lambda: self._reads("deidentify-found"))
        yield self._at("transcripts-deidentify-found")

    def _open_approved(self):
        """Open the approved text of the session that has one."""
        example.approve(self._window_now().vault)
        self._open_transcript(1, "approved-read")

    def _redaction(self):
        """Read an approved text, and take something out of it."""
        self._open_approved()
        self._press("approved-read")
        yield self._at("transcripts-approved-read")
        # Anew: whoever has seen the page may have pressed something in it.
        self._open_approved()
        self._press("approved-read")
        self.shell.place(PlaceKey.TRANSCRIPTS).approved.text.select((4, 7))
        self._press("approved-redact-selection")
        yield self._at("transcripts-approved-redact")

    def _open_transcript(self, row, shown=""):
        """Do the next step of a session in the list: the newest has none yet, the one before has a text.

        `shown` is a button of the page that this opens.
        """

        def listed():
            # Listed once the log has said that it is of use, and read in the background.
            self.shell.show_place(PlaceKey.TRANSCRIPTS)
            wait_until(lambda: (self.settle(), not self._desktop.context.work.busy)[1], "the list or the text")
            # A text that was left open is open again.
            for back in _BACK_TO_LIST:
                if (found := self._visible(back)) is not None:
                    found.click()
                    self.settle()
            return self._visible("transcripts-table", QTableView)

        table = wait_until(listed, "the list of transcripts")
        table.choose(table.rows.row_at(row).key)
        shown = shown or ("before-hand", "transcript-sign-off-open")[row]
        self._press("transcripts-step")
        wait_until(lambda: (self.settle(), self._visible(shown))[1], shown)

    def _analysis(self, *, deep):
        """A study that is new, set up, read, coded and given themes; then one with a round that is closed."""
        yield from self._with_openings(
            "analysis-studies", lambda: self._open_analysis(""), deep=deep, act=example.approve
        )
        self.shell.place(PlaceKey.ANALYSIS).studies.ask_to_leave_out(example.STUDY)
        yield self._at("analysis-leave-out")
        pages = {
            "study": "study-code",
            "set-up": "study-save",
            "code": "code-more",
            "themes": "themes-new",
            "report": "report-export",
        }
        for page, shown in pages.items():
            yield from self._with_openings(
                f"analysis-{page}",
                lambda p=page, s=shown: self._open_analysis(p, s),
                deep=deep and page != "study",
                act=example.analyse,
            )
        yield from self._with_openings(
            "analysis-read", lambda: self._open_analysis("read", "read-back"), deep=deep, act=example.analyse
        )
        self._open_analysis("themes", "themes-new")
        for view in ("passages", "picture", "matrix"):
            self._press(f"themes-show-{view}")
            yield self._at(f"analysis-{view}")
        yield from self._passages()
        self._window().fill(example.close_round)
        self._open_analysis("round", "round-open", closed=True)
        yield self._at("analysis-round")
        self._open_analysis("compare", "compare-decide", closed=True)
        yield self._at("analysis-compare")
        self._open_analysis("compare", "compare-decide", closed=True)
        self._press("compare-decide")
        yield self._at("analysis-decide")
        self._open_analysis("compare", "compare-decide", closed=True)
        self._press("compare-same")
        for view in ("passages", "texts", "framework", "meeting", "figures"):
            self._open_analysis("compare", "compare-decide", closed=True)
            self._press(f"compare-show-{view}")
            yield self._at(f"analysis-compare-{view}")
        yield from self._copies()

    def _copies(self):
        """The coding files, a Word copy that came, and lines typed from a coder's paper."""
        self._window().fill(example.receive_copy)
        file = example.receive_copy(self._window_now().vault)
        self._open_analysis(f"word:{file}", "word-take", closed=True)
        yield self._at("analysis-word")
        self._window().fill(example.receive_copy)
        form = self._paper()
        yield self._at("analysis-paper")
        form = self._paper()
        for words, lines in (("Fatigue; Being asked", "1"), ("Anger", "1")):
            form.code.setText(words)
            form.lines.setText(lines)
            form.add()
        form.lines.setText("1")
        yield self._at("analysis-paper-typed")

        yield from self._coding_files()

    def _paper(self):
        """Open the form for lines from paper, for the other coder and the one text."""
        self._open_analysis("paper", "paper-back", closed=True)
        form = self.shell.place(PlaceKey.ANALYSIS).paper_form
        for choice in (form.coder, form.of_text):
            choice.setCurrentIndex(1)
        return form

    def _coding_files(self):
        """What goes to coders and came back: each form, and what is asked of a file."""
        self._open_analysis("files", "files-send-open", closed=True)
        page = self.shell.place(PlaceKey.ANALYSIS).files_page
        yield self._at("analysis-files")
        self._open_analysis("files", "files-send-open", closed=True)
        self._press("files-send-open")
        yield self._at("analysis-files-send")
        asks = {
            page.whose: lambda: page.add_file(Path("coder-b.docx")),
            page.names: lambda: page.names.ask("Coder B", (("a", "HP"), ("b", "Coder A"))),
            page.late: lambda: page.late.ask("Coder B"),
        }
        for panel, ask in asks.items():
            for other in (page.send, *asks):
                other.hide()
            ask()
            yield self._at(f"analysis-{panel.objectName()}")
        # As where nobody codes in rounds.
        self._open_analysis("study", "study-code", closed=True)
        study_page = self.shell.place(PlaceKey.ANALYSIS).study_page
        study_page.comments_button.show()
        study_page.whose.ask(Path("comments.docx"), "comments.docx", (), "")
        yield self._at("analysis-comments")

    def _find_words(self):
        """Find words in the texts."""
        self._press("themes-show-passages")
        self._type("passages-typed", "")
        self._type("passages-typed", "asked")
        wait_until(lambda: (self.settle(), self._visible("passage-quote"))[1], "a passage")

    def _passages(self):
        """Words that are found, one chosen as a quotation; then a memo on a theme, and the key of an author."""
        self._find_words()
        yield self._at("analysis-words")
        # Anew, here and below: whoever has seen the page may have left it.
        self._open_analysis("themes", "themes-new")
        self._find_words()
        self._press("passage-quote")
        yield self._at("analysis-quotation")
        self._open_analysis("themes", "themes-new")
        self._press("theme-memo-new")
        yield self._at("analysis-theme-memo")
        self._open_analysis("set-up", "study-save")
        self._press("study-author-add")
        self._type("author-key", _PUBLIC_KEY)
        yield self._at("analysis-author")

    def _open_analysis(self, page, shown="analysis-new", *, closed=False):
        """Show the list, or a page of the example's study once its text is approved."""
        window = self._window_now()
        if page:
            example.analyse(window.vault, closed=closed)
        else:
            example.approve(window.vault)
        self.shell.show_place(PlaceKey.TODAY)
        self.shell.show_place(PlaceKey.ANALYSIS)
        place = self.shell.place(PlaceKey.ANALYSIS)
        if page:
            place.open_page(example.STUDY, page)
        wait_until(lambda: (self.settle(), self._visible(shown))[1], shown)
        if page == "compare":
            place.compare_page.matters.list.setCurrentRow(1)

    def _help(self):
        """Each page of Help, then what a search finds, and a page with its words highlighted."""
        self.shell.show_place(PlaceKey.HELP)
        for page in help_pages():
            self.shell.place(PlaceKey.HELP).show_page(page.key)
            yield self._at(f"help-{page.key}")
        field = self._visible("help-search", QLineEdit)
        for name, typed in (("found", help_pages()[0].title.split()[-1]), ("not-found", "zyx")):
            field.setText(typed)
            yield self._at(f"help-{name}")
        field.setText(help_page("room").title)
        self._press("help-open-room")
        yield self._at("help-highlighted")
        field.clear()
        self.shell.show_place(PlaceKey.TODAY)
        self.shell.help_asked.emit("")
        yield self._at("help-over-today")
        self.shell.remove_cover()

    def _show_group(self, group, key):
        self.shell.show_place(PlaceKey.GROUPS)
        self.shell.place(PlaceKey.GROUPS).show_group_of(group.id, key)

    def _group_sections(self, group):
        self._show_group(group, "")
        return self._section_keys()

    def _section_keys(self):
        self.settle()
        shown = [one for one in self.page.findChildren(Sections) if one.isVisibleTo(self.page)]
        return [key for key, chip in shown[0].chips.items() if chip.isVisibleTo(self.page)] if shown else []

    def _show_section(self, key):
        self.settle()
        next(one for one in self.page.findChildren(Sections) if one.isVisibleTo(self.page)).show_section(key)

    # --- a session ---

    def _ready(self, *, deep):
        def show():
            self._window_now().desktop.session.get_ready(example.TEACHING.id)
            QCoreApplication.processEvents()

        self._window().fill()
        yield from self._with_openings("get-ready", show, deep=deep)

    def _ready_online(self, *, deep):
        """Get ready for a call: with two outputs, after a test that heard it twice, and where it cannot be recorded."""
        for name, found in (("get-ready-online", (CALL, SPEAKERS)), ("get-ready-online-without", ())):
            self._monkeypatch.setattr(flow_module, "list_computer_sources", lambda _s, found=found: found)
            self._window().fill()
            self._window_now().desktop.session.get_ready(example.TEACHING.id)
            # The longest of them.
            self._monkeypatch.setattr(computer_sound_module, "no_source_words", lambda: no_source_words("win32"))
            formats = self._visible("ready-format", ChoiceField)
            formats.setCurrentIndex(formats.findData("online"))
            yield self._at(name)
            if found:
                box = self.page.computer_sound
                box.show_heard(TryOutStatus(TryOutState.LISTENING, 0.1, -30.0, muted=False, computer_db=-20.0))
                box.show_heard(TryOutStatus(TryOutState.PLAYING, 0.1, -30.0, muted=False, echo_s=0.24))
                yield self._at(f"{name}-twice")

    def _room_online(self, *, deep):
        """The room while the call is recorded, is silent, and is lost."""
        window = self._open_room("online", monitor=CALL.name)
        yield self._at("room-online-before")
        window.press("begin", "recording-start")
        yield self._at("room-online-say-start")
        window.press("say-start-act")
        recorder = window.recorders.last
        recorder.hears(0.1, computer_db=-20.0)
        yield self._at("room-online")
        recorder.reports(RecorderEventKind.COMPUTER_SILENT, 0.1, TroubleCode.COMPUTER_SOUND_SILENT)
        yield self._at("room-online-silent")
        recorder.reports(RecorderEventKind.COMPUTER_LOST, 0.1, TroubleCode.COMPUTER_SOUND_LOST)
        recorder.hears(0.2)
        yield self._at("room-online-lost")
        yield from self._alone(window, "room-online-clock-alone")

    def _room(self, *, deep):
        window = self._open_room("student-hour")
        yield self._at("room-before")
        window.press("begin")
        yield self._at("room-not-recording")
        window.press("recording-start")
        yield self._at("room-say-start")
        window.press("say-start-act")
        window.hears(0.1)
        yield self._at("room-recording")
        for opener in [name for name in self._openers() if name.startswith(("open-", "needs-care", "mark"))]:
            self._press(opener)
            yield self._at(f"room-{opener}")
            if opener == "open-view":
                self._press("view-microphone")
                yield self._at("room-microphone")
            self._close_panel()
        window.room.show_help()
        yield self._at("room-help")
        self._close_panel()
        yield from self._phases(window)
        yield from self._notices(window)
        window.press("recording-pause")
        yield self._at("room-off-the-record")
        yield from self._alone(window, "room-clock-alone")
        window.desktop.locking.lock()
        yield self._at("room-locked")
        self._press("room-unlock")
        yield self._at("room-unlock")
        window.desktop.context.vault.unlock(window.made.secret)
        window.desktop.session.unlock()
        window.press("step")
        yield self._at("room-end-asked")
        window.press("end-now")
        yield self._at("room-ended")
        window.press("recording-stop", "say-stop-act")
        window.recorder_ends()
        yield self._at("room-sealed")
        window.press("to-debrief")
        yield from self._with_openings("debrief", lambda: None, deep=False)

    def _phases(self, window):
        session = window.desktop.session.flow.session
        phases = session.state.format.phases
        for number, phase in enumerate(phases[1:], start=1):
            while (left_s := phase.from_s - session.elapsed_s()) > 0:
                # In small steps and with a recorder that is heard: otherwise each phase would begin with a notice.
                window.clock.advance(min(_TICK_S, left_s))
                window.recorders.last.hears(session.elapsed_s())
                session.tick()
            window.press("step")
            window.hears(session.elapsed_s())
            window.room.refresh()
            yield self._at(f"room-phase-{number}-{phase.key}")
        for chip in [name for name in self._openers() if name.startswith("chip-")][:1]:
            self._press(chip)
            yield self._at("room-situation")

    def _notices(self, window):
        """Show what floats over the clock's side: an act that can be undone, a microphone that is lost."""
        window.press("recording-strike")
        yield self._at("room-redacted")
        window.press("redaction-undo")
        window.recorders.last.ends(50 * 60, trouble=TroubleCode.MICROPHONE_GONE)
        yield self._at("room-trouble")
        yield from self._alone(window, "room-clock-alone-trouble")
        window.clock.advance(_TICK_S)
        window.desktop.session.flow.session.tick()
        window.hears(0.1)
        yield from self._alone(window, "room-clock-alone-recording")

    def _alone(self, window, name):
        window.room.page.set_alone(alone=True)
        yield self._at(name)
        window.room.page.set_alone(alone=False)

    def _close_panel(self):
        for back in [name for name in self._openers() if name.endswith("-back")]:
            self._press(back)

    def _evaluation(self, *, deep):
        window = self._open_room("evaluation", record=False)
        window.press("begin")
        yield self._at("evaluation-room")
        window.press("step")
        yield self._at("evaluation-question")
        window.desktop.handover.start_in_session(example.TEACHING.id)
        yield self._at("written-part")

    def _open_room(self, format_key, *, record=True, monitor=None):
        window = self._window().fill()
        codes = tuple(member.code for member in example.MEMBERS)
        ready = Ready(format_key, codes, BUILT_IN.name, record, monitor=monitor)
        window.desktop.session.start(lambda flow: flow._open(example.TEACHING, 3, ready))
        return window

    # --- what a button opens ---

    def _with_openings(self, name, show, *, deep, act=None):
        """Show a page; then press each of its buttons on a page shown anew, and stop where something new is shown.

        `act` is what showing the page does in the vault first, unless it was done before.
        """
        show()
        yield self._at(name)
        yield from self._opened_over(name)
        if not deep:
            return
        for opener in self._openers():
            self._window().fill(act)
            show()
            live_until(lambda: not self.context.work.busy)
            self.settle()
            before = self._named()
            pressed = self._visible(opener)
            if pressed is None:
                continue
            pressed.click()
            self.settle()
            if self._named() - before or self.popups():
                yield self._at(f"{name}+{opener}")
                yield from self._opened_over(f"{name}+{opener}")
            for popup in self.popups():
                popup.close()

    def _opened_over(self, name):
        """Open the calendar of the first date field, and the first list with something to choose."""
        for kind, opening, act in ((DateField, "calendar", DateField.show_calendar), (ChoiceField, "list", _drop_down)):
            shown = (one for one in self.page.findChildren(kind) if one.isVisibleTo(self.page) and one.isEnabled())
            field = next(shown, None)
            if field is None:
                continue
            act(field)
            if self.popups():
                yield self._at(f"{name}+{opening}")
            for popup in self.popups():
                popup.close()

    def _openers(self):
        self.settle()
        sections = [chip for one in self.page.findChildren(Sections) for chip in one.chips.values()]
        return [
            made.objectName()
            for made in self.page.findChildren(QAbstractButton)
            if made not in sections
            and made.isVisibleTo(self.page)
            and made.isEnabled()
            and made.objectName()
            and not made.objectName().startswith(_LEAVES)
        ]

    def _named(self):
        return {w.objectName() for w in self.page.findChildren(QWidget) if w.objectName() and w.isVisibleTo(self.page)}

    def popups(self):
        """Return the windows shown over the window."""
        return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.shell]

        # --- the hand ---

    def _window(self):
        self._drop()
        self._window_made = Window(self._app, self._new_folder(), self._monkeypatch)
        self._run(self._window_made.desktop)
        return self._window_made

    def _window_now(self):
        return self._window_made

    def _run(self, desktop):
        self._desktop = desktop
        desktop.context.theme.set_dimmed(self._look == "dim")
        return desktop

    def _drop(self):
        if self._desktop is not None:
            for popup in self.popups():
                popup.close()
            close(self._desktop)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._desktop = None
            shutil.rmtree(self._folder / str(self._made), ignore_errors=True)

    def _new_folder(self):
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir(parents=True)
        appearance = Appearance.LIGHT if self._look == "dim" else Appearance(self._look)
        PreferencesFile(folder / "window.json").save(Preferences(appearance, self._scale, self._language))
        return folder

    def _at(self, name):
        # A page may still read what it shows.
        live_until(lambda: not self._desktop.context.work.busy)
        # Twice: what was shown before may have needed more room until now.
        for _ in range(2):
            self.shell.resize(*self._size)
            self.settle()
        return name

    def settle(self):
        """Process events until layouts are stable."""
        for _ in range(4):
            QCoreApplication.sendPostedEvents()
            process_events()

    def _visible(self, name, kind=QAbstractButton):
        return next((w for w in self.shell.findChildren(kind, name) if w.isVisibleTo(self.shell)), None)

    def _press(self, name):
        def is_shown():
            self.settle()
            return self._visible(name)

        # A list may still be read in the background.
        wait_until(is_shown, f"the button {name}").click()
        self.settle()

    def _reads(self, name):
        self.settle()
        label = self._visible(name, QLabel)
        return label.text() if label is not None else ""

    def _type(self, name, words):
        self._visible(name, QWidget).setText(words)
        self.settle()


def picture(walk: Walk) -> QPixmap:
    """Return a picture of the window with the windows that stand over it."""
    taken = walk.shell.grab()
    painter = QPainter(taken)
    for popup in walk.popups():
        painter.drawPixmap(popup.mapToGlobal(QPoint(0, 0)) - walk.shell.mapToGlobal(QPoint(0, 0)), popup.grab())
    painter.end()
    return taken


def _drop_down(field):
    if field.count() > 1:
        field.showPopup()


def _depth(group):
    return "research" if group.for_research else "teaching"
