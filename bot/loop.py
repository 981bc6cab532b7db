"""The event loop that waits on the network, so that no thread has to.

`madoguchi serve` runs the HTTP server and the calls to LINE in one loop; the worker, the practice page
and the tests start one in a thread. What blocks (the store, the desk's thinking) runs beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

try:
    import uvloop as loops
except ImportError:  # not made for every system; asyncio's own does the same, slower
    loops = asyncio  # type: ignore[misc]

T = TypeVar("T")
Loop = asyncio.AbstractEventLoop


def start_loop(name: str = "network") -> Loop:
    """A loop that runs in a daemon thread of its own, until `stop_loop`."""
    loop: Loop = loops.new_event_loop()
    Thread(target=loop.run_forever, name=name, daemon=True).start()
    return loop


def stop_loop(loop: Loop) -> None:
    """Ends what `start_loop` began; what still runs in it is dropped."""
    loop.call_soon_threadsafe(loop.stop)


def call_from_thread(loop: Loop, work: Callable[..., object], *args: object) -> bool:
    """Have the loop do `work` soon; safe from every thread. False where the loop has ended."""
    try:
        loop.call_soon_threadsafe(work, *args)
    except RuntimeError:
        return False
    return True


def wait_from_thread(loop: Loop, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, done in the loop; never call it from the loop's own thread."""
    future: Future[T] = asyncio.run_coroutine_threadsafe(work, loop)
    return future.result()
