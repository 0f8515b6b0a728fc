// Asking: an image, a question, and the answers with their cards.

import { make, draw, fresh, decimal, seconds, wait, waits } from "./dom.js";
import { ask, feedback, judge } from "./api.js";

const KINDS = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"];
const LARGEST = 6e6; // what fits into a request, if the operator leaves its limit as it is
const KEPT = 50;

const size = bytes => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${decimal(bytes / 1e6, 1)} MB`);

const dataUrl = file =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });

export class AskView {
  constructor(app) {
    this.app = app;
    this.image = null; // { file, preview }
    this.judged = Promise.resolve(false); // whether feedback is taken
    this.build();
    document.addEventListener("paste", event => this.paste(event));
    for (const kind of ["dragover", "drop"]) {
      document.addEventListener(kind, event => event.preventDefault()); // a file beside the field must not replace the page
    }
  }

  build() {
    this.input = make("input", {
      type: "file", id: "image", class: "hidden-input", accept: KINDS.join(","),
      onchange: () => this.take(this.input.files[0]),
    });
    this.words = make("span", { class: "drop-words" },
      make("span", { class: "strong" }, "Choose an image"), ", drop one here, or paste it. A question needs none.");
    this.drop = make("label", { class: "drop", for: "image" }, icon(), this.words);
    for (const kind of ["dragenter", "dragover"]) this.drop.addEventListener(kind, () => this.drop.classList.add("over"));
    for (const kind of ["dragleave", "drop"]) this.drop.addEventListener(kind, () => this.drop.classList.remove("over"));
    this.drop.addEventListener("drop", event => this.take(event.dataTransfer.files[0]));
    this.preview = make("figure", { class: "preview", hidden: true });
    this.question = make("textarea", {
      id: "question", rows: 3, maxlength: 20000, placeholder: "What is this?", autocomplete: "off",
      onkeydown: event => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
      },
    });
    this.button = make("button", { type: "submit", class: "primary" }, "Ask");
    this.trouble = make("div", { class: "troubles" });
    this.form = make("form", { class: "composer", "aria-label": "Ask a question" },
      make("div", {}, this.input, this.drop, this.preview),
      make("div", { class: "field" }, make("label", { for: "question" }, "Question"), this.question),
      make("div", { class: "row" }, this.button, make("span", { class: "note keys" }, "or Ctrl and Enter")),
      this.trouble);
    this.form.addEventListener("submit", event => {
      event.preventDefault();
      this.ask();
    });
    this.empty = make("div", { class: "empty" },
      make("p", {}, "Answers appear here, each with the cards that were taken for it and how like they are to the question."),
      make("p", { class: "note" }, "This page forgets them when it is closed."));
    this.answers = make("ol", { class: "answers", reversed: true, "aria-live": "polite", "aria-relevant": "additions", "aria-label": "Answers" });
    this.root = make("div", { class: "ask" },
      make("h1", { class: "unseen" }, "Ask the pool"),
      make("div", { class: "side" }, this.form),
      make("section", { "aria-label": "Answers" }, this.empty, this.answers));
  }

  enter() {
    this.judged = feedback().then(state => state.taken, () => false);
  }

  paste(event) {
    const file = [...event.clipboardData.files].find(each => each.type.startsWith("image/"));
    if (!file || !this.root.isConnected) return;
    event.preventDefault();
    this.take(file);
  }

  /** An image that somebody gives. */
  take(file) {
    this.trouble.replaceChildren();
    if (!file) return;
    if (!KINDS.includes(file.type)) return this.refuse(`${file.name} is no image that can be read (PNG, JPEG, GIF, WebP, BMP, TIFF).`);
    if (file.size > LARGEST) return this.refuse(`${file.name} has ${size(file.size)}; an image may have ${size(LARGEST)}.`);
    this.clear();
    const preview = URL.createObjectURL(file);
    this.image = { file, preview };
    const shown = make("img", { src: preview, alt: "The image that you ask about" });
    shown.addEventListener("error", () => shown.replaceWith(make("span", { class: "nopreview" }, "no preview")));
    this.preview.replaceChildren(shown,
      make("figcaption", {}, make("span", { class: "file" }, file.name || "pasted image"), make("span", { class: "note" }, size(file.size)),
        make("button", { type: "button", class: "quiet", onclick: () => this.remove() }, "Remove")));
    this.preview.hidden = false;
    this.drop.hidden = true;
    this.question.focus();
  }

  remove() {
    this.clear();
    this.input.focus();
  }

  /** The preview of an answer lives as long as the answer. */
  clear() {
    if (this.image && !this.image.used) URL.revokeObjectURL(this.image.preview);
    this.image = null;
    this.input.value = "";
    this.preview.hidden = true;
    this.preview.replaceChildren();
    this.drop.hidden = false;
  }

  refuse(words) {
    this.trouble.replaceChildren(make("p", { class: "trouble refused", role: "alert" }, words));
  }

  async ask() {
    const question = this.question.value.trim();
    if (!question) {
      this.refuse("Write a question first.");
      this.question.focus();
      return;
    }
    if (waits(this.button)) return;
    this.trouble.replaceChildren();
    wait(this.button, true);
    this.button.textContent = "Asking …";
    const image = this.image;
    try {
      const reply = await ask(question, image ? await dataUrl(image.file) : undefined);
      if (image) image.used = true;
      this.add(question, image, reply, await this.judged);
    } catch (trouble) {
      this.trouble.replaceChildren(this.app.tell(trouble));
    } finally {
      wait(this.button, false);
      this.button.textContent = "Ask";
    }
  }

  add(question, image, reply, judged) {
    this.empty.hidden = true;
    this.answers.prepend(answer(question, image, reply, judged));
    while (this.answers.children.length > KEPT) this.answers.lastChild.remove();
  }
}

const icon = () =>
  draw("svg", { class: "drop-icon", viewBox: "0 0 48 40", "aria-hidden": "true", width: 48, height: 40 },
    draw("rect", { x: 3, y: 4, width: 42, height: 32, rx: 4 }),
    draw("circle", { cx: 15, cy: 14, r: 3.5 }),
    draw("path", { d: "M4 31l12-11 9 8 7-6 12 10" }));

const answer = (question, image, reply, judged) => {
  const title = fresh("answer");
  const picture = image
    ? make("img", { class: "thumb", src: image.preview, alt: `Asked about: ${image.file.name || "a pasted image"}` })
    : make("span", { class: "thumb none", "aria-hidden": "true" });
  picture.addEventListener("error", () => picture.classList.add("none"));
  return make("li", {},
    make("article", { class: "answer", "aria-labelledby": title },
      make("div", { class: "asked" }, picture, make("p", {}, question)),
      reply.abstained
        ? make("p", { class: "abstained", id: title },
          make("span", { class: "chip warn" }, "no answer"), " No card is like this question.")
        : make("p", { class: "said", id: title }, reply.answer || "(an empty answer)"),
      cards(reply),
      make("p", { class: "meta" },
        [seconds(reply.seconds), reply.batch > 1 ? `asked together with ${reply.batch === 2 ? "another one" : `${reply.batch - 1} others`}` : null,
          `revision ${reply.revision.slice(0, 10)}`].filter(Boolean).join(" · ")),
      judged && new Judgement(reply).root));
};

/** Which cards were taken, and which was next. */
const cards = reply => {
  const next = reply.runnerUp;
  const all = reply.cards.map(card => ({ ...card, taken: !reply.abstained })).reverse(); // the best one comes last
  if (next) all.push(next);
  if (all.length === 0) return make("p", { class: "note" }, "No card was taken.");
  const scores = all.map(card => card.score).filter(Number.isFinite);
  const top = Math.max(...scores, 0);
  const low = Math.min(...scores, 0);
  return make("table", { class: "bars" },
    make("caption", {}, reply.abstained ? "The nearest cards" : "Cards taken, the best first"),
    make("thead", { class: "unseen" }, make("tr", {},
      ...["Card", "Likeness", "Score"].map(name => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...all.map(card => make("tr", { class: card.taken ? "taken" : "runner" },
      make("th", { scope: "row" }, card.task ?? card.card, card === next && make("small", {}, "runner-up, not taken")),
      make("td", { class: "bar" }, bar(card.score, low, top, card.taken)),
      make("td", { class: "n" }, Number.isFinite(card.score) ? decimal(card.score, 3) : "–")))));
};

const bar = (score, low, top, taken) => {
  const share = Number.isFinite(score) && top > low ? Math.max(0, (score - low) / (top - low)) : 0;
  return draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { class: "track", x: 0, y: 0, width: 100, height: 10 }),
    draw("rect", { class: taken ? "f-series-1" : "f-rest", x: 0, y: 0, width: 100 * share, height: 10 }));
};

/** Right, wrong, or a better answer. */
class Judgement {
  constructor(reply) {
    this.reply = reply;
    this.status = make("p", { class: "note", role: "status" });
    this.buttons = make("div", { class: "row", role: "group", "aria-label": "What you think of the answer" },
      make("span", { class: "note" }, reply.abstained ? "Do you know the answer?" : "Is this right?"),
      !reply.abstained && make("button", { type: "button", onclick: () => this.send("right") }, "Right"),
      !reply.abstained && make("button", { type: "button", onclick: () => this.send("wrong") }, "Wrong"),
      this.opener = make("button", { type: "button", "aria-expanded": "false", onclick: () => this.open(this.form.hidden) },
        reply.abstained ? "Tell it …" : "Better answer …"));
    const answerId = fresh("better");
    const taskId = fresh("task");
    this.answer = make("input", { id: answerId, maxlength: 4000, autocomplete: "off" });
    this.task = make("input", { id: taskId, maxlength: 100, autocomplete: "off" });
    this.form = make("form", { class: "better", hidden: true },
      make("div", { class: "field" }, make("label", { for: answerId }, "The right answer"), this.answer),
      reply.abstained && make("div", { class: "field" }, make("label", { for: taskId }, "The task that it belongs to"), this.task),
      make("button", { type: "submit" }, "Send"));
    this.form.addEventListener("submit", event => {
      event.preventDefault();
      this.send("better", this.answer.value.trim(), this.task.value.trim());
    });
    this.root = make("div", { class: "judgement" }, this.buttons, this.form, this.status);
  }

  open(wanted) {
    const inside = this.form.contains(document.activeElement);
    this.form.hidden = !wanted;
    this.opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.answer.focus();
    else if (inside) this.opener.focus();
  }

  async send(verdict, answer, task) {
    if (waits(this.opener)) return;
    if (verdict === "better" && !answer) return this.answer.focus();
    this.wait(true);
    try {
      const noted = await judge({ id: this.reply.id, verdict, ...(answer ? { answer } : {}), ...(task ? { task } : {}) });
      this.open(false);
      this.status.className = "note";
      this.status.textContent = {
        learnable: `Noted for ${noted.task}: it can be learned.`,
        unanswered: `Noted for ${noted.task}. A better answer would make it something to learn from.`,
        disputed: `Noted for ${noted.task}. Somebody said otherwise, so nothing is learned of it until that is settled.`,
      }[noted.state];
    } catch (trouble) {
      this.status.className = "trouble";
      this.status.textContent = trouble.message;
    } finally {
      this.wait(false);
    }
  }

  wait(busy) {
    for (const button of this.root.querySelectorAll("button")) wait(button, busy);
  }
}
