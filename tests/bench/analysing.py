"""The cost of de-identifying an hour, of comparing four coders, and of a project file, beside peers where there are."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis_peers import ENVIRONMENT, PEERS, SCHEMA
from processes import DidNotRun
from refi_projects import many_codings

from balint_desktop.domain.analysis.agreement import CharacterScale, CodedSpan, agreement, bootstrap_alphas, coded_units
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.deidentify.suggest import suggest
from balint_desktop.library.word_lists import read_word_lists

DEIDENTIFY_S, COMPARE_S, BOOTSTRAP_S, EXCHANGE_S = 0.5, 0.05, 10.0, 0.3
CHARACTERS, CODINGS, RESAMPLES = 55_000, 4_800, 1_000
_TEXTS = Path(__file__).parents[1] / "domain" / "deidentify" / "texts"


@dataclass(frozen=True)
class Compared:
    """Processor seconds for all codes of a study: ours, and the package krippendorff."""

    ours_s: float
    peer_s: float


def deidentify_s() -> float:
    """Return the processor seconds for all layers over a text as long as an hour, the word lists read before."""
    from balint_desktop.domain.deidentify.known_names import KnownName  # noqa: PLC0415
    from balint_desktop.domain.values import participant_code  # noqa: PLC0415

    spoken = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_TEXTS.glob("*.txt")))
    text = (spoken * (CHARACTERS // len(spoken) + 1))[:CHARACTERS]
    names = [
        KnownName(participant_code(n + 1), name) for n, name in enumerate(("Siobhan O’Neill", "Aroha Ngata", "Wei Li"))
    ]
    lists = read_word_lists()
    return _seconds(lambda: suggest(text, names, lists))


def compare() -> Compared:
    """Return what comparing takes. Raise DidNotRun without the peer, or where the figures differ."""
    project = many_codings(CODINGS)
    lengths = {source.guid: len(source.text) for source in project.sources}
    spans = [CodedSpan(one.source, one.begin, one.end, one.code, one.coder) for one in project.codings]
    coders = [one.guid for one in project.coders]
    began = time.process_time()
    units = coded_units(spans, coders, CharacterScale(lengths))
    ours = [agreement(code, one).alpha for code, one in units.items()]
    took = time.process_time() - began
    given = {
        "length": sum(lengths.values()),
        "coders": len(coders),
        "codes": [list(one.by_coder.values()) for one in units.values()],
    }
    peer = _ask("alpha_time", given)
    if any(abs(a - b) > 1e-9 for a, b in zip(ours, peer["alphas"], strict=True)):
        raise DidNotRun("alpha is not that of krippendorff")
    return Compared(took, peer["seconds"])


def bootstrap_s() -> float:
    """Return the processor seconds for a thousand resamples of the turns of six sessions."""
    project = many_codings(CODINGS)
    spans = [CodedSpan(one.source, one.begin, one.end, one.code, one.coder) for one in project.codings]
    scale = CharacterScale({source.guid: len(source.text) for source in project.sources})
    units = coded_units(spans, [one.guid for one in project.coders], scale)
    turns = [(at, min(at + 180, scale.n)) for at in range(0, scale.n, 180)]
    drawn = random.Random(1)
    places = range(len(turns))
    return _seconds(lambda: bootstrap_alphas(units, turns, RESAMPLES, lambda count: drawn.choices(places, k=count)))


def exchange_s() -> float:
    """Return the processor seconds to write a project of six sessions, to hold it against the schema, and to read it.

    Raise DidNotRun without the peers' lxml, or where the file is not valid.
    """
    project = many_codings(CODINGS)
    began = time.process_time()
    data = project_to_qdpx(project)
    read_qdpx(data)
    took = time.process_time() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.qdpx"
        path.write_bytes(data)
        validated = _ask("validate_time", {"schema": str(SCHEMA), "file": str(path)})
    if validated["errors"]:
        raise DidNotRun("the schema does not take the file")
    return took + validated["seconds"]


def peer_exchange_s() -> float:
    """Return the processor seconds in which qualitative-coding imports the same project. Raise DidNotRun."""
    with tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder) / "study.qdpx", Path(folder) / "qc"
        path.write_bytes(project_to_qdpx(many_codings(CODINGS)))
        into.mkdir()
        environment = os.environ | {"PYTHONBREAKPOINT": "0", "PYTHONPATH": str(PEERS / "stand_ins")}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [_peer("qc"), "init", "--import", path], cwd=into, env=environment, capture_output=True, check=False
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise DidNotRun("qualitative-coding imported nothing")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ask(script: str, given: object) -> dict[str, Any]:
    done = subprocess.run(
        [_peer("python"), Path(__file__).with_name(f"{script}.py")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DidNotRun(done.stderr.strip()[-300:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _peer(name: str) -> Path:
    path = ENVIRONMENT / "bin" / name
    if not path.exists():
        raise DidNotRun("what the analysis is compared with is not installed: make .venv-peers/.ready")
    return path
