"""Copies of a vault with a study in round 1, each to be killed in an act and opened again, as a restart does."""

from __future__ import annotations

import contextlib
import functools
import itertools
import shutil
from unittest import mock

import apsw
from killing import Died, life
from study_vaults import ME, STUDY, TWO, Coder, Lab, coding, opened_round, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.secret import new_secret
from balint_desktop.vault.vault import OpenVault

SECRET = new_secret()
_numbers = itertools.count()


def mine(lab):
    return work(coding(lab.first, 4, 10, memo="kererū"), names=("Anger",))


def theirs(lab):
    return work(coding(lab.first, 4, 10), names=("Rage",))


@functools.cache
def _template(folder):
    """A vault with approved texts, a study of round 1 that is coded, a file that came back, and its coder's vault."""
    lab = Lab(folder / "template")
    available = lab.studies.available()
    lab.begun()
    coder = Coder(folder / "coder", SECRET)
    coder.take(lab.parcel_for(coder))
    back = coder.coded(theirs(lab))
    coder.close()
    lab.studies.save_work(STUDY, 1, ME.id, mine(lab))
    lab.close()
    return lab, available, back


class World:
    """A copy of the template, opened; what came of an act in it is looked at in a vault opened anew."""

    def __init__(self, folder, *, closed=False):
        template, self.available, self.back = _template(folder)
        self.number = next(_numbers)
        data = folder / f"world-{self.number}"
        shutil.copytree(template.data, data)
        self.lab = Lab.__new__(Lab)
        self.lab.data, self.lab.clock, self.lab.recordings = data, template.clock, template.recordings
        made = template.made
        self.lab.made = type(made)(data / "vault", made.passphrase, made.recovery_key, made.secret)
        self.lab.vault = self.lab.made.open(self.lab.clock)
        if closed:
            self.lab.studies.close_round(STUDY, 1, ME.id)

    def restarted(self):
        """Return it as a restart finds it; what the dead process held open is released with it."""
        _release(self.lab.vault)
        self.lab.vault = self.lab.made.open(self.lab.clock)
        assert self.lab.vault.log.audit.broken_at() is None
        return self.lab


class CoderWorld:
    """A copy of the coder's vault, who has closed round 1."""

    def __init__(self, folder):
        _template(folder)
        data = folder / f"coder-world-{next(_numbers)}"
        shutil.copytree(folder / "coder", data)
        self.coder = Coder.__new__(Coder)
        self.coder.data, self.coder.clock = data, _template(folder)[0].clock
        self.coder.vault = OpenVault(data / "vault", SECRET, self.coder.clock)

    def restarted(self):
        """Return it as a restart finds it."""
        _release(self.coder.vault)
        self.coder.vault = OpenVault(self.coder.vault.folder, SECRET, self.coder.clock)
        assert self.coder.vault.log.audit.broken_at() is None
        return self.coder


def _release(vault):
    vault._lock.release()
    for file in vault.studies._open.values():
        file.database.close()
    vault.log.close()


def second_parcel(folder):
    """Return the parcel of round 2, after a framework was fixed and a passage withdrawn."""
    world = World(folder, closed=True)
    lab = world.lab
    row = lab.files.receive(STUDY, world.back, "back")
    lab.files.admit_return(STUDY, row.id)
    lab.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    lab.studies.fix_framework(STUDY)
    lab.redact(lab.first, 8, 16)
    lab.studies.open_round(STUDY, opened_round(2, framework=1))
    coder = CoderWorld(folder).coder
    parcel = lab.parcel_for(coder, TWO, 2)
    coder.close()
    lab.close()
    return parcel


def killed_at_each_moment(make, act, check):
    """Kill an act before each of its disk operations and before each commit of a database; return how many there are.

    SQLite's own writes are not seen by Python, so that a commit is what stands for them. `check` is told the world, and
    whether the act came to its end.
    """
    for dies_at in range(1, 10_000):
        world = make()
        with life(dies_at) as living, _commits_counted(world, living):
            try:
                act(world)
                survived = living.operations < dies_at
            except (Died, Trouble, apsw.Error):
                # SQLite hands on what a commit that died raised, and the app's own handlers may translate it.
                assert living.operations >= dies_at
                survived = False
        check(world, survived)
        if survived:
            return dies_at - 1
    raise AssertionError("the act never comes to its end")


@contextlib.contextmanager
def _commits_counted(world, living):
    """Let every commit of a database that is open, or is opened now, count as an operation."""
    vault = (world.lab if isinstance(world, World) else world.coder if isinstance(world, CoderWorld) else world).vault
    connections = [vault.log._database._connection]
    connections += [file.database._connection for file in vault.studies._open.values()]
    connect = Database._connect

    def commit():
        living.lived()
        return False

    def counted(database, way):
        connection = connect(database, way)
        connection.set_commit_hook(commit)
        connections.append(connection)
        return connection

    for connection in connections:
        with contextlib.suppress(apsw.ConnectionClosedError):
            connection.set_commit_hook(commit)
    try:
        with mock.patch.object(Database, "_connect", counted):
            yield
    finally:
        for connection in connections:
            with contextlib.suppress(Exception):
                connection.set_commit_hook(None)
