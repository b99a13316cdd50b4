"""The window's language: texts, Qt's own dialogs, dates and the direction of layouts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from balint_desktop import i18n
from balint_desktop.ui.shell.language import WindowLanguage, native_name


@pytest.fixture
def locale(qapp):
    """The locale of the system, put back afterwards; returns a setter."""
    before = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def language(qapp, locale):
    """The window's language on a system of the given locale; English again afterwards."""
    made = []

    def of(system):
        locale(QLocale(system))
        made.append(WindowLanguage(qapp))
        return made[-1]

    yield of
    for one in made:
        one.choose("en")


def test_the_system_decides_without_environment_variables(language):
    assert language("de_CH").choose() == "de"
    assert i18n.tr("Settings") == "Einstellungen"


def test_a_system_whose_language_is_not_spoken_reads_english_left_to_right(language, qapp):
    assert language("fa_IR").choose() == "en"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_choice_comes_before_the_system(language):
    assert language("en_NZ").choose("de") == "de"


def test_qts_own_dialogs_speak_it_too(language):
    of_window = language("en_NZ")
    of_window.choose("de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"

    of_window.choose("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_dates_follow_a_chosen_language(language):
    language("en_NZ").choose("de")

    assert QLocale().dayName(1) == "Montag"


def test_a_regions_habits_stay_where_the_language_is_the_systems(language):
    language("de_CH").choose("de")

    assert QLocale().territory() == QLocale.Country.Switzerland


@pytest.mark.parametrize("system", ["en_US", "C", "de_DE"])
def test_british_english_once_chosen_has_british_dates(language, system):
    language(system).choose("en")
    day = QDate(2026, 11, 29)

    assert QLocale().toString(day, QLocale.FormatType.LongFormat) == "Sunday, 29 November 2026"
    assert QLocale().toString(day, QLocale.FormatType.ShortFormat) == "29/11/2026"


def test_dates_stay_as_the_system_has_them_where_its_language_is_not_spoken(language):
    language("fr_CA").choose()

    assert QLocale().language() == QLocale.Language.French


@pytest.mark.parametrize(("expected", "tag"), [("Deutsch", "de"), ("British English", "en")])
def test_a_language_is_listed_in_its_own_words(expected, tag):
    assert native_name(tag) == expected
