"""The table of attacks: the answers of list, verify and open to each, and what still plays."""

from __future__ import annotations

import numpy as np
import pytest
from attacks import ATTACKS, KEYS, VECTORS, Attacked
from sounds import RATE_HZ, pitch, stair_hz

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.recordings import decode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.timeline import StretchKind
from balint_desktop.vault.opening import secret_by_passphrase, secret_by_recovery_key
from balint_desktop.vault.vault import OpenVault

SECRET = secret_by_recovery_key(VECTORS / "as-sealed", KEYS["recovery_key"])
UNTOUCHED = {
    "long": {"list": "complete", "verify": "complete", "open": "complete", "parts": ["complete", "complete"]},
    "killed": {"list": "interrupted", "verify": "interrupted", "open": "interrupted", "parts": ["interrupted"]},
    "new": {},
}
# Where the parts' sound is on the session's clock: long 1 and killed 1 are stairs from here on, long 2 is 880 Hz.
STAIRS_FROM_S, SECOND_PART_FROM_S = 60, 90


def code_of(act):
    """Return "opens", or the code of the raised trouble."""
    try:
        act()
    except Trouble as trouble:
        return trouble.code.value
    return "opens"


@pytest.fixture
def attacked(tmp_path):
    return Attacked(tmp_path / "vault", SECRET.log_key)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])
def test_the_response_to_each_attack_is_as_specified(attacked, attack):
    for line in attack["edits"]:
        attacked.edit(line)

    assert code_of(lambda: secret_by_recovery_key(attacked.folder, KEYS["recovery_key"])) == attack.get(
        "recovery", "opens"
    )
    if "passphrase" in attack:
        assert code_of(lambda: secret_by_passphrase(attacked.folder, KEYS["passphrase"])) == attack["passphrase"]
    if "log" in attack:
        assert code_of(lambda: look_at_everything(attacked.folder)) == attack["log"]
        return
    expected = {name: UNTOUCHED[name] | attack.get(name, {}) for name in ("long", "killed", "new")}
    found, broken = look_at_everything(attacked.folder)
    assert broken == attack.get("audit")
    assert {name: dict(text) for name, text in found.items()} == {
        name: {key: one for key, one in text.items() if key not in ("lost_s", "sound")}
        for name, text in expected.items()
        if text
    }


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "log" not in a], ids=lambda attack: attack["name"])
def test_what_still_plays_is_every_second_in_its_place(attacked, attack):
    for line in attack["edits"]:
        attacked.edit(line)
    vault = OpenVault(attacked.folder, SECRET, SystemClock())
    try:
        for name, opened in openable(vault):
            result = attack.get(name, {})
            if result == {} and attack["edits"]:
                continue
            lost_s = sum(s.seconds for s in opened.joined.stretches if s.kind is StretchKind.DAMAGED)
            if "sound" in result:
                continue
            assert lost_s == pytest.approx(result.get("lost_s", 0), abs=0.5)
            assert_plays(name, opened)
    finally:
        vault.close()


def shelf_of(vault):
    return RecordingService(vault, open_pcm, encode_pcm)


def name_of(sources):
    return {KEYS["long"]: "long", KEYS["killed"]: "killed"}.get(sources.id, "new")


def openable(vault):
    shelf = shelf_of(vault)
    for sources in shelf.sources():
        try:
            yield name_of(sources), shelf.open(sources)
        except Trouble:
            continue


def look_at_everything(folder):
    """Return the answers of list, verify and open for each recording, and the audit trail's break. Raise Trouble."""
    vault = OpenVault(folder, SECRET, SystemClock())
    try:
        shelf = shelf_of(vault)
        found = {name_of(sources): said(shelf, sources) for sources in shelf.sources()}
        vault.log.check()
        return found, vault.log.audit.broken_at()
    finally:
        vault.close()


def said(shelf, sources):
    verdict = shelf.verify(sources)
    try:
        opened = shelf.open(sources).listed.condition.value
    except Trouble as trouble:
        opened = trouble.code.value
    return {
        "list": shelf.read_summary(sources).condition.value,
        "verify": verdict.condition.value,
        "open": opened,
        "parts": [part.condition.value for part in verdict.parts],
    }


def assert_plays(name, opened):
    joined = opened.joined
    sound = np.frombuffer(b"".join(decode.decode_pcm(joined, opened.sounds, open_pcm)), "<i2")
    assert len(sound) == decode.count_frames(joined)
    for stretch in joined.stretches:
        for second in range(round(stretch.from_s), int(stretch.until_s + 0.02)):
            at = round((second - joined.from_s) * RATE_HZ)
            heard = sound[at + RATE_HZ // 5 : at + RATE_HZ * 9 // 10]
            if stretch.kind is not StretchKind.SOUND:
                assert not heard.any()
            elif second >= stretch.from_s - 0.1:
                second_part = name == "long" and second >= SECOND_PART_FROM_S
                assert abs(pitch(heard) - (880 if second_part else stair_hz(second - STAIRS_FROM_S))) < 8, second
