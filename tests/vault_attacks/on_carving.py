"""Attacks on a raw disk: what was replaced is not found there, under a mounted ext4 image."""

from __future__ import annotations

import contextlib
from unittest import mock

from deidentified_vaults import SECRET, Bench
from kept_sessions import GROUP
from study_vaults import OUTSIDE, Lab
from study_vaults import STUDY as ANALYSIS
from vault_attacks.registry import attack
from vault_attacks.worlds import LONG, carved, code_of, disk_of, made_vault, opened, recorded_vault, sealing_quickly

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed import disk, names, rewrite_file
from balint_desktop.sealed.keys import new_identity, unseal
from balint_desktop.sealed.recording import read_key, write_key
from balint_desktop.vault import opening, renewal_files
from balint_desktop.vault.creation import VaultCreation
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.opening import set_passphrase

NEW = "another one altogether, herons"


def needle(path):
    """Return bytes of a sealed file that nothing else has: its random salt or share, its MAC and its chunk."""
    return path.read_bytes()[30:160]


def found(folder, before):
    """Return which of the bytes that were on the disk are still found on it."""
    left = [name for name, data in before.items() if carved(folder, data)]
    return f"still there: {', '.join(left)}" if left else "nothing found"


@attack("carving", "the old passphrase files after a change of passphrase", "nothing found")
def changed_passphrase(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        paths = [made.folder / PASSPHRASE_FILE, made.folder / f"copy-of-{PASSPHRASE_FILE}"]
        before = {path.name: needle(path) for path in paths}
        assert carved(folder, before[PASSPHRASE_FILE]) == 2
        set_passphrase(made.folder, made.secret, NEW)
        return found(folder, before)


@attack("carving", "the old passphrase files after three changes in a row", "nothing found")
def changed_often(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        before = {}
        for number in range(3):
            before[f"number {number}"] = needle(made.folder / PASSPHRASE_FILE)
            set_passphrase(made.folder, made.secret, f"{NEW} {number}")
        return found(folder, before)


@attack("carving", "the old files and log after the keys were renewed", "nothing found")
def renewed(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        before = {name: needle(made.folder / name) for name in (PASSPHRASE_FILE, RECOVERY_FILE)}
        before["log.db"] = (made.folder / "log.db").read_bytes()[8192:8320]
        with opened(made.folder, made.secret) as vault:
            renewal_files.prepare(made.folder, made.secret, NEW)
            passing = made.folder / "renewal-prepared" / "both" / PASSPHRASE_FILE
            before["both/passphrase.age"] = needle(passing)
            vault.confirm_renewal()
        with opened(made.folder, opening.secret_by_passphrase(made.folder, NEW)):
            pass
        return found(folder, before)


@attack("carving", "new keys that were prepared and never confirmed", "nothing found")
def abandoned_renewal(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        renewal_files.prepare(made.folder, made.secret, NEW)
        prepared = made.folder / "renewal-prepared"
        before = {str(path.relative_to(prepared)): needle(path) for path in prepared.rglob("*.age")}
        with opened(made.folder, made.secret):
            pass
        return found(folder, before)


@attack("carving", "a recording's key after a reader was removed", "nothing found")
def removed_reader(folder):
    with disk_of(folder, "ext4") as small:
        vault, secret = recorded_vault(small.folder / "vault")
        key = vault / "recordings" / LONG / names.KEY
        reader = Reader("a reader", new_identity().recipient)
        identity = read_key(key.parent, [one.secret for one in secret.identities])
        write_key(key.parent, identity, [secret.recipient, reader.recipient])
        before = {"key.age, sealed to the reader": needle(key)}
        write_key(key.parent, identity, [secret.recipient])
        return found(folder, before)


@attack(
    "carving",
    "a damaged copy that is mended from its twin: it may open with an old passphrase",
    "nothing found",
)
def mended_copy(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        copy = made.folder / f"copy-of-{PASSPHRASE_FILE}"
        old = copy.read_bytes()
        set_passphrase(made.folder, made.secret, NEW)
        copy.write_bytes(old)
        before = {"the old copy": needle(copy)}
        opening.secret_by_passphrase(made.folder, NEW)
        return found(folder, before)


@attack("carving", "killed between replacing a passphrase file and overwriting the old one", "nothing found")
def killed_in_between(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        before = {PASSPHRASE_FILE: needle(made.folder / PASSPHRASE_FILE)}
        killed = mock.patch.object(rewrite_file.disk, "overwrite_file", side_effect=InterruptedError)
        with killed, contextlib.suppress(InterruptedError, Trouble):
            set_passphrase(made.folder, made.secret, NEW)
        assert carved(folder, before[PASSPHRASE_FILE])
        set_passphrase(made.folder, made.secret, f"{NEW} again")
        with opened(made.folder, made.secret):
            pass
        return found(folder, before)


@attack("carving", "a vault whose making was abandoned: its passphrase may be chosen again", "nothing found")
def abandoned_vault(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        making = VaultCreation(small.folder / "vault")
        making.begin()
        opening.create_vault(making.staging, NEW, SystemClock())
        before = {name: needle(making.staging / name) for name in (PASSPHRASE_FILE, RECOVERY_FILE)}
        making.abandon()
        return found(folder, before)


@attack("carving", "a destroyed recording's key", "nothing found")
def destroyed_key(folder):
    with disk_of(folder, "ext4") as small:
        vault, secret = recorded_vault(small.folder / "vault")
        before = {"key.age": needle(vault / "recordings" / LONG / names.KEY)}
        with opened(vault, secret) as now:
            now.destroy(LONG, "asked for")
        return found(folder, before)


@attack(
    "carving",
    "keys of sound and identifiable text, and decisions, after the approved text alone is left",
    "nothing found",
)
def destroyed_after_approval(folder):
    with disk_of(folder, "ext4") as small:
        bench = Bench(small.folder / "data")
        bench.save(SECRET)
        bench.approve()
        places = bench.places
        sound, text = places.recording(bench.recording), places.transcript(bench.recording)
        before = {
            "the sound's key": needle(sound / names.KEY),
            "the transcript's key": needle(text / names.KEY),
            "a word, not sealed": SECRET.encode(),
        }
        stays = needle(places.approved_text(bench.recording) / names.KEY)
        assert all(carved(folder, before[key]) for key in ("the sound's key", "the transcript's key"))
        bench.vault.destroy(bench.recording, "approved")
        left = found(folder, before)
        bench.close()
        assert carved(folder, stays)
        return left


@attack("carving", "the key of an approved text as it was before a redaction", "nothing found")
def redacted_version(folder):
    with disk_of(folder, "ext4") as small:
        bench = Bench(small.folder / "data")
        bench.approve()
        before = {"the key before": needle(bench.places.approved_text(bench.recording) / names.KEY)}
        assert carved(folder, before["the key before"])
        bench.redact()
        bench.close()
        return found(folder, before)


@attack("carving", "the key of a study that was destroyed, with what had come for it", "nothing found; none opens")
def destroyed_study(folder):
    with disk_of(folder, "ext4") as small:
        lab = Lab(small.folder / "data").begun()
        row = lab.files.receive_file(ANALYSIS, b"from another program", CodingFileKind.WORD, OUTSIDE.id, 1)
        came = lab.vault.studies.received_path(ANALYSIS, row.id).read_bytes()
        key = lab.vault.studies.open(ANALYSIS).key
        before = {
            "key.age": needle(lab.folder / names.KEY),
            "its identity, not sealed": key.identity.secret.encode(),
            "the key of its database, not sealed": key.database.encode(),
            "a word, not sealed": b"from another program",
        }
        assert carved(folder, before["key.age"])
        lab.studies.destroy(ANALYSIS)
        left = found(folder, before)
        opens = code_of(unseal, came, lab.vault.secrets())
        lab.close()
        return f"{left}; none opens" if opens == "wrong-key" else f"{left}; {opens}"


@attack("carving", "the key of a study as the vault's old keys opened it, after they were renewed", "nothing found")
def renewed_study(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        lab = Lab(small.folder / "data").begun()
        before = {"key.age": needle(lab.folder / names.KEY)}
        assert carved(folder, before["key.age"])
        renewal_files.prepare(lab.made.folder, lab.made.secret, NEW)
        lab.vault.confirm_renewal()
        lab.vault.close()
        with opened(lab.made.folder, opening.secret_by_passphrase(lab.made.folder, NEW)) as vault:
            assert vault.studies.open(ANALYSIS).tables.study().id == ANALYSIS
        return found(folder, before)


@attack(
    "carving", "what a group had decided about words that identify, once its code key is destroyed", "nothing found"
)
def forgotten_decisions(folder):
    with disk_of(folder, "ext4") as small:
        bench = Bench(small.folder / "data")
        bench.save(SECRET)
        before = {"the decisions": needle(bench.places.group_decisions(GROUP))}
        bench.save(SECRET, "another")
        before["the decisions after them"] = needle(bench.places.group_decisions(GROUP))
        bench.vault.rosters.destroy(GROUP)
        bench.close()
        return found(folder, before)


@attack(
    "carving",
    "a full disk: the passphrase cannot be changed, and the old one is whole",
    "disk-full; the old one opens: done",
)
def changed_on_a_full_disk(folder):
    with disk_of(folder, "ext4") as small, sealing_quickly():
        made = made_vault(small.folder / "vault")
        small.fill()
        code = code_of(set_passphrase, made.folder, made.secret, NEW)
        whole = code_of(opening.secret_by_passphrase, made.folder, made.passphrase)
        assert disk.free_bytes(made.folder) < 1 << 20
        return f"{code}; the old one opens: {whole}"
