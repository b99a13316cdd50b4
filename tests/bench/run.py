"""All figures beside the peers', in one run and one table. No time is asserted: a missed aim is printed as missed.

Ours and the peer's are measured in turn, so that whatever else the machine does falls on both. `--quick` looks whether
everything runs; its figures say little. Exit code 1 where something did not run.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import analysing
import coding
import correcting
import crash
import encoding
import first_paint
import idle
import opening
import packaged
import PySide6
import recording
import six_weeks
import soundfile
import the_log
import transcribing
import window_keys
from faults.room import Room
from paint_witness import PaintWitness
from processes import DidNotRun
from table import Row, columns, in_turn, slowest_in_twenty, table

from balint_desktop.domain.trouble import Trouble
from balint_desktop.rehearsal.screen import screen
from balint_desktop.rehearsal.virtual_microphone import VirtualMicrophone, speech
from balint_desktop.text.trouble import sentence

SPOKEN = "Somebody sat by the window for a long while and said nothing, and I did not know what to do with my hands. "
_CHANGED_S = 600
_KBIT_S = recording.DEFAULT_BIT_RATE // 1000
NOTES = f"""\
Each figure: least / median / greatest. A ratio is taken pair by pair, so the three of a line need not belong together.
First paint   from the start of the process until the window is painted; ours with an empty data folder, beside a bare
              PySide6 window with one label that sets one flag and one alignment, and beside one that sets none: the
              first of Qt's flags costs any program the reading of its enums. Bytecode cached; the first of each is
              not counted.
Packaged      the program of the .deb in dist/, unpacked, in the place of ours; the source's in the place of the peer.
              From the start of the process until the screen itself tells of the first drawing into the window (X's
              DAMAGE events on a virtual screen of their own), with an empty data folder: both sides are watched from
              outside, by the same means, and neither has anything in it that helps. Installed: all files, in 10^6
              bytes; of the source what the lock file installs, the package and its resources, without Python itself.
Recording     processor time, user and system, between two moments of one recording (start and end left out), both on
              the same private PulseAudio with a synthetic voice, in turn. Ours: the microphone and its watch, Opus,
              age, a tail on the disk every 1.2 s, three status lines a second. The peer: ffmpeg -f pulse | age. The
              sound server itself is counted on neither side.
Encoding      the same sound from a file, as fast as it goes, by the slope between two lengths; no microphone. Ours
              still with its tails and pages of 200 ms, the price of losing two seconds at most (the peer: 1 s, none).
Both encode   mono, 48 kHz, {_KBIT_S} kbit/s, complexity 10, application audio, 20 ms frames, constrained VBR.
Killed        all three on one microphone, killed at one moment drawn by lot, 5 to 30 s after they began; what a fourth
              program had heard by then, less what opens afterwards. The peer's file is unsealed by stock age.
Hearing       from the sealed file and its key until a tenth of a second of sound from there on: ours with libsndfile in
              one process, and as the window does it; the peer: age -d | ffmpeg -ss, which decodes what comes before.
Unsealing     all of it into memory; ours what the process grew by, the peer's age and what came out of it. The same
              encoded sound on both sides.
A byte        in the middle of the sealed file; seconds found again by the signal in them, with ffmpeg as the decoder.
Memory        the most a process held (VmHWM); of ffmpeg and age the sum; of the window since its first start.
Today         from the secret being there to Today painted: the vault opened, its log asked, the page built. The peer:
              stock sqlcipher opens the same log and reads the rows of the same tables; it shows nothing.
Searching     all that one stroke of a key asks, beside stock sqlite3 with the same texts in FTS5, in clear. Scrolling:
              each page painted, beside a bare QTableView over words in memory.
F11, F12      from the key until what changed is painted, every place of the window having been built before; and a
              change of page alike.
A draft       of real speech, read aloud and on the telephone, with silences: ours decodes in one child and hears in
              another, pieces cut in silences at temperature 0; the peer is bare faster-whisper on the whole file with
              its defaults (32 bit; ours 8 bit), with the same model. Memory: ours of both children.
A transcript  of an hour on its page, until it is painted; the peer: a bare QPlainTextEdit with the same text, a page
              scrolled for a seek. What follows from a text, such as the list of places, is counted after that.
