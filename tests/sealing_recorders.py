"""Recorders for whole groups of sessions: they seal a real part of tones at once, and report the hour's length."""

from __future__ import annotations

from session_fakes import FakeRecorder, RecorderBench
from sounds import opus

from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts

TONE_S = 3.0


class SealingRecorder(FakeRecorder):
    """A recorder whose part is sealed when it ends."""

    def ends(self, sealed=TONE_S, trouble=None, sha256=None):
        writer = PartWriter(self.place.folder, [self.place.recipient])
        writer.write(opus(TONE_S, 440.0))
        closed = writer.close(PartFacts(offset_s=self.offset_s, seconds=TONE_S))
        super().ends(TONE_S, trouble, sha256 or closed.sha256)


class SealingBench(RecorderBench):
    """Makes such recorders and remembers them."""

    def __call__(self, place, device, offset_s, on_level, on_report, *, monitor=None):
        self.made.append(SealingRecorder(place, device, offset_s, on_level, on_report))
        return self.made[-1]
