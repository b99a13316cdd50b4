"""Wording of purposes, answers and withdrawal rules, for the facilitator only."""

from __future__ import annotations

from datetime import date

from balint_desktop.domain.study.consent import Consent, ConsentEntry, Purpose, TakenBy
from balint_desktop.domain.study.terms import Asks, Study, Until
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


def asks_words(asks: Asks | None) -> str:
    """Return the action that the rule requires for a recording."""
    return {
        None: tr("no rule is entered yet"),
        Asks.REMOVE_WORDS: tr("leave out this person’s own words in its transcript"),
        Asks.DESTROY: tr("destroy it"),
        Asks.KEEP: tr("keep it"),
    }[asks]


def removal_words(found: RemovableWords) -> str:
    """Return what will be removed from a transcript, and what a person has to look at, before it is done."""
    if not found.is_finished:
        return tr(
            "This transcript is not finished, so their words cannot be found in it. All of it is deleted, and the "
            "recording stays. This cannot be undone."
        )
    if found.turns is None:
        lines = [tr("Their words are removed from the text, and from what the model wrote.")]
    else:
        lines = [
            tr_n(
                "{n} turn of theirs is removed from the text, and from what the model wrote.",
                "{n} turns of theirs are removed from the text, and from what the model wrote.",
                found.turns.theirs,
            ).format(n=found.turns.theirs)
        ]
    lines.append(tr("The text then reads [not available] there and does not show who spoke. This cannot be undone."))
    if found.turns is not None and found.turns.unknown:
        lines.append(
            tr_n(
                "{n} turn has no single known speaker. Someone has to look at it first: the words may be theirs.",
                "{n} turns have no single known speaker. Someone has to look at them first: the words may be theirs.",
                found.turns.unknown,
            ).format(n=found.turns.unknown)
        )
        lines.append(
            tr(
                "You can remove the rest all the same. After that the transcript opens again: set who speaks in those "
                "turns, then remove what is theirs here."
            )
        )
    return "\n".join(lines)


def unknown_speaker_words(count: int) -> str:
    """Return what a person has to do in a transcript before a withdrawal is recorded, which closes it."""
    return tr_n(
        "{n} turn of its transcript has no single known speaker. First open the transcript and set who speaks.",
        "{n} turns of its transcript have no single known speaker. First open the transcript and set who speaks.",
        count,
    ).format(n=count)


def rule_words(study: Study) -> str:
    """Return the study's rule for withdrawals in one or two sentences."""
    if study.withdrawal_asks is None:
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
