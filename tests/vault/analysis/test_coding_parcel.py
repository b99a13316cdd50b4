"""A parcel to a coder: sealed to them alone, with nothing of anybody else's in it, and never one's own."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    Coder,
    begun,
    code_of,
    coder,
    coding,
    lab,
    memo,
    opened_round,
    refuse,
    work,
)

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    RoundKind,
    StudyTheme,
    ThemeWork,
)
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed.keys import unseal
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["begun", "coder", "lab"]


def test_a_parcel_holds_none_of_two_hundred_strings_that_only_coder_1_wrote(begun, coder):
    strings = [f"unlikely{number}word" for number in range(200)]
    _, before = members_of(begun.parcel_for(coder), coder)
    book = Codebook()
    for number in range(40):
        book = book.with_code(f"c{number}", strings[number])
        code = book.code(f"c{number}")
        book = book.with_changed(
            replace(
                *(code,),
                definition=strings[40 + number],
                when=strings[80 + number],
                example=strings[120 + number],
            )
        )
    mine = CoderWork(book, work(*(coding(begun.first, 4, 10, f"c{n}", guid=f"g{n}") for n in range(20))).codings)
    mine = replace(mine, codings=mine.codings.with_memo("g0", strings[160]))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    for number in range(161, 190):
        begun.studies.add_memo(STUDY, memo(words=strings[number], memo_id=f"m{number}"))
    begun.studies.save_themes(STUDY, ThemeWork(tuple(StudyTheme(one, one) for one in strings[190:])))
    opened, members = members_of(begun.parcel_for(coder), coder)

    assert b"It made me angry" in b"".join(members.values())
    assert not [one for one in strings if one.encode() in b"".join(members.values()) or one.encode() in opened]
    assert ME.id.encode() not in b"".join(members.values())
    assert OUTSIDE.id.encode() not in b"".join(members.values())
    # Nor a count of anything: it is what it was before coder 1 wrote a word.
    assert members == before


def members_of(parcel, coder):
    """Return a parcel unsealed, and its members without the ticket, which is drawn anew for each."""
    opened = unseal(parcel, coder.vault.secrets())
    with zipfile.ZipFile(io.BytesIO(opened)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(members["manifest.json"])
    assert len(bytes.fromhex(manifest.pop("ticket"))) == 32
    return opened, {**members, "manifest.json": json.dumps(manifest).encode()}


def test_a_parcel_is_sealed_to_its_coder_alone(begun, coder):
    parcel = begun.parcel_for(coder)
    other = Coder(coder.data.with_name("other"))

    assert code_of(lambda: other.take(parcel)) is TroubleCode.CODING_FILE_NOT_FOR_YOU
    assert code_of(lambda: begun.files.import_parcel(parcel, "mine")) is TroubleCode.CODING_FILE_NOT_FOR_YOU
    other.close()


def test_a_parcel_needs_the_coders_key_a_round_of_theirs_and_consents(begun, coder, tmp_path):
    path = tmp_path / "parcel"

    assert code_of(lambda: begun.files.write_parcel(STUDY, 1, TWO.id, path)) is TroubleCode.CODER_WITHOUT_KEY
    assert code_of(lambda: begun.files.write_parcel(STUDY, 2, TWO.id, path)) is TroubleCode.ROUND_UNKNOWN
    begun.parcel_for(coder)
    refuse(begun)
    assert code_of(lambda: begun.files.write_parcel(STUDY, 1, TWO.id, path)) is TroubleCode.STUDY_TEXT_CLOSED
    assert not path.exists()


def test_a_parcel_that_left_is_in_the_trail_with_its_fingerprint(begun, coder):
    begun.parcel_for(coder)
    rows = [row for row in begun.vault.log.audit.rows() if row.act == AuditAct.CODING_PARCEL_MADE]
    (details,) = [json.loads(row.details) for row in rows]

    assert (details["author"], details["round"]) == (TWO.id, 1)
    assert len(details["sha256"]) == 64


def test_ones_own_coding_is_not_sent_to_anybody_whatever_key_is_entered(begun, coder, tmp_path):
    code = code_of(lambda: begun.parcel_for(coder, ME))

    assert code is TroubleCode.CODING_NOT_YOURS
    assert list(tmp_path.rglob("*.balint-coding")) == []
    assert begun.vault.studies.open(STUDY).tables.tickets() == ()


def test_a_coder_without_the_framework_gets_the_texts_alone(begun, coder):
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, replace(opened_round(2, framework=1), without_framework=(TWO.id,)))
    coder.take(begun.parcel_for(coder, round_number=2))

    (made,) = coder.studies.open(STUDY).rounds
    assert (made.kind, made.framework) == (RoundKind.OPEN, None)
    assert coder.studies.work(STUDY, 2, TWO.id) == CoderWork()
