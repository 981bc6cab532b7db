"""Words typed in the middle of a booking: an answer to the step, another wish, or something else."""

from __future__ import annotations

import re
from dataclasses import replace

from intents import my_bookings
from intents.booking import apply, not_understood, proceed
from intents.booking_questions import confirm_data
from intents.booking_taps import confirm, confirm_move, stop, tapped
from intents.booking_window import Answer, Window, open_window
from intents.dates import read_when
from intents.draft import STEPS, Draft
from intents.match import Band, Match
from intents.slots import in_time
from intents.talk import Said, Tapped, Typed, parse_tap
from intents.text import fold, strip_polite
from intents.turn import Turn
from intents.wishes import Heard

_STOP = re.compile(
    r"(?:もう|やっぱり|やはり|予約は?|これは?|今日は|今は)*(?:いい|やめ(?:る|た|て|たい|とく|ておく|よう|ます|ました)?|止め(?:る|て|たい)?|中止|中断"
    r"|きゃんせる|キャンセル|取り?消し?|取りやめ|おわり|終わり|stop|cancel|quit|never ?mind|forget it)(?:する|して|します|したい|にする|にします|です)?"
    r"|また(?:今度|こんど|あとで|後で|の機会)?(?:に(?:する|します))?|あとで(?:に(?:する|します))?|後に(?:する|します)"
    r"|(?:少し|ちょっと)?(?:考え|相談し)(?:ます|る|て(?:おき|み|から(?:に(?:し)?)?)ます)"
)
_BACK = re.compile(r"(?:ひとつ|一つ|1つ)?(?:前|まえ)(?:に|へ)?(?:戻|もど)?(?:る|って|りたい)?|戻(?:る|って|りたい)|もどる|back|go back|previous")
_YES = re.compile(
    r"(?:はい|うん|ええ|おねがい(?:します)?|お願い(?:します)?|それで|これで|その(?:日|時間)で|予約(?:する|して|します|を?確定)?"
    r"|確定|決定|決める|ok|okay|おk|おーけー|オーケー|yes|yeah|please|book it|confirm|変更(?:する|して)|よろしく|大丈夫)+"
)
# At 「これでよろしいですか」 only: elsewhere 「いいです」 is "no, thank you".
_FINE = re.compile(
    r"(?:(?:はい|それ|これ|その|この)[でま、 ]*)*(?:いい|良い|よい|よろしい|結構|けっこう)(?:です|でーす|よ|ですよ|わ)*"
    r"|(?:合って|あって)(?:い)?(?:る|ます)|間違い?(?:ない|ありません)(?:です)?|了解(?:です|しました)?|承知(?:しました)?|わかりました|分かりました"
    r"|(?:そう|それで)して|(?:頼|たの)(?:みます|む)|(?:thats? )?(?:fine|right|correct|good|sure)|looks good|go ahead"
)
_ANY = re.compile(
    r"(?:いつ|何時|なんじ|何日|どこ|どの(?:日|時間|場所|窓口|会場)|どれ|どちら|なん|何)でも(?:いい|良い|よい|よろし|かまわ|構わ|大丈夫|結構|ok|$)"
    r"|まかせ|任せ|^(?:(?:いちばん|一番)?最初|(?:いちばん|一番)上)|\bany(?:time|where|day|one)?\b|whenever|wherever|up to you"
)
_MORE_DAYS = re.compile(r"もっと(?:先|後|あと)|(?:その|この)?(?:先|次|後|あと)の日|later days?|more days")
_WAITS = re.compile(r"空き?.{0,3}待|待ち(?:ます|たい)|待つ$|きゃんせる待ち|キャンセル待ち|wait")
_ALL = re.compile(r"(?:全部|ぜんぶ|全て|すべて|みんな|all(?: of (?:it|them))?|everything)(?:です|で)?")
_NO = re.compile(r"(?:いいえ|いや|ううん|ちがう|違う|ちがいます|違います|no|nope|別の(?:時間|日)|ほかの(?:時間|日)|他の(?:時間|日))")
_OTHER_DAY = re.compile(r"(?:ほか|他|別|べつ|違う)の日|another day|other day")
_OTHER_VENUE = re.compile(r"(?:ほか|他|別|べつ|違う)の(?:場所|会場|所|ところ|窓口)|another (?:place|office|venue)")
_ORDINAL = re.compile(r"([1-9])(?:番(?:目)?|つ目|つめ)")
_BARE = re.compile(r"([0-9]{1,2})")
# やめる alone could as well mean "stop asking".
_CANCEL_IT = re.compile(r"(?:はい)?(?:取り?消(?:す|して|し|します)|cancel it|cancel)|はいやめ(?:る|て|ます)")
_KEEP = re.compile(r"(?:やっぱり)?(?:取り?消さない|取り?消しません|やめない|やめません|行きます|そのまま(?:で|に(?:する|します)?)?|keep it)(?:です)?")
_TOPIC = re.compile(r"(?:(東京|とうきょう|都|tokyo)|世田谷|せたがや|区|pay|ぺい|ペイ|setagaya)(?:の)?(?:ほう|方)?(?:です|で)?")
_SELF = re.compile(r"(?:私|わたし|わたくし|自分|本人|僕|俺|わし|me|myself)(?:です|が行く|が行きます|の分)?")
_QUESTION = re.compile(
    r"[?？]|(?:です|ます|でしょう|ません|いい|ある|いる|の)か(?:な|ね|しら)?$|教えて|どこ|どう|なぜ|何|なに|いくら|どんな|誰"
    r"|^(?:what|where|when|how|which|who|why|is|are|do|does|can|could|should)\b"
)
# 「…のですが、よろしいですか」 asks leave for a wish, and nothing else.
_LEAVE = re.compile(r"(?:が|けど|けれど)、?(?:よろしい|宜しい|いい|大丈夫|可能)(?:です|でしょう)か[?？。]?$")
_VACANCY = re.compile(r"空い|空き|あい(?:て|た)|とれ|取れ|行け|だめ|ダメ|available|free|possible")


