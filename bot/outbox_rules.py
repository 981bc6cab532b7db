"""The rules of the outbox: who may push a notice, when, and what becomes of it. Each is one transaction.

A sender that dies leaves a lease that runs out; the next one repeats the push with the same retry
key, and LINE answers 409 to what it had. Moments are epoch seconds.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from intents.ledger.notices import KEY_SECONDS, REMINDERS, Notice, NoticeKind, in_daytime, notice_id
from intents.ledger.pages import Pages, booking_at, deleted_at, hold_at, person_at

LEASE = 30  # seconds; longer than a push may take
LONGEST_PAUSE = 300  # seconds between two tries
RESERVE = 20  # pushes of the month that reminders leave to what matters more
_LEFT = dict.fromkeys(REMINDERS, RESERVE) | {"offer": 10, "waiting_over": 10}  # by each kind; the others: 0
_AWAKE = 3600  # seconds: who has just done something is not woken by its confirmation
_KEYS = uuid.UUID("5c0b1f0e-7f0a-4a53-9d0c-2f6a4c1d8e27")  # any, but always the same
_CONFIRMING: tuple[NoticeKind, ...] = ("receipt", "changed", "cancelled", "restored")

Why = Literal[
    "quota",  # the month's messages were used up, or kept for what matters more
    "late",  # no sender ran in time
    "failed",  # tried, and LINE did not take it in time
    "refused",  # LINE says that it cannot be sent: no such person, or a faulty message
    "address",  # sealed with another SECRET_KEY
]


def retry_key(name: str) -> str:
    """LINE's X-Line-Retry-Key of a notice: always the same for the same one."""
    return str(uuid.uuid5(_KEYS, name))


@dataclass(frozen=True, slots=True)
class Budget:
    """How many pushes are left in this month (None: any number), as read; the next look is at `until`.

    `refused`: LINE itself has said that there are none.
    """

    left: int | None = None
    until: int = 0
    refused: bool = False

    def withholds(self, kind: NoticeKind) -> bool:
        """Reminders stop at the reserve, offers in its middle, what tells of one's own booking at nothing."""
        return self.left is not None and self.left <= _LEFT.get(kind, 0)

    def spent(self) -> Budget:
        return self if self.left is None else replace(self, left=self.left - 1)

    def returned(self) -> Budget:
        return self if self.left is None or self.refused else replace(self, left=self.left + 1)


def lease(pages: Pages, name: str, now: int, budget: Budget) -> Notice | None:
    """The notice, to be pushed by the caller alone until LEASE is over.

    None: another has it, it is no longer true, it must wait (night, quota), or its time is over.
    """
    page = pages.get("notice", name)
    if page is None or page["due"] > now:
        return None
    notice = Notice.from_json(page)
    quota = page.get("why") == "quota"
    if _is_untrue(pages, notice):
        pages.put("notice", name, None)
    elif now >= notice.expires or (notice.first_try and now >= notice.first_try + KEY_SECONDS):
        give_up(pages, name, "quota" if quota else "failed" if notice.tries else "late", now)
    elif (morning := _not_before(notice, now, delayed=quota)) > now:
        _put_off(pages, notice, morning)
    elif budget.withholds(notice.kind):
        _put_off(pages, notice, budget.until, "quota")
    else:
        leased = replace(notice, due=now + LEASE, tries=notice.tries + 1, first_try=notice.first_try or now)
        pages.put("notice", name, leased.to_json())
        return leased
    return None


def _is_untrue(pages: Pages, notice: Notice) -> bool:
    """Whether what it tells has changed since: another notice tells that, where there is need."""
    if notice.kind == "offer":
        hold = hold_at(pages, f"offer:{notice.user}")
        return hold is None or (hold.slot, hold.until) != (notice.slot, notice.until)
    if not notice.reference:
        return False
    booking = booking_at(pages, notice.reference)
    # Its id and not its version alone: the reference may be another person's by now.
    if booking is None or notice.id != notice_id(notice.kind, booking):
        return True
    return notice.kind in REMINDERS and (booking.state != "booked" or person_at(pages, notice.user).quiet)


def _not_before(notice: Notice, now: int, *, delayed: bool) -> int:
    """Nothing comes at night, but for the confirmation of what the person has just done herself."""
    begun = notice.first_try or notice.due
    if notice.kind in _CONFIRMING and not delayed and now < begun + _AWAKE:
        return now
    return in_daytime(now)


def _put_off(pages: Pages, notice: Notice, until: int, why: str = "") -> None:
    page = replace(notice, due=min(until, notice.expires)).to_json()
    pages.put("notice", notice.id, page | ({"why": why} if why else {}))


def sent(pages: Pages, name: str) -> None:
    """LINE has it: nothing of it is kept."""
    pages.put("notice", name, None)


def again(pages: Pages, name: str, now: int) -> None:
    """LINE did not take it: once more after 2, 4, 8 … seconds, with the same retry key."""
    page = pages.get("notice", name)
    if page is not None:
        pages.put("notice", name, page | {"due": now + min(2 ** page["tries"], LONGEST_PAUSE)})


def withheld(pages: Pages, name: str, until: int) -> None:
    """LINE refused it for the month's limit: this was no try, and it waits for the next reading."""
    page = pages.get("notice", name)
    if page is None:
        return
    notice = Notice.from_json(page)
    first = notice.first_try if notice.tries > 1 else 0
    _put_off(pages, replace(notice, tries=notice.tries - 1, first_try=first), until, "quota")


def hasten(pages: Pages, names: Iterable[str], now: int) -> None:
    """The reply that should have told them surely did not: they are due at once."""
    for name in names:
        page = pages.get("notice", name)
        if page is not None and not page["tries"]:
            pages.put("notice", name, page | {"due": min(page["due"], now)})


def give_up(pages: Pages, name: str, why: Why, now: int) -> None:
    """Off to the list for staff: what could not be told, of which visit, and why; not to whom."""
    page = pages.get("notice", name)
    if page is None:
        return
    notice = Notice.from_json(page)
    unsent = {
        "kind": notice.kind,
        "reference": notice.reference,
        "venue": notice.slot.venue,
        "day": notice.slot.day.isoformat(),
        "time": f"{notice.slot.time:%H:%M}",
        "why": why,
        "at": now,
        "due": deleted_at(notice.slot.day),
    }
    # Its retry key for a name: the id of an offer holds the person's hash.
    pages.put("unsent", retry_key(name), unsent)
    pages.put("notice", name, None)
