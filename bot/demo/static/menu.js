// The rich menu and the bar it shares with the keyboard.

import { button, byId, icon } from "./dom.js";

const ICONS = [
  [/where|when|nearest/, "where"], [/bring/, "bring"], [/pin/, "pin"], [/book/, "book"],
  [/phone|call/, "phone"], [/parent|family|spouse/, "family"],
];

/** The menu: the published one where there is one, else the content's six tiles. */
export function drawMenu(state, press) {
  const menu = byId("menu");
  const published = state.richMenu;
  byId("chat-bar").textContent = published?.chatBarText ?? "メニュー";
  menu.className = published ? "menu drawn" : "menu tiled";
  menu.replaceChildren(...(published ? areas(published, press) : tiles(state.tiles, press)));
}

function tiles(list, press) {
  return list.map(({ label, data }) => {
    const [, name] = ICONS.find(([pattern]) => pattern.test(data)) ?? [null, "talk"];
    const tile = button("", () => press({ type: "postback", data, displayText: label }));
    tile.append(icon(name), label);
    return tile;
  });
}

function areas({ size, areas: list }, press) {
  const image = document.createElement("img");
  image.src = "/demo/richmenu-image";
  image.alt = "";
  return [image, ...list.map(({ bounds, action }) => {
    const area = button("", () => press(action), { "aria-label": action.label ?? action.displayText ?? "メニュー" });
    area.style.left = `${(100 * bounds.x) / size.width}%`;
    area.style.top = `${(100 * bounds.y) / size.height}%`;
    area.style.width = `${(100 * bounds.width) / size.width}%`;
    area.style.height = `${(100 * bounds.height) / size.height}%`;
    return area;
  })];
}

export function showMenu(open) {
  byId("chat-bar").setAttribute("aria-expanded", String(open));
  byId("menu").hidden = !open;
}

/** Either the keyboard or the menu, as on a phone. */
export function showKeyboard(on) {
  byId("write").hidden = !on;
  byId("menu-bar").hidden = on;
  if (on) showMenu(false);
  (on ? byId("text") : byId("to-keyboard")).focus();
}
