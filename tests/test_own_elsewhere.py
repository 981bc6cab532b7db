"""Somebody with a booking speaks of other things, and nothing is asked of her booking or done to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

import pytest

from bot.knowledge import Edition
from bot.reception import Reception
from bot.store.memory import MemoryLedger
from intents import open_days
from intents import own as my_bookings
from intents.bookings import Guest
from intents.office import JST
from intents.own.questions import ASKED
from intents.say import Speaker
from intents.talk import Talk
from intents.turn import Desk, Turn
from intents.wishes import Heard, read_wish
from tests.support.conversation import Cases, Conversation
from tests.support.growth import LINEAR, growth
from tests.support.long_texts import OWN

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=JST)


def said(text: str) -> list[str]:
    return [one for line in text.strip().splitlines() for one in line.split("/")]


OTHER_MATTERS = said("""
スマホの機種変更をしたらポイントはどうなりますか/暗証番号を変えたいです/引っ越して住所が変わりました/名前が変わったらどうすればいいですか/クレジットカードの解約はできますか
間違って送金したのを取り消したい/チャージを取り消せますか/支払いをキャンセルできますか/アプリを消したい/写真を消したい/迷惑メールを止めたい/新聞を止めたい/音が出ません/英語に変えてください
文字を大きくしたい/銀行口座を変更したい/電話番号が変わりました/メールアドレスを変更したい/ログインできなくなりました/画面が動かなくなりました/設定を元に戻したい/初期化して元に戻したい
うまく行きません/うまくいかなくて困っています/なかなかうまくいかないんです/納得いかない/銀行に行けません/孫に会いに行けなくなりました/母が寝たきりで行けません/足が悪くて遠くへは行けません
病院の予約を取り消したい/歯医者の予約を変えたい/レストランの予約をキャンセルしたい/美容院の予約を変更したい/ワクチンの予約を取り消したい/図書館の予約を変更したい
予約はいらないですよね/予約なしで行ってもいいですか/予約しないといけませんか/申し込みは要りませんか/キャンセル待ちとは何ですか/やめたほうがいいですか/詐欺の電話が来たのでやめました
天気が変わりやすいですね/時代が変わりましたね/もう一人で大丈夫です/もう一人でできます/娘と二人で使っています/追加料金はかかりますか/お釣りを返してほしい/本を返したい
早く教えて/早めに準備したい/動作が遅い/電車が遅れています/インターネットが遅くなりました/もっと早く知りたかった/戻るボタンがありません/前の画面に戻りたい/お金は戻りますか
あとで行きます/私も行きたい/カードを忘れました/間違えて課金してしまいました/パスワードを間違えました/熱中症が心配です/昨日の予約に行けなかった/予約の日に行けませんでした/昨日は伺えませんでした/熱が出たときはどこに電話しますか/連絡がありません
I want to change my PIN/How can I cancel my credit card?/Can I change the font size?/My phone won't turn on/What happens if I can't come?/I moved to a new address
Please keep my data safe/I can't go to the bank/I want to cancel my dentist appointment/Is the office closed on holidays?/Is it OK to type my number here?
""")

# The same words, said of the booking: (what is typed, the room of the answer).
STILL_HERS = [
    ("歯医者の予約が入ったので取り消したい", "booking_cancel"), ("病院の予約と重なったので行けません", "booking_cancel"),
    ("スマホの予約を取り消したい", "booking_cancel"), ("予約はいらないですよ", "booking_cancel"), ("送金の予約じゃなくて窓口の予約を取り消したい", "booking_cancel"),
    ("仕事で行けなくなりました", "booking_cancel"), ("やっぱり北沢のままで", "booking_mine"), ("I can't come to the counter", "booking_cancel"),
    ("I have a dentist appointment, so please cancel my booking", "booking_cancel"),
]  # fmt: skip



@pytest.fixture(scope="module")
def hers(practice: Edition) -> Turn:
    """A turn of somebody with one booking: Kitazawa, 12 August, 10:30."""
    talk = Conversation(practice, MemoryLedger(), MONDAY)
    talk.step({"say": "北沢で8月12日の午前10時半 せたがやペイ 私ひとり"})
    talk.step({"tap": "予約する"})
    openings = practice.catalogue.facts.openings
    assert openings is not None
    mine = Reception(talk.ledger, Guest("本人", "sealed"), "", openings, int(talk.now.timestamp()))
    desk = Desk(practice.catalogue, practice.matcher, Cases(), mine)
    return Turn(desk, Talk(), talk.now, Speaker(practice.catalogue, "ja", MONDAY.date()))


def room(turn: Turn, text: str) -> str:
    """The room of the answer about her booking; "" for none, "change" where one begins."""
    answer = my_bookings.in_words(turn, text, read_wish(text, turn.desk.catalogue, turn.speak.today))
    if answer is None:
        return ""
    return "change" if answer[1].draft else answer[0].room


@pytest.mark.parametrize("text", OTHER_MATTERS)
def test_of_another_matter_nothing_is_asked_or_done(text: str, hers: Turn) -> None:
    assert room(hers, text) not in (*ASKED, "change", "booking_mine", "stop")


@pytest.mark.parametrize(("text", "expected"), STILL_HERS)
def test_what_is_said_of_the_booking_is_heard(text: str, expected: str, hers: Turn) -> None:
    assert room(hers, text) == expected


@pytest.mark.parametrize("scrap", OWN)
@pytest.mark.parametrize("reads", [my_bookings.in_words, open_days.in_words], ids=["own", "open days"])
def test_no_text_of_5000_characters_runs_away(reads: Callable[[Turn, str, Heard], object], scrap: str, hers: Turn) -> None:
    @cache
    def heard(text: str) -> Heard:
        return read_wish(text, hers.desk.catalogue, hers.speak.today)

    assert growth(lambda text: reads(hers, text, heard(text)), scrap) <= LINEAR
