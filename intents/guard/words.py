"""The words that the PIN guard knows, in canonical spelling (hiragana, small letters, digits).

A strong sign is a word for a secret; a label or a unit gives a number a meaning of its own.
Lists, not rules: add a word here when residents use it, and a case to the tests.
"""

from __future__ import annotations

import re

# ---------------------------------------------------------------- words for a secret
PASSWORD_WORDS = (
    r"[ぱば]すわ[ーど-]?ど?|[ぱば]すこーど|ぱす(?=\s?(?:[:=はがを]|[a-z0-9]))"
    r"|passwords?|passwd|passcode|passphrase|(?<![a-z])(?:pass|pw\d?|pwd|key|keyword)(?![a-z])"
    r"|あんごうか?きー|暗号(?:化)?きー|せきゅりてぃきー|合言葉|合い言葉"
)
OTP_WORDS = (
    r"認証(?:番号|こーど)|確認(?:番号|こーど)|わんたいむ|2段階|sms|しょーとめーる|せきゅりてぃ(?:こーど|番号)|cvv"
    r"|(?<![a-z])otp|verification|one-?time|(?:届いた|送られ\w{0,2}|来た)(?:番号|数字|こーど)"
    r"|(?<![一-龥ぁ-んー])こーど(?=は|が|:|\s)"
)
SIGN_WORDS = r"署名|英数字?|英字|6桁以上|16桁|16文字"
PIN_WORDS = (
    # 暗証 as people mistype it: 暗唱, 暗礁, 案象 …
    r"[暗案安]\s?[証唱礁誦象照章](?:番|ばん|\s?no|こーど)?|あんしょ|暗番|暗号"
    r"|ぴん(?=こーど|なんば|ばんごう|番号|は|が|を|\s|:|=|\d|$)"
    r"|(?<![a-z])pins?(?![a-z])|(?<![a-z])pin(?=\d)|利用者(?:証明)?用?|券面|住基"
    r"|(?<!\d)4(?:桁|けた)|4つの?(?:数字|番号)|数字4|秘密|ろっく(?:の|解除)?(?:番号|は|の4)"
    r"|4 ?-?digits?|four.digits?"
)
NUMBER_WORDS = r"まいなんばー(?!かーど)|個人番号(?!かーど)"
SECRET = re.compile(f"{PIN_WORDS}|{SIGN_WORDS}|{PASSWORD_WORDS}|{OTP_WORDS}|{NUMBER_WORDS}")

# A word that can stand before 「は○○です」 and make ○○ the secret itself.
TOLD_SUBJECT = (
    rf"(?:{PIN_WORDS}|{PASSWORD_WORDS}|{OTP_WORDS}|{NUMBER_WORDS}|署名用?|英数字"
    r"|(?<![一-龥ぁ-んー])番号)(?:番号|番ごう|ばんごう|ごう|番|こーど|no\.?|用)?"
    r"(?:の?(?:番号|ほう|方|やつ|数字|ぱすわーど))?(?:\([^)\n]{0,10}\))?"
)

# ---------------------------------------------------------------- units
_ANY_UNIT = (
    r"円|圓|年(?![金寄配賀])|歩|人(?!に)|名(?![前義])|件|世帯|戸|席|枚|台(?!所)|冊|個(?!人)|本(?![当人日])"
    r"|頁|号室|号(?!機)|番地|番台|番線|型|形|時間|時(?![々に])|日(?![本付])|回(?!答)|字|桁|文字|%|位|倍"
    r"|万|億|千|点|秒|歳|才|階|丁目|度(?!も)|系統|局|代|世紀|馬力"
    r"|えん|ねん(?!り)|ぽいんと|ぺーじ|いんち|せんち|きろ|めーとる|ぐらむ|ぎが|ぱーせんと|ぼると|わっと|[㎞㎡]|㌔"
)
# Too easily the start of another word to explain four digits (1234分かりますか, 1234かい).
_SHORT_UNIT = (
    r"分|月|番|つ(?!い)|こ(?!れ)|個|目|泊|週|か月|ヶ月|ケ月|箇月|さい|にん|めい|がつ|にち|じ(?!ゃ)|ふん|ぷん"
    r"|かい|ばん|ごう|ちょうめ|けた|もじ|ど|まい|だい|ほん|ふろあ|しゅうかん|かげつ|じかん|びょう|びょ|畳|駅|社"
    r"|家族|姉妹|兄弟|種類|種|通|杯|丁|棟|室|列|級|年生|学期|割|石|軒|号|合|着|足|匹|羽|頭|口|品|食|曲|話"
    r"|部|章|行|段|組|球|試合|勝|敗|巻|編|条|項"
)
ASCII_UNIT = (
    r"(?:[ -]?(?:yen|[kmg]bps|fps|dpi|hpa|mmhg|bpm|cc|ml|db|rpm|kwh?|inch(?:es)?|pts?|points?|gb|mb|kb|tb|mah|km|cm|mm|kg|kcal|mg|ghz|hz"
    r"|ldk|dk|am|pm|a\.m|p\.m|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?"
    r"|years?(?:[ -]old)?|times?|digits?"
    r"|characters?|chars?|letters?|people|persons?|th|st|nd|rd|percent|steps?|tries|chome"
    r"|floors?|stops?)|[gmwvkf])(?![a-z0-9])"
)
LONG_UNIT = re.compile(rf"\s?(?:{_ANY_UNIT})")
UNIT = rf"\s?(?:{_ANY_UNIT}|{_SHORT_UNIT})"

