"""Every command in words: its options, and what `--help` says of it, in Japanese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot import (
    ask_command,
    booking_commands,
    cancelling_commands,
    clock_command,
    closing_commands,
    content_commands,
    listing,
    sheet,
    starting,
)
from bot.arguments import Parser, ShowVersion, port_number
from bot.starting import content_folder

Add = Callable[[str, str, str], Parser]  # name, help, example → the command's parser


def parsers() -> tuple[Parser, dict[str, Parser]]:
    """The parser, and that of each command."""
    parser = Parser(
        prog="madoguchi", description="LINE のスマホ窓口", epilog="命令の一覧：madoguchi --help"
    )
    parser.add_argument("--version", action=ShowVersion, help="版を見る")
    added = parser.add_subparsers(title="命令", required=True, metavar="命令", dest="command")
    commands: dict[str, Parser] = {}

    def add(name: str, told: str, example: str) -> Parser:
        epilog = f"例：madoguchi {name} {example}".rstrip()
        commands[name] = added.add_parser(name, help=told, description=told, epilog=epilog)
        return commands[name]

    _add_desk(add)
    _add_clock(add)
    _add_content(add)
    _add_bookings(add)
    _add_days(add)
    return parser, commands


def _add_desk(add: Add) -> None:
    """What runs the desk."""
    serve = add("serve", "窓口を動かす（LINEからの受け取りと返事）", "")
    serve.add_argument(
        "--workers", type=int, default=1, help="プロセスの数（redis のときだけ2以上）"
    )
    serve.add_argument("--port", type=port_number, help="ポート番号（書かなければ PORT）")
    serve.set_defaults(run=starting.serve)

    add("worker", "返事の取り残しと片付けだけをする（redis のとき）", "").set_defaults(run=starting.worker)

    demo = add("demo", "LINEに似た練習ページを開く（LINEの登録はいりません）", "--port 8766")
    demo.add_argument("--port", type=port_number, default=8765, help="ポート番号")
    demo.add_argument("--start", type=datetime.fromisoformat, help="時計の始まり（時差つき）")
    demo.set_defaults(run=starting.demo)

    menu = add("richmenu", "リッチメニュー（6つのタイル）", "show")
    menu.add_argument(
        "action",
        choices=("publish", "show", "draw"),
        help="publish：LINEに登録する　show：中身を見る　draw：絵を描きなおす",
    )
    menu.set_defaults(run=starting.richmenu)


def _add_clock(add: Add) -> None:
    clock = add("clock", "時計を信用しているかを見る（大きくとんだあとは、--confirm で確かめる）", "")
    clock.add_argument("--confirm", action="store_true", help="いまの時計は正しい、と伝える")
    clock.set_defaults(run=clock_command.show)


def _add_content(add: Add) -> None:
    """What staff check their words with, and what the call centre looks up."""
    check = add("check", "内容（faq）のまちがいを、すべて挙げる", "faq")
    check.add_argument("folder", nargs="?", type=Path, default=content_folder(), help="内容のフォルダ")
    check.add_argument(
        "--close-calls", action="store_true", help="ほかの項目に取られそうな聞き方も挙げる"
    )
    check.set_defaults(run=content_commands.check)

    test = add("test", "questions.yaml の質問に、決めた答えが返るか確かめる", "faq")
    test.add_argument("folder", nargs="?", type=Path, default=content_folder(), help="内容のフォルダ")
    test.set_defaults(run=content_commands.test)

    ask = add("ask", "窓口が何と答えるか、なぜかを見る", "持ち物は何ですか")
    ask.add_argument("text", nargs="?", help="質問")
    ask.add_argument("--jsonl", action="store_true", help='標準入力の {"q": …} の行に答える')
    ask.add_argument("--folder", type=Path, default=content_folder(), help="内容のフォルダ")
    ask.add_argument(
        "--lang", choices=("ja", "easy", "en"), help="ことば（書かなければ質問に合わせる）"
    )
    ask.set_defaults(run=ask_command.ask)

    case = add("case", "電話で聞いた合い言葉（さくら-27）から、用件を見る", "さくら-27")
    case.add_argument("code", help="合い言葉")
    case.set_defaults(run=starting.case)


def _add_bookings(add: Add) -> None:
    """What the operator on the phone types."""
    book = add(
        "book",
        "電話の方の予約をとる（お名前も電話番号も書きません）",
        f"{_WHERE} --time 13:45 --people 1",
    )
    _add_where(book, required=True)
    book.add_argument("--time", required=True, help="時刻（13:45、午後1時45分）")
    book.add_argument("--people", default="1", help="人数（1 か 2。2人はとなりの席）")
    book.add_argument("--topics", default="", help="お手伝い（せたがやPay,東京アプリ）")
    book.add_argument("--family", action="store_true", help="ご家族のための予約")
    _add_json(book)
    book.set_defaults(run=booking_commands.book)

    bookings = add("bookings", "予約の一覧を見る", _WHERE)
    _add_where(bookings, required=False)
    bookings.add_argument("--all", action="store_true", help="取り消された予約も出す")
    bookings.add_argument("--unsent", action="store_true", help="送れなかったお知らせを出す")
    bookings.add_argument("--deletions", action="store_true", help="決まりで消した記録を出す")
    _add_json(bookings)
    bookings.set_defaults(run=listing.show)

    cancel = add("cancel", "予約を取り消す（LINEの方には、すぐお知らせが行く）", "さくら-27")
    cancel.add_argument(
        "reference", nargs="+", metavar="合い言葉", help="合い言葉（さくら-27、サクラの27番）"
    )
    cancel.add_argument("--undo", action="store_true", help="まちがえて取り消した予約を、元にもどす")
    _add_json(cancel)
    cancel.set_defaults(run=cancelling_commands.cancel)


def _add_days(add: Add) -> None:
    """What the ward does with a whole day."""
    close = add(
        "close",
        "ある日の窓口を閉じる（--yes を付けるまでは、だれに関わるかを見るだけ）",
        f"{_WHERE} --reason 台風のため",
    )
    _add_where(close, required=True)
    close.add_argument("--reason", required=True, help="理由（お客さまに見えます。40文字まで）")
    close.add_argument("--yes", action="store_true", help="ほんとうに閉じる")
    close.set_defaults(run=closing_commands.close)

    reopen = add("open", "閉じた日を、また開ける", _WHERE)
    _add_where(reopen, required=True)
    reopen.set_defaults(run=closing_commands.reopen)

    page = add("sheet", "その日の一覧を、A4の紙1枚に印刷する形で出す", f"{_WHERE} --out today.html")
    _add_where(page, required=True)
    page.add_argument("--out", type=Path, help="書き出すファイル（なければ画面に出す）")
    page.set_defaults(run=sheet.show)


_WHERE = "--venue 北沢 --date 2026-08-25"


def _add_where(parser: Parser, *, required: bool) -> None:
    parser.add_argument("--venue", required=required, help="窓口（北沢、きたざわ、kitazawa）")
    parser.add_argument(
        "--date", required=required, help="日にち（2026-08-25、8/25、8月25日、来週の火曜）"
    )


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON で出す")
