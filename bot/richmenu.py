"""The rich menu: six tiles under the talk. Its JSON, its picture, and how it is published to LINE."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    RichMenuRequest,
)

from bot.content import read_folder
from bot.knowledge import ContentError
from bot.settings import LINE_API, LINE_DATA_API, Settings
from intents.catalogue import build
from intents.model import Tile

WIDTH, HEIGHT = 2500, 1686
COLUMNS, ROWS = 3, 2
NAME = "madoguchi"
PICTURE = "richmenu.png"
MAX_PICTURE = 1_000_000  # bytes
_TIMEOUT = (5.0, 30.0)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_COLOURS = ("#0b5d3b", "#1c4f82", "#7a2e2e", "#5b3a86", "#8a4b00", "#2f5c62")  # AA on white
_SIGNS = ("📍", "🎒", "🔑", "📝", "☎", "🏠")


def menu(tiles: tuple[Tile, ...]) -> dict[str, Any]:
    """The menu as LINE wants it. A tile's label is what a screen reader speaks."""
    width, height = WIDTH // COLUMNS, HEIGHT // ROWS
    areas = [
        {
            "bounds": {
                "x": number % COLUMNS * width,
                "y": number // COLUMNS * height,
                "width": width,
                "height": height,
            },
            "action": {
                "type": "postback",
                "label": tile.label.ja,
                "data": f"entry:{tile.entry}",
                "displayText": tile.label.ja,
            },
        }
        for number, tile in enumerate(tiles)
    ]
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": NAME,
        "chatBarText": "メニュー",
        "areas": areas,
    }


def _tiles(folder: Path) -> tuple[Tile, ...]:
    loaded = build(read_folder(folder))
    if loaded.catalogue is None:
        raise ContentError(loaded.faults)
    return loaded.catalogue.tiles


def show(folder: Path) -> int:
    print(json.dumps(menu(_tiles(folder)), ensure_ascii=False, indent=2))
    return 0


def publish(settings: Settings) -> int:
    """A new menu with its picture becomes everybody's; the ones it replaces are taken down."""
    picture = settings.faq_dir / PICTURE
    if not picture.exists():
        picture = settings.faq_dir.parent / PICTURE  # practice content has its base's picture
    if not picture.exists() or picture.stat().st_size > MAX_PICTURE:
        print(f"メニューの絵がないか、大きすぎます（1MBまで）：{picture}", file=sys.stderr)
        return 2
    try:
        name = _publish(settings, menu(_tiles(settings.faq_dir)), picture.read_bytes())
    except ApiException as error:
        print(
            f"LINEに登録できませんでした（{error.status}）。チャネルの設定を確かめてください。",
            file=sys.stderr,
        )
        return 1
    print(f"メニューを登録しました：{name}")
    return 0


def _publish(settings: Settings, request: dict[str, Any], picture: bytes) -> str:
    api = MessagingApi(_client(settings.line_api_url, settings))
    before = [one for one in api.get_rich_menu_list(_request_timeout=_TIMEOUT).richmenus if one.name == NAME]
    name = str(
        api.create_rich_menu(RichMenuRequest.from_dict(request), _request_timeout=_TIMEOUT).rich_menu_id
    )
    data_url = LINE_DATA_API if settings.line_api_url == LINE_API else settings.line_api_url
    MessagingApiBlob(_client(data_url, settings)).set_rich_menu_image(
        name, body=picture, _headers={"Content-Type": "image/png"}, _request_timeout=_TIMEOUT
    )
    api.set_default_rich_menu(name, _request_timeout=_TIMEOUT)
    for old in before:
        api.delete_rich_menu(old.rich_menu_id, _request_timeout=_TIMEOUT)
    return name


def _client(url: str, settings: Settings) -> ApiClient:
    configuration = Configuration(host=url, access_token=settings.access_token)
    configuration.retries = False
    return ApiClient(configuration)


def draw(folder: Path) -> int:
    """Draws the picture anew from the tiles' labels, with the Chromium on the path."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("絵を描くには Chromium が必要です。", file=sys.stderr)
        return 2
    target = (folder / PICTURE).resolve()
    with tempfile.TemporaryDirectory() as own:
        page = Path(own) / "menu.html"
        page.write_text(_page(_tiles(folder)), encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                f"--user-data-dir={own}/profile",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={target}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    print(f"{target.name}：{target.stat().st_size // 1000}KB")
    return 0


def _page(tiles: tuple[Tile, ...]) -> str:
    cells = "".join(
        f'<div style="background:{colour}"><i>{sign}</i><b>{html.escape(tile.label.ja)}</b></div>'
        for tile, colour, sign in zip(tiles, _COLOURS, _SIGNS, strict=False)
    )
    return (
        '<!doctype html><html lang="ja"><meta charset="utf-8"><style>'
        "*{margin:0;box-sizing:border-box}body{width:2500px;height:1686px;display:grid;gap:10px;"
        "grid:repeat(2,1fr)/repeat(3,1fr);background:#fff;font-family:'Noto Sans CJK JP',sans-serif}"
        "div{color:#fff;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:50px}"
        "i{font:normal 230px/1 'Noto Emoji','Noto Color Emoji','Noto Sans CJK JP'}b{font-size:112px}"
        f"</style><body>{cells}</body></html>"
    )