def pressed(said: Said, yes: str) -> Said:
    """A typed はい after a question with two buttons is a tap on the first, いいえ on the way back."""
    if not yes or not isinstance(said, Typed):
        return said
    words = _plain(said.text.text)
    if _YES.fullmatch(words) or _CANCEL_IT.fullmatch(words):
        return parse_tap(yes) or said
    return Tapped("mine") if _NO.fullmatch(words) or _KEEP.fullmatch(words) else said


def _plain(text: str) -> str:
    return strip_polite(fold(text)).strip("。、！!. ")


def typed(turn: Turn, draft: Draft, text: str, heard: Heard, matches: list[Match]) -> Answer | None:
    """The answer to words typed in a step; None where they are no answer to it but a question."""
    words = _plain(text)
    agrees = draft.step == "confirm" and _FINE.fullmatch(fold(text).strip())
    if not agrees and (_STOP.fullmatch(words) or _STOP.fullmatch(fold(text).strip())):
        return my_bookings.ask_cancel(turn, draft.moving) if _cancels(draft, words) else stop(turn)
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    draft = replace(draft, taps=draft.taps + 1)
    if _BACK.fullmatch(words):
        return _back(turn, draft, window)
    picked = _picked(turn, draft, text, window)
    if picked is not None:
        return picked
    if _ANY.search(words) and not heard.says_when and not heard.venue and draft.step in ("venue", "day", "time"):
        return _first_free(turn, draft, window)
    heard = _in_step(draft, words, heard, turn)
    if _is_question(text, matches, turn):
        return None
    if _answers(heard):
        return apply(turn, draft, heard, window)
    asked = turn.talk.draft or draft  # words that answer nothing are no answer
    if heard.books and _VACANCY.search(fold(text)):
        return proceed(turn, asked, window)  # 「空いている日は？」: the question shows them
    return None if _has_answer(text, matches, turn) else not_understood(turn, asked, window)


def _cancels(draft: Draft, words: str) -> bool:
    """While a booking is being changed, 取り消し means that booking; やめる only leaves the change."""
    return bool(draft.moving) and re.search(r"取|きゃんせる|キャンセル|cancel", words) is not None


def _first_free(turn: Turn, draft: Draft, window: Window) -> Answer:
    """「どこでもいい」, 「おまかせ」: the soonest that is free, as the answer to this question."""
    slots = window.free(draft, turn)
    if not slots:
        return proceed(turn, draft, window)
    first = min(slots, key=in_time)
    if draft.step == "venue":
        return proceed(turn, replace(draft, venue=first.venue), window)
    chosen = replace(draft, days=(first.day,)) if draft.step == "day" else draft.at(first)
    return proceed(turn, chosen, window)


