"""The page Get ready, over fake microphones."""

from __future__ import annotations

from balint_desktop.capture.devices_handle import ComputerSource, Microphone
from balint_desktop.capture.try_protocol import TryOutState, TryOutStatus
from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.machine import Machine
from balint_desktop.ui.ready.deps import FormatLabel, ReadyDeps
from balint_desktop.ui.ready.ready import ReadyPlace

MEMBERS = tuple(Participant(participant_code(n), agreed_to_recording=n < 7) for n in range(1, 8))
EVERYONE = tuple(member.code for member in MEMBERS[:6])
NOT_AGREED = MEMBERS[6].code
BUILT_IN = Microphone("Built-in", "ALSA", is_default=True, rate_ok=True)
USB = Microphone("USB", "ALSA", is_default=False, rate_ok=True)
CALL = ComputerSource("call.monitor", "Headset")
OLD = Microphone("Old", "ALSA", is_default=False, rate_ok=False)
LAPTOP = Machine(hours_free=40.0, battery=80, on_charger=True)


class FakeTryOut:
    """A microphone try-out controlled by the test."""

    def __init__(self, device, on_level, on_end, seconds=None, *, monitor=None):
        self.device = device
        self.monitor = monitor
        self.seconds = seconds
        self.stopped = False
        self._on_level = on_level
        self._on_end = on_end

    def start(self):
        pass

    def stop(self):
        self.stopped = True

    def hears(self, level_db=-30.0, *, muted=False, state=TryOutState.LISTENING, computer_db=None, echo_s=None):
        self._on_level(TryOutStatus(state, 0.1, level_db, muted, computer_db, echo_s))

    def plays(self, echo_s=None):
        self.hears(0.0, state=TryOutState.PLAYING, echo_s=echo_s)

    def ends(self, trouble=None):
        self._on_end(None if trouble is None else Trouble(trouble))


class FakeNames:
    """A roster that is read at once, or, while `locked`, when the test lets it."""

    def __init__(self, roster, *, locked=False):
        self.roster = roster
        self.locked = locked
        self.asked = []

    def exist(self):
        return self.roster is not None

    def can_read(self):
        return not self.locked

    def read(self, use):
        if self.locked:
            self.asked.append(use)
        else:
            use(self.roster)


class ReadyBench:
    """The page, its inputs, and its results."""

    def __init__(
        self,
        work,
        *,
        members=MEMBERS,
        present=EVERYONE,
        machine=LAPTOP,
        device=None,
        microphones=None,
        list_microphones=None,
        try_out=None,
        can_keep_awake=None,
        this_vault_reads=True,
        readers=(),
        names=None,
        computer=None,
        records_call=True,
        computer_source=None,
        **frame,
    ):
        self.microphones = (BUILT_IN, USB) if microphones is None else microphones
        self.trouble = None
        self.looked = 0
        self.tries = []
        self.received = []
        self.backs = []
        self.agreements = []
        self.machine = machine
        group = Group(
            GroupId("g"),
            "Psychiatry rotation, block B",
            participants=members,
            recording_rule=RecordingRule.THOSE_PRESENT,
            this_vault_reads=this_vault_reads,
            readers=readers,
            **frame,
        )
        deps = ReadyDeps(
            group=group,
            number=3,
            formats=(FormatLabel("student-hour", "Student hour"), FormatLabel("online", "Online")),
            format_key="online",
            present=frozenset(present),
            cues=("How are you today?", "Is the room quiet?"),
            list_microphones=list_microphones or self._list,
            try_out=try_out or self._try_out,
            read_machine=lambda: self.machine,
            device=device,
            can_keep_awake=can_keep_awake,
            opening_of=lambda key: (3, 20) if key == "student-hour" else (5, 8),
            names=names,
            is_online=lambda key: key == "online",
            list_computer_sources=None if computer is None else lambda: tuple(computer),
            records_call=records_call,
            computer_source=computer_source,
        )
        self.page = ReadyPlace(deps, work)
        self.page.ready.connect(self.received.append)
        self.page.back_asked.connect(lambda: self.backs.append(True))
        self.page.agreement_asked.connect(lambda: self.agreements.append(True))

    def _list(self):
        self.looked += 1
        if self.trouble is not None:
            raise Trouble(self.trouble)
        return tuple(self.microphones)

    def _try_out(self, *arguments, **more):
        self.tries.append(FakeTryOut(*arguments, **more))
        return self.tries[-1]

    @property
    def last(self):
        """The current try-out, or the last one."""
        return self.tries[-1]
