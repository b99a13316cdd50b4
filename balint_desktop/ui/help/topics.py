"""The topics of Help. To add one, add it here: a key, a title, and its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.i18n import tr


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """A topic: its key in identifiers, the title on its tab, and paragraphs with a heading each, which may be empty."""

    key: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]


def topics() -> tuple[HelpTopic, ...]:
    """Return the topics, in the order of their tabs."""
    return (_about(), _stored(), _destroyed(), _keyboard())


def _about() -> HelpTopic:
    return HelpTopic(
        "about",
        tr("About this app"),
        (
            (
                "",
                tr(
                    "Balint Desktop keeps the time of a Balint group, so you can stay with the group. It replaces "
                    "neither training nor supervision: lead with someone trained, and take your own leading to "
                    "supervision."
                ),
            ),
            (
                tr("What it never records"),
                tr(
                    "What a case was about, who a patient is, an opinion of anyone, why someone did not agree or left, "
                    "and what was said off the record."
                ),
            ),
            (
                tr("Still to be reviewed"),
                tr("The prompts have not been reviewed by an accredited leader, nor by Māori and Pacific colleagues."),
            ),
        ),
    )


def _stored() -> HelpTopic:
    return HelpTopic(
        "stored",
        tr("Where things are stored"),
        (
            (
                tr("In the vault’s folder, encrypted"),
                tr(
                    "Recordings, each with its own key. The log: sessions, notes, consents by code, retention "
                    "periods, audit trail. Names, in a separate file for each group. Opening any of it takes the "
                    "passphrase or the recovery key."
                ),
            ),
            (
                tr("Not in the app"),
                tr(
                    "Signed consent forms and transcripts. Enter where they are under Retention on the group’s "
                    "page. The recovery key exists only on paper."
                ),
            ),
            (
                tr("Not encrypted"),
                tr(
                    "What you export: sound, tables, reports. The app does not track those files. An imported file "
                    "stays on its recorder until you delete it there."
                ),
            ),
        ),
    )


def _destroyed() -> HelpTopic:
    return HelpTopic(
        "destroyed",
        tr("After destroying a recording"),
        (
            (
                "",
                tr(
                    "The recording’s key is overwritten and its files are deleted. Nothing in this vault can open it "
                    "again."
                ),
            ),
            (
                tr("What may still exist"),
                tr("Backups, exports and copies for other readers. The recording’s page lists the backups."),
            ),
            (
                tr("Traces on this disk"),
                tr(
                    "A raw image of the disk may still hold the old key, which the vault’s passphrase opens. If that "
                    "matters, renew the vault’s keys in Settings and destroy old backups."
                ),
            ),
        ),
    )


def _keyboard() -> HelpTopic:
    return HelpTopic(
        "keyboard",
        tr("Keyboard"),
        (
            (
                tr("Everywhere"),
                tr(
                    "Enter presses the focused button, or the main button of the form you are in. Escape closes a form "
                    "or goes back. Ctrl+Z undoes, Ctrl+L locks."
                ),
            ),
            (
                tr("Dates and times"),
                tr(
                    "Type a date as you usually write it, or as 2026-11-28. The arrow keys change it by a day; Alt and "
                    "the down arrow open a calendar. Times can be typed as 14:00, 1400 or 2 pm."
                ),
            ),
            (tr("In the room"), tr("F11 shows the clock alone, F12 dims the screen. Escape brings everything back.")),
        ),
    )
