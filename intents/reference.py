"""Codes that can be read out on the phone: a kana word and two or three digits (さくら-27).

They never look like a PIN, no word reads as a number, and every word is heard apart from the others.
"""

from __future__ import annotations

import hashlib
import re

from intents.text import fold, to_hiragana

_WORDS = """
さくら もみじ すみれ つばき あやめ ひまわり こすもす たんぽぽ うめ ふじ ぼたん なのはな すずめ つばめ
うぐいす めじろ ほたる とんぼ うさぎ きつね たぬき りす こうま ひつじ みかん りんご ぶどう すいか
くるみ まつ たけ けやき いちょう かえで ひのき やまびこ そよかぜ あおぞら ゆうひ ほし みかづき にじ
しらゆき あさひ いずみ せせらぎ みなと てまり こけし ふうりん ちょうちん たいこ ことり かざぐるま まめ おりづる
はごろも こだま わかば
"""
WORDS = _WORDS.split()
# As the same words stand when others write them down: 桜の27, Sakura 27. In the order of WORDS.
_LATIN = """
sakura momiji sumire tsubaki ayame himawari kosumosu tampopo ume fuji botan nanohana suzume tsubame
uguisu mejiro hotaru tombo usagi kitsune tanuki risu kouma hitsuji mikan ringo budou suika
kurumi matsu take keyaki ichou kaede hinoki yamabiko soyokaze aozora yuuhi hoshi mikazuki niji
shirayuki asahi izumi seseragi minato temari kokeshi fuurin chouchin taiko kotori kazaguruma mame oriduru
hagoromo kodama wakaba
"""
_KANJI = """
さくら=桜 もみじ=紅葉 すみれ=菫 つばき=椿 あやめ=菖蒲 ひまわり=向日葵 こすもす=秋桜 うめ=梅 ふじ=藤 ぼたん=牡丹 なのはな=菜の花
すずめ=雀 つばめ=燕 うぐいす=鶯 ほたる=蛍 きつね=狐 たぬき=狸 こうま=子馬 ひつじ=羊 りんご=林檎 ぶどう=葡萄 すいか=西瓜
くるみ=胡桃 まつ=松 たけ=竹 けやき=欅 いちょう=銀杏 かえで=楓 ひのき=檜 やまびこ=山彦 そよかぜ=そよ風 あおぞら=青空 ゆうひ=夕日
ほし=星 みかづき=三日月 みかづき=3日月 にじ=虹 しらゆき=白雪 あさひ=朝日 いずみ=泉 みなと=港 てまり=手毬 ふうりん=風鈴 ちょうちん=提灯
たいこ=太鼓 ことり=小鳥 かざぐるま=風車 まめ=豆 おりづる=折り鶴 おりづる=折鶴 はごろも=羽衣 こだま=木霊 わかば=若葉
"""
_SPELLINGS = (
    {word: word for word in WORDS}
    | dict(zip(_LATIN.split(), WORDS, strict=True))
    | {kanji: word for word, kanji in (pair.split("=") for pair in _KANJI.split())}
)
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100}
# Letters stand for themselves: no "ringo" in "flamingo 12", and "take 12" is English.
_SHAPE = re.compile(
    rf"((?<![a-z])(?!take )(?:{'|'.join(sorted(_SPELLINGS, key=len, reverse=True))}))[ーの番 ]*([0-9]{{2,3}}|[〇一二三四五六七八九十百]{{2,5}})"
    # 「まつ30分」 is a wait of 30 minutes.
    r"(?![0-9〇一二三四五六七八九十百]|(?:分|時|日|月|年|円|歳|才|人|回|個|枚|本|階|ぽいんと|%))"
)


def reference(seed: bytes) -> str:
    """The code that follows from `seed`: the same seed, the same code."""
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big")
    word = WORDS[number % len(WORDS)]
    return f"{word}-{10 + number // len(WORDS) % 990}"


def find_reference(text: str) -> str | None:
    """The code in `text` however it is typed (サクラ 27, さくらの27番, 桜二十七, "Sakura 27"); None where there is none."""
    if not any(sign.isdigit() or sign in _DIGITS or sign in _TENS for sign in text):
        return None  # most messages: folding them costs more than this
    found = _SHAPE.search(to_hiragana(fold(text)))
    return f"{_SPELLINGS[found[1]]}-{_number(found[2])}" if found else None


def _number(digits: str) -> int:
    """27, 二十七, 二七."""
    if digits.isascii():
        return int(digits)
    if not any(sign in _TENS for sign in digits):
        return int("".join(str(_DIGITS[sign]) for sign in digits))
    total = digit = 0
    for sign in digits:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit
