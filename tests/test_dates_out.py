"""What a sentence rules out is never read as its wish; small talk names no day; weekdays are known by name.

Today is Tuesday, 4 August 2026.
"""

from __future__ import annotations

from datetime import date, time

import pytest

from intents.dates import Out, When, read_when
from tests.support.growth import LINEAR, growth
from tests.support.long_texts import DAYS_OUT
from tests.test_dates import AM, PM, days_in, window_in

TODAY = date(2026, 8, 4)
UNTIL_NOON, FROM_NOON = "-11:59", "12:00-"


def weekdays_in(written: str) -> tuple[int, ...]:
    return tuple("月火水木金土日".index(day) for day in written)


# (what is typed, days out, weekdays out, hours out, days wished, hours wished)
RULED_OUT: list[tuple[str, str, str, str, str, str]] = [
    # one thing, right beside the word that refuses it
    ("火曜以外", "", "火", "", "", ""), ("月曜じゃなければいつでも", "", "月", "", "", ""), ("水・木以外", "", "水木", "", "", ""),
    ("水木以外", "", "水木", "", "", ""), ("水曜じゃない日", "", "水", "", "", ""), ("24日と25日以外", "8/24 8/25", "", "", "", ""),
    ("12日以外ならいつでもいいです", "8/12", "", "", "", ""), ("12日のほかの日", "8/12", "", "", "", ""),
    ("9時以外", "", "", "9:00-9:00", "", ""), ("午前以外", "", "", UNTIL_NOON, "", ""),
    ("14日じゃなくて13日", "8/14", "", "", "8/13", ""), ("12日より13日のほうがいい", "8/12", "", "", "8/13", ""),
    ("午前より午後がいい", "", "", UNTIL_NOON, "", PM), ("25日の午前じゃなくて午後", "", "", UNTIL_NOON, "8/25", PM),
    # the clause refuses
    ("午前は無理", "", "", UNTIL_NOON, "", ""), ("午後は無理です", "", "", FROM_NOON, "", ""), ("朝は苦手", "", "", "-10:29", "", ""),
    ("9時は早すぎる", "", "", "-9:00", "", ""), ("朝9時は早いわね", "", "", "-9:00", "", ""), ("3時以降は無理", "", "", "15:00-", "", ""),
    ("2時まではだめ", "", "", "-13:59", "", ""), ("1時から用事があるので", "", "", "13:00-", "", ""),
    ("午後は2時から用事があるので", "", "", "14:00-", "", ""), ("午前中は透析がありまして", "", "", UNTIL_NOON, "", ""),
    ("あさ はやいのは むずかしいです", "", "", "-10:29", "", ""), ("12日と13日は無理です", "8/12 8/13", "", "", "", ""),
    ("24日、25日は無理です", "8/24 8/25", "", "", "", ""), ("12日、行かれません", "8/12", "", "", "", ""), ("10日は歯医者なのよ", "8/10", "", "", "", ""),
    ("明後日は行けません", "8/6", "", "", "", ""), ("12日に行けなくなりました", "8/12", "", "", "", ""), ("13日はむりなんですわ", "8/13", "", "", "", ""),
    ("12日だと都合つかない", "8/12", "", "", "", ""), ("12にちは だめです", "8/12", "", "", "", ""), ("すいようびは いけません", "", "水", "", "", ""),
    ("木曜日はちょっと外せない用があって", "", "木", "", "", ""), ("水曜は空いてません", "", "水", "", "", ""),
    ("金曜日は孫の運動会があるので", "", "金", "", "", ""), ("12日は娘が来るので", "8/12", "", "", "", ""), ("毎週水曜はリハビリなので", "", "水", "", "", ""),
    ("デイサービスが月曜と木曜なので、ほかの日で", "", "月木", "", "", ""), ("火曜はデイサービスなので火曜以外", "", "火", "", "", ""),
    ("11日まで旅行なので", "8/4..8/11", "", "", "", ""), ("12日から14日まで入院します", "8/12..8/14", "", "", "", ""),
    ("来週はずっと予定が入っています", "8/10..8/16", "", "", "", ""),
    ("午後は眠くなるので無理です", "", "", FROM_NOON, "", ""), ("午前中は起きられないので避けたい", "", "", UNTIL_NOON, "", ""),
    ("午後は疲れるから嫌", "", "", FROM_NOON, "", ""), ("11時より前は起きられません", "", "", "-10:59", "", ""), ("12日はすみません、行けません", "8/12", "", "", "", ""),
    ("午後はいや、午前がいい", "", "", FROM_NOON, "", AM), ("8月12日はあいにく雨なので行けません", "8/12", "", "", "", ""), ("昼からは病院なので", "", "", FROM_NOON, "", ""),
    ("Not Tuesday", "", "火", "", "", ""), ("any day but the 12th", "8/12", "", "", "", ""),
    # with what is wished instead
    ("12日は都合が悪いので金曜に", "8/12", "", "", "8/7", ""), ("25日は病院なので27日がいい", "8/25", "", "", "8/27", ""),
    ("水曜日は都合が悪いので木曜に変えてください", "", "水", "", "8/6", ""), ("やっぱり水曜じゃなくて木曜", "", "水", "", "8/6", ""),
    ("来週の水曜はちょっと無理なんですけど木曜なら", "8/12", "", "", "8/6", ""), ("12日は孫がくるから13日にしてもらえますか", "8/12", "", "", "8/13", ""),
    ("13日に変更したいけど午前は無理です", "", "", UNTIL_NOON, "8/13", ""), ("25日は午前だけだめ", "", "", UNTIL_NOON, "8/25", ""),
    ("12日の午前はだめなので午後にかえて", "", "", UNTIL_NOON, "8/12", PM), ("12日の9時以外なら", "", "", "9:00-9:00", "8/12", ""),
    ("8月5日、午前は病院なので午後", "", "", UNTIL_NOON, "8/5", PM), ("来週は水曜が無理です", "8/12", "", "", "8/10 8/11 8/13..8/16", ""),
    ("北沢で12日か13日 午前は病院です", "", "", UNTIL_NOON, "8/12 8/13", ""),
    ("10時から12時まで病院なのでそのあと", "", "", "", "", "12:00-"), ("主人が2時に病院なのでそのあと", "", "", "", "", "14:00-"),
    ("13日の午後ならいけるけど午前はちょっと", "", "", UNTIL_NOON, "8/13", PM), ("12日ではありません 13日です", "8/12", "", "", "8/13", ""),
    ("午前はちょっと…", "", "", UNTIL_NOON, "", ""), ("3時すぎは困ります", "", "", "15:00-", "", ""), ("水曜はNG", "", "水", "", "", ""),
    # English
    ("not in the morning", "", "", UNTIL_NOON, "", ""), ("any day except Tuesday", "", "火", "", "", ""), ("any time but not Monday", "", "月", "", "", ""),
    ("I can't make it on the 12th, can I come on Friday instead?", "8/12", "", "", "8/7", ""), ("I'm busy on Tuesday", "", "火", "", "", ""),
    ("The 12th is no good, change to the 13th", "8/12", "", "", "8/13", ""), ("Wednesdays don't work for me", "", "水", "", "", ""),
    ("Not in the morning, change to afternoon please", "", "", UNTIL_NOON, "", PM), ("I cannot come in the morning", "", "", UNTIL_NOON, "", ""),
]  # fmt: skip

