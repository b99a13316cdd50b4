import shutil
import subprocess

import pytest
from accounts import CODES, six_weeks_account, six_weeks_group
from opened_elsewhere import by_pdftotext, fonts_of
from outside import NUMBERED
from PySide6.QtGui import QColor, QFontInfo, QImage, QPageSize
from sessions import shipped

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.study.recording_terms import recording_terms
from balint_desktop.domain.study.terms import Study
from balint_desktop.reports.consent_form import form_html
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export import floor_card, paper
from balint_desktop.ui.export.hour_card import card_pdf, hour_card
from balint_desktop.ui.group.evaluation.sheet_to_print import sheet_html
from balint_desktop.ui.group.reports.attendance_offer import attendance_page
from balint_desktop.ui.group.reports.certificate import Certified, certificates
from balint_desktop.ui.group.reports.group_report import group_report
from balint_desktop.ui.theme.theme import Appearance


def test_a_text_becomes_a_pdf_that_another_program_reads(qapp, tmp_path):
    assert shutil.which("pdftotext"), "poppler-utils is among the packages for tests"
    path = tmp_path / "report.pdf"
    write_new(path, (paper.pdf("<h1>Wednesday group</h1><p>Six sessions were held.</p>", "Wednesday group"),))

    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Wednesday group" in read
    assert "Six sessions were held." in read
    assert path.stat().st_mode & 0o077 == 0


def test_every_page_says_its_title_and_which_of_how_many_it_is(qapp, tmp_path):
    path = tmp_path / "long.pdf"
    path.write_bytes(paper.pdf("".join(f"<p>Line {n}</p>" for n in range(150)), "Report on Wednesday group"))

    pages = by_pdftotext(path).rstrip("\f").split("\f")
    count = len(pages)
    assert count > 2
    feet = [" ".join(page.strip().splitlines()[-1].split()) for page in pages]
    assert feet == [f"Report on Wednesday group Page {n} of {count}" for n in range(1, count + 1)]
    lines = [line for page in pages for line in page.splitlines() if line.strip().startswith("Line")]
    assert [line.strip() for line in lines] == [f"Line {n}" for n in range(150)]


@pytest.mark.parametrize("lines", range(28, 37))
def test_a_heading_is_never_the_last_on_its_page(qapp, tmp_path, lines):
    html = "".join(f"<p>Line {n}</p>" for n in range(lines)) + "<h2>Heading</h2><table><tr><td>Below</td></tr></table>"
    path = tmp_path / "heading.pdf"
    path.write_bytes(paper.pdf(html, "Title"))

    pages = by_pdftotext(path).split("\f")
    assert [page for page in pages if "Heading" in page] == [page for page in pages if "Below" in page]


PAPERS = {
    "report": lambda: paper.pdf(group_report(six_weeks_account()), "Report"),
    "certificates": lambda: certificates(six_weeks_account(), [Certified(code) for code in CODES], "An institution"),
    "attendance": lambda: paper.pdf(attendance_page(six_weeks_account(), NUMBERED, {}), "Attendance", landscape=True),
    "consent form": lambda: paper.pdf(
        form_html(Study(), recording_terms(six_weeks_group(), None, None)), "Consent form"
    ),
    "written part": lambda: paper.pdf(sheet_html(written_part()), "Written part"),
    "session card": lambda: card_pdf(hour_card(shipped("student-hour"), "A group"), "Card"),
    "floor card": lambda: paper.painted_pdf("Card", QPageSize.PageSizeId.A4, floor_card.paint),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_pdf_holds_the_windows_own_font_and_no_other(qapp, theme, tmp_path, name):
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPERS[name]())

    family = QFontInfo(qapp.font()).family().replace(" ", "")
    fonts = fonts_of(path)
    signs = {font for font in fonts if not font.startswith(family)}
    # A family without a sign, such as a box to tick, borrows it.
    assert len(signs) <= 1
    assert len(fonts) > len(signs)
    assert all(fonts.values()), fonts


def test_text_of_a_pdf_is_read_letter_by_letter(qapp, theme, tmp_path):
    """Lato joins t and i to one sign, of which a PDF does not say what it is."""
    path = tmp_path / "letters.pdf"
    path.write_bytes(paper.pdf("<p>Participation, <b>time</b>, offices, Ngāti</p>", "Title"))

    assert "Participation, time, offices, Ngāti" in by_pdftotext(path)


def test_a_page_is_black_on_white_in_a_dark_window(qapp, theme, tmp_path):
    theme.choose(Appearance.DARK)
    path = tmp_path / "dark.pdf"
    path.write_bytes(paper.pdf("<h1>Title</h1><p>Words</p>", ""))
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(path), str(tmp_path / "dark")], check=True)

    image = QImage(str(next(tmp_path.glob("dark*.png"))))
    colours = {QColor(image.pixel(x, y)).lightness() for x in range(image.width()) for y in range(image.height())}
    assert QColor(image.pixel(1, 1)).lightness() == 255
    assert min(colours) < 100


def test_a_mistake_while_painting_is_an_error_and_not_a_crash(qapp):
    def paint(device):
        with paper.painting(device):
            raise LookupError

    with pytest.raises(LookupError):
        paper.painted_pdf("Title", QPageSize.PageSizeId.A4, paint)


def written_part():
    return parse_questionnaire(resources.text("questionnaires/written-part.toml"))


def test_a_pdf_says_what_it_was_made_of_for_its_own_letters_are_numbers_of_its_fonts(qapp):
    made = paper.pdf("<p>Six sessions.</p>", "A & B")

    assert made.startswith(b"%PDF")
    assert made.made_of == ("<p>Six sessions.</p>", "A &amp; B")
