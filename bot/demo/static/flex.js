// Flex containers as LINE draws them: bubbles, boxes, texts, buttons. Unknown parts show nothing.

import { button, el, languageOf } from "./dom.js";

const TEXT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const ALIGN = { start: "flex-start", center: "center", end: "flex-end", "flex-start": "flex-start", "flex-end": "flex-end", top: "flex-start", bottom: "flex-end" };
const JUSTIFY = { ...ALIGN, "space-between": "space-between", "space-around": "space-around", "space-evenly": "space-evenly" };

/** A bubble or carousel; `press(action)` is called when something is pressed. */
export function renderFlex(container, press) {
  if (container.type === "carousel") {
    return el("div", { class: "carousel" }, ...container.contents.map((bubble) => renderFlex(bubble, press)));
  }
  const bubble = el("div", { class: "flex", data: { size: container.size ?? "mega" }, dir: container.direction });
  for (const block of ["header", "hero", "body", "footer"]) {
    if (!container[block]) continue;
    const part = render(container[block], press, "vertical");
    part.classList.add(`fx-${block}`);
    paint(part, container.styles?.[block] ?? {});
    bubble.append(part);
  }
  return bubble;
}

function render(part, press, layout) {
  const draw = PARTS[part.type] ?? PARTS.filler;
  const element = draw(part, press, layout);
  place(element, part, layout);
  paint(element, part);
  return element;
}

/** rem, so that the browser's own zoom and font settings carry. */
function length(value, keywords) {
  if (value === undefined) return undefined;
  if (value in keywords) return `${keywords[value] / 16}rem`;
  const pixels = /^([\d.]+)px$/.exec(value);
  return pixels ? `${Number(pixels[1]) / 16}rem` : /^[\d.]+%$/.test(value) ? value : undefined;
}

function set(element, name, value) {
  if (value !== undefined) element.style.setProperty(name, value);
}

function paint(element, part) {
  set(element, "background-color", part.backgroundColor);
  set(element, "border-color", part.borderColor);
  if (part.borderWidth) {
    set(element, "border-style", "solid");
    set(element, "border-width", length(part.borderWidth, { none: 0, light: 0.5, normal: 1, "semi-bold": 2, medium: 3, bold: 4 }));
  }
  set(element, "border-radius", length(part.cornerRadius, SPACE));
  set(element, "padding", length(part.paddingAll, SPACE));
  for (const side of ["Top", "Bottom", "Start", "End"]) {
    const edge = { Start: "inline-start", End: "inline-end" }[side] ?? side.toLowerCase();
    set(element, `padding-${edge}`, length(part[`padding${side}`], SPACE));
  }
}

/** Margin towards the neighbour before it, and the share of the box that it takes. */
function place(element, part, layout) {
  const sideways = layout !== "vertical";
  set(element, sideways ? "margin-inline-start" : "margin-top", length(part.margin, SPACE));
  const share = part.flex ?? (sideways && part.type !== "icon" && part.type !== "separator" ? 1 : undefined);
  if (share !== undefined) set(element, "flex", share === 0 ? "0 0 auto" : `${share} ${share} 0`);
  if (!sideways && part.flex === undefined && part.type !== "filler") set(element, "flex", "0 0 auto");
  set(element, "align-self", ALIGN[part.gravity]);
}

function box(part, press) {
  const layout = part.layout ?? "vertical";
  const element = part.action
    ? button("", () => press(part.action), { class: "fx-box pressable", data: { layout }, "aria-label": part.action.label })
    : el("div", { class: "fx-box", data: { layout } });
  set(element, "gap", length(part.spacing, SPACE));
  set(element, "justify-content", JUSTIFY[part.justifyContent]);
  set(element, "align-items", ALIGN[part.alignItems]);
  set(element, "width", length(part.width, {}));
  set(element, "height", length(part.height, {}));
  element.append(...(part.contents ?? []).map((child) => render(child, press, layout)));
  return element;
}

function text(part, press) {
  const classes = ["fx-text", part.wrap && "wraps", part.scaling && "scaling", part.maxLines && "lines"];
  const props = { class: classes.filter(Boolean).join(" "), lang: languageOf(part.text ?? "") };
  const element = part.action ? button("", () => press(part.action), props) : el("div", props);
  if (part.contents?.length) element.append(...part.contents.map(span));
  else element.append(part.text ?? "");
  dress(element, part);
  set(element, "text-align", part.align);
  set(element, "--gap", length(part.lineSpacing, {}));
  set(element, "--lines", part.maxLines);
  return element;
}

function span(part) {
  const element = el("span", {}, part.text ?? "");
  dress(element, part);
  if (part.size) element.style.fontSize = `calc(${length(part.size, TEXT)} * var(--k))`;
  return element;
}

function dress(element, part) {
  set(element, "--s", length(part.size, TEXT));
  set(element, "color", part.color);
  set(element, "font-weight", part.weight === "bold" ? "700" : undefined);
  set(element, "font-style", part.style === "italic" ? "italic" : undefined);
  set(element, "text-decoration", part.decoration);
}

function pressable(part, press) {
  const style = part.style ?? "link";
  const element = button(part.action.label, () => press(part.action), {
    class: part.scaling ? "fx-button scaling" : "fx-button",
    data: { style, height: part.height ?? "md" }, lang: languageOf(part.action.label),
  });
  set(element, style === "link" ? "color" : "background-color", part.color);
  return element;
}

// Nothing is fetched from outside: a picture is a grey field with a word.
const image = () => el("div", { class: "fx-image" }, "画像");

const PARTS = {
  box, text, button: pressable, image, icon: () => el("span"), video: image,
  separator: (part) => {
    const line = el("div", { class: "fx-separator" });
    set(line, "background-color", part.color);
    return line;
  },
  filler: () => el("div", { class: "fx-filler" }),
};
