"""Whether an English sentence asks for a PIN or password here."""

from __future__ import annotations

import re

_SECRET = (
    r"\b(?:pins?|pin (?:code|number)s?|passwords?|passcodes?|pass codes?|secret (?:number|code)s?"
    r"|(?:security|verification) code|(?:four|4|six|6)[- ]?digits?(?: (?:number|code))?)\b"
)
_TELL = (
    r"(?:send|tell|give|share|write|text|reply with|message|post|say|show|provide|submit|email|mail|state"
    r"|read out|let (?:us|me|staff) (?:know|have)|type|enter|input|key in|put in|fill in|confirm)"
)
_BETWEEN = (
    r"(?:(?!\b(?:if|that|when|whether|about|which|what|how|where|who|why|not|never|without|forgot\w*|lost"
    r"|before|after|new)\b)[^.!?]){0,40}?"
)
_IMPERATIVE = re.compile(
    rf"(?:^|[,;:(] ?|\b(?:please|kindly|and|then|to|must|should|can|may|will|just|now|you|or)\s+)"
    rf"(?P<verb>{_TELL})\b{_BETWEEN}{_SECRET}"
)
_ASKED = re.compile(
    rf"\bwhat(?:'s| is| was) (?:your|the) (?:\w+ )?{_SECRET}|^(?:your |the )?{_SECRET},? please\b|\byour {_SECRET}\s*\?"
    rf"|\b(?:we|i|staff) (?:will |must |also |do )?(?:need|require|ask for|want) (?:your|the) (?:\w+ )?{_SECRET}"
)
_DENIED = re.compile(
    r"\b(?:never|not|nobody|no one|without|avoid|refuse|cannot|scams?|frauds?|anyone|someone|caller|asks|asked)\b|n't\b"
)
_REMINDER = re.compile(r"\b(?:do not|don't|never) forget to\b")
_ENTERED = re.compile(r"type|enter|input|key in|put in|fill in")
_PLACES = re.compile(
    r"\b(?:in|into|on) (?:the|your|their) (?:own )?(?:\w+ )?(?:app|phone|smartphone|screen|device|card|machine)\b"
    r"|\bat the (?:\w+ )?counter\b|\b(?:yourself|themselves|himself|herself)\b|\bin (?:setagaya pay|the tokyo app)\b"
)
_HERE = re.compile(r"\b(?:here|in this chat|in line|in the chat|in a message|by message|in your reply)\b")


def asks(words: str) -> bool:
    """`words`: one sentence, in lower case and half width."""
    if _ASKED.search(words) and not _DENIED.search(words):
        return True
    words = _REMINDER.sub("", words).strip()
    for found in _IMPERATIVE.finditer(words):
        entered = _ENTERED.fullmatch(found["verb"]) and not _HERE.search(words)
        if not _DENIED.search(words[: found.end()]) and not (entered and _PLACES.search(words)):
            return True
    return False
