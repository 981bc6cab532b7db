"""Promises over every sentence that a resident can read: facts, plain words, and the right day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from intents.catalogue.facts import BUILT_IN
from intents.model import LANGS, Catalogue, Entry, Lang, Words
from intents.say import Speaker
from intents.wording import fact_names

BEFORE, DURING, AFTER = date(2026, 7, 20), date(2026, 8, 3), date(2026, 11, 2)
VARIANTS = ("answer", "unknown", "family", "before", "after", "bookable")
PARAGRAPH = re.compile(r"\n\s*\n")
FURIGANA = re.compile(r"（[ぁ-ん ー]+）")
NUMBER = re.compile(r"#?\d[\d,]*\d|\d")

# Every number that may be said, and what it is. Times and most dates come from facts.yaml instead.
NUMBERS = {
    "500": "points of せたがやPay", "11,000": "points of 東京アプリ", "1": "1 point, 1 yen, a step",
    "45": "minutes of a visit, at most", "16": "visits a day; the age; the longest PIN",
    "15": "the age of 東京アプリ, and from about August of せたがやPay", "14": "below that age",
    "5": "branch offices, a step", "4": "digits of the short PIN, questions", "6": "the least of the long PIN",
    "2": "kinds of points, a step", "3": "a step", "12": "digits of マイナンバー, 10月12日", "123": "example of digits",
    "8": "August", "9": "#9110 spelt out, September", "0": "#9110 spelt out", "10": "October",
    "11": "8月11日", "21": "9月21日", "23": "9月23日", "27": "さくら-27, an example of a reference",
    "110": "police", "119": "fire and ambulance", "#9110": "police advice", "188": "consumer hotline",
}  # fmt: skip

# Foreign words that residents of all ages use; any other needs its rewording and a place here.
KNOWN_KATAKANA = frozenset(
    """スマホ アプリ カード マイナンバー マイナンバーカード マイナ ポイント ボタン ホームページ ホーム インターネット
    ワイファイ パスワード コンビニ テレビ ラジオ カメラ メール ファックス エレベーター チケット キャンペーン ページ
    ライン トーク スタンプ シャープ ホットライン プラスチック アイコン オーエス コード キロ""".split()
)
HARD = ("タップ", "スワイプ", "スクロール", "インストール", "ダウンロード", "ログイン", "アカウント", "アップデート")
# Written as they stand on the form, the screen or the card, for residents who have to recognise them.
JAPANESE_TERMS = frozenset(
    """くみん窓口 署名用電子証明書 署名用 利用者証明用 電子証明書 送信取消 東京都公式アプリ せたがや さくら 認証 区民認証
    マイナンバーカード連携 付与 残高 英数字 桁 半角 全角 日本語 やさしい日本語 ← ＜ □□□□ □…""".split()
)
# Dates and place names in facts, and words that stand with their reading just before.
PLAIN_KANJI = frozenset("月 火 水 木 金 土 日 年 時 午前 午後 送信取消 見本".split())


def spoken(catalogue: Catalogue) -> Iterator[tuple[str, Words]]:
    """(name, words) of everything that is said: entries, the desk's own sentences, the guides."""
    for entry in catalogue.entries.values():
        for variant in VARIANTS:
            if words := getattr(entry, variant):
                yield f"{entry.id}.{variant}", words
    for name, words in catalogue.prompts.items():
        yield f"prompts.{name}", words
    for guide in catalogue.guides.values():
        yield f"{guide.id}.intro", guide.intro
        yield f"{guide.id}.closing", guide.closing
        yield from ((f"{guide.id}.{question.key}", question.ask) for question in guide.questions)
        yield from ((f"{guide.id}.{number}", out.say) for number, out in enumerate(guide.outcomes))


def answered(catalogue: Catalogue, lang: Lang, *days: date) -> Iterator[tuple[Entry, str]]:
    """(entry, what it says) on each day, for the resident herself and for family."""
    for day in days or (BEFORE, DURING, AFTER):
        speak = Speaker(catalogue, lang, day)
        for entry in catalogue.entries.values():
            for family in (False, True):
                if not entry.start and (text := speak.answer(entry, family)):
                    yield entry, text


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。\n]", text) if part]


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in PARAGRAPH.split(text) if part.strip()]


# --- nothing but the ward's facts


def test_every_number_is_one_of_the_wards_facts(catalogue: Catalogue) -> None:
    for name, words in spoken(catalogue):
        for lang in LANGS:
            assert set(NUMBER.findall(words.say(lang))) <= set(NUMBERS), (name, lang)


def test_a_translation_tells_no_number_or_fact_of_its_own(catalogue: Catalogue) -> None:
    """Months and days are words in one language and digits in the other, so the small ones are left out."""
    facts = {"500", "11,000", "45", "16", "15", "110", "119", "#9110", "188"}
    for name, words in spoken(catalogue):
        for lang in LANGS[1:]:
            told = words.say(lang)
            assert set(NUMBER.findall(told)) & facts <= set(NUMBER.findall(words.ja)), (name, lang)
            assert set(fact_names(told)) <= set(fact_names(words.ja)), (name, lang)


