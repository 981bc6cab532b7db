"""The page's own endpoints, and the doors that keep other pages and other machines out."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from bot.clock import PracticeClock
from bot.demo.events import BadAct
from bot.demo.messaging_api import messaging_api
from bot.demo.practice import Json, Practice
from bot.demo.richmenus import RichMenus
from bot.demo.sender import Platform
from intents.office import JST

STATIC = Path(__file__).parent / "static"
TOKEN_HEADER = "X-Demo-Token"
_OURS = ("/demo", "/practice-line", "/v2", "/favicon.ico")
_LOCAL = frozenset({"127.0.0.1", "localhost"})
_MAX_ACT = 200_000  # bytes of JSON
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def create_demo(
    platform: Platform, clock: PracticeClock, access_token: str, page_token: str,
    tiles: Callable[[], list[Json]],
) -> Flask:
    """The page, its endpoints under /demo, and the practice Messaging API.

    `page_token` must come with every POST from the page; `tiles` gives the rich menu's six tiles
    ({label, data}) of the content that is live.
    """
    app = Flask("madoguchi-demo", static_folder=None)
    menus = RichMenus()
    api = messaging_api(platform.practice, menus, access_token)
    app.register_blueprint(api)
    # LINE's own base address has no path; a client that keeps only the host finds it here too.
    app.register_blueprint(api, name="practice_line_at_root", url_prefix="/v2/bot")
    _page_routes(app)
    _state_routes(app, platform.practice, menus, tiles, page_token)
    _act_routes(app, platform, clock, page_token)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return app


def _page_routes(app: Flask) -> None:
    @app.get("/")
    def page() -> Response:
        return send_from_directory(STATIC, "index.html")

    @app.get("/demo/static/<name>")
    def static_file(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status=204)


def _state_routes(
    app: Flask, practice: Practice, menus: RichMenus, tiles: Callable[[], list[Json]], token: str
) -> None:
    @app.get("/demo/state")
    def state() -> Response:
        """What a freshly opened page needs. Another site cannot read it: no CORS header is sent."""
        return jsonify(
            token=token,
            cursor=practice.cursor,
            clock=_local(practice.clock.now()),
            people=[{"key": p.key, "name": p.name} for p in practice.people.values()],
            tiles=tiles(),
            richMenu=menus.shown(),
        )

    @app.get("/demo/updates")
    def updates() -> Response:
        """What the desk sent after the cursor `after`, and the practice clock."""
        after = request.args.get("after", 0, type=int)
        return jsonify(updates=practice.updates(after), clock=_local(practice.clock.now()))

    @app.get("/demo/richmenu-image")
    def image() -> Response:
        kind, data = menus.images.get(menus.default, ("", b""))
        if not data:
            abort(404)
        return Response(data, content_type=kind)


def _act_routes(app: Flask, platform: Platform, clock: PracticeClock, token: str) -> None:
    def body() -> Json:
        given = request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(given.encode(), token.encode()):
            abort(403)
        request.max_content_length = _MAX_ACT
        data = request.get_json()
        if not isinstance(data, dict):
            abort(400)
        return data

    @app.post("/demo/act")
    def act() -> Response:
        try:
            return jsonify(platform.act(body()))
        except BadAct:
            abort(400)

    @app.post("/demo/clock")
    def move_clock() -> Response:
        """`{"at": "2026-08-03T10:00"}` in Japanese time."""
        clock.move(_moment(body().get("at")))
        return jsonify(clock=_local(clock.now()))


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        abort(400)
    if not 2020 <= moment.year < 2100:
        abort(400)
    return moment.replace(tzinfo=JST) if moment.tzinfo is None else moment


def _local(moment: datetime) -> str:
    return moment.astimezone(JST).isoformat(timespec="seconds")


def side_by_side(demo: WSGIApplication, desk: WSGIApplication) -> WSGIApplication:
    """One application of the page and the real desk, for this machine's own browser alone.

    A request under another host name is refused: a foreign site could have its name point here.
    """

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not is_local(environ.get("HTTP_HOST", "")):
            start("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return []
        path = environ.get("PATH_INFO", "")
        ours = path == "/" or any(path == part or path.startswith(part + "/") for part in _OURS)
        return (demo if ours else desk)(environ, start)

    return application


def is_local(host: str) -> bool:
    """Whether a Host header names this machine's loopback, with or without a port."""
    name, _, port = host.partition(":")
    return name.lower() in _LOCAL and (not port or port.isdigit())
