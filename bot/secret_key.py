"""Whether a SECRET_KEY is one that nobody guesses: it keys the hash of people's ids and seals them."""

from __future__ import annotations

import re
from itertools import pairwise

SHORTEST = 16  # characters
_DIFFERENT = 8  # characters: a random key of 16 has more
_EXAMPLES = ("token_hex", "import secrets", "だれも知らない")  # what .env.example says of it, copied
# What people write when they mean to come back later.
_PLACEHOLDER = re.compile(
    r"change|me|this|please|replace|your|own|my|here|the|super|very|secret|key|pass(?:word|phrase)?|example|sample"
    r"|dummy|todo|foo|bar|insecure|default|development|dev|production|prod|qwerty|秘密|鍵|見本|ここ|変えて|書いて|入れて|ください|[をにのは]|[\W_]+"
)


def weakness(key: str) -> str:
    """What is wrong with `key`, as the end of a sentence that begins with its name; "" where nothing is."""
    if len(key) < SHORTEST:
        return f"は、{SHORTEST}文字以上にしてください"
    if any(words in key for words in _EXAMPLES):
        return "が、見本の文のままです"
    if len(set(_PLACEHOLDER.sub("", key.lower()))) < _DIFFERENT:
        return "は、かんたんに当てられます"
    if sum(ord(after) - ord(before) in (0, 1) for before, after in pairwise(key)) > len(key) // 2:
        return "は、順番にならんだ文字なので、かんたんに当てられます"
    return ""
