"""What typed words want of one's own bookings: said in many ways, and never read where they are not said."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.knowledge import Edition
from bot.reception import Reception
from bot.store.memory import MemoryLedger
from intents.bookings import Guest
from intents.office import JST
from intents.own import in_words
from intents.own.asking import asks_for_booking, recalls
from intents.own.cancel_words import calls_off, is_absent, undoes
from intents.own.change_words import changes, keeps
from intents.own.list_words import asks_of_list, leaves, takes, wants_loud, wants_off_list, wants_quiet
from intents.own.questions import ASKED
from intents.own.words import is_general, page_of
from intents.say import Speaker
from intents.talk import Talk
from intents.turn import Desk, Turn
from intents.wishes import read_wish
from tests.support.conversation import Cases, Conversation

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=JST)


@pytest.mark.parametrize(
    "words",
    [
        *("予約を取り消したい", "キャンセルお願いします", "欠席でお願いします", "12日の予約、なしで", "なしにしてください", "予約いりません"),
        *("もう必要なくなりました", "取り止めたい", "断りの連絡です", "席をお返しします", "今回は見送ります", "行くのをやめます"),
        *("cancel my booking", "I no longer need the appointment"),
    ],
)
def test_a_booking_is_called_off(words: str) -> None:
    assert calls_off(page_of(words)) >= 0 and not is_general(page_of(words))


@pytest.mark.parametrize(
    "words",
    [
        *("行けません", "やっぱり今日行けません", "行けなくなりました", "もう行かなくていいです", "伺えなくなりました", "あしたは いけません"),
        *("出かけられない", "12日がだめになりました", "I won't be able to come", "can't come", "I'm unable to make it"),
    ],
)
def test_somebody_cannot_come(words: str) -> None:
    assert is_absent(page_of(words)) >= 0


@pytest.mark.parametrize(
    "words",
    [
        *("予約なしでもいいですか", "予約は必要ありませんか", "しなくてはいけませんか", "持って行かないといけませんか", "うまくいかない", "納得がいきません"),
        *("電話をやめてほしい", "キャンセル待ちしたい", "どうやって行けばいいですか", "予約したい"),
    ],
)
def test_words_that_look_alike_call_nothing_off(words: str) -> None:
    page = page_of(words)
    assert calls_off(page) < 0 and is_absent(page) < 0


@pytest.mark.parametrize(
    "words",
    [
        *("キャンセル料はかかりますか", "取り消しの方法を教えてください", "行けなくなった場合はどうしますか", "窓口に行けない人はどうすればいいですか"),
        *("いつまで変更できますか", "暗証番号を変更したい", "送信を取り消したい", "How do I cancel?", "change to English"),
        *("台風が出たら予約は取り消しになりますか", "母は行けないので私が伺います"),
    ],
)
def test_a_question_about_all_is_none_about_her_own(words: str) -> None:
    assert is_general(page_of(words))


@pytest.mark.parametrize(
    "words",
    [
        *("日を変えたい", "よやくを かえたいです", "来週にずらして", "日を改めたい", "時間を早めたい", "別の日にできませんか", "翌日にずらせますか"),
        *("reschedule", "move it to the 14th", "can I come on another day?"),
    ],
)
def test_a_change_is_wished(words: str) -> None:
    assert changes(page_of(words)) >= 0 and not is_general(page_of(words))


@pytest.mark.parametrize("words", ["スマホを買い替えた", "衣替えのころ", "両替", "振替休日は", "明日はやめておきます", "変えない"])
def test_other_changes_are_none(words: str) -> None:
    assert changes(page_of(words)) < 0


@pytest.mark.parametrize(
    "words", ["やっぱり変えない", "そのままでいい", "このままでいいです", "元のままで", "変更しなくていい", "取り消さないで", "やっぱり12日のままで", "keep it"]
)
def test_it_is_to_stay(words: str) -> None:
    assert keeps(page_of(words))


@pytest.mark.parametrize("words", ["時間はそのままで日だけ変えたい", "変えないといけない", "日を変えたい", "画面が真っ白のまま"])
def test_it_is_not_all_to_stay(words: str) -> None:
    assert not keeps(page_of(words))


@pytest.mark.parametrize(
    "words",
    [
        *("間違えて取り消してしまいました", "取り消しを取り消して", "さっきの取り消しはまちがいです", "予約を復活させて", "戻して", "やっぱり行くことにします"),
        *("さっきの変更をもとに戻して", "変更前に戻して", "元の時間に戻してほしい", "変えなければよかった", "oops, restore it", "put it back"),
        *("change it back please", "go back to the old time", "undo"),
    ],
)
def test_it_is_to_be_undone(words: str) -> None:
    assert undoes(page_of(words))


@pytest.mark.parametrize("words", ["ひとつ前に戻って", "予約を取り消したい", "ポイントは戻りますか", "もどり方がわからない", "行きます"])
def test_nothing_is_to_be_undone(words: str) -> None:
    assert not undoes(page_of(words))


@pytest.mark.parametrize("words", ["いつだっけ", "場所どこでしたっけ", "何時からでしたっけ", "明日でしたっけ", "what time was it again?"])
def test_her_own_appointment_is_recalled(words: str) -> None:
    assert recalls(page_of(words))


@pytest.mark.parametrize("words", ["電話は何時まででしたっけ", "ポイントの期限はいつでしたっけ", "受付はどこでしたっけ、開いてますか"])
def test_other_times_are_recalled(words: str) -> None:
    assert not recalls(page_of(words))


@pytest.mark.parametrize("words", ["予約の確認", "私の予約はいつですか", "合言葉を忘れました", "控えをもう一度みせて", "When is my appointment?"])
def test_a_booking_is_asked_for(words: str) -> None:
    assert asks_for_booking(page_of(words))


@pytest.mark.parametrize("words", ["予約はいつからできますか", "予約の合い言葉とは何ですか", "番号の控えをなくした", "予約したい"])
def test_no_booking_is_asked_for(words: str) -> None:
    assert not asks_for_booking(page_of(words))


def test_reminders_off_and_on_and_a_question_about_them() -> None:
    assert wants_quiet(page_of("もう連絡しないでください")) and wants_quiet(page_of("don't send me reminders"))
    assert wants_loud(page_of("お知らせをまたください")) and wants_loud(page_of("please send me a reminder"))
    for asked in ("前の日に連絡くれますか", "お知らせは届きますか", "will you remind me?"):
        assert not wants_loud(page_of(asked)) and not wants_quiet(page_of(asked))


def test_waiting_lists_and_offers() -> None:
    assert wants_off_list(page_of("待つのをやめます")) and wants_off_list(page_of("キャンセル待ちを取り消して"))
    assert asks_of_list(page_of("何番目ですか")) and not wants_off_list(page_of("空いたら教えて"))
    for yes in ("はい、お願いします", "行きます", "その席ください", "yes please", "ぜひ"):
        assert takes(page_of(yes)), yes
    for no in ("いりません", "無理です", "もう大丈夫です", "no", "行けません"):
        assert leaves(page_of(no)) and not takes(page_of(no)), no


def test_no_phrase_of_another_entry_cancels_or_changes_a_booking(practice: Edition) -> None:
    """Somebody with a booking asks what everybody asks, and nothing is done to it."""
    talk = Conversation(practice, MemoryLedger(), MONDAY)
    talk.step({"say": "北沢で8月12日の午前10時半 せたがやペイ 私ひとり"})
    talk.step({"tap": "予約する"})
    openings = practice.catalogue.facts.openings
    assert openings is not None
    mine = Reception(talk.ledger, Guest("本人", "sealed"), "", openings, int(talk.now.timestamp()))
    desk = Desk(practice.catalogue, practice.matcher, Cases(), mine)
    speak = Speaker(practice.catalogue, "ja", MONDAY.date())
    turn = Turn(desk, Talk(), talk.now, speak)
    taken = []
    for entry in practice.catalogue.entries.values():
        if entry.start.startswith("booking") or entry.urgent:  # what is urgent is answered before
            continue
        for phrase in entry.phrases:
            answer = in_words(turn, phrase, read_wish(phrase, practice.catalogue, MONDAY.date()))
            if answer and (answer[0].room in ASKED or answer[1].draft):
                taken.append(phrase)
    assert set(taken) <= {"予約不要", "予約いらない"}