# Words of refusal that refuse nothing of what is named: (what is typed, days wished, hours wished)
STILL_WISHED: list[tuple[str, str, str]] = [
    ("12日の午後は無理しなくても行けます", "8/12", PM), ("用事は済んだので13日で", "8/13", ""), ("旅行から帰るので12日がいい", "8/12", ""),
    ("忙しくないので25日で", "8/25", ""), ("目が悪いので12日に行きたい", "8/12", ""), ("12日に仕事の前に寄りたい", "8/12", ""), ("No problem on the 12th", "8/12", ""),
    ("午前はだめですか", "", AM), ("12日は空いていませんか", "8/12", ""), ("今日は無理ですか", "8/4", ""), ("12日しか行けません", "8/12", ""),
    ("水曜だけ空いています", "8/5", ""), ("火曜以外は無理", "8/11", ""), ("12日が無理なら13日", "8/12 8/13", ""), ("12日は病院の帰りに寄りたい", "8/12", ""),
    ("水曜は仕事が休みなので", "8/5", ""), ("来週スマホ教室に行きたい", "8/10..8/16", ""), ("12日に聞きたいことがあるので行きたい", "8/12", ""),
    ("雨が降らなければ25日", "8/25", ""), ("涼しい午前中がいいです", "", AM), ("今日は雨なので明日にします", "8/5", ""), ("12日に決めました", "8/12", ""),
    ("午後は眠くなるので午前中がいい", "", AM), ("12日は娘のところなので13日", "8/13", ""), ("水曜は空いているので水曜か木曜", "8/5 8/6", ""),
    ("12日やめて14日", "8/14", ""), ("12日と言いましたが13日でした", "8/13", ""), ("12日はちょっと早く行きたい", "8/12", ""), ("12日の予約を14日に変えて", "8/14", ""), ("10時半を9時にしたい", "", "9:00"), ("12日の予約、なしで", "8/12", ""),
    ("明日行きたい", "8/5", ""), ("今日お願いします", "8/4", ""), ("7月30日に予約したい", "7/30", ""), ("12日に予約しました", "8/12", ""),
    ("明日孫が来るのでその日に一緒に行きたい", "8/5", ""), ("明日の10時に予約した者です", "8/5", "10:00"),
]  # fmt: skip

