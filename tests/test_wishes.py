"""A typed wish: for whom, at which counter, for what help, and how far from what was chosen.

Today is Tuesday, 4 August 2026.
"""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge import Edition
from intents.wishes import Heard, read_wish
from intents.wishes.shifts import Shift
from tests.support.growth import LINEAR, growth
from tests.support.long_texts import WISHES

TODAY = date(2026, 8, 4)


def heard(practice: Edition, text: str) -> Heard:
    return read_wish(text, practice.catalogue, TODAY)


def said(text: str) -> list[str]:
    return [one for line in text.strip().splitlines() for one in line.strip().split("/")]


FOR_A_RELATIVE = said("""
母の予約/母の分/母が行きます/母を連れて行きます/母に受けさせたい/母のために/母/母です/for my mother/父なんですが/利用者さんの予約/おばあちゃんの/夫の
82歳の母です/母(85歳)の予約です/母の代わりに予約したい/娘ですが母の予約をしたい/母がせたがやPayを使いたいと言っています/おばあちゃんのスマホを見てほしい
お義母さんの予約です/おじいちゃんが行きます/父を8月25日に連れて行きたい/私じゃなくて母の予約でした/母が歩けないので予約は烏山で9月2日/母に付き添って私も行きます
ヘルパーですが利用者さんの分を取りたい/book an appointment for my father on Monday/子どもの分/母から頼まれて予約しています/my mother's appointment/母の8月25日の予約/父の分も13日の9時に予約したい
""")
FOR_NOBODY_NAMED = said("""
大丈夫/大丈夫です/主人が車で送ってくれるので大丈夫です/娘に言われて/娘が教えてくれた/息子は仕事で来られません/娘のスマホから/主人に聞きます/家族の付き添い
孫の運動会があるので/息子に聞いてから決めます/主人が急に倒れました/母が行方不明です/妻が息をしていません/主人が詐欺の電話に引っかかりました/主人はスマホを持っていません
妻が階段から落ちた/孫がくるので/親切な窓口と聞きました/二人目の孫が生まれるので/孫が2人います/夫は亡くなって一人暮らしです/主人の意識がありません
主人が暗証番号を3回間違えてロックされました/息子が行けと言うので/娘が付き添います/一人で行くのが不安です/一人何回まで予約できますか/my husband collapsed
母の日/母国語で話せますか/主人公の名前/夫婦げんかをした/友達登録はどうやりますか/家族割はありますか/息子が設定してくれました/父は去年亡くなりました/親指が動かない/子供の頃から住んでいます
娘と一緒に行っていいですか/じゃあ私も一緒に行っていいですか/私の予約はいつですか/Can the staff enter the PIN for me?/主人 詐欺
""")
ONE_MORE = said("""
母も行きます/妻の分も取れますか/主人もお願いします/あと母の分も/母もいっしょに/もう一人追加したい/my wife too/私の分も取れますか/家内も連れていきたい/人数を増やしたい
はい、でも母もいっしょに行きます/Can I add my wife to the booking?
""")
TWO = said("""
夫婦で/we both need help/Could I come with my wife?/二人分/主人と私/主人と一緒に行きたい/妻といっしょに受けたい/友達と二人で行きたい/妻と二人です/my husband and I/つれあいと二人で/姉と一緒に受けたい/二人です
""")
FOR_THE_SPEAKER = said("""
わたしです/わたし一人/一人です/自分の分に変えて/私の分だけ/母ではなくて自分です/二人じゃなくて一人です/主人は行かないことになりました/自分用です/あたしの/はい、わたしです
just for me/me/娘がついて行きますけど本人は私です/私だけど娘もついていきます/私だけです娘は付き添い/私一人で大丈夫です/本人が行きます/娘は来られないので私だけ/主人は来ません
book an appointment for me
""")


@pytest.mark.parametrize("text", FOR_A_RELATIVE)
def test_a_visit_for_a_relative(text: str, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.family, read.for_self, read.also) == (True, False, False)


