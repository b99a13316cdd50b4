"""Every reader with its spoiled files, and single cases reproducible by seed and number."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import fuzzing_coding as codings
import fuzzing_files as files
import fuzzing_projects as projects
import fuzzing_rosters as rosters
import fuzzing_texts as texts
import fuzzing_vaults as vaults
import fuzzing_words as words

_ALL = (
    files.chunks,
    files.ogg_reader,
    files.ogg_pages,
    files.part,
    files.key_file,
    files.small_files,
    files.recovery_key,
    rosters.roster_file,
    rosters.roster_workbook,
    texts.transcript_file,
    texts.transcript_document,
    texts.deidentified_files,
    codings.coding_files,
    words.word_copy_file,
    words.word_copy_parts,
    projects.project_file,
    projects.project_parts,
    projects.codebook_file,
    vaults.sealed_nonsense,
    vaults.recording,
    vaults.vault_files,
    vaults.log,
    vaults.vault,
)
TARGETS = {target.__name__: target for target in _ALL}


def run_case(target, seed, number):
    """Run one case, reproducible by these three values. Raise its exception."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        TARGETS[target](random.Random(f"{seed} {target} {number}"), Path(folder))