def test_no_address_link_or_telephone_number_but_the_public_ones(catalogue: Catalogue) -> None:
    forbidden = re.compile(r"https?:|www\.|\.(?:jp|com)\b|丁目|\d番地|〒|\d+-\d+-\d+|\d{5,}|0120")
    for name, words in spoken(catalogue):
        for lang in LANGS:
            assert not forbidden.search(words.say(lang)), (name, lang)


def test_an_answer_from_a_fact_that_is_not_given_has_its_own_words(catalogue: Catalogue) -> None:
    given = {name for name, fact in catalogue.facts.texts.items() if fact.words} | set(BUILT_IN)
    for entry in catalogue.entries.values():
        needs = [words for words in (entry.answer, entry.family) if words]
        if any(set(fact_names(words.say(lang))) - given for words in needs for lang in LANGS):
            assert entry.unknown is not None, entry.id
        if entry.unknown:
            assert set(fact_names(entry.unknown.ja)) <= given, entry.id


def test_the_programmes_days_come_from_the_facts(catalogue: Catalogue) -> None:
    """Written once, in facts.yaml: an extension must not leave old days in some answers."""
    for name, words in spoken(catalogue):
        for lang in LANGS:
            assert not re.search("10月30日|8月3日|October 30|August 3", words.say(lang)), (name, lang)


def test_no_fact_is_quoted_in_full_width_braces(catalogue: Catalogue) -> None:
    for name, words in spoken(catalogue):
        assert not any(mark in words.say(lang) for mark in "｛｝" for lang in LANGS), name


def test_everything_is_said_in_three_languages(catalogue: Catalogue) -> None:
    assert [name for name, words in spoken(catalogue) if words.missing()] == []
    assert [e.id for e in catalogue.entries.values() if e.label is None or e.label.missing()] == []


# --- the right word on the right day


@pytest.mark.parametrize("lang", ["ja", "easy"])
def test_a_date_has_its_weekday_and_the_right_one(catalogue: Catalogue, lang: Lang) -> None:
    dated = re.compile(r"(?:(\d{4})年)?(\d+)月(\d+)日(?:（(.)）)?")
    for entry, text in answered(catalogue, lang):
        for year, month, day, weekday in dated.findall(text):
            on = date(int(year or 2026), int(month), int(day))
            assert weekday == "月火水木金土日"[on.weekday()], (entry.id, text)


def test_times_are_never_on_the_24_hour_clock(catalogue: Catalogue) -> None:
    for lang in LANGS:
        for entry, text in answered(catalogue, lang):
            assert not re.search(r"\d[:：]\d\d(?! [ap]\.m\.)|(?:1[3-9]|2[0-4])時", text), (entry.id, text)


def test_after_the_end_nobody_is_sent_to_the_counter_or_the_phone_line(catalogue: Catalogue) -> None:
    """The counters and the phone line end together; what still holds is the ward office and the points."""
    sent = {
        "ja": "お越し|おいで|電話の案内(?:で|に|へ)|電話でおたずね|窓口でお手伝いします|予約でき",
        "easy": "きて ください|電話（でんわ）(?:で|も) (?:きいて|きく|きけ)|てつだいます",
        "en": r"(?:ask|by|to|tell) the phone line|come to the counter|staff at the counter",
    }
    for lang in LANGS:
        for entry, text in answered(catalogue, lang, AFTER):
            assert not re.search(sent[lang], text), (entry.id, text)


def test_the_desks_own_sentences_are_right_on_every_day(catalogue: Catalogue) -> None:
    """They have no before and after: those that send to the phone line or the counter tell the days."""
    for name, words in spoken(catalogue):
        if name.startswith("prompts.") and re.search("電話で(?:人に)?おたずね|順番に開きます", words.ja):
            assert "{period}" in words.ja, name
    for guide in catalogue.guides.values():
        assert all("{period}" in guide.closing.say(lang) for lang in LANGS), guide.id


def test_that_the_phone_line_can_be_asked_is_never_said_without_its_days(catalogue: Catalogue) -> None:
    for entry, text in answered(catalogue, "ja", BEFORE):
        if re.search("電話.*(?:になれます|聞けます|聞くこともできます)", text):
            assert "8月3日（月）" in text, (entry.id, text)


def test_booking_here_is_offered_only_once_it_has_opened(catalogue: Catalogue) -> None:
    offers = re.compile("予約(?:も|を|が)?(?:でき|手伝え|代わりに|とれ)")
    for entry, text in answered(catalogue, "ja"):
        for sentence in sentences(text):
            if offers.search(sentence):
                assert re.search("始まっていれば|ときは", sentence), (entry.id, sentence)


# --- plain and short


