"""Users who press the buttons that they really received: book, cancel, book again, move, give up."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass

from intents.booking.questions import slot_data
from intents.slots import Slot
from tests.chaos.plan import Plan
from tests.chaos.post import Post
from tests.chaos.reading import Messages, Reader, buttons
from tests.support import events

_PRESSES = (1, 2, 2)  # of one button that is not answered
_STEPS = 6  # of one booking
_WHOM, _TOPICS = ("1s", "1s", "1f", "2s"), ("setagaya", "tokyo", "both", "unsure")


@dataclass(frozen=True, slots=True)
class Press:
    """A button that a user pressed, as LINE sends it."""

    event: str
    token: str
    user: str
    data: str


class Crowd:
    """All users of a round. `log` is what they were told, in order: (reply token or user id, messages)."""

    def __init__(self, plan: Plan, seed: int, reader: Reader, post: Post) -> None:
        self.plan, self._seed, self._reader, self.post = plan, seed, reader, post
        self.presses: list[Press] = []
        self.log: list[tuple[str, Messages]] = []
        self._pushed: dict[str, list[Messages]] = defaultdict(list)
        self._expected: dict[str, asyncio.Future[Messages]] = {}
        self._loop = asyncio.get_running_loop()

    def hear(self, name: str, messages: Messages) -> None:
        """From the stand-in's thread: somebody was told something."""
        self.log.append((name, messages))
        with suppress(RuntimeError):  # everybody has gone
            self._loop.call_soon_threadsafe(self._arrived, name, messages)

    def _arrived(self, name: str, messages: Messages) -> None:
        if name.startswith("U"):
            self._pushed[name].append(messages)
        waiting = self._expected.pop(name, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(messages)

    async def live(self) -> None:
        """Everybody comes, does what she wants, and goes."""
        await asyncio.gather(*(_User(self, number, self._seed).live() for number in range(self.plan.users)))
        await self.post.close()

    async def is_offered(self, user: str) -> bool:
        """Whether a freed place is offered to her while she cares to wait."""
        end = self._loop.time() + self.plan.patience
        while self._loop.time() < end:
            if any(buttons(one, "offer") for one in self._pushed[user]):
                return True
            await asyncio.sleep(0.1)
        return False

    async def press(self, user: str, data: str, times: int) -> Messages:
        """The answer, a reply or a receipt pushed in its place; without one she presses again, and goes
        (_Gone) after so many `times`."""
        for _ in range(times):
            event, before = events.tap(data, user), len(self._pushed[user])
            self.presses.append(Press(event["webhookEventId"], event["replyToken"], user, data))
            answer = self._expected[event["replyToken"]] = self._loop.create_future()
            await self.post.deliver(event)
            try:
                return await asyncio.wait_for(answer, self.plan.patience)
            except TimeoutError:
                told = [one for one in self._pushed[user][before:] if self._reader.told(one)]
                if told:
                    return told[-1]
        raise _Gone


class _Gone(Exception):
    """Nobody answers her: she gives up."""


class _User:
    """One person with her own chance."""

    def __init__(self, crowd: Crowd, number: int, seed: int) -> None:
        self._crowd, self._id = crowd, f"U{number:032x}"
        self._chance = random.Random(f"{seed}/{number}")
        self._waited, self._times = False, self._chance.choice(_PRESSES)
        self._mine = {f"slot:{slot_data(slot)}" for slot in crowd.plan.slots}

    async def live(self) -> None:
        if self._chance.random() < 0.6:  # the others stand ready when booking opens
            await asyncio.sleep(self._chance.uniform(0, self._crowd.plan.spread))
        with suppress(_Gone):
            if self._chance.random() < 0.05:  # looks at a place, and goes away
                await self._press(self._chance.choice(sorted(self._mine)))
                return
            for _ in range(self._chance.choice((1, 1, 1, 3))):
                await self._try_to_book()

    async def _try_to_book(self) -> None:
        """Up to three wishes; who is refused may wait for a place that somebody gives back."""
        for _ in range(3):
            answer = await self._book()
            if _is_receipt(answer):
                return await self._think_again(answer)
            waiting = buttons(answer, "wait")
            if waiting and not self._waited and self._chance.random() < 0.3:
                self._waited = True
                await self._press(waiting[0])
                if await self._crowd.is_offered(self._id):
                    answer = await self._walk("offer", "bookit")
                    if _is_receipt(answer):
                        return await self._think_again(answer)

    async def _press(self, data: str) -> Messages:
        return await self._crowd.press(self._id, data, self._times)

    def _slot(self) -> Slot:
        return self._chance.choice(self._crowd.plan.slots)

    async def _book(self) -> Messages:
        """By one forged button, or through all the questions. The last answer."""
        if self._chance.random() < 0.5:
            key, whom = f"{self._chance.getrandbits(64):016x}", self._chance.choice(_WHOM)
            parts = ("bookit", slot_data(self._slot()), whom, self._chance.choice(_TOPICS), key)
            return await self._press(":".join(parts))
        return await self._walk(f"slot:{slot_data(self._slot())}", "bookit")

    async def _walk(self, data: str, last: str) -> Messages:
        """From question to question, until a button that begins with `last` was pressed. The last answer."""
        for _ in range(_STEPS):
            answer = await self._press(data)
            offered = [one for one in buttons(answer, "slot") if one in self._mine]
            found = (buttons(answer, last), buttons(answer, "who"), buttons(answer, "topic"), offered)
            choices = next(filter(None, found), [])
            if data.startswith(last) or not choices:
                break
            data = self._chance.choice(choices)
        return answer

    async def _think_again(self, receipt: Messages) -> None:
        """Some cancel, and of those some take it back or book anew; some move to another time."""
        chosen = self._chance.random()
        if chosen < 0.4:
            sure = await self._press(buttons(receipt, "cancel")[0])
            gone = await self._press(buttons(sure, "cancelit")[0]) if buttons(sure, "cancelit") else sure
            if (undo := buttons(gone, "undo")) and self._chance.random() < 0.4:
                await self._press(undo[0])
            else:
                await self._book()
        elif chosen < 0.7:
            await self._press(buttons(receipt, "change")[0])
            await self._walk(f"slot:{slot_data(self._slot())}", "moveit")


def _is_receipt(answer: Messages) -> bool:
    """Whether it has the buttons of a booking."""
    return bool(buttons(answer, "cancel") and buttons(answer, "change"))
