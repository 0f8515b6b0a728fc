// The cards of the pool, and who changed what when, with the scores before and after.

import { make, time, decimal } from "./dom.js";
import { pool } from "./api.js";

const AT_ONCE = 30;

export class HistoryView {
  constructor(app) {
    this.app = app;
    this.shown = AT_ONCE;
    this.cards = make("ul", { class: "cards" });
    this.revisions = make("ol", { class: "revisions" });
    this.more = make("button", { type: "button", onclick: () => this.showMore() }, "Show older revisions");
    this.trouble = make("div");
    this.root = make("div", {},
      make("h1", {}, "Cards and history"),
      this.trouble,
      make("section", { "aria-labelledby": "cards-title" },
        make("h2", { id: "cards-title" }, "Cards in use"), this.cards),
      make("section", { "aria-labelledby": "history-title" },
        make("h2", { id: "history-title" }, "History"),
        make("p", { class: "about" },
          "Every change of the pool, the newest first. Scores are those of the tasks' own validation samples, in percent."),
        this.revisions, this.more));
  }

  async enter() {
    try {
      this.found = await pool();
      this.trouble.replaceChildren();
      this.show();
    } catch (trouble) {
      this.trouble.replaceChildren(this.app.tell(trouble));
    }
  }

  showMore() {
    const first = this.revisions.children.length;
    this.shown += AT_ONCE;
    this.show();
    this.revisions.children[first]?.querySelector("summary, h3")?.focus();
  }

  show() {
    const { cards, history, revision } = this.found;
    this.cards.replaceChildren(...cards.map(card));
    if (cards.length === 0) this.cards.replaceChildren(make("li", { class: "note" }, "There are none."));
    this.revisions.replaceChildren(...history.slice(0, this.shown).map(each => entry(each, revision)));
    this.more.hidden = history.length <= this.shown;
  }
}

const card = each => {
  const own = each.after[each.card];
  const others = Object.keys(each.after).filter(task => task !== each.card && task in each.before);
  const worst = others.map(task => [task, each.after[task] - each.before[task]]).sort((a, b) => a[1] - b[1])[0];
  return make("li", { class: "card" },
    make("h3", {}, each.card),
    own === undefined
      ? make("p", { class: "figure none" }, "–", make("small", {}, " not validated"))
      : make("p", { class: "figure" }, decimal(own, 1), make("small", {}, each.card in each.before
        ? ` from ${decimal(each.before[each.card], 1)}`
        : " when learned")),
    make("p", { class: "meta" }, `${each.author}, `, time(each.when)),
    worst && make("p", { class: "meta" },
      worst[1] < 0 ? `Cost ${worst[0]} ${decimal(-worst[1], 1)} points` : "Cost no earlier task anything"));
};

const entry = (each, current) => {
  const tasks = [...new Set([...Object.keys(each.before ?? {}), ...Object.keys(each.after ?? {})])].sort();
  const head = [
    make("span", { class: "subject" }, each.subject),
    each.revision === current && make("span", { class: "chip well" }, "in use"),
  ];
  const meta = make("p", { class: "meta" },
    `${each.author}, `, time(each.when), " · ", make("code", {}, each.revision.slice(0, 10)));
  return make("li", {},
    make("h3", { tabindex: "-1" }, ...head), meta,
    tasks.length > 0 && make("details", { open: tasks.length <= 4 },
      make("summary", {}, `Scores of ${tasks.length === 1 ? "one task" : `${tasks.length} tasks`}`),
      make("div", { class: "scroll", role: "region", "aria-label": "Scores before and after", tabindex: 0 }, scores(each, tasks))));
};

const scores = (each, tasks) =>
  make("table", {},
    make("thead", {}, make("tr", {},
      ...["Task", "before", "after", "change"].map((name, i) => make("th", { scope: "col", class: i ? "n" : "" }, name)))),
    make("tbody", {}, ...tasks.map(task => {
      const [before, after] = [each.before?.[task], each.after?.[task]];
      const change = before === undefined || after === undefined ? undefined : after - before;
      return make("tr", {},
        make("th", { scope: "row" }, task),
        make("td", { class: "n" }, before === undefined ? "–" : decimal(before, 1)),
        make("td", { class: "n" }, after === undefined ? "–" : decimal(after, 1)),
        make("td", { class: `n ${change > 0.049 ? "right" : change < -0.049 ? "wrong" : ""}` },
          change === undefined ? "new" : `${change > 0.049 ? "▲ +" : change < -0.049 ? "▼ −" : ""}${decimal(Math.abs(change), 1)}`));
    })));
