"""What keeps a command from starting, said to the staff in Japanese: what is wrong, what to do.

Nothing here repeats an address of the store: it may hold a password.
"""

from __future__ import annotations

import errno
import socket

from bot.store.base import StorageError
from bot.typed import Misuse

_STORE = {
    "ConnectionError": "Redis につながりません。Redis が動いているか、ホストとポートが合っているか確かめてください。",
    "TimeoutError": "Redis から返事がありません。Redis が動いているか、ホストとポートが合っているか確かめてください。",
    "AuthenticationError": "Redis のパスワードがちがうか、足りません。",
    "AuthenticationWrongNumberOfArgsError": "Redis のパスワードがちがうか、足りません。",
    "NoPermissionError": "Redis の利用者に、使う権限がありません。",
    "ResponseError": "Redis が断りました。番号（/0 など）とパスワードを確かめてください。Redis 7 以上か Valkey が要ります。",
    "OperationalError": "ファイルを開けません。フォルダの書きこみの権限と、ディスクの空きを確かめてください。",
    "DatabaseError": "ファイルが窓口の記録ではないか、こわれています。",
    "another process has this store": "ほかの madoguchi serve が、いま使っています。先にそちらを止めてください。",
}
_NEEDS = "redis needs: "
_BACKLOG = 1024  # connections that may wait to be accepted


def store_fault(error: StorageError) -> str:
    """A sentence about the store at STORE_URL."""
    said = str(error)
    if said.startswith(_NEEDS):
        return (
            f"Redis の設定では、記録が消えることがあります（いま {said.removeprefix(_NEEDS)}）。"
            "appendonly yes、appendfsync always、maxmemory-policy noeviction にしてください。"
        )
    return _STORE.get(said, said)


def file_fault(error: OSError) -> str:
    """A sentence about a file or a folder that cannot be used."""
    match error:
        case PermissionError():
            why = "権限がありません。フォルダの持ち主と、書きこみの権限を確かめてください"
        case FileNotFoundError():
            why = "ありません"
        case NotADirectoryError() | FileExistsError():
            why = "フォルダのはずのところに、ファイルがあります"
        case IsADirectoryError():
            why = "ファイルのはずのところに、フォルダがあります"
        case OSError(errno=errno.ENOSPC):
            why = "ディスクがいっぱいです"
        case OSError(errno=errno.EROFS):
            why = "書きこめないディスクです"
        case _:
            why = type(error).__name__
    name = f"「{error.filename}」" if error.filename else "ファイル"
    return f"{name}が使えません：{why}。"


def listener(host: str, port: int, command: str) -> socket.socket:
    """A socket that listens on `host`:`port` (0: any free port). Misuse, with what to type, where it cannot."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise Misuse(_not_listening(error, host, port, command)) from None


def _not_listening(error: OSError, host: str, port: int, command: str) -> str:
    other = f"別の番号にしてください。例：madoguchi {command} --port {port + 1 if port < 65535 else port - 1}"
    if error.errno == errno.EADDRINUSE:
        return f"ポート {port} は、ほかのプログラムが使っています。{other}"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"ポート {port} を使う権限がありません。1024 より大きい、{other}"
    return f"アドレス {host} のポート {port} では始められません。HOST と PORT を確かめてください。"
