"""A fault stands on the line that it speaks of, so that staff find it without searching."""

from __future__ import annotations

from datetime import date

import pytest

from intents.catalogue import build, expired_faults
from intents.catalogue.nodes import Fault

ENTRIES = """\
- id: where
  label: {ja: 場所, easy: ばしょ, en: Where}
  phrases:
    - どこですか
    - 場所は
  answer:
    ja: |
      北沢総合支所です。

      時間は、{hours}です。
    easy: 北沢です。
    en: At Kitazawa.
  buttons: [when]
  source: 報告書
  checked: 2026-07-01
  valid:
    from: 2026-08-03
    until: 2026-10-30

- id: when
  label: {ja: 日, easy: ひ, en: When}
  phrases: [いつですか]
  start: phone
"""
FACTS = """\
programme:
  from: 2026-08-03
  until: 2026-10-30
  source: 報告
  checked: 2026-07-01
office: {opens: "9:00", closes: "17:00", closed: [2026-08-13], source: 報告, checked: 2026-07-01}
phone:
  number: null
venues:
  - id: kitazawa
    name: {ja: 北沢, easy: きたざわ, en: Kitazawa}
    position: [35.66, 139.66]
    source: 報告
    checked: 2026-07-01
  - id: kinuta
    name: {ja: 砧, easy: きぬた, en: Kinuta}
    source: 報告
    checked: 2026-07-01
openings:
  slots: ["9:00", "9:45"]
  days:
    kitazawa: [2026-08-04]
    kinuta:
      - 2026-08-05
  source: 報告
  checked: 2026-07-01
texts:
  hours:
    ja: 朝から
    easy: あさから
    en: from early
    source: 報告
    checked: 2026-07-01
    until: 2026-10-30
"""
GUIDES = """\
bring_check:
  intro: {ja: はじめ, easy: はじめ, en: Start}
  questions:
    - key: card
      ask: {ja: カードは, easy: カードは, en: Card}
      choices:
        - key: "yes"
          label: {ja: ある, easy: ある, en: "Yes"}
        - key: "no"
          label: {ja: ない, easy: ない, en: "No"}
  outcomes:
    - when: {card: "yes"}
      say: {ja: 持つ, easy: もつ, en: Bring}
  closing: {ja: おわり, easy: おわり, en: End}
  buttons: [where]
"""
QUESTIONS = "- {q: どこ, entry: where}\n- q: いつ\n  entry: when\n"
MENU = "".join(f"- entry: where\n  label: {{ja: 場所{i}, easy: ばしょ, en: Where}}\n" for i in range(6))
WORDS = "synonyms:\n  - [母, おかあさん]\nhard:\n  タップ:\n    - ポン\nfamily: [母]\n"
FILES = {"facts.yaml": FACTS, "guides.yaml": GUIDES, "questions.yaml": QUESTIONS, "richmenu.yaml": MENU,
         "where.yaml": ENTRIES, "words.yaml": WORDS}  # fmt: skip


def faults_of(file: str = "where.yaml", old: str = "", new: str = "") -> tuple[Fault, ...]:
    assert old in FILES[file]
    files = FILES | {file: FILES[file].replace(old, new, 1) if old else FILES[file]}
    return build({name: text.encode() for name, text in files.items()}).faults


def test_the_content_of_this_test_has_no_fault() -> None:
    assert faults_of() == ()


