"""What a file is by its name: content, an editor's by-file, or something that only looks like content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# Lock files of Emacs and Office (.#x, ~$x), of macOS and vim (._x, .x.swp), saved states (#x#, x~).
_BY_FILE = re.compile(r"[.~#]|.*(?:~|#)$")
_LOOKS = re.compile(r".*\.(?:yaml|yml|yaml\.txt|yml\.txt)")
# 「visit のコピー.yaml」 and the like, as Windows, macOS and browsers name a second file.
_COPY = re.compile(
    r"(?:(?:コピー ～ |Copy of )(?P<later>.+)"
    r"|(?P<first>.+?)(?: ?の ?コピー(?: ?\d+)?| - (?:コピー|Copy)(?: ?[(（]\d+[)）])?| copy(?: \d+)?"
    r"| ?[(（]\d+[)）]| ?\(.*conflicted copy.*\)))\.yaml",
    re.IGNORECASE,
)


def is_by_file(name: str) -> bool:
    """Whether an editor or the system made this file for itself."""
    return _BY_FILE.match(name) is not None


def is_content(name: str) -> bool:
    return name.endswith(".yaml") and not is_by_file(name)


def unread_words(name: str, names: Collection[str]) -> str:
    """Why a file that a person may take for content is not read, and what to do; "" for all others.

    `names`: all that stands in the folder.
    """
    if is_by_file(name):
        return ""
    if is_content(name):
        copied = _copied(name)
        return f"「{copied}」の写しのようなので、読まれません。{_AWAY}" if copied in names else ""
    plain = unicodedata.normalize("NFKC", name).strip().lower()
    if not _LOOKS.fullmatch(plain):
        return ""
    return "名前の終わりが「.yaml」（半角の小文字）ではないので、読まれません。内容なら、名前を直してください。"


_AWAY = "いらなければ消すか、このフォルダの外へ移してください。"


def _copied(name: str) -> str:
    found = _COPY.fullmatch(unicodedata.normalize("NFC", name))
    if found is None:
        return ""
    return found["later"] + ".yaml" if found["later"] else found["first"] + ".yaml"
