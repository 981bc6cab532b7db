"""No PIN is ever at rest: hundreds of secrets through every path that can fail, then a search of
every byte that was written. Short digits turn up by chance in any log, so the secrets are long, and
the messages carry a mark of their own that must not be found either.
"""

from __future__ import annotations

import itertools
import random
import signal
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import events
from tests.support.desk import DeskUnderTest, texts_of
from tests.support.line import StandInLine
from tests.support.patience import PATIENCE
from tests.support.process import ServerProcess, desk_server
from tests.support.redis import RealRedis
from tests.support.traces import forms_of, traces, written_in

_KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"


class Typist:
    """Invents secrets and the messages that hold them; remembers both."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.secrets: list[str] = []

    def message(self) -> str:
        """A message with a secret that the guard must refuse."""
        letters = "".join(self.chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=7))
        digits = "".join(self.chance.choices("23456789", k=7))
        mark = "".join(self.chance.choices(_KANA, k=14))
        secret = letters + digits
        if self.chance.random() < 0.3:
            secret = secret.lower()
        if self.chance.random() < 0.3:
            secret = "".join(chr(ord(c) + 0xFEE0) for c in secret)
        self.secrets += [secret, mark]
        wording = self.chance.choice(
            ("署名用の暗証番号は{}です。{}", "{}　これで合っていますか　{}", "パスワード：{} {}", "暗証番号じゃないけど{} {}")
        )
        return wording.format(secret, mark)


def slips(typist: Typist, count: int) -> list[dict[str, Any]]:
    """Events of every kind that can carry typed text."""
    made: list[dict[str, Any]] = []
    for number in range(count):
        words, user = typist.message(), f"U{number % 25:032x}"
        made.append(
            (
                events.text(words, user),
                events.text(words, user, group=events.GROUP),
                events.event("messageEdited", user, events.GROUP, message={"type": "text", "id": "e", "text": words}),
                events.message("sticker", user, text=words, keywords=[words]),
                events.message("file", user, fileName=words + ".txt", fileSize=5),
                events.message("location", user, title=words, address=words, latitude=35.6, longitude=139.6),
                events.event("postback", user, postback={"data": words, "params": {"date": words}}),
                events.text(words, user) | {"surprise": words, "type": "message"},
            )[number % 8]
        )
    return made


def post(port: int, body: bytes, signature: str | None = None) -> int:
    """The status; 0 where the server was gone."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/callback", body, {"x-line-signature": signature or events.signed(body)}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def type_them(port: int, made: list[dict[str, Any]], typist: Typist) -> None:
    """Plain, beside a malformed neighbour, redelivered, with a bad signature, cut off, and unsent."""
    for number, event in enumerate(made):
        body = events.webhook({"type": "message", "message": 5}, event, {"mode": typist.secrets[-1]})
        post(port, body)
        if number % 3 == 0:
            event["deliveryContext"] = {"isRedelivery": True}
            post(port, events.webhook(event))
        if number % 5 == 0:
            post(port, body, "forged")
            post(port, body[:-9])
        if number % 7 == 0:
            post(port, events.webhook(events.event("unsend", unsend={"messageId": event.get("message", {}).get("id")})))


def outgoing(line: StandInLine) -> Iterator[tuple[str, bytes]]:
    yield "messages to LINE", repr(list(line.replies.values())).encode()
    yield "pushed to LINE", repr(line.pushes).encode()


