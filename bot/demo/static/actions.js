// What pressing a button, chip or tile does, as LINE does it.

import * as dialogs from "./dialogs.js";

const MAP = "https://line.me/R/nv/location";

/** `phone` gives: send(act, shown), write(text), openMenu(), closeMenu(). */
export async function perform(action, phone) {
  const run = KINDS[action.type];
  if (run) await run(action, phone);
}

function postback(action, phone) {
  if (action.inputOption === "openKeyboard") phone.write(action.fillInText ?? "");
  if (action.inputOption === "openRichMenu") phone.openMenu();
  if (action.inputOption === "closeRichMenu") phone.closeMenu();
  const shown = action.displayText ? { kind: "text", text: action.displayText } : null;
  return phone.send({ kind: "postback", data: action.data }, shown);
}

async function datetimepicker(action, phone) {
  const params = await dialogs.pickMoment(action);
  if (params) await phone.send({ kind: "postback", data: action.data, params }, null);
}

async function uri(action, phone) {
  if (action.uri.startsWith("tel:")) await dialogs.phone(action.uri.slice(4));
  else if (action.uri.startsWith(MAP)) await location(action, phone);
  else await dialogs.link(action.uri);
}

async function location(_, phone) {
  const place = await dialogs.pickPlace();
  if (place) {
    const text = `位置情報\n${place.title ?? `${place.latitude}, ${place.longitude}`}`;
    await phone.send({ kind: "location", ...place }, { kind: "thing", text });
  }
}

const PICTURES = { image: "写真（見本）", video: "動画（見本）", audio: "声（見本）0:03", file: "ファイル（見本）" };

/** Send something that is not text: the kinds of `pickThing`. */
export async function sendThing(kind, phone) {
  if (kind === "location") return location(null, phone);
  if (kind !== "sticker") return phone.send({ kind }, { kind: "thing", text: PICTURES[kind] });
  const word = await dialogs.pickSticker();
  return word && phone.send({ kind, keyword: word }, { kind, text: word });
}

const KINDS = {
  postback, datetimepicker, uri, location,
  message: (action, phone) => phone.send({ kind: "text", text: action.text }, { kind: "text", text: action.text }),
  clipboard: (action) => navigator.clipboard.writeText(action.clipboardText),
  camera: (_, phone) => sendThing("image", phone),
  cameraRoll: (_, phone) => sendThing("image", phone),
  // Tabs of a rich menu: LINE tells the desk, the page has only one menu to show.
  richmenuswitch: (action, phone) => phone.send({ kind: "postback", data: action.data }, null),
};
