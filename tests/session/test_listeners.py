"""Who hears of a session: each until its subscription is ended."""

from __future__ import annotations

from balint_desktop.session.listeners import Listeners


def test_every_listener_hears_in_the_order_they_came():
    listeners, heard = Listeners(), []
    listeners.add(lambda what: heard.append(("first", what)))
    listeners.add(lambda what: heard.append(("second", what)))
    listeners.notify("a fact")

    assert heard == [("first", "a fact"), ("second", "a fact")]


def test_who_was_unsubscribed_hears_no_more_and_may_be_so_twice():
    listeners, heard = Listeners(), []
    unsubscribe = listeners.add(lambda: heard.append("gone"))
    listeners.add(lambda: heard.append("here"))
    unsubscribe()
    unsubscribe()
    listeners.notify()

    assert heard == ["here"]


def test_the_same_listener_twice_is_two_subscriptions():
    listeners, heard = Listeners(), []
    unsubscribe = listeners.add(heard.append)
    listeners.add(heard.append)
    unsubscribe()
    listeners.notify("once")

    assert heard == ["once"]


def test_who_is_unsubscribed_by_another_listener_is_not_called_in_that_turn():
    listeners, heard = Listeners(), []
    listeners.add(lambda: unsubscribe())  # noqa: PLW0108  it is there by the time it is called
    unsubscribe = listeners.add(lambda: heard.append("too late"))
    listeners.notify()

    assert heard == []


def test_who_comes_while_others_hear_hears_the_next_time():
    listeners, heard = Listeners(), []
    listeners.add(lambda: listeners.add(lambda: heard.append("new")))
    listeners.notify()
    assert heard == []
    listeners.notify()

    assert heard == ["new"]
