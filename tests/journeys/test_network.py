"""A whole session without any network, and without an attempt to reach one."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.audio, pytest.mark.xdist_group("rehearsal")]
_CALL = re.compile(r"^\d+\s+(socket|connect|bind)\((.*)", re.MULTILINE)


def asked_of_sockets(calls):
    return [(name, one) for name, one in _CALL.findall(calls)]


def test_a_whole_session_needs_no_network(rehearsed):
    """The only interface is a loopback that is down, and the rehearsal completes as usual."""
    if not rehearsed.alone:
        pytest.skip("not run: no network namespace may be made here")
    assert (rehearsed.code, rehearsed.errors) == (0, ""), rehearsed.said


def test_no_message_was_sent_to_any_network(rehearsed):
    """Not by the window, the recorder, the sound libraries, nor by any tool: sockets stay inside this computer."""
    if rehearsed.calls is None:
        pytest.skip("not run: no process may be traced here")
    assert rehearsed.calls.count("execve(") > 10
    asked = asked_of_sockets(rehearsed.calls)
    kinds = {one.split(",")[0] for name, one in asked if name == "socket"}
    assert kinds == {"AF_UNIX"}
    assert not [(name, one) for name, one in asked if "AF_INET" in one or "inet_addr" in one]
    # Every address that anything was bound or connected to is a path on this computer.
    families = {family for _, one in asked for family in re.findall(r"sa_family=(\w+)", one)}
    assert families == {"AF_UNIX"}


def test_an_attempt_would_have_been_detected():
    """The same reading of a trace finds a name lookup, a connection, and an opened port."""
    trace = (
        "12 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
        '12 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("9.9.9.9")}, 16) = -1 ENETUNREACH\n'
        "7 bind(4<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(80)}, 28) = 0\n"
    )

    assert [name for name, one in asked_of_sockets(trace) if "AF_INET" in one] == ["socket", "connect", "bind"]
