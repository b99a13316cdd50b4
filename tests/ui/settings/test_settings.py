"""Settings: theme, vault and formats; each choice applied at once, each error with its line."""

from __future__ import annotations

import stat

import pytest
import window_fakes as fakes
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from small_models import store

from balint_desktop import resources
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.settings.locking import LockingDeps
from balint_desktop.ui.settings.place import SettingsDeps, SettingsPlace
from balint_desktop.ui.settings.transcription import TranscriptionDeps
from balint_desktop.ui.settings.vault import VaultDeps
from balint_desktop.ui.shell.preferences import Preferences, PreferencesFile
from balint_desktop.ui.theme.theme import Appearance

GOOD = "correct horse battery staple"


class Care:
    """The requests of the vault section."""

    def __init__(self):
        self.locked = 0
        self.changes = []
        self.minutes = []
        self.knows_screen = True

    def lock(self):
        self.locked += 1

    def change(self, old, new, done, failed):
        self.changes.append((old, new, done, failed))


@pytest.fixture
def care():
    return Care()


@pytest.fixture
def remembered():
    return []


@pytest.fixture
def formats():
    return fakes.Formats(resources.text("formats/student-hour.toml"))


@pytest.fixture
def printed():
    return []


@pytest.fixture
def place(theme, care, remembered, formats, printed, *, work, messages, look_at, tmp_path):
    vault = VaultDeps("/vault", care.lock, lambda: None, care.change, fakes.estimate)
    locking = LockingDeps(10, care.minutes.append, lambda: care.knows_screen)
    transcription = TranscriptionDeps(store(tmp_path), lambda: False)
    deps = SettingsDeps(
        theme,
        remembered.append,
        formats,
        lambda: None,
        vault,
        printed.append,
        pass_names=lambda *_: None,
        locking=locking,
        transcription=transcription,
    )
    made = SettingsPlace(deps, work, messages)
    look_at(made)
    made.enter_view()
    for part in made.parts.chips:
        made.parts.show_section(part)
    return made


PARTS = ("appearance", "lock", "vault", "formats", "transcription", "room", "about")


def test_one_part_is_shown_at_a_time(place):
    assert tuple(place.parts.chips) == PARTS
    place.findChild(QPushButton, "settings-parts-appearance").click()

    assert place.appearance.isVisible()
    assert not any(one.isVisible() for one in (place.locking, place.vault, place.formats, place.floor_card))


def test_each_part_is_short(place):
    """Count the words of each part; the list of formats is as long as the formats are many."""
    for part in PARTS:
        place.parts.show_section(part)
        shown = [one for one in place.parts.section(part).findChildren(QWidget) if one.isVisible()]
        words = " ".join(one.text() for one in shown if isinstance(one, QLabel | QAbstractButton)).split()

        assert len(words) <= 120, (part, len(words))


def test_another_part_forgets_what_was_typed_of_a_passphrase(place):
    place.parts.show_section("vault")
    place.vault.change_button.click()
    place.vault.old.setText("old one")
    place.parts.show_section("appearance")

    assert place.vault.old.text() == ""


@pytest.mark.parametrize("appearance", list(Appearance))
def test_a_theme_is_applied_at_once_and_remembered(place, theme, remembered, appearance):
    # An enabled setting cannot be enabled again.
    other = Appearance.DARK if appearance is Appearance.LIGHT else Appearance.LIGHT
    place.findChild(object, f"appearance-{other.value}").click()
    remembered.clear()
    place.findChild(object, f"appearance-{appearance.value}").click()

    assert theme.appearance is appearance
    assert remembered == [Preferences(appearance, 1.0)]


def test_the_floor_card_is_printed_from_here(place, printed):
    place.findChild(object, "print-floor-card").click()

    assert printed == [place.floor_card]


def test_text_is_made_larger_at_once(place, theme, remembered):
    place.appearance.scale.setCurrentIndex(place.appearance.scale.findData(1.5))
    place.appearance.scale.activated.emit(0)

    assert theme.sizes.scale == 1.5
    # As British English writes it; a language with a space between says so in its translation.
    assert place.appearance.scale.currentText() == "150%"
    assert remembered[-1].scale == 1.5


def test_the_lock_button_locks(place, care):
    place.vault.lock_button.click()

    assert care.locked == 1


