"""The page before a session is transcribed: what is allowed, who may read the text, how it is made, how long."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.text.consents import purpose_name
from balint_desktop.text.lists import listed
from balint_desktop.text.transcribing import estimate_words
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.deps import ClosedBy, ModelChoice, TranscribeCard, TranscribeChoices, TranscriptWay
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_kind
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import FIELD, column_in
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, text

_PURPOSES = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS, Purpose.QUOTATIONS, Purpose.SUPERVISION, Purpose.SHARING)
_ENGLISH = "en"


class BeforePage(QWidget):
    """Three ways to begin: by the machine, by hand, or from a text that there is already."""

    back = Signal()
    begun = Signal(object)
    import_asked = Signal()
    consents_asked = Signal()
    add_model_asked = Signal()

    def __init__(self, *, imports: bool, opens_consents: bool, adds_models: bool) -> None:
        super().__init__()
        named(self, "transcript-before")
        self._card: TranscribeCard | None = None
        self._chosen = TranscribeChoices(TranscriptWay.BY_MACHINE)
        self._imports, self._opens_consents, self._adds_models = imports, opens_consents, adds_models
        self.back_button = button(
            tr("Back to transcripts"), "before-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._title = named(heading(""), "before-title")
        self.agreed = named(text(""), "before-agreed")
        self.readers = named(text("", "quiet"), "before-readers")
        self.stopped = named(text(""), "before-stopped")
        self.missing = named(text(""), "before-missing")
        self.model = Choice(tr("Choose a model"))
        self.language = Choice(tr("Choose a language"))
        self._form = Form()
        self._form.row(tr("Model"), self.model, "before-model")
        self._form.row(tr("Language spoken"), self.language, "before-language")
        self.estimate = named(text(""), "before-estimate")
        self._honest = named(text(honest_words()), "before-honest")
        self.while_locked = named(QCheckBox(tr("Keep going while the window is locked")), "before-while-locked")
        self.keep_awake = named(QCheckBox(tr("Keep this computer awake until it is done")), "before-keep-awake")
        self.machine_button = button(
            tr("Transcribe by machine"), "before-machine", self._on_machine, ButtonKind.PRIMARY
        )
        self.hand_button = button(tr("Type by hand"), "before-hand", self._on_hand)
        self.import_button = button(tr("Import a text…"), "before-import", self.import_asked.emit)
        self.consents_button = button(tr("Open consents"), "before-consents", self.consents_asked.emit)
        self.add_model_button = button(tr("Add a model…"), "before-add-model", self.add_model_asked.emit)
        self._ways = flow(self.machine_button, self.hand_button, self.import_button)
        column = column_in(self, FIELD)
        column.setSpacing(12)
        for widget in (
            self.back_button,
            self._title,
            self.agreed,
            self.consents_button,
            self.readers,
            self.stopped,
            self.missing,
            self.add_model_button,
            self._form,
            self.estimate,
            self._honest,
            self.while_locked,
            self.keep_awake,
            self._ways,
            flow(learn_more("transcripts", "before-more")),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.model.currentIndexChanged.connect(self._on_model)
        self.language.currentIndexChanged.connect(self._allow)

    def show_card(self, card: TranscribeCard) -> None:
        """Show what is to be known before transcribing a recording.

        What was chosen stays: for one that was stopped, otherwise on this page since the window was opened.
        """
        if card.chosen is not None and not self._is_shown(card):
            self._chosen = card.chosen
        elif self._card is not None:
            self._chosen = self._choices()
        self._card = card
        is_agreed = card.row.closed is None
        has_models = card.has_engine and bool(card.models)
        self._title.setText(wording.title(card.row))
        self.agreed.setText(agreed_words(card))
        self.readers.setText(readers_words(card))
        self.missing.setText(_missing_words(card))
        self.stopped.setText(stopped_words(card.chosen) if card.chosen is not None else "")
        self.model.set_options(
            [(_model_words(model), model) for model in card.models],
            chosen=next((model for model in card.models if model.name == self._chosen.model), None),
        )
        self.while_locked.setChecked(self._chosen.while_locked)
        self.keep_awake.setChecked(self._chosen.keep_awake)
        for widget, is_shown in (
            (self.consents_button, not is_agreed and self._opens_consents),
            (self.readers, is_agreed),
            (self.stopped, is_agreed and card.chosen is not None),
            (self.missing, is_agreed and not has_models),
            (self.add_model_button, is_agreed and card.has_engine and not card.models and self._adds_models),
            (self._form, is_agreed and has_models),
            (self._honest, is_agreed and has_models),
            (self.while_locked, is_agreed and has_models),
            (self.keep_awake, is_agreed and has_models),
            (self._ways, is_agreed),
            (self.machine_button, has_models),
            (self.import_button, self._imports),
        ):
            widget.setVisible(is_shown)
        set_kind(self.hand_button, ButtonKind.PLAIN if has_models else ButtonKind.PRIMARY)
        self._on_model()
        follow_layout(self)

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus first."""
        return self.model if self.model.isVisibleTo(self) else self.back_button

    def _on_model(self) -> None:
        model = self.model.value()
        known = model.languages if model is not None else ()
        codes = [code for code, _ in known]
        is_as_before = model is not None and model.name == self._chosen.model and self._chosen.language in codes
        # By name, never detected: short talk in a group is often taken for another language.
        likely = self._chosen.language if is_as_before else _ENGLISH if _ENGLISH in codes else None
        self.language.set_options([(name, code) for code, name in known], chosen=likely)
        self.estimate.setText(length_words(self._card, model) if self._card is not None else "")
        self.estimate.setVisible(bool(self.estimate.text()) and self._form.isVisibleTo(self))
        self._allow()

    def _allow(self) -> None:
        is_chosen = self.model.value() is not None and self.language.value() is not None
        self.machine_button.setEnabled(is_chosen)
        self.machine_button.setAccessibleDescription("" if is_chosen else tr("Choose a model and a language first."))

    def _is_shown(self, card: TranscribeCard) -> bool:
        """Return whether this page was last about the same session, in the same state."""
        return (
            self._card is not None
            and self._card.row.recording == card.row.recording
            and self._card.chosen == card.chosen
        )

    def _choices(self) -> TranscribeChoices:
        """Return what is chosen now."""
        model = self.model.value()
        return TranscribeChoices(
            TranscriptWay.BY_MACHINE,
            model.name if model is not None else "",
            self.language.value() or "",
            self.while_locked.isChecked(),
            self.keep_awake.isChecked(),
        )

    def _on_machine(self) -> None:
        if self.model.value() is not None:
            self.begun.emit(self._choices())

    def _on_hand(self) -> None:
        self.begun.emit(TranscribeChoices(TranscriptWay.BY_HAND))


