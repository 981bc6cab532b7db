"""The staff's gate: every typing mistake is found, named in Japanese, with its file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.content import read_folder
from intents.catalogue import Loaded, build, expired_faults

GOOD = """\
- id: where
  label: {ja: 場所, easy: ばしょ, en: Where}
  phrases: [どこですか, 場所は]
  answer:
    ja: 北沢総合支所です。
    easy: 北沢です。
    en: At Kitazawa.
  source: 報告書
  checked: 2026-07-01
"""
FACTS = """\
phone:
  number: null
texts:
  cost: null
  hours: {ja: 朝から, easy: あさから, en: from morning, source: 報告書, checked: 2026-07-01}
"""


def faults_of(entry: str, **more: str) -> list[str]:
    return [str(fault) for fault in loaded(entry, **more).faults]


def loaded(entry: str, **more: str) -> Loaded:
    files = {"where.yaml": entry, "facts.yaml": FACTS} | {f"{name}.yaml": text for name, text in more.items()}
    return build({name: text.encode() for name, text in files.items()})


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_good_content_has_no_fault() -> None:
    result = loaded(GOOD)
    assert result.faults == () and result.catalogue is not None


def test_the_least_entry_is_an_id_phrases_and_a_japanese_answer() -> None:
    result = loaded("- id: a\n  phrases: [どこ]\n  answer: ここです。\n")
    assert result.catalogue is not None
    assert result.catalogue.entries["a"].answer.ja == "ここです。"  # type: ignore[union-attr]


# (what staff typed, the line it stands on, what the message must hold)
MISTAKES = {
    "an unknown key names the nearest": (
        changed("  answer:", "  anser:"),
        4,
        ["「anser」", "「answer」のまちがい"],
    ),
    "a doubled key": (changed("  source: 報告書", "  source: 報告書\n  source: 別"), 9, ["「source」が二度"]),
    "a full-width colon": (changed("  source: 報告書", "  source：報告書"), 8, ["コロンが全角"]),
    "a full-width indent": (changed("  source: 報告書", "　　source: 報告書"), 8, ["全角の空白"]),
    "a tab": (changed("  source: 報告書", "\tsource: 報告書"), 8, ["タブ"]),
    "a wrong type": (changed("[どこですか, 場所は]", "\n    a: b"), 4, ["「phrases」", "並び"]),
    "a list for a text": (changed("    ja: 北沢総合支所です。", "    ja: [a, b]"), 5, ["「ja」には文を一つ"]),
    "no answer": (
        GOOD.split("  answer:")[0] + "  source: x\n  checked: 2026-07-01\n",
        1,
        ["「answer:」か「start:」"],
    ),
    "no id": (changed("- id: where\n  label", "- label"), 1, ["「id:」がありません"]),
    "no phrases": (changed("  phrases: [どこですか, 場所は]\n", ""), 1, ["「phrases:」がありません"]),
    "an empty answer": (changed("    ja: 北沢総合支所です。", "    ja:"), 5, ["「ja」が空"]),
    "an unknown fact names the nearest": (
        changed("北沢総合支所です。", "時間は{huors}です。"),
        5,
        ["「{huors}」", "hours"],
    ),
    "a text that begins with a fact": (changed("北沢総合支所です。", "{hours}です。"), 5, ["引用符"]),
    "a dead button": (GOOD + "  buttons: [wher]\n", 10, ["「wher」という項目はありません", "where"]),
    "too many buttons": (GOOD + "  buttons: [where, where, where, where, where]\n", 10, ["4つまで"]),
    "a label over LINE's limit": (
        changed("ja: 場所,", "ja: " + "場" * 21 + ","),
        2,
        ["長すぎます（20文字まで"],
    ),
    "an answer over LINE's limit": (changed("北沢総合支所です。", "あ" * 4001), 5, ["長すぎます"]),
    "no translation": (changed("    en: At Kitazawa.\n", ""), 4, ["「answer」の訳（en:）"]),
    "no source": (changed("  source: 報告書\n", ""), 1, ["出典"]),
    "no checked date": (changed("  checked: 2026-07-01\n", ""), 1, ["確かめた日"]),
    "a date that does not exist": (changed("2026-07-01", "2026-02-30"), 9, ["「checked」", "日付"]),
    "an unknown start": (GOOD.split("  answer:")[0] + "  start: bokking\n", 4, ["「bokking」", "booking"]),
    "an id with kana": (changed("id: where", "id: どこ"), 1, ["id は半角"]),
    "full-width braces": (changed("北沢総合支所です。", "時間は｛hours｝です。"), 5, ["かっこが全角"]),
    "a full-width comma in a mapping": (changed("{ja: 場所, easy: ばしょ,", "{ja: 場所、easy: ばしょ,"), 2, ["、", "半角の「, 」"]),
    "a full-width comma in a list": (GOOD + "  buttons: [where、where]\n", 10, ["、", "半角の「, 」"]),
    "several lines without the bar": (changed("ja: 北沢総合支所です。", "ja: 北沢です。\n\n      次の段落です。"), 5, ["縦棒"]),
    "an unclosed quote": (changed("source: 報告書", 'source: "報告書'), 8, ["引用符"]),
    "a wrong indent": (changed("    easy: 北沢です。", "   easy: 北沢です。"), 6, ["字下げ"]),
    "a use of an alias": (
        changed("報告書", "&a 報告書") + "- id: b\n  phrases: [x]\n  answer: y\n  source: *a\n",
        8,
        ["使い回し"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_every_typing_mistake_is_named_with_its_line(name: str) -> None:
    text, line, words = MISTAKES[name]
    found = faults_of(text)
    assert any(all(word in fault for word in words) for fault in found), found
    places = [fault for fault in found if all(word in fault for word in words)]
    assert any(f"where.yaml {line}行目" in fault for fault in places), places


def test_all_faults_are_told_at_once() -> None:
    """One broken entry hides no fault of its neighbours, and no other file's."""
    broken = "- id: a\n  phrases: [x\n  answer: y\n- id: b\n  phrases: [z]\n  anser: w\n"
    found = faults_of(broken, other="- id: c\n  phrase: [q]\n  answer: r\n")
    assert any("where.yaml" in f and "anser" in f for f in found)
    assert any("other.yaml" in f and "「phrase」" in f for f in found)
    assert sum("where.yaml" in f for f in found) >= 2


