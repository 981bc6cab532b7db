"""Many at once, somebody slow, somebody hasty, LINE in trouble: everybody reads what one alone would read."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from bot import server as serving
from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.line import Line, LineError
from bot.loop import wait_from_thread
from bot.pace import MOST, Pace
from intents.ledger.places import MOST_OFFERS
from tests.conftest import FIRST_MORNING, ROOT
from tests.support import events
from tests.support.desk import DeskUnderTest, texts_of
from tests.support.line import StandInLine
from tests.support.patience import until
from tests.support.process import desk_server, free_port

# What sixteen people talk about; nobody books, so that nobody takes a place from another.
TALKS = (
    ("持ち物は何ですか", "どこでやっていますか", "費用はかかりますか", "ありがとう"),
    ("もちものを おしえて ください", "どこに いけば いいですか", "でんわばんごうは？"),
    ("What should I bring?", "Where is it?", "Is it free?", "Thank you"),
    ("暗証番号を忘れました", "署名用の暗証番号は何文字ですか", "4けたのほうは？"),
    ("暗証番号は4649です", "すみません", "持ち物は何ですか"),
    ("母の代わりに行けますか", "駐車場はありますか", "土日もやっていますか"),
    ("東京アプリのポイントはいつまで？", "せたがやPayのやり方を教えて"),
    ("まどぐち どこ", "？？？", "電話で聞きたい", "持ち物は何ですか。費用はいくらですか"),
)


REFERENCE = re.compile("[ぁ-んー]{2,}-[0-9]{2,3}")  # everybody has one of his own


def person(number: int) -> str:
    return f"U{number:032x}"


def talked(desk: DeskUnderTest, number: int, rounds: int) -> list[list[str]]:
    """What person `number` reads, message after message."""
    words = TALKS[number % len(TALKS)] * rounds
    return [[REFERENCE.sub("…", text) for text in desk.say(one, person(number))] for one in words]


class TestTogether:
    def test_sixteen_at_once_read_what_each_reads_alone_while_staff_save(
        self, tmp_path: Path, line: StandInLine, practice: Edition
    ) -> None:
        start = FIRST_MORNING
        shutil.copytree(ROOT / "faq", tmp_path / "faq")
        folder = tmp_path / "faq" / "practice"
        alone = {}
        with DeskUnderTest(tmp_path / "alone", line, PracticeClock(start), practice) as desk:
            for number in range(len(TALKS)):
                alone[number] = talked(desk, number, 3)
        with DeskUnderTest(
            tmp_path / "many", line, PracticeClock(start), practice, faq_dir=folder, indexes=tmp_path / "index"
        ) as desk:
            saving = threading.Thread(target=save_four_edits, args=(desk, tmp_path / "faq" / "visit.yaml"))
            saving.start()
            with ThreadPoolExecutor(16) as pool:
                read = list(pool.map(lambda number: talked(desk, number, 3), range(16)))
            saving.join()
            assert desk.running.library.faults == ()
        for number, texts in enumerate(read):
            assert texts == alone[number % len(TALKS)], number

    def test_a_good_edit_after_two_hundred_good_and_bad_ones_goes_live(
        self, tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The watcher lives through every kind of fault: bad content, a vanished file, a mistake of ours."""
        from bot import knowledge
        from bot.knowledge import ContentError, Library

        (tmp_path / "x.yaml").write_text("")
        library = Library(tmp_path, edition)
        library.rounds.after_fault = library.rounds.period = 0.001
        outcomes = [ContentError(()), OSError(), RuntimeError("SudachiError"), MemoryError(), edition]
        seen: list[int] = []

        def built(_: Path, __: object = None) -> Edition:
            seen.append(len(seen))
            outcome = outcomes[len(seen) % len(outcomes)]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(knowledge, "load_for_desk", built)
        library.watch()
        for number in range(200):
            (tmp_path / "x.yaml").write_text("#" * number)
            assert until(lambda number=number: len(seen) > number)  # type: ignore[misc]
        assert library.rounds.is_alive
        outcomes[:] = [edition]
        (tmp_path / "x.yaml").write_text("# good")
        assert until(lambda: library.state() == ["content: ok"])
        library.close()


