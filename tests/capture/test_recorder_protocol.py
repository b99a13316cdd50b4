"""The lines between app and recorder: unchanged on the pipe, and parsed back into the same events."""

from __future__ import annotations

import json

import pytest

from balint_desktop.capture import recorder_protocol as protocol
from balint_desktop.capture.recorder_protocol import Command, PartEnd, Verb
from balint_desktop.domain.part_marks import PhaseEnteredMark, RedactionMark, UnknownMark
from balint_desktop.domain.recorder import RecorderEventKind, RecorderReport, RecorderState, RecorderStatus
from balint_desktop.domain.trouble import TroubleCode

MESSAGES = [
    (
        protocol.status_message(RecorderStatus(RecorderState.RECORDING, 12.345, 11.21, -31.26, 2)),
        '{"state": "recording", "seconds": 12.35, "sealed": 11.21, "level_db": -31.3, "dropped": 2}',
        RecorderStatus(RecorderState.RECORDING, 12.35, 11.21, -31.3, 2),
    ),
    (
        protocol.status_message(RecorderStatus(RecorderState.PAUSED, 12.0, 11.0, -31.26, 0, -24.04)),
        '{"state": "paused", "seconds": 12.0, "sealed": 11.0, "level_db": -31.3, "dropped": 0, "computer_db": -24.0}',
        RecorderStatus(RecorderState.PAUSED, 12.0, 11.0, -31.3, 0, -24.0),
    ),
    (
        protocol.event_message(RecorderEventKind.COMPUTER_LOST, TroubleCode.COMPUTER_SOUND_LOST, 3.0, 2.456),
        '{"event": "computer-lost", "trouble": "computer-sound-lost", "seconds": 3.0, "sealed": 2.46}',
        RecorderReport(RecorderEventKind.COMPUTER_LOST, 2.46, TroubleCode.COMPUTER_SOUND_LOST),
    ),
    (
        protocol.event_message(RecorderEventKind.MUTED, TroubleCode.MICROPHONE_MUTED, 3.0, 2.456),
        '{"event": "muted", "trouble": "microphone-muted", "seconds": 3.0, "sealed": 2.46}',
        RecorderReport(RecorderEventKind.MUTED, 2.46, TroubleCode.MICROPHONE_MUTED),
    ),
    (
        protocol.event_message(RecorderEventKind.GAP, None, 30.0, 28.0, at_s=4.2, gap_s=20.0),
        '{"event": "gap", "seconds": 30.0, "sealed": 28.0, "at_s": 4.2, "gap_s": 20.0}',
        RecorderReport(RecorderEventKind.GAP, 28.0, gap_at_s=4.2, gap_s=20.0),
    ),
    (
        protocol.event_message(RecorderEventKind.DEVICE_BACK, None, 9.0, 8.0, device="USB"),
        '{"event": "device-back", "seconds": 9.0, "sealed": 8.0, "device": "USB"}',
        RecorderReport(RecorderEventKind.DEVICE_BACK, 8.0),
    ),
    (
        protocol.closed_message(61.234, "ab" * 32),
        f'{{"event": "closed", "seconds": 61.234, "sealed": 61.234, "sha256": "{"ab" * 32}"}}',
        PartEnd(61.234, "ab" * 32),
    ),
    (
        protocol.ended_message(TroubleCode.DISK_FULL, 9.0, 8.0),
        '{"event": "disk-full", "trouble": "disk-full", "seconds": 9.0, "sealed": 8.0}',
        PartEnd(8.0, trouble=TroubleCode.DISK_FULL),
    ),
    (
        protocol.ended_message(TroubleCode.SOUND_LATE, 9.0, 8.0),
        '{"event": "failed", "trouble": "sound-late", "seconds": 9.0, "sealed": 8.0}',
        PartEnd(8.0, trouble=TroubleCode.SOUND_LATE),
    ),
    (
        protocol.failed_message(TroubleCode.TOOL_MISSING, name="PortAudio"),
        '{"event": "failed", "trouble": "tool-missing", "name": "PortAudio"}',
        PartEnd(0.0, trouble=TroubleCode.TOOL_MISSING),
    ),
]


@pytest.mark.parametrize(("message", "line", "meaning"), MESSAGES, ids=[line[:28] for _, line, _ in MESSAGES])
def test_a_line_preserves_its_words_and_their_order_and_is_read_back(message, line, meaning):
    assert json.dumps(message) == line
    assert protocol.read_message(json.loads(line)) == meaning


@pytest.mark.parametrize("kind", [kind for kind in RecorderEventKind if kind is not RecorderEventKind.ENDED])
def test_every_event_has_a_line_except_the_end_which_is_the_processs_own(kind):
    message = json.loads(json.dumps(protocol.event_message(kind, None, 1.0, 0.5)))

    assert protocol.read_message(message) == RecorderReport(kind, 0.5)


@pytest.mark.parametrize(
    "message", [{"event": "unheard-of"}, {"state": "asleep"}, {"event": "muted", "trouble": "unheard-of"}]
)
def test_an_unknown_word_is_refused(message):
    with pytest.raises(ValueError, match=r"unheard-of|asleep"):
        protocol.read_message(message)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (Command(Verb.PAUSE), "pause"),
        (Command(Verb.RESUME), "resume"),
        (Command(Verb.STOP), "stop"),
        (Command(Verb.MARK, RedactionMark(60)), "mark struck 60"),
        (Command(Verb.MARK, PhaseEnteredMark("call")), "mark phase call"),
        (Command(Verb.MARK, UnknownMark("a name to remove")), "mark a name to remove"),
    ],
)
def test_command_lines_have_never_changed(command, line):
    assert protocol.command_line(command) == line
    assert protocol.parse_command(f" {line}\r") == command


@pytest.mark.parametrize("line", ["", "what?", "stopp", "STOP", "\ufffd"])
def test_an_unknown_line_is_no_command(line):
    assert protocol.parse_command(line) is None


def test_a_mark_never_breaks_its_line():
    assert protocol.command_line(Command(Verb.MARK, UnknownMark("a\nstop\n"))) == "mark a stop"
