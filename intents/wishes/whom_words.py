"""The words for relatives, and the patterns of what is said of them.

Few words stand alone here: 娘 is in 「娘の分」 and in 「娘に言われて」. What comes after them decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from intents.patterns import any_of, said
from intents.text import to_hiragana

_SPOUSE = "(?<!大丈)夫(?!婦)|妻|ご?主人(?!公)|旦那|だんな|亭主|うちの人(?!数)|家内|女房|(?<!花)嫁|連れ合い|つれあい"
_ELDERS = (
    "お?父(?!島)|お?母(?!国)|おかあ|おとう|おふくろ|お袋|親父|おやじ|義[母父]|姑|舅|祖[母父]|お?(?:ばあ|じい|ばば|爺|婆)(?:ちゃん|さん)?"
    "|叔[父母]|伯[父母]|おば(?=の|が|を|です)|おじ(?=の|が|を|です)|(?<![両母父])親(?![切戚友子指父類身])"
)
_YOUNGER = "子ども|子供|こども|[兄姉妹弟](?![弟妹])|息子|むすこ|娘(?!婿)|孫|甥|姪"
_OTHERS = "家族|身内|利用者|入居者|患者|友人|友だち|友達|知り合い|知人|近所の(?:人|方)|隣の(?:人|方|おばあ|おじい)"
# At most so many follow one another: without a bound a long 「親親親…」 would be read again from each of its signs.
_CALLED = "(?:さん|さま|様|ちゃん|くん|上|親|たち){0,2}"
_EN = (
    "mother|father|mom|mum|dad|wife|husband|grand(?:ma|pa|mother|father|son|daughter)|aunt|uncle|parents?|son|daughter"
    "|sister|brother|friend|client"
)
_ME = "(?:私|わたし|わたくし|あたし|自分|僕|ぼく|俺|おれ|わし|うち)"
_NEGATED = "(?:の(?:分)?)?(?:では|じゃ|で)(?:な[いく]|ありません)|以外|はいいので|はなし"
# What a relative wishes or does, where the visit is hers.
_WANTS = any_of(
    "(?:行|い)(?:き(?:ます|たい|たが)|く(?=の|から|こと|予定|つもり|日|です|んで|$)|かせ|っても?(?:いい|よい|よろ|大丈夫))",
    "(?:伺|うかが)(?:い|う|わせ)|(?:参り|まいり)(?:ます|たい)|来(?:ます(?!の)|たい)",
    "受け(?:ます|たい|る|させ|ても?(?:いい|大丈夫))|使いた|使える(?:よう|に)|使い方|覚えた|おぼえた|習いた|教わりた|やりた",
    "したい|してほし|始めた|はじめた|希望|買(?:った|い)(?!て?くれ)|買いまし|お世話|窓口|予約|(?:[0-9日曜]|午[前後])(?:[がで]|なら|$)",
    "苦手|わから|分から|困って|(?:初|はじ)めて|足が|耳が|目が|字が|歩け|高齢|車いす",
)
_PHONE_OR_CARD = (
    "(?:すまほ|携帯(?:電話)?|あいふぉん|iphone|かーど|まいなんばー(?:かーど)?)"
    # 「娘のスマホから」 tells what is used, 「父のカードがなくなった」 what has happened.
    "(?!で|から|を(?:借|使|お借)|に(?:かけ|電話|送)|番号|の暗証|が(?:なくな|盗))"
)
# What of a relative's is a visit's matter: 母の分, 父の代わり, 母のスマホ, 父の8月12日.
_THING = any_of(
    "予[約訳]|よやく|分|ぶん|ため|為|席|枠|番(?!号)|申し?込|代わり|かわり|代理|代行|手続|てつづ|登録|設定|件|こと|ほう|方",
    "ぽいんと|せたがや|東京あぷり|(?:ご)?希望|都合|用事?で|[0-9]|午[前後]|来週|今週|明日|再来|[月火水木金]曜",
    _PHONE_OR_CARD,
)
FOR_EN = said(
    rf"\b(?:for|on behalf of|book|bring(?:ing)?|register|help|take) (?:my|a|our) (?:{_EN})\b",
    rf"\bmy (?:{_EN})(?:s|'s) (?:booking|appointment|turn|visit|place|phone)",
    rf"\bmy (?:{_EN}) (?:wants|would like|needs|is coming|is going|will come|will go|can come|is the one|only)",
    rf"^(?:its |it is |for )?my (?:{_EN})(?: only| please)*$",
)


@dataclass(frozen=True, slots=True)
class _Kin:
    """Pieces of patterns: the relatives, one of them as he is called, a grown-up one."""

    any: str
    one: str
    old: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the words for relatives make; they come partly from the content.

    `named`: one is named (`further`: by a word of the content's). `theirs`: the visit is for them;
    `theirs_too`: 「父の分も」; `also`: one more comes; `alone`: 「母だけ」; `bare`: 「母です」; `negated`: 「母ではなく」;
    `absent`: what may not come; `pair`: two of them; `three`: 父と母と私; `escorted`: they are accompanied; `with_me`,
    `together`: they come with the speaker.
    """

    further: re.Pattern[str]
    named: re.Pattern[str]
    theirs: re.Pattern[str]
    theirs_too: re.Pattern[str]
    also: re.Pattern[str]
    alone: re.Pattern[str]
    bare: re.Pattern[str]
    negated: re.Pattern[str]
    absent: re.Pattern[str]
    pair: re.Pattern[str]
    three: re.Pattern[str]
    escorted: re.Pattern[str]
    with_me: re.Pattern[str]
    together: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns_of(more: tuple[str, ...]) -> Patterns:
    """`more`: the content's words for relatives; those known here are kept as they are."""
    further = "|".join(re.escape(to_hiragana(word)) for word in more if _is_new(word)) or "(?!)"
    every = "|".join((_SPOUSE, _ELDERS, _YOUNGER, _OTHERS, further))
    one = f"(?:うちの|私の|わたしの|義理の|義)?(?:{every}){_CALLED}(?:[0-9]{{2,3}}歳)?"
    kin = _Kin(every, one, f"(?:{_SPOUSE}|{_ELDERS}){_CALLED}")
    return Patterns(
        further=re.compile(further),
        named=re.compile(f"{every}|両親|{_EN}"),
        theirs=_theirs(kin),
        theirs_too=re.compile(f"{one}の(?:分|ぶん|席|予約)も"),
        also=_also(kin),
        alone=re.compile(f"(?:{one}|両親)(?:の(?:分|ぶん|席|予約))?だけ"),
        bare=_bare(kin),
        negated=re.compile(f"(?:{one}|2人|二人|ふたり|夫婦|両親)(?:{_NEGATED})"),
        absent=re.compile(f"(?:{_SPOUSE}){_CALLED}(?:が|は|も|の(?:分|ぶん)は)"),
        pair=re.compile(f"(?:{_ELDERS}){_CALLED}と(?:{_ELDERS}|{_SPOUSE})"),
        three=_three(kin),
        escorted=re.compile(f"{kin.old}(?:に|の)(?:付き?)?添(?:って|い?で)"),
        with_me=_with_me(kin),
        together=re.compile(
            f"(?:{_SPOUSE}|[兄姉妹弟](?![弟妹])|友人|友だち|友達|知り合い|知人){_CALLED}"
            "と(?:一緒|いっしょ|ともに|共に|2人|ふたり|行[きくけ]|いき|伺|うかが|参り)(?!に?(?:暮|住|いま|買))"
        ),
    )


