"""Listeners of a session: each is called until its subscription ends."""

from __future__ import annotations

from balint_desktop.session.listeners import Listeners


def test_every_listener_is_called_in_subscription_order():
    listeners, heard = Listeners(), []
    listeners.add(lambda what: heard.append(("first", what)))
    listeners.add(lambda what: heard.append(("second", what)))
    listeners.notify("a fact")

    assert heard == [("first", "a fact"), ("second", "a fact")]


def test_an_unsubscribed_listener_is_called_no_more_and_unsubscribing_twice_is_harmless():
    listeners, heard = Listeners(), []
    unsubscribe = listeners.add(lambda: heard.append("gone"))
    listeners.add(lambda: heard.append("here"))
    unsubscribe()
    unsubscribe()
    listeners.notify()

    assert heard == ["here"]


def test_subscribing_the_same_listener_twice_makes_two_subscriptions():
    listeners, heard = Listeners(), []
    unsubscribe = listeners.add(heard.append)
    listeners.add(heard.append)
    unsubscribe()
    listeners.notify("once")

    assert heard == ["once"]


def test_a_listener_unsubscribed_by_another_is_not_called_in_that_turn():
    listeners, heard = Listeners(), []
    listeners.add(lambda: unsubscribe())  # noqa: PLW0108  it is there by the time it is called
    unsubscribe = listeners.add(lambda: heard.append("too late"))
    listeners.notify()

    assert heard == []


def test_a_listener_added_during_a_turn_is_called_from_the_next():
    listeners, heard = Listeners(), []
    listeners.add(lambda: listeners.add(lambda: heard.append("new")))
    listeners.notify()
    assert heard == []
    listeners.notify()

    assert heard == ["new"]
