"""All intact sound on either side of a hole still plays, in its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import RATE_HZ, loudness, pitch, stair_hz, stairs

from balint_desktop.capture.decode_handle import open_pcm
from balint_desktop.ogg.duration import duration_s
from balint_desktop.ogg.page import NO_PACKET_ENDS, build_page, intact_pages, pages
from balint_desktop.recordings import decode
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.recordings.timeline import PartLength, StretchKind, join_parts
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import PartSound, PartState

SECONDS = 40
OGG = stairs(SECONDS)
CLOSED = PartFacts(offset_s=0.0, seconds=SECONDS, closed=True)


def damaged(*pieces, facts=CLOSED):
    first = pieces[0].plain if pieces and pieces[0].offset == 0 else b""
    return PartSound(first, facts, PartState.DAMAGED, tuple(p for p in pieces if p.offset))


def without(begin, end):
    return damaged(*(p for p in (Piece(0, OGG[:begin]), Piece(end, OGG[end:])) if p.plain))


def samples(part):
    joined = join_parts([PartLength(1, 0.0, part.seconds, part.damaged)])
    return joined, np.frombuffer(b"".join(decode.decode_pcm(joined, {1: part.ogg}, open_pcm)), "<i2")


def assert_every_second_outside_plays_in_its_place(part):
    joined, sound = samples(part)
    assert abs(len(sound) - SECONDS * RATE_HZ) < 960
    outside = [s for s in joined.stretches if s.kind is StretchKind.SOUND]
    heard_seconds = 0
    for second in range(SECONDS):
        if any(s.from_s <= second and second + 1 <= s.until_s + 0.01 for s in outside):
            middle = sound[round((second + 0.2) * RATE_HZ) : round((second + 0.9) * RATE_HZ)]
            assert abs(pitch(middle) - stair_hz(second)) < 5, second
            heard_seconds += 1
    return heard_seconds


@pytest.mark.parametrize(
    ("begin", "end"),
    [(100_000, 165_536), (65_536, 131_072), (131_072, 262_144), (0, 65_536), (len(OGG) - 70_000, len(OGG))],
    ids=["middle", "second chunk", "two chunks", "beginning", "end"],
)
def test_a_hole_is_silent_and_the_rest_plays_in_place(begin, end):
    part = playable_audio(without(begin, end))

    plays = assert_every_second_outside_plays_in_its_place(part)

    (span,) = part.damaged
    lost_s = (end - begin) / len(OGG) * SECONDS
    assert span.until_s - span.from_s == pytest.approx(lost_s, abs=0.6)
    assert plays >= SECONDS - lost_s - 3


def test_lost_sound_is_silent():
    joined, sound = samples(playable_audio(without(100_000, 165_536)))

    (lost,) = (s for s in joined.stretches if s.kind is StretchKind.DAMAGED)
    assert not sound[round(lost.from_s * RATE_HZ) + 1 : round(lost.until_s * RATE_HZ) - 1].any()
    assert loudness(sound[: round(lost.from_s * RATE_HZ)]) > 0.1


def test_playing_from_a_moment_after_the_hole_gives_the_sound_of_that_moment():
    part = playable_audio(without(65_536, 131_072))
    joined = join_parts([PartLength(1, 0.0, part.seconds, part.damaged)]).from_point(30.2)

    sound = np.frombuffer(b"".join(decode.decode_pcm(joined, {1: part.ogg}, open_pcm)), "<i2")

    assert abs(pitch(sound[: round(0.7 * RATE_HZ)]) - stair_hz(30)) < 5


def test_a_part_that_cannot_be_opened_at_all_is_one_lost_stretch_of_its_length():
    part = playable_audio(damaged())

    assert (part.ogg, part.seconds) == (b"", SECONDS)
    assert [(s.from_s, s.until_s) for s in part.damaged] == [(0.0, SECONDS)]


def test_without_facts_the_length_comes_from_the_log():
    assert playable_audio(damaged(facts=None), logged_s=25.0).seconds == 25.0


def test_damage_without_lost_sound_reports_no_loss():
    part = playable_audio(damaged(Piece(0, OGG)))

    assert (part.ogg, part.damaged) == (OGG, ())


def test_a_missing_tail_is_detected_by_the_length_in_the_log():
    cut = PartSound(OGG[:200_000], None, PartState.INTERRUPTED)

    assert playable_audio(cut).damaged == ()
    assert playable_audio(cut, logged_s=30.0).damaged[0].until_s == 30.0


def test_pages_of_another_stream_are_not_mixed_in():
    other = stairs(5)
    mixed = PartSound(OGG[:100_000] + other[1000:], None, PartState.INTERRUPTED)

    assert (
        playable_audio(mixed).seconds == playable_audio(PartSound(OGG[:100_000], None, PartState.INTERRUPTED)).seconds
    )


@pytest.mark.parametrize("granule", [NO_PACKET_ENDS, 24 * 3600 * RATE_HZ + 1])
def test_a_page_on_which_no_packet_ends_or_from_beyond_a_day_is_left_out(granule):
    first = [page for page in pages(OGG) if page.granule <= 5 * RATE_HZ]
    begin = b"".join(page.raw for page in first)
    last = first[-1]
    other = build_page(last.pieces, flags=0, granule=granule, serial=last.serial, number=last.number + 1)

    part = playable_audio(PartSound(begin + other, None, PartState.INTERRUPTED))

    assert (part.ogg, part.seconds, part.damaged) == (begin, duration_s(begin), ())


def test_pages_of_an_earlier_moment_are_not_played_twice():
    again = PartSound(OGG[:131_072] + OGG[65_536:100_000], None, PartState.INTERRUPTED)

    assert playable_audio(again).seconds == pytest.approx(131_072 / len(OGG) * SECONDS, abs=0.5)
    assert playable_audio(again).damaged == ()


@settings(max_examples=25)
@given(cuts=st.lists(st.integers(0, len(OGG)), min_size=2, max_size=6, unique=True))
def test_whatever_is_lost_the_remaining_pages_keep_their_place_and_the_stream_is_complete(cuts):
    ends = sorted(cuts)
    pieces = [Piece(a, OGG[a:b]) for a, b in zip(ends[::2], ends[1::2], strict=False)]

    part = playable_audio(damaged(*pieces))

    assert part.seconds == pytest.approx(SECONDS, abs=0.3)
    pages = list(intact_pages(part.ogg))
    assert b"".join(page.raw for page in pages) == part.ogg
    assert [page.number for page in pages] == list(range(len(pages)))
    granules = [page.granule for page in pages]
    assert granules == sorted(granules)
    theirs = {page.granule for piece in pieces for page in intact_pages(piece.plain)}
    assert theirs <= {*granules, 0}
    if part.ogg:
        end_s = part.damaged[-1].from_s if part.damaged and part.damaged[-1].until_s == SECONDS else part.seconds
        assert duration_s(part.ogg) == pytest.approx(end_s, abs=0.03)