# ---------------------------------------------------------------- labels of other numbers
# These may be followed by 番号 or の番号.
NUMBERED = (
    r"isbn|受付|整理券?|番号札|予約|問い?合わ?せ|会員|お?客様|顧客|診察券|伝票|追跡|荷物|注文|口座|免許証?|保険証"
    r"|型番|型式|機種|品番|もでる|製造|しりある|えらー(?:こーど)?|内線|郵便|〒|部屋|るーむ|車の?なんばー"
    r"|系統|国道|県道|都道"
)
AMOUNT = (
    r"ばーじょん|びるど|番地|残高|残額|料金|値段|代金|会費|合計|金額|価格|定価|家賃|手数料|費用|お釣り|ぽいんと"
    r"|得点|点数|体重|身長|血圧|血糖|気温|体温|西暦|時刻|時間"
)
ASCII_LABEL = (
    r"error(?: code)?|version|ver|build|model|room|flat|apt"
    r"|apartment|unit|ext(?:ension)?|bus|flight|gate|seat|ticket|page|order|tracking|route"
    r"|invoice|(?<!apple )id"
)

# ---------------------------------------------------------------- names with numbers in them
DEVICE = (
    r"iphone|ipad|ipod|galaxy|xperia|aquos|sense|wish|pixel|arrows|redmi|oppo|reno|zenfone|huawei"
    r"|nova|moto|android|ipados|ios|windows|win|basio|digno|torque|nexus|surface|macos|note|xiaomi"
    r"|mi|rog|find|libero|vivo|らくらく(?:すまーと)?(?:ほん|ふぉん)|simple|bluetooth|usb|wifi|wi-fi"
    r"|hdmi|wpa|ipv|covid|level|step|type|part|vol|page|room|line|bus|route|gate|exit|floor|day"
    r"|week|age|seat|table|counter|window|area|zone|no|ver|version|office|tel|fax|ps|mp|iso|jis"
    r"|chrome|safari|firefox|edge|airpods|watch|kindle|macbook|imac|regza|bravia|viera"
    r"|stage|phase|lesson|class|team|group|top|web|ch|fm|am|pm|bs|nhk|fig|switch"
)
# These stand before a word and a number that together name one model: BASIO active2.
PHONE_MAKER = (
    r"iphone|ipad|galaxy|xperia|aquos|pixel|arrows|redmi|oppo|reno|zenfone|huawei|nova|moto|basio"
    r"|digno|torque|xiaomi|libero|vivo|nothing|android one|surface"
)
# The makers' codes on the back of a phone: SO-51C, F-52B, A203SH.
CARRIER_MODEL = (
    r"(?:so|sh|sc|sg|kyv?|lg|zr|xig|fcg|kyg|kyf|kyl|shg|shf|shv|shl|sog|sov|sol|scg|scv|scl|sm|opg"
    r"|tor)[ -]?[a-z]?\d{2,3}[a-z]{0,2}|[flmnpdt][ -]?\d{2}[a-z]"
    r"|a?\d{3}(?:sh|so|op|xm|kc|zt|hw|lg|fj|ze|mo|nc)"
)

# Setagaya's own towns and some stations: a number behind them is an address.
_TOWNS = (
    "赤堤 池尻 宇奈根 梅丘 大蔵 大原 岡本 奥沢 尾山台 粕谷 鎌田 上馬 上北沢 上祖師谷 上野毛 上用賀"
    " 北烏山 北沢 喜多見 砧 砧公園 給田 経堂 豪徳寺 駒沢 駒沢公園 桜 桜丘 桜上水 桜新町 3軒茶屋 3宿"
    " 下馬 新町 瀬田 成城 世田谷 祖師谷 太子堂 代沢 代田 玉川 玉川台 玉川田園調布 玉堤 弦巻 等々力"
    " 中町 野毛 野沢 8幡山 羽根木 東玉川 深沢 船橋 松原 南烏山 宮坂 用賀 若林 2子玉川 千歳台 下北沢"
    " 千歳船橋 三茶 3茶 せたがや たまがわ きぬた からすやま きたざわ setagaya"
)
_PLACE_NAMES = "|".join(sorted(set(_TOWNS.split()), key=len, reverse=True))
PLACE = f"(?:{_PLACE_NAMES}|住所は?|[都道府県区市町村郡])"
