"""The language of a message: English by its words, やさしい日本語 by the way it is spaced."""

from __future__ import annotations

import re
import unicodedata

from intents.model import Lang

_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_KANJI = re.compile(r"[一-鿿々〆]")
_LETTERS = re.compile(r"[A-Za-z]")
_LATIN_RUN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_CONTRACTED = re.compile(r"(?:i'm|i've|i'd|i'll|n't|'re|'ve|'ll|'s)$")
# 「8月12日」 and 「わたし（私）」 are written by those who read few kanji too.
_NO_WORD = re.compile(r"\d+[年月日時分人]|（[ぁ-ゖー ]*）|\([ぁ-ゖー ]*\)")
_STOPS = re.compile(r"[、。，．！？!?\n]+")
_SPACES = re.compile(r"\s+")
_LONGEST_CHUNK = 9  # letters: 「おしえて ください」 is written with a space, 「よくわからないのですが」 is spoken
# What one says before the matter, and draws breath after: it parts nothing.
_OPENING = re.compile(
    "(?:あ|ああ|あの|あのう|あのね|ああの|え|ええ|えっと|えーと|ええと|うん|うーん|はい|はいはい|いいえ|いえ|いや|もしもし|すみません|すいません"
    "|ごめん|ごめんなさい|ごめんください|こんにちは|こんばんは|こんばんわ|おはよう|おはようございます|ありがとう|どうも|では|じゃあ|それでは|そうですか|そうですね"
    "|わかりました|わかった|ありがとうございます|ありがとうございました|はじめまして|おせわになります|やっぱり|やっぱ|やはり|ちょっと|まあ|ほら|ねえ|もう)"
)
# How a Japanese ends a clause, and a learner does not yet.
_NATIVE = re.compile(
    "(?:です|ます|ました|ません|でした)(?:ね|よ|わ|けど|けれど|が|から|ので|のに|し|って)|(?:のです|(?<!な)んです|んだ|んでしょう)"
    "|でしょう|けど|けれども|ちゃった|ちゃって|かしら|かなあ?$|かね$|のよ|ございま|いただ|いたし|もらえま|[うくぐすつぬぶむるただい](?:から|ので|のに)$"
    "|さかい|もんで|ません?わ$|[ねよわぞぜ][えーぇ]*$"
)
# The marks of a language book: a particle at the end of a word, or a word that stands by itself.
_TAUGHT = re.compile(
    "[ぁ-ゖァ-ヺー一-鿿]+(?:は|を|に|へ|が|で|の|と|も|から|まで)|(?:いつ|どこ|なに|だれ|なん|なんじ)[はをがにでへ]?|いくら|わたし"
    "|です|ですか|でした|ください|します|しますか"
)


def language(text: str, last: Lang = "ja") -> Lang:
    """The language of `text`; `last` where it says nothing about it (「OK」, "Sakura 27", 12).

    A name or a loan word alone (Wi-Fi, LINE, au PAY) changes nothing. Plain Japanese is chosen on
    strong evidence only, and kept for whoever goes on without kanji.
    """
    text = unicodedata.normalize("NFKC", text)
    kana, kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    words = [word.lower().replace("’", "'") for word in _LATIN_RUN.findall(text)]
    if not kana and not kanji:
        return "en" if _is_english(words) else last
    if len(_LETTERS.findall(text)) > 3 * (kana + kanji) and _is_english(words):
        return "en"
    return "easy" if _is_easy(text, kana, last) else "ja"


def _is_easy(text: str, kana: int, last: Lang) -> bool:
    """Short words, parted by spaces, in simple sentences: as a learner writes."""
    text = _NO_WORD.sub("ひ", text)
    kanji = len(_KANJI.findall(text))
    if last == "easy" and not kanji:
        return True
    if kana < 5 or kanji:
        return False  # who writes 予約 in kanji reads it too
    return _is_spaced_out(text)


def _is_spaced_out(text: str) -> bool:
    clauses = [_clause(part) for part in _STOPS.split(text)]
    chunks = [chunk for clause in clauses for chunk in clause]
    if not any(len(clause) > 1 for clause in clauses) or any(len(one) > _LONGEST_CHUNK for one in chunks):
        return False
    if any(_NATIVE.search(chunk) for chunk in chunks):
        return False
    return any(_TAUGHT.fullmatch(chunk) for chunk in chunks)


def _clause(text: str) -> list[str]:
    """The spaced parts of a clause, without what opens it."""
    parts = [part for part in _SPACES.split(text) if part]
    return [part for part in parts if not _OPENING.fullmatch(part)]


def _is_english(words: list[str]) -> bool:
    """Two words with one of the small words of English among them, or three words, or a known one."""
    if any(word in _ALONE or _CONTRACTED.search(word) for word in words):
        return True
    others = [word for word in words if word not in _NAMES]
    return len(others) >= 3 or (len(others) >= 1 and any(word in _SMALL for word in words))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names that stand in Japanese talk as they are.
_NAMES = _words(
    "wi fi wifi line qr pin app pay setagaya setagayapay paypay au d docomo softbank rakuten iphone ipad ios"
    " android google play apple store lan sim os id ok ng sms e mail tel pc usb nfc web http https www com"
    " jp go lg city tokyo suica pasmo t v tv cd dvd atm faq my number mynumber card mynumbercard"
)
_SMALL = _words(
    "a an the is are am be do does did can could will would shall should may must i im you he she we they it"
    " me my your his her our their what where when who which why how to of for in on at by with from and or"
    " not no yes please help there this that have has need want any if before after open book"
)
# One of these alone is English enough.
_ALONE = _words(
    "hello hi hey thanks thank thx help english reservation reserve reschedule booking appointment cancel where when"
    " why how what who cost free parking phone locked forgot lost emergency bye goodbye sorry human operator undo"
    " revert sick reminder reminders tomorrow today yesterday morning afternoon evening address access deadline"
    " weekend hours points eligibility documents wheelchair scam fraud nevermind ill late toilet restroom bathroom"
    " website january february april june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays jan feb apr jun jul aug sep sept"
    " oct nov tue tues wed thu thurs fri"
)
