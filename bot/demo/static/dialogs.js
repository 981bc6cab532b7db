// Small windows: date picker, place, telephone, links, stickers, own message. Each resolves to a choice or null.

import { button, el } from "./dom.js";

/** Open a dialog with `parts(close)`; resolves to what `close` was given, null when dismissed. */
function open(title, parts) {
  return new Promise((resolve) => {
    const heading = el("h2", { id: "dialog-title" }, title);
    const box = el("dialog", { "aria-labelledby": "dialog-title" });
    let chosen = null;
    const close = (value) => { chosen = value; box.close(); };
    box.append(heading, ...parts(close));
    box.addEventListener("close", () => { box.remove(); resolve(chosen); });
    document.body.append(box);
    box.showModal();
  });
}

const ends = (close, ...more) => el("div", { class: "ends" }, button("やめる", () => close(null)), ...more);

const PICKERS = {
  date: ["date", "日にちをえらぶ"], time: ["time", "時間をえらぶ"], datetime: ["datetime-local", "日時をえらぶ"],
};

/** LINE's datetimepicker action → {date|time|datetime: value}, as LINE would send it. */
export function pickMoment(action) {
  const [type, title] = PICKERS[action.mode] ?? PICKERS.date;
  const inForm = (text) => text?.replace("t", "T");
  const input = el("input", {
    id: "moment", type, required: true,
    value: inForm(action.initial), min: inForm(action.min), max: inForm(action.max),
  });
  return open(title, (close) => [
    el("label", { for: "moment" }, action.label ?? title), " ", input,
    ends(close, button("決める", () => {
      if (input.reportValidity()) close({ [action.mode]: input.value });
    }, { class: "main" })),
  ]);
}

// Where the sender stands, for trying: stations, roughly. Not the ward's places.
const PLACES = [
  ["三軒茶屋駅のあたり", 35.6437, 139.671], ["下北沢駅のあたり", 35.6613, 139.6668],
  ["二子玉川駅のあたり", 35.6116, 139.6266], ["成城学園前駅のあたり", 35.6402, 139.5988],
  ["千歳烏山駅のあたり", 35.668, 139.6005],
];

/** A place to send: {title?, latitude, longitude}. */
export function pickPlace() {
  const radios = PLACES.map(([name], index) => el("label", { class: "pick" },
    el("input", { type: "radio", name: "place", value: index, checked: index === 0 }), name));
  const own = el("label", { class: "pick" }, el("input", { type: "radio", name: "place", value: "own" }), "緯度と経度を書く");
  const number = (id, label, value, most) => [
    el("label", { for: id }, label),
    el("input", { id, type: "number", step: "any", min: -most, max: most, value, required: true }),
  ];
  return open("いまいる場所を送る（見本）", (close) => [
    el("form", { on: { submit: (event) => { event.preventDefault(); close(read(event.target)); } } },
      el("fieldset", {}, el("legend", { class: "hidden" }, "場所"), ...radios, own),
      el("div", { class: "stack" }, ...number("latitude", "緯度", 35.6464, 90), ...number("longitude", "経度", 139.6533, 180)),
      ends(close, el("button", { class: "main" }, "送る"))),
  ]);
}

function read(form) {
  const chosen = new FormData(form).get("place");
  if (chosen !== "own") {
    const [title, latitude, longitude] = PLACES[Number(chosen)];
    return { title, latitude, longitude };
  }
  return { latitude: Number(form.querySelector("#latitude").value), longitude: Number(form.querySelector("#longitude").value) };
}

export function phone(number) {
  return open("電話をかけます", (close) => [
    el("p", { class: "big" }, number),
    el("p", {}, "見本なので、電話はかかりません。"),
    el("div", { class: "ends" }, button("閉じる", () => close(null), { class: "main" })),
  ]);
}

export function link(uri) {
  return open("この画面の外のページを開きます", (close) => [
    el("p", {}, uri),
    ends(close, button("開く", () => { window.open(uri, "_blank", "noopener,noreferrer"); close(true); }, { class: "main" })),
  ]);
}

const choose = (title, choices) => open(title, (close) => [
  el("div", { class: "stack" }, ...choices.map(([label, value]) => button(label, () => close(value)))),
  ends(close),
]);

/** What to send besides text: a kind of act. */
export const pickThing = () => choose("送るもの", [
  ["いまいる場所", "location"], ["スタンプ", "sticker"], ["写真（中身のない見本）", "image"],
  ["動画（中身のない見本）", "video"], ["声（中身のない見本）", "audio"], ["ファイル（中身のない見本）", "file"],
]);

export const pickSticker = () => choose("スタンプ", ["ありがとう", "こんにちは", "おねがいします", "OK", "こまった", "おやすみ"].map((word) => [word, word]));

export const ownMessage = () => choose("このメッセージ", [["送信を取り消す", "unsend"]]);
