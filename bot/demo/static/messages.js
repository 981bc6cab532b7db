// One LINE message → what stands in its bubble.

import { button, el, languageOf } from "./dom.js";
import { renderFlex } from "./flex.js";

const LINKS = /(https?:\/\/[^\s]+|(?<!\d)0\d{1,3}-\d{2,4}-\d{4}(?!\d))/;

/** The content of the desk's message; `press(action)` is called when something is pressed. */
export function renderMessage(message, press) {
  const draw = KINDS[message.type];
  return draw ? draw(message, press) : thing(message.altText ?? "（この見本では表示できません）");
}

/** The content of a person's own act. */
export function renderOwn(shown) {
  if (shown.kind === "text") return el("div", { class: "bubble", lang: languageOf(shown.text) }, shown.text);
  if (shown.kind === "sticker") return el("div", { class: "sticker" }, shown.text);
  return thing(shown.text);
}

const thing = (text) => el("div", { class: "thing" }, text);

/** Addresses and telephone numbers in a text can be pressed, as LINE makes them. */
function text(message, press) {
  const bubble = el("div", { class: "bubble", lang: languageOf(message.text) });
  message.text.split(LINKS).forEach((part, index) => {
    if (index % 2 === 0) bubble.append(part);
    else bubble.append(button(part, () => press({ type: "uri", uri: part.startsWith("http") ? part : `tel:${part}` })));
  });
  return bubble;
}

function template(message, press) {
  const { template: sheet } = message;
  const card = (column) => renderFlex({
    type: "bubble", size: "kilo",
    body: { type: "box", layout: "vertical", spacing: "sm", contents: [
      ...(column.title ? [{ type: "text", text: column.title, weight: "bold", wrap: true, scaling: true }] : []),
      { type: "text", text: column.text, wrap: true, scaling: true },
    ] },
    footer: { type: "box", layout: "vertical", spacing: "sm",
      contents: column.actions.map((action) => ({ type: "button", style: "link", height: "sm", scaling: true, action })) },
  }, press);
  return sheet.type === "carousel" ? el("div", { class: "carousel" }, ...sheet.columns.map(card)) : card(sheet);
}

const KINDS = {
  text, textV2: text, template,
  flex: (message, press) => renderFlex(message.contents, press),
  location: (message) => thing(`${message.title}\n${message.address}`),
  sticker: () => el("div", { class: "sticker" }, "スタンプ"),
  image: () => thing("画像"), video: () => thing("動画"), audio: () => thing("音声"),
};
