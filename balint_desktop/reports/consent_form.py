"""The consent form on paper: the study's wording or a plain draft, with a box per purpose."""

from __future__ import annotations

from html import escape

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr

_BOX = "&#9744;"
_LINE = "_" * 30


def proposed_opening() -> str:
    """Return a plain opening. It is this app's draft, reviewed by no committee."""
    return tr(
        "You are invited to take part in a study of a Balint group. Taking part in the study is up to you. The group "
        "itself is teaching: you are a member of it whether or not you take part in the study, and leaving the study "
        "never means leaving the group.\n\n"
        "Please read the information sheet, and ask whatever you want to ask. Tick each line for itself. A line that "
        "is not ticked is not agreed to. The group is recorded only on days when everyone in the room has agreed, and "
        "nobody is told who has not."
    )


def proposed_closing() -> str:
    """Return a plain closing, also a draft to be replaced."""
    return tr(
        "I have read the information sheet, and my questions were answered. I can withdraw as the information sheet "
        "says, without a reason and without any effect on my studies."
    )


def proposed_line(purpose: Purpose, transcriber: str) -> str:
    """Return a plain line for a purpose."""
    by = transcriber or tr("a person named in the information sheet")
    return {
        Purpose.RECORDING: tr("I agree to the group’s sessions being recorded (sound only)."),
        Purpose.TRANSCRIPTION: tr(
            "I agree to the recordings being transcribed by {who}, names and other identifying details left out."
        ).format(who=by),
        Purpose.ANALYSIS: tr("I agree to the transcripts being analysed for the study."),
        Purpose.QUOTATIONS: tr("I agree to short quotations without my name in what is published."),
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


def form_html(study: Study) -> str:
    """Return the form as simple HTML for one person; typed text is escaped."""
    html = [f"<h1>{escape(tr('Consent form'))}</h1>", f"<p>{escape(_about(study))}</p>"]
    if is_proposed(study):
        html.append(f"<p><b>{escape(tr('Proposed wording: to be replaced by the wording that was approved.'))}</b></p>")
    html += _paragraphs(study.form_opening or proposed_opening())
    rows = "".join(f"<tr><td>{_BOX}</td><td>{escape(line)}</td></tr>" for line in form_lines(study).values())
    html.append(f"<table>{rows}</table>")
    html += _paragraphs(study.form_closing or proposed_closing())
    blanks = "".join(
        f"<tr><td>{escape(label)}</td><td>{_LINE}</td></tr>"
        for label in (tr("Name"), tr("Signature"), tr("Date"), tr("Code (entered by whoever takes this form)"))
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
