"""Wording of purposes, answers and withdrawal rules, for the facilitator only."""

from __future__ import annotations

from datetime import date

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import Consent, ConsentEntry, Purpose, TakenBy
from balint_desktop.domain.study.terms import Asks, Study, Until
from balint_desktop.domain.transcript.word_removal import RemovableTurns
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.capital import with_capital
from balint_desktop.text.consents import answer_word, left_words, purpose_name
from balint_desktop.ui.widgets.dates import day_words, short_day
from balint_desktop.vault.transcripts import RemovableWords


def enter_words(entry: ConsentEntry) -> str:
    """Return an answer button's label, with the numbers if it enters many."""
    word = answer_word(entry.answer)
    if not entry.is_for_many or not entry.cells:
        return with_capital(word)
    return tr("Record “{answer}” for {people}, {purposes}").format(
        answer=word,
        people=tr_n("{n} person", "{n} people", entry.people).format(n=entry.people),
        purposes=tr_n("{n} purpose", "{n} purposes", entry.purposes).format(n=entry.purposes),
    )


def confirm_words(entry: ConsentEntry, day: date) -> str:
    """Return the confirmation question for entering many answers."""
    count = len(entry.cells)
    asked = tr_n(
        "{n} answer will be recorded as “{answer}”, dated {day}.",
        "{n} answers will be recorded as “{answer}”, dated {day}.",
        count,
    )
    return asked.format(n=count, answer=answer_word(entry.answer), day=day_words(day)) + left_words(entry)


def taker_word(taken_by: TakenBy) -> str:
    """Return the label of the person who took an answer."""
    return {
        TakenBy.COORDINATOR: tr("the coordinator"),
        TakenBy.FACILITATOR: tr("the facilitator"),
        TakenBy.TICK: tr("a tick in the group’s form"),
    }[taken_by]


def cell_words(row: Consent | None) -> str:
    """Return a grid cell's text: the answer, with date and form version below."""
    if row is None:
        return tr("not asked")
    below = [short_day(row.day)] if row.day is not None else []
    below += [tr("v. {form}").format(form=row.form)] if row.form else []
    return "\n".join(part for part in (answer_word(row.answer), ", ".join(below)) if part)


def cell_description(code: str, purpose: Purpose, row: Consent | None) -> str:
    """Return a cell's accessible text."""
    answer = tr("not asked") if row is None else row_words(row)
    return tr("{code}, {purpose}: {answer}").format(code=code, purpose=purpose_name(purpose), answer=answer)


def row_words(row: Consent) -> str:
    """Return one entry in full: answer, date, form version, taker."""
    parts = [answer_word(row.answer)]
    parts.append(day_words(row.day) if row.day is not None else tr("date not recorded"))
    if row.form:
        parts.append(tr("form {form}").format(form=row.form))
    parts.append(tr("taken by {who}").format(who=taker_word(row.taken_by)))
    return ", ".join(parts)


def asks_words(asks: Asks | None, *, has_sound: bool = True) -> str:
    """Return the action that the rule requires for a recording, or for the text of a session that has none."""
    return {
        None: tr("no rule is entered yet"),
        Asks.REMOVE_WORDS: tr("leave out this person’s own words in its transcript"),
        Asks.DESTROY: tr("destroy its recording and its text") if has_sound else tr("destroy its text"),
        Asks.KEEP: tr("keep its recording and its text") if has_sound else tr("keep its text"),
    }[asks]


def approved_reach_words(asks: Asks | None) -> list[str]:
    """Return what a withdrawal asks for an approved text and does not reach, a sentence a line."""
    if asks is Asks.REMOVE_WORDS:
        return [tr("Their words go from the approved text too, in its next version. Exported files still have them.")]
    if asks is Asks.DESTROY:
        return [tr("Its approved text is destroyed too. Exported files are not.")]
    return []


