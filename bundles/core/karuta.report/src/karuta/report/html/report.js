(() => {
  "use strict";

  const PAGE = 20;
  const RIGHT = 0.5;

  const make = (name, properties = {}, ...content) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "class") element.className = value;
      else if (key.startsWith("aria-") || key === "scope" || key === "role") element.setAttribute(key, value);
      else element[key] = value;
    }
    element.append(...content); // strings become text, never markup
    return element;
  };

  const score = value => (Number.isInteger(value) ? String(value) : value.toFixed(3).replace(/0+$/, ""));

  class Browser {
    constructor(root, book) {
      this.root = root;
      this.book = book;
      this.page = 0;
      this.id = root.id;
      this.tasks = [...new Set(book.questions.map(question => question[0]))];
      this.build();
      this.stages();
      this.show();
    }

    text(number) {
      return number < 0 ? "" : this.book.texts[number];
    }

    select(label, options, change) {
      const box = make("select", {}, ...options.map(([value, text]) => make("option", { value }, text)));
      box.addEventListener("change", () => {
        change();
        this.page = 0;
        this.show();
      });
      this.filters.append(make("label", {}, label, box));
      return box;
    }

    build() {
      this.filters = make("div", { class: "filters", role: "group", "aria-label": "Filters" });
      this.arm = this.select("Arm", this.book.runs.map((run, i) => [i, run.name]), () => this.stages());
      this.stage = this.select("Stage", [], () => {});
      this.task = this.select(
        "Task", [["", "all"], ...this.tasks.map(task => [task, this.text(task)])], () => {});
      this.verdict = this.select("Answer", [["", "right or wrong"], ["right", "right"], ["wrong", "wrong"]], () => {});
      this.change = this.select(
        "Change",
        [
          ["", "any"],
          ["lost", "right once learned, wrong now"],
          ["gained", "wrong once learned, right now"],
          ["changed", "other answer than one stage before"],
        ],
        () => {});
      this.words = make("input", { type: "search", autocomplete: "off" });
      this.words.addEventListener("input", () => {
        this.page = 0;
        this.show();
      });
      this.filters.append(make("label", {}, "Words in it", this.words));
      this.count = make("p", { class: "count", role: "status", "aria-live": "polite" });
      this.list = make("ol", { class: "samples" });
      this.before = make("button", { type: "button" }, "Previous");
      this.after = make("button", { type: "button" }, "Next");
      this.where = make("span", { class: "count" });
      this.before.addEventListener("click", () => this.turn(-1));
      this.after.addEventListener("click", () => this.turn(1));
      const pager = make("div", { class: "pager" }, this.before, this.after, this.where);
      this.root.replaceChildren(this.filters, this.count, this.list, pager);
    }

    stages() {
      const stages = this.book.runs[this.arm.value].stages;
      const kept = this.stage.value;
      this.stage.replaceChildren(...stages.map((name, i) => make("option", { value: i }, `${i} ${name}`)));
      this.stage.value = kept !== "" && kept < stages.length ? kept : stages.length - 1;
    }

    turn(by) {
      this.page += by;
      this.show();
      this.count.scrollIntoView({ block: "nearest" });
    }

    answer(run, stage, question) {
      const column = (this.book.answers[run] || [])[stage];
      if (!column || column[0][question] === undefined || column[0][question] < 0) return null;
      return {
        said: this.text(column[0][question]),
        parsed: column[1][question] < 0 ? null : this.text(column[1][question]),
        score: column[2][question],
        cards: column[3][question] || [],
        number: column[0][question],
      };
    }

    fits(question, i) {
      const run = Number(this.arm.value);
      const stage = Number(this.stage.value);
      const now = this.answer(run, stage, i);
      if (!now || (this.task.value !== "" && question[0] !== Number(this.task.value))) return false;
      const right = now.score >= RIGHT;
      if (this.verdict.value && (this.verdict.value === "right") !== right) return false;
      if (this.change.value === "changed") {
        const last = this.answer(run, stage - 1, i);
        if (!last || last.number === now.number) return false;
      } else if (this.change.value) {
        const learned = this.book.runs[run].learned[this.text(question[0])];
        const then = learned === undefined || learned >= stage ? null : this.answer(run, learned, i);
        if (!then || then.score >= RIGHT === right || right !== (this.change.value === "gained")) return false;
      }
      const words = this.words.value.trim().toLowerCase();
      return !words || [this.text(question[2]), this.text(question[1]), now.said, ...question[3].map(r => this.text(r))]
        .some(text => text.toLowerCase().includes(words));
    }

    show() {
      const found = [];
      this.book.questions.forEach((question, i) => {
        if (this.fits(question, i)) found.push(i);
      });
      const right = found.filter(
        i => this.answer(this.arm.value, this.stage.value, i).score >= RIGHT).length;
      const pages = Math.max(1, Math.ceil(found.length / PAGE));
      this.page = Math.max(0, Math.min(this.page, pages - 1));
      this.count.textContent = `${found.length} of ${this.book.questions.length} answers, ${right} of them right`;
      this.list.replaceChildren(
        ...found.slice(this.page * PAGE, (this.page + 1) * PAGE).map(i => this.item(i)));
      this.list.start = this.page * PAGE + 1;
      this.where.textContent = `page ${this.page + 1} of ${pages}`;
      this.before.disabled = this.page === 0;
      this.after.disabled = this.page === pages - 1;
    }

    image(question, css, alt) {
      const source = this.book.images[question[4]];
      return source
        ? make("img", { class: css, src: source, alt, loading: "lazy", decoding: "async" })
        : make("span", { class: css });
    }

    mark(answer) {
      const right = answer.score >= RIGHT;
      const whole = answer.score === 0 || answer.score === 1;
      return make(
        "span", { class: "mark " + (right ? "right" : "wrong") },
        (right ? "✓ right" : "✗ wrong") + (whole ? "" : ` (${score(answer.score)})`));
    }

    item(i) {
      const question = this.book.questions[i];
      const answer = this.answer(this.arm.value, this.stage.value, i);
      const references = question[3].map(reference => this.text(reference));
      const said = make("span", { class: "said" }, `${this.text(question[0])}: `, make("b", {}, answer.said || "(nothing)"));
      if (answer.parsed !== null) said.append(", read as ", make("b", {}, answer.parsed || "(nothing)"));
      said.append(", expected ", make("b", {}, references.slice(0, 3).join(" | ")));
      const details = make(
        "details", {},
        make(
          "summary", {},
          this.image(question, "thumb", ""),
          make("span", {}, make("span", { class: "ask" }, this.text(question[2])), said),
          this.mark(answer)));
      details.addEventListener("toggle", () => {
        if (details.open && details.children.length === 1) details.append(this.detail(i, question, references));
      });
      return make("li", {}, details);
    }

    detail(i, question, references) {
      const run = this.arm.value;
      const history = this.book.runs[run].stages.map((name, stage) => [`${stage} ${name}`, this.answer(run, stage, i)]);
      const others = this.book.runs.map((other, n) => [
        other.name,
        this.answer(n, Math.min(this.stage.value, other.stages.length - 1), i),
      ]);
      const box = make("div", { class: "detail" });
      if (this.book.images[question[4]]) box.append(this.image(question, "large", "the image that is asked about"));
      box.append(
        make("p", { class: "note" }, `Sample ${this.text(question[1])}. Expected: ${references.join(" | ")}`),
        this.table(`${this.book.runs[run].name}, stage by stage`, "stage", history),
        this.table("All arms at this stage", "arm", others));
      return box;
    }

    table(title, head, rows) {
      const heads = [head, "answer", "read as", "score", "cards taken (score)"];
      const body = rows.filter(([, answer]) => answer).map(([name, answer]) =>
        make(
          "tr", {},
          make("th", { scope: "row" }, name),
          make("td", {}, answer.said || "(nothing)"),
          make("td", {}, answer.parsed === null ? "" : answer.parsed || "(nothing)"),
          make("td", { class: "n " + (answer.score >= RIGHT ? "right" : "wrong") },
            `${answer.score >= RIGHT ? "✓" : "✗"} ${score(answer.score)}`),
          make("td", {}, this.cards(answer.cards))));
      return make(
        "div", {},
        make("p", { class: "caption" }, title),
        make(
          "div", { class: "scroll", role: "region", "aria-label": title },
          make(
            "table", {},
            make("thead", {}, make("tr", {}, ...heads.map(text => make("th", { scope: "col" }, text)))),
            make("tbody", {}, ...body))));
    }

    cards(taken) {
      const names = [];
      for (let i = 0; i < taken.length; i += 2) {
        const [card, task] = this.book.cards[taken[i]];
        const name = task && !card.includes(task) ? `${card} of ${task}` : card;
        names.push(taken[i + 1] === null ? name : `${name} (${score(taken[i + 1])})`);
      }
      return names.reverse().join(", "); // the best one is inserted last
    }
  }

  for (const data of document.querySelectorAll("script.book")) {
    const root = data.parentElement.querySelector(".browser");
    new Browser(root, JSON.parse(data.textContent));
    data.remove();
  }

  // What scrolls must be reached by the keyboard, and what does not must not be in its way.
  const reach = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  requestAnimationFrame(reach);

  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(
    entries => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id).setAttribute("aria-current", "location");
      }
    },
    { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) seen.observe(document.getElementById(id));
})();
