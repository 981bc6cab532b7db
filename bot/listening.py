"""The port that the desk listens on, taken before anything else is started."""

from __future__ import annotations

import socket

from bot.typed import Misuse

_BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Misuse, with what to do, where the port is taken or the address is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise Misuse(
            f"{host} のポート {port} では始められません（{error.strerror}）。"
            "ほかの番号を PORT に書くか、そのポートを使っているものを止めてください。"
        ) from None
