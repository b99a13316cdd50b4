"""Off the record: sound in that time changes not one bit of the part. Whole parts are compared.

Two rooms in which the same is said on the record and something else off it: the packets that the recorder seals are
the same ones. So no trace of what was said off the record is in it, in whatever way one might look for it.
"""

import numpy as np
import pytest

from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Track
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.ogg.page import pages
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import read_part

BIT_RATE = 24_000
BLOCK_S = BLOCK_FRAMES / RATE_HZ
LATENCY_S = 0.15
SECONDS = 6.0
# Pressed in the middle of a block, with further ones on their way from the microphone.
PAUSED_S, RESUMED_S = 2.03, 4.07


def room(seed, off_record):
    """Return a microphone's input: the same in every room except for the speech off the record."""
    sound = np.random.default_rng(1).normal(0, 4000, round(SECONDS * RATE_HZ))
    other = np.random.default_rng(seed).normal(0, 9000, len(sound))
    begin, end = (round(at_s * RATE_HZ) for at_s in off_record)
    sound[begin:end] = other[begin:end]
    return sound.astype("<i2")


def recorded(sound, folder, *, late_s=0.0):
    """Record a room as the recorder does; return the part's packets, and its marks.

    A block comes so long after its last sample was said: the pause is pressed while some are in flight. `late_s` holds
    all of them up once more around the resuming, and they come in a rush.
    """
    folder.mkdir(parents=True)
    key = new_identity()
    writer = PartWriter(folder, [key.recipient])
    track = Track(writer.write, BIT_RATE)
    paused = resumed = False
    for number in range(round(SECONDS / BLOCK_S)):
        ended_s = (number + 1) * BLOCK_S
        arrived_s = ended_s + LATENCY_S
        if late_s and RESUMED_S - 0.5 < arrived_s < RESUMED_S + late_s:
            arrived_s = max(arrived_s, RESUMED_S + late_s)
        if not paused and arrived_s > PAUSED_S:
            track.pause()
            paused = True
        if not resumed and arrived_s > RESUMED_S:
            track.resume(RESUMED_S)
            resumed = True
        block = sound[number * BLOCK_FRAMES : (number + 1) * BLOCK_FRAMES].tobytes()
        track.write_block(Block(block, arrived_s), LATENCY_S)
        writer.write_tail()
    track.close(LATENCY_S)
    writer.close(PartFacts(offset_s=0, seconds=track.seconds, marks=track.marks))
    ogg = read_part(folder, [key.secret]).ogg
    # The stream's number is random, so pages are compared without their headers.
    return [page.raw[26:] for page in pages(ogg)], track.marks


@pytest.mark.parametrize("late_s", [0.0, 0.4, 1.2])
def test_speech_off_the_record_leaves_no_trace_in_the_part_even_from_blocks_in_flight(tmp_path, late_s):
    # Sound from before the press that was still on its way is dropped too.
    span = (PAUSED_S - LATENCY_S, RESUMED_S)
    one, marks = recorded(room(2, span), tmp_path / "one", late_s=late_s)
    other, _ = recorded(room(3, span), tmp_path / "other", late_s=late_s)

    assert not np.array_equal(room(2, span), room(3, span))
    assert [placed.mark.text for placed in marks[:2]] == ["pause", "resume"]
    assert one == other


@pytest.mark.parametrize("span", [(PAUSED_S - 0.6, PAUSED_S - 0.4), (RESUMED_S + 0.3, RESUMED_S + 0.5)])
def test_speech_on_the_record_changes_the_part(tmp_path, span):
    """The comparison above would see a tenth of a second."""
    one, _ = recorded(room(2, span), tmp_path / "one")
    other, _ = recorded(room(3, span), tmp_path / "other")

    assert one != other
    assert len(one) == len(other)