def _three(kin: _Kin) -> re.Pattern[str]:
    """Three by listing them: 父と母と私, 夫婦と母, "my parents and I"."""
    person = f"(?:(?:うちの|私の|わたしの)?(?:{kin.any}){_CALLED}|{_ME}|本人)"
    two = "(?:両親|夫婦|老夫婦)"
    return said(
        f"{person}[とや、]{person}と{person}(?!に(?:聞|相談|言))",
        f"{two}と{person}|{person}と{two}(?!げんか|喧嘩)",
        rf"\bmy (?:{_EN}),? (?:and )?my (?:{_EN}),? and (?:me|i|myself)\b|\bmy parents and (?:me|i|myself)\b",
    )


def _theirs(kin: _Kin) -> re.Pattern[str]:
    """母の予約, 父が行きます, 母を連れて, 母に受けさせたい, 母と一緒に."""
    matter = f"の(?:{_THING}(?!も(?:取|お願い|一緒|いっしょ|追加|とれ|です))|$|[をも]|だけ|で(?:す|お願|$)|は[0-9]|付き添いで)"
    does = f"[がは][^はも]{{0,16}}?{_WANTS}"
    when = "[0-9日月曜午前後に来週]{0,8}"
    taken = any_of(
        f"[をも]{when}(?:連れ|つれ|行かせ|いかせ|受けさせ|お願い|予約|よろしく)",
        "を?(?:(?:連|つ)れ|受けさせ)|でお願い|の?ほうで",
    )
    helped = "に" + any_of(
        "受けさせ|(?:覚え|おぼえ|使わ|つかわ|やら)せ|代わ|かわ",
        "(?:教|おし)えて(?:くだ|や[っり]|あげ|ほし|いただ|もらえ|もらいた)",
    )
    return said(kin.one + any_of(matter, does, taken, helped), f"{kin.old}(?:と(?:一緒|いっしょ|ともに|共に)|(?:から|に)頼まれ)")