LONG = "あ" * 21
# (file, what staff overtype, with what, the line, words of the fault)
SLIPS: list[tuple[str, str, str, int, str]] = [
    ("where.yaml", "id: where", "id: どこ", 1, "id は半角"),
    ("where.yaml", "id: when", "id: where", 20, "where.yaml 1行目 にもあります"),
    ("where.yaml", "ja: 場所,", f"ja: {LONG},", 2, "「label」の ja が長すぎます"),
    ("where.yaml", "    - 場所は\n", "    - \n", 5, "「phrases」の行には文を一つ"),
    ("where.yaml", "    - 場所は\n", f"    - {'あ' * 201}\n", 5, "聞き方が長すぎます"),
    ("where.yaml", "    - 場所は\n", "    - いつですか\n", 5, "「when」にもあります"),
    ("where.yaml", "[いつですか]", "[場所は]", 22, "「where」にもあります"),
    ("where.yaml", "{hours}です", "{huors}です", 10, "「hours」のまちがい"),
    ("where.yaml", "{hours}です", "｛hours｝です", 10, "かっこが全角"),
    ("where.yaml", "{hours}です", "{Hours}です", 10, "半角の小文字"),
    ("where.yaml", "{hours}です", "{hours です", 10, "半角の小文字"),
    ("where.yaml", "時間は、", "タップします。", 10, "難しいことば「タップ」"),
    ("where.yaml", "時間は、", "暗証番号を書いて送ってください。", 10, "暗証番号を書いてもらう"),
    ("where.yaml", "時間は、", "電話は03-123-456です。", 10, "「03-123-456」の桁数"),
    ("where.yaml", "easy: 北沢です。", "easy:", 11, "「answer」の訳（easy:）"),
    ("where.yaml", "    easy: 北沢です。\n", "", 6, "「answer」の訳（easy:）"),
    ("where.yaml", "    easy: 北沢です。\n", "    easi: 北沢です。\n", 11, "「easy」のまちがい"),
    ("where.yaml", "At Kitazawa.", "[a, b]", 12, "「en」には文を一つ"),
    ("where.yaml", "At Kitazawa.", "Type your PIN here.", 12, "暗証番号を書いてもらう"),
    ("where.yaml", "[when]", "[when, wenn]", 13, "「when」のまちがい"),
    ("where.yaml", "[when]", "\n    - when\n    - wenn", 15, "「when」のまちがい"),
    ("where.yaml", "[when]", "\n    - when\n    - when\n    - when\n    - when\n    - when", 18, "4つまで"),
    ("where.yaml", "2026-07-01", "7月1日", 15, "「checked」は 2026-08-03 の形"),
    ("where.yaml", "from: 2026-08-03", "form: 2026-08-03", 17, "「from」のまちがい"),
    ("where.yaml", "until: 2026-10-30", "until: 2026-10-32", 18, "「until」は 2026-08-03 の形"),
    ("where.yaml", "start: phone", "start: fone", 23, "start「fone」はありません"),
    ("where.yaml", "start: phone", "start: phone\n  answer: はい", 23, "どちらか一つ"),
    ("where.yaml", "start: phone", "start: phone\n  urgent: はい", 24, "yes か no"),
    ("where.yaml", "  phrases: [いつですか]\n", "", 20, "「phrases:」がありません"),
    ("facts.yaml", "until: 2026-10-30", "until: 2026-07-30", 3, "「until」より後"),
    ("facts.yaml", "[2026-08-13]", "[2026-08-13, 8月14日]", 6, "「closed」は 2026-08-03 の形"),
    ("facts.yaml", "number: null", "number: 03-123-456\n  source: x\n  checked: 2026-07-01", 8, "かけられる番号ではありません"),
    ("facts.yaml", "number: null", "number: 03-0000-0000\n  checked: 2026-07-01", 7, "出典（source:）"),
    ("facts.yaml", "number: null", "number: 03-0000-0000\n  source: x\n  checked:", 10, "確かめた日"),
    ("facts.yaml", "[35.66, 139.66]", "[139.66, 35.66]", 12, "緯度"),
    ("facts.yaml", "id: kinuta", "id: kitazawa", 15, "二度書かれています"),
    ("facts.yaml", "en: Kinuta}", "en: }", 16, "「name」の訳（en:）"),
    ("facts.yaml", '["9:00", "9:45"]', "9:00", 20, "時間の枠（slots）がありません"),
    ("facts.yaml", "[2026-08-04]", "[2026-08-05]", 21, "同じ日に開きます"),
    ("facts.yaml", "- 2026-08-05", "- 2026-08-08", 24, "「臨時 2026-08-08」と"),
    ("facts.yaml", "    en: from early\n", "", 28, "訳（en:）"),
    ("facts.yaml", "ja: 朝から", "ja: 朝{hours}から", 28, "自分自身を使っています"),
    ("facts.yaml", "ja: 朝から", "ja: 朝{opening}から", 29, "facts.yaml にありません"),
    ("facts.yaml", "  hours:", "  Hours:", 28, "半角の小文字と _ だけ"),
    ("guides.yaml", "label: {ja: ない,", f"label: {{ja: {LONG},", 10, "長すぎます"),
    ("guides.yaml", '{card: "yes"}', '{card: "maybe"}', 12, "「card: maybe」という答え"),
    ("guides.yaml", "[where]", "[were]", 15, "「where」のまちがい"),
    ("guides.yaml", "en: Bring}", "en: Bring your PIN in mind and tell staff your PIN.}", 13, "暗証番号を書いてもらう"),
    ("questions.yaml", "entry: when", "entry: wenn", 3, "「when」のまちがい"),
    ("questions.yaml", "q: いつ", "q:", 2, "「q」が空"),
    ("richmenu.yaml", "entry: where", "entry: were", 1, "「where」のまちがい"),
    ("richmenu.yaml", "ja: 場所5,", f"ja: {LONG},", 12, "長すぎます"),
    ("richmenu.yaml", "- entry: where\n  label: {ja: 場所0, easy: ばしょ, en: Where}\n", "", 9, "6つです（いま5）"),
    ("words.yaml", "[母, おかあさん]", "[母]", 2, "[ことば, ことば] の形"),
    ("words.yaml", "    - ポン", "    - a: b", 5, "「タップ」の行には文を一つ"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), SLIPS)
def test_a_fault_is_told_at_its_own_line(file: str, old: str, new: str, line: int, words: str) -> None:
    found = [fault for fault in faults_of(file, old, new) if words in fault.text]
    assert [(fault.place.file, fault.place.line) for fault in found] == [(file, line)], faults_of(file, old, new)


# A name that becomes another one is missed where it is used.
RENAMED = ("where.yaml 1行目 にもあります", "半角の小文字と _ だけ")


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), SLIPS)
def test_one_slip_is_told_as_few_times_as_it_was_made(file: str, old: str, new: str, line: int, words: str) -> None:
    stopping = [fault for fault in faults_of(file, old, new) if fault.stops]
    assert len(stopping) <= (3 if words in RENAMED else 1), stopping


def test_what_is_past_its_day_is_told_at_that_day() -> None:
    loaded = build({name: text.encode() for name, text in FILES.items()})
    past = expired_faults(loaded, date(2026, 11, 1))
    assert [(fault.place.file, fault.place.line) for fault in past] == [("where.yaml", 18), ("facts.yaml", 34)]


def test_a_fact_laid_over_is_told_in_the_file_that_lays_it() -> None:
    over = "base: ..\ntexts:\n  hours:\n    ja: 昼\n    easy: ひる\n    en: noon\n    source: x\n    checked: 2026-07-01\n    until: 2026-08-30\n"
    files = {name: text.encode() for name, text in FILES.items()} | {"practice/facts.yaml": over.encode()}
    past = expired_faults(build(files), date(2026, 9, 1))
    assert [(fault.place.file, fault.place.line) for fault in past] == [("practice/facts.yaml", 9)]
