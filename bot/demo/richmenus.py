"""The practice API's rich menus: made, given one image, set as everybody's, named by aliases."""

from __future__ import annotations

import re
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.demo.limits import Findings, Json, check_action
from bot.demo.refusals import Details, Refused, json_body, refuse_faults

MAX_AREAS = 20
MAX_IMAGE = 1_000_000  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_ALIAS = re.compile(r"[a-z0-9_-]{1,32}")


@dataclass(slots=True)
class RichMenus:
    """What was published. `image` of a menu is (content type, bytes)."""

    menus: dict[str, Json] = field(default_factory=dict)
    images: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str = ""

    def shown(self) -> Json | None:
        """The menu that everybody sees, with its id; None while none is set."""
        menu = self.menus.get(self.default)
        return {**menu, "richMenuId": self.default} if menu is not None else None

    def known(self, menu_id: Any) -> str:
        """The id where it is one of ours. Raises Refused."""
        if not isinstance(menu_id, str) or menu_id not in self.menus:
            raise Refused(404, "richmenu not found")
        return menu_id

    def target(self, alias: str) -> str:
        """The menu behind an alias. Raises Refused."""
        if alias not in self.aliases:
            raise Refused(404, "richmenu alias not found")
        return self.aliases[alias]

    def forget(self, menu_id: str) -> None:
        del self.menus[menu_id]
        self.images.pop(menu_id, None)
        self.default = "" if self.default == menu_id else self.default


def faults_of(menu: Json) -> Details:
    """What LINE would refuse in a rich menu object, as its `details`."""
    found = Findings()
    size = menu.get("size") if isinstance(menu.get("size"), dict) else {}
    width, height = (_whole(size, key) for key in ("width", "height"))
    if not 800 <= width <= 2500 or height < 250 or width < 1.45 * height:
        found.add("size", "width 800 to 2500, height from 250, width / height at least 1.45")
    found.text(menu, "name", "", 300, clusters=True)
    found.text(menu, "chatBarText", "", 14, clusters=True)
    areas = menu.get("areas")
    if not isinstance(areas, list) or len(areas) > MAX_AREAS:
        found.add("areas", f"Size must be between 0 and {MAX_AREAS}")
        return found.details
    for index, area in enumerate(areas):
        _check_area(area, f"areas[{index}].", width, height, found)
    return found.details


def _check_area(area: Any, where: str, width: int, height: int, found: Findings) -> None:
    bounds = area.get("bounds") if isinstance(area, dict) else None
    if not isinstance(bounds, dict):
        found.add(f"{where}bounds", "must be specified")
        return
    x, y, w, h = (_whole(bounds, key) for key in ("x", "y", "width", "height"))
    if min(x, y) < 0 or min(w, h) < 1 or x + w > width or y + h > height:
        found.add(f"{where}bounds", "must lie within the menu")
    check_action(area.get("action"), f"{where}action.", "richmenu", found)


def _whole(holder: Any, key: str) -> int:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def image_fault(content_type: str, image: bytes) -> str:
    """Why LINE would refuse this image; empty where it would not. Only a PNG's size is measured."""
    if content_type not in ("image/png", "image/jpeg"):
        return "The content type must be image/png or image/jpeg"
    if not image.startswith(_PNG if content_type == "image/png" else _JPEG):
        return "The image is not of its content type"
    if len(image) > MAX_IMAGE:
        return "The image must not exceed 1 MB"
    if content_type == "image/png" and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        if not 800 <= width <= 2500 or height < 250 or width < 1.45 * height:
            return "The image size is invalid"
    return ""


def rich_menu_routes(api: Blueprint, menus: RichMenus) -> None:
    """Add the rich menu endpoints to the practice API."""
    _menu_routes(api, menus)
    _default_routes(api, menus)
    _alias_routes(api, menus)


def _menu_routes(api: Blueprint, menus: RichMenus) -> None:
    @api.post("/richmenu")
    def create() -> Response:
        menu_id = "richmenu-" + secrets.token_hex(16)
        menus.menus[menu_id] = _checked_menu()
        return jsonify(richMenuId=menu_id)

    @api.post("/richmenu/validate")
    def validate() -> Response:
        _checked_menu()
        return jsonify({})

    @api.get("/richmenu/list")
    def list_all() -> Response:
        return jsonify(richmenus=[{**m, "richMenuId": i} for i, m in menus.menus.items()])

    @api.get("/richmenu/<menu_id>")
    def show(menu_id: str) -> Response:
        return jsonify({**menus.menus[menus.known(menu_id)], "richMenuId": menu_id})

    @api.delete("/richmenu/<menu_id>")
    def delete(menu_id: str) -> Response:
        menus.forget(menus.known(menu_id))
        return jsonify({})

    @api.post("/richmenu/<menu_id>/content")
    def upload(menu_id: str) -> Response:
        if menus.known(menu_id) in menus.images:
            raise Refused(400, "An image has already been uploaded to the richmenu")
        image = request.get_data(cache=False)
        fault = image_fault(request.mimetype, image)
        if fault:
            raise Refused(400, fault)
        menus.images[menu_id] = (request.mimetype, image)
        return jsonify({})


def _default_routes(api: Blueprint, menus: RichMenus) -> None:
    @api.post("/user/all/richmenu/<menu_id>")
    def set_default(menu_id: str) -> Response:
        if menus.known(menu_id) not in menus.images:
            raise Refused(400, "must upload richmenu image before applying it to user")
        menus.default = menu_id
        return jsonify({})

    @api.get("/user/all/richmenu")
    def get_default() -> Response:
        if not menus.default:
            raise Refused(404, "no default richmenu")
        return jsonify(richMenuId=menus.default)

    @api.delete("/user/all/richmenu")
    def clear_default() -> Response:
        menus.default = ""
        return jsonify({})


def _alias_routes(api: Blueprint, menus: RichMenus) -> None:
    @api.post("/richmenu/alias")
    def create_alias() -> Response:
        wanted = json_body()
        alias = str(wanted.get("richMenuAliasId", ""))
        if not _ALIAS.fullmatch(alias):
            raise Refused(400, "richMenuAliasId must be 1 to 32 of a-z, 0-9, _ and -")
        if alias in menus.aliases:
            raise Refused(400, "conflict richmenu alias id")
        menus.aliases[alias] = menus.known(wanted.get("richMenuId"))
        return jsonify({})

    @api.post("/richmenu/alias/<alias>")
    def update_alias(alias: str) -> Response:
        menus.target(alias)
        menus.aliases[alias] = menus.known(json_body().get("richMenuId"))
        return jsonify({})

    @api.get("/richmenu/alias/list")
    def list_aliases() -> Response:
        return jsonify(aliases=[_named(alias, menu) for alias, menu in menus.aliases.items()])

    @api.get("/richmenu/alias/<alias>")
    def show_alias(alias: str) -> Response:
        return jsonify(_named(alias, menus.target(alias)))

    @api.delete("/richmenu/alias/<alias>")
    def delete_alias(alias: str) -> Response:
        menus.target(alias)
        del menus.aliases[alias]
        return jsonify({})


def _checked_menu() -> Json:
    menu = json_body()
    refuse_faults(faults_of(menu))
    return menu


def _named(alias: str, menu_id: str) -> Json:
    return {"richMenuAliasId": alias, "richMenuId": menu_id}
