"""The window's language: the one chosen in Settings, or the first of the system's that the app speaks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from balint_desktop import i18n

_OWN_WORDS = "qtbase"
# English is spelt as in Britain.
_SPELLING = {i18n.SOURCE: "en_GB"}


class WindowLanguage:
    """Sets the language of the app's texts, of Qt's own dialogs, of dates, and the direction of layouts.

    QLocale asks the system, also where it sets no environment variables, as Windows and macOS do not.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._qt_texts: QTranslator | None = None
        # Before any choice: a locale set by whoever starts the app counts as the system's.
        self._system = QLocale()

    def choose(self, tag: str = "") -> str:
        """Speak a language, or without a tag the system's first that the app speaks; return which."""
        spoken = i18n.use((tag,) if tag else self._system.uiLanguages())
        locale = self._locale(spoken, chosen=bool(tag))
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(
            locale.textDirection() if spoken != i18n.SOURCE else Qt.LayoutDirection.LeftToRight
        )
        self._install(locale, spoken)
        # Qt says so by itself only where it has a catalogue of the language.
        QCoreApplication.sendEvent(self._app, QEvent(QEvent.Type.LanguageChange))
        return spoken

    def _locale(self, spoken: str, *, chosen: bool) -> QLocale:
        """Return the locale of dates and numbers: the system's, unless another language was chosen.

        A German week in an English window would be read twice; where both are of one language, the region's habits
        stay as the system has them. British English, once chosen, is Britain's: an American system writes the month
        first.
        """
        if spoken == i18n.SOURCE and chosen:
            return QLocale(_SPELLING[i18n.SOURCE])
        of_language = QLocale(spoken)
        if self._system.language() == of_language.language() or spoken == i18n.SOURCE:
            return self._system
        return QLocale(of_language.language(), self._system.territory())

    def _install(self, locale: QLocale, spoken: str) -> None:
        if self._qt_texts is not None:
            self._app.removeTranslator(self._qt_texts)
            self._qt_texts = None
        if spoken == i18n.SOURCE:
            return
        texts = QTranslator(self._app)
        if texts.load(locale, _OWN_WORDS, "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(texts)
            self._qt_texts = texts


def native_name(tag: str) -> str:
    """Return a language's name in that language, as its speakers look for it."""
    name = QLocale(_SPELLING.get(tag, tag)).nativeLanguageName()
    return name[:1].upper() + name[1:]
