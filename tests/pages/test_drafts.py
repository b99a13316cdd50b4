"""Half-typed text on every page of the vault: there again after the window was locked, unless a reason is named."""

from __future__ import annotations

import re

from pages.walk import Walk
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from waiting import wait_until

from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.dates import DateField, TimeField
from balint_desktop.ui.widgets.enter_escape import press_escape

TYPED, DAY, TIME = "half a line", "2026-01-05", "16:45"

# Fields whose input is discarded when the page is left, and why.
DISCARDED = {
    # Names of people: only the sealed roster holds them, and only once they are saved.
    "names": "member-join-(name|contact|short-names|heard-as)|member-change-.*|certificate-name|roster-paste.*"
    "|group-names",
    # Passphrases and keys.
    "secrets": ".*passphrase.*|renew-.*|unlock-.*",
    # One day, filled with today, beside a name or in place of any text.
    "a day alone": "member-.*-day|report-.*|roster-.*",
    # What was chosen for one export.
    "one export": "certificate-institution|attendance-.*",
    # A person and a purpose chosen for one answer: restored, an answer might be entered for somebody unmeant.
    "consents": "consents-.*|leaving-.*",
    # Searches.
    "search": "code-give|.*-filter.*|log-search|help-search|trail-.*|log-from|log-to|log-words",
    # A period to copy reviews from.
    "period": "gather.*",
}


def is_discarded(name):
    return any(re.fullmatch(names, name) for names in DISCARDED.values())


class Typist:
    """Types into what a page offers, locks the window, and reads what is there again."""

    def __init__(self, walk):
        self.walk = walk
        self.window = walk._window().fill()

    def fields(self):
        self.walk.settle()
        kinds = (QLineEdit, QPlainTextEdit)
        return {
            one.objectName(): one
            for one in self.walk.page.findChildren(QWidget)
            if isinstance(one, kinds)
            and one.isVisibleTo(self.walk.page)
            and one.isEnabled()
            and not one.isReadOnly()
            and not isinstance(one.parent(), QAbstractSpinBox | QComboBox)
            and not is_discarded(one.objectName())
        }

    def type(self, fields):
        typed = {}
        for name, field in fields.items():
            words = DAY if isinstance(field, DateField) else TIME if isinstance(field, TimeField) else TYPED
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(words)
            else:
                field.setText(words)
            typed[name] = self.read(field)
        return typed

    @staticmethod
    def read(field):
        if isinstance(field, DateField):
            # Written as the locale does once it is left.
            return str(field.day_or_none()) if field.can_be_read() else field.text()
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def lock_and_return(self):
        desktop = self.window.desktop
        desktop.locking.lock()
        self.walk.settle()
        desktop.context.vault.unlock(self.window.made.secret)
        desktop.places.open()

    def lost(self, show, opener=""):
        """Return the fields that do not hold again what was typed in them."""
        show()
        base = self.fields()
        if opener:
            self.press(opener)
        typed = self.type({name: field for name, field in self.fields().items() if not opener or name not in base})
        if not typed:
            return []
        self.lock_and_return()
        show()
        self.walk.settle()
        if opener and not set(typed) <= set(self.fields()):
            self.press(opener)
        there = {name: self.read(field) for name, field in self.fields().items()}
        press_escape(self.walk.page, self.walk.page.focusWidget())
        return [name for name, words in typed.items() if there.get(name) != words]

    def press(self, opener):
        button = self.walk._visible(opener)
        if button is not None:
            button.click()
        self.walk.settle()

    def openers(self):
        """Return the buttons that say by three dots that they open something."""
        found = (self.walk._visible(name) for name in self.walk._openers())
        return [one.objectName() for one in found if one is not None and one.text().endswith("…")]

    def pages(self):
        """Yield the name of each page of the vault, and how it is shown."""
        walk = self.walk
        for offer in self.window.desktop.places.offers():
            if offer.key in {PlaceKey.GROUPS, PlaceKey.ANALYSIS}:
                continue
            walk.shell.show_place(offer.key)
            for section in walk._section_keys() or [""]:
                yield f"{offer.key}-{section}", lambda k=offer.key, s=section: self.show_place(k, s)
        for group in self.window.vault.log.groups.groups():
            for section in walk._group_sections(group):
                yield f"{group.name}-{section}", lambda g=group, s=section: walk._show_group(g, s)
        for page, shown in (("", "analysis-new"), ("set-up", "study-save"), ("read", "read-back")):
            yield f"analysis-{page}", lambda p=page, s=shown: walk._open_analysis(p, s)
        yield "analysis-code", lambda: walk._open_analysis("code", "code-more")
        yield "readers", self.show_readers
        yield "new group", self.show_new_group
        yield "own format", self.show_own_format
        yield "study", lambda: self.show_study("approval")
        yield "invitation", lambda: self.show_study("invitation")
        yield "form", lambda: self.show_study("form")

    def show_place(self, key, section):
        self.walk.shell.show_place(key)
        self.walk.settle()
        if section:
            self.walk._show_section(section)

    def show_readers(self):
        self.walk.shell.show_place(PlaceKey.GROUPS)
        self.walk.shell.place(PlaceKey.GROUPS).show_readers()

    def show_new_group(self):
        self.walk.shell.show_place(PlaceKey.GROUPS)
        self.walk.shell.place(PlaceKey.GROUPS).new()

    def show_own_format(self):
        """Show the first format copied, half changed."""
        self.show_place(PlaceKey.SETTINGS, "formats")
        if "format-text" not in self.fields():
            self.press(next(name for name in self.walk._openers() if name.startswith("format-")))

    def show_study(self, part):
        research = next(one for one in self.window.vault.log.groups.groups() if one.for_research)
        self.walk._show_group(research, "consents")
        self.walk.shell.place(PlaceKey.GROUPS).page.sections.section("consents").study.show_section(part)


def test_what_was_half_typed_on_any_page_is_there_again_after_a_lock(qapp, tmp_path, monkeypatch):
    lost, tried = [], 0
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        typist = Typist(walk)
        for name, show in list(typist.pages()):
            lost += [(name, "", field) for field in typist.lost(show)]
            show()
            for opener in typist.openers():
                tried += 1
                lost += [(name, opener, field) for field in typist.lost(show, opener)]

    assert lost == []
    assert tried > 20


def test_what_was_decided_and_half_typed_in_a_text_is_there_again_after_a_lock(qapp, tmp_path, monkeypatch):
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        typist = Typist(walk)
        walk._open_deidentify()
        walk._at("wide enough for the words beside the text")
        page = walk.page.deidentify
        page.words.card.answer(1)
        walk._type("deidentify-other", TYPED)
        walk._type("deidentify-reader", "AB")
        walk._press("deidentify-read")
        decided = page.sitting.decisions
        typist.lock_and_return()
        walk.shell.show_place(PlaceKey.TRANSCRIPTS)
        wait_until(lambda: (walk.settle(), walk._visible("deidentify-approve"))[1], "the text that was left open")
        page = walk.page.deidentify

        assert page.sitting.decisions == decided
        assert page.words.card.other.text() == TYPED
        assert page.reading.reader.text() == "AB"
        assert page.reading.read.isChecked()
