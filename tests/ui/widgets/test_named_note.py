"""A name in a note: asked about once, and again in another note."""

from __future__ import annotations

from balint_desktop.ui.widgets.named_note import NamedNote


def test_a_name_is_asked_about_once_and_again_in_another_note(look_at):
    line = look_at(NamedNote("names"))

    assert line.may_save(())
    assert not line.may_save(("Ada", "Mori"))
    assert line.text() == "Your note names Ada, Mori. A roster name stops the export. Change it, or save again."
    assert line.may_save(("Ada",))
    assert line.text() == ""
    line.reset()
    assert not line.may_save(("Ada",))
