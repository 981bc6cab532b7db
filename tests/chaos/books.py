"""What the store holds: the pages of the ledger, and the tickets that nobody has answered."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis

from bot.store.base import Ledger
from bot.store.redis_client import TAG
from intents.bookings import Booking
from intents.ledger.notices import Notice
from intents.ledger.pages import Claims, Json, claims_of
from tests.support.sending import SECRET_KEY

_TELLING = ("receipt", "changed", "cancelled", "restored", "closure")


@dataclass(frozen=True, slots=True)
class Books:
    """The pages as they lie in the store at one moment."""

    places: dict[str, Claims]  # slot key → desk → (holder, until)
    bookings: dict[str, Booking]
    holds: dict[str, Json]
    notices: dict[str, Notice]
    unsent: dict[str, Json]

    @classmethod
    def of(cls, ledger: Ledger) -> Books:
        return cls(
            {key: claims_of(page) for key, page in ledger.shelf("place").items()},
            {key: Booking.from_json(page) for key, page in ledger.shelf("booking").items()},
            ledger.shelf("hold"),
            {key: Notice.from_json(page) for key, page in ledger.shelf("notice").items()},
            ledger.shelf("unsent"),
        )

    def to_tell(self) -> list[Notice]:
        """What must arrive and has not been told."""
        return [one for one in self.notices.values() if one.kind in _TELLING]

    def over(self, now: float) -> list[str]:
        """Holders whose time was over at `now` (epoch seconds), in whatever page."""
        claims = [claim for desks in self.places.values() for claim in desks.values()]
        kept = {holder for holder, until in claims if until and until <= now}
        return sorted(kept | {holder for holder, page in self.holds.items() if page["due"] <= now})


def hash_of(user: str) -> str:
    """The hash under which the desk keeps a user."""
    key = hashlib.sha256(SECRET_KEY.encode()).digest()
    return hmac.new(key, user.encode(), hashlib.sha256).hexdigest()[:32]


def waiting_in(url: str) -> Callable[[], int]:
    """Counts the tickets in the store at `url` that are not answered."""
    if not url.startswith("sqlite:///"):
        client = redis.Redis.from_url(url)
        return lambda: int(client.zcard(f"{TAG}:waiting"))
    path = Path(url.removeprefix("sqlite:///"))

    def count() -> int:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            return int(db.execute("SELECT count(*) FROM events WHERE said IS NOT NULL").fetchone()[0])
        finally:
            db.close()

    return count