@pytest.mark.parametrize("text", FOR_NOBODY_NAMED)
def test_a_relative_who_is_only_spoken_of(text: str, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.people, read.family, read.for_self, read.also) == (0, False, False, False)


@pytest.mark.parametrize("text", ONE_MORE)
def test_one_person_more(text: str, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.people, read.family, read.for_self, read.also) == (0, False, False, True)


@pytest.mark.parametrize("text", TWO)
def test_two_people_of_whom_one_is_the_speaker(text: str, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.people, read.family, read.for_self, read.also) == (2, False, False, False)


@pytest.mark.parametrize("text", FOR_THE_SPEAKER)
def test_a_visit_for_the_speaker_alone(text: str, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.people, read.family, read.for_self, read.also) == (1, False, True, False)


@pytest.mark.parametrize(
    ("text", "people"),
    [("両親", 2), ("両親二人の予約", 2), ("父と母の二人分", 2), ("主人の分だけでいい", 1), ("母だけ", 1), ("母だけです私は予約いりません", 1)],
)
def test_how_many_of_the_family(text: str, people: int, practice: Edition) -> None:
    read = heard(practice, text)
    assert (read.people, read.family) == (people, True)


# (what is typed, venues wished, venues ruled out, another place)
PLACES: list[tuple[str, str, str, str]] = [
    ("北沢で予約したい", "kitazawa", "", ""), ("北沢か砧で", "kitazawa kinuta", "", ""), ("砧と烏山だとどっちが早い", "kinuta karasuyama", "", ""),
    ("Kitazawa or Kinuta", "kitazawa kinuta", "", ""), ("北沢、砧、玉川のどこか", "kitazawa kinuta tamagawa", "", ""),
    ("北沢以外で予約したい", "", "kitazawa", ""), ("世田谷以外ならどこでも", "", "setagaya", ""), ("世田谷じゃないところ", "", "setagaya", ""),
    ("北沢じゃなくて砧", "kinuta", "kitazawa", ""), ("北沢は遠いので世田谷で", "setagaya", "kitazawa", ""), ("北沢だけはいやです", "", "kitazawa", ""),
    ("not Kitazawa", "", "kitazawa", ""), ("砧は都合が悪い", "", "kinuta", ""), ("北沢以外は行けません", "kitazawa", "", ""),
    ("北沢がだめなら砧で25日", "kinuta", "", ""), ("北沢、やっぱり砧で", "kinuta", "", ""), ("世田谷の北沢総合支所", "kitazawa", "", ""),
    ("玉川の予約を北沢に変えたい", "kitazawa", "", ""), ("世田谷から砧に変更", "kinuta", "", ""), ("玉川の予約を午前に変えたい", "tamagawa", "", ""),
    ("北沢の住所を教えて", "kitazawa", "", ""), ("世田谷に住んでる者ですが", "", "", ""), ("世田谷区に住んでいます", "", "", ""), ("世田谷区民です", "", "", ""),
    ("住所は世田谷区経堂です", "", "", ""), ("世田谷に40年住んでおります", "", "", ""), ("経堂に住んでいます", "", "", ""), ("世田谷から来ます", "", "", ""),
    ("北沢に住んでいるので北沢で予約したい", "kitazawa", "", ""), ("玉川学園からも行けますか", "", "", ""), ("北沢から行けますか", "", "", ""),
    ("世田ヶ谷", "setagaya", "", ""), ("世田が谷で", "setagaya", "", ""), ("鳥山で予約したい", "karasuyama", "", ""), ("からす山", "karasuyama", "", ""),
    ("唐巣山で", "karasuyama", "", ""), ("絹田総合支所", "kinuta", "", ""), ("衣で予約したい", "kinuta", "", ""), ("衣で8月25日", "kinuta", "", ""),
    ("喜多沢", "kitazawa", "", ""), ("きた沢で", "kitazawa", "", ""), ("たま川", "tamagawa", "", ""), ("鳥山さんの予約", "", "", ""), ("衣類はどうする", "", "", ""),
    ("浴衣で行きます", "", "", ""), ("鳥山図書館", "", "", ""),
    ("成城で予約したい", "", "", "成城"), ("下北沢の窓口", "", "", "下北沢"), ("三軒茶屋", "", "", "三軒茶屋"), ("二子玉川で", "", "", "二子玉川"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "venues", "out", "elsewhere"), PLACES)
