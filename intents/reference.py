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
_SHAPE = re.compile(rf"({'|'.join(sorted(WORDS, key=len, reverse=True))})[ーの番 ]*([0-9]{{2,3}})(?![0-9])")


def reference(seed: bytes) -> str:
    """The code that follows from `seed`: the same seed, the same code."""
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big")
    word = WORDS[number % len(WORDS)]
    return f"{word}-{10 + number // len(WORDS) % 990}"


def find_reference(text: str) -> str | None:
    """The code in `text` however it is typed (サクラ 27, さくらの27番); None where there is none."""
    if not any(sign.isdigit() for sign in text):  # most messages: folding them costs more than this
        return None
    found = _SHAPE.search(to_hiragana(fold(text)))
    return f"{found[1]}-{int(found[2])}" if found else None
