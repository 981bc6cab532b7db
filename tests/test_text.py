"""Folding makes the many ways of writing the same words one; the language is that of the question."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intents.language import language
from intents.text import fold, sentences, strip_polite, to_hiragana
from tests.support.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾓﾁﾓﾉ", "モチモノ"),
        ("ＷＩ－ＦＩ", "wi-fi"),
        ("Wi-Fi", "wifi"),
        ("持ち物は？？", "持ち物は"),
        ("もちもの を おしえて", "もちものをおしえて"),
        ("持\u200bち物", "持ち物"),
        ("\u202e持ち物", "持ち物"),
        ("１１，０００ポイント", "11000ポイント"),
        ("十五歳", "15歳"),
        ("二十日", "20日"),
        ("百二十円", "120円"),
        ("一万円", "10000円"),
        ("8月三日", "8月3日"),
        ("don't know", "dont know"),
    ],
)
def test_the_same_words_are_folded_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["一人", "千歳烏山", "一つ", "1万円", "三軒茶屋", "七五三"])
def test_a_number_in_a_word_stays(text: str) -> None:
    assert fold(text) == text


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="ァアィカガッツヴー漢aあ", max_size=20))
def test_hiragana_has_as_many_characters(text: str) -> None:
    assert len(to_hiragana(text)) == len(text)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("すみませんが持ち物を教えてください", "持ち物を"),
        ("恐れ入りますが費用について伺いたいのですが", "費用"),
        ("いくらもらえますか", "いくらもらえ"),
        ("please tell me the cost", "the cost"),
    ],
)
def test_politeness_goes_and_the_matter_stays(said: str, asked: str) -> None:
    """「もらえますか」 is politeness only after て: alone it asks what one gets."""
    assert strip_polite(fold(said)).startswith(asked)


@pytest.mark.parametrize("text", ["すみません", "お願いします", "教えてください", "please"])
def test_a_message_of_politeness_alone_is_kept(text: str) -> None:
    assert strip_polite(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is the counter?",
        "What should I bring",
        "help",
        "Can I come to 世田谷 office tomorrow?",
        "I forgot my PIN",
        "hello",
        "Is it free",
        "opening hours please",
    ],
)
def test_english_is_heard(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Wi-Fi",
        "LINE",
        "au PAY",
        "iPhone 8",
        "せたがやPay",
        "PIN",
        "d POINT",
        "QR",
        "持ち物は何ですか",
        "iPhone7でもOKですか",
        "Apple IDがわからない",
        "OK",
        "www",
        "12345",
        "",
        "😀😀",
        "SMSが届かない",
        "まどぐちはどこですか",
    ],
)
def test_a_name_or_a_loan_word_makes_no_talk_english(text: str) -> None:
    assert language(text) == "ja"


@pytest.mark.parametrize("text", ["August 5, Setagaya", "Monday 9:45", "toilet?", "website url?", "Aug 25"])
def test_a_first_message_of_english_names_is_english(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize("text", ["予役おねがい。きぬた 28にちの ごぜん 9じ45ふん わたし", "きぬた 28にちの ごぜん 9じ", "よやく おねがい"])
def test_a_residents_kana_with_spaces_is_ordinary_japanese(text: str) -> None:
    assert language(text) == "ja"


@pytest.mark.parametrize("text", ["なにを もって いきますか", "ばしょは どこ ですか", "よやくを したいです"])
def test_spaced_kana_is_easy_japanese(text: str) -> None:
    assert language(text) == "easy"


def test_sentences_are_in_order_and_none_is_empty() -> None:
    assert sentences("はい。いつですか？\n\nどこ！") == ["はい", "いつですか", "どこ"]


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@example("百", "百")  # counts nothing, however long
@given(st.sampled_from("すん教ー 十a'、,。あ"), st.sampled_from("いえてま百b "))
def test_no_text_makes_folding_slow(one: str, other: str) -> None:
    """Whatever is repeated: no pattern runs away."""

    def read(text: str) -> None:
        strip_polite(fold(text))
        language(text)

    assert growth(read, one + other) <= LINEAR


@pytest.mark.parametrize(
    "text",
    [
        "すみません よくわからないのですが",
        "おはようございます きょうも あついですね",
        "いいえ やっぱり行きます",
        "助かりました ほんとうにありがとうございます",
        "ええと、ちょっと待ってくださいね カレンダー見ますから",
        "おちつきました 続きお願いします",
        "あ まちがえた もどして",
        "もしもし きこえますか",
        "いま みています もうすこし まってください",
        "あのう でんわは どこにかければ いいんでしょうか",
    ],
)
def test_a_breath_in_polite_or_spoken_japanese_is_no_learners_space(text: str) -> None:
    """Voice input and old hands put spaces too: to them, plain Japanese sounds like talk to a child."""
    assert language(text) == "ja"


@pytest.mark.parametrize(
    "text",
    ["わたし いつ いくの", "8月25日に いきたいです", "カードは いりますか", "すみません、よやくを したいです", "あしたに かえて ください"],
)
def test_a_learners_short_words_are_easy_japanese(text: str) -> None:
    assert language(text) == "easy"


@pytest.mark.parametrize("text", ["undo", "thx", "reschedule", "I'm sick", "don't remind me", "what's that", "stop reminders"])
def test_short_english_is_english(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize("text", ["stop", "Sakura 27", "OK", "12", "Kitazawa", "noon", "both", "2 p.m.", "😀"])
def test_words_that_say_nothing_of_the_language_keep_the_last(text: str) -> None:
    assert [language(text, last) for last in ("ja", "easy", "en")] == ["ja", "easy", "en"]


def test_plain_japanese_stays_for_whoever_goes_on_without_kanji() -> None:
    assert [language(text, "easy") for text in ("ありがとう", "よやく", "はい")] == ["easy"] * 3
    assert language("持ち物は何ですか", "easy") == "ja"
