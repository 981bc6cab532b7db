"""A wire to a server on 127.0.0.1 that can be cut after the server has heard, before it is heard."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Wire:
    """Passes bytes both ways. `lose(words, times)`: the next answers to what holds `words` are lost."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._words, self._times = b"", 0
        self._open: list[socket.socket] = [self._listener]

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def lose(self, words: bytes, times: int) -> None:
        self._words, self._times = words, times

    @property
    def left(self) -> int:
        """Answers that are still to be lost."""
        return self._times

    def accept(self) -> None:
        """Serves until closed; run in a thread."""
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._server_port))
                self._open += [near, far]
                threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        """Question by question: a client of Redis waits for the answer."""
        with contextlib.suppress(OSError):
            while question := near.recv(1 << 20):
                far.sendall(question)
                answer = far.recv(1 << 20)
                if self._times and self._words in question:
                    self._times -= 1
                    break
                near.sendall(answer)
        near.close()
        far.close()

    def close(self) -> None:
        for one in self._open:
            one.close()


@contextmanager
def wire_to(server_port: int) -> Iterator[Wire]:
    """A wire to the server's port, cut at the end."""
    wire = Wire(server_port)
    threading.Thread(target=wire.accept, daemon=True).start()
    try:
        yield wire
    finally:
        wire.close()