def stopped_words(begun: TranscribeChoices) -> str:
    """Return what becomes of what was heard before a transcription was stopped."""
    return tr(
        "Transcribing this session was stopped. With {model} and the same language it continues from there. With "
        "another model or language, or if you type or import the text, what was transcribed so far is dropped."
    ).format(model=begun.model)


def honest_words() -> str:
    """Return what a person has to know of a machine's text, in three sentences."""
    return tr(
        "The machine writes a first draft. It leaves words out without saying so, can write what nobody said, does not "
        "know who speaks, and has not been measured on New Zealand or Pacific voices. A person has to listen to all "
        "of it."
    )


def agreed_words(card: TranscribeCard) -> str:
    """Return what everyone agreed to. Where that is not enough, nothing says who."""
    if card.row.closed is not None:
        return _closed_words(card.row.closed, has_text=card.row.has_transcript)
    names = [purpose_name(purpose) for purpose in _PURPOSES if purpose in card.agreed]
    return tr("Everyone in the room agreed to: {purposes}.").format(purposes=", ".join(names))


def _closed_words(by: ClosedBy, *, has_text: bool) -> str:
    if by is ClosedBy.NOT_AGREED:
        return tr("Not everyone in the room agreed to transcription, so this session cannot be transcribed.")
    if by is ClosedBy.WITHDRAWN and has_text:
        return tr(
            "Everyone in the room agreed to transcription, and someone has withdrawn since. The transcript still "
            "exists and stays closed. Open consents to see what to do with it."
        )
    if by is ClosedBy.WITHDRAWN:
        return tr(
            "Everyone in the room agreed to transcription, and someone has withdrawn since. This session cannot be "
            "transcribed any more."
        )
    if by is ClosedBy.GRADES:
        return tr(
            "You also assess these students. Until their grades are final, this session stays closed. Enter the day "
            "under Consents, in The study."
        )
    return tr(
        "This session stays closed until you say whether you also assess these students. Answer it under Consents, in "
        "The study."
    )


def readers_words(card: TranscribeCard) -> str:
    """Return who may read the text."""
    if not card.readers:
        return tr("Only this vault can open the text.")
    return tr("This vault can open the text, and so can {readers}.").format(readers=listed(card.readers))


def length_words(card: TranscribeCard, model: ModelChoice | None) -> str:
    """Return how long it takes, and how much there is to hear; empty before a model is chosen."""
    if model is None or card.row.seconds is None:
        return ""
    sound = durations.duration_words(card.row.seconds)
    if card.speech_s is None:
        length = tr("The recording is {sound} long.").format(sound=sound)
    elif card.speech_s < 1:
        length = tr("The recording is {sound} long, and no one seems to speak in it.").format(sound=sound)
    else:
        speech = durations.duration_words(card.speech_s)
        length = tr("The recording is {sound} long; people seem to speak for about {speech} of it.").format(
            sound=sound, speech=speech
        )
    return length if model.estimate_s is None else f"{estimate_words(model.estimate_s)} {length}"


def _missing_words(card: TranscribeCard) -> str:
    if not card.has_engine:
        return tr(
            "Transcribing by machine needs a part that is not installed: balint-desktop-transcribe. You can type the "
            "text by hand."
        )
    return tr("Transcribing by machine needs a model, and none has been added yet. You can type the text by hand.")


def _model_words(model: ModelChoice) -> str:
    return model.name if model.is_checked else tr("{model} (not checked by us)").format(model=model.name)
