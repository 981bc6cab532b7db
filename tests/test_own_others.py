"""Words about another's visit, reminders and one's own day: what is done to her booking, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.knowledge import Edition
from bot.store.memory import MemoryLedger
from intents.dates import When
from intents.office import JST
from intents.own.asking import asks_if_made, confirms, recalls
from intents.own.cancel_words import mistook
from intents.own.carried import pack, unpack
from intents.own.list_words import wants_loud, wants_off_list, wants_quiet
from intents.own.others_words import asks_their_time, gives_up_theirs, of_their_booking
from intents.own.words import is_general, page_of
from intents.wishes import Heard, Shift
from tests.support.conversation import Conversation

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=JST)
VENUES = frozenset({"kinuta", "kitazawa"})


def _booked(practice: Edition) -> Conversation:
    talk = Conversation(practice, MemoryLedger(), MONDAY)
    talk.step({"say": "砧で8月24日の9時 せたがやペイ 私ひとり"})
    talk.step({"tap": "予約する"})
    return talk


@pytest.mark.parametrize(
    "words",
    [
        *("あと父の分も、次の日の10時半に", "妻は26日の9時がいいそうです", "それと母ですが、翌日の午後一時にお願いできますか"),
        *("主人も25日の9時に行きたいと言っています", "28日の午後1時にも、もう一回行きたい", "同じ日の午後1時に母もお願いします"),
        *("おかあさんのも26日でとってくれる？", "続けて弟の分もお願いしたい。27日の9時", "夫も同じ時間でお願いします"),
        *("and another one for my mother on the same day at 1pm", "my dad needs one too, on the 26th at 1pm"),
        *("can I book one more visit on the 28th at 9?", "also book my sister on the 27th at 9"),
    ],
)
def test_anothers_visit_is_one_more_booking(practice: Edition, words: str) -> None:
    """What she has stands where it was: nothing is moved for somebody else's sake."""
    talk = _booked(practice)
    talk.step({"say": words})
    draft = talk.who.talk.draft
    assert draft is not None and not draft.moving and draft.people in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        *("娘が来られる26日がいいです", "夫の都合で26日に変えたい", "妻の仕事が休みの26日に変えたい", "25日の9時にお願いします"),
        *("もう一度25日に変えてください", "もう一つ後の時間にして", "娘に言われて26日にしたい", "ごめんなさい、25日と間違えました"),
        *("孫が手伝ってくれるので27日がいいです", "息子が帰ってくる26日がいいです", "私と母の二人で26日に行きたい"),
        *("my daughter can help me on the 26th at 9, please", "sorry, I meant the 25th", "change it to the 26th, my daughter says"),
    ],
)
def test_her_own_other_day_is_a_change(practice: Edition, words: str) -> None:
    talk = _booked(practice)
    talk.step({"say": words})
    draft = talk.who.talk.draft
    assert draft is not None and draft.moving


@pytest.mark.parametrize(
    "words",
    [
        *("父のほうだけ取り消して", "母の予約を取り消したい", "主人の分は取り消し", "妻の予約だけやめたい", "母の分はやっぱりいらないです"),
        *("cancel my mother's", "please cancel the appointment for my dad", "主人の予約を変更したい"),
    ],
)
def test_her_own_booking_is_not_taken_for_the_familys(practice: Edition, words: str) -> None:
    talk = _booked(practice)
    talk.step({"say": words})
    said = talk.shown.bubbles[0].text
    assert "ご家族の分として" in said or "made for your family" in said
    assert not talk.who.talk.draft and not talk.who.talk.pending


@pytest.mark.parametrize("words", ["父の日はいつ", "娘に言われて取り消したい", "妻の都合で取り消します", "my mother is sick, cancel it"])
def test_a_relative_who_is_only_mentioned_owns_no_booking(words: str) -> None:
    page = page_of(words)
    assert not of_their_booking(page) and not gives_up_theirs(page) and not asks_their_time(page)


@pytest.mark.parametrize("words", ["取り消す", "とりけす", "取り消し", "取り消して", "キャンセル", "もう行きたくないのでやめます", "面倒なのでやめます"])
def test_the_bare_verb_asks_to_cancel(practice: Edition, words: str) -> None:
    talk = _booked(practice)
    talk.step({"say": words})
    assert "取り消しますか" in talk.shown.bubbles[0].text