De-identified all layers over 55,000 characters, the word lists read before. No peer does this by rules.
Compared      alpha and Jaccard of 40 codes, 4 coders, 4,800 codings in six sessions, by stretches; the peer:
              krippendorff, character by character, in an environment of its own. Their alphas are equal. (QualCoder's
              own loop took .92 s over a study of this size on another day.)
A project     of the same study written, held against the schema (by lxml, in the peers' environment) and read; the
              peer: qualitative-coding imports the same file, which it codes by lines, the start of its interpreter
              included. (QualCoder took 66.9 s by the clock and 3.1 s of the processor on another day, a row a commit.)
Coding        a session of {coding.CHARACTERS:,} characters with {coding.CODINGS} codings, until what a key changed
              is painted, by the clock and of the processor; the peer: the same text in a bare QPlainTextEdit that
              colours nothing, in turn. A key that codes is beside a letter typed there. Saving is not in it.
Idle          the window in a running session that records, nobody touching it; the recorder is a line of its own.
"""


@dataclass(frozen=True)
class Plan:
    """How often, and for how long, to measure."""

    paints: int
    recordings: int
    recorded_s: float
    encodings: int
    encoded_s: tuple[float, float]
    idle_slices: int
    idle_s: float
    kills: int
    hour_s: int
    openings: int
    sessions: int
    todays: int
    drafts: int
    drafted_min: float
    analyses: int


FULL = Plan(10, 5, 18.0, 4, (20.0, 140.0), 4, 5.0, 5, 3600, 5, 10_000, 5, 3, 10.0, 5)
QUICK = Plan(2, 1, 6.0, 1, (5.0, 25.0), 2, 2.0, 1, 600, 1, 400, 1, 1, 1.0, 1)


def main() -> int:
    """Measure everything, and print the table."""
    parser = argparse.ArgumentParser(description="The figures beside the peers'.")
    parser.add_argument("--quick", action="store_true", help="only see whether everything runs; the figures say little")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=[one.__name__ for one in QUESTIONS],
        metavar="NAME",
        help=f"of {', '.join(one.__name__ for one in QUESTIONS)}",
    )
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL
    began_s = time.monotonic()
    print(machine(), flush=True)
    rows: list[Row] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder, screen() as shown, did_not_run("the microphone", failed):
        os.environ.update(shown.environment)
        print(f"On {shown.messages}.", flush=True)
        with VirtualMicrophone() as microphone:
            os.environ.update(microphone.environment)
            voice = speech(Path(folder) / "voice.wav", SPOKEN * (3 + round(max(plan.encoded_s) / 5)))
            for question in (one for one in QUESTIONS if not asked.only or one.__name__ in asked.only):
                with did_not_run(question.__name__, failed):
                    rows += question(plan, voice, microphone)
    print(f"\n{table(rows)}\n\n{NOTES}")
    print("\n".join([*failed, f"It took {time.monotonic() - began_s:.0f} s; load at the end {load()}."]))
    return 1 if failed else 0


@contextmanager
def did_not_run(what: str, failed: list[str]) -> Iterator[None]:
    """Note what could not be measured, and continue with the rest."""
    try:
        yield
    except (DidNotRun, Trouble, OSError, subprocess.SubprocessError) as error:
        failed.append(f"did not run: {what}: {sentence(error) if isinstance(error, Trouble) else error}")


def paints(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure the first paint."""
    # The first run only fills the caches: bytecode, and the files' pages.
    in_turn(1, first_paint.paint_ours, first_paint.paint_bare)
    first_paint.paint_with_flags()
    pairs = in_turn(plan.paints, first_paint.paint_ours, first_paint.paint_bare)
    flagged = in_turn(plan.paints, first_paint.paint_ours, first_paint.paint_with_flags)
    return [
        Row("First paint, ms", *columns(flagged, lambda painted: painted.after_ms), first_paint.AIM, digits=0),
        Row("  beside a window without a flag, ms", *columns(pairs, lambda painted: painted.after_ms), digits=0),
        Row("Memory at first paint, MB", *columns(pairs, lambda painted: painted.peak_mb), digits=0),
    ]


def packages(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure the packaged program beside the source's; nothing where no package was built."""
    if not packaged.DEB.exists():
        print(packaged.NOT_MEASURED, flush=True)
        return []
    built = time.strftime("%Y-%m-%d %H:%M", time.localtime(packaged.DEB.stat().st_mtime))
    print(f"The package is dist/{packaged.DEB.name}, built {built}.", flush=True)
    with packaged.unpacked(packaged.DEB) as folder, own_screen() as witness:
        # The first run only fills the caches.
        in_turn(1, lambda: packaged.paint_packaged(folder, witness), lambda: packaged.paint_source(witness))
        pairs = in_turn(
            plan.paints, lambda: packaged.paint_packaged(folder, witness), lambda: packaged.paint_source(witness)
        )
        sizes = packaged.measure_sizes(folder, packaged.DEB)
    name = "Packaged, beside the source"
    return [
        Row(f"{name}: first paint, ms", *columns(pairs, lambda painted: painted.after_ms), packaged.AIM, digits=0),
        Row("  memory by then, MB", *columns(pairs, lambda painted: painted.peak_mb), digits=0),
        Row("  installed, MB", [sizes.installed_mb], [sizes.source_mb], packaged.AIM_MB, digits=0, absolute=True),
        Row("  the .deb, MB", [sizes.deb_mb]),
    ]


@contextmanager
def own_screen() -> Iterator[PaintWitness]:
    """Start a virtual screen for the processes of the block and yield its witness."""
    there = {"DISPLAY", "WAYLAND_DISPLAY"}
    with environment_of({}):
        for name in there & os.environ.keys():
            del os.environ[name]
        with screen() as shown:
            if "DISPLAY" not in shown.environment:
                raise DidNotRun("there is no Xvfb to paint on")
            os.environ.update(shown.environment)
            witness = PaintWitness(shown.environment["DISPLAY"])
            try:
                yield witness
            finally:
                witness.close()


def recordings(plan: Plan, voice: Path, microphone: VirtualMicrophone) -> list[Row]:
    """Measure the cost of recording."""

    def hearing(record: Callable[[float], recording.Live]) -> recording.Live:
        # From the beginning each time, so that both hear the same words.
        playing = microphone.play(voice)
        try:
            return record(plan.recorded_s)
        finally:
            playing.kill()
            playing.wait()

    pairs = in_turn(plan.recordings, lambda: hearing(recording.record_ours), lambda: hearing(recording.record_peers))
    return [
        Row("Recording live, CPU s an hour", *columns(pairs, lambda live: live.cpu_s_an_hour), recording.AIM),
        Row("Recording live, memory, MB", *columns(pairs, lambda live: live.peak_mb), digits=0),
        _beside_plain(plan, hearing),
    ]


def _beside_plain(plan: Plan, hearing: Callable[[Callable[[float], recording.Live]], recording.Live]) -> Row:
    """Measure the cost beside an unencrypted recording."""
    pairs = in_turn(
        max(1, plan.recordings // 2), lambda: hearing(recording.record_ours), lambda: hearing(recording.record_plain)
    )
    return Row("  beside ffmpeg alone, unsealed", *columns(pairs, lambda live: live.cpu_s_an_hour))


def encodings(plan: Plan, voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure encoding and sealing without a microphone, and the resulting size."""
    lengths_s = plan.encoded_s
    pairs = in_turn(
        plan.encodings,
        lambda: encoding.encode_ours(voice, lengths_s),
        lambda: encoding.encode_peers(voice, lengths_s),
    )
    return [
        Row("Encoding from a file, CPU s an hour", *columns(pairs, lambda encoded: encoded.cpu_s)),
        Row("Sealed on disk, MB an hour", *columns(pairs[:1], lambda encoded: encoded.mb), digits=2),
    ]


def kills(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure the cost of a kill -9, on a microphone that plays numbered seconds."""
    lots = random.Random(plan.kills)
    with Room() as room, environment_of(room.environment):
        left = [crash.killed(room, lots) for _ in range(plan.kills)]
    ours = [one.ours_s for one in left]
    return [
        Row("Killed with -9, seconds lost", ours, [one.sealed_peer_s for one in left], crash.AIM_S, 2, absolute=True),
        Row("  beside ffmpeg alone, unsealed", ours, [one.plain_peer_s for one in left], digits=2),
    ]


@contextmanager
def environment_of(environment: Mapping[str, str]) -> Iterator[None]:
    """Let processes started in the block use another sound server."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def hours(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure opening an hour, and what remains of one with a changed byte."""
    with opening.an_hour(plan.hour_s) as hour:
        pairs = in_turn(plan.openings, lambda: opening.open_ours(hour), lambda: opening.open_peers(hour))
    with opening.an_hour(_CHANGED_S) as shorter:
        left = opening.flip_a_byte(shorter)
    late = columns(pairs, lambda opened: opened.late_ms)
    name, (minute, second) = f"{plan.hour_s // 60} minutes", divmod(plan.hour_s * 3 // 4, 60)
    return [
        Row(f"Hearing {minute}:{second:02d} of {name}, ms", *late, opening.AIM_MS, absolute=True),
        Row("  through the child that decodes, ms", [opened.by_child_ms for opened, _ in pairs], late[1], digits=0),
        Row(f"Unsealing {name}, ms", *columns(pairs, lambda opened: opened.whole_ms), digits=0),
        Row(f"Unsealing {name}, memory, MB", *columns(pairs, lambda opened: opened.whole_mb), digits=0),
        Row(f"A changed byte in {_CHANGED_S} s, seconds still heard", [left.ours_s], [left.sealed_peer_s], digits=0),
        Row("  beside ffmpeg's file, unsealed", [left.ours_s], [left.plain_peer_s], digits=0),
    ]


def session(plan: Plan, voice: Path, microphone: VirtualMicrophone) -> list[Row]:
    """Measure the window's resource use in a session."""
    playing = microphone.play(voice)
    try:
        found = idle.idle_in_session(plan.idle_slices, plan.idle_s)
    finally:
        playing.kill()
        playing.wait()
    bare = first_paint.paint_bare()
    return [
        Row("Window idle in a session, % of a core", found.percents, aim=idle.AIM_PERCENT, digits=2),
        Row("Window in a session, memory, MB", [found.peak_mb], [bare.peak_mb], idle.AIM_MB, digits=0, absolute=True),
        Row("A child, while the passphrase is taken, MB", [found.children_mb], aim=330, digits=0),
    ]


def keys(_plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure F11 and F12 in a session and the change of a page, quiet and beside busy loops."""
    quiet, busy = window_keys.press_keys(), window_keys.press_keys(busy=True)
    return [
        Row("F11 and back, each, ms", quiet.alone_ms, aim=window_keys.KEY_MS, digits=0),
        Row("  beside a busy loop on each core, ms", busy.alone_ms, aim=window_keys.KEY_MS, digits=0),
        Row("F12 and back, each, ms", quiet.dim_ms, aim=window_keys.KEY_MS, digits=0),
        Row("  beside a busy loop on each core, ms", busy.dim_ms, aim=window_keys.KEY_MS, digits=0),
        Row("A change of page, ms", quiet.page_ms, aim=window_keys.PAGE_MS, digits=0),
    ]


def analyses(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure de-identifying, comparing coders and a project file."""
    again = range(plan.analyses)
    compared = [analysing.compare() for _ in again]
    ours, peers = [one.ours_s for one in compared], [one.peer_s for one in compared]
    exchanged = in_turn(plan.analyses, analysing.exchange_s, analysing.peer_exchange_s)
    return [
        Row("De-identified, CPU s", [analysing.deidentify_s() for _ in again], aim=analysing.DEIDENTIFY_S, digits=2),
        Row("Compared, CPU s", ours, peers, analysing.COMPARE_S, digits=3, absolute=True),
        Row("  a thousand resamples, CPU s", [analysing.bootstrap_s()], aim=analysing.BOOTSTRAP_S),
        Row("A project, CPU s", *columns(exchanged, float), analysing.EXCHANGE_S, digits=2, absolute=True),
    ]


def transcripts(_plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure the page that corrects an hour's transcript."""
    took = correcting.correct_an_hour()
    words = f"{correcting.WORDS:,} words"
    return [
        Row(f"A transcript of {words} opened, ms", took.open_ms, took.bare_open_ms, correcting.OPEN_RATIO, digits=0),
        Row("  a key in it, ms", took.key_ms, took.bare_key_ms, correcting.KEY_MS, absolute=True),
        Row("  what was typed made its text, ms", took.commit_ms),
        Row("  a seek, the text following, ms", took.seek_ms, took.bare_seek_ms, correcting.SEEK_MS, absolute=True),
    ]


def codings(_plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure the page on which an hour's text is coded."""
    took = coding.code_an_hour()
    slowest = [slowest_in_twenty(took.give_ms)], [slowest_in_twenty(took.bare_key_ms)]
    return [
        Row(f"A code given among {coding.CODINGS}, ms", took.give_ms, took.bare_key_ms),
        Row("  19 of 20 are faster than, ms", *slowest, coding.GIVE_MS, absolute=True),
        Row("  the same, CPU ms", took.give_cpu_ms, took.bare_key_cpu_ms),
        Row("  a page scrolled, CPU ms", took.scroll_cpu_ms, took.bare_scroll_cpu_ms, coding.SCROLL_RATIO),
    ]


def weeks(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure Today after unlocking, with years of groups in the vault."""
    with six_weeks.full_vault(plan.sessions) as vault:
        # The first run only fills the caches.
        in_turn(1, lambda: six_weeks.show_today(vault), lambda: six_weeks.read_bare(vault))
        pairs = in_turn(plan.todays, lambda: six_weeks.show_today(vault), lambda: six_weeks.read_bare(vault))
    name = f"Today, {six_weeks.GROUPS} groups, {plan.sessions} sessions, ms"
    return [
        Row(name, *columns(pairs, lambda shown: shown.after_ms), six_weeks.AIM_MS, digits=0, absolute=True),
        Row("  memory by then, MB", *columns(pairs, lambda shown: shown.peak_mb), digits=0),
    ]


def searches(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure a keystroke in the search, and a page of the log's table."""
    took = the_log.by_child(plan.sessions)
    aims = the_log.SEARCH_MS, the_log.SCROLL_MS
    return [
        Row("A search, each stroke of a key, ms", took.search_ms, took.peer_search_ms, aims[0], absolute=True),
        Row("Scrolling the log, each frame, ms", took.scroll_ms, aim=aims[1]),
        Row("  a bare QTableView, ms", took.peer_scroll_ms),
        Row("The log with both, grew by, MB", [took.grew_mb], digits=0),
        Row("A log of an earlier version read, s", [took.settling_s]),
    ]


def drafts(plan: Plan, _voice: Path, _microphone: VirtualMicrophone) -> list[Row]:
    """Measure a first draft of a transcript, quiet and beside busy loops."""
    with transcribing.ten_minutes(plan.drafted_min) as talk:
        ours, peers = (lambda: transcribing.draft_ours(talk)), (lambda: transcribing.draft_peers(talk))
        pairs = in_turn(plan.drafts, ours, peers)
        alike = in_turn(1, ours, lambda: transcribing.draft_peers_in_our_precision(talk))
        with transcribing.busy_loops():
            busy = in_turn(1, ours, peers)
    name = f"A draft of {plan.drafted_min:g} minutes of talk"
    return [
        Row(f"{name}, CPU s", *columns(pairs, lambda draft: draft.cpu_s), transcribing.AIM_CPU),
        Row("  beside it in our precision, with our threads", *columns(alike, lambda draft: draft.cpu_s)),
        Row("  beside a busy loop on each core, CPU s", *columns(busy, lambda draft: draft.cpu_s)),
        Row("  memory, MB", *columns(pairs, lambda draft: draft.peak_mb), transcribing.AIM_MEMORY, digits=0),
        Row("  words that are wrong, %", *columns(pairs, lambda draft: 100 * draft.wrong), 1.0),
    ]


QUESTIONS = (
    paints,
    packages,
    recordings,
    encodings,
    kills,
    hours,
    session,
    keys,
    weeks,
    searches,
    drafts,
    transcripts,
    analyses,
    codings,
)


def machine() -> str:
    """Return the machine and the tools that the figures were measured with."""
    with_what = [
        f"Python {platform.python_version()}",
        f"PySide6 {PySide6.__version__}",
        f"libsndfile {soundfile.__libsndfile_version__}",
        _first_line("ffmpeg", "-version").removesuffix(" the FFmpeg developers").split(" Copyright")[0],
        f"age {_first_line('age', '--version')}",
    ]
    return f"{os.cpu_count()} cores, load {load()}; {', '.join(with_what)}"


def load() -> str:
    """Return the load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def _first_line(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n")[0]
    except OSError:
        return f"no {command[0]}"


if __name__ == "__main__":
    sys.exit(main())