SMALL_TALK = """夜分にすみません。予約したいのですが/夜分に恐れ入ります/夜遅くに失礼します/今晩は/こんばんは/朝早くからすみません/お昼時に申し訳ありません、予約したいです
遅い時間にすみません/昨日テレビで見ました/昨日スマホを買いました。砧で予約したい/7月15日のおしらせを見ました/今日はいい天気ですね/明日は雨かしら/明日の天気は
今日やっと決心しました。予約をお願いします/今日はじめて使います/明日孫が来るのでその前に/お昼に電話したけど出なかったので/昨日から調子が悪い/昨日予約した者です
8月3日から始まると聞きました/今朝のニュースで見ました、予約したい/昨日娘から聞きました/今日は、予約したいのですが/明日でなくてもいいので砧で予約したい/毎週水曜""".replace("\n", "/").split("/")

WEEKDAYS: list[tuple[str, str, str]] = [
    ("水曜か木曜", "水木", "8/5 8/6"), ("すいようび", "水", "8/5"), ("水・木どちらでも", "水木", "8/5 8/6"), ("水曜と金曜ならどっちでも", "水金", "8/5 8/7"),
    ("水曜の午前か木曜の午後", "水木", "8/5 8/6"), ("火木がいい", "火木", "8/6 8/11"), ("Friday please", "金", "8/7"),
    ("Monday to Wednesday", "月火水", "8/10..8/12"),
    ("翌週の水曜日", "水", "8/12"), ("翌週の木曜か金曜", "木金", "8/13 8/14"), ("来週の水曜", "", "8/12"), ("8/12水曜", "", "8/12"), ("今度の火曜", "", "8/11"),
    ("next Tuesday", "", "8/11"), ("土木課の水曜日", "水", "8/5"),
]  # fmt: skip

DAYS: list[tuple[str, str]] = [
    ("8月25", "8/25"), ("8月２５", "8/25"), ("8月25 北沢", "8/25"), ("8月12か13", "8/12 8/13"), ("8.25", "8/25"), ("26日より前", "8/4..8/25"),
    ("before the 26th", "8/4..8/25"), ("12日の翌日", "8/13"), ("12日の前の日", "8/11"), ("下旬", "8/21..8/31"), ("今週中", "8/4..8/9"),
    ("来週いっぱい", "8/10..8/16"), ("8月3人で", "8/4..8/31"), ("iOS 17.5", ""), ("1.5倍", ""), ("8月10時", "8/4..8/31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days", "weekdays", "hours", "wished", "window"), RULED_OUT)
def test_what_is_ruled_out_is_no_wish(
    text: str, days: str, weekdays: str, hours: str, wished: str, window: str
) -> None:
    when = read_when(text, TODAY)
    assert when.out == Out(days_in(days), weekdays_in(weekdays), (window_in(hours),) if hours else ())
    assert when.days == days_in(wished)
    assert (when.earliest, when.latest) == (window_in(window) if window else (None, None))


@pytest.mark.parametrize(("text", "days", "window"), STILL_WISHED)
def test_a_question_a_condition_or_another_matter_rules_nothing_out(text: str, days: str, window: str) -> None:
    when = read_when(text, TODAY)
    assert when.out == Out()
    assert when.days == days_in(days)
    assert (when.earliest, when.latest) == (window_in(window) if window else (None, None))


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_names_no_day_and_no_hour(text: str) -> None:
    assert read_when(text, TODAY) == When()


@pytest.mark.parametrize(("text", "weekdays", "days"), WEEKDAYS)
def test_a_weekday_without_a_week_is_known_by_its_name(text: str, weekdays: str, days: str) -> None:
    when = read_when(text, TODAY)
    assert (when.weekdays, when.days) == (weekdays_in(weekdays), days_in(days))


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days_written_short(text: str, days: str) -> None:
    assert read_when(text, TODAY).days == days_in(days)