def save_four_edits(desk: DeskUnderTest, path: Path) -> None:
    """Each waited for, so that all four go live."""
    for number in range(4):
        before = desk.running.library.edition
        path.write_text(path.read_text(encoding="utf-8") + f"\n# {number}\n", encoding="utf-8")
        assert until(lambda before=before: desk.running.library.edition is not before)  # type: ignore[misc]


HALF = b"POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Line-Sig"


class TestSlowStrangers:
    def test_forty_half_open_connections_keep_nobody_out(self, tmp_path: Path) -> None:
        with StandInLine() as line, desk_server(tmp_path, line.url) as server:
            half = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
            for one in half:
                one.sendall(HALF)
            asked = [events.text("持ち物は何ですか", person(number)) for number in range(20)]
            assert [post(server.port, events.webhook(one)) for one in asked] == [200] * 20
            assert server.is_ready()
            for one in asked:
                line.wait_reply(one["replyToken"])
            assert [is_open(one) for one in half] == [True] * 40  # nobody had to be shut out for it
            for one in half:
                one.close()

    def test_whoever_does_not_finish_the_head_is_let_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(serving, "HEAD_SECONDS", 0.2)
        with served() as port:
            silent, half = (socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(2))
            half.sendall(HALF)
            assert silent.recv(1) == b"" and half.recv(1) == b""

    def test_a_kept_connection_that_begins_again_and_stops_is_let_go(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(serving, "HEAD_SECONDS", 0.2)
        with served() as port:
            kept = socket.create_connection(("127.0.0.1", port), timeout=60)
            kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"404" in kept.recv(1000)
            kept.sendall(HALF)
            assert kept.recv(1000) == b""

    def test_a_head_without_end_is_let_go(self) -> None:
        with served() as port:
            endless = socket.create_connection(("127.0.0.1", port), timeout=60)
            with pytest.raises(OSError):
                endless.sendall(b"GET / HTTP/1.1\r\n")
                for _ in range(10_000):
                    endless.sendall(b"X-A: " + b"a" * 1000 + b"\r\n")

    def test_a_body_that_does_not_come_is_refused_by_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from bot import door

        monkeypatch.setattr(door, "BODY_SECONDS", 0.2)
        with served(door.Door(nothing_here, None)) as port:  # type: ignore[arg-type]
            slow = socket.create_connection(("127.0.0.1", port), timeout=60)
            slow.sendall(b"POST /callback HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
            assert b"408" in slow.recv(1000)


async def nothing_here(_scope, _receive, send) -> None:  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@contextmanager
def served(application=nothing_here) -> Iterator[int]:  # type: ignore[no-untyped-def]
    """An application on the desk's own server, in a thread. The port."""
    port = free_port()
    config = serving._config(application, port=port)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert until(lambda: server.started)
    try:
        yield port
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def post(port: int, body: bytes) -> int:
    """The status of one webhook, on a connection of its own."""
    head = f"POST /callback HTTP/1.1\r\nHost: x\r\nx-line-signature: {events.signed(body)}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as one:
        one.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return int(one.recv(1000).split()[1])


def is_open(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        return one.recv(1) != b""
    except BlockingIOError:
        return True


class TestLineInTrouble:
    def test_an_answer_whose_head_drips_is_given_up_as_a_whole(self) -> None:
        with dripping(b"HTTP/1.1 200 OK\r\n" + b"x" * 1000) as (url, dripped):
            with pytest.raises(LineError) as caught:
                call(Line(url, "t", patience=0.3))
            assert caught.value.may_have_arrived and dripped() < 1000

    def test_an_answer_whose_body_drips_is_known_by_its_status(self) -> None:
        with dripping(b"Z" * 1000, head=b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n") as (url, dripped):
            call(Line(url, "t", patience=0.3))
            assert dripped() < 1000

    def test_an_answer_without_end_is_cut(self) -> None:
        with dripping(b"Z" * 10_000_000, head=b"HTTP/1.1 200 OK\r\n\r\n", at_once=65_000) as (url, dripped):
            call(Line(url, "t", patience=30.0))
            assert dripped() < 10_000_000

    def test_while_line_resets_everybody_is_asked_for_again_in_order(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.answering._PAUSES", (0.01, 0.02))
        desk.line.drop = 96  # six tries of each of sixteen people
        asked = [[events.text(words, person(n)) for words in TALKS[0]] for n in range(16)]
        for of_one in asked:
            assert desk.send(*of_one) == 200
        assert desk.line.wait_for(16 * len(TALKS[0]), 60)
        for of_one in asked:
            tokens = [one["replyToken"] for one in of_one]
            assert [token for token in desk.line.replies if token in tokens] == tokens

    def test_an_answer_that_never_arrived_is_spoken_of_the_next_time_once(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("bot.answering._PAUSES", (120.0,))  # beyond the token's life
            desk.line.statuses = [500]
            desk.send(events.text("持ち物は何ですか"))
            desk.is_quiet()
        first = desk.say("費用はかかりますか")
        assert "さきほどのお返事は、届かなかったようです" in first[0]
        assert "届かなかった" not in str(desk.say("費用はかかりますか"))


def call(line: Line) -> None:
    wait_from_thread(line.loop, line.reply("token", [{}]))


@contextmanager
def dripping(data: bytes, head: bytes = b"", at_once: int = 1) -> Iterator[tuple[str, Callable[[], int]]]:
    """A stand-in for LINE that sends `head`, then `data` a little at a time. Its URL, and how much it sent."""
    sent = [0]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        try:
            for at in range(0, len(data), at_once):
                writer.write(data[at : at + at_once])
                await writer.drain()
                sent[0] += at_once
                await asyncio.sleep(0.05 if at_once == 1 else 0)
        except ConnectionError:
            pass
        finally:
            writer.close()

    started, ports, stop = threading.Event(), [0], asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ports[0] = server.sockets[0].getsockname()[1]
        loops.append(asyncio.get_running_loop())
        started.set()
        await stop.wait()

    loops: list[asyncio.AbstractEventLoop] = []
    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    started.wait()
    try:
        yield f"http://127.0.0.1:{ports[0]}", lambda: sent[0]
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join()


    @pytest.mark.provokes("answer_failed")
    @pytest.mark.parametrize("broken", ["bot.line.Line.reply", "bot.answering.Answering._finish"])
    def test_a_mistake_on_the_way_to_line_or_after_it_closes_no_lane(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch, broken: str
    ) -> None:
        def mistaken(*_: object) -> None:
            raise ZeroDivisionError("ひみつのことば")

        with monkeypatch.context() as patch:
            patch.setattr(broken, mistaken)
            desk.send(events.text("持ち物は何ですか"))
            desk.is_quiet()
        assert "マイナンバーカード" in str(desk.say("持ち物は何ですか"))


class TestAHastyPerson:
    def test_two_hundred_presses_are_all_answered_and_the_later_ones_politely(
        self, desk: DeskUnderTest
    ) -> None:
        presses = [events.tap("entry:bring") for _ in range(200)]
        for press in presses:
            assert desk.send(press) == 200
        assert desk.line.wait_for(200, 60)
        read = [texts_of(desk.line.replies[press["replyToken"]])[0] for press in presses]
        assert sum("少しお休みしています" in text for text in read) == 200 - MOST
        assert "マイナンバーカード" in desk.say("持ち物は何ですか", person(2))[0]

    def test_two_hundred_presses_on_waiting_and_declining_push_next_to_nothing(
        self, desk: DeskUnderTest, clock: PracticeClock
    ) -> None:
        """A day with free places is waited for, its offer declined, and so on: each offer is in the reply."""
        openings = desk.running.library.edition.catalogue.facts.openings
        assert openings is not None
        day = next(day for day in openings.days["kitazawa"] if day > clock.now().date())
        for _ in range(100):
            for data in (f"wait:kitazawa:{day}:1:any:any", "unoffer"):
                desk.send(events.tap(data))
        assert desk.line.wait_for(200, 60)
        desk.is_quiet()
        clock.move(clock.now() + timedelta(minutes=2))  # what no reply told is due by now
        while desk.running.outbox.run_once():
            pass
        told = [texts_of(messages)[0] for messages in desk.line.replies.values()]
        assert sum("お待ちの席が空きました" in text for text in told) == MOST_OFFERS
        assert len(desk.line.pushes) <= 5

    def test_a_pin_is_warned_of_however_many_come(self, desk: DeskUnderTest) -> None:
        for _ in range(MOST + 5):
            desk.send(events.tap("entry:bring"))
        assert "暗証番号のように見えたので" in desk.say("暗証番号は4649です")[0]

    def test_after_a_minute_she_is_served_as_before(self) -> None:
        pace = Pace()
        assert [pace.is_too_fast("anna", 100) for _ in range(MOST + 2)] == [False] * MOST + [True, True]
        assert not pace.is_too_fast("bert", 100)
        assert not pace.is_too_fast("anna", 160)

    def test_a_clock_that_goes_back_shuts_nobody_out(self) -> None:
        pace = Pace()
        for _ in range(MOST):
            pace.is_too_fast("anna", 1000)
        assert not pace.is_too_fast("anna", 900)


class TestTheWholeOfAWebhook:
    def test_its_events_are_one_commit(self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
        store = desk.running.store
        commits: list[int] = []
        admit_all = type(store).admit_all

        def counted(self, admitted):  # type: ignore[no-untyped-def]
            commits.append(len(admitted))
            return admit_all(self, admitted)

        monkeypatch.setattr(type(store), "admit_all", counted)
        asked = [events.text("持ち物は何ですか", person(number)) for number in range(20)]
        assert desk.send(*asked) == 200
        assert commits == [20]
        assert desk.line.wait_for(20, 60)

    def test_two_halves_of_a_secret_in_one_webhook_see_each_other(self, desk: DeskUnderTest) -> None:
        halves = [events.text("46"), events.text("49")]
        assert desk.send(*halves) == 200
        assert "暗証番号のように見えたので" in str(desk.line.wait_reply(halves[1]["replyToken"]))

    def test_a_store_that_takes_too_long_asks_line_to_come_again(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And what it admitted in the end is answered once, however often LINE comes."""
        from concurrent.futures import Future

        store, late = desk.running.store, Future[list[bool]]()
        desk.running.webhook.patience = 0.1
        question = events.text("持ち物は何ですか")
        with monkeypatch.context() as patch:
            patch.setattr(type(store), "admit_all", lambda *_: late)
            assert desk.send(question) == 503
        late.set_result([False])
        desk.running.webhook.patience = 60.0
        assert desk.send(question) == 200
        assert "マイナンバーカード" in str(desk.line.wait_reply(question["replyToken"]))


def test_what_the_server_says_of_itself_is_nothing(tmp_path: Path) -> None:
    """No name, no version, no page, no redirect to a host that a stranger names."""
    with StandInLine() as line, desk_server(tmp_path, line.url) as server:
        for path in ("/", "//healthz", "/healthz/", "/callback/x", "/calendar/x.ics"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=60) as one:
                one.sendall(f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode())
                answer = b"".join(iter(lambda one=one: one.recv(1000), b""))  # type: ignore[misc]
            head = answer.lower()
            assert b" 404 " in head or path.endswith("healthz"), path
            assert not head.startswith(b"http/1.1 3") and b"server:" not in head and b"<" not in head and b"evil" not in head, path


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTTIN", "SIGTTOU", "SIGUSR1", "SIGUSR2", "SIGWINCH"])
def test_a_signal_that_makes_no_sense_ends_nothing(tmp_path: Path, name: str) -> None:
    import signal

    with StandInLine() as line, desk_server(tmp_path, line.url) as server:
        server.process.send_signal(getattr(signal, name))
        asked = events.text("持ち物は何ですか")
        assert post(server.port, events.webhook(asked)) == 200
        line.wait_reply(asked["replyToken"])
        assert server.stop() == 0

