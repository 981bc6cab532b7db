"""Typed days and times are read as they are meant, and nothing is read that was not said.

Today is Monday, 3 August 2026, unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.dates import Out, When, read_when
from intents.wording import say_date, say_time
from tests.support.growth import LINEAR, growth
from tests.support.long_texts import DATES

TODAY = date(2026, 8, 3)
AM, PM, DAWN = "0:00-11:59", "12:00-23:59", "5:00-10:29"
HELDOUT = Path(__file__).parent / "data" / "heldout-utterances.yaml"
steady = settings(derandomize=True, max_examples=200, deadline=None, database=None)


def days_in(written: str) -> tuple[date, ...]:
    """"8/5..8/7 8/25 27-3-3": days, ranges, and a year in two digits where it is not 2026."""
    days: list[date] = []
    for part in written.split():
        first, last = (day_in(end) for end in (part.split("..") * 2)[:2])
        days += [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return tuple(days)


def day_in(written: str) -> date:
    numbers = [int(number) for number in written.replace("/", "-").split("-")]
    return date(2026, *numbers) if len(numbers) == 2 else date(2000 + numbers[0], *numbers[1:])


def window_in(written: str) -> tuple[time | None, time | None]:
    """"13:45" is exact, "9:00-11:00" a range, "15:00-" and "-15:00" open."""
    ends = [moment_in(end) for end in (written.split("-") * 2)[:2]]
    return ends[0], ends[1]


def moment_in(written: str) -> time | None:
    return time.fromisoformat(written.zfill(5)) if written else None


def wished(text: str) -> When:
    """The wish alone: what is ruled out, and weekdays by name, have tests of their own."""
    return replace(read_when(text, TODAY), weekdays=(), out=Out())


DAYS: list[tuple[str, str]] = [
    # near days
    ("今日", "8/3"), ("本日これから", "8/3"), ("明日", "8/4"), ("明日でお願いします", "8/4"), ("あさって", "8/5"),
    ("明後日", "8/5"), ("しあさって", "8/6"), ("3日後", "8/6"), ("2週間後", "8/17"), ("二週間後に", "8/17"),
    ("今日と明日", "8/3 8/4"), ("明日か明後日", "8/4 8/5"), ("明日から金曜まで", "8/4..8/7"),
    # weekdays and weeks
    ("火曜", "8/4"), ("火曜日", "8/4"), ("次の火曜", "8/4"), ("今度の火曜", "8/4"), ("月曜", "8/10"),
    ("月曜日がいいです", "8/10"), ("来週の火曜", "8/11"), ("来週火曜日", "8/11"), ("再来週の水", "8/19"),
    ("再来週の水曜日", "8/19"), ("さ来週の木曜", "8/20"), ("今週の金曜", "8/7"), ("今週の月曜", "8/3"),
    ("来週の水でお願い", "8/12"), ("来週の火か木", "8/11 8/13"), ("火曜か木曜", "8/4 8/6"), ("火か木", "8/4 8/6"),
    ("火・木", "8/4 8/6"), ("来週の火曜か木曜", "8/11 8/13"), ("来週の月曜から水曜", "8/10..8/12"),
    ("来週か再来週の火曜", "8/11 8/18"), ("来週", "8/10..8/16"), ("来週あたり", "8/10..8/16"), ("今週中", "8/3..8/9"),
    ("再来週", "8/17..8/23"), ("来週の前半", "8/10..8/12"), ("来週は火曜がいい", "8/11"), ("週明け", "8/10"),
    ("週末", "8/8 8/9"), ("土日", "8/8 8/9"), ("来週末", "8/15 8/16"), ("来週の土日", "8/15 8/16"),
    # days of a month
    ("8/25", "8/25"), ("8-25", "8/25"), ("08/25", "8/25"), ("8月25日", "8/25"), ("８月２５日", "8/25"),
    ("８／２５", "8/25"),
    ("二十五日", "8/25"), ("25日", "8/25"), ("３日", "8/3"), ("2日", "9/2"), ("来月3日", "9/3"),
    ("来月の25日", "9/25"),
    ("今月25日", "8/25"), ("再来月の1日", "10/1"), ("八月二十五日", "8/25"), ("十月三十日", "10/30"), ("十月十日", "10/10"),
    ("8月25日（火）", "8/25"), ("8月25日火曜日", "8/25"), ("25日(火)", "8/25"), ("火曜の25日", "8/25"),
    ("8/25(火)", "8/25"),
    ("北沢8/25", "8/25"), ("1日", "9/1"), ("31日", "8/31"), ("8月は25日", "8/25"),
    # with a year
    ("令和8年8月25日", "8/25"), ("令和八年八月二十五日", "8/25"), ("R8.8.25", "8/25"), ("2026-08-25", "8/25"),
    ("2026/8/25", "8/25"), ("2026年8月25日", "8/25"), ("二〇二六年八月二十五日", "8/25"), ("2027年3月3日", "27-3-3"),
    ("来年の3月3日", "27-3-3"), ("2027-08-25", "27-8-25"),
    # several, and parts of a month
    ("8月5日から7日", "8/5..8/7"), ("8月5日〜8月7日", "8/5..8/7"), ("8月5〜7日", "8/5..8/7"),
    ("8/5-8/7", "8/5..8/7"),
    ("8/5〜7", "8/5..8/7"), ("8月5日(水)〜7日(金)", "8/5..8/7"), ("8月5日と7日", "8/5 8/7"),
    ("8/5、8/7", "8/5 8/7"),
    ("28日か3日", "8/28 9/3"), ("8月5日か木曜", "8/5 8/6"), ("8月上旬", "8/3..8/10"), ("8月中旬", "8/11..8/20"),
    ("8月下旬", "8/21..8/31"), ("八月の下旬", "8/21..8/31"), ("9月の初め", "9/1..9/10"), ("8月の後半", "8/16..8/31"),
    ("月末", "8/25..8/31"), ("8月末", "8/25..8/31"), ("来月末", "9/24..9/30"), ("10月", "10/1..10/31"),
    ("来月行きます", "9/1..9/30"), ("8月の火曜", "8/4 8/11 8/18 8/25"), ("来月の第2水曜", "9/9"), ("第三土曜", "8/15"),
    # kana
    ("きょう", "8/3"), ("あした", "8/4"), ("あしたはどうですか", "8/4"), ("きょうはあいてますか", "8/3"),
    ("あす いきたいです", "8/4"), ("あさって おねがいします", "8/5"),
    ("らいしゅうのかようび", "8/11"), ("らいしゅう の かようび", "8/11"), ("さらいしゅうの もくようび", "8/20"),
    ("こんしゅうの きんようび", "8/7"), ("どようび", "8/8"), ("かようび", "8/4"), ("にじゅうごにち", "8/25"),
    ("はちがつごにち", "8/5"), ("はちがつ にじゅうごにち", "8/25"), ("くがつ みっか", "9/3"), ("じゅうがつ とおか", "10/10"),
    ("はつか", "8/20"), ("らいげつ みっか", "9/3"), ("8がつ25にち", "8/25"), ("8月（がつ）25日（にち）", "8/25"),
    ("ｱｼﾀ", "8/4"),
    # English
    ("today", "8/3"), ("tomorrow", "8/4"), ("the day after tomorrow", "8/5"), ("next Tuesday", "8/11"),
    ("Tuesday next week", "8/11"), ("next week on Tuesday", "8/11"),
    ("Tuesday or Thursday next week", "8/11 8/13"),
    ("this Friday", "8/7"), ("Friday please", "8/7"), ("on Sat", "8/8"), ("next week", "8/10..8/16"),
    ("the week after next", "8/17..8/23"), ("Aug 25", "8/25"), ("Aug. 25th", "8/25"),
    ("August 25, 2026", "8/25"),
    ("25 August", "8/25"), ("the 25th of August", "8/25"), ("the 25th", "8/25"),
    ("Tuesday, August 25", "8/25"),
    ("March 3, 2027", "27-3-3"), ("Aug 5-7", "8/5..8/7"), ("August 5th to 7th", "8/5..8/7"),
    ("5-7 August", "8/5..8/7"),
    ("Aug 25 or 27", "8/25 8/27"), ("in two days", "8/5"), ("in 2 weeks", "8/17"),
    ("end of August", "8/25..8/31"),
    ("early September", "9/1..9/10"), ("sometime in October", "10/1..10/31"),
    ("Monday to Wednesday", "8/10..8/12"),
    # ruled out, or moved away from
    ("25日以外なら", ""), ("火曜はだめです", ""), ("火曜と木曜は都合が悪いです", ""), ("25日ではなく26日で", "8/26"),
    ("not Tuesday but Thursday", "8/6"), ("来週、水曜以外で", "8/10 8/11 8/13..8/16"),
    ("next week except Wednesday", "8/10 8/11 8/13..8/16"), ("8月25日の予約を8月27日に変更したい", "8/27"),
    ("8月25日から8月27日に変えたい", "8/27"), ("金曜は母が来られないので木曜", "8/6"), ("25日を26日にずらしたい", "8/26"),
    ("昨日電話しました。明日は空いていますか", "8/4"),
]  # fmt: skip

TIMES: list[tuple[str, str]] = [
    ("午前", AM), ("午前中", AM), ("午後", PM), ("朝", DAWN), ("昼", "11:00-13:59"), ("お昼", "11:00-13:59"),
    ("昼過ぎ", "12:30-14:59"), ("お昼すぎ", "12:30-14:59"), ("お昼前", "10:30-11:59"), ("夕方", "15:00-18:59"),
    ("ごぜんちゅう", AM), ("ごご", PM), ("ゆうがた", "15:00-18:59"), ("in the morning", AM), ("afternoon", PM),
    ("9時", "9:00"), ("９時", "9:00"), ("三時半", "15:30"), ("3時15分", "15:15"), ("13:45", "13:45"),
    ("１３：４５", "13:45"),
    ("13時45分", "13:45"), ("十三時四十五分", "13:45"), ("午後1時45分", "13:45"), ("午後の1時45分", "13:45"),
    ("1時", "13:00"),
    ("5時", "17:00"), ("6時", "18:00"), ("8時", "8:00"), ("12時", "12:00"), ("午後0時", "12:00"),
    ("1:45", "13:45"),
    ("朝9時", "9:00"), ("夕方の四時ごろ", "15:30-16:30"), ("午後七時", "19:00"), ("午前10時半", "10:30"), ("昼の1時", "13:00"),
    ("さんじ", "15:00"), ("さんじはん", "15:30"), ("くじはん", "9:30"), ("ごご いちじ よんじゅうごふん", "13:45"),
    ("じゅうじ", "10:00"), ("3じはん", "15:30"), ("2 pm", "14:00"), ("2:30 p.m.", "14:30"),
    ("10 a.m.", "10:00"),
    ("half past two", "14:30"), ("quarter to three", "14:45"), ("2 o'clock", "14:00"),
    ("at 3", "15:00"), ("noon", "12:00"),
    ("9 in the morning", "9:00"), ("2-4pm", "14:00-16:00"), ("after 3 pm", "15:00-"),
    ("before noon", AM),
    ("10時から12時", "10:00-12:00"), ("10-12時", "10:00-12:00"), ("午後2時か3時", "14:00-15:00"),
    ("3時以降", "15:00-"),
    ("2時すぎ", "14:00-"), ("3時まで", "-15:00"), ("10時から3時まで", "10:00-15:00"), ("10時台", "10:00-10:59"),
]  # fmt: skip

BOTH: list[tuple[str, str, str]] = [
    ("北沢、来週の火曜の午前", "8/11", AM), ("来週の火曜の午前か木曜の午前", "8/11 8/13", AM), ("明日の朝9時", "8/4", "9:00"),
    ("8/25 13:45", "8/25", "13:45"), ("25日の13時", "8/25", "13:00"), ("8月25日（火）午後1時45分", "8/25", "13:45"),
    ("はちがつ にじゅうごにち ごご さんじはん", "8/25", "15:30"), ("on Monday morning", "8/10", AM),
    ("this afternoon", "8/3", PM),
    ("tomorrow at 10", "8/4", "10:00"), ("Friday, August 14 at 2:30 p.m.", "8/14", "14:30"),
    ("明朝", "8/4", DAWN),
    ("8月5日水曜日か8月6日木曜日の午前10時半", "8/5 8/6", "10:30"), ("8/5 10-12時", "8/5", "10:00-12:00"),
    ("らいしゅうの きんようびの ごご", "8/14", PM), ("母の予約、砧で8月25日の午後に", "8/25", PM),
]  # fmt: skip

NOTHING = """三鷹 四谷から行きます 二子玉川に住んでいます 土地 月額 日本 日本語でお願いします お水 お金 一人 十分 3人で行きます 二人
45分 45分かかりますか 4桁 暗証番号 暗証番号は6文字以上 さくら-27 さくら-27の予約 03-0000-0000 0120-10-25 85歳 八十五歳
八王子 六本木 四日市 十日町 3日間 10日以内 三日ほど 2-3日かかる 二、三日中に 2時間 一時間 一時的に 30分 毎月25日 毎週火曜
水道 火事 木のいす 金額 土足 日曜大工 朝日新聞 昼ごはん 毎朝 夜間 べんきょう きょうだい きょうとのてんき あすか あさがお
たからくじ 宝くじの番号 にじかん いつか行きたい 本当なのか ようかい おかあさん 第3世代 三丁目8-25に住んでいます 500ポイント
11,000ポイント 1955年生まれ 昭和20年8月15日生まれ 8月1日生まれです 7月15日号のおしらせ 2016年製 iPhone12 iOS17.5
何日ですか 何時まで 何曜日 先日はどうも 先週カードを申請しました 先月越してきました 当日の手順 一番近いところ 3階 24時間
Mondays every~Monday 6-16~letters~and~digits may~I~come at~4~digits 5~offices Good~morning 2~people
The~2nd~app 24/7""".split()

FIRST: list[tuple[str, str]] = [
    ("いちばん早い時間", ""), ("一番早く", ""), ("午後いちばん", PM), ("午後一番で", PM), ("朝いちで", DAWN), ("なるべく早い日", ""),
    ("as soon as possible", ""), ("first thing in the morning", AM),
]  # fmt: skip

PROBLEMS: list[tuple[str, str, str]] = [
    ("2月30日", "no_such_day", ""), ("二月三十日", "no_such_day", ""), ("2/30", "no_such_day", ""),
    ("30 February", "no_such_day", ""),
    ("8月32日", "no_such_day", ""), ("9月31日", "no_such_day", ""), ("13月5日", "no_such_day", ""),
    ("2027-02-29", "no_such_day", ""),
    ("来月31日", "no_such_day", ""), ("8月1日", "past", "8/1"), ("7/31", "past", "7/31"),
    ("昨日", "past", "8/2"),
    ("1月5日", "past", "1/5"), ("2025年8月25日", "past", "25-8-25"), ("先週の火曜", "past", "7/28"),
    ("お盆", "ambiguous", ""),
    ("お盆明けに", "ambiguous", ""), ("8月25日（水）", "ambiguous", "8/25"),
    ("Thu, August 25", "ambiguous", "8/25"),
    ("来週の25日", "ambiguous", ""), ("8月の第2週", "ambiguous", ""),
]  # fmt: skip

ON_OTHER_DAYS: list[tuple[str, str, str]] = [
    ("25日", "8/25", "8/25"), ("25日", "8/26", "9/25"), ("31日", "9/5", "10/31"), ("今週の月曜", "8/5", "8/3"),
    ("来週の月曜", "8/9", "8/10"), ("次の日曜", "8/9", "8/16"), ("金曜", "8/6", "8/7"),
    ("来月3日", "12/20", "27-1-3"),
    ("8月", "8/20", "8/20..8/31"), ("今週", "8/6", "8/6..8/9"), ("this Friday", "8/7", "8/7"),
    ("第2水曜", "8/13", "9/9"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_a_day_is_read_in_every_way_people_write_it(text: str, days: str) -> None:
    assert wished(text) == When(days_in(days))


@pytest.mark.parametrize(("text", "window"), TIMES)
def test_a_time_is_read_as_the_one_in_counter_hours(text: str, window: str) -> None:
    assert wished(text) == When((), *window_in(window))


@pytest.mark.parametrize(("text", "days", "window"), BOTH)
def test_day_and_time_are_read_together(text: str, days: str, window: str) -> None:
    assert wished(text) == When(days_in(days), *window_in(window))


@pytest.mark.parametrize("text", [text.replace("~", " ") for text in NOTHING])
def test_words_that_only_look_like_days_or_times_name_none(text: str) -> None:
    assert read_when(text, TODAY) == When()


@pytest.mark.parametrize(("text", "window"), FIRST)
def test_the_earliest_place_can_be_wished_for(text: str, window: str) -> None:
    assert read_when(text, TODAY) == When((), *window_in(window), first=True)


@pytest.mark.parametrize(("text", "problem", "days"), PROBLEMS)
def test_a_day_that_cannot_be_taken_comes_with_its_reason(text: str, problem: str, days: str) -> None:
    when = read_when(text, TODAY)
    assert (when.problem, when.days) == (problem, days_in(days))


@pytest.mark.parametrize(("text", "today", "days"), ON_OTHER_DAYS)
def test_relative_days_depend_on_the_day_of_writing(text: str, today: str, days: str) -> None:
    assert read_when(text, day_in(today)).days == days_in(days)


def test_the_tables_hold_at_least_150_phrasings() -> None:
    assert len(DAYS) + len(TIMES) + len(BOTH) >= 150
    assert len(NOTHING) >= 80


# ---------------------------------------------------------------- promises over many days
KANJI = "〇一二三四五六七八九"
UNITS = " いち に さん し ご ろく しち はち く".split(" ")
NATIVE = {1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか",
          9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか"}  # fmt: skip
MONTHS = "January February March April May June July August September October November December".split()


def kanji(number: int) -> str:
    tens, units = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else KANJI[tens] + "十"
    return ten + (KANJI[units] if units else "")


def kana(number: int) -> str:
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "じゅう" if tens == 1 else UNITS[tens] + "じゅう") + UNITS[units]


def ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 4 <= number <= 20 else endings.get(number % 10, 'th')}"


def forms(day: date) -> list[str]:
    """One day in the ways it is written without a year."""
    month, number, english = day.month, day.day, MONTHS[day.month - 1]
    return [
        f"{month}/{number}", f"{month:02}/{number:02}", f"{month}-{number}",
        f"{month}月{number}日", f"{month}月の{number}日", f"{kanji(month)}月{kanji(number)}日",
        f"{month}がつ{number}にち", f"{month} 月 {number} 日", f"{english} {number}",
        f"{kana(month)}がつ {NATIVE.get(number) or kana(number) + 'にち'}",
        f"{english[:3]} {ordinal(number)}", f"{number} {english}", f"the {ordinal(number)} of {english}",
        say_date(day, "ja"), say_date(day, "en"), f"{month}月{number}日({'月火水木金土日'[day.weekday()]})",
    ]  # fmt: skip


def dated_forms(day: date) -> list[str]:
    """One day in the ways it is written with its year."""
    return [
        day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"令和{day.year - 2018}年{day.month}月{day.day}日", f"R{day.year - 2018}.{day.month}.{day.day}",
        f"令和{kanji(day.year - 2018)}年{kanji(day.month)}月{kanji(day.day)}日",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    ]  # fmt: skip


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


THIS_YEAR = st.dates(TODAY, date(2026, 12, 31))
ANY_YEAR = st.dates(TODAY, date(2029, 12, 31))
TALK = st.sampled_from(["{}", "{}でお願いします", "砧の{}は空いていますか。", "母の予約です、{}に行けます", "北沢、{}",
                        "さくら-27です。{}なら", "二人で {} に行きます", "カードの番号は4桁ですか？ {}", "三軒茶屋から{}。"])  # fmt: skip


@steady
@given(THIS_YEAR, st.data())
def test_every_day_of_the_year_is_read_back_from_every_form(day: date, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms(day)))
    assert read_when(form, TODAY) == When((day,))
    assert read_when(wide(form), TODAY) == When((day,))


@steady
@given(ANY_YEAR, st.data())
def test_a_written_year_is_kept(day: date, data: st.DataObject) -> None:
    assert read_when(data.draw(st.sampled_from(dated_forms(day))), TODAY) == When((day,))


@steady
@given(THIS_YEAR, TALK, st.data())
def test_a_sentence_names_its_one_day_and_no_other(day: date, talk: str, data: st.DataObject) -> None:
    # 8-25 needs room on both sides: with words touching it, it may be an address.
    form = data.draw(st.sampled_from(forms(day)[3:8]))
    assert read_when(talk.format(form), TODAY).days == (day,)


@steady
@given(st.dates(TODAY, date(2026, 12, 1)), st.integers(0, 6), st.integers(0, 2))
def test_a_weekday_of_a_week_is_that_day(today: date, weekday: int, weeks: int) -> None:
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks, days=weekday)
    when = read_when(f"{('今週', '来週', '再来週')[weeks]}の{'月火水木金土日'[weekday]}曜", today)
    assert when == When((day,), problem="past" if day < today else "")


@steady
@given(st.dates(TODAY, date(2026, 12, 1)), st.integers(0, 6))
def test_a_bare_weekday_is_the_next_one_after_today(today: date, weekday: int) -> None:
    (day,) = read_when(f"{'月火水木金土日'[weekday]}曜", today).days
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7


@steady
@given(st.integers(8, 18), st.integers(0, 59))
def test_every_time_of_the_day_is_read_back(hour: int, minute: int) -> None:
    moment = time(hour, minute)
    spoken = f"{kanji(hour)}時{kanji(minute) + '分' if minute else ''}"
    said = say_time(moment, "ja"), say_time(moment, "en")
    for form in (f"{hour}:{minute:02}", f"{hour}時{minute}分", spoken, *said):
        assert read_when(form, TODAY) == When((), moment, moment), form


@steady
@given(st.text(alphabet="町駅母父兄キードポイントの区役所北沢砧三四五人桁番号金水土本東京分歳 、。abcAX", max_size=40))
def test_a_text_without_words_for_days_names_none(text: str) -> None:
    assert read_when(text, TODAY) == When()


SCRAPS = st.lists(st.sampled_from(
    "8 / 25 月 日 時 分 半 - 〜 : 二 十 〇 火曜 来週 の か から まで 以降 午後 朝 いちばん 令和 年 第 お盆 ではなく 1日 99 (水) は、 に変更 ごろ 以前 の週 敬老の日 最後の 9999"
    " はち がつ にち さん じ はん tuesday next aug 31st may pm to or at 前 中 末 後 以外 ( ) \0 ﷺ ㏢ 2026 0 24".split()
), max_size=30)  # fmt: skip
ANYTHING = st.one_of(st.text(max_size=200), SCRAPS.map("".join), SCRAPS.map(" ".join))


@steady
@given(ANYTHING, st.dates(TODAY, date(2027, 12, 31)))
def test_no_text_makes_the_reader_fail(text: str, today: date) -> None:
    """Whatever is typed: days in order, none twice, past ones only with their reason."""
    when = read_when(text, today)
    assert list(when.days) == sorted(set(when.days))
    assert when.problem == "past" or all(day >= today for day in when.days)
    assert when.problem != "no_such_day" or not when.days


@pytest.mark.parametrize("year", [0, 1, 999, 1000, 2999, 3000, 9999])
@pytest.mark.parametrize("said", ["以降", "の週", "と5日", "から火曜", "まで", "の火曜"])
def test_the_ends_of_the_calendar_make_no_failure(year: int, said: str) -> None:
    when = read_when(f"{year:04}年12月31日{said}", TODAY)
    assert when.problem == "past" or len(when.days) <= 60


@pytest.mark.parametrize("scrap", DATES)
def test_no_text_of_5000_characters_runs_away(scrap: str) -> None:
    assert growth(lambda text: read_when(text, TODAY), scrap) <= LINEAR


# ---------------------------------------------------------------- ordinary sentences
MEANT = {
    "きょうの ばんごはん なにに しよう": "8/3", "にちようびは あいて いますか": "8/9", "日曜やってる？": "8/9",
    "コールセンターは土曜日もつながりますか": "8/8", "土曜もやっとるんかいの": "8/8", "木曜日に予約を入れてもらえますか": "8/6",
    "予約を取っていませんが、今日これから母を連れて行ってもいいでしょうか": "8/3", "今夜のテレビ番組表": "8/3",
    "今日の巨人戦の結果は": "8/3", "平日は仕事なので、土日に父を連れて行けますか": "8/8 8/9",
    "来月帰省したときに連れて行きたいのですが、まだやっていますか": "9/1..9/30",
    "母が来週伺います。カードのほかに書類は必要でしょうか": "8/10..8/16",
}  # fmt: skip


def test_ordinary_sentences_name_no_day_but_where_one_is_meant() -> None:
    content = yaml.load(HELDOUT.read_text(encoding="utf-8"), yaml.BaseLoader)
    sentences = {text for said in content.values() for _, text in said}
    read = {text: when.days for text in sentences if (when := read_when(text, TODAY)).days or
    when.problem}
    assert read == {text: days_in(days) for text, days in MEANT.items()}
