"""The consent form on paper: the study's wording or a plain draft, with a box per purpose."""

from __future__ import annotations

from html import escape

from balint_desktop.domain.group.group import RecordingRule
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.recording_terms import RecordingTerms
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr
from balint_desktop.text.recording_terms import patients_words

_BOX = "&#9744;"
_LINE = "_" * 30


def proposed_opening(terms: RecordingTerms) -> str:
    """Return a plain opening that is true of this group. It is this app's draft, reviewed by no committee."""
    return "\n\n".join(
        (
            tr(
                "You are invited to take part in a study of a Balint group. Taking part is up to you. The group "
                "itself is part of your teaching: you are a member whether or not you take part in the study, and "
                "leaving the study never means leaving the group."
            ),
            " ".join(part for part in (_decides(terms.rule), _assesses(terms)) if part),
            patients_words(terms),
            tr(
                "Please read the information sheet and ask anything you want to ask. Tick each line separately. If "
                "you leave a line blank, you have not agreed to it."
            ),
        )
    )


def proposed_closing(terms: RecordingTerms) -> str:
    """Return a plain closing, also a draft to be replaced. It promises no more than is so."""
    if terms.depends_on_nothing:
        return tr(
            "I have read the information sheet, and my questions were answered. I can withdraw as the information "
            "sheet explains, without giving a reason and without any effect on my studies."
        )
    return tr(
        "I have read the information sheet, and my questions were answered. I can withdraw as the information "
        "sheet explains, without giving a reason."
    )


def _decides(rule: RecordingRule) -> str:
    return {
        RecordingRule.ALL_MEMBERS: tr(
            "Sessions are recorded only if every member has agreed. No one in the group is told who has not."
        ),
        RecordingRule.THOSE_PRESENT: tr(
            "A session is recorded only if everyone present has agreed. No one is told who has not, but others may "
            "be able to tell from who is away when the group is recorded."
        ),
    }[rule]


def _assesses(terms: RecordingTerms) -> str:
    if not terms.leader_assesses:
        return ""
    return tr(
        "The person who leads the group also assesses you. Recordings and questionnaires are closed to them until your "
        "grades are final."
    )


def proposed_line(purpose: Purpose, transcriber: str) -> str:
    """Return a plain line for a purpose."""
    by = transcriber or tr("a person named in the information sheet")
    return {
        Purpose.RECORDING: tr("I agree to the group’s sessions being recorded (sound only)."),
        Purpose.TRANSCRIPTION: tr(
            "I agree to the recordings being transcribed by {who}, with names and other identifying details left out."
        ).format(who=by),
        Purpose.ANALYSIS: tr("I agree to the transcripts being analysed for the study."),
        Purpose.QUOTATIONS: tr("I agree to short quotations, without my name, being published."),
        Purpose.SUPERVISION: tr("I agree to the facilitator bringing recordings to their own supervision."),
        Purpose.SHARING: tr("I agree to transcripts without names being shared with other researchers on request."),
    }[purpose]


def is_proposed(study: Study) -> bool:
    """Return whether any of the form's wording is still the app's draft."""
    return not study.form_opening or not study.form_closing or any(not study.form_purposes.get(p) for p in Purpose)


def form_lines(study: Study) -> dict[Purpose, str]:
    """Return the line for each purpose: the study's own wording where it has one."""
    own, transcriber = study.form_purposes, study.transcriber
    return {purpose: own.get(purpose) or proposed_line(purpose, transcriber) for purpose in Purpose}


def form_html(study: Study, terms: RecordingTerms) -> str:
    """Return the form as simple HTML for one person; typed text is escaped."""
    html = [f"<h1>{escape(tr('Consent form'))}</h1>", f"<p>{escape(_about(study))}</p>"]
    if is_proposed(study):
        html.append(f"<p><b>{escape(tr('Draft wording, not approved: replace it before use.'))}</b></p>")
    html += _paragraphs(study.form_opening or proposed_opening(terms))
    rows = "".join(f"<tr><td>{_BOX}</td><td>{escape(line)}</td></tr>" for line in form_lines(study).values())
    html.append(f"<table>{rows}</table>")
    html += _paragraphs(study.form_closing or proposed_closing(terms))
    blanks = "".join(
        f"<tr><td>{escape(label)}</td><td>{_LINE}</td></tr>"
        for label in (
            tr("Name"),
            tr("Signature"),
            tr("Date"),
            tr("Code (entered by the person who collects this form)"),
        )
    )
    html.append(f"<p>&nbsp;</p><table cellpadding='8'>{blanks}</table>")
    return "".join(html)


def _about(study: Study) -> str:
    parts = [
        tr("Form version {version}").format(version=study.form_version or tr("not entered")),
        tr("ethics approval {reference}").format(reference=study.approval_reference or tr("not entered")),
    ]
    parts += [study.approval_committee] if study.approval_committee else []
    if study.sheet_version:
        parts.append(tr("information sheet version {version}").format(version=study.sheet_version))
    return "; ".join(parts)


def _paragraphs(words: str) -> list[str]:
    return [f"<p>{escape(part.strip())}</p>" for part in words.split("\n\n") if part.strip()]
