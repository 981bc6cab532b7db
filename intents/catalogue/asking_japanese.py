"""Whether a Japanese sentence, plain or やさしい, asks for a PIN or password here."""

from __future__ import annotations

import re
import unicodedata

from intents.patterns import any_of, said
from intents.text import to_hiragana

_READING = re.compile("[(（][ぁ-ゖァ-ヺー\\s]+[)）]")
_QUOTED = re.compile(r"[「『“\"][^」』”\"]*[」』”\"](?=、?(?:と|って|など|の(?:電話|メール|文|連絡)))")
_MARKS = re.compile("[「」『』“”\"'\\s]")


def flat(sentence: str) -> str:
    """Half-width and in hiragana, without readings, spaces, and what is only quoted."""
    text = unicodedata.normalize("NFKC", _QUOTED.sub("", _READING.sub("", sentence)))
    return _MARKS.sub("", to_hiragana(text).lower())


def without_numbers(words: str) -> str:
    """`words`, where the text says nowhere that its numbers are PINs."""
    return _BARE.sub("品", words)


# ------------------------------------------------------------------ the words
# 「番号」 alone means a PIN where the text speaks of PINs; never a 受付番号, or the number of a lamp post.
_OWN = any_of("そ", "こ", "どちら", "ほう", "かーど", "あぷり", "本人", "ほんにん", "自分", "じぶん", "あなた", "署名用", "証明用")
_OTHERS = "".join(f"(?<!{word})" for word in ("でんわ", "よやく", "うけつけ", "ふぁっくす"))
_NUMBER = f"(?:{_OWN}の|(?<![一-鿿a-z0-9の]){_OTHERS})(?:番号|ばんごう)"
_BARE = re.compile(_NUMBER)
_NAMED = any_of(
    "(?:暗証|暗唱|あんしょう)(?:番号|ばんごう|なんばー)?",
    "ぱすわーど", "ぱすこーど", "ぴん(?:こーど|番号|なんばー)", "(?<![a-z])pin(?:こーど|番号|なんばー|code)?(?![a-z])",
    "ぱす(?=[をは])", "[46四六](?:つの|文字の?)(?:数字|番号)", "(?:数字|番号)を?[46四六]つ",
    "[46四六](?:けた|桁)(?:から|以上)?の?(?:数字|すうじ|番号|ばんごう|英数字)?", "英数字",
)  # fmt: skip
_SECRET = any_of(_NAMED, _NUMBER)
_ABOUT = said(_NAMED, "まいなんばーかーど", "せたがやpay", "せたがやぺい", "東京あぷり")
_ANY_SECRET = re.compile(_SECRET)
_PAPER = "(?:を(?:書い|控え|めもし)た(?:紙|めも)(?:の(?:写真|画像))?|の?紙)"
_SUFFIX = rf"(?:そのもの|など|等|の(?:数字|番号|控え|めも|写真|画像)|{_PAPER})?(?:\([^)]*\))?"
_WITH = "(?:(?:と|や)[^をは、。]{1,15})?"
_HERE = any_of(
    "ここ", "こちら", "この(?:画面|とーく|ちゃっと|らん|欄|らいん|line)", "(?<![a-z])line", "らいん", "とーく",
    "ちゃっと", "めっせーじ", "めーる", "返信", "返事", "へんじ", "下の欄", "入力欄", "ふぉーむ",
)  # fmt: skip
# What stands between the secret and the verb: no other object, person or condition.
_ELSE = any_of("を", "忘(?!れず)", "わすれ(?!ず)", "とき", "時は", "場合", "ばあい", "たら", "れば", "ので", "から、",
               "(?:方|人|かた|ひと)[はが]", "けれど", "です", "ます")  # fmt: skip
_BETWEEN = f"(?:(?!{_ELSE}).){{0,30}}?"

_TELL = any_of(
    "送っ", "おくっ", "教え", "おしえ", "知らせ", "しらせ", "伝え", "つたえ", "言っ", "(?<=を)いっ", "おっしゃっ", "話し",
    "(?<=を)はなし", "見せ", "みせ", "聞かせ", "きかせ", "答え", "こたえ", "書い", "かい", "書き込ん", "かきこん", "打ち込ん",
    "うちこん", "残し", "貼っ", "撮っ", "読み上げ",
    "(?:送信|返信|記入|きにゅう|連絡|回答|提示|提出|報告|めも|口頭で)し",
)  # fmt: skip
_ENTER = any_of("(?:入力|にゅうりょく|たいぷ)し", "入れ", "いれ", "打っ", "うっ", "押し", "おし")
_TELL_POLITE = any_of("[お御](?:書き|送り|教え|知らせ|伝え|聞かせ|見せ|話し|答え|書き込み|申し付け)",
                      "ご(?:記入|返信|送信|連絡|回答|提示|提出|報告)")  # fmt: skip
