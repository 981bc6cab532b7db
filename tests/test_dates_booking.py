"""Whole sentences typed into a booking, with venues and people around the day, are read as they are meant.

Today is Monday, 3 August 2026.
"""

from __future__ import annotations

import pytest

from intents.dates import read_when
from tests.test_dates import AM, DAWN, PM, TODAY, days_in, window_in

# (what is typed, days, window, whether the first place is wished, problem)
TYPED: list[tuple[str, str, str, bool, str]] = [
    # elderly people
    ("北沢 8/12 10時半 二人", "8/12", "10:30", False, ""),
    ("あさって世田谷で3時ごろ、空いてますか", "8/5", "14:30-15:30", False, ""),
    ("敬老の日に行けますか", "9/21", "", False, ""),
    ("山の日はやってますか", "8/11", "", False, ""),
    ("秋分の日の午後", "9/23", PM, False, ""),
    ("スポーツの日の次の日に砧で", "10/13", "", False, ""),
    ("平日の午前中ならいつでもいいです", "", AM, False, ""),
    ("9月に入ってから烏山でお願いします", "9/1..10/30", "", False, ""),
    ("来週以降ならいつでも", "8/10..10/8", "", False, ""),
    ("火曜の午前か木曜の午後", "8/4 8/6", "", False, ""),
    ("明日の10時すぎに世田谷", "8/4", "10:00-", False, ""),
    ("玉川で20日、午後ならいつでも", "8/20", PM, False, ""),
    ("なるべく早く予約したいんですが", "", "", True, ""),
    ("いちばん早い日でお願いします。父と二人です", "", "", True, ""),
    ("10時から11時の間で、あした", "8/4", "10:00-11:00", False, ""),
    ("今度の火曜に世田谷へ行きたいの", "8/4", "", False, ""),
    ("あさっての午後いちばんでお願いね", "8/5", PM, True, ""),
    ("8/25(水)でお願いします", "8/25", "", False, "ambiguous"),
    ("25", "", "", False, ""),
    ("らいしゅうの すいようびの ごぜんちゅう、きたざわで", "8/12", AM, False, ""),
    ("八月二十六日の午後一時四十五分", "8/26", "13:45", False, ""),
    ("午前は病院なので、8月27日の午後に", "8/27", PM, False, ""),
    ("お昼前後で、8月5日", "8/5", "11:00-13:59", False, ""),
    ("火曜日以外の平日、世田谷で", "", "", False, ""),
    ("土日は空いてますか", "8/8 8/9", "", False, ""),
    ("12日の午後だめなら13日の午前", "8/12 8/13", "", False, ""),
    ("木曜の2時から3時くらいの間", "8/6", "14:00-15:30", False, ""),
    ("来週の頭に玉川", "8/10..8/12", "", False, ""),
    ("月曜の朝9時に予約したいです、世田谷です", "8/10", "9:00", False, ""),
    ("夕方4時すぎしか行けません。9月の10日", "9/10", "16:00-", False, ""),
    ("お盆すぎの火曜日", "8/4", "", False, "ambiguous"),
    ("砧 二十八日 三時十五分", "8/28", "15:15", False, ""),
    ("あしたかあさって、どこでもいいです", "8/4 8/5", "", False, ""),
    ("来週は忙しいので木曜", "8/6", "", False, ""),
    ("午前じゃなくて午後がいい", "", PM, False, ""),
    ("10時から14時に変更したい", "", "14:00", False, ""),
    ("火曜以外の午前", "", AM, False, ""),
    ("午前がいいです。来週の火曜の10時", "8/11", "10:00", False, ""),
    ("25日までに", "8/3..8/25", "", False, ""),
    ("4日から7日まで", "8/4..8/7", "", False, ""),
    ("烏山の日はいつですか", "", "", False, ""),
    ("シルバーウィーク", "", "", False, "ambiguous"),
    # daughters and sons
    ("母の分、砧で8月25日の午後いちばん", "8/25", PM, True, ""),
    ("来週北沢で火曜か水曜の午前中にお願いできますか", "8/11 8/12", AM, False, ""),
    ("8月10日に北沢総合支所で父と母の2人分お願いします", "8/10", "", False, ""),
    ("8月25日以降で砧の午前", "8/25..10/23", AM, False, ""),
    ("8/25の13:45からで二人", "8/25", "13:45", False, ""),
    ("8/25(火)砧 午前", "8/25", AM, False, ""),
    ("両親二人の予約、烏山で9月3日の10時半と11時15分", "9/3", "10:30-11:15", False, ""),
    ("主人と私の2名、北沢、8月12日(水)の午前", "8/12", AM, False, ""),
    ("母(85歳)の予約です。8月26日の午後2時半ごろは空いていますか", "8/26", "14:00-15:00", False, ""),
    ("8月24日の週でお願いします", "8/24..8/30", "", False, ""),
    ("再来週の月曜か火曜、玉川で10時くらい", "8/17 8/18", "9:30-10:30", False, ""),
    ("8月5日まででお願いします", "8/3..8/5", "", False, ""),
    ("今週中に世田谷で、できれば午後", "8/3..8/9", PM, False, ""),
    ("お父さんの予約を来月の第1月曜の朝いちで", "9/7", DAWN, True, ""),
    ("8/10か8/12 北沢 2人 どちらも午前", "8/10 8/12", AM, False, ""),
    ("8月25日10時の予約を8月27日14時に変更してください", "8/27", "14:00", False, ""),
    ("北沢に明後日じゃなくて来週の木曜日の2時", "8/13", "14:00", False, ""),
    ("9月の最初の月曜", "9/7", "", False, ""),
    ("8月の最後の火曜", "8/25", "", False, ""),
    ("一番近い日にちで二人並んで", "", "", True, ""),
    ("１０月１３日以降の火曜日", "10/13 10/20 10/27 11/3 11/10 11/17 11/24 12/1 12/8", "", False, ""),
    ("2時から3時半までに着けます、8月17日玉川", "8/17", "14:00-15:30", False, ""),
    ("世田谷、8/6、9時台か10時台", "8/6", "9:00-10:59", False, ""),
    # English speakers
    ("Kitazawa, next Tuesday morning for two", "8/11", AM, False, ""),
    ("Can I book Setagaya on August 5 at 10:30 for my mother and me?", "8/5", "10:30", False, ""),
    ("Kinuta Aug 25, 1:45 pm, two people please", "8/25", "13:45", False, ""),
    ("Any time after 2 pm on September 3", "9/3", "14:00-", False, ""),
    ("Tuesday morning or Thursday afternoon next week, Kitazawa", "8/11 8/13", "", False, ""),
    ("as early as possible, any office", "", "", True, ""),
    ("the week of August 24, mornings", "8/24..8/30", AM, False, ""),
    ("from August 25 onwards, afternoon", "8/25..10/23", PM, False, ""),
    ("Can we come after the 25th?", "8/26..10/24", "", False, ""),
    ("first Monday of September", "9/7", "", False, ""),
    ("around 3 tomorrow for two", "8/4", "14:30-15:30", False, ""),
    ("Karasuyama on 9/3 between 10 and 11", "9/3", "10:00-11:00", False, ""),
    ("Respect for the Aged Day", "9/21", "", False, ""),
    ("tomorrow or the day after, in the morning", "8/4 8/5", AM, False, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days", "window", "first", "problem"), TYPED)
def test_a_sentence_typed_into_a_booking(
    text: str, days: str, window: str, first: bool, problem: str
) -> None:
    meant = (days_in(days), *(window_in(window) if window else (None, None)), first, problem)
    when = read_when(text, TODAY)
    assert (when.days, when.earliest, when.latest, when.first, when.problem) == meant
