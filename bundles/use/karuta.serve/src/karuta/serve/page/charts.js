// Charts as SVG, drawn at the size at which they are shown.

import { draw, make, clock, percent, seconds } from "./dom.js";

const SERIES = 8;
const MARGIN = { left: 54, right: 8, top: 10, bottom: 24 };

/** The colour of a card, by its place among all. */
export const tone = place => (place < SERIES ? `series-${place + 1}` : "rest");

const text = (x, y, words, anchor = "start") =>
  draw("text", { x, y, class: "f-muted", "font-size": 11.5, "text-anchor": anchor }, words);

const ticks = span => {
  const step = { hour: 10 * 60, day: 4 * 3600, week: 86400, month: 7 * 86400, year: 61 * 86400 }[span.name];
  const from = Date.parse(span.from) / 1000;
  const to = from + span.steps * span.stepSeconds;
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return { from, to, found };
};

const label = (at, span) => {
  const date = new Date(at * 1000);
  const day = { day: "numeric", month: "short" };
  const hour = { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("en-GB", span === "hour" || span === "day" ? hour : day).format(date);
};

const room = (width, height) => ({
  x: share => MARGIN.left + share * (width - MARGIN.left - MARGIN.right),
  y: share => height - MARGIN.bottom - share * (height - MARGIN.top - MARGIN.bottom),
});

const frame = (title, width, height, span, at, marks) => {
  const { from, to, found } = ticks(span);
  const all = found.filter(each => at.x((each - from) / (to - from)) < width - 22);
  const few = width < 460 ? all.filter((_, i) => i % 2 === 0) : all;
  return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" },
    draw("title", {}, title),
    ...few.map(each => text(at.x((each - from) / (to - from)), height - 6, label(each, span.name), "middle")),
    ...marks);
};

const rule = (at, width, share, words) => [
  draw("path", { class: "l-rule", d: `M${MARGIN.left} ${at.y(share)}H${width - MARGIN.right}` }),
  text(MARGIN.left - 6, at.y(share) + 4, words, "end"),
];

const niceTop = value => {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 6, 8, 10].map(step => step * unit).find(top => top >= value);
};

/** How many answers in each step, by their best card; what was withheld is hatched by being hollow. */
export const shares = (span, stretches, cards, width) => {
  const height = 220;
  const at = room(width, height);
  const from = Date.parse(span.from) / 1000;
  const most = niceTop(Math.max(4, ...stretches.map(each => each.answers)));
  const bar = Math.max(1, (at.x(1) - at.x(0)) / span.steps - (span.steps > 100 ? 0 : 1.5));
  const marks = [0, 0.5, 1].flatMap(share => rule(at, width, share, share === 0.5 && most % 2 ? "" : String(share * most)));
  for (const each of stretches) {
    const x = at.x((Date.parse(each.at) / 1000 - from) / (span.steps * span.stepSeconds));
    const known = cards.filter(card => each.cards[card]);
    const named = known.reduce((sum, card) => sum + each.cards[card], 0);
    const parts = known.map(card => [tone(cards.indexOf(card)), each.cards[card]]);
    if (each.answers > named) parts.push(["rest", each.answers - named]);
    let below = 0;
    const tip = `${clock(each.at)}: ${each.answers} answers` + (each.abstained ? `, ${each.abstained} withheld` : "")
      + known.map(card => `\n${card}: ${each.cards[card]}`).join("");
    marks.push(draw("g", {}, draw("title", {}, tip), ...parts.map(([css, count]) => {
      const top = at.y((below + count) / most);
      const rect = draw("rect", { class: `f-${css}`, x, y: top, width: bar, height: Math.max(0.5, at.y(below / most) - top) });
      below += count;
      return rect;
    })));
  }
  return frame("Answers over time, by the card that was taken first", width, height, span, at, marks);
};

/** How long answers took: the middle one and the slowest of twenty. */
export const latency = (span, stretches, width) => {
  const height = 160;
  const at = room(width, height);
  const from = Date.parse(span.from) / 1000;
  const most = niceTop(Math.max(0.01, ...stretches.map(each => each.latency.p95)));
  const place = each => at.x((Date.parse(each.at) / 1000 + span.stepSeconds / 2 - from) / (span.steps * span.stepSeconds));
  const marks = [0, 0.5, 1].flatMap(share => rule(at, width, share, share === 0 ? "0" : seconds(share * most)));
  for (const [key, css, dash] of [["p95", "l-series-2", "5 4"], ["p50", "l-series-1", undefined]]) {
    const points = stretches.map(each => `${place(each).toFixed(1)},${at.y(each.latency[key] / most).toFixed(1)}`);
    if (points.length > 1) {
      marks.push(draw("polyline", { class: css, points: points.join(" "), "stroke-width": 1.8, "stroke-dasharray": dash, "stroke-linejoin": "round" }));
    }
    for (const each of stretches) {
      marks.push(draw("circle", { class: css.replace("l-", "f-"), cx: place(each), cy: at.y(each.latency[key] / most), r: stretches.length > 60 ? 1.2 : 2.4 },
        draw("title", {}, `${clock(each.at)}: ${key === "p50" ? "median" : "95 %"} ${seconds(each.latency[key])}`)));
    }
  }
  return frame("How long answers took", width, height, span, at, marks);
};

/** Likeness lately (filled) against that of validation (outline). */
export const likeness = (found, css) => {
  const [width, height] = [180, 44];
  const bins = (found.validation ?? found.lately ?? []).length;
  const most = Math.max(0.01, ...(found.validation ?? []), ...(found.lately ?? []));
  const x = i => (i / bins) * width;
  const y = share => height - (share / most) * (height - 2);
  const outline = shares => `M0 ${height}` + shares.map((share, i) => `V${y(share).toFixed(1)}H${x(i + 1).toFixed(1)}`).join("") + `V${height}`;
  return draw("svg", { class: "likeness", viewBox: `0 0 ${width} ${height}`, role: "img" },
    draw("title", {}, words(found)),
    ...(found.lately ?? []).map((share, i) =>
      draw("rect", { class: `f-${css}`, "fill-opacity": 0.55, x: x(i) + 0.5, width: Math.max(0.5, x(1) - 1), y: y(share), height: height - y(share) })),
    found.validation && draw("path", { class: "l-ink", d: outline(found.validation), "stroke-width": 1.2 }));
};

const words = found =>
  (found.lately ? `Lately ${found.seen} scores, the middle one ${found.latelyMedian.toFixed(3)}` : "Nothing asked lately")
  + (found.validation ? `; in validation ${found.validated}, the middle one ${found.validationMedian.toFixed(3)}` : "; no scores of validation");

/** A share as a bar. */
export const shareBar = (share, css) =>
  draw("svg", { class: "share", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img" },
    draw("title", {}, percent(share, 1)),
    draw("rect", { class: "track", width: 100, height: 10 }),
    draw("rect", { class: `f-${css}`, width: 100 * share, height: 10 }));

/** What the colours mean. */
export const legend = entries =>
  make("ul", { class: "legend" }, ...entries.map(([words, css]) => make("li", {},
    draw("svg", { class: "key", viewBox: "0 0 14 14", "aria-hidden": "true" }, draw("rect", { class: `f-${css}`, width: 14, height: 14, rx: 2 })), words)));
