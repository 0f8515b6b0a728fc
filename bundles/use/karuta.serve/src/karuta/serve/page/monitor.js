// The monitor: which cards are taken, how like they are to what is asked, how long answers take, and what is the matter.

import { make, time, clock, percent, seconds, decimal } from "./dom.js";
import { monitor } from "./api.js";
import { shares, latency, likeness, shareBar, legend, tone } from "./charts.js";

const SPANS = [["hour", "Hour"], ["day", "Day"], ["week", "Week"], ["month", "30 days"], ["year", "Year"]];
const AGAIN = 10_000;
const LEGEND = 9;

const STATES = {
  steady: ["well", "as in validation", "The newest full window of questions is as like this card as its validation samples were."],
  drift: ["warn", "drift", "What is asked lately is less like this card than its validation samples were."],
  waiting: ["", "too few yet", "Forty different questions are needed for a comparison."],
  unknown: ["", "not validated", "The card was learned without keeping the scores of its validation samples."],
  untestable: ["", "cannot tell", "There are fewer than ten validation scores, or they hardly differ from each other."],
};

export class MonitorView {
  constructor(app) {
    this.app = app;
    this.span = "day";
    this.trouble = make("div");
    this.alarms = make("div", { class: "alarms", "aria-live": "polite" });
    this.figures = make("dl", { class: "figures" });
    this.charts = make("div");
    this.cards = make("div", { class: "scroll", role: "region", "aria-label": "Cards", tabindex: 0 });
    this.since = make("p", { class: "note since" });
    this.root = make("div", {},
      make("div", { class: "head" }, make("h1", {}, "Monitor"), this.choice()),
      this.trouble, this.alarms, this.figures, this.charts,
      make("section", { "aria-labelledby": "monitor-cards" },
        make("h2", { id: "monitor-cards" }, "Cards"),
        make("p", { class: "about" },
          "How often each card was taken first, and how like it is to what was asked: filled, the newest 400 answers; outlined, its own validation samples. An alarm needs windows of 40 or 400 different questions; a card to which nothing happens gives a false one with a chance of 1 % in all its time."),
        this.cards),
      this.since);
    new ResizeObserver(() => this.found && this.drawCharts()).observe(this.charts);
  }

  choice() {
    return make("fieldset", { class: "spans" }, make("legend", { class: "unseen" }, "How far back"),
      ...SPANS.map(([name, words]) => make("label", {},
        make("input", { type: "radio", name: "span", value: name, checked: name === this.span, onchange: () => { this.span = name; this.load(); } }),
        make("span", {}, words))));
  }

  enter() {
    this.load();
    clearInterval(this.timer);
    this.timer = setInterval(() => document.visibilityState === "visible" && this.load(), AGAIN);
  }

  leave() {
    clearInterval(this.timer);
  }

  async load() {
    const span = this.span;
    try {
      const found = await monitor(span);
      if (span !== this.span) return; // another one was chosen meanwhile
      this.found = found;
      this.trouble.replaceChildren();
      this.show();
    } catch (trouble) {
      this.trouble.replaceChildren(this.app.tell(trouble));
    }
  }

  show() {
    const { span, usage, alarms, since, answers } = this.found;
    this.app.count(alarms.filter(alarm => !alarm.until).length);
    this.showAlarms(alarms);
    this.figures.replaceChildren(
      figure("Answers", span.answers),
      figure("Withheld", span.answers ? percent(span.abstained / span.answers, 1) : "–", "no card was like the question"),
      figure("Median time", seconds(span.latency.p50)),
      figure("95 % within", seconds(span.latency.p95)),
      figure("Cards in use", usage.answers ? decimal(usage.effectiveCards, 1) : "–",
        usage.most === undefined ? "in effect" : `${usage.most} takes ${percent(usage.mostShare)} of the last ${usage.answers}`));
    this.drawCharts();
    this.showCards();
    this.since.replaceChildren("Counted since ", time(since), ` (${clock(since)}): ${answers} answers.`);
  }

