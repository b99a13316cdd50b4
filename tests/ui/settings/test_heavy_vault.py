"""A vault that takes too much memory to open says so in Settings, and can be sealed again."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.settings.heavy_vault import HeavyVaultBox
from balint_desktop.ui.shell.messages import Messages


class Sealing:
    """A vault whose work factor the test decides; sealing it again answers at once."""

    def __init__(self, factor, trouble=None):
        self.factor, self.trouble, self.typed = factor, trouble, []

    def reseal(self, typed, done, failed):
        self.typed.append(typed)
        if self.trouble is not None:
            failed(self.trouble)
            return
        self.factor = 18
        done()


@pytest.fixture
def box_of(qtbot):
    def make(sealing):
        box = HeavyVaultBox(lambda: sealing.factor, sealing.reseal, Messages())
        qtbot.addWidget(box)
        return box

    return make


@pytest.mark.parametrize("factor", [None, 10, 18])
def test_a_vault_sealed_with_todays_work_or_less_offers_nothing(box_of, factor):
    assert box_of(Sealing(factor)).isHidden()


@pytest.mark.parametrize(("factor", "memory"), [(19, "512 MB"), (20, "1024 MB"), (21, "2048 MB")])
def test_a_vault_of_a_faster_machine_says_how_much_memory_it_takes(box_of, factor, memory):
    box = box_of(Sealing(factor))

    assert not box.isHidden()
    assert memory in box._words.text()
    assert "256 MB" in box._words.text()


def test_sealing_it_again_takes_the_passphrase_and_ends_the_offer(box_of):
    sealing = Sealing(20)
    box = box_of(sealing)
    box.passphrase.setText("seven quiet herons")
    box.reseal_button.click()

    assert sealing.typed == ["seven quiet herons"]
    assert box.isHidden()
    assert box.passphrase.text() == ""


def test_without_a_passphrase_nothing_is_asked_of_the_vault(box_of):
    sealing = Sealing(20)
    box = box_of(sealing)
    box.reseal_button.click()

    assert sealing.typed == []
    assert box.problem.text() == "Enter your passphrase."


def test_a_wrong_passphrase_leaves_the_offer(box_of):
    sealing = Sealing(20, Trouble(TroubleCode.WRONG_PASSPHRASE))
    box = box_of(sealing)
    box.passphrase.setText("not it")
    box.reseal_button.click()

    assert not box.isHidden()
    assert box.isEnabled()