def test_the_first_paragraph_is_short_enough_to_stand_alone(catalogue: Catalogue) -> None:
    for entry, text in answered(catalogue, "ja"):
        assert len(paragraphs(text)[0]) <= 90, entry.id
        assert len(paragraphs(text)) <= 4, entry.id


def test_japanese_sentences_are_short(catalogue: Catalogue) -> None:
    for lang, most in (("ja", 60), ("easy", 40)):
        for entry, text in answered(catalogue, lang):  # type: ignore[arg-type]
            for sentence in sentences(FURIGANA.sub("", text).replace(" ", "")):
                assert len(sentence) <= most, (entry.id, sentence)


def test_a_foreign_word_is_known_to_all_or_explained_at_once(catalogue: Catalogue) -> None:
    for entry, text in answered(catalogue, "ja"):
        words = set(re.findall("[ァ-ヴー]{3,}", text)) - KNOWN_KATAKANA
        assert words <= set(HARD), (entry.id, words)
        for word in words:
            assert re.search(f"{word}(?:（|」は、|」は)", text) or f"「{word}」" in text, (entry.id, word)


def test_hard_kanji_in_easy_japanese_have_their_reading(catalogue: Catalogue) -> None:
    for name, words in spoken(catalogue):
        # A language is called by its own name.
        easy = "" if name.startswith("prompts.lang_") else words.easy
        for found in re.finditer(r"[一-龯々]+(?!（[ぁ-ん ]+）|[一-龯々])", easy):
            assert found[0] in PLAIN_KANJI, (name, found[0])


def test_english_is_ascii_but_for_the_japanese_words_to_recognise(catalogue: Catalogue) -> None:
    for name, words in spoken(catalogue):
        if not name.startswith("prompts.lang_"):
            assert set(re.findall(r"[^\x00-\x7f]+", words.en)) <= JAPANESE_TERMS, name


# --- buttons


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_buttons_sound_the_same(catalogue: Catalogue, lang: Lang) -> None:
    heard: dict[str, str] = {}
    for entry in catalogue.entries.values():
        label = entry.name(lang)
        assert 2 <= len(label) <= 20, entry.id
        assert heard.setdefault(label, entry.id) == entry.id, label


def test_every_answer_leads_on(catalogue: Catalogue) -> None:
    for entry in catalogue.entries.values():
        if not entry.start:
            assert 2 <= len(set(entry.buttons)) == len(entry.buttons) <= 4, entry.id
            assert entry.id not in entry.buttons, entry.id


# --- danger, and secrets


@pytest.mark.parametrize(
    ("name", "number"),
    [("emergency", "119"), ("scam", "#9110"), ("scam_told", "#9110"), ("police_talk", "#9110"), ("consumer", "188")],
)  # fmt: skip
def test_in_danger_the_number_to_call_comes_first(catalogue: Catalogue, name: str, number: str) -> None:
    for lang in LANGS:
        told = [text for entry, text in answered(catalogue, lang) if entry.id == name]
        assert told and all(text.startswith(number) for text in told), lang


def test_the_warning_tells_all_that_matters(catalogue: Catalogue) -> None:
    """Not kept, unsend now and how, tell nobody, staff never ask, where a new one is set."""
    first = {lang: "\n".join(catalogue.prompts[n].say(lang) for n in ("slip", "slip_how")) for lang in LANGS}
    again = {lang: catalogue.prompts["slip_again"].say(lang) for lang in LANGS}
    needed: dict[Lang, tuple[str, ...]] = {
        "ja": ("残していません", "今すぐ", "長く押して「送信取消」", "だれにも", "職員がたずねることもありません", "くみん窓口"),
        "easy": ("のこって いません", "いま すぐ", "「送信取消", "だれにも", "職員（しょくいん）も ききません", "くみん窓口"),
        "en": ("Nothing was kept", "now", 'press and hold your message and choose "Unsend"', "Never tell anyone",
               "Staff never ask", "Kumin Madoguchi"),
    }  # fmt: skip
    for lang in LANGS:
        for words in needed[lang]:
            assert words in first[lang] and words in again[lang], (lang, words)
    assert "時間がたつと消せなくなります" in first["ja"]


def test_the_warnings_own_words_are_said_nowhere_else(catalogue: Catalogue) -> None:
    said = {name for name, words in spoken(catalogue) if "暗証番号のように見えたので" in words.ja}
    assert said == {"prompts.slip", "prompts.slip_again"}


def test_nothing_in_japanese_asks_for_a_number(catalogue: Catalogue) -> None:
    """Not even as a question: four digits must never be the answer to what the desk says."""
    asks = re.compile("番号(?:は|を)(?:何|なん|いくつ)|どちらの番号.{0,6}ですか|番号を(?:入力|送って|教えて|お書き)")
    for name, words in spoken(catalogue):
        assert not asks.search(words.ja), name


def test_the_phone_line_has_one_name(catalogue: Catalogue) -> None:
    for name, words in spoken(catalogue):
        assert "電話の窓口" not in words.ja, name
