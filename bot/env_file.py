"""`.env` → the environment of the process. What is set there already wins."""

from __future__ import annotations

import io
from collections.abc import MutableMapping
from pathlib import Path

from dotenv.parser import Binding, parse_stream

DEFAULT = ".env"


def add_env_file(environ: MutableMapping[str, str]) -> list[str]:
    """Adds to `environ` what the file named by ENV_FILE says and `environ` does not.

    Without ENV_FILE it is `.env` in the working directory, where there is one; empty, it is none.
    Returns what is wrong, a line each, in Japanese, never a value; then nothing is added.
    """
    name = environ.get("ENV_FILE", DEFAULT)
    path = Path(name)
    if not name or ("ENV_FILE" not in environ and not path.exists()):
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' editor puts a mark in front
    except UnicodeDecodeError:
        return [f"{path} の文字が読めません。UTF-8 で保存してください。"]
    except OSError as error:
        return [f"設定のファイル {path} が読めません（{_why(error)}）。"]
    lines = list(parse_stream(io.StringIO(text)))
    problems = [
        f"{path} の{_number(one)}行目が読めません。「名前=値」の形で書いてください。"
        for one in lines
        if one.error or (one.key is not None and one.value is None)
    ]
    if not problems:
        for one in lines:
            if one.key is not None:
                environ.setdefault(one.key, one.value or "")
    return problems


def _number(binding: Binding) -> int:
    """The line of the faulty words themselves; blank lines in front of them belong to the binding too."""
    words = binding.original.string
    return binding.original.line + words[: len(words) - len(words.lstrip())].count("\n")


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "ありません"
        case PermissionError():
            return "読む権限がありません"
        case IsADirectoryError():
            return "フォルダです"
        case _:
            return type(error).__name__
