"""How the practice Messaging API reads a request and refuses one, in LINE's shape."""

from __future__ import annotations

from flask import request

from bot.demo.limits import Json

Details = list[dict[str, str]]


class Refused(Exception):
    """An error answer: an HTTP status and LINE's body {message, details[]}."""

    def __init__(self, status: int, message: str, details: Details | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message} | ({"details": details} if details else {})


def refuse_faults(details: Details) -> None:
    """Raises Refused where there are any."""
    if details:
        raise Refused(400, f"The request body has {len(details)} error(s)", details)


def json_body() -> Json:
    """The request's JSON object. Raises Refused."""
    if request.mimetype != "application/json":
        raise Refused(415, "Unsupported media type")
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused(400, "The request body could not be parsed as JSON")
    return body
