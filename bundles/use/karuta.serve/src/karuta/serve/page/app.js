// The page's frame: which view is shown, whether the service is there, and the token.

import { byId, make } from "./dom.js";
import { pool, monitor, token, Trouble } from "./api.js";
import { AskView } from "./ask.js";
import { HistoryView } from "./history.js";
import { MonitorView } from "./monitor.js";

const LOOK = 15_000;

class App {
  constructor() {
    this.views = { ask: new AskView(this), history: new HistoryView(this), monitor: new MonitorView(this) };
    this.shown = "";
    window.addEventListener("hashchange", () => this.show());
    byId("token").addEventListener("submit", event => {
      event.preventDefault();
      const value = byId("token-value").value.trim();
      if (value) this.useToken(value);
      else this.closeToken();
    });
    byId("token-forget").addEventListener("click", () => this.useToken(""));
    byId("token-open").addEventListener("click", () =>
      byId("token").hidden ? this.askForToken(token.get() ? "Another token" : "A token") : this.closeToken());
    byId("token").addEventListener("keydown", event => event.key === "Escape" && this.closeToken());
    this.show();
    this.look();
    setInterval(() => document.visibilityState === "visible" && this.look(), LOOK);
  }

  /** The view that the address names. */
  show() {
    const asked = location.hash.slice(1);
    if (asked === "main") return; // the link that skips
    const name = Object.hasOwn(this.views, asked) ? asked : "ask";
    if (name === this.shown) return;
    this.views[this.shown]?.leave?.();
    this.shown = name;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.dataset.view === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    byId("main").replaceChildren(this.views[name].root);
    this.views[name].enter();
  }

  useToken(value) {
    token.set(value);
    this.closeToken();
    this.look();
    this.views[this.shown].enter();
  }

  closeToken() {
    const inside = byId("token").contains(document.activeElement);
    byId("token-value").value = "";
    byId("token").hidden = true;
    byId("token-open").setAttribute("aria-expanded", "false");
    if (inside) byId("token-open").focus();
  }

  askForToken(words) {
    byId("token-words").textContent = words;
    byId("token").hidden = false;
    byId("token-open").setAttribute("aria-expanded", "true");
    byId("token-value").focus();
  }

  /** Looks whether the service is there, and whether something is the matter. */
  async look() {
    try {
      const found = await pool();
      byId("pool").textContent = found.name;
      document.title = `${found.name} · Karuta`;
      this.say("well", `revision ${found.revision.slice(0, 10)}`);
      const now = await monitor("hour");
      this.count(now.alarms.filter(alarm => !alarm.until).length);
    } catch (trouble) {
      this.tell(trouble);
    }
  }

  count(alarms) {
    const badge = byId("alarms");
    badge.hidden = alarms === 0;
    badge.textContent = alarms;
    badge.setAttribute("aria-label", alarms === 1 ? ", 1 alarm" : `, ${alarms} alarms`);
  }

  say(state, words) {
    const line = byId("state");
    if (line.textContent === words && line.dataset.state === state) return;
    line.dataset.state = state;
    line.textContent = words;
  }

  /** What kept the service from answering; the words are for the view to show. */
  tell(trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    if (trouble.kind === "token") {
      this.say("locked", "token needed");
      if (byId("token").hidden) {
        this.askForToken(token.get() ? "This service does not know that token." : "This service asks for a token.");
      }
    } else if (trouble.kind === "offline") {
      this.say("away", "not reachable");
    } else {
      this.say(trouble.kind === "busy" ? "busy" : "well", trouble.kind === "busy" ? "busy" : "answers");
    }
    return make("p", { class: `trouble ${trouble.kind}`, role: "alert" }, trouble.message);
  }
}

new App();
