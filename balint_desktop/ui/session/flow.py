"""One session from Get ready through the room to the debrief, and resuming an unfinished one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.capture.awake_handle import AwakeHandle, can_keep_awake
from balint_desktop.capture.devices_handle import list_computer_sources, list_devices
from balint_desktop.capture.recorder_handle import RecorderHandle
from balint_desktop.capture.try_handle import TryOut
from balint_desktop.domain.accreditation.values import Leaders
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import PlannedSession, day_of, is_evaluation
from balint_desktop.domain.group.group import Group, RoomLabels, recording_available
from balint_desktop.domain.group.labels import labels_in_room
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.facts import ComputerRecorded, Fact
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.opening import LONGEST_MIN, longest_opening_min, opening_min, with_opening
from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.domain.session.prompts import PromptBank
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_format
from balint_desktop.library.formats import FormatLibrary
from balint_desktop.machine import read_machine
from balint_desktop.recordings.recovery import finish_open_parts, last_part_sealed_s
from balint_desktop.session.controller import SessionController
from balint_desktop.session.interfaces import NullSessionLog
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import RecordingController
from balint_desktop.text import accreditation
from balint_desktop.text.lists import listed
from balint_desktop.text.recording_terms import until_words
from balint_desktop.ui.accreditation.leaders_box import leaders_deps
from balint_desktop.ui.accreditation.review_offer import ReviewOffer, answer_offer
from balint_desktop.ui.debrief.debrief import DebriefOffers, DebriefPlace
from balint_desktop.ui.ready.deps import FormatLabel, Ready, ReadyDeps
from balint_desktop.ui.ready.ready import ReadyPlace
from balint_desktop.ui.ready.room_labels import seat_words
from balint_desktop.ui.room.microphone_panel import Microphones
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.prompts_setting import SETTING as PROMPTS_SETTING
from balint_desktop.ui.room.prompts_setting import PromptsShown, prompts_shown
from balint_desktop.ui.room.room import RoomPlace
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import Theme
from balint_desktop.ui.widgets.names_source import NamesSource
from balint_desktop.vault.log.recording_choice import (
    RecordingChoice,
    read_recording_choice,
    write_recording_choice,
)
from balint_desktop.vault.log.sessions import SessionRow
from balint_desktop.vault.recording_terms import read_recording_terms
from balint_desktop.vault.session_recording import VaultRecordingStore, VaultSessionLog
from balint_desktop.vault.vault import OpenVault

_LISTING_S = 8.0
_DEVICE = "microphone"
# The source that heard the call last. Vaults may hold “none” from when leaving the call out was remembered.
_CALL = "call-source"
_NO_CALL = "none"
_TICK_MS = 1000
_PROBING_S = 10.0


@dataclass(frozen=True, slots=True)
class SessionFlowDeps:
    """Dependencies of a session in the window. `vault` is None in *Try it now*; `names` gives those of a group."""

    formats: FormatLibrary
    bank: PromptBank
    clock: Clock
    theme: Theme
    work: Work
    messages: Messages
    vault: OpenVault | None = None
    names: Callable[[GroupId], NamesSource] | None = None


class SessionFlow(QObject):
    """Leads one session from Get ready to done. It emits the page to show; the window shows it."""

    page_changed = Signal(object)
    running_changed = Signal(bool)
    done = Signal()
    handover_asked = Signal(str)
    """The group whose written part is to be handed round."""
    agreement_asked = Signal(str)
    """The group whose agreement to being recorded is to be entered."""

    def __init__(self, deps: SessionFlowDeps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deps = deps
        self.page: Place | None = None
        self.session: SessionController | None = None
        self._device: str | None = None
        self._session_id: SessionId | None = None
        self._is_kept = True
        # What stands for people in the room. In memory alone: no fact, no row and no export holds it.
        self.labels: Mapping[ParticipantCode, str] = {}
        # Who leads or observes besides, in words.
        self.others: tuple[str, ...] = ()
        self._awake = AwakeHandle()
        self._tick_timer = QTimer(self)
        self._tick_timer.setInterval(_TICK_MS)
        self._tick_timer.timeout.connect(self._tick)

    @property
    def is_running(self) -> bool:
        """Whether a session runs: its clock was started and its debrief is not done."""
        return self.session is not None and self.session.state.has_begun

    @property
    def is_room_open(self) -> bool:
        """Whether the room or its debrief is open: locking leaves it in the window."""
        return self.session is not None

    @property
    def is_under_way(self) -> bool:
        """Whether a session's clock runs without need of input: until it ended or was abandoned."""
        session = self.session
        return (
            session is not None
            and session.state.has_begun
            and session.state.ended_s is None
            and not schedule.is_forgotten(session.state, session.now())
        )

    @property
    def is_stored(self) -> bool:
        """Whether the session is written to the vault, and can be returned to."""
        return self._is_kept

    @property
    def is_recorded(self) -> bool:
        """Whether there is a recording of the session, however short."""
        return self.session is not None and bool(self.session.state.recording.parts)

    def note_closing(self) -> bool:
        """Say in the room what closing the window once more would do; return whether the room is in view."""
        if self.session is None or not isinstance(self.page, RoomPlace) or not self.page.isVisible():
            return False
        self.session.notices.add(NoticeKind.CLOSING if self._is_kept else NoticeKind.CLOSING_UNSTORED)
        return True

    # --- locking ---

    def lock(self, make_panel: Callable[[], RoomPanel]) -> None:
        """Block new recordings and hide the room's codes; the panel asks for the passphrase."""
        if self.session is not None:
            self.session.recording.is_locked = True
        if isinstance(self.page, RoomPlace):
            self.page.lock(make_panel())

    def unlock(self) -> None:
        """Restore what locking had hidden."""
        if self.session is not None:
            self.session.recording.is_locked = False
        if isinstance(self.page, RoomPlace):
            self.page.unlock()

    def ask_to_unlock(self) -> None:
        """Show the unlock panel in the locked room."""
        if isinstance(self.page, RoomPlace):
            self.page.open_unlock()

    @property
    def shows_room(self) -> bool:
        """Whether the page is the room, which stays visible while locked, and not a page before or after it."""
        return isinstance(self.page, RoomPlace)

    def consents_changed(self, group_id: str) -> None:
        """Apply changed consents in the room and on the page before it. Raise Trouble."""
        if not group_id or self._deps.vault is None:
            return
        group = self._members_now(GroupId(group_id))
        if self.session is not None:
            self.session.update_group(group)
        elif isinstance(self.page, ReadyPlace) and self.page.group_id == group.id:
            self.page.consents_changed(group)

    # --- starting and resuming ---

    def get_ready(self, group_id: str, before: Ready | None = None) -> None:
        """Show the page before a group's next session, with what was chosen `before` on it. Raise Trouble."""
        vault = self._vault()
        group = self._members_now(GroupId(group_id))
        number, line = vault.log.dates.next_session(group.id, day_of(self._deps.clock.now().wall))
        deps = self._ready_deps(group, number, line)
        if before is not None:
            deps = _chosen_before(deps, before)
        page = ReadyPlace(deps, self._deps.work)
        page.ready.connect(lambda ready: self._open(group, number, ready))
        page.back_asked.connect(self._finish)
        page.agreement_asked.connect(lambda: self.agreement_asked.emit(group.id))
        self._show(page)
        with self._deps.messages.attempt():
            # Another one is preselected instead, and the page should say why.
            self._deps.formats.load(deps.format_key)

    def without_group(self, format_key: str = "student-hour") -> None:
        """Open the room with clock and prompts only; nothing is recorded or stored. Raise Trouble."""
        session_format = self._deps.formats.load(format_key)
        group = Group(id=GroupId(""), name="", format_key=format_key)
        self.session = SessionController(session_format, group, self._deps.clock, NullSessionLog())
        self._is_kept = False
        self._show_room(session_format.name, self.session.begin)

    def return_to(self, row: SessionRow) -> None:
        """Resume an unfinished session in the room or its debrief. Raise Trouble."""
        vault = self._vault()
        group = self._group_of(row)
        session_format = translated_format(parse_format(row.setting.format_text))
        self._device = vault.log.setting(_DEVICE) or None
        self._session_id = row.id
        self.labels = self._labels_of(group)
        facts = vault.log.sessions.facts(row.id)
        choice = read_recording_choice(vault.log, row.id)
        controller = self._recording_controller(group, row.id) if choice is None or choice.records else None
        self.others = _others_in_room(vault.log.leaders.leaders(row.id))
        self.session = SessionController(
            session_format,
            group,
            self._deps.clock,
            VaultSessionLog(vault, row.id),
            controller,
            sleep_inhibitor=self._awake,
        )
        if controller is not None:
            controller.monitor = choice.monitor if choice is not None else self._call_recorded(facts)
        recording = finish_open_parts(vault, row.id)
        self.session.restore(facts, last_part_sealed_s(vault, recording) if recording is not None else None)
        vault.begin_session()
        if self.session.state.ended_s is not None:
            self._show_closing()
        else:
            self._show_room(_title(group, row.setting.number), lambda: None)

    def _group_of(self, row: SessionRow) -> Group:
        if row.setting.group is None:
            return Group(id=GroupId(""), name="")
        return self._members_now(row.setting.group)

    def _members_now(self, group: GroupId) -> Group:
        """Return the group with today's members only. Raise Trouble."""
        log = self._vault().log
        return log.groups.group(group).on(log.consents.today())

    def _ready_deps(self, group: Group, number: int, line: PlannedSession | None = None) -> ReadyDeps:
        vault = self._vault()
        shown = [FormatLabel(one.key, one.name) for one in self._deps.formats.lines() if not one.problem]
        evaluates = is_evaluation(line, number, group.sessions)
        return ReadyDeps(
            group=group,
            number=number,
            formats=shown,
            format_key=self._deps.formats.key_for(group, SessionKind.EVALUATION if evaluates else SessionKind.CASE),
            present=frozenset(member.code for member in group.participants),
            cues=self._cues("before", online=False)[:2],
            online_cues=self._cues("before", online=True)[:2],
            list_microphones=lambda: list_devices(_LISTING_S),
            try_out=TryOut,
            read_machine=lambda: read_machine(vault.folder),
            device=vault.log.setting(_DEVICE) or None,
            can_keep_awake=lambda: can_keep_awake(_PROBING_S),
            leading=leaders_deps(vault.log, group.id),
            print_card=lambda parent, key: self._print_card(parent, key, group, line.time if line is not None else ""),
            opening_of=self._opening_of,
            names=self._deps.names(group.id) if self._deps.names is not None else None,
            report=self._deps.messages.trouble,
            is_online=self._deps.formats.is_online,
            list_computer_sources=lambda: list_computer_sources(_LISTING_S),
            computer_source=self._call_source(),
            day=line.day if line is not None else None,
            today=day_of(self._deps.clock.now().wall),
        )

    def _cues(self, phase: str, *, online: bool) -> tuple[str, ...]:
        """Return what to think of before or after a session, by video call or in a room."""
        return tuple(prompt.text for prompt in self._deps.bank.for_setting(online=online).phase_prompts(phase))

    def _call_recorded(self, facts: Sequence[Fact]) -> str | None:
        """Return what hears the call in a session of an earlier version, None where it was not recorded."""
        return self._call_source() if any(isinstance(fact, ComputerRecorded) for fact in facts) else None

    def _call_source(self) -> str | None:
        """Return the source that heard a call last, None if none was recorded yet."""
        name = self._vault().log.setting(_CALL)
        return name if name and name != _NO_CALL else None

    def _opening_of(self, key: str) -> tuple[int, int]:
        """Return the planned and the longest length of a format's first phase, in minutes."""
        with suppress(Trouble):
            session_format = self._deps.formats.load(key)
            return opening_min(session_format), longest_opening_min(session_format)
        return 1, LONGEST_MIN

    def _labels_of(self, group: Group) -> Mapping[ParticipantCode, str]:
        """Return what stands for people in the room as the group chose it. Raise Trouble."""
        reads = group.room_labels is RoomLabels.INITIALS
        names = self._vault().rosters.read(group.id) if reads else Roster()
        return labels_in_room(group.participants, group.room_labels, seat_words, names)

    def _print_card(self, parent: QWidget, key: str, group: Group, start: str) -> None:
        from balint_desktop.ui.export.hour_card import hour_card  # noqa: PLC0415
        from balint_desktop.ui.export.name_gate import printed  # noqa: PLC0415
        from balint_desktop.ui.export.printing import print_hour_card  # noqa: PLC0415  few ever print
        from balint_desktop.vault.name_gate import pass_names  # noqa: PLC0415

        with self._deps.messages.attempt():
            card = self._deps.formats.load(key)
            html = hour_card(card, group.name, group.support, start)
            try:
                pass_names(self._vault(), Door.CARD, (printed(html),), group.id)
            except Trouble as trouble:
                # Between two sessions of an evening names are locked. Of a format of ours every word is ours.
                if trouble.code is not TroubleCode.NAMES_LOCKED or self._is_own_format(key):
                    raise
                html = hour_card(card, start=start)
            print_hour_card(parent, html)

    def _is_own_format(self, key: str) -> bool:
        return any(line.own for line in self._deps.formats.lines() if line.key == key)

    def _open(self, group: Group, number: int, ready: Ready) -> None:
        """Open the room."""
        with self._deps.messages.attempt():
            self._begin(group, number, ready)

    def _begin(self, group: Group, number: int, ready: Ready) -> None:
        vault = self._vault()
        self._remember(group.id, ready)
        text = self._deps.formats.text(ready.format_key)
        self._deps.formats.load(ready.format_key)
        if ready.opening_min is not None:
            text = with_opening(text, ready.opening_min)
        session_format = translated_format(parse_format(text))
        setting = SessionSetting(
            group=group.id,
            number=number,
            kind=session_format.kind,
            format_key=session_format.key,
            format_text=text,
        )
        session_id = self._session_id = vault.log.sessions.start(setting)
        if ready.leaders is not None and ready.leaders != Leaders():
            vault.log.leaders.save_leaders(session_id, ready.leaders)
        if ready.device is not None:
            vault.log.set_setting(_DEVICE, ready.device)
        self._device = ready.device
        self.labels = ready.labels
        # By the stored consents: one may have changed since the page was filled.
        group = self._members_now(group.id)
        others_agree = ready.leaders is None or ready.leaders.allow_recording
        records = ready.record and recording_available(group, ready.present, others_agree=others_agree)
        controller = self._recording_controller(group, session_id) if records else None
        if ready.monitor is not None:
            vault.log.set_setting(_CALL, ready.monitor)
        write_recording_choice(vault.log, session_id, RecordingChoice(records, ready.monitor))
        if controller is not None:
            controller.monitor = ready.monitor
        self.others = _others_in_room(ready.leaders or Leaders())
        self.session = SessionController(
            session_format,
            group,
            self._deps.clock,
            VaultSessionLog(vault, session_id),
            controller,
            sleep_inhibitor=self._awake,
        )
        session = self.session
        self._show_room(_title(group, number), lambda: session.begin(ready.present), ready)

    def _remember(self, group_id: GroupId, ready: Ready) -> None:
        """Remember for the group what was chosen for the room, and the support where it had none."""
        group = self._vault().log.groups.group(group_id)
        changed = replace(
            group,
            room_labels=ready.room_labels,
            opening_min=ready.opening_min,
            support=group.support or ready.support,
        )
        if changed != group:
            self._vault().log.groups.save_group(changed)

    def _recording_controller(self, group: Group, session: SessionId) -> RecordingController:
        work = self._deps.work
        store = VaultRecordingStore(self._vault(), group, session)
        # Without an owner widget: the recorder's reports must reach the log even if the pages are deleted.
        return RecordingController(store, RecorderHandle, lambda call: work.post(call, work))

    def _microphones(self) -> Microphones:
        """Return the room's microphone access."""
        work = self._deps.work
        return Microphones(
            list_available=lambda found, failed: work.run(
                lambda: list_devices(_LISTING_S), found, failed, self.page or self
            ),
            choose=self._use_microphone,
            in_use=lambda: self._device,
        )

    def _use_microphone(self, device: str) -> None:
        """Record with another microphone, and remember it for the next session."""
        if self.session is None:
            return
        self._device = device
        with self._deps.messages.attempt():
            self.session.recording.use_microphone(device)
            self._vault().log.set_setting(_DEVICE, device)

    def _tick(self) -> None:
        """Advance the session by the clock, also while the room is hidden, as behind the unlock gate."""
        if self.session is not None:
            self.session.tick()

    def _vault(self) -> OpenVault:
        if self._deps.vault is None:
            raise ValueError("trying it out has no vault")
        return self._deps.vault

    # --- pages ---

    def _show_room(self, title: str, begin: Callable[[], None], ready: Ready | None = None) -> None:
        if self.session is None:
            return
        room = RoomPlace(
            self.session,
            self._deps.bank,
            self._deps.theme,
            title,
            begin=begin,
            device=lambda: self._device,
            microphones=self._microphones(),
            frame=self._opening_frame(self.session.group),
            labels=self.labels,
            others=self.others,
            prompts=self._prompts_shown(),
            is_stored=self._is_kept,
        )
        # The room's own method: a room that is closed while its session is still held is not asked any more.
        self._tick_timer.timeout.connect(room.refresh_in_view)
        self._tick_timer.start()
        room.left.connect(self._show_closing)
        room.abandoned.connect(lambda: self._abandon(ready))
        room.handover_asked.connect(lambda group=self.session.group.id: self.handover_asked.emit(group))
        self.running_changed.emit(True)
        self._show(room)

    def _abandon(self, ready: Ready | None) -> None:
        """Leave a room before its session began: for the page before it, where there was one."""
        session = self.session
        if ready is None or session is None or session.recording.is_locked:
            self._finish()
            return
        self.shutdown()
        self.session = None
        self.running_changed.emit(False)
        with self._deps.messages.attempt():
            self.get_ready(session.group.id, ready)
            return
        self._finish()

    def _opening_frame(self, group: Group) -> OpeningFrame:
        """Return what is true of a group's session; whether it is recorded the room adds, at each moment."""
        if self._deps.vault is None or not group.id:
            return OpeningFrame()
        terms = read_recording_terms(self._deps.vault.log, group.id)
        people = [*terms.readers, tr("I")] if terms.readers and terms.opens_here else list(terms.readers)
        heard_by = terms.heard_by[:1].upper() + terms.heard_by[1:]
        return OpeningFrame(
            for_research=terms.for_research,
            purpose=terms.recorded_for,
            heard_by=heard_by or listed(people),
            form=terms.heard_as if heard_by else "",
            until=until_words(terms),
            leader_assesses=terms.leader_assesses,
            leader_opens=terms.opens_here,
        )

    def _prompts_shown(self) -> PromptsShown:
        vault = self._deps.vault
        return prompts_shown(vault.log.setting(PROMPTS_SETTING) if vault is not None else None)

    def _show_closing(self) -> None:
        if self.session is None:
            return
        if not self._is_kept:
            # Rebuilding the page would lose its input.
            self._finish()
            return
        cues = self._cues("after", online=self.session.format.online)[1:]
        page = DebriefPlace(self.session, cues, self._deps.messages, self._debrief_offers(self.session.group.id))
        page.done.connect(lambda: self._after_debrief(page.review))
        self._show(page)

    def _debrief_offers(self, group: GroupId) -> DebriefOffers:
        vault = self._vault()
        names = self._deps.names(group) if self._deps.names is not None and group else None
        return DebriefOffers(names, lambda kinds: vault.log.reminders.add(group or None, kinds), ReviewOffer())

    def _after_debrief(self, offer: ReviewOffer | None) -> None:
        """Show the review of your own leading if wanted; otherwise finish the session."""
        if offer is None or self._session_id is None:
            self._finish()
            return
        page = answer_offer(offer.answer, self._session_id, self._vault().log.accreditation, self._deps.messages)
        if page is None:
            self._finish()
        else:
            page.done.connect(self._finish)
            self._show(page)

    def _show(self, page: Place) -> None:
        self.page = page
        self.page_changed.emit(page)

    def _finish(self) -> None:
        self.shutdown()
        was_shown = self.session is not None
        self.session = None
        self.page = None
        if was_shown:
            self.running_changed.emit(False)
        self.done.emit()

    def shutdown(self) -> None:
        """Stop following the session: it is over, or the window closes."""
        self._tick_timer.stop()
        self._awake.inhibit_sleep(on=False)


def _title(group: Group, number: int) -> str:
    return tr("{group}, session {n}").format(group=group.name, n=number)


def _chosen_before(deps: ReadyDeps, ready: Ready) -> ReadyDeps:
    """Return the dependencies of the page with what was chosen on it a moment ago."""
    leading = deps.leading
    if leading is not None and ready.leaders is not None:
        leading = replace(leading, leaders=ready.leaders)
    records_call = ready.monitor is not None or not ready.record or not deps.is_online(ready.format_key)
    return replace(
        deps, format_key=ready.format_key, present=frozenset(ready.present), leading=leading, records_call=records_call
    )


def _others_in_room(leaders: Leaders) -> tuple[str, ...]:
    """Return who is in the room besides the members and the user."""
    template = tr("{label} ({role})")
    return tuple(
        template.format(label=one.colleague.label, role=accreditation.colleague_role(one.role))
        for one in leaders.colleagues
    )
