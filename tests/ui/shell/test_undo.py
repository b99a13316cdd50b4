from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell.messages import MessageKind, Messages
from balint_desktop.ui.shell.undo import UndoStack


def test_acts_are_undone_last_first_and_each_once(qapp):
    messages = Messages()
    undoing = UndoStack(messages)
    took = []
    undoing.push("The session was moved.", lambda: took.append("moved"))
    undoing.push("P3 left the group.", lambda: took.append("left"))

    assert messages.last.text == "P3 left the group."
    messages.last.on_action()
    assert took == ["left"]
    assert "P3 left the group." in messages.last.text
    undoing.undo()
    undoing.undo()
    assert took == ["left", "moved"]
    assert undoing.next_words == ""


def test_an_act_that_cannot_be_undone_says_why(qapp):
    def refuse():
        raise Trouble(TroubleCode.VAULT_LOCKED)

    messages = Messages()
    undoing = UndoStack(messages)
    undoing.push("Done.", refuse)
    undoing.undo()

    assert messages.last.kind is MessageKind.TROUBLE


def test_nothing_can_be_undone_after_clearing(qapp):
    took = []
    undoing = UndoStack(Messages())
    undoing.push("Done.", lambda: took.append(1))
    undoing.clear()
    undoing.undo()

    assert not took
