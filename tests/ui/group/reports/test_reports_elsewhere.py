"""Reports outside a group's page: the leader's details in Settings, and the session card of any format."""

import re

import pytest
import window_fakes as fakes
from accessible import cut, nameless, unreachable
from accounts import six_weeks_group
from opened_elsewhere import by_pdftotext, pages_of
from sessions import shipped

from balint_desktop import resources
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.reports.coreq import as_text
from balint_desktop.ui.export.hour_card import A4, A5, card_pdf, hour_card
from balint_desktop.ui.group.reports.card_offer import CardOffer
from balint_desktop.ui.settings.facilitator import FacilitatorDeps, FacilitatorSection
from balint_desktop.ui.settings.own_files import FormatsSection
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.ui.widgets.drafts import Drafts


@pytest.fixture
def facilitator(accounts, messages, look_at, theme):
    made = look_at(FacilitatorSection(FacilitatorDeps(accounts.facilitator, accounts.set_facilitator), messages))
    made.refresh()
    return made


def test_text_from_settings_appears_in_the_coreq_items(facilitator, accounts):
    facilitator.lines["who"].setText("  the second  author ")
    facilitator.save_button.click()

    result = as_text(accounts.account(six_weeks_group()), str)
    assert "1. Facilitator: who led the group: the second author" in result
    assert "2. Credentials: [to fill in: credentials]" in result


def test_saved_text_is_shown_again(facilitator, accounts):
    accounts.set_facilitator(Facilitator(experience="two years"))
    facilitator.refresh()

    assert facilitator.lines["experience"].text() == "two years"


def test_half_typed_lines_are_there_again_until_they_are_saved(accounts, messages, look_at, theme):
    rows = fakes.DraftRows()
    deps = FacilitatorDeps(accounts.facilitator, accounts.set_facilitator, drafts=Drafts(rows))
    before, after = (look_at(FacilitatorSection(deps, messages)) for _ in range(2))
    before.refresh()
    before.lines["who"].setText("the second author")
    before.keep_draft()
    after.refresh()
    assert after.lines["who"].text() == "the second author"

    after.save_button.click()
    after.keep_draft()
    assert accounts.facilitator().who == "the second author"
    assert rows == {}


def test_the_lines_of_settings_have_names_and_enough_room(facilitator):
    assert nameless(facilitator) == []
    assert unreachable(facilitator) == []
    assert cut(facilitator) == []


@pytest.fixture
def formats(look_at, theme, messages):
    store = fakes.Formats(resources.text("formats/student-hour.toml"))
    made = FormatsSection(store, lambda: None, messages, lambda _file: None)
    made.refresh()
    look_at(made)
    made._on_copy("student-hour")
    return made


def test_the_card_of_a_format_follows_what_is_typed(formats, where):
    offer = formats.findChild(CardOffer)
    offer._ask = where
    field = formats.editor.field
    field.setPlainText(field.toPlainText().replace('title = "Close"', 'title = "Coming down"'))

    offer.a5_button.click()

    assert "Coming down" in by_pdftotext(where.path)


def test_a_format_with_an_error_has_no_card_and_says_where_the_error_is(formats, where, messages):
    offer = formats.findChild(CardOffer)
    offer._ask = where
    formats.editor.field.setPlainText('key = "x"\nname = 3\n')

    offer.a4_button.click()

    assert where.suggested is None
    assert messages.last.kind is MessageKind.TROUBLE
    assert "2" in messages.last.text


@pytest.mark.parametrize("size", [A4, A5])
@pytest.mark.parametrize(
    "key", ["student-hour", "single-case", "two-cases", "online", "evaluation", "evaluation-online"]
)
def test_the_card_of_each_shipped_format_is_one_page_with_every_phase_and_mark(qapp, tmp_path, key, size):
    session_format = shipped(key)
    path = tmp_path / "card.pdf"
    path.write_bytes(card_pdf(hour_card(session_format, "A group", "Student Health", "23:30"), "Card", size))

    text = " ".join(by_pdftotext(path).split())
    assert pages_of(path) == 1
    for phase in session_format.phases:
        assert phase.title in text
    assert "23:30" in text
    # Past midnight wall time restarts at zero.
    minutes = 30 + session_format.length_s // 60 - 60
    assert f"{(23 + minutes // 60 + 1) % 24:02}:{minutes % 60:02}" in text
    assert "{" not in text


@pytest.mark.parametrize("key", ["student-hour", "single-case", "two-cases", "online", "evaluation-online"])
def test_no_spoken_line_of_a_card_holds_a_time_that_no_clock_shows(qapp, key):
    session_format = shipped(key)
    spoken = re.findall("“[^”]*”", hour_card(session_format))
    by_the_clock = re.findall("“[^”]*”", hour_card(session_format, start="19:57"))

    assert [line for line in spoken if re.search(r"\d:\d\d", line)] == []
    assert key == "evaluation-online" or any("in about" in line for line in spoken)
    assert key != "online" or any("call you back at 20:42." in line for line in by_the_clock)


def test_marks_stand_out_on_the_card(qapp):
    html = hour_card(shipped("student-hour"))

    assert "<b>45:00–55:00</b>" in html
    assert "<b>60:00</b>" in html
    assert "<b>3:00" not in html
