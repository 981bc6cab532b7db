"""Files as staff really write them: what is prose stays prose, what would be lost is told with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.catalogue import Loaded, build
from intents.catalogue.lines import insides, lines_of
from intents.catalogue.yamldoc import Fault, Text, read

HEAD = "- id: garbage\n  phrases: [ごみの日]\n  answer: 月曜です。\n"
TAIL = "- id: tax\n  phrases: [税金]\n  answer: 銀行へ。\n"


def loaded(text: str, name: str = "city.yaml") -> Loaded:
    return build({name: text.encode()})


def told(text: str, name: str = "city.yaml") -> list[tuple[int, str, bool]]:
    """(line, words, stops) of every fault of the writing itself."""
    return [(fault.place.line, fault.text, fault.stops) for fault in read(name, text.encode())[1]]


def stopping(text: str, name: str = "city.yaml") -> list[Fault]:
    return [fault for fault in loaded(text, name).faults if fault.stops]


# ---------------------------------------------------------------- pieces that are good alone and lost together
LIBRARY = "id: library\nlabel: 図書館\nphrases: [図書館]\nanswer: 午後7時まで。\n"
OUT_OF_PLACE = {
    "an entry without its dash": (HEAD + LIBRARY, 4, "「- 」がありません"),
    "an entry without its dash between two": (HEAD + LIBRARY + TAIL, 4, "「- 」がありません"),
    "the first entry without its dash": (LIBRARY + TAIL, 1, "「- 」がありません"),
    "an entry without its dash, its lines still indented": (HEAD + LIBRARY.replace("\n", "\n  ").rstrip(" "), 4, "「- 」がありません"),
    "one key at the left edge": (HEAD.replace("  answer", "answer"), 3, "「- 」がありません"),
    "free text between entries": (HEAD + "ここから下は図書館\n" + TAIL, 4, "どの項目でもありません"),
    "free text at the end": (HEAD + "以上\n", 4, "どの項目でもありません"),
    "a rule of equal signs": (HEAD + "==========\n" + TAIL, 4, "どの項目でもありません"),
    "a note of another language": (HEAD + "// 図書館\n" + TAIL, 4, "どの項目でもありません"),
    "a note with a full-width mark": (HEAD + "＃ 図書館\n" + TAIL, 4, "「＃」が全角"),
    "a new document": (HEAD + "---\n" + TAIL, 4, "「---」の行は消して"),
    "an end of the document": (HEAD + "...\n" + TAIL, 4, "「...」の行は消して"),
    "a directive": (HEAD + "%YAML 1.1\n" + TAIL, 4, "「%YAML 1.1」の行は消して"),
    "a text after a mark of YAML's": (HEAD.replace("月曜です", "!注意 月曜です"), 3, "「!」で始まる文"),
    "a text after an anchor": (HEAD.replace("月曜です", "&月曜 です"), 3, "「&」で始まる文"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUT_OF_PLACE)
def test_what_stands_out_of_its_place_stops_the_edit_at_its_line(name: str) -> None:
    text, line, words = OUT_OF_PLACE[name]
    found = stopping(text)
    assert (found[0].place.line, len(found)) == (line, 1), found
    assert words in found[0].text


FACTS = "phone:\n  number: null\ntexts:\n  hours: {ja: 朝, easy: あさ, en: early, source: 報告, checked: 2026-07-01}\n"
FACTS_OUT_OF_PLACE = {
    "a day at the left edge": (FACTS + "\n- 2026-08-29\n", 6, "「- 」の行が左端"),
    "a list, and a section twice": (FACTS + "\n- x\ntexts: {cost: null}\n", 6, "「- 」の行が左端"),
    "the section twice": (FACTS + "- x\ntexts: {cost: null}\n", 6, "「texts」が二度"),
    "the section twice, alone": (FACTS + "texts: {cost: null}\n", 5, "「texts」が二度"),
    "free text": (FACTS + "以下は未定\n", 5, "どの項目でもありません"),
    "a new document": ("# 注\n" + FACTS + "---\noffice: null\n", 6, "「---」の行は消して"),
}


@pytest.mark.parametrize("name", FACTS_OUT_OF_PLACE)
def test_in_the_facts_too(name: str) -> None:
    text, line, words = FACTS_OUT_OF_PLACE[name]
    assert any((at, words in said, stop) == (line, True, True) for at, said, stop in told(text, "facts.yaml"))
    assert loaded(text, "facts.yaml").catalogue is None


SECTIONS_OF_ANOTHER_SHAPE = {
    "prompts.yaml": "- welcome\n", "words.yaml": "- 母\n", "guides.yaml": "- bring_check\n", "facts.yaml": "- phone\n",
    "questions.yaml": "q: なに\n", "richmenu.yaml": "entry: where\n", "city.yaml": "id: a\nphrases: [x]\nanswer: y\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS_OF_ANOTHER_SHAPE)
def test_a_file_of_another_shape_is_not_passed_over(name: str) -> None:
    files = {"a.yaml": HEAD.encode(), name: SECTIONS_OF_ANOTHER_SHAPE[name].encode()}
    assert any(fault.stops and fault.place.file == name for fault in build(files).faults)


INNER_SHAPES = {
    "office: {opens: '9:00', closes: '17:00', closed: 2026-08-13, source: x, checked: 2026-07-01}\n": "「closed」は [2026-08-13",
    "base: [..]\n": "「base」には文を一つ",
    "texts: [cost]\n": "「texts」の下には",
    "venues: kitazawa\n": "「venues」は「- 」で始まる",
    "texts: {Cost: null}\n": "「Cost」は、半角の小文字",
    "phone: 03-0000-0000\n": "「phone」の下には",
}


@pytest.mark.parametrize("facts", INNER_SHAPES)
def test_a_fact_of_another_shape_is_not_passed_over(facts: str) -> None:
    assert any(INNER_SHAPES[facts] in fault.text for fault in stopping(facts, "facts.yaml"))


def test_a_document_may_begin_with_its_marker_and_end_with_one() -> None:
    assert not stopping(f"# 注\n---\n{HEAD}{TAIL}...\n")


# ---------------------------------------------------------------- a text that is cut at its 「#」
CUT = {
    "an answer": "- id: a\n  phrases: [x]\n  answer: 困ったら #9110 へ\n",
    "a Japanese wording": "- id: a\n  phrases: [x]\n  answer:\n    ja: 困ったら #9110 へ\n    en: x\n",
    "an English wording": "- id: a\n  phrases: [x]\n  answer:\n    ja: y\n    en: Call #9110 now\n",
    "a phrase": "- id: a\n  phrases:\n    - シャープ #9110\n  answer: y\n",
    "a phrase of nothing else": "- id: a\n  phrases:\n    - #9110 とは\n  answer: y\n",
    "a phrase in a list on one line": "- id: a\n  phrases: [困った, #9110]\n  answer: y\n",
    "two spaces before it": "- id: a\n  phrases: [x]\n  answer: 携帯は  #7119 、固定は 03 から\n",
    "a hashtag": "- id: a\n  phrases: [x]\n  answer: 合い言葉は #せたがや です\n",
    "a wording in a mapping on one line": "- id: a\n  phrases: [x]\n  label: {ja: 相談 #9110, en: y}\n  answer: z\n",
    "a source": "- id: a\n  phrases: [x]\n  answer: y\n  source: 国の相談電話 #9110\n",
    "beside the bar": "- id: a\n  phrases: [x]\n  answer: | #9110\n    困ったら、そこへ。\n",
    "a line that fell out of its text": "- id: a\n  phrases: [x]\n  answer: |\n    困ったら、\n  #9110 へ\n",
    "right behind quotes": '- id: a\n  phrases: [x]\n  answer: "困ったら"#9110 へ\n',
    "right behind a bracket": "- id: a\n  phrases: [x]#9110\n  answer: y\n",
    "right behind a comma": "- id: a\n  phrases: [x,#9110\n    ]\n  answer: y\n",
    "after quotes": '- id: a\n  phrases: [x]\n  answer: "困ったら" #9110 へ\n',
}


@pytest.mark.parametrize("name", CUT)
def test_a_text_cut_at_its_hash_stops_the_edit_and_says_how_to_mend_it(name: str) -> None:
    text = CUT[name]
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "#" in one)
    found = [fault for fault in stopping(text) if "読まれません" in fault.text]
    assert [fault.place.line for fault in found] == [line]
    assert "引用符" in found[0].text or "字下げ" in found[0].text


KEPT = {
    "in quotes": '- id: a\n  phrases: [x]\n  answer: "困ったら #9110 へ"\n',
    "in single quotes": "- id: a\n  phrases: ['困った #9110', '#7119']\n  answer: y\n",
    "in a block": "- id: a\n  phrases: [x]\n  answer: |\n    困ったら #9110 へ\n    #7119 は救急の相談\n",
    "in quotes over lines": '- id: a\n  phrases: [x]\n  answer: "困ったら\n    #9110 へ"\n',
    "without a space before it": "- id: a\n  phrases: [x]\n  answer: 困ったら、#9110 へ\n",
    "a full-width mark": "- id: a\n  phrases: [x]\n  answer: 困ったら ＃9110 へ\n",
    "a note behind a name": "- id: a  # 名前\n  phrases: [x]  # 聞き方\n  answer: y\n",
    "a note behind a phrase": "- id: a\n  phrases:\n    - x      # ← 足した行\n  answer: y\n",
    "a note beside the bar": "- id: a\n  phrases: [x]\n  answer: |  # 答え\n    y\n",
    "notes of their own": "#くらし\n# - id: b\n#    phrases: [z]\n- id: a\n  phrases: [x]\n  #minutes: 45\n  answer: y\n#\n##\n",
    "a day left out": "- id: a\n  phrases: [x]\n  #2026-08-13 から\n  answer: y\n",
    "behind quotes within a text": '- id: a\n  phrases: [x]\n  answer: 押す"#9110"や[#7119]\n',
    "a note right behind a bracket": "- id: a\n  phrases: [x]# 聞き方\n  answer: y\n",
    "a bare mark": "- id: a\n  phrases: [x]  #\n  answer: y\n",
}


@pytest.mark.parametrize("name", KEPT)
def test_a_note_and_a_kept_hash_are_no_fault(name: str) -> None:
    assert told(KEPT[name]) == []


# ---------------------------------------------------------------- lines inside a text
PROSE = ("FAX：03-0000-0000", "URL：https://example.jp/", "Q：費用は？", "A：いりません。", "TEL：下の番号", "answer：こたえ",
         "　- 一つめ", "　　字下げした行", "・なかぐろ", "－ 長い横線", "Wi-Fi:　あります", "\tタブの行")  # fmt: skip
WRAPPED = {
    "|": "  answer: |\n    はじめの行。\n    {}\n    おわりの行。\n",
    ">": "  answer: >\n    はじめの行。\n    {}\n    おわりの行。\n",
    "|- ja": "  answer:\n    ja: |-\n      はじめの行。\n\n      {}\n    easy: あ\n    en: a\n",
    "quotes": '  answer: "はじめの行。\n    {}\n    おわりの行。"\n',
    "single quotes": "  answer: 'はじめの行。\n    {}\n    おわりの行。'\n",
}


@pytest.mark.parametrize("wrap", WRAPPED)
@pytest.mark.parametrize("line", PROSE)
def test_a_line_inside_a_text_is_prose(wrap: str, line: str) -> None:
    text = "- id: a\n  phrases: [x]\n" + WRAPPED[wrap].format(line)
    result = loaded(text)
    assert told(text) == [] and result.catalogue is not None
    answer = result.catalogue.entries["a"].answer
    assert answer is not None and line.strip("　\t") in answer.ja


@pytest.mark.parametrize("line", PROSE[:6])
def test_the_same_line_is_prose_while_the_file_has_a_fault_elsewhere(line: str) -> None:
    text = f"- id: a\n  phrases: [x\n  answer: y\n- id: b\n  phrases: [z]\n  answer: |\n    {line}\n    おわり。\n"
    assert [fault.place.line for fault in stopping(text)] == [2]


def test_a_phrase_may_begin_with_a_word_and_a_full_width_colon() -> None:
    assert not stopping("- id: a\n  phrases:\n    - FAX：の番号は\n    - Q：なに\n  answer: y\n")


OUTSIDE = {
    "  answer：y\n": "「answer」の後のコロンが全角", "  answer:　y\n": "「answer:」の後の空白が全角", "  answer:y\n": "半角の空白を入れて",
    "　　answer: y\n": "全角の空白", "\tanswer: y\n": "タブ", "  \u00a0answer: y\n": "全角の空白",
    "  anser：y\n": "「anser」の後のコロンが全角",
}  # fmt: skip


@pytest.mark.parametrize("line", OUTSIDE)
def test_the_slip_outside_a_text_is_told_once_and_plainly(line: str) -> None:
    found = stopping("- id: a\n  phrases: [x]\n" + line)
    assert OUTSIDE[line] in found[0].text and found[0].place.line == 3
    assert not any(fault.place.line > 3 for fault in found)


# What YAML complains of in its own words is told in plain ones, and how to mend it.
COMPLAINTS = {
    '  answer: "窓口"で入力します\n': "文全体を引用符", "  answer: 'It's here'\n": "文全体を引用符", "  answer: 時間: 9時\n": "文全体を引用符",
    "  answer: [窓口]です\n": "引用符「\"」で囲んで", "  answer: - です\n": "「- 」で始まる文", "  answer: ? です\n": "「? 」で始まる文",
    "  answer: @です\n": "引用符「\"」で囲んで", "  answer: %です\n": "引用符「\"」で囲んで", "  answer: `です\n": "引用符「\"」で囲んで",
    "  answer: *です\n": "「*」で始まる文", "  answer: &です です\n": "「&」で始まる文", "  answer: !です\n": "「!」で始まる文",
    "  answer: |です\n": "縦棒「|」の後", "  answer: > です\n": "縦棒「|」の後", '  answer: "です\n': "閉じていません",
    "  answer: {ja: です\n": "「}」で閉じていない", "  label: ｛ja: あ, en: b｝\n  answer: y\n": "かっこが全角", '  answer: "C:\\北"\n': "「\\」は書けません",
    "  source; 報告\n  answer: y\n": "「: 」（半角コロンと空白）", "  answer: ｛ja：です｝\n": "「ja: …」の形",
}  # fmt: skip


@pytest.mark.parametrize("line", COMPLAINTS)
def test_what_yaml_complains_of_is_told_plainly_at_its_line(line: str) -> None:
    found = stopping(f"- id: a\n  phrases: [x]\n{line}- id: b\n  phrases: [z]\n  answer: w\n")
    assert [(fault.place.line, COMPLAINTS[line] in fault.text) for fault in found] == [(3, True)], found


INDENTED = {"      - いつ\n": 4, "  - いつ\n": 4, "- いつ\n": 4}


@pytest.mark.parametrize("line", INDENTED)
def test_a_phrase_out_of_line_is_told_at_its_line(line: str) -> None:
    found = stopping(f"- id: a\n  phrases:\n    - どこ\n{line}  answer: y\n")
    assert found[0].place.line == INDENTED[line]


FIRST = ("    -なに\n", "    ・なに\n", "    －なに\n", "    -　なに\n", "    なに\n")


@pytest.mark.parametrize("line", FIRST)
def test_a_wrong_dash_on_the_first_of_the_phrases_is_told_at_its_line(line: str) -> None:
    found = stopping(f"- id: a\n  phrases:\n{line}    - いつ\n    - どこ\n  answer: y\n")
    assert [(fault.place.line, "半角の「-」" in fault.text) for fault in found] == [(3, True)]


LISTED = ("    -なに\n", "    －なに\n", "    ・なに\n", "    -　なに\n", "    なに\n", "    •なに\n")


@pytest.mark.parametrize("line", LISTED)
def test_a_phrase_with_a_wrong_dash_is_told_at_its_line(line: str) -> None:
    found = stopping(f"- id: a\n  phrases:\n    - どこ\n{line}    - いつ\n  answer: y\n")
    assert len(found) == 1 and found[0].place.line == 4, found


SWALLOWED = ("source: 報告書", "easy: やさしく", "en: English", "buttons: [b]", "- id: b", "phrases:", "checked: 2026-07-01")


@pytest.mark.parametrize("line", SWALLOWED)
def test_a_key_indented_into_the_text_above_it_is_no_sentence(line: str) -> None:
    found = stopping(f"- id: a\n  phrases: [x]\n  answer:\n    ja: |\n      はじめの行。\n      {line}\n")
    assert [(fault.place.line, "すぐ上の文の中" in fault.text) for fault in found] == [(6, True)]


def test_a_note_inside_a_text_is_told_to_be_shown() -> None:
    found = told("- id: a\n  phrases: [x]\n  answer: |\n    はじめの行。\n    # あとで直す\n")
    assert [(line, stop) for line, _, stop in found] == [(5, False)]


# The rule over the lines agrees with YAML itself, whatever prose stands in a text.
WORDS = st.text(st.sampled_from("あいうA1 ：:#-|>\"'　、。[]{}\\"), min_size=1, max_size=12).map(lambda text: "あ" + text.rstrip(" \\"))


@settings(max_examples=200, deadline=None)
@given(blocks=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4), mark=st.sampled_from("|>"))
def test_the_inside_of_a_block_is_what_yaml_says(blocks: list[list[str]], mark: str) -> None:
    text = "".join(f"- id: e{i}\n  answer: {mark}\n" + "".join(f"    {line}\n" for line in lines) for i, lines in enumerate(blocks))
    node, _ = read("city.yaml", text.encode())
    marks = insides(lines_of(text))
    expected = [one for lines in blocks for one in ("", "", *[mark] * len(lines))]
    assert marks == expected
    values = [item.fields["answer"] for item in node.items]  # type: ignore[union-attr]
    assert all(isinstance(value, Text) and value.style == mark for value in values)


def test_the_inside_is_found_in_linear_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the lines, at most eleven times the pattern's work, with quotes that never close, too."""
    from intents.catalogue import lines

    class Counting:
        def __init__(self, pattern: object) -> None:
            self.pattern, self.calls = pattern, 0

        def match(self, *arguments: object) -> object:
            self.calls += 1
            return self.pattern.match(*arguments)  # type: ignore[attr-defined]

    def steps(number: int) -> int:
        counting = {mark: Counting(pattern) for mark, pattern in closed.items()}
        monkeypatch.setattr(lines, "_CLOSED", counting)
        insides(['  a: "never\n', "  b: 'never\n"] * number)
        return sum(one.calls for one in counting.values())

    closed = dict(lines._CLOSED)
    assert steps(2000) <= 11 * steps(200)