@pytest.mark.parametrize("text", ["来週の火曜8月25日", "8月25日、来週の火曜", "8月25日水曜日", "next Tuesday, August 25"])
def test_a_weekday_that_contradicts_its_date_is_named_and_asked_about(text: str) -> None:
    when = read_when(text, TODAY)
    assert (when.days, when.problem) == ((date(2026, 8, 25),), "ambiguous")


@pytest.mark.parametrize("text", ["一番遅い時間", "最後の時間", "いちばんおそい時間がいい", "その日の最後で", "last slot", "なるべく遅く"])
def test_the_latest_place_can_be_wished_for(text: str) -> None:
    assert read_when(text, TODAY) == When(last=True)


@pytest.mark.parametrize("text", ["最後の火曜", "一番遅い日", "最後にもう一つ"])
def test_not_every_last_is_the_latest_place(text: str) -> None:
    assert not read_when(text, TODAY).last


@pytest.mark.parametrize("text", ["正午", "お昼ごろ", "昼頃", "around noon", "昼どき"])
def test_about_noon(text: str) -> None:
    assert read_when(text, TODAY) == When((), time(11, 15), time(13))


# (what is typed, days, hours): the later value of what is taken back
SET_RIGHT: list[tuple[str, str, str]] = [
    ("烏山 9月3日の10時半、ごめん11時15分で", "9/3", "11:15"), ("9月1日の9時、あ、ちがう、13時でお願いします", "9/1", "13:00"),
    ("9月2日、いや3日だ、3日の9時に予約", "9/3", "9:00"), ("烏山9月3日、やっぱり4日の9時45分に予約", "9/4", "9:45"),
    ("17日の間違いでした、10時半", "8/17", "10:30"), ("25日と間違えました", "8/25", ""), ("12日に行きたいです。すみません、間違えました。13日です", "8/13", ""),
    ("9時、いやちがった、10時半で", "", "10:30"), ("水曜。いえ、木曜です", "8/6", ""), ("来週の火曜、やっぱり木曜の午後に", "8/13", PM),
    ("8月12日の9時か10時、やっぱり午後で", "8/12", PM), ("北沢で12日、やっぱり砧で13日", "8/13", ""), ("9時…いやいや10時で", "", "10:00"),
    ("August 25 at 9, no wait, 10:30", "8/25", "10:30"), ("the 25th, sorry, the 26th", "8/26", ""), ("Monday, actually Tuesday", "8/11", ""),
    # nothing is taken back
    ("水曜、いや木曜でもいい", "8/5 8/6", ""), ("すみません、12日の9時で。それから北沢で", "8/12", "9:00"), ("25日で間違いないです、10時", "8/25", "10:00"),
    ("12日で、やっぱり北沢にして", "8/12", ""), ("12日の9時、いや、砧のほうで", "8/12", "9:00"), ("12日か13日、違う時間でも", "8/12 8/13", ""),
    # hours that hang on another matter
    ("11時に家を出るので、そのあとで", "", "11:00-"), ("バスが9時半に着くのでその後", "", "9:30-"), ("12時までに終わりたい", "", "-11:15"),
    ("2時にヘルパーさんが来るので、それまでに終わる時間", "", "-13:15"), ("3時までに帰りたい", "", "-14:15"), ("3時に孫を迎えに行くのでそれまでに", "", "-14:15"), ("10時に予約して、そのあと母も", "", "10:00"),
    ("昼から", "", PM), ("昼からやったら", "", PM), ("only after lunch", "", PM), ("Wednesday is good, but only after lunch", "8/5", PM),
    ("I can only come in the afternoon", "", PM), ("来週の今日", "8/11", ""), ("再来週の今日の10時", "8/18", "10:00"), ("a week from today", "8/11", ""),
    ("do the 13th", "8/13", ""), ("can you do the 13th instead?", "8/13", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days", "window"), SET_RIGHT)
def test_the_later_of_two_is_meant_where_the_first_is_taken_back(text: str, days: str, window: str) -> None:
    when = read_when(text, TODAY)
    assert when.days == days_in(days)
    assert (when.earliest, when.latest) == (window_in(window) if window else (None, None))


@pytest.mark.parametrize("text", ["anything but Monday mornings", "except Tuesday mornings", "not on Monday morning"])
def test_half_a_weekday_that_is_ruled_out_is_never_wished(text: str) -> None:
    when = read_when(text, TODAY)
    assert (when.days, when.earliest, when.latest) == ((), None, None)


@pytest.mark.parametrize("scrap", DAYS_OUT)
def test_no_text_of_5000_characters_runs_away(scrap: str) -> None:
    assert growth(lambda text: read_when(text, TODAY), scrap) <= LINEAR
