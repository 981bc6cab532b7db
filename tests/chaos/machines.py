"""The desk as real processes that die: web, worker, Redis; and a clock that can be put forward."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import redis

from bot.store.redis_client import TAG
from tests.chaos.plan import BEGUN
from tests.support.process import ServerProcess, desk_server, desk_worker
from tests.support.redis import RealRedis

_STARTS = 4  # tries: a process that starts while Redis is down says so and ends


class Machines:
    """One web process on SQLite; or two, a worker and a server on Redis."""

    def __init__(self, folder: Path, line_url: str, server: RealRedis | None) -> None:
        self._redis, self._begun = server, time.monotonic()
        self._forward = timedelta(0)
        self.url = server.url if server else f"sqlite:///{folder}/desk.db"
        count = 2 if server else 1
        self.webs = [desk_server(folder, line_url, STORE_URL=self.url) for _ in range(count)]
        self._others = [desk_worker(folder, line_url, STORE_URL=self.url)] if server else []
        self.logs = sorted({one.log for one in self._all})
        self.killed: list[str] = []

    @property
    def _all(self) -> list[ServerProcess]:
        return [*self.webs, *self._others]

    @property
    def ports(self) -> list[int]:
        return [web.port for web in self.webs]

    @property
    def environ(self) -> dict[str, str]:
        """The settings for a command beside the desk, at the desk's moment."""
        return self.webs[0].environ | {"DESK_CLOCK": self.now().isoformat()}

    def now(self) -> datetime:
        """The moment of the desk's clock."""
        return BEGUN + self._forward + timedelta(seconds=time.monotonic() - self._begun)

    def start(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._started, self._all))

    def _started(self, one: ServerProcess) -> None:
        for left in reversed(range(_STARTS)):
            one.environ["DESK_CLOCK"] = self.now().isoformat()
            try:
                one.start()
                return
            except AssertionError:
                if not left:
                    raise
                one.stop(signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        running = [one for one in self._all if hasattr(one, "process")]
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda one: one.stop(how), running))

    def put_forward(self, by: timedelta, *, lingering: bool) -> None:
        """All processes end as a deployment ends them, and start again on a later clock.

        Not `lingering`: the leases of killed processes end here; nobody who had one is alive.
        """
        self.stop()
        if self._redis and not lingering:
            client = redis.Redis(port=self._redis.port)
            for key in client.scan_iter(f"{TAG}:lease:*"):
                client.delete(key)
        self._forward += by
        del self.webs[1:]  # one is enough for what is left
        self.start()

    # ------------------------------------------------------------------ kill -9
    def kills(self, chance: random.Random) -> Iterator[Callable[[], None]]:
        """Deaths without end, each kind in turn; what died is up again when its call returns."""
        while True:
            kinds: list[Callable[[ServerProcess], None]] = [self._kill_web, self._kill_child]
            if self._redis:
                kinds += [self._kill_worker, self._kill_redis]
            chance.shuffle(kinds)
            for kind in kinds:
                yield lambda kind=kind: kind(chance.choice(self.webs))  # type: ignore[misc]

    def _kill_web(self, web: ServerProcess) -> None:
        """The whole server, as a machine that fails."""
        self.killed.append("web")
        web.stop(signal.SIGKILL)
        self._started(web)

    def _kill_child(self, web: ServerProcess) -> None:
        """The process that answers; its parent starts another at once."""
        with suppress(ProcessLookupError):  # it is just being started anew
            if web.kill_child():
                self.killed.append("child")

    def _kill_worker(self, _: ServerProcess) -> None:
        self.killed.append("worker")
        for one in self._others:
            one.stop(signal.SIGKILL)
            self._started(one)

    def _kill_redis(self, _: ServerProcess) -> None:
        assert self._redis is not None
        self.killed.append("redis")
        self._redis.kill()
        self._redis.start()