# ---------------------------------------------------------------- 「[A、B]」 is one
ONE_OF_SEVERAL = {
    "two phrases": ("city.yaml", "- id: a\n  phrases: [ごみの日はいつですか、燃えるごみ]\n  answer: y\n", 2),
    "one of three run together": ("city.yaml", "- id: a\n  phrases: [x, ごみの日、燃えるごみ]\n  answer: y\n", 2),
    "on a line of its own": ("city.yaml", "- id: a\n  phrases: [x,\n    ごみの日、燃えるごみ]\n  answer: y\n", 3),
    "a full-width comma": ("city.yaml", "- id: a\n  phrases: [ごみの日，燃えるごみ]\n  answer: y\n", 2),
    "places": ("words.yaml", "places: [用賀、瀬田]\n", 1),
    "family": ("words.yaml", "family: [母、父]\n", 1),
    "rewordings": ("words.yaml", "hard:\n  タップ: [ポン、軽くさわる]\n", 2),
    "synonyms": ("words.yaml", "synonyms:\n  - [母, おかあさん、母親]\n", 2),
}


@pytest.mark.parametrize("name", ONE_OF_SEVERAL)
def test_what_runs_together_at_a_japanese_comma_is_told(name: str) -> None:
    file, text, line = ONE_OF_SEVERAL[name]
    found = [fault for fault in build({file: text.encode()}).faults if "ひとつながり" in fault.text]
    assert [(fault.place.line, fault.stops) for fault in found] == [(line, False)]