def _also(kin: _Kin) -> re.Pattern[str]:
    """母も行きます, 妻の分も, もう一人追加, "my wife too"."""
    when = "[0-9日月曜午前後に来週]{0,6}"
    comes = any_of(
        "行|い[くきっ]|一緒|いっしょ|受け|お願い|おねがい|来[たまる]|参|伺|うかが|予約|取|とれ|連れ|つれ|です|だ|いい",
        "大丈夫|よろし|使いた|やりた|したい|習|教",
    )
    one_more = "(?:もう|あと)(?:1人|ひとり|一人|1名|一名)(?:[をが]|の?分[をも]?|も)?" + any_of(
        "追加|増|ふや|お願い|行|来|いっしょ|一緒|います|いる|予約|連れ|取|とれ|$"
    )
    joins = "(?: (?:is|will|would like to|wants to|can|come|comes|coming|be|join|go|us))* ?(?:too|also|as well)"
    return said(
        f"{kin.one}(?:も(?:{when}{comes}|$)|の(?:分|ぶん|席|予約)も|を(?:追加|加え|足し|増や))",
        f"{_ME}(?:も(?:受け|お願い|です|予約|$)|の(?:分|ぶん)も)",
        f"{one_more}|1人(?:追加|増や|増え|ふや)|(?:人数|にんずう)を(?:増|ふや)",
        rf"\bmy (?:{_EN}){joins}\b|\b(?:add|also (?:bring|for)) my\b|\b(?:me|i) (?:too|as well)\b",
        r"\bone more (?:person|people|seat)\b|\badd (?:another|one|a) (?:person|more)",
    )


def _bare(kin: _Kin) -> re.Pattern[str]:
    """A relative as the whole answer: 「はい、82歳の母です」."""
    before = any_of(
        "はい|ええ|えっと|それは|これは|今回は|予約は|本人は|行くのは|受けるのは|[0-9]{2,3}歳?の|高齢の|実家の|田舎の"
    )
    alone = "(?:だけ|の(?:分|ほう)|なん|な|1人|ひとり|一人)"
    ending = any_of(
        "です(?:が|けど|けれども?|よ|ね|の){0,3}|だ(?:よ|けど|が)?|なの(?:です|よ|で)?",
        "なんです?(?:が|けど|けれども?){0,2}|になります|で|に",
    )
    return re.compile(f"{before}{{0,5}}{kin.one}{alone}{{0,3}}{ending}?")


def _with_me(kin: _Kin) -> re.Pattern[str]:
    """主人と私, 私も母も, "my husband and I"."""
    relative = f"(?:{kin.any}){_CALLED}"
    return said(
        f"{relative}と(?:{_ME}|本人)|{_ME}と(?:{kin.any})|{_ME}も{relative}も|{relative}も{_ME}も",
        r"my [a-z]+ and (?:me|i|myself)\b|(?:me|myself) and my\b|\b(?:with|and) my (?:wife|husband)\b",
    )


_KNOWN = re.compile(
    f"{_SPOUSE}|{_ELDERS}|{_YOUNGER}|{_OTHERS}|両親|親|おば|おじ|夫|おかあさん|おとうさん|[兄姉妹弟母父]"
)


def _is_new(word: str) -> bool:
    """A word of the content that the lists here lack; Latin ones are read by their own pattern."""
    return not word.isascii() and _KNOWN.fullmatch(word) is None