def test_a_cp932_file_is_named_as_such() -> None:
    result = build({"where.yaml": GOOD.encode("cp932")})
    assert result.catalogue is None
    assert "Shift_JIS" in str(result.faults[0]) and "UTF-8" in str(result.faults[0])


def test_a_byte_order_mark_is_welcome() -> None:
    assert build({"where.yaml": b"\xef\xbb\xbf" + GOOD.encode(), "facts.yaml": FACTS.encode()}).catalogue


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    assert build({"where.yaml": bomb.encode()}).catalogue is None


def test_an_enormous_file_is_refused_unread() -> None:
    assert build({"where.yaml": b"x" * 8_000_001}).catalogue is None


def test_an_endless_nesting_is_refused() -> None:
    assert build({"where.yaml": b"[" * 3000}).catalogue is None


@pytest.mark.parametrize(("written", "stops"), [
    ("あ" * 500, None), ("あ" * 501, False), ("あ" * 4000, False), ("あ" * 4001, True),
    ("😀" * 250, None), ("😀" * 251, False), ("😀" * 2001, True),
])  # fmt: skip
def test_a_long_answer_is_told_with_its_number_and_one_too_long_for_line_stops(written: str, stops: bool | None) -> None:
    """As LINE counts: 😀 is two."""
    found = [fault for fault in loaded(changed("北沢総合支所です。", written)).faults if fault.entry == "where"]
    assert [fault.stops for fault in found] == ([] if stops is None else [stops])
    assert all(str(len(written.encode("utf-16-le")) // 2) in fault.text and fault.place.line == 5 for fault in found)


def test_a_label_is_counted_by_its_letters() -> None:
    assert not faults_of(changed("ja: 場所,", "ja: " + "😀" * 20 + ","))


def test_a_phrase_of_two_entries_is_told_for_both() -> None:
    other = GOOD.replace("id: where", "id: here").replace("どこですか", "ここは")
    found = faults_of(GOOD + other)
    assert sum("「場所は」は" in fault for fault in found) == 2


def test_an_id_used_twice_is_refused_and_says_where() -> None:
    result = loaded(GOOD, zother=GOOD)
    assert result.catalogue is None
    assert "where.yaml 1行目 にもあります" in str(result.faults[-1]) or any(
        "where.yaml 1行目 にもあります" in str(fault) for fault in result.faults
    )


def test_a_hard_word_needs_its_rewording() -> None:
    words = "hard:\n  タップ: [ポン]\n"
    assert any(
        "「タップ」に言いかえ" in f
        for f in faults_of(changed("北沢総合支所です。", "タップします。"), words=words)
    )
    assert not faults_of(changed("北沢総合支所です。", "タップ（ポンとさわる）します。"), words=words)


def test_a_fact_that_is_not_given_needs_its_own_words() -> None:
    assert any("unknown" in fault for fault in faults_of(changed("北沢総合支所です。", "費用は{cost}です。")))


def test_times_and_telephone_numbers_stay_text() -> None:
    """`9:00` is not 540 and `0120` not 80: YAML's own types are not used."""
    facts = "office: {opens: 9:00, closes: 17:00, source: x, checked: 2026-07-01}\nphone: {number: 0120-000-000, source: x, checked: 2026-07-01}\n"
    result = loaded(GOOD, facts=facts)
    assert result.catalogue is not None
    office = result.catalogue.facts.office
    assert office is not None and (office.opens.hour, office.closes.hour) == (9, 17)
    assert result.catalogue.facts.phone.words.ja == "0120-000-000"  # type: ignore[union-attr]


def test_an_opening_on_a_day_without_office_is_told() -> None:
    practice = read_folder(Path(__file__).parents[1] / "faq" / "practice")
    saturday = practice["practice/facts.yaml"].replace(b"      - 2026-08-07\n", b"      - 2026-08-08\n", 1)
    faults = build(practice | {"practice/facts.yaml": saturday}).faults
    assert any("2026-08-08（土）" in str(fault) for fault in faults), faults


def test_what_is_past_its_day_is_told() -> None:
    result = loaded(GOOD + "  valid: {until: 2026-07-31}\n")
    assert result.catalogue is not None
    assert not expired_faults(result, date(2026, 7, 31))
    assert "有効期限" in str(expired_faults(result, date(2026, 8, 1))[0])


def test_two_thousand_least_entries_load() -> None:
    text = "".join(
        f"- id: e{i}\n  phrases: [質問その{i}, 別の聞き方{i}]\n  answer: 答え{i}です。\n" for i in range(2000)
    )
    result = build({"many.yaml": text.encode()})
    assert result.catalogue is not None and len(result.catalogue.entries) == 2000


@pytest.mark.parametrize("folder", ["faq", "faq/practice"])
def test_the_wards_own_content_has_no_fault(folder: str) -> None:
    result = build(read_folder(Path(__file__).parents[1] / folder))
    assert [str(fault) for fault in result.faults] == []
    assert result.catalogue is not None and len(result.catalogue.entries) >= 60


def test_check_prints_every_fault_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "where.yaml").write_text(changed("  answer:", "  anser:"))
    assert main(["check", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "where.yaml 4行目 where：「anser」という項目はありません（「answer」のまちがいでは？）" in printed
    assert "まちがい" in printed.splitlines()[-1]
