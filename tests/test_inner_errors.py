"""The guard against inner errors: what it catches, and what it allows."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

from architecture import PACKAGE

# Each as a test without any handling: run by a separate pytest, with only the guard.
MISTAKES = {
    "in_a_child_that_is_waited_for": "subprocess.run([sys.executable, '-c', '1/0'], capture_output=True)",
    "in_a_child_read_as_text": "subprocess.run([sys.executable, '-c', '1/0'], capture_output=True, text=True)",
    "in_a_child_whose_errors_alone_are_kept": "subprocess.run([sys.executable, '-c', '1/0'], stderr=subprocess.PIPE)",
    "in_a_child_that_writes_where_the_test_does": "subprocess.run([sys.executable, '-c', '1/0'])",
    "in_a_child_read_by_the_line": """
        with subprocess.Popen([sys.executable, '-c', '1/0'], stderr=subprocess.PIPE) as child:
            list(child.stderr)
        """,
    "in_a_child_read_by_the_line_as_text": """
        with subprocess.Popen([sys.executable, '-c', '1/0'], stderr=subprocess.PIPE, text=True) as child:
            list(child.stderr)
        """,
    "in_a_child_of_the_app_that_drops_what_it_prints": """
        monkeypatch.setattr(command, "own_command", lambda *_: [sys.executable, "-c", "1/0"])
        child = LineChild("x", on_line=print, on_end=print)
        child.start()
        child.wait(30)
        for thread in threading.enumerate():
            if thread.name == "drops x":
                thread.join()
        """,
    "in_the_window_of_a_child": """
        says = "import sys; from balint_desktop.ui.shell import bugs; sys.stderr.write(bugs.told_of(ValueError, None))"
        subprocess.run([sys.executable, '-c', says], capture_output=True)
        """,
    "that_ends_a_child_for_good": """
        subprocess.run([sys.executable, '-X', 'faulthandler', '-c', 'import os; os.abort()'], capture_output=True)
        """,
    "that_was_printed": "print_one()",
    "that_was_printed_and_read": """
        capsys = request.getfixturevalue("capsys")
        print_one()
        capsys.readouterr()
        """,
    "in_the_banner": "Messages().wrong(inner_error_words())",
    "in_a_slot": """
        sender = Sender()
        sender.happened.connect(lambda: 1 / 0)
        sender.happened.emit()
        """,
    "in_a_slot_of_what_is_gone": """
        sender, page = Sender(), QObject()
        sender.happened.connect(lambda: page.objectName())
        shiboken6.delete(page)
        sender.happened.emit()
        """,
    "in_a_thread": """
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        """,
    "in_what_is_being_deleted": """
        class Held:
            def __del__(self):
                raise ValueError("a slip")
        Held()
        """,
}
FINE = {
    "nothing_at_all": "",
    "words_on_standard_error": "print('Traceback is a word', file=sys.stderr)",
    "a_child_that_fails_in_words": """
        done = subprocess.run([sys.executable, '-c', 'import sys; sys.exit("no")'], capture_output=True, text=True)
        assert done.stderr == "no\\n"
        """,
    "a_trouble_in_the_banner": "Messages().trouble(Trouble(TroubleCode.DISK_FULL))",
    "a_traceback_that_was_asked_for": """
        inner_errors = request.getfixturevalue("inner_errors")
        subprocess.run([sys.executable, '-c', '1/0'], capture_output=True)
        assert "ZeroDivisionError" in inner_errors[0]
        """,
    "a_banner_that_was_asked_for": """
        request.getfixturevalue("inner_errors")
        hook_for(Messages())(ValueError, ValueError("a slip"), None)
        """,
    "a_traceback_that_was_printed_and_asked_for": """
        request.getfixturevalue("inner_errors")
        print_one()
        """,
}
OTHERWISE_WRONG = {
    "a_mistake_that_was_asked_for_and_never_comes": "request.getfixturevalue('inner_errors')",
    "our_own_program_s_errors_thrown_away": """
        subprocess.run([sys.executable, '-m', 'balint_desktop', '--help'], stderr=subprocess.DEVNULL)
        """,
}
_HEAD = """
import os, subprocess, sys, threading, traceback
import shiboken6
from PySide6.QtCore import QObject, Signal
from balint_desktop import command
from balint_desktop.capture.line_child import LineChild
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell.bugs import hook_for, inner_error_words
from balint_desktop.ui.shell.messages import Messages

class Sender(QObject):
    happened = Signal()

def print_one():
    try:
        1 / 0
    except ZeroDivisionError:
        traceback.print_exc()
"""


def outcomes(pytester, tests):
    """Run these as tests under the guard, and return which passed and which failed."""
    pytester.makepyfile(_HEAD + "".join(as_test(name, body) for name, body in tests.items()))
    # Fixtures that read the output are requested only by tests that need them: they change what is captured.
    done = pytester.runpytest_subprocess("-p", "inner_errors", "-p", "no:cacheprovider", "-W", "error", "-rA", "-q")
    found = [line.split() for line in done.outlines if line.startswith(("PASSED ", "FAILED ", "ERROR "))]
    not_passed = {where.split("::test_")[1] for word, where, *_ in found if word != "PASSED"}
    ran = {where.split("::test_")[1] for _, where, *_ in found}
    return {name: name not in not_passed for name in tests if name in ran}


def as_test(name, body):
    inside = textwrap.indent(textwrap.dedent(body).strip() or "pass", "    ")
    return f"\n\ndef test_{name}(request, monkeypatch, qapp):\n{inside}\n"


def test_an_inner_error_fails_the_test_where_it_appears_unless_expected(pytester, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), str(PACKAGE.parent)]))
    wrong = MISTAKES | OTHERWISE_WRONG

    assert dict.fromkeys(wrong, False) | dict.fromkeys(FINE, True) == outcomes(pytester, wrong | FINE)
