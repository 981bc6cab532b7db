"""Scraps whose repetition to LINE's longest message once made a reader slow, or could.

Tests hold how the time grows with them (tests/support/growth.py); `make bench` prints how long they take.
"""

from __future__ import annotations

DATES = [
    "8/25", "火曜か", "1-", "二", "午後", "a", "next tuesday ", "じゅう", "2 to ",
    "aug 5 or ", "令和8年", "ﷺ", "at 3 ", " ", "(あ", "1日", "8月25日から", "の", "25日以降",
    "来週あ", "午前は", "敬老の日", "between 1 and 2 ", "week of ",
]  # fmt: skip
DAYS_OUT = [
    "12日は", "は病院なので", "8月25、", "月火水木", "夜分", "以外", "すみません夜", "だめ", "12日じゃなくて", "ので",
    "10時から", "、", "いや12日", "9時やっぱり", "9時に家を出る", "それまで", "ごめん", "9時 no wait ",
]  # fmt: skip
WISHES = [
    "親", "母さん", "ええ", "ぁァ ", "母の", "主人が行", "北沢か", "北沢は", "二人", "せたがやpay", "もう少し早",
    "1時間", "ので", "のほうの", "私", "もっと", "いちばん", "my wife and ", "父と", "都の", "たま川",
    "push it ",
]  # fmt: skip
OWN = [
    "取り消", "予約の", "もう", "これから", "今から", "行け", "変更", "母が", "一人", "やっぱり", "元の", "連絡",
    "待ち", "親", "予約はもう", "12日", "cancel ", "my booking ",
]  # fmt: skip
GUARD = [
    "1", "1-", "あ1", "暗証番号は", "いち", "千", "a1", "a@", "1と", "03-", "〇", "*1", "a", "じゅう", "one ", "一",
    "12ほ", "1234 ", "えー", "最初は", "語呂合わせで", "www.", "a.", "(a", "1円", "110・", ",123", "1 1 ", "1ー",
    "右12、", "1と2を", "暗証番号は電話の下", "例のa、", "えーと", "ab-", "iphone a ",
]  # fmt: skip
MATCHER = ["窓口はどこですか。", "😀", "あ", "a ", "と、", "ﷺ", "教えて"]
DESK = [
    "もちものはなんですか", "あ", "持\u200bち\u200c物\u200dは\ufeff何ですか", "\u202e持ち物は何ですか\u202c",
    "👨‍👩‍👧‍👦", "か\u3099\u3099\u3099\u3099", "。、！？", " 　\n", "a1",
]  # fmt: skip