def test_where(text: str, venues: str, out: str, elsewhere: str, practice: Edition) -> None:
    read = heard(practice, text)
    named = tuple(venues.split())
    assert (read.venues, read.not_venues, read.elsewhere) == (named, tuple(out.split()), elsewhere)
    assert read.venue == (named[0] if len(named) == 1 else "")


@pytest.mark.parametrize("text", ["父と母と私の三人で", "父と私と母", "両親と私", "夫婦と母", "my parents and I"])
def test_three_by_listing_them(text: str, practice: Edition) -> None:
    assert heard(practice, text).people == 3


@pytest.mark.parametrize("text", ["欠席します", "出席します", "しまった", "どうしましょう"])
def test_words_that_wish_no_place(text: str, practice: Edition) -> None:
    assert not heard(practice, text).wants


BOTH = ("setagaya", "tokyo")
TOPICS: list[tuple[str, tuple[str, ...] | None]] = [
    ("せたがやPayじゃなくて東京アプリ", ("tokyo",)), ("せたがやPayはもうやったので東京アプリだけ", ("tokyo",)), ("せたがやPayはいらない", None),
    ("せたがやPayは使えるので東京アプリを", ("tokyo",)), ("東京アプリは入れました、せたがやPayをお願い", ("setagaya",)), ("両方は要らない、せたがやPayだけ", ("setagaya",)),
    ("東京アプリじゃなくてせたがやのほう", ("setagaya",)), ("せたがやPayを使えるようになりたい", ("setagaya",)), ("せたがやPayと東京アプリ", BOTH),
    ("両方", BOTH), ("アプリは両方", BOTH), ("北沢で12日 両方", BOTH), ("どちらでも", ()), ("わからない", ()), ("何を頼むかまだわからない", ()),
    ("水曜と金曜ならどっちでも", None), ("水・木どちらでも", None), ("北沢か砧どちらでもいい", None), ("8/10か8/12 どちらも午前", None),
    ("せたがやPayは娘がやってくれたので都のほうだけ", ("tokyo",)), ("せたがやPayは入ってるから東京アプリだけ", ("tokyo",)),
    ("東京アプリは入ってるので、せたがやPayのほうを", ("setagaya",)), ("区のアプリは入りました。次は東京アプリをやりたい", ("tokyo",)),
    ("東京都のほうをお願いします", ("tokyo",)), ("区のほうだけでいいです", ("setagaya",)), ("せたがやPayじゃないほう", ("tokyo",)),
    ("さあ、どっちかしら。よく知らないの", ()), ("せたがやPayは娘がやってくれたけど使い方がわからない", ("setagaya",)), ("せたがやPayを入れてほしい", ("setagaya",)),
    ("せたがやPayだけじゃなくて東京アプリも", BOTH), ("都合のほうは", None), ("京都のほう", None), ("区の方に住んでいます", None), ("東京の方ですか", None),
    ("窓口はどっちかしら", None), ("we both need help", None), ("anything but Monday", None),
    ("午前でも午後でもどちらでも", None), ("使い方がわからないので予約したい", None), ("25日行きたいけど行けるかわからない", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "topics"), TOPICS)
def test_for_what_help(text: str, topics: tuple[str, ...] | None, practice: Edition) -> None:
    assert heard(practice, text).topics == topics


def test_the_other_app_is_no_counter(practice: Edition) -> None:
    assert heard(practice, "東京アプリじゃなくてせたがやのほう").venues == ()