def test_the_idle_minutes_are_chosen_here(place, care):
    box = place.locking.minutes
    found = [box.itemText(row) for row in range(box.count())]

    assert found == ["Never", "5 minutes", "10 minutes", "15 minutes", "30 minutes"]
    assert box.currentData() == 10
    box.setCurrentIndex(box.findData(30))
    box.activated.emit(box.currentIndex())
    assert care.minutes == [30]


def test_a_system_that_does_not_report_its_screen_lock_is_shown_as_such_once_known(place, care):
    place.parts.show_section("lock")
    result = place.findChild(QLabel, "locking-system")
    assert "when the screen locks" in result.text()
    care.knows_screen = False
    place.enter_view()

    assert "does not report" in result.text()
    assert "Ctrl+L" in result.text()


def change_passphrase(place, qtbot, old="old one", new=GOOD):
    place.vault.change_button.click()
    place.vault.old.setText(old)
    place.vault.new.first.setText(new)
    place.vault.new.second.setText(new)
    qtbot.waitUntil(lambda: not place.vault.new._is_estimating)
    place.vault.save_button.click()


def test_a_new_passphrase_is_accepted_with_the_old_one(place, care, qtbot, messages):
    change_passphrase(place, qtbot)
    old, new, done, _ = care.changes[0]
    done()

    assert (old, new) == ("old one", GOOD)
    assert "Passphrase changed" in messages.last.text
    assert place.vault.old.text() == place.vault.new.passphrase() == ""


def test_a_wrong_old_passphrase_is_reported_and_the_form_stays(place, care, qtbot, messages):
    change_passphrase(place, qtbot)
    care.changes[0][3](Trouble(TroubleCode.WRONG_PASSPHRASE))

    assert "not this vault’s passphrase" in messages.last.text
    assert place.vault.save_button.isEnabled()


@pytest.mark.parametrize(
    ("old", "new", "words"), [("", GOOD, "your current passphrase"), ("old one", "weak", "could be guessed")]
)
def test_an_impossible_change_is_reported(place, care, qtbot, *, old, new, words):
    change_passphrase(place, qtbot, old, new)

    assert words in place.findChild(QLabel, "new-passphrase-problem").text()
    assert care.changes == []


def test_leaving_clears_what_was_typed(place):
    place.parts.show_section("vault")
    place.vault.change_button.click()
    place.vault.old.setText("old one")
    place.leave_view()

    assert place.vault.old.text() == ""


def test_a_format_is_copied_and_changed(place, formats):
    place.findChild(QPushButton, "format-student-hour-change").click()
    editor = place.formats.editor
    editor.field.setPlainText(editor.field.toPlainText().replace("Student hour", "Our hour"))
    editor.save_button.click()

    assert "Our hour" in formats.texts["my-student-hour"]
    assert place.formats.editor is None


def test_an_error_is_shown_with_its_line_and_reason_and_cannot_be_saved(place):
    place.findChild(QPushButton, "format-student-hour-change").click()
    editor = place.formats.editor
    editor.field.setPlainText('key = "x"\nname = 3\n')

    assert "Line 2" in editor.problem.text()
    assert not editor.save_button.isEnabled()


def test_cancelling_leaves_the_format_unchanged(place, formats):
    place.findChild(QPushButton, "format-student-hour-change").click()
    before = formats.texts["my-student-hour"]
    place.formats.editor.field.setPlainText("nonsense")
    place.formats.editor.cancel_button.click()

    assert formats.texts["my-student-hour"] == before
    assert place.formats.editor is None


def test_the_theme_is_stored_in_a_private_file(tmp_path):
    file = PreferencesFile(tmp_path / "data" / "window.json")
    file.save(Preferences(Appearance.DARK, 1.5))

    assert PreferencesFile(tmp_path / "data" / "window.json").load() == Preferences(Appearance.DARK, 1.5)
    assert stat.S_IMODE((tmp_path / "data" / "window.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        '{"appearance": "pink", "scale": 1}',
        '{"appearance": "dark"}',
        "[]",
        f'{{"appearance": "dark", "scale": 1{"0" * 400}}}',
    ],
)
def test_a_damaged_file_gives_the_defaults(tmp_path, written):
    path = tmp_path / "window.json"
    path.write_text(written)

    assert PreferencesFile(path).load() == Preferences()


def test_an_unwritable_folder_is_no_trouble(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    PreferencesFile(blocked / "window.json").save(Preferences())
