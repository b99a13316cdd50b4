"""Whatever is shown, in the largest text too, the window stays as wide as it was: none of its pages makes it grow."""

from __future__ import annotations

import pytest
from desktop_bench import GROUP, DesktopBench
from qt_events import process_events

from balint_desktop.ui.shell.shell import PlaceKey

SIZE = (1280, 720)


@pytest.fixture(params=["en", "de"])
def bench(request, qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    made.desktop.context.language.choose(request.param)
    made.desktop.context.theme.set_scale(2.0)
    made.shell.resize(*SIZE)
    yield made
    made.close()
    made.desktop.context.language.choose("en")


def size(bench):
    process_events()
    process_events()
    return bench.shell.size().toTuple()


def test_places_and_a_session_of_every_kind_leave_the_window_as_wide_as_it_was(bench):
    bench.open()
    seen = {}
    for place in PlaceKey:
        bench.shell.show_place(place)
        seen[place] = size(bench)
    bench.shell.show_place(PlaceKey.TODAY)
    bench.desktop.session.try_it_now()
    seen["clock only"] = size(bench)
    bench.press("leave-room")
    seen["left before it began"] = size(bench)
    bench.desktop.session.get_ready(GROUP.id)
    seen["get ready"] = size(bench)
    bench.press("open-room")
    seen["room"] = size(bench)
    bench.press("leave-room")
    seen["back at get ready"] = size(bench)
    bench.press("open-room", "begin", "open-view", "view-help")
    seen["help in the room"] = size(bench)
    bench.end()
    seen["ended"] = size(bench)
    bench.press("to-debrief")
    seen["debrief"] = size(bench)
    bench.press("closing-done")
    seen["done"] = size(bench)

    assert {shown: wide for shown, wide in seen.items() if wide != SIZE} == {}
    assert bench.shell.place(PlaceKey.TODAY).isVisible()
    assert bench.shell._navigation.isVisible()
