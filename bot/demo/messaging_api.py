"""A practice Messaging API: what the desk calls in LINE's place, as strict as LINE is."""

from __future__ import annotations

import hmac
import re
import uuid
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from bot.demo.limits import Json
from bot.demo.message_limits import error_of
from bot.demo.practice import Person, Practice
from bot.demo.refusals import Refused, json_body
from bot.demo.richmenus import RichMenus, rich_menu_routes

MAX_BODY = 2_000_000  # bytes; LINE answers 413 beyond 2 MB
QUOTA = 200  # of LINE's free plan
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PREFIX = "/practice-line/v2/bot"
_NO_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)


def messaging_api(practice: Practice, menus: RichMenus, access_token: str) -> Blueprint:
    """The blueprint under `/practice-line/v2/bot`; its base URL is `…/practice-line`."""
    api = Blueprint("practice_line", __name__, url_prefix=_PREFIX)

    @api.before_request
    def door() -> None:
        g.line_request_id = str(uuid.uuid4())
        request.max_content_length = MAX_BODY
        wanted = f"Bearer {access_token}".encode()
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted):
            raise Refused(401, _NO_TOKEN)

    @api.after_request
    def name_the_request(response: Response) -> Response:
        response.headers["X-Line-Request-Id"] = g.line_request_id
        return response

    @api.errorhandler(Refused)
    def refused(error: Refused) -> tuple[Response, int]:
        return jsonify(error.body), error.status

    @api.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[Response, int]:
        return jsonify({"message": error.name}), error.code or 500

    _sending_routes(api, practice)
    _asking_routes(api, practice)
    rich_menu_routes(api, menus)
    api.add_url_rule("/<path:_path>", "unknown", _unknown, methods=["GET", "POST", "PUT", "DELETE"])
    return api


def _checked(messages: Any) -> list[Json]:
    error = error_of(messages)
    if error is not None:
        raise Refused(400, error["message"], error["details"])
    return list(messages)


def _sending_routes(api: Blueprint, practice: Practice) -> None:
    @api.post("/message/reply")
    def reply() -> Response:
        if "X-Line-Retry-Key" in request.headers:
            raise Refused(400, "The retry key is not supported by this endpoint")
        body = json_body()
        messages = _checked(body.get("messages"))
        person = practice.redeem(str(body.get("replyToken", "")))
        if person is None:
            raise Refused(400, "Invalid reply token")
        return jsonify(sentMessages=practice.deliver(person, messages))

    @api.post("/message/push")
    def push() -> tuple[Response, int]:
        key = _retry_key()
        body = json_body()
        messages = _checked(body.get("messages"))
        before = practice.pushed_before(key) if key else None
        if before is not None:
            return _accepted_before(*before)
        if practice.used() >= QUOTA:
            raise Refused(429, "You have reached your monthly limit.")
        person = practice.by_user_id(str(body.get("to", "")))
        if person is None:
            raise Refused(400, "Failed to send messages")
        sent = practice.push(person, messages, g.line_request_id, key)
        return jsonify(sentMessages=sent), 200

    for way in ("reply", "push"):
        api.add_url_rule(f"/message/validate/{way}", f"validate_{way}", _validate, methods=["POST"])


def _unknown(_path: str) -> Response:
    raise Refused(404, "Not found")


def _validate() -> Response:
    _checked(json_body().get("messages"))
    return jsonify({})


def _retry_key() -> str | None:
    key = request.headers.get("X-Line-Retry-Key")
    if key is not None and not _UUID.fullmatch(key):
        raise Refused(400, "The retry key is not a valid UUID")
    return key


def _accepted_before(accepted: str, sent: list[Json]) -> tuple[Response, int]:
    response = jsonify(message="The retry key is already accepted", sentMessages=sent)
    response.headers["X-Line-Accepted-Request-Id"] = accepted
    return response, 409


def _asking_routes(api: Blueprint, practice: Practice) -> None:
    @api.post("/chat/loading/start")
    def loading() -> tuple[Response, int]:
        body = json_body()
        seconds = body.get("loadingSeconds", 20)
        if not isinstance(seconds, int) or seconds not in range(5, 61, 5):
            raise Refused(400, "loadingSeconds must be a multiple of 5 from 5 to 60")
        person = _known(practice, body.get("chatId"))
        practice.tell(person, {"kind": "loading", "seconds": seconds})
        return jsonify({}), 202

    @api.post("/chat/markAsRead")
    def mark_as_read() -> Response:
        if not isinstance(json_body().get("markAsReadToken"), str):
            raise Refused(400, "markAsReadToken must be specified")
        return jsonify({})

    @api.get("/message/quota")
    def quota() -> Response:
        return jsonify(type="limited", value=QUOTA)

    @api.get("/message/quota/consumption")
    def consumption() -> Response:
        return jsonify(totalUsage=practice.used())

    @api.get("/info")
    def info() -> Response:
        return jsonify(
            userId=practice.bot_id, basicId="@000mihon", displayName="世田谷区 スマホ窓口（見本）",
            chatMode="bot", markAsReadMode="auto",
        )

    @api.get("/profile/<user_id>")
    def profile(user_id: str) -> Response:
        person = practice.by_user_id(user_id)
        if person is None or not person.is_friend:
            raise Refused(404, "Not found")
        return jsonify(displayName=person.name, userId=person.user_id, language="ja")


def _known(practice: Practice, user_id: Any) -> Person:
    person = practice.by_user_id(str(user_id))
    if person is None:
        raise Refused(400, "The user ID is not known")
    return person
