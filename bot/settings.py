"""The environment → one frozen value. A missing or wrong name stops the start, all named at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

LINE_API = "https://api.line.me"
LINE_DATA_API = "https://api-data.line.me"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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
    given, url = environ.get("INDEX_DIR", "").strip(), environ.get("STORE_URL", "")
    if given:
        return Path(given)
    beside = Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else Path("var")
    return beside / "index"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`. Raises SettingsError with every problem."""
    problems: list[str] = []

    def needed(name: str) -> str:
        value = environ.get(name, "").strip()
        if not value:
            problems.append(f"環境変数 {name} がありません。")
        return value

    secret, token, key = (
        needed("LINE_CHANNEL_SECRET"),
        needed("LINE_CHANNEL_ACCESS_TOKEN"),
        needed("SECRET_KEY"),
    )
    if key and len(key) < 16:
        problems.append("SECRET_KEY は16文字以上にしてください。")
    faq_dir = Path(environ.get("FAQ_DIR", "faq"))
    if not faq_dir.is_dir():
        problems.append(f"FAQ_DIR のフォルダがありません：{faq_dir}")
    store_url = environ.get("STORE_URL", "sqlite:///var/desk.db")
    if not store_url.startswith(("sqlite:///", "redis://", "rediss://")):
        problems.append("STORE_URL は sqlite:///パス か redis:// で始めてください。")
    settings = Settings(
        channel_secret=secret,
        access_token=token,
        secret_key=key,
        faq_dir=faq_dir,
        store_url=store_url,
        line_api_url=environ.get("LINE_API_URL", LINE_API).rstrip("/"),
        practice_start=practice_start(environ.get("DESK_CLOCK", ""), problems),
        host=environ.get("HOST", "127.0.0.1"),
        port=_port(environ.get("PORT", "8000"), problems),
        log_level=_level(environ.get("LOG_LEVEL", "INFO"), problems),
        public_url=_public_url(environ.get("PUBLIC_URL", ""), problems),
        indexes=index_folder(environ),
        old_keys=tuple(environ.get("SECRET_KEY_OLD", "").split()),
    )
    if problems:
        raise SettingsError(problems)
    return settings


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
