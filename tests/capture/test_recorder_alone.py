"""The recorder when its output is closed, and when there is no microphone."""

import pytest
from virtual_microphone import Recording
from waiting import GENEROUS_S

from balint_desktop.command import start_child
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.reading import PartState, read_part

pytestmark = pytest.mark.audio


def test_a_closed_reader_is_no_error(microphone, tmp_path):
    key = new_identity()
    with start_child("recorder", "--to", str(tmp_path), "--recipient", key.recipient) as child:
        child.stdout.readline()
        child.stdout.close()
        # Only its end is visible from outside; a mark shows that it continued until then.
        child.stdin.write(b"mark after\n")
        child.stdin.close()
        code = child.wait(GENEROUS_S)

    assert code == 0
    part = read_part(tmp_path, [key.secret])
    assert part.state is PartState.COMPLETE
    assert part.facts.marks[0].mark.text == "after"


def test_without_that_microphone_nothing_is_written_and_the_end_gives_the_reason(microphone, tmp_path):
    asked = Recording(tmp_path / "01", device="no such microphone").start(wait=False)

    assert asked.handle.wait(GENEROUS_S) == 1
    assert asked.ended.trouble is TroubleCode.NO_MICROPHONE
    assert asked.ended.sha256 is None
    assert not (asked.folder / names.AUDIO).exists()
