"""No sentence of the content may ask for a PIN: not in any wording, language, or on a button."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import read_folder
from intents.catalogue import build
from intents.catalogue.asking import asks_for_secret
from intents.catalogue.said import sentences

FAQ = Path(__file__).parents[1] / "faq"


def asks(text: str, label: bool = False) -> bool:
    return bool(list(asks_for_secret(text, label, among=True)))


ASKING = """
暗証番号をここに書いて送ってください。
暗証番号を教えてください
暗証番号を入力してください。
暗証番号をお知らせください。
暗証番号教えて
暗証番号を教えて下さいませ。
暗証番号をお書きください。
暗証番号をお送りください。
暗証番号を送信してください
暗証番号の送信をお願いします
暗証番号のご記入をお願いします。
暗証番号をお願いします。
暗証番号をどうぞ。
暗証番号はこちらへ。
暗証番号をいただけますか。
暗証番号を送っていただけますか。
暗証番号を教えてもらえますか
暗証番号を教えていただく必要があります。
暗証番号をうかがってもよろしいですか。
暗証番号をお伺いします。
暗証番号は何番ですか。
暗証番号はいくつですか？
暗証番号：＿＿＿＿
確認のため、暗証番号を返信してください。
暗証番号を記入の上、返信してください。
お名前と暗証番号を送ってください。
電話番号と暗証番号を送ってください。
暗証番号をLINEで送ることができます。
ここに暗証番号を書くと、職員が確かめます。
暗証番号を職員に伝えてください。
窓口で、職員に暗証番号を言ってください。
暗証番号は、電話で係に教えてください。
職員に暗証番号を伝えると、手続きが進みます。
暗証番号をメモして、職員に渡してください。
暗証番号を書いた紙の写真を送ってください。
暗証番号が分かる方は、教えてください。
暗証番号を忘れずに書いて送ってください。
暗証番号を教えないと、お手伝いできません。
送ってください、暗証番号を。
暗証番号が必要です。ここに書いて送ってください。
4けたの番号をここに書いてください。
六桁以上の番号を教えてください。
数字4つを送ってください。
英数字の番号を書いてください。
署名用の暗証番号を、このトークに入力してください。
パスワードを送ってください
パスワードをご入力ください。
PINを送ってね
PINコードを入力しましょう。
あんしょうばんごうを おくって ください。
ばんごうを おしえて ください。
ぱすわーどを かいて ください。
暗証番号（あんしょうばんごう）を ここに 書（か）いて ください。
Please send us your PIN.
Kindly send PIN.
Type your PIN here.
Enter your password in this chat.
Tell staff your four-digit number.
What is your PIN?
Your PIN, please.
You can write your PIN here.
Reply with your 4-digit PIN.
We need your PIN.
We will ask for your PIN.
Could you tell me your PIN?
Just tell me the password.
Don't forget to send your PIN.
Send a photo of your card and your PIN.
""".strip().splitlines()

FINE = """
暗証番号は書かないでください。
暗証番号を忘れました
暗証番号を窓口で入力してください。
暗証番号は、窓口でご自分のスマホに入力してください。
暗証番号は、アプリの画面に入れてください。
暗証番号を教えてくださいという電話は、詐欺です。
「暗証番号を教えてください」と言われても、教えないでください。
暗証番号を教えてと言われたら、電話を切ってください。
うその電話は、暗証番号を教えるよう求めます。
暗証番号が分からない方は、電話でお知らせください。
暗証番号を忘れたときは、職員に教えてください。
暗証番号を忘れた方は、くみん窓口で新しく決めてください。
暗証番号は、頭の中に入れておいでください。
暗証番号は、紙に書かず、覚えておいでください。
暗証番号をだれにも教えないでください。
暗証番号を書く必要はありません。
暗証番号をおたずねすることはありません。
職員が暗証番号をうかがうことはありません。
職員に暗証番号を伝える必要はありません。
暗証番号を人に見せないでください。
暗証番号を教えなければ、安全です。
暗証番号をここに書いてはいけません。
ここに暗証番号を書くと、危ないです。
暗証番号を書いてしまったときは、送信取消をしてください。
暗証番号とは何ですか
暗証番号はどれですか
暗証番号は何桁ですか
暗証番号は、くみん窓口に いって ください。
暗証番号は、新しく決めてください。
暗証番号についての質問を書いてください。
暗証番号を使います。知りたいことを書いてください。
暗証番号を入れると、登録が終わります。
暗証番号を確かめてから、LINEで予約の内容を送ってください。
職員に聞きながら、ご自分で暗証番号を入れます。
電話番号を教えてください。
受付の番号をお知らせください。
街灯が切れていたら、柱の番号をお知らせください。
予約の番号を送ってください。
Never write a PIN here. Staff will never ask for it.
Do not send your PIN.
Enter your PIN yourself in the app at the counter.
You enter the PIN yourself on your own phone.
I forgot my PIN
Tell staff if you forgot your PIN.
Which PIN do I need?
No one may ask you to tell your PIN.
Never tell anyone your PIN, not even staff.
Please set a new PIN at the counter.
If someone asks you to send your PIN, hang up.
If the app is asking for a PIN, please stop there.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", ASKING)
def test_a_sentence_that_asks_for_a_pin_is_seen(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize("sentence", FINE)
def test_a_sentence_that_speaks_of_a_pin_is_fine(sentence: str) -> None:
    assert not asks(sentence)


@pytest.mark.parametrize("label", ["暗証番号を送る", "暗証番号を入力", "PINを入力する", "ここに番号を書く", "ばんごうを かく",
                                   "暗証番号を教える", "Send PIN", "Enter your PIN"])  # fmt: skip
def test_a_button_that_asks_for_a_pin_is_seen(label: str) -> None:
    assert asks(label, label=True)


@pytest.mark.parametrize("label", ["暗証番号を忘れた", "暗証番号とは", "せたがやPayの番号", "暗証番号", "番号を書いてよいか",
                                   "番号を入れる画面", "電話番号を送る", "Forgot my PIN", "PINs", "PIN in this chat?"])  # fmt: skip
def test_a_button_that_speaks_of_a_pin_is_fine(label: str) -> None:
    assert not asks(label, label=True)


# ---------------------------------------------------------------- every way of asking, every way of forbidding
NOUNS = ["暗証番号", "パスワード", "PIN", "4けたの番号", "署名用の暗証番号", "暗証番号（あんしょうばんごう）", "暗証番号そのもの", "ばんごう"]
WHERE = ["", "ここに", "このトークに", "LINEで", "職員に", "電話で", "返信で"]
HINTS = ["", "確認のため、", "登録には必要なので、", "はじめに、", "お手数ですが、"]
TELLING = ["送って", "書いて", "教えて", "知らせて", "伝えて", "言って", "見せて", "書き込んで", "返信して", "送信して"]
REQUESTS = ["ください", "くださいね", "いただけますか", "もらえますか", "ほしいです", "。", "くださいませ", "おいてください"]
POLITE = ["お書き", "お送り", "お教え", "お知らせ", "お伝え", "ご記入", "ご返信", "お聞かせ"]
FORBIDDING = [("送ら", "送り"), ("書か", "書き"), ("教え", "教え"), ("知らせ", "知らせ"), ("言わ", "言い"), ("見せ", "見せ"), ("入力し", "入力し")]
NEGATED = ["ないでください", "ないようにしてください", "ないで、だいじょうぶです", "なくて、けっこうです", "ずに、おいでください"]
NEVER = ["送ることは、ありません", "教える必要はありません", "書いてはいけません", "お聞きすることはありません", "言ってはだめです"]


@settings(max_examples=300, deadline=None)
@given(hint=st.sampled_from(HINTS), noun=st.sampled_from(NOUNS), where=st.sampled_from(WHERE),
       verb=st.sampled_from(TELLING), request=st.sampled_from(REQUESTS), first=st.booleans())  # fmt: skip
def test_every_way_of_asking_is_seen(hint: str, noun: str, where: str, verb: str, request: str, first: bool) -> None:
    place = where and f"{where}、" if first else where
    assert asks(f"{hint}{place}{noun}を{verb}{request}" if first else f"{hint}{noun}を{place}{verb}{request}")


@settings(max_examples=100, deadline=None)
@given(noun=st.sampled_from(NOUNS), where=st.sampled_from(WHERE), verb=st.sampled_from(POLITE))
def test_every_polite_way_is_seen(noun: str, where: str, verb: str) -> None:
    assert asks(f"{noun}を、{where}{verb}ください。")


@settings(max_examples=300, deadline=None)
@given(hint=st.sampled_from(HINTS), noun=st.sampled_from(NOUNS), particle=st.sampled_from("はを"),
       where=st.sampled_from(WHERE), verb=st.sampled_from(FORBIDDING), end=st.sampled_from(NEGATED))  # fmt: skip
def test_every_way_of_forbidding_is_fine(
    hint: str, noun: str, particle: str, where: str, verb: tuple[str, str], end: str
) -> None:
    stem = "入力せ" if end.startswith("ず") and verb[0] == "入力し" else verb[0]
    assert not asks(f"{hint}{noun}{particle}、{where}{stem}{end}。")


@settings(max_examples=100, deadline=None)
@given(noun=st.sampled_from(NOUNS), who=st.sampled_from(["", "職員が", "電話で", "ここで"]), end=st.sampled_from(NEVER))
def test_that_it_never_happens_is_fine(noun: str, who: str, end: str) -> None:
    assert not asks(f"{noun}を{who}{end}。")


VERBS_EN = ["send", "tell us", "write", "type", "share", "give me", "reply with", "enter"]


@settings(max_examples=150, deadline=None)
@given(verb=st.sampled_from(VERBS_EN), noun=st.sampled_from(["your PIN", "the PIN", "your password", "your 4-digit number"]),
       lead=st.sampled_from(["", "Please ", "You can ", "To go on, ", "Open the chat and "]), never=st.booleans())  # fmt: skip
def test_english_asks_and_forbids(verb: str, noun: str, lead: str, never: bool) -> None:
    assert asks(f"{lead}{verb} {noun}.".capitalize())
    if never:
        assert not asks(f"{lead}do not {verb} {noun}.")
        assert not asks(f"Never {verb} {noun} here.")
        assert not asks(f"Staff will not ask you to {verb} {noun}.")


# ---------------------------------------------------------------- in the content
PLACES = {
    "an answer": ("city.yaml", "- id: a\n  phrases: [x]\n  answer: 暗証番号をここに書いて送ってください。\n", 3),
    "the second line of a block": ("city.yaml", "- id: a\n  phrases: [x]\n  answer: |\n    こんにちは。\n    暗証番号を教えてください。\n", 5),
    "a sentence over two lines": ("city.yaml", "- id: a\n  phrases: [x]\n  answer: |\n    こんにちは。\n    暗証番号を、\n    教えてください。\n", 5),
    "an easy wording": ("city.yaml", "- id: a\n  phrases: [x]\n  answer:\n    ja: 暗証番号の話です。\n    easy: ばんごうを おしえて ください。\n", 5),
    "an English wording": ("city.yaml", "- id: a\n  phrases: [x]\n  answer:\n    ja: はい\n    en: Tell us your PIN.\n", 5),
    "the words for family": ("city.yaml", "- id: a\n  phrases: [x]\n  answer: はい\n  family: お母さまの暗証番号を送ってください。\n", 4),
    "a label": ("city.yaml", "- id: a\n  label: 暗証番号を送る\n  phrases: [x]\n  answer: はい\n", 2),
    "a prompt": ("prompts.yaml", "welcome: 暗証番号を入力\n", 1),
    "a tile": ("richmenu.yaml", "- entry: a\n  label: 暗証番号を送る\n", 2),
    "a guide's question": ("guides.yaml", "g:\n  intro: はい\n  questions:\n    - key: pin\n      ask: 暗証番号は何番ですか。\n      choices: []\n", 5),
    "a fact": ("facts.yaml", "texts:\n  cost:\n    ja: 暗証番号をお知らせください。\n", 3),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_wherever_it_stands_it_stops_the_content_at_its_line(name: str) -> None:
    file, text, line = PLACES[name]
    found = [fault for fault in build({file: text.encode()}).faults if "暗証番号を書いてもらう" in fault.text]
    assert [(fault.place.line, fault.stops) for fault in found] == [(line, True)]


def test_what_residents_ask_may_ask_for_anything() -> None:
    text = "- id: a\n  phrases: [暗証番号を教えてください, 暗証番号をここに書いて送ってください]\n  answer: いいえ。\n"
    assert build({"city.yaml": text.encode()}).catalogue is not None


@pytest.mark.parametrize("folder", ["", "practice"])
def test_none_of_the_wards_own_sentences_asks(folder: str) -> None:
    said = list(sentences(build(read_folder(FAQ / folder)).roots))
    assert len(said) >= 1500
    assert not [one.text for one in said if asks(one.text, label=one.what == "label" or one.kind == "prompt")]


def test_a_text_too_long_for_line_is_told_so_and_not_looked_through() -> None:
    text = f"- id: a\n  phrases: [x]\n  answer: {'暗証番号を送ってください。' * 4000}\n"
    stopping = [fault for fault in build({"city.yaml": text.encode()}).faults if fault.stops]
    assert ["長すぎます" in fault.text for fault in stopping] == [True]
