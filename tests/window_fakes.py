"""In-memory dependencies of the window's places: for tests and for viewing the places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.group.group import Group, Participant, Reader, Weekday, new_participants
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.library.files import FileLine
from balint_desktop.ui.group.form.deps import GroupDeps
from balint_desktop.ui.group.form.edit_group import FormatChoice
from balint_desktop.ui.today.open_matters import OpenLine
from balint_desktop.ui.vault_access.passphrase_fields import StrengthWords
from balint_desktop.vault.log.dates import GroupProgress, GroupSpan
from balint_desktop.vault.reseal import ResealResult

KEY = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"[:58]
READER = "age1" + "qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn54khce"[:58]
CHOICES = (FormatChoice("student-hour", "Student hour"), FormatChoice("online", "Online"))


def some_groups() -> list[Group]:
    return [
        Group(
            GroupId("a"),
            "Psychiatry rotation, block B",
            participants=(
                Participant(ParticipantCode("P1"), agreed_to_recording=True, seat=1),
                *new_participants(6)[1:],
            ),
            weekday=Weekday.THURSDAY,
            support="Student Health, ground floor",
            for_research=True,
            leader_assesses=False,
            readers=(Reader("Study team", READER),),
        ),
        Group(GroupId("b"), "Paediatrics, block A", participants=new_participants(8), weekday=Weekday.MONDAY),
    ]


THURSDAY = date(2026, 3, 5)
OPEN = (
    OpenLine(
        "Psychiatry rotation, block B · 3 people’s consents to enter",
        "Enter consents",
        OpenMatter(OpenKind.CONSENTS_TO_ENTER),
    ),
    OpenLine("1 debrief is not written", "Open the session", OpenMatter(OpenKind.DEBRIEF_UNWRITTEN)),
)


def standings():
    plan = new_plan(THURSDAY, 6, "14:00", last_evaluates=True)
    return [
        GroupProgress(
            GroupId("a"), "Psychiatry rotation, block B", 6, "thursday", 2, is_planned=True, without_record=plan[2:]
        ),
        GroupProgress(GroupId("b"), "Paediatrics, block A", 6, "monday", 0, is_planned=False, without_record=()),
    ]


class Book:
    """Groups in memory."""

    def __init__(self, groups=()):
        self.kept = list(groups)
        self.trouble = None

    def groups(self):
        self._fail()
        return list(self.kept)

    def save_group(self, group):
        self._fail()
        self.kept = [g for g in self.kept if g.id != group.id] + [group]

    def count(self, groups):
        return len(groups)

    def add(self, groups, reader, *, earlier):
        self._fail()
        return ResealResult(len(groups) if earlier else 0)

    def remove_reader(self, groups, recipient, *, earlier):
        self._fail()
        return ResealResult(len(groups) if earlier else 0)

    def _fail(self):
        if self.trouble is not None:
            raise Trouble(self.trouble)


class Dates:
    """Calendars in memory, of the groups of a book."""

    def __init__(self, book, plans=None):
        self.book = book
        self.plans = dict(plans or {})
        self.away = set()
        self.copied = []
        self.added = []

    def spans(self):
        return [self._span(group) for group in self.book.kept]

    def _span(self, group):
        days = [line.day for line in self.plans.get(group.id, ())]
        first, last = (min(days), max(days)) if days else (None, None)
        return GroupSpan(group.id, group.name, group.id in self.away, first, last)

    def plan(self, group):
        return self.plans.get(group, ())

    def add(self, new):
        self.book.save_group(new.group)
        self.added.append(new)
        self.plans[new.group.id] = new.plan
        if new.earlier is not None:
            self.copied.append((new.earlier, new.group.id))

    def archive(self, group):
        self.away.add(group)

    def unarchive(self, group):
        self.away.discard(group)

    def deps(self):
        return GroupDeps(self, lambda: THURSDAY, self.add)


class DraftRows(dict):
    """Drafts in memory."""

    def read(self, form):
        return self.get(form, "")

    def forms(self, prefix):
        return tuple(form for form in self if form.startswith(prefix))

    def save(self, form, content):
        self[form] = content

    def delete(self, form):
        self.pop(form, None)


class Formats:
    """Formats in memory: one that came with the app, copies beside it."""

    def __init__(self, text):
        self.folder = Path("formats")
        self.texts = {"student-hour": text}

    def lines(self):
        return [
            FileLine(key, "Student hour", "The paper's hour.", own=key != "student-hour", problem=self.check(key, text))
            for key, text in self.texts.items()
        ]

    def text(self, key):
        return self.texts[key]

    def copy(self, key):
        self.texts["my-" + key] = self.texts[key]
        return "my-" + key

    def check(self, key, text):
        try:
            parse_format(text)
        except FormatError as error:
            return f"Line {error.line}: {error.reason}."
        return ""

    def save(self, key, text):
        if problem := self.check(key, text):
            raise Trouble(TroubleCode.FORMAT_INVALID, name=key, line=1, reason=problem)
        self.texts[key] = text


def estimate(passphrase):
    enough = len(passphrase) >= 16
    return StrengthWords("Would take centuries to guess." if enough else "Could be guessed within a day.", enough)
