"""The real server as a process of its own, started as anybody would start it."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.events import SECRET
from tests.support.mistakes import WATCH
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]
# Below what systems give to outgoing calls: between the look and the start nobody takes it by chance.
_PORTS = range(15_000, 32_000)


def free_port() -> int:
    while True:
        port = random.SystemRandom().choice(_PORTS)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


@dataclass
class ServerProcess:
    """A command that serves on `port` (0: on none, and is ready at once); what it prints goes to `log`."""

    command: list[str]
    port: int
    log: Path
    environ: dict[str, str]

    def __enter__(self) -> ServerProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> float:
        """Start and wait until /readyz says 200, where it serves. The seconds it took."""
        begun = time.monotonic()
        WATCH.read_too(self.log)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                stdout=out,
                stderr=out,
                cwd=ROOT,
                env=os.environ | self.environ,
                start_new_session=True,
            )
        while time.monotonic() - begun < PATIENCE:
            if self.process.poll() is not None:
                raise AssertionError(f"did not start: {self.log.read_text()[-2000:]}")
            if not self.port or self.is_ready():
                return time.monotonic() - begun
            time.sleep(0.02)
        raise AssertionError("not ready in time")

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it and all its children. The exit code."""
        if self.process.poll() is None:
            if how is signal.SIGKILL:
                os.killpg(self.process.pid, how)
            else:
                self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def pids(self) -> list[int]:
        """The process and its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def kill_child(self) -> bool:
        """kill -9 to one of its children, which it starts anew by itself. False where it has none."""
        children = self.pids()[1:]
        if children:
            os.kill(children[0], signal.SIGKILL)
        return bool(children)

    def cpu_seconds(self) -> float:
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """Proportional memory of the process and its children: pages they share count once."""
        total = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024


def desk_environ(folder: Path, line_url: str) -> dict[str, str]:
    """The settings of a desk on practice content, its store in `folder`."""
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "test-token",
        "SECRET_KEY": "test-secret-key-of-32-characters",
        "STORE_URL": f"sqlite:///{folder}/desk.db",
        "LINE_API_URL": line_url,
        "FAQ_DIR": "faq/practice",
        "DESK_CLOCK": "2026-08-03T10:00:00+09:00",
    }


def desk_server(folder: Path, line_url: str, *, workers: int = 1, **environ: str) -> ServerProcess:
    """`madoguchi serve` on a free port, its store in `folder`."""
    port = free_port()
    settings = desk_environ(folder, line_url) | {"PORT": str(port)}
    command = [sys.executable, "-m", "bot.cli", "serve", "--workers", str(workers)]
    return ServerProcess(command, port, folder / "server.log", settings | environ)


def desk_worker(folder: Path, line_url: str, **environ: str) -> ServerProcess:
    """`madoguchi worker`, for a store on Redis."""
    command = [sys.executable, "-m", "bot.cli", "worker"]
    return ServerProcess(command, 0, folder / "worker.log", desk_environ(folder, line_url) | environ)


def echo_server(folder: Path, line_url: str, threads: int) -> ServerProcess:
    """The SDK's echo example on the same server software."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--worker-class",
        "gthread",
        "--threads",
        str(threads),
        "--keep-alive",
        "30",
        "--bind",
        f"127.0.0.1:{port}",
        "tests.measure.echo_app:app",
    ]
    settings = {"LINE_CHANNEL_SECRET": SECRET, "LINE_CHANNEL_ACCESS_TOKEN": "t", "LINE_API_URL": line_url}
    return ServerProcess(command, port, folder / "echo.log", settings)
