"""LINE user ids under lock: a push needs the id itself, which must not lie readable in the store."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_LABEL = b"madoguchi: sealed LINE user ids"  # so that no other use of SECRET_KEY has this key


class SealError(Exception):
    """Not sealed with this key, or changed since. Carries nothing of it."""


def _fernet(secret_key: str) -> Fernet:
    key = hmac.new(secret_key.encode(), _LABEL, hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class Seal:
    """Seals with a key that follows from SECRET_KEY, and opens what an old one has sealed; who has only the
    store reads nothing."""

    def __init__(self, secret_key: str, *old: str) -> None:
        self._fernet = MultiFernet([_fernet(key) for key in (secret_key, *old)])

    def seal(self, user_id: str) -> str:
        """Different every time, so that two seals cannot be seen to be the same person's."""
        # Fernet would note the moment in clear; when somebody wrote is nobody's business.
        return self._fernet.encrypt_at_time(user_id.encode(), 0).decode()

    def open(self, sealed: str) -> str:
        """The user id. SealError where SECRET_KEY is another one now, or the text was changed."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealError from None
