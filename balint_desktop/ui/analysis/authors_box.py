"""Who analyses: the authors of a study, each added, edited or removed on the spot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QWidget

from balint_desktop.domain.analysis.study import AnalysisStudy, Author, AuthorRole, Workplace
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.group.readers.reader_fields import KeyWords, is_recipient, tidied_key
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.text import subheading

_POSITION_LIMIT = 1000
_MOST_LINES = 6


class AuthorsBox(QWidget):
    """The list and, when asked for, a form. Emits `changed` with the study as it is to be saved."""

    changed = Signal(object)

    def __init__(self, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "study-authors-box")
        self._study = AnalysisStudy("", "")
        self._me = self._author = ""
        self.authors = named(QListWidget(), "study-authors", spoken=tr("Authors"))
        self.add_button = button(tr("Add author…"), "study-author-add", lambda: self._ask(""))
        self.edit_button = button(tr("Edit author…"), "study-author-edit", self._on_edit)
        self.remove_button = button(tr("Remove author…"), "study-author-remove", self._on_remove)
        self.confirm = Confirm("study-author")
        self.form = QWidget()
        self.draft = FormDraft(self.form, drafts)
        self._build_form()
        self._acts = flow(self.add_button, self.edit_button, self.remove_button)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Authors")), "study-authors-heading"))
        for widget in (self.authors, self._acts, self.confirm, self.form):
            column.addWidget(widget)
        self.authors.currentRowChanged.connect(lambda _: self._allow())

    def _build_form(self) -> None:
        self.label = QLineEdit()
        self.role, self.workplace = ChoiceField(), ChoiceField()
        for role in AuthorRole:
            self.role.addItem(wording.role_name(role), role)
        for place in Workplace:
            self.workplace.addItem(wording.workplace_name(place), place)
        self.positionality = NoteField("author-positionality", _POSITION_LIMIT, 2, shown_from=100)
        self.led = named(QCheckBox(tr("Led the group")), "author-led")
        self.key = QLineEdit()
        self.key_words = KeyWords(
            self.key, "author-key-words", tr("Read these words to the coder by telephone. They must match.")
        )
        self._key_row = Form()
        self._key_row.row(tr("Reader key"), self.key, "author-key", tr("It begins with age1. It is not a secret."))
        self._key_row.add(self.key_words)
        self.workplace.currentIndexChanged.connect(lambda _: self._show_key())
        self.problem = ProblemLabel("author-problem")
        # What was said of the field is not true of what is typed now.
        for field in (self.key, self.label):
            field.textChanged.connect(lambda _: self.problem.announce(""))
        self.save_button = button(tr("Save author"), "author-save", self._on_save, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "author-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        column = layouts.column(self.form, 10)
        column.addWidget(
            flow(
                labelled(tr("Label"), self.label, "author-label"),
                labelled(tr("Role"), self.role, "author-role"),
                labelled(tr("Codes where"), self.workplace, "author-workplace"),
                spacing=16,
                at_foot=True,
            )
        )
        form = Form()
        form.row(tr("Positionality: how they relate to the topic"), self.positionality, "author-positionality")
        form.add(self.positionality.left_words)
        form.add(self.led)
        column.addWidget(form)
        column.addWidget(self._key_row)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        self.form.hide()

    def show_study(self, study: AnalysisStudy, me: str) -> None:
        """Show the authors of a study; `me` is who works in this vault."""
        self._study, self._me = study, me
        row = self.authors.currentRow()
        self.authors.clear()
        for one in study.authors:
            line = wording.author_line(one)
            self.authors.addItem(tr("{author} (you)").format(author=line) if one.id == me else line)
        self.authors.setCurrentRow(min(max(0, row), len(study.authors) - 1))
        tall = self.authors.sizeHintForRow(0) if study.authors else 0
        lines = min(_MOST_LINES, len(study.authors))
        self.authors.setFixedHeight(tall * lines + 2 * self.authors.frameWidth() + 4)
        self._close()

    def leave(self) -> None:
        """Keep what is half typed."""
        self.draft.keep()

    def forget(self) -> None:
        """Drop what is half typed: its study is gone. Raise Trouble."""
        self.draft.discard()
        self._close()

    @property
    def is_editing(self) -> bool:
        """Whether the form of an author is open."""
        return not self.form.isHidden()

    def ask_to_finish(self) -> bool:
        """Return whether an author is half typed, and say that this is to be saved first."""
        is_half_typed = self.is_editing and self.draft.is_changed
        if is_half_typed:
            self._refuse(tr("Save this author first, or cancel."))
        return is_half_typed

    def _chosen(self) -> Author | None:
        row = self.authors.currentRow()
        return self._study.authors[row] if 0 <= row < len(self._study.authors) else None

    def _allow(self) -> None:
        one = self._chosen()
        self.edit_button.setEnabled(one is not None)
        self.remove_button.setEnabled(one is not None and one.id != self._me)

    def _ask(self, author: str) -> None:
        """Show the form for an author, or for a new one."""
        self._author = author
        new = Author("", "", workplace=Workplace.VAULT)
        one = next((each for each in self._study.authors if each.id == author), new)
        self.label.setText(one.label)
        self.role.setCurrentIndex(list(AuthorRole).index(one.role))
        self.workplace.setCurrentIndex(list(Workplace).index(one.workplace))
        self.key.setText(one.reader_key)
        self._show_key()
        self.positionality.setPlainText(one.positionality)
        self.led.setChecked(one.led_group)
        self.problem.announce("")
        self.draft.begin(f"analysis-author-{self._study.id}-{author or 'new'}")
        self._acts.hide()
        self.form.show()
        self.label.setFocus()
        area = area_around(self)
        if area is not None:
            area.reveal(self.save_button)

    def _on_edit(self) -> None:
        one = self._chosen()
        if one is not None:
            self._ask(one.id)

    def _on_save(self) -> None:
        label = " ".join(self.label.text().split())
        others = [one for one in self._study.authors if one.id != self._author]
        key = tidied_key(self.key.text()) if self._has_key() else ""
        if not label:
            self._refuse(tr("Enter a label."))
        elif any(one.label.casefold() == label.casefold() for one in others):
            self._refuse(tr("Another author already has this label."))
        elif key and not is_recipient(key):
            words = tr("This is not a reader key. A reader key begins with age1; check it for typing errors.")
            self._refuse(words, self.key)
        else:
            before = next((one for one in self._study.authors if one.id == self._author), Author(new_id(), label))
            now = replace(
                before,
                label=label,
                role=chosen(self.role, AuthorRole) or AuthorRole.TEAM,
                workplace=chosen(self.workplace, Workplace) or Workplace.VAULT,
                positionality=self.positionality.words(),
                led_group=self.led.isChecked(),
                reader_key=key if self._has_key() else before.reader_key,
            )
            kept = tuple(now if one.id == now.id else one for one in self._study.authors)
            self.draft.discard()
            self.changed.emit(replace(self._study, authors=kept if self._author else (*kept, now)))

    def _refuse(self, words: str, field: QWidget | None = None) -> None:
        self.problem.announce(words)
        (field or self.label).setFocus()

    def _has_key(self) -> bool:
        """Return whether a key is asked for: what somebody codes in their own vault is sealed to it."""
        return chosen(self.workplace, Workplace) is Workplace.VAULT

    def _show_key(self) -> None:
        self._key_row.setVisible(self._has_key())

    def _on_remove(self) -> None:
        one = self._chosen()
        if one is not None:
            words = tr("Remove {author} from the study? What they coded stays in closed rounds.")
            left = replace(self._study, authors=tuple(each for each in self._study.authors if each.id != one.id))
            act = tr("Remove author")
            self.confirm.ask(words.format(author=one.label), act, lambda: self.changed.emit(left), self.remove_button)

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self._close()
        self.add_button.setFocus()

    def _close(self) -> None:
        self.form.hide()
        self._acts.show()
        self._allow()