# days, weeks, minutes, later
SHIFTS: list[tuple[str, tuple[int, int, int, int]]] = [
    ("1時間遅く", (0, 0, 60, 0)), ("1時間早く", (0, 0, -60, 0)), ("一時間半あとにして", (0, 0, 90, 0)), ("30分遅くしてください", (0, 0, 30, 0)),
    ("30分後ろにずらして", (0, 0, 30, 0)), ("one hour later", (0, 0, 60, 0)), ("half an hour earlier", (0, 0, -30, 0)),
    ("push it back an hour", (0, 0, 60, 0)), ("bring it forward half an hour", (0, 0, -30, 0)), ("delay it by an hour", (0, 0, 60, 0)),
    ("半時間遅く", (0, 0, 30, 0)), ("一つ後ろの時間にずらしてください", (0, 0, 0, 1)), ("一つ後ろの時間", (0, 0, 0, 1)), ("一つ前の時間", (0, 0, 0, -1)),
    ("時間だけ一つ前に", (0, 0, 0, -1)), ("もっと遅く", (0, 0, 0, 1)), ("もうちょっと早い時間", (0, 0, 0, -1)), ("もう少しあとの時間", (0, 0, 0, 1)), ("遅い時間に", (0, 0, 0, 1)), ("早めに", (0, 0, 0, -1)),
    ("時間をもう少し遅く", (0, 0, 0, 1)), ("10時は早いのでもう少しあとに", (0, 0, 0, 1)), ("a bit earlier", (0, 0, 0, -1)), ("later please", (0, 0, 0, 1)),
    ("Can I come later in the day?", (0, 0, 0, 1)),
    ("次の日", (1, 0, 0, 0)), ("翌日にずらせますか", (1, 0, 0, 0)), ("明くる日", (1, 0, 0, 0)), ("その次の日", (1, 0, 0, 0)), ("前の日", (-1, 0, 0, 0)),
    ("1日早くしてほしい", (-1, 0, 0, 0)), ("the next day", (1, 0, 0, 0)), ("翌週", (0, 1, 0, 0)), ("次の週", (0, 1, 0, 0)), ("一週間後の同じ時間に変えて", (0, 1, 0, 0)),
    ("1週間ずらして", (0, 1, 0, 0)), ("来週にずらして", (0, 1, 0, 0)), ("翌週の水曜日", (0, 1, 0, 0)), ("the following week", (0, 1, 0, 0)), ("前の週に", (0, -1, 0, 0)),
]  # fmt: skip
NO_SHIFT = said("""
もっと先の日/遅い時間にすみません/the later one/一つ前に戻って/もう一つ予約したい/なるべく早く/いちばん早い時間/早く予約したい/早くして/遅くなりました/もっと早い日/1時間かかりますか/30分前に着けばいいですか/次の日曜
前の日に連絡くれますか/もっと早く知りたかった/2日後に届きます/3日前に買いました/次の質問/期限を延ばせますか/返事が遅い/足が遅い/See you later/やっぱり前の時間でいい/15分遅れます/少し早く着いても大丈夫ですか/午後の時間/最後の時間/12日の翌日/スポーツの日の次の日/来週の水曜/朝早くからすみません/午前の早い時間/早めに調べておこうと思って/12日はやめときます 13日で
""")


@pytest.mark.parametrize(("text", "shift"), SHIFTS)
def test_a_wish_relative_to_what_is_chosen(text: str, shift: tuple[int, int, int, int], practice: Edition) -> None:
    assert heard(practice, text).shift == Shift(*shift)


@pytest.mark.parametrize("text", NO_SHIFT)
def test_words_for_early_and_late_that_move_nothing(text: str, practice: Edition) -> None:
    assert not heard(practice, text).shift


@pytest.mark.parametrize("scrap", WISHES)
def test_no_text_of_5000_characters_runs_away(scrap: str, practice: Edition) -> None:
    assert growth(lambda text: heard(practice, text), scrap) <= LINEAR
