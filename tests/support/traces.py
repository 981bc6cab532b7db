"""Looking for a secret in everything that was written, in every form in which it could stand there."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

_HASHES = ("md5", "sha1", "sha256", "sha512")


def forms_of(secret: str) -> dict[str, bytes]:
    """The secret as typed, folded, cased, in other encodings, escaped, and hashed."""
    forms: dict[str, bytes] = {}
    folded = unicodedata.normalize("NFKC", secret)
    for name, text in {"typed": secret, "nfkc": folded, "lower": folded.lower(), "upper": folded.upper()}.items():
        raw = text.encode()
        forms |= {
            f"{name} utf-8": raw,
            f"{name} utf-16-le": text.encode("utf-16-le"),
            f"{name} utf-16-be": text.encode("utf-16-be"),
            f"{name} json": json.dumps(text)[1:-1].encode(),
            f"{name} python": text.encode("unicode_escape"),
            f"{name} url": urllib.parse.quote(text).encode(),
            f"{name} hex": raw.hex().encode(),
            f"{name} HEX": raw.hex().upper().encode(),
        }
        forms |= {f"{name} base64+{shift}": piece for shift, piece in enumerate(_base64_pieces(raw))}
        for kind in _HASHES:
            digest = hashlib.new(kind, raw)
            forms[f"{name} {kind}"] = digest.hexdigest().encode()
            forms[f"{name} {kind} raw"] = digest.digest()
            forms[f"{name} {kind} base64"] = base64.b64encode(digest.digest())
    return {name: form for name, form in forms.items() if len(form) >= 6}


def _base64_pieces(raw: bytes) -> Iterator[bytes]:
    """What base64 of a longer text holds of `raw`, at each of the three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        yield encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4]


def written_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder`, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def traces(secrets: Iterable[str], sinks: Iterable[tuple[str, bytes]]) -> list[str]:
    """Where any form of any secret stands: the sink and the form, never the secret itself."""
    kept = list(sinks)
    return [
        f"{sink}: secret {number} as {name}"
        for number, secret in enumerate(secrets)
        for name, form in forms_of(secret).items()
        for sink, data in kept
        if form in data
    ]