def removal_words(found: RemovableWords) -> str:
    """Return what pressing the act does to a transcript, and what a person has to do after it."""
    if not found.is_finished:
        return tr(
            "This transcript is not finished, so their words cannot be found in it. All of it is deleted, and the "
            "recording stays. This cannot be undone."
        )
    turns = found.turns
    if turns is not None and not turns.theirs and not found.has_transcript:
        lines = [tr("No turn in the approved text is marked as theirs, so nothing is removed.")]
    elif turns is not None and not turns.theirs:
        lines = [tr("No turn in this transcript is marked as theirs, so nothing is removed. It opens again.")]
    else:
        lines = [
            _removed_words(found, turns.theirs if turns is not None else None),
            tr("The text then reads [not available] there and does not show who spoke. This cannot be undone."),
        ]
    if found.is_approved and found.has_transcript:
        lines.append(tr("They go from the approved text too, in its next version. Exported files still have them."))
    if turns is not None and turns.unknown and not found.has_transcript:
        lines.append(
            tr_n(
                "{n} turn has no single known speaker and stays: without the recording, no one can tell whose it is.",
                "{n} turns have no single known speaker and stay: without the recording, no one can tell whose they "
                "are.",
                turns.unknown,
            ).format(n=turns.unknown)
        )
    elif turns is not None and turns.unknown:
        lines.append(
            tr_n(
                "{n} turn has no single known speaker: the words may be theirs. Afterwards, open the transcript and "
                "set who speaks there, then remove what is theirs here.",
                "{n} turns have no single known speaker: the words may be theirs. Afterwards, open the transcript and "
                "set who speaks there, then remove what is theirs here.",
                turns.unknown,
            ).format(n=turns.unknown)
        )
    return "\n".join(lines)


def _removed_words(found: RemovableWords, count: int | None) -> str:
    """Return from where words are removed: what the model wrote is there only of a transcript made by machine."""
    if count is None:
        if found.is_by_machine:
            return tr("Their words are removed from the text, and from what the model wrote.")
        return tr("Their words are removed from the text.")
    if found.is_by_machine:
        words = tr_n(
            "{n} turn of theirs is removed from the text, and from what the model wrote.",
            "{n} turns of theirs are removed from the text, and from what the model wrote.",
            count,
        )
    else:
        words = tr_n(
            "{n} turn of theirs is removed from the text.", "{n} turns of theirs are removed from the text.", count
        )
    return words.format(n=count)


def removed_from_approved_words(turns: RemovableTurns) -> str:
    """Return what was removed where the approved text alone is left."""
    if turns.theirs:
        return tr("Their words were removed from the approved text.")
    return tr("Nothing was removed: no turn in the approved text is marked as theirs.")


def removed_words(turns: RemovableTurns) -> str:
    """Return what was removed, and what is left to do."""
    done = (
        tr("Their words were removed from the transcript.")
        if turns.theirs
        else tr("Nothing was removed: no turn in the transcript is marked as theirs.")
    )
    return f"{done} {left_over_words(turns.unknown)}" if turns.unknown else done


def left_over_words(count: int) -> str:
    """Return that it is not known of some turns who speaks."""
    return tr_n(
        "{n} turn still has no single known speaker.", "{n} turns still have no single known speaker.", count
    ).format(n=count)


def unknown_speaker_words(count: int) -> str:
    """Return what a person has to do in a transcript before a withdrawal is recorded, which closes it."""
    return tr_n(
        "{n} turn of its transcript has no single known speaker. First open the transcript and set who speaks.",
        "{n} turns of its transcript have no single known speaker. First open the transcript and set who speaks.",
        count,
    ).format(n=count)


def has_study_pages(group: Group, study: Study | None) -> bool:
    """Return whether a group's consents have the pages of a study, where the approval's rule is entered."""
    return group.for_research or study is not None


def rule_words(study: Study, *, has_study: bool) -> str:
    """Return the study's rule for withdrawals in one or two sentences. `has_study` is whether its pages are there."""
    if study.withdrawal_asks is None:
        if not has_study:
            return tr("This group has no approval with a rule for leaving. You decide here about each recording.")
        return tr("The approval’s rule for leaving is not entered yet. Enter it under The study, Approval.")
    then = {
        Asks.REMOVE_WORDS: tr("Under the approval, the person’s own words are left out at transcription."),
        Asks.DESTROY: tr("Under the approval, recordings of sessions the person attended are destroyed."),
        Asks.KEEP: tr("Under the approval, earlier recordings are kept."),
    }[study.withdrawal_asks]
    if study.withdrawal_until is Until.ALWAYS or study.withdrawal_asks is Asks.KEEP:
        return then
    until = {
        Until.DAY: tr("This applies until {day}; after that, earlier recordings are kept.").format(
            day=day_words(study.withdrawal_day)
        ),
        Until.DEIDENTIFIED: tr("This applies until the transcripts are de-identified; after that, they are kept."),
    }[study.withdrawal_until]
    return f"{then} {until}"