def _picked(turn: Turn, draft: Draft, text: str, window: Window) -> Answer | None:
    """Words that press a button: yes at the confirmation, 「2番目」, 「ほかの日」, 「空きを待ちます」."""
    words = _plain(text)
    if draft.step == "confirm" and draft.slot is not None:
        if _YES.fullmatch(words) or _FINE.fullmatch(words) or _FINE.fullmatch(fold(text).strip()):
            data = confirm_data(draft, draft.slot).split(":")
            return confirm_move(turn, tuple(data[1:])) if draft.moving else confirm(turn, tuple(data[1:]))
        if _NO.fullmatch(words):
            slot = draft.slot
            return tapped(turn, "day", (slot.venue, slot.day.isoformat()))
    if _OTHER_DAY.search(words) and draft.venue:
        return tapped(turn, "days", (draft.venue, "0"))
    if _OTHER_VENUE.search(words):
        return tapped(turn, "venues", ())
    for asks, verb in ((_WAITS, "wait:"), (_MORE_DAYS, "days:")):
        shown = [data for data in draft.offered if data.startswith(verb)]
        if shown and asks.search(words):
            return _press(turn, shown[0])
    number = _ORDINAL.fullmatch(words)
    if number is None and draft.step in ("venue", "topics"):
        number = re.fullmatch("([1-9])", words)
    if number and int(number[1]) <= len(draft.offered):
        return _press(turn, draft.offered[int(number[1]) - 1])
    return None


def _press(turn: Turn, data: str) -> Answer | None:
    verb, *args = data.split(":")
    return my_bookings.tapped(turn, verb, tuple(args)) or tapped(turn, verb, tuple(args))


def _in_step(draft: Draft, words: str, heard: Heard, turn: Turn) -> Heard:
    """What the words mean as the answer to this very question: 「25」 is a day here, an hour there."""
    number = _BARE.fullmatch(re.sub(r"(?:です|で|に|を)$", "", words))
    if number and draft.step in ("day", "time"):
        unit = "日" if draft.step == "day" else "時"
        return replace(heard, when=read_when(f"{number[1]}{unit}", turn.speak.today))
    if draft.step == "topics" and _ALL.fullmatch(words):
        return replace(heard, topics=("setagaya", "tokyo"))
    if draft.step == "topics" and heard.topics is None and (topic := _TOPIC.fullmatch(words)):
        return replace(heard, topics=("tokyo",) if topic[1] else ("setagaya",), venue="")
    if draft.step == "people" and number:
        return replace(heard, people=int(number[1]))
    if not heard.people and (_SELF.fullmatch(words) or (draft.step == "people" and heard.family)):
        return replace(heard, people=1)
    return heard


def _answers(heard: Heard) -> bool:
    return bool(
        heard.venue
        or heard.elsewhere
        or heard.says_when
        or heard.people
        or heard.family
        or heard.topics is not None
        or heard.same_day
        or heard.same_time
    )


def _is_question(text: str, matches: list[Match], turn: Turn) -> bool:
    """Whether the words ask something that an entry surely answers, rather than wish a place."""
    sure = [m.candidates[0].id for m in matches if m.band is Band.SURE]
    entries = [entry for name in sure if (entry := turn.desk.entry(name))]
    if any(entry.start.startswith("booking") for entry in entries):
        return False
    return bool(entries) and asks_something(text)


def _has_answer(text: str, matches: list[Match], turn: Turn) -> bool:
    """Whether the desk has something to say to the words, more than 「どういたしまして」."""
    found = [entry for m in matches if m.candidates and (entry := turn.desk.entry(m.candidates[0].id))]
    sure = any(m.band is Band.SURE for m in matches) and any(not entry.courtesy for entry in found)
    near = any(m.band is Band.UNSURE for m in matches) and asks_something(text)
    return sure or near


def asks_something(text: str) -> bool:
    """Whether a sentence is a question, other than whether a place is free."""
    words = _LEAVE.sub("", fold(text))
    asks = _QUESTION.search(words) or _QUESTION.search(_LEAVE.sub("", text.strip()))
    return asks is not None and not _VACANCY.search(words)


def _back(turn: Turn, draft: Draft, window: Window) -> Answer:
    """One question back: what was answered there is open again."""
    before = STEPS[max(STEPS.index(draft.step) - 1, 0)]
    anywhere = replace(draft, days=(), earliest=None, latest=None, first=False, slot=None, quick=False)
    undone = {
        "venue": replace(anywhere, venue=""),
        "day": anywhere,
        "time": replace(draft, earliest=None, latest=None, first=False, slot=None, quick=False),
        "people": replace(draft, people=0, topics=None, quick=False),
        "topics": replace(draft, topics=None, quick=False),
    }
    return proceed(turn, undone.get(before, draft), window)
