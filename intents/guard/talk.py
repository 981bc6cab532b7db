"""What a message is in the talk: an answer, a bare bit, an announcement, a report of a scam."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable

from intents.guard.harmless import is_clock, is_day
from intents.guard.kana import spelt_bit
from intents.guard.numbers import word_bit
from intents.guard.words import DEVICE, TOLD_SUBJECT


class Asked(enum.Enum):
    """What the bot has asked last, as far as it bears on a bare number."""

    NOTHING = "nothing"
    TIME = "time"
    DATE = "date"
    PEOPLE = "people"
    CHOICE = "choice"
    PIN_KIND = "pin_kind"
    REFERENCE = "reference"


_OPENING = (
    r"(?:はい|ええ|えっと|えーと|あの|じゃあ?|では|まず"
    r"|(?:その次|そのつぎ|次|つぎ|続き|残り|最初|さいしょ|はじめ|最後|さいご|おしまい|のこり|あと|前半|後半|上|下|それから|そして)(?:の\d(?:つ|桁|文字|個))?(?:は|が|に|も)?"
    r"|\d(?:つ|番|個|桁|文字)目(?:は|が)?)?[、,\s:]*"
)
_CLOSING = (
    r"(?:です|でした|だよ?|ですよ?|ね|よ|で|と|に(?:します)?|がいい(?:です|な)?|(?:で|を)?お願いします"
    r"|ごろ|頃|くらい|希望|から|でいい(?:です)?か)?[\W]*"
)
_ONLY = re.compile(rf"\W*{_OPENING}([^\s、。!?]{{1,24}}?(?:[ .:/-]\d{{1,4}})?){_CLOSING}")
_PROGRAMME_MONTHS = range(8, 11)  # the counters are open from August to October


def _core(whole: str) -> str:
    """The message without polite words around it, or an empty text if it is a sentence."""
    found = _ONLY.fullmatch(whole.strip()[:60]) if len(whole) <= 60 else None
    return found.group(1) if found else ""


def answers(whole: str, asked: Asked) -> bool:
    """Is the message a fitting bare answer to what the bot asked? No question takes four digits
    but time and date, and those only when they are a time or a day of the programme."""
    if asked is Asked.NOTHING:
        return False
    core = _core(whole)
    parts = re.findall(r"\d+", core)
    if not parts or re.search(r"[^\d .:/~か-]", core):
        return False
    choices = [choice for choice in core.split("か") if choice]
    return all(_FITS[asked](one.strip(), re.findall(r"\d+", one)) for one in choices)


def _is_time(core: str, parts: list[str]) -> bool:
    if len(parts) == 1 and len(core) <= 2:
        return int(core) <= 24
    return _four(parts) != "" and is_clock(_four(parts))


def _is_date(core: str, parts: list[str]) -> bool:
    if len(parts) == 1 and len(core) <= 2:
        return 1 <= int(core) <= 31
    day = _four(parts[-2:] if len(parts) == 3 else parts)
    if len(core) == 8 and core.isdigit() and core.startswith("20"):
        day = core[4:]
    return day != "" and is_day(day) and int(day[:2]) in _PROGRAMME_MONTHS


def _four(parts: list[str]) -> str:
    """["8", "3"] and ["0803"] both as 0803; empty when they can't be read so."""
    if len(parts) == 2 and all(len(part) <= 2 for part in parts):
        return parts[0].zfill(2) + parts[1].zfill(2)
    return parts[0].zfill(4) if len(parts) == 1 and len(parts[0]) in (3, 4) else ""


_FITS: dict[Asked, Callable[[str, list[str]], bool]] = {
    Asked.TIME: _is_time,
    Asked.DATE: _is_date,
    Asked.PEOPLE: lambda core, parts: len(parts) == 1 and len(core) == 1,
    Asked.CHOICE: lambda core, parts: len(parts) == 1 and len(core) == 1,
    Asked.PIN_KIND: lambda core, parts: parts in (["4"], ["6"], ["16"], ["6", "16"]),
    Asked.REFERENCE: lambda core, parts: len(parts) == 1 and len(core) in (2, 3),
}

_KNOWN = re.compile(
    rf"(?:{DEVICE}|ok|okay|yes|no|yeah|hi|hello|hey|thanks?|thankyou|please|bye|au|docomo|softbank|uq|line|google|apple"
    r"|sms|wifi|qr|help|cancel|sorry|what|where|when|how|why|who|good|fine|app|pay|setagayapay|paypay|suica|pasmo|id|pin|pc|tv)+"
)


def bare_bit(whole: str) -> tuple[int, int] | None:
    """(digits, letters) of a message that is nothing but a short piece of a code, else None."""
    core = _core(whole)
    core = "0" if core == "〇" else spelt_bit(core) or word_bit(core) or core
    if not re.fullmatch(r"\d{1,3}|[a-z]{1,12}|[a-z0-9]{2,5}", core) or _KNOWN.fullmatch(core):
        return None
    digits = sum(char.isdigit() for char in core)
    return digits, len(core) - digits


_SAY = r"(?:言い|いい|言う|いう|送り|送る|送信し|書き|書く|打ち|打つ|お?伝え|お?教え|読み)し?"
_ANNOUNCE = re.compile(
    rf"{TOLD_SUBJECT}(?:は|が|を|って)?\s?(?:なん)?(?:ですが|ですけど|です|ね)?[、。:…\s]*$"
    rf"|(?:番号|ばんごう|暗証|数字|{TOLD_SUBJECT})[をは、]?\s?(?:今から|これから|いま)?{_SAY}"
    r"(?:ます|ね|よ|ぞ|わ)"
    r"|(?:my|the) (?:pin|password|code|number)(?: is|:)?\W*$"
)


def announces(whole: str) -> bool:
    """Does the message end where a secret would follow (「暗証番号は」「番号を言いますね」)?"""
    return len(whole) <= 80 and _ANNOUNCE.search(whole) is not None


_ASKED_OR_TOLD = re.compile(
    r"聞かれ|訊かれ|尋ね|たずね|きかれ|聞き出|言われ|いわれ|答え|こたえ|(?:教|おし)え(?:て|まし|ちゃ|た)"
    r"|伝え|言って|いって|言うて"
    r"|言っちゃ|言いまし|渡し|指示|押せ|told|gave|asked"
)
_OTHER_PARTY = re.compile(
    r"電話|でんわ|警察|銀行|役所|職員|の人|という人|と名乗|を名乗|男|女の|業者|さぽーと|係|還付|詐欺|さぎ|atm|息子|訪問|めーる"
    r"|caller|called|someone|man |woman|phone|police|bank|officer|staff"
)


def reports_scam(whole: str) -> bool:
    """Does the message tell of somebody else who asked for, or was told, the secret?"""
    return bool(_ASKED_OR_TOLD.search(whole) and _OTHER_PARTY.search(whole))
