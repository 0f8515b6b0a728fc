// Makes elements. Whatever is put into them as a string becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

const fill = (element, properties, content) => {
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "text") element.textContent = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...content.filter(part => part !== undefined && part !== null && part !== false));
  return element;
};

export const make = (name, properties = {}, ...content) => fill(document.createElement(name), properties, content);

export const draw = (name, properties = {}, ...content) =>
  fill(document.createElementNS(SVG, name), properties, content);

export const byId = id => document.getElementById(id);

/** A button that waits stays where the keyboard is, other than a disabled one. */
export const wait = (button, busy) => (busy ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled"));

export const waits = button => button.hasAttribute("aria-disabled");

let last = 0;

/** A new id, for labels. */
export const fresh = prefix => `${prefix}-${++last}`;

export const decimal = (number, digits = 2) => Number(number).toFixed(digits);

export const percent = (share, digits = 0) => `${decimal(100 * share, digits)} %`;

export const seconds = value =>
  value <= 0 ? "–" : value < 0.9995 ? `${Math.round(value * 1000)} ms` : `${decimal(value, value < 10 ? 2 : 0)} s`;

const WHEN = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const STEPS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** A time, as people say it, with the exact one for those who hover. */
export const time = instant => {
  const then = new Date(instant);
  const past = (then - Date.now()) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(past) >= size);
  return make(
    "time",
    { datetime: instant, title: WHEN.format(then) },
    step ? AGO.format(Math.round(past / step[1]), step[0]) : "just now");
};

export const clock = instant => WHEN.format(new Date(instant));