_ENTER_POLITE = any_of("[お御](?:入れ|打ち)", "ご?(?:入力|にゅうりょく)")
# 「…てくださいと言われたら」 is somebody else's asking.
_NOT_SAID = "(?!」?、?(?:と|って|など))"
_PLEASE = any_of(
    "ください", "下さい", "くれ(?:ます|ません|る|ない)?か?", "(?:ほし|欲し)い(?:です)?", "ちょうだい", "頂戴",
    "もらえ(?:ます|ません|る|れば)", "もらい(?:ます|たい)", "もらう(?!こと|必要は)", "(?:お願い|おねがい)",
    "(?:いただ|頂)(?:け(?:ます|ません|れば|ると|る)|き(?:ます|たい)|く(?!こと|必要は))", "(?:ね|よ|ねえ)?(?:[、。!?]|$)",
)  # fmt: skip
_TE_REQUEST = f"[てで](?:おいて|みて)?{_PLEASE}{_NOT_SAID}"
_POLITE_REQUEST = f"(?:に?なって)?を?(?:ください|下さい|いただ[けき]|頂[けき]|(?:お|御)?(?:願|ねが)|になっ){_NOT_SAID}"
_TELL_PLAIN = any_of("送る", "おくる", "教える", "おしえる", "知らせる", "伝える", "書く", "かく", "書き込む", "言う", "見せる",
                     "(?:送信|返信|記入|連絡)する")  # fmt: skip
_ENTER_PLAIN = any_of("(?:入力|にゅうりょく)する", "入れる", "いれる", "打つ")
_MUST = "(?:必要があり|必要です|よう(?:に(?:して)?)?(?:ください|下さい|お願い)|こと(?:。|$)|ことに(?:なり|して))"
_URGE = any_of("(?:書き|送り|教え|伝え|知らせ|言い|見せ|(?:送信|返信|記入)し)(?:ましょう|なさい)",
               "教えろ", "(?:送れ|書け)(?:$|。)")  # fmt: skip
_ENTER_URGE = "(?:入力し|入れ|打ち)(?:ましょう|なさい)"

_OBJECT = f"{_SECRET}{_SUFFIX}{_WITH}"
_IF_KNOWN = "が(?:分か|わか)(?:れば|ったら|る(?:方|人)?(?:は|なら)?)、?"
_LINK = f"(?:(?:を|は|も|って|{_IF_KNOWN}){_BETWEEN}|、?(?:{_HERE}[にへで]?)?)"
_TOLD = re.compile(
    f"{_OBJECT}{_LINK}"
    f"(?:{_TELL}(?:{_TE_REQUEST}|[てで]、.*(?:ください|下さい|お願い))|{_TELL_POLITE}{_POLITE_REQUEST}"
    f"|{_TELL_PLAIN}{_MUST}|{_URGE})"
    f"|{_SECRET}の(?:ご?(?:送信|返信|記入|連絡|提示|提出|回答)|お知らせ)を?(?:ください|お願い|し(?:て(?:ください|いただ)))"
)
_ENTERED = re.compile(
    f"{_OBJECT}{_LINK}"
    f"(?:{_ENTER}{_TE_REQUEST}|{_ENTER_POLITE}{_POLITE_REQUEST}|{_ENTER_PLAIN}{_MUST}|{_ENTER_URGE})"
    f"|{_SECRET}のご?(?:入力|にゅうりょく)を?(?:ください|お願い|して(?:ください|いただ))"
)
# The request first, the secret behind it.
_TURNED = re.compile(f"(?:{_TELL}|{_ENTER})[てで](?:ください|下さい|ね|よ)[、,。!:]*{_SECRET}(?:を|です)?[。!]?$")
_ASKED = said(
    f"{_SECRET}(?:を|は)?、?(?:何番|なんばん|(?:何|なん)(?:ですか|でしょう|でした|と言)|いくつ(?:ですか|でしょう|[?]|$))",
    f"{_SECRET}を、?{_BETWEEN}(?:(?:うかが|伺)い(?:ます|たい)|拝見し)",
    f"{_SECRET}を、?{_BETWEEN}お(?:聞き|きき|たずね|尋ね|伺い|うかがい|預かり|あずかり)(?:し|いたし)ます",
    f"{_SECRET}を、?(?:{_BETWEEN}(?:お願い|おねがい)し|どうぞ|ください|下さい|いただ[けき]|頂[けき]|もらえ|ちょうだい)",
    f"{_SECRET}(?:を|は)、?{_HERE}(?:に|へ|まで)(?:どうぞ|お願いします|おねがいします)?[。!]?$",
    f"{_SECRET}を{_BETWEEN}(?:聞い|きい|うかがっ|伺っ|お?(?:聞き|たずね|尋ね)し)ても?、?(?:よ|い|宜|かま)",
    f"{_SECRET}を{_BETWEEN}(?:送ら|教え|知らせ|伝え|言わ|書か|見せ|話さ)な(?:いと|ければ|くては)[^。]*"
    "(?:でき|進め|なり|なら|いけ|始め)(?:ま|な)",
    f"{_SECRET}(?:[:は]|\\([^)]*\\):?)*_{{2,}}",
)
# Said of this chat, even a plain statement invites: 「ここに暗証番号を書くと、調べられます」.
_SAYING = any_of("送[るれりっ]", "おく[るれりっ]", "書[くけきい]", "か(?:く|け|き|い)(?=[てとばまる])", "教え", "おしえ", "打[つてちっ]",
                 "入力(?:でき|す|し)", "入れ[るらてま]", "送信(?:でき|す|し)", "記入(?:でき|す|し)")  # fmt: skip