@pytest.mark.parametrize("text", ['["七、八年使っている電話"]', "['母、父']", "[七八年, 使って]"])
def test_one_phrase_with_a_comma_in_quotes_is_no_fault(text: str) -> None:
    assert not [f for f in loaded(f"- id: a\n  phrases: {text}\n  answer: y\n").faults if "ひとつながり" in f.text]


def test_a_phrase_on_its_own_line_may_have_a_comma() -> None:
    text = "- id: a\n  phrases:\n    - 七、八年使っている電話\n  answer: y\n"
    assert not [fault for fault in loaded(text).faults if "ひとつながり" in fault.text]


# ---------------------------------------------------------------- whole files
def test_a_utf16_file_is_named_as_such() -> None:
    found = build({"a.yaml": HEAD.encode("utf-16")}).faults
    assert "UTF-16" in found[0].text and len(found) == 1


def test_one_line_in_another_encoding_is_named_by_its_line() -> None:
    raw = HEAD.encode() + "# 図書館".encode("cp932") + b"\n# " + "あ".encode() + b"\n"
    assert read("a.yaml", raw)[1][0].place.line == 4


def test_an_unseen_character_is_told_at_its_line_and_hides_no_other_fault() -> None:
    found = stopping(HEAD.replace("月曜", "月\x00曜") + TAIL.replace("answer", "anser"))
    assert (found[0].place.line, found[0].text[:6]) == (4 - 1, "目に見えない")
    assert any("anser" in fault.text for fault in found)


def test_a_number_too_long_to_be_one_is_a_fault_not_a_crash() -> None:
    facts = f"openings:\n  slots: ['9:00']\n  desks: {'9' * 5000}\n  days: null\n"
    assert any("「desks」は 1 から" in fault.text for fault in stopping(facts, "facts.yaml"))
