"""A name in a note: asked about once, and again in another note."""

from __future__ import annotations

import pytest

from balint_desktop.ui.deidentify.approve_form import ApproveForm
from balint_desktop.ui.deidentify.redact_form import RedactForm
from balint_desktop.ui.recordings.destruction import DestroyPanel
from balint_desktop.ui.transcripts.sign_off import SignOffForm
from balint_desktop.ui.widgets.named_note import NameCheck, NamedNote


def test_a_name_is_asked_about_once_and_again_in_another_note(look_at):
    line = look_at(NamedNote("names"))

    assert line.may_save(())
    assert not line.may_save(("Ada", "Mori"))
    assert line.text() == "Your note names Ada, Mori. A roster name stops the export. Change it, or save again."
    assert line.may_save(("Ada",))
    assert line.text() == ""
    line.reset()
    assert not line.may_save(("Ada",))


def test_a_field_for_initials_that_names_somebody_is_asked_about_once_for_each_text():
    asked = []
    check = NameCheck(asked.append)
    assert check.may_save("Hope", "all of it")
    check.names_in = lambda text: [name for name in ("Hope", "Ada") if name in text]

    assert not check.may_save("Hope", "all of it")
    assert asked == ["This names Hope, and stays in the record. Change it, or press again."]
    assert check.may_save("Hope", "all of it")
    assert not check.may_save("HE", "Ada asked")
    assert check.may_save("HE", "all of it")


def approve(form):
    form.by.setText("Hope")
    return form.asked, form.by


def redact(form):
    form.replacement.setText("another person")
    form.by.setText("Hope")
    return form.asked, form.by


def destroy(form):
    form.ask()
    form.why.setText("Hope asked.")
    return form.destroy_asked, form.why


def destroy_seen_by(form):
    form.ask()
    form.why.setText("checked")
    form.witness.setText("Hope")
    return form.destroy_asked, form.witness


def sign_off(form):
    form.by.setText("Hope")
    return form.asked, form.by


@pytest.mark.parametrize(
    ("make", "fill", "press"),
    [
        (ApproveForm, approve, "do_button"),
        (RedactForm, redact, "do_button"),
        (DestroyPanel, destroy, "destroy_button"),
        (DestroyPanel, destroy_seen_by, "destroy_button"),
        (SignOffForm, sign_off, "do_button"),
    ],
)
def test_every_field_for_a_label_or_a_reason_asks_before_a_name_is_stored(look_at, make, fill, press):
    form, sent = look_at(make()), []
    form.name_check.names_in = lambda text: ("Hope",) if "Hope" in text else ()
    asked, field = fill(form)
    asked.connect(lambda *values: sent.append(values))
    getattr(form, press).click()
    assert sent == []
    assert form.problem.text() == "This names Hope, and stays in the record. Change it, or press again."
    field.setText("HE")
    getattr(form, press).click()
    if isinstance(form, RedactForm):
        # A version is destroyed only after another question.
        assert sent == []
        form.once_more.do_button.click()

    assert len(sent) == 1