_INVITED = re.compile(f"{_SECRET}{_SUFFIX}(?:を|は|も){_BETWEEN}{_SAYING}")
_STAFF = any_of("職員", "しょくいん", "係の?(?:者|人|員)?", "わたしたち", "私たち")
_TO_STAFF = re.compile(f"(?:{_STAFF}|電話)(?:に|へ|で).{{0,60}}?{_SECRET}を{_BETWEEN}|{_SECRET}を、?{_STAFF}(?:に|へ)")
_TELLING = said("送[るれり]", "教え[るれま]", "知らせ[るれま]", "伝え[るれま]", "言[うえい]", "書[くけき]", "見せ[るれま]")
_HERE_SAID = re.compile(f"{_HERE}(?:に|へ|で|から)")
_DENIED = said(
    "な(?:い|く|か)", "ませ", "(?<!必)(?<!かなら)(?<!忘れ)ず(?:に|、)", "いけ", "だめ", "駄目", "禁", "遠慮", "控え", "やめ", "止め", "危", "あぶ", "注意",
    "しまっ", "取消", "消し", "うっかり", "間違え", "まちがえ", "詐欺", "さぎ", "うそ", "にせ", "言われ", "いわれ", "きかれ", "聞かれ",
)  # fmt: skip
# Where a secret belongs: its owner types it there.
_PLACES = said(
    "窓口", "まどぐち", "会場", "総合支所", "あぷり", "せたがやぺい", "せたがやpay", "すまほ", "端末", "画面", "かーど", "機械",
    "ほーむぺーじ", "さいと", "ろぐいん", "ぱそこん", "ご自分", "自分で", "じぶんで", "本人", "ほんにん", "頭", "あたま", "心の中",
)  # fmt: skip
_GO_ON = re.compile(
    "(?:では|それでは|まず|次に|つぎに)?、?(?:(?:それ|これ|その(?:番号|数字))を?)?、?"
    f"(?:{_HERE}(?:に|へ|から|で))?、?(?:(?:{_TELL}|{_ENTER})[てで]、?)?"
    f"(?:(?:{_TELL}|{_ENTER}){_TE_REQUEST}|(?:{_TELL_POLITE}|{_ENTER_POLITE}){_POLITE_REQUEST})"
)
_BUTTON = re.compile(
    f"{_SECRET}(?:を{_BETWEEN})?(?:{_TELL_PLAIN}|{_ENTER_PLAIN}|送信|返信|入力|記入)$|{_SECRET}の(?:送信|返信)$"
)


def asks(words: str, label: bool) -> bool:
    """`words`: one sentence, `flat`. `label`: it is all that stands on a button."""
    if not _ANY_SECRET.search(words):
        return False
    here = _HERE_SAID.search(words) is not None
    return bool(
        _TOLD.search(words)
        or _TURNED.search(words)
        or _ASKED.search(words)
        or (_ENTERED.search(words) and (here or not _PLACES.search(words)))
        or (label and _BUTTON.search(words))
        or (not _DENIED.search(words) and _is_invited(words, here))
    )


def _is_invited(words: str, here: bool) -> bool:
    if here and _INVITED.search(words):
        return True
    to_staff = _TO_STAFF.search(words)
    return to_staff is not None and _TELLING.match(words, to_staff.end()) is not None


def goes_on(words: str) -> bool:
    """Whether a sentence without a subject of its own asks for what the one before spoke of."""
    return _GO_ON.match(words) is not None


def names_secret(text: str) -> bool:
    """Whether the text as a whole is about PINs, or about what they are for."""
    return _ABOUT.search(flat(text)) is not None


def speaks_of(words: str) -> bool:
    """Whether a secret is spoken of, and nothing is forbidden or warned of."""
    return _ANY_SECRET.search(words) is not None and not _DENIED.search(words)