@pytest.mark.parametrize(
    "words",
    [
        *("don't remind me", "please do not remind me", "stop notifying me", "please don't send me messages", "もう通知しないでください"),
        *("I don't want to be reminded", "stop texting me", "do not send any more notifications", "リマインドは不要です"),
    ],
)
def test_reminders_are_unwanted(words: str) -> None:
    assert wants_quiet(page_of(words))


@pytest.mark.parametrize("words", ["don't forget to remind me", "remind me please", "I don't get any messages", "I do not understand the message"])
def test_who_wants_reminders_or_lacks_them_stops_none(words: str) -> None:
    assert not wants_quiet(page_of(words))
    assert wants_loud(page_of(words)) == ("remind" in words)


@pytest.mark.parametrize(
    "words",
    [
        *("私の予約は今日ですか", "予約は明日でしたか", "is it on thursday?", "来週の水曜だったと思うけど違う？", "明日だったかな"),
        *("母の予約いつだったかしら", "父の分はいつでしたっけ", "母のはいつ", "わたし予約しましたよね", "わすれました。いつですか"),
        *("what was my appointment again?", "when am I going?", "my bookings", "was it monday or tuesday?", "予約いつか忘れちゃった"),
    ],
)
def test_her_own_day_is_shown(practice: Edition, words: str) -> None:
    talk = _booked(practice)
    talk.step({"say": words})
    assert talk.shown.room == "booking_mine" and not talk.who.talk.draft
    assert any("8月24日" in one.text or "August 24" in one.text for one in talk.shown.bubbles)


@pytest.mark.parametrize(
    "words", ["予約は明日でもいいですか", "予約は今日からですか", "明日は雨でしたか", "カードを忘れました。どこで作れますか", "is it for the elderly?"]
)
def test_what_everybody_may_ask_is_not_of_ones_own(words: str) -> None:
    page = page_of(words)
    assert not asks_if_made(page) and not confirms(page) and not recalls(page)


@pytest.mark.parametrize("words", ["カードを間違えて持ってきた", "25日に間違えて行ってしまいました", "暗証番号を間違えました"])
def test_other_mistakes_move_no_booking(words: str) -> None:
    assert not mistook(page_of(words))


@pytest.mark.parametrize("words", ["待ってるほうはもういらないです", "待つのはいやです", "待つのはもういいです"])
def test_off_the_list_in_other_words(words: str) -> None:
    assert wants_off_list(page_of(words))


def test_the_app_is_not_an_appointment() -> None:
    """「cancel the app」 is another matter; "cancel the appointment" is hers."""
    assert is_general(page_of("cancel the app")) and not is_general(page_of("cancel the appointment"))


def test_a_wish_waits_in_a_button() -> None:
    when = When(days=(date(2026, 8, 7), date(2026, 8, 10)), earliest=time(13), latest=time(15, 15))
    heard = Heard(venue="kinuta", venues=("kinuta",), when=when)
    assert unpack(pack(heard), VENUES) == heard
    shifted = replace(Heard(), shift=Shift(days=-1, minutes=60))
    assert unpack(pack(shifted), VENUES) == shifted
    assert pack(Heard(people=2)) == ""


@pytest.mark.parametrize("forged", ["", "x", "mars....", ".20269999...", "..9999..", "....1_2", "....1_2_3_99999999", ".2026-08...", "....a_b_c_d"])
def test_a_forged_wish_is_none(forged: str) -> None:
    assert unpack(forged, VENUES) == Heard()


@pytest.mark.parametrize("answer", [{"say": "最初のを"}, {"tap": "1. 8月17日（月） 玉川"}])
def test_the_wished_day_is_kept_while_which_booking_is_asked(practice: Edition, answer: dict[str, str]) -> None:
    talk = _booked(practice)
    talk.step({"say": "玉川で8月17日の9時 せたがやペイ 私ひとり"})
    talk.step({"tap": "予約する"})
    talk.step({"say": "8月18日の午後1時に変えたい"})
    assert "どちらの予約ですか" in talk.shown.bubbles[0].text
    talk.step(answer)
    draft = talk.who.talk.draft
    assert draft is not None and draft.moving and draft.slot is not None
    assert (draft.slot.day, draft.slot.time) == (date(2026, 8, 18), time(13))
