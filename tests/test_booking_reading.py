"""Short words at a step of a booking: what agrees books, what doubts never does."""

from __future__ import annotations

import pytest

from intents.booking.reading import read_move, read_order, says_fine, says_no, says_yes

TIMES = ("am", "am", "am", "pm", "pm")


@pytest.mark.parametrize(
    "text",
    [
        *("はい", "はーい", "ハイ", "ええ", "うん。", "はい、お願いします", "お願い致します", "お願いいたします"),
        *("よろしくお願い致します", "そうです", "問題ありません", "これで決めます", "その時間でお願いします", "👍"),
        *("予約してください", "はい。ありがとうございます", "yes please", "OK", "sounds good", "book it please"),
    ],
)
def test_words_that_agree_are_a_yes(text: str) -> None:
    assert says_yes(text) and says_fine(text) and not says_no(text)


@pytest.mark.parametrize("text", ["いいです", "それで結構です", "良いと思います"])
def test_fine_is_a_yes_only_where_it_answers_whether_all_is_right(text: str) -> None:
    assert says_fine(text) and not says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        *("これでいいの？", "いいですか？", "大丈夫でしょうか", "はいじゃない", "まだ予約しないで", "もう結構です"),
        *("いえ結構です", "もういいです", "ちがいます", "やめる", "お願いがあります", "はいれますか", "予約はいりません"),
        *("母です", "25日", "持ち物は？", "ok?", "not sure"),
    ],
)
def test_doubts_questions_and_refusals_never_book(text: str) -> None:
    assert not says_fine(text) and not says_yes(text)


@pytest.mark.parametrize(
    "text",
    ["いいえ", "ちがいます", "いいえ、違います", "それじゃない", "間違えました", "よくないです", "あ、まちがえた", "no", "that's wrong"],
)
def test_words_that_refuse_are_a_no(text: str) -> None:
    assert says_no(text)


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("やめる", "stop"),
        ("もう結構です", "stop"),
        ("やっぱりやめておきます", "stop"),
        ("いらない", "stop"),
        ("予約しない", "stop"),
        ("また今度にします", "stop"),
        ("I give up", "stop"),
        ("最初からやり直したい", "restart"),
        ("最初に戻って", "restart"),
        ("全部やめて最初から", "restart"),
        ("start over", "restart"),
        ("前に戻る", "back"),
        ("ちょっと考えます", "pause"),
        ("娘に聞いてみます", "pause"),
        ("ちょっと待ってください", "pause"),
        ("let me think", "pause"),
        ("もう一度", "again"),
        ("ゆっくり", "again"),
        ("25日の午後", None),
        ("最初の", None),
        ("もっと遅く", None),
        ("はい", None),
    ],
)
def test_words_that_move_about(text: str, move: str | None) -> None:
    assert read_move(text) == move


@pytest.mark.parametrize(
    ("text", "index"),
    [
        *(("1番", 0), ("上から3番目", 2), ("3番目でお願いします", 2), ("2番のでいい", 1), ("二番目の", 1), ("②つ目", 1)),
        *(("最初の", 0), ("じゃあ最初のやつで", 0), ("一番上の", 0), ("真ん中", 2), ("最後のやつ", 4), ("いちばん下", 4)),
        *(("午前の2番目", 1), ("午後の最初", 3), ("午後の最後", 4), ("the second one", 1)),
        *(("6番目", None), ("2", None), ("午後", None), ("25日", None), ("二人です", None)),
    ],
)
def test_which_of_the_buttons_is_meant(text: str, index: int | None) -> None:
    assert read_order(text, TIMES) == index
