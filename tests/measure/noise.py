"""Seven mechanical kinds of noise, as people's keyboards, ears and habits make it. All seeded."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from intents.match.readings import reading, units

_KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"
_PARTICLES = ("助詞",)
_BEFORE = ("すみません、", "ちょっと伺いますが、", "あのー、", "お忙しいところ恐れ入ります。", "もしもし、", "ほんまに、")
_AFTER = ("をお願いします", "のことなんですけど", "を教えてもらえまへんか", "なんじゃがのう", "やねんけど", "についてお聞きしたいのですが")
# Sound → kanji that a voice keyboard may write for it.
_SOUNDS = {
    "こう": "高公校港交講広功航", "しょう": "証商小正昭章賞省", "しん": "新申真心信進身", "せい": "生成正性製政星",
    "じょう": "場上情条城常状", "き": "期機記季気器基", "かい": "会回海階開解改", "し": "市私支使試師紙",
    "じ": "時児自事地持字", "ほう": "法方報放宝豊", "けん": "券県件健険研検権", "けい": "計系形警軽経契",
    "ちょう": "町長調超朝兆", "しゅう": "週集修収終就州", "よう": "用要様曜洋陽養", "りょう": "料量療両良領",
    "てん": "店点転天展典", "とう": "当投灯湯東登答", "ひ": "費日比非飛被", "ほ": "保歩補捕",
    "いん": "院員印引飲因", "ぜい": "税勢贅", "ねん": "年念粘", "きん": "金近禁均", "ご": "後語護五", "ど": "度土努",
    "しゃ": "車者社写舎", "とど": "届", "ろく": "録六緑", "めん": "面免綿", "じょ": "女助除序", "きょう": "教橋強協",
    "さい": "再最祭済災歳", "さん": "産参三算山", "せん": "線専選千先", "ぞう": "造像増蔵", "だい": "代大台題",
    "ちゅう": "中注駐虫昼", "ば": "場馬", "りつ": "立律率", "れい": "例令礼冷齢", "か": "課科火家価加化", "ふ": "付府夫負婦",
    "み": "見身", "り": "利理里", "い": "医位以意", "さく": "作策昨", "やく": "約薬役訳", "よ": "予余世", "せつ": "設節説",
    "しき": "式敷識", "げん": "限減源現", "てい": "低定停提", "がく": "学額楽", "はん": "判版半班",
}


def kana_only(text: str, rng: random.Random) -> str:
    return reading(text)


def homophones(text: str, rng: random.Random) -> str:
    """Each word of two or more kanji, four times of five, in other kanji of the same sound."""
    return "".join(
        _misheard(unit.surface, unit.reading, rng) if rng.random() < 0.8 else unit.surface
        for unit in units(text)
    )


def _misheard(word: str, sound: str, rng: random.Random) -> str:
    kanji = len(word) > 1 and all("一" <= c <= "鿿" for c in word)
    split = _split(sound, len(word)) if kanji else None
    if split is None:
        return word
    return "".join(rng.choice(_SOUNDS[part]) for part in split)


def _split(sound: str, parts: int) -> list[str] | None:
    """`sound` as `parts` sounds of the table, or None."""
    if parts == 0:
        return None if sound else []
    for end in range(min(4, len(sound)), 0, -1):
        if sound[:end] in _SOUNDS:
            rest = _split(sound[end:], parts - 1)
            if rest is not None:
                return [sound[:end], *rest]
    return None


def typos(text: str, rng: random.Random) -> str:
    """One slip, and another for each twelve characters: dropped, doubled, swapped or wrong."""
    letters = list(text)
    for _ in range(1 + len(letters) // 12):
        at, kind = rng.randrange(len(letters)), rng.randrange(4)
        if kind == 0 and len(letters) > 3:
            del letters[at]
        elif kind == 1:
            letters[at] = rng.choice(_KANA)
        elif kind == 2:
            letters.insert(at, rng.choice(_KANA))
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def half_width(text: str, rng: random.Random) -> str:
    """Kanji words in half-width katakana, some of them; all katakana half-width."""
    out = []
    for unit in units(text):
        word = unit.reading if rng.random() < 0.35 else unit.surface
        out.append("".join(_HALF.get(c, c) for c in _katakana(word)) if word != unit.surface
                   else "".join(_HALF.get(c, c) for c in word))
    return "".join(out)


def _katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


_HALF = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}
_HALF |= {unicodedata.normalize("NFKC", chr(c) + m): chr(c) + m for c in range(0xFF66, 0xFF9E)
          for m in "ﾞﾟ" if len(unicodedata.normalize("NFKC", chr(c) + m)) == 1}


def dropped(text: str, rng: random.Random) -> str:
    """Without particles, with spaces between some words."""
    words = [unit.surface for unit in units(text) if unit.pos not in _PARTICLES or rng.random() < 0.2]
    return "".join(word + (" " if rng.random() < 0.3 else "") for word in words).strip() or text


def wrapped(text: str, rng: random.Random) -> str:
    return rng.choice(_BEFORE) + text.rstrip("？?。") + rng.choice(_AFTER)


def mixed(text: str, rng: random.Random) -> str:
    """Two or three of the others, one after another."""
    first = rng.choice((kana_only, homophones, half_width, dropped))
    noisy = first(text, rng)
    noisy = rng.choice((typos, wrapped, dropped))(noisy, rng)
    return typos(noisy, rng) if rng.random() < 0.3 else noisy


NOISE: dict[str, Callable[[str, random.Random], str]] = {
    "kana only": kana_only,
    "homophones": homophones,
    "typos": typos,
    "half width": half_width,
    "dropped": dropped,
    "wrapped": wrapped,
    "all mixed": mixed,
}
