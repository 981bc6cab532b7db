"""The environment (and `.env`, see bot/env_file.py) → one frozen value. A missing or wrong name stops the start, all named at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.secret_key import weakness

LINE_API = "https://api.line.me"
LINE_DATA_API = "https://api-data.line.me"
DEFAULT_STORE = "sqlite:///var/desk.db"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_PRINTABLE = re.compile(r"[!-~]+")  # what fits into a header
_WRITE_IT = ".env か環境変数に書いてください。"
_MAKE_KEY = 'python3 -c "import secrets; print(secrets.token_hex(32))"'


class SettingsError(Exception):
    """Everything that is missing or wrong in the environment, a line each, in Japanese."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the desk is started with. Secrets stay out of repr, and so out of logs and tracebacks."""

    channel_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    secret_key: str = field(repr=False)
    faq_dir: Path = Path("faq")
    store_url: str = field(default="sqlite:///var/desk.db", repr=False)
    line_api_url: str = LINE_API
    practice_start: datetime | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    log_level: str = "INFO"
    public_url: str = ""
    indexes: Path | None = None
    old_keys: tuple[str, ...] = field(default=(), repr=False)


def index_folder(environ: Mapping[str, str]) -> Path:
    """Where the index of the content is kept: INDEX_DIR, else beside the store's file, else var/index."""

    def given(name: str) -> str:
        return environ.get(name, "").strip()

    if folder := given("INDEX_DIR"):
        return Path(folder)
    url = given("STORE_URL")
    beside = Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else Path("var")
    return beside / "index"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; an empty one counts as not set. Raises SettingsError with every problem."""
    problems: list[str] = []

    def given(name: str, default: str) -> str:
        return environ.get(name, "").strip() or default

    settings = Settings(
        channel_secret=_credential("LINE_CHANNEL_SECRET", environ, problems),
        access_token=_credential("LINE_CHANNEL_ACCESS_TOKEN", environ, problems),
        secret_key=_secret_key(given("SECRET_KEY", ""), problems),
        faq_dir=faq_dir(given("FAQ_DIR", "faq"), problems),
        store_url=store_url(given("STORE_URL", DEFAULT_STORE), problems),
        line_api_url=given("LINE_API_URL", LINE_API).rstrip("/"),
        practice_start=practice_start(given("DESK_CLOCK", ""), problems),
        host=given("HOST", "127.0.0.1"),
        port=_port(given("PORT", "8000"), problems),
        log_level=_level(given("LOG_LEVEL", "INFO"), problems),
        public_url=_public_url(given("PUBLIC_URL", ""), problems),
        indexes=index_folder(environ),
        old_keys=tuple(re.findall(r"[^\s,]+", given("SECRET_KEY_OLD", ""))),
    )
    if problems:
        raise SettingsError(problems)
    return settings


def _credential(name: str, environ: Mapping[str, str], problems: list[str]) -> str:
    """What LINE gave: printable ASCII in one piece. Copied with a blank or a line break it never serves."""
    value = environ.get(name, "").strip()
    if not value:
        problems.append(f"{name} がありません。{_WRITE_IT}")
    elif not _PRINTABLE.fullmatch(value):
        problems.append(
            f"{name} に、空白か改行か全角の文字が入っています。LINE Developers から、もう一度写してください。"
        )
    return value


def _secret_key(key: str, problems: list[str]) -> str:
    if not key:
        problems.append(f"SECRET_KEY がありません。{_WRITE_IT}作り方：{_MAKE_KEY}")
    elif wrong := weakness(key):
        problems.append(f"SECRET_KEY {wrong}。作り方：{_MAKE_KEY}")
    return key


def faq_dir(text: str, problems: list[str]) -> Path:
    """The content folder; one that is not there is added to `problems`."""
    folder = Path(text)
    if not folder.is_dir():
        problems.append(f"FAQ_DIR のフォルダがありません：{folder}")
    return folder


def store_url(text: str, problems: list[str]) -> str:
    """STORE_URL; one that names no store is added to `problems`, without a password that it may hold."""
    if text.startswith("sqlite:///"):
        if not text.removeprefix("sqlite:///"):
            problems.append(f"STORE_URL にファイルの名前がありません（例：{DEFAULT_STORE}）。")
    elif not text.startswith(("redis://", "rediss://")):
        problems.append("STORE_URL は sqlite:///パス か redis:// で始めてください。")
    elif not _is_address(text):
        problems.append(
            "STORE_URL が読めません。redis://:パスワード@ホスト:6379/0 の形にしてください"
            "（パスワードの / @ : # ? は %2F %40 %3A %23 %3F と書きます）。"
        )
    return text


def _is_address(url: str) -> bool:
    """Whether `url` names a host, and a port and a database that are numbers."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and re.fullmatch(r"(?:/\d*)?", parts.path) is not None
    except ValueError:
        return False


def practice_start(text: str, problems: list[str]) -> datetime | None:
    """DESK_CLOCK as a moment, None where there is none; a wrong one is added to `problems`."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        problems.append("DESK_CLOCK は 2026-08-03T10:00:00+09:00 の形にしてください。")
        return None
    return moment


def _port(text: str, problems: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 <= int(text) < 65536:
        return int(text)
    problems.append("PORT は 0 から 65535 の数にしてください。")
    return 0


def _level(text: str, problems: list[str]) -> str:
    if text.upper() in _LEVELS:
        return text.upper()
    problems.append(f"LOG_LEVEL は {'・'.join(_LEVELS)} のどれかにしてください。")
    return "INFO"


def _public_url(text: str, problems: list[str]) -> str:
    """Where the desk is reached from outside, without a slash at its end; "" where it is not told."""
    url = text.strip().rstrip("/")
    if not url or re.fullmatch(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[\w./~-]*)?", url, re.ASCII):
        return url
    problems.append("PUBLIC_URL は https://窓口のアドレス の形にしてください（例：https://madoguchi.example.jp）。")
    return ""