@pytest.fixture(params=["sqlite", "redis"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[ServerProcess, StandInLine, Any]]:
    """A real server with debug logging on, its store below `tmp_path`, and LINE's stand-in."""
    with StandInLine() as line:
        if request.param == "sqlite":
            with desk_server(tmp_path, line.url, LOG_LEVEL="DEBUG") as server:
                yield server, line, None
        else:
            with (
                RealRedis(tmp_path) as redis,
                desk_server(tmp_path, line.url, LOG_LEVEL="DEBUG", STORE_URL=redis.url) as server,
            ):
                yield server, line, redis


@pytest.mark.proof
def test_nothing_of_a_secret_is_written_anywhere(
    running: tuple[ServerProcess, StandInLine, Any], tmp_path: Path
) -> None:
    server, line, redis = running
    typist = Typist(20260803)
    line.statuses = [500, 429, 200, 400, 503] * 8
    type_them(server.port, slips(typist, 60), typist)
    line.drop = 20
    type_them(server.port, slips(typist, 40), typist)
    line.latency = 6.0  # longer than the time limit of a call
    type_them(server.port, slips(typist, 8), typist)
    line.latency = 0.0
    if redis is not None:
        redis.kill()
        type_them(server.port, slips(typist, 3), typist)
        redis.start()
    made = slips(typist, 40)
    killer = threading.Timer(0.3, lambda: server.stop(signal.SIGKILL))
    killer.start()
    type_them(server.port, made, typist)
    killer.join()
    server.start()
    type_them(server.port, slips(typist, 20), typist)
    server.stop()  # finishes what is under way
    sinks = [*written_in(tmp_path), *outgoing(line)]
    assert len(typist.secrets) >= 300 and sum(len(data) for _, data in sinks) > 20_000
    assert b"pin_refused" in (tmp_path / "server.log").read_bytes()
    assert traces(typist.secrets, sinks) == []


def test_the_warning_repeats_nothing_of_the_message(desk: DeskUnderTest) -> None:
    typist = Typist(7)
    for event in slips(typist, 16):
        said = texts_of(desk.ask(event))
        assert traces(typist.secrets, [("reply", "\n".join(said).encode())]) == []


def test_the_warning_is_the_same_whatever_the_number(desk: DeskUnderTest) -> None:
    """Nobody can learn from the reply whether a number is right."""
    answers = {
        tuple(desk.say(f"暗証番号は{number}です", user=f"U{number:0>32}")) for number in ("0000", "4649", "8253")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("bot.webhook.judge", marks=pytest.mark.provokes("event_failed")),
        pytest.param("bot.answering.respond", marks=pytest.mark.provokes("desk_failed")),
        pytest.param("bot.answering.messages_of", marks=pytest.mark.provokes("answer_failed")),
    ],
)
def test_a_mistake_of_ours_writes_nothing_of_the_message(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, broken: str
) -> None:
    """Whatever function fails, with the text in its arguments or its message: no trace of it."""

    def fail(*args: object) -> None:
        raise RuntimeError(f"{args}")

    typist = Typist(9)
    monkeypatch.setattr(broken, fail)
    for event in slips(typist, 16):
        desk.send(event)
    desk.is_quiet()
    out, err = capfd.readouterr()
    sinks = [("out", out.encode()), ("err", err.encode()), *written_in(tmp_path)]
    assert traces(typist.secrets, sinks) == []


class TestTheSearchCanSee:
    """The proof that the search is no blind eye: a planted leak is found, in each form."""

    SECRET = "ＡＢＣｄｅｆ1234567"

    @pytest.mark.parametrize("form", sorted(forms_of(SECRET)))
    def test_a_planted_leak_is_found(self, tmp_path: Path, form: str) -> None:
        (tmp_path / "journal").write_bytes(b"x" * 1000 + forms_of(self.SECRET)[form] + b"y" * 1000)
        assert traces([self.SECRET], written_in(tmp_path))

    @pytest.mark.parametrize("before, after", itertools.product(("", "a", "ab", "窓"), ("", "c", "窓口")))
    def test_inside_a_longer_base64_text_too(self, before: str, after: str) -> None:
        import base64

        whole = base64.b64encode((before + self.SECRET + after).encode())
        assert traces([self.SECRET], [("x", whole)])

    def test_a_text_that_was_let_through_is_found_in_the_store(self, desk: DeskUnderTest, tmp_path: Path) -> None:
        """A safe message does stand in the ticket until it is answered: the search sees it there."""
        words = "もちものはなんですかというながいしつもん"
        desk.line.latency = 1.0
        desk.send(events.text(words))
        assert traces([words], written_in(tmp_path))

    def test_nothing_is_found_where_nothing_is(self, tmp_path: Path) -> None:
        (tmp_path / "journal").write_bytes(b"nothing of the kind" * 100)
        assert traces([self.SECRET], written_in(tmp_path)) == []