  showAlarms(alarms) {
    const now = alarms.filter(alarm => !alarm.until);
    const over = alarms.filter(alarm => alarm.until);
    this.alarms.replaceChildren(
      ...now.map(alarm => make("div", { class: "alarm" },
        make("p", { class: "strong" }, alarm.kind === "drift" ? "Drift: " : "One card takes nearly all: ", alarm.card),
        make("p", {}, alarm.words), make("p", { class: "meta" }, "since ", time(alarm.since)))),
      ...(over.length ? [make("details", {},
        make("summary", {}, `${over.length} ${over.length === 1 ? "alarm that is" : "alarms that are"} over`),
        make("ul", { class: "over" }, ...over.map(alarm => make("li", {},
          `${alarm.kind === "drift" ? "Drift" : "One card took nearly all"}: ${alarm.card}, ${clock(alarm.since)} to ${clock(alarm.until)}`))))] : []));
  }

  names() {
    return this.found.cards.map(card => card.card);
  }

  drawCharts() {
    const width = Math.floor(this.charts.clientWidth);
    if (width === 0 || width === this.drawn?.width && this.drawn.found === this.found) return;
    this.drawn = { width, found: this.found };
    const { span, stretches } = this.found;
    if (stretches.length === 0) {
      this.charts.replaceChildren(make("p", { class: "empty" }, "Nothing was asked in this time."));
      return;
    }
    const names = this.names();
    const taken = names.filter(name => stretches.some(each => each.cards[name]));
    const keys = taken.slice(0, LEGEND - 1).map(name => [name, tone(names.indexOf(name))]);
    if (taken.length > keys.length || stretches.some(each => Object.keys(each.cards).some(name => !names.includes(name)) || sum(each) < each.answers)) {
      keys.push(["others, or none", "rest"]);
    }
    this.charts.replaceChildren(
      make("figure", {}, make("figcaption", {}, make("h2", {}, "Answers by card")), legend(keys), shares(span, stretches, names, width), this.table()),
      make("figure", {}, make("figcaption", {}, make("h2", {}, "Time to answer")),
        legend([["median", "series-1"], ["95 %", "series-2"]]), latency(span, stretches, width)));
  }

  /** The same as a table, for who cannot see charts. */
  table() {
    const { stretches } = this.found;
    const names = this.names();
    return make("details", { class: "data" }, make("summary", {}, "As a table"),
      make("div", { class: "scroll", role: "region", "aria-label": "Answers over time", tabindex: 0 }, make("table", {},
        make("thead", {}, make("tr", {}, ...["From", "Answers", "Withheld", ...names, "Median", "95 %"].map((name, i) => make("th", { scope: "col", class: i ? "n" : "" }, name)))),
        make("tbody", {}, ...stretches.map(each => make("tr", {},
          make("th", { scope: "row" }, clock(each.at)),
          ...[each.answers, each.abstained, ...names.map(name => each.cards[name] ?? 0), seconds(each.latency.p50), seconds(each.latency.p95)]
            .map(value => make("td", { class: "n" }, String(value)))))))));
  }

  showCards() {
    const { cards } = this.found;
    if (cards.length === 0) {
      this.cards.replaceChildren(make("p", { class: "empty" }, "The pool has no cards."));
      return;
    }
    this.cards.replaceChildren(make("table", { class: "monitor-cards", role: "table" },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...["Card", "Answers", "Share", "Likeness", "Compared with validation"].map((name, i) =>
        make("th", { scope: "col", role: "columnheader", class: i === 1 ? "n" : "" }, name)))),
      make("tbody", { role: "rowgroup" }, ...cards.map((card, i) => {
        const [css, words, about] = STATES[card.drift] ?? ["", card.drift, ""];
        return make("tr", { role: "row" },
          make("th", { scope: "row", role: "rowheader" }, card.card),
          make("td", { class: "n", role: "cell" }, String(card.answers), make("span", { class: "unit" }, " answers")),
          make("td", { role: "cell" }, shareBar(card.share, tone(i)), make("span", { class: "beside" }, percent(card.share))),
          make("td", { role: "cell" }, card.likeness.from === undefined ? "–" : likeness(card.likeness, tone(i))),
          make("td", { role: "cell" }, make("span", { class: `chip ${css}`, title: about }, words),
            card.p !== undefined && make("small", { class: "below" },
              `p = ${card.p < 1e-4 ? card.p.toExponential(1) : decimal(card.p, 4)}, look ${card.looks}`)));
      }))));
  }
}

const sum = stretch => Object.values(stretch.cards).reduce((all, count) => all + count, 0);

const figure = (name, value, note) =>
  make("div", {}, make("dt", {}, name), make("dd", {}, String(value), note && make("small", {}, note)));
