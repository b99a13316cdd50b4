import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import RATE_HZ, loudness, opus, pitch, tone

from balint_desktop.capture.decode_handle import open_pcm
from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.ogg.cut import silence_spans
from balint_desktop.ogg.duration import duration_s, whole_pages
from balint_desktop.ogg.packet import sample_count, silent_packet
from balint_desktop.ogg.page import CONTINUED, LAST_PAGE, NO_PACKET_ENDS, PacketPiece, build_page, pages


def recorded(sound):
    """Encode as the recorder does, in blocks, page by page."""
    out = bytearray()
    encoder = OpusEncoder(OggSink(out.extend))
    for at in range(0, len(sound), 4800):
        encoder.write(sound[at : at + 4800].astype("<i2").tobytes())
    encoder.close()
    return bytes(out)


def voice(seconds, seed):
    """Return sound that comes and goes like speech, so that packets differ in mode and size."""
    lots = np.random.default_rng(seed)
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    pitch_hz = 120 + 40 * lots.random()
    hum = sum(np.sin(2 * np.pi * pitch_hz * n * at + lots.random()) / n for n in range(1, 9))
    return hum * np.abs(np.sin(2.2 * at + seed)) ** 2 * 5000 + lots.normal(0, 100, len(at))


def heard(ogg):
    stream = open_pcm(ogg)
    try:
        return np.frombuffer(stream.read(1 << 30), "<i2")
    finally:
        stream.close()


def packets(ogg):
    """Return every packet of sound with its end position, parsed independently of the code under test."""
    found, at = [], 0
    body = b""
    while at < len(ogg):
        count = ogg[at + 26]
        table, data = ogg[at + 27 : at + 27 + count], at + 27 + count
        for length in table:
            body += ogg[data : data + length]
            data += length
            if length < 255:
                found.append(body)
                body = b""
        at = data
    return found[2:]


def part(sound, from_s, until_s):
    return sound[round(from_s * RATE_HZ) : round(until_s * RATE_HZ)]


def test_redacted_sound_is_digital_silence_and_timing_is_unchanged():
    ogg = recorded(voice(12, 1))
    before, after = heard(ogg), heard(silence_spans(ogg, [(4.0, 7.0)]))

    assert len(after) == len(before) == 12 * RATE_HZ
    # A decoder lets the previous sound ring for a frame.
    assert not part(after, 4.04, 7.0).any()
    assert np.array_equal(part(after, 0, 3.97), part(before, 0, 3.97))


def test_a_decoder_starting_after_the_redaction_recovers_within_a_quarter_of_a_second():
    ogg = recorded(voice(12, 1))
    before, after = heard(ogg), heard(silence_spans(ogg, [(4.0, 7.0)]))

    wrong = part(before, 7.25, 12).astype(float) - part(after, 7.25, 12)
    assert loudness(part(before, 7.25, 12)) > 0.01
    assert np.abs(wrong).max() < 33  # -60 dB of full scale


def test_every_page_without_redacted_sound_is_bit_for_bit_unchanged():
    ogg = recorded(voice(12, 1))
    cut = silence_spans(ogg, [(4.0, 7.0)])
    old, new = list(pages(ogg)), list(pages(cut))

    assert [page.granule for page in old] == [page.granule for page in new]
    kept = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a.raw == b.raw]
    # Two hundred milliseconds a page: the fifteen or sixteen that the three seconds touch, and no other.
    assert len(old) - len(kept) in {15, 16}
    assert all(page.is_intact for page in new)


def test_only_overlapping_packets_are_silenced_and_all_others_are_unchanged():
    ogg = recorded(voice(12, 1))
    old, new = packets(ogg), packets(silence_spans(ogg, [(4.0, 7.0)]))
    changed = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]

    # 312 samples are dropped at the beginning, so second 4 is in packet 200, and second 7 in packet 350.
    assert changed == list(range(200, 351))


def test_neither_size_nor_mode_nor_anything_else_reveals_what_was_said():
    one, other = voice(12, 1), voice(12, 1)
    other[4 * RATE_HZ : 7 * RATE_HZ] = voice(3, 9) * 0.2
    span = slice(200, 351)
    a, b = recorded(one), recorded(other)

    assert packets(a)[span] != packets(b)[span]
    cut_a, cut_b = packets(silence_spans(a, [(4.0, 7.0)])), packets(silence_spans(b, [(4.0, 7.0)]))
    assert cut_a[span] == cut_b[span] == [b"\xf8\xff\xfe"] * 151
    assert cut_a[: span.start] == cut_b[: span.start]


