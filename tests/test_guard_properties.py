"""The PIN guard against every way of writing: secrets are refused, ordinary numbers pass.

Derandomized: the same examples every time, a few seconds in all.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intents.guard import Asked, Context, Refusal, SafeText, Shape, judge

NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
steady = settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def refused(text: str, asked: Asked = Asked.NOTHING) -> bool:
    return isinstance(judge(text, Context(asked, Shape(), NOW)).outcome, Refusal)


# ---------------------------------------------------------------- ways to write digits
ALPHABETS = (
    "0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壱弐参四五六七八九",
    "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "⁰¹²³⁴⁵⁶⁷⁸⁹",
)  # fmt: skip
KEYCAPS = [digit + "\ufe0f\u20e3" for digit in "0123456789"]
READINGS = (
    ["ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"],
    ["レイ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "シチ", "ハチ", "キュー"],
    ["まる", "いち", "にー", "さん", "よん", "ごー", "ろく", "なな", "はち", "きゅう"],
    ["ゼロ", "ワン", "ツー", "スリー", "フォー", "ファイブ", "シックス", "セブン", "エイト", "ナイン"],
)
WORDS = (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    ["rei", "ichi", "ni", "san", "yon", "go", "roku", "nana", "hachi", "kyu"],
)
BETWEEN = (
    " ", "　", "-", "－", ".", ",", "、", "・", "\n", "  ", "_", "/", "→", "😊", "\u200b", "\u2060",
    " - ", "…", "と",
)  # fmt: skip
PLAIN_FRAMES = (
    "{}", "{}です", "はい、{}", "{}でした", "これ {}", "{}で合ってますか", "{}だと思います",
    "間違えました{}は消してください", "「{}」",
)  # fmt: skip
LABEL_FRAMES = (
    "暗証番号は{}です", "暗証番号 {}", "暗唱番号は{}だったかな", "私の4桁は{}です", "PIN: {}",
    "パスワードは{}です", "暗証番号じゃないけど {}", "電話で暗証番号を聞かれて{}と答えた",
    "my PIN is {}", "利用者証明用 {}",
    "85歳の母の暗証番号は{}です", "8月3日10:30に行きます。暗証番号は{}です",
)  # fmt: skip

pins = st.text("0123456789", min_size=4, max_size=4)
frames = st.sampled_from(PLAIN_FRAMES + LABEL_FRAMES)


@st.composite
def written(draw: st.DrawFn, digits: str) -> str:
    """The digits in one of the ways people write them, joined or apart."""
    way = draw(st.sampled_from(["alphabet", "keycap", "reading", "word"]))
    if way == "alphabet":
        signs: list[str] = list(draw(st.sampled_from(ALPHABETS)))
        if signs[0] == "〇" and set(digits) == {"0"}:
            signs = list(ALPHABETS[0])  # 〇〇〇〇 holds a place and is no number
        between = draw(st.sampled_from(("", *BETWEEN)))
    elif way == "keycap":
        signs, between = KEYCAPS, draw(st.sampled_from(("", " ")))
    elif way == "reading":
        signs = list(draw(st.sampled_from(READINGS)))
        between = draw(st.sampled_from((" ", "、", "・")))
    else:
        signs = list(draw(st.sampled_from(WORDS)))
        between = draw(st.sampled_from((" ", "-", ", ")))
        return " " + between.join(signs[int(digit)] for digit in digits) + " "
    return between.join(signs[int(digit)] for digit in digits)


@steady
@given(st.data(), pins, frames)
def test_a_pin_is_refused_however_it_is_written(data: st.DataObject, pin: str, frame: str) -> None:
    text = frame.format(data.draw(written(pin)))
    assert refused(text), text


@steady
@given(pins, st.sampled_from(LABEL_FRAMES))
def test_plain_digits_beside_a_word_for_a_pin_are_always_refused(pin: str, frame: str) -> None:
    assert refused(frame.format(pin)), frame.format(pin)


@steady
@given(
    pins.map(int).filter(lambda number: number >= 1000 and number % 10),
    st.sampled_from(("暗証番号は{}です", "{}です", "番号は{}")),
)
def test_a_pin_said_as_a_sum_is_refused(number: int, frame: str) -> None:
    """千二百三十四 and せんにひゃくさんじゅうよん are 1234."""
    assert refused(frame.format(as_kanji(number))), as_kanji(number)


def as_kanji(number: int) -> str:
    said = ""
    for worth, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count = number // worth % 10
        if count:
            said += ("" if count == 1 and place else "一二三四五六七八九"[count - 1]) + place
    return said


@st.composite
def signing_pins(draw: st.DrawFn) -> str:
    """6 to 16 letters and digits, at least two of each so that it is no phone or unit."""
    letters = draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=8))
    digits = draw(st.text("0123456789", min_size=4, max_size=8))
    mixed = draw(st.booleans())
    return "".join(draw(st.permutations(letters + digits))) if mixed else letters + digits


@steady
@given(signing_pins(), st.sampled_from(["asis", "lower", "wide", "spaced"]), frames)
def test_a_signing_pin_is_refused_in_any_case_and_width(pin: str, way: str, frame: str) -> None:
    text = {
        "asis": pin,
        "lower": pin.lower(),
        "wide": "".join(chr(ord(char) + 0xFEE0) for char in pin),
        "spaced": " ".join(pin),
    }[way]
    assert refused(frame.format(text)), frame.format(text)


SPOKEN_LETTERS = {
    "A": "エー", "B": "ビー", "D": "ディー", "E": "イー", "F": "エフ", "G": "ジー", "H": "エイチ",
    "J": "ジェー", "K": "ケー", "L": "エル", "M": "エム", "N": "エヌ", "P": "ピー", "R": "アール",
    "S": "エス", "T": "ティー", "U": "ユー", "V": "ブイ", "W": "ダブリュー", "X": "エックス",
    "Y": "ワイ", "Z": "ゼット",
}  # fmt: skip


@steady
@given(
    st.text("ABDEFGHJKLMNPRSTUVWXYZ", min_size=3, max_size=5),
    st.text("1346789", min_size=4, max_size=5),
)
def test_a_signing_pin_spelt_aloud_is_refused(letters: str, digits: str) -> None:
    spoken = [SPOKEN_LETTERS[letter] for letter in letters]
    spoken += [READINGS[0][int(digit)] for digit in digits]
    for between in ("", "、", " "):
        assert refused(between.join(spoken)), between.join(spoken)


@steady
@given(pins, st.integers(1, 3))
def test_a_pin_in_two_messages_is_refused_at_the_second(pin: str, cut: int) -> None:
    first = judge(pin[:cut], Context(Asked.NOTHING, Shape(), NOW))
    assert isinstance(first.outcome, SafeText)
    later = NOW + timedelta(seconds=30)
    second = judge(pin[cut:], Context(Asked.NOTHING, first.shape, later))
    assert isinstance(second.outcome, Refusal)


@steady
@given(st.text("123456789", min_size=12, max_size=16).filter(lambda n: len(n) in (12, 14, 15, 16)),
       st.sampled_from(("", " ", "-")))  # fmt: skip
def test_my_number_and_card_numbers_are_refused(number: str, between: str) -> None:
    groups = between.join(number[i : i + 4] for i in range(0, len(number), 4))
    assert refused(groups), groups
    assert refused(f"番号は{groups}です")


# ---------------------------------------------------------------- ordinary numbers
days = st.dates(date(2026, 8, 3), date(2026, 10, 30))
times = st.tuples(st.integers(0, 23), st.integers(0, 59))
TALK = (
    "{}", "{}です", "{}でお願いします", "{}に行きます", "{}ですか", "母は{}です",
    "{}の件ですが、暗証番号を忘れました", "暗証番号がわかりません。{}でいいですか",
)  # fmt: skip
talks = st.sampled_from(TALK)


@st.composite
def ordinary(draw: st.DrawFn) -> str:
    """A number with a unit, a label or a shape of its own."""
    day, (hour, minute) = draw(days), draw(times)
    n = draw(st.integers(1, 99))
    big = draw(st.integers(1000, 99999))
    four = draw(st.integers(1000, 9999))
    kana = draw(st.sampled_from(["さくら", "もみじ", "つばき", "ひまわり", "いちょう", "あさがお"]))
    street, door = n % 9 + 1, n % 30 + 1
    return draw(st.sampled_from([
        f"{day.month}月{day.day}日", f"{day.month}/{day.day}", day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}",
        f"令和8年{day.month}月{day.day}日", f"{hour}:{minute:02}", f"{hour}時{minute}分",
        f"{hour}時半", f"{hour}:{minute:02}〜{min(hour + 1, 23)}:{minute:02}", f"{n}歳",
        f"昭和{n}年生まれ", f"{1920 + n % 80}年生まれ", f"{big}円", f"{big:,}円",
        f"{four}ポイント", f"{n}人", f"{n}回", f"{n}番", f"{four}歩", f"{n}階", f"{n}%",
        f"03-{four}-{9999 - four:04}", f"090-{four}-{four}", f"0120-{n % 10}23-456",
        f"154-{four}", f"〒156-{four}", f"世田谷{n}丁目{n}番{n}号",
        f"世田谷区世田谷{street}-{n}-{door}", f"{n}号室", f"{kana}-{n:02}", f"{kana}-{100 + n}",
        f"予約番号{kana}-{n:02}", f"整理券{four}番", f"受付番号{four}", f"エラーコード{four}",
        f"iPhone{n % 17 + 1}", f"iPhone {n % 17 + 1} Pro", f"Android {n % 16 + 1}",
        f"iOS {n % 20}.{n % 7}", f"{four}mAh", f"taro{four}@example.com", f"¥{big}",
        f"{four} yen", f"{n} years old", f"room {four}",
    ]))  # fmt: skip


@steady
@given(ordinary(), talks)
def test_ordinary_numbers_pass_alone_and_beside_talk_of_pins(number: str, frame: str) -> None:
    text = frame.format(number)
    assert not refused(text), text


@steady
@given(ordinary(), ordinary())
def test_two_ordinary_numbers_in_one_message_pass(first: str, second: str) -> None:
    text = f"{first}、{second}でお願いします"
    assert not refused(text), text


WIDE = str.maketrans("0123456789-:/,", "０１２３４５６７８９－：／，")


@steady
@given(ordinary(), st.sampled_from(("{}です", "{}でお願いします")))
def test_ordinary_numbers_pass_in_full_width(number: str, frame: str) -> None:
    text = frame.format(number).translate(WIDE)
    assert not refused(text), text


@steady
@given(st.text(max_size=200))
def test_any_text_is_judged_and_what_passes_is_unchanged(text: str) -> None:
    outcome = judge(text, Context(now=NOW)).outcome
    assert isinstance(outcome, Refusal) or outcome.text == text


@steady
@given(st.text("あいうえおかきくけこさしすせそ、。 ", max_size=60))
def test_kana_without_number_readings_pass(text: str) -> None:
    """ご, く, し and さ lie among them: weak readings alone never make a number here."""
    free = text.replace("ご", "").replace("く", "").replace("し", "").replace("に", "")
    assert not refused(free), free
