// The service's interface, and what can go wrong with it.

const TOKEN = "karuta.token";
const PATIENCE = 150_000;

/** Why there is no answer. `kind` is one of token, forbidden, busy, offline, refused, failed. */
export class Trouble extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

export const token = {
  get: () => sessionStorage.getItem(TOKEN) ?? "",
  set: value => (value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN)),
};

const kindOf = status => {
  if (status === 401) return "token";
  if (status === 403) return "forbidden";
  if (status === 429 || status === 503) return "busy";
  return status >= 500 ? "failed" : "refused";
};

const troubleOf = async response => {
  let said;
  try {
    said = (await response.json()).error.message;
  } catch {
    said = `The service answered ${response.status}, without saying why.`;
  }
  return new Trouble(kindOf(response.status), String(said));
};

const call = async (path, options = {}) => {
  const headers = { Accept: "application/json", ...options.headers };
  if (token.get()) headers.Authorization = `Bearer ${token.get()}`;
  let response;
  try {
    response = await fetch(path, { ...options, headers, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
  } catch (failed) {
    throw failed.name === "TimeoutError"
      ? new Trouble("failed", "The service did not answer in time.")
      : new Trouble("offline", "The service cannot be reached. Is it running?");
  }
  if (!response.ok) throw await troubleOf(response);
  return response.json();
};

const send = (path, content) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

export const ask = (question, image) => send("/api/ask", image ? { question, image } : { question });
export const pool = () => call("/api/pool");
export const monitor = span => call(`/api/monitor?span=${encodeURIComponent(span)}`);
export const feedback = () => call("/api/feedback");
export const judge = verdict => send("/api/feedback", verdict);