def test_nothing_of_a_redacted_tone_is_heard_after_the_redaction():
    """The same room with and without a redacted tone: afterwards no trace of it is audible, whatever remains."""
    room = voice(12, 1)
    redacted = room.copy()
    redacted[4 * RATE_HZ : 7 * RATE_HZ] += tone(3, 1234, loud=0.5)
    margin = 0.58
    after = part(heard(silence_spans(recorded(redacted), [(3.5, 7 + margin)])), 7 + margin, 11.58).astype(float)
    plain = part(heard(silence_spans(recorded(room), [(3.5, 7 + margin)])), 7 + margin, 11.58).astype(float)

    def at_the_tone(sound):
        spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
        return spectrum[1234 * 4 - 8 : 1234 * 4 + 9].max()

    assert len(after) == len(plain) == 4 * RATE_HZ
    assert at_the_tone(tone(4, 1234, loud=0.0005).astype(float)) > at_the_tone(after - plain)


def test_the_silent_packet_is_the_one_the_encoder_writes_off_the_record():
    silent = packets(recorded(np.zeros(3 * RATE_HZ)))

    assert set(silent[:-1]) == {silent_packet(960)}
    assert silent_packet(sample_count(silent[-1])) == silent[-1]


def test_redacting_twice_changes_nothing():
    ogg = recorded(voice(6, 1))
    once = silence_spans(ogg, [(1.0, 2.0), (4.0, 5.0)])

    assert once != ogg
    assert silence_spans(once, [(1.0, 2.0), (4.0, 5.0)]) == once


def test_with_nothing_to_redact_the_bytes_are_unchanged():
    ogg = opus(3.0)

    assert silence_spans(ogg, []) is ogg
    assert silence_spans(ogg, [(50.0, 60.0)]) == ogg
    assert silence_spans(b"", [(0.0, 1.0)]) == b""


def test_a_truncated_file_is_redacted_as_far_as_it_goes():
    ogg = recorded(voice(6, 1))
    short = whole_pages(ogg[: len(ogg) * 2 // 3])
    cut = silence_spans(short, [(2.0, float("inf"))])

    assert duration_s(cut) == duration_s(short)
    assert not part(heard(cut), 2.04, 6).any()
    assert part(heard(cut), 0, 1.9).any()


def test_the_very_beginning_and_the_very_end_can_be_redacted():
    ogg = recorded(voice(6, 1))

    assert not heard(silence_spans(ogg, [(0.0, float("inf"))])).any()
    assert set(packets(silence_spans(ogg, [(0.0, float("inf"))]))) <= {silent_packet(n) for n in (120, 240, 480, 960)}


def laid_out(bodies, sizes):
    """Lay packets of 20 ms out on pages of that many segments each, so that some cross page ends."""
    segments = []
    for body in bodies:
        full, rest = divmod(len(body), 255)
        cuts = [body[n * 255 : n * 255 + 255] for n in range(full)] + [body[full * 255 :]]
        segments += [(cut, n == len(cuts) - 1) for n, cut in enumerate(cuts)]
        assert len(cuts[-1]) == rest
    out, position, number, begins = bytearray(), 0, 2, True
    sizes = iter(sizes)
    while segments:
        taken, segments = segments[: (size := next(sizes, 255))], segments[size:]
        ended = sum(ends for _, ends in taken)
        position += 960 * ended
        granule = position if ended else NO_PACKET_ENDS
        flags = (0 if begins else CONTINUED) | (0 if segments else LAST_PAGE)
        pieces = [PacketPiece(cut, is_end=ends) for cut, ends in taken]
        out += build_page(pieces, flags=flags, granule=granule, serial=0, number=number)
        begins, number = taken[-1][1], number + 1
    return bytes(out)


HEAD = b"".join(page.raw for page in list(pages(opus(0.1)))[:2])


@given(
    lengths=st.lists(st.integers(0, 800), min_size=1, max_size=12),
    sizes=st.lists(st.integers(1, 5), max_size=40),
    first=st.integers(0, 12),
    count=st.integers(0, 4),
)
def test_packets_that_span_pages_are_redacted_whole_and_the_others_are_unchanged(lengths, sizes, first, count):
    bodies = [b"\xf8" + bytes((n + 1,)) * length for n, length in enumerate(lengths)]
    ogg = HEAD + laid_out(bodies, sizes)
    assert packets(ogg) == bodies

    skip = 312 / RATE_HZ
    span = (first * 0.02 + 0.001 - skip, (first + count) * 0.02 - 0.001 - skip)
    cut = silence_spans(ogg, [span] if count else [])

    expected = [silent_packet(960) if first <= n < first + count else body for n, body in enumerate(bodies)]
    assert packets(cut) == expected
    assert [page.granule for page in pages(cut)] == [page.granule for page in pages(ogg)]
    assert all(page.is_intact for page in pages(cut))


def test_a_tone_beside_the_redaction_is_unchanged():
    cut = heard(silence_spans(opus(6.0, 440.0), [(2.0, 4.0)]))

    assert pitch(part(cut, 0.2, 1.9)) == pytest.approx(440, abs=2)
    assert pitch(part(cut, 4.3, 5.9)) == pytest.approx(440, abs=2)
