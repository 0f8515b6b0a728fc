"""Asks a pool in service by many clients at once, and says how long answers took.

    python3 load.py URL [--clients 16] [--seconds 60] [--images FOLDER] [--token TOKEN] [--pid PID]

Each client keeps one connection and asks the next question when the last is answered. Images are the PNG and JPEG files below
FOLDER, asked in turn; without them questions have none. With --pid the memory of that process (RSS) is told before and after.
Nothing but Python's own library is needed. The exit code is 1 if any answer was an error.
"""

import argparse
import base64
import http.client
import json
import pathlib
import threading
import time
import urllib.parse


def rss(pid):
    """Resident memory in MiB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return None


def bodies(folder, model):
    """One request per image."""
    urls = [None]
    if folder:
        files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.suffix in (".png", ".jpg"))[:64]
        urls = ["data:image/%s;base64,%s" % (path.suffix[1:].replace("jpg", "jpeg"), base64.b64encode(path.read_bytes()).decode())
                for path in files]
    made = []
    for url in urls:
        content = [{"type": "text", "text": "What is in the image?"}]
        if url:
            content.append({"type": "image_url", "image_url": {"url": url}})
        made.append(json.dumps({"model": model, "messages": [{"role": "user", "content": content}]}))
    return made


class Client(threading.Thread):
    def __init__(self, number, options, requests, end):
        super().__init__(daemon=True)
        self.number, self.options, self.requests, self.end = number, options, requests, end
        self.seconds, self.errors, self.batches = [], [], []

    def run(self):
        url = urllib.parse.urlparse(self.options.url)
        headers = {"Content-Type": "application/json"}
        if self.options.token:
            headers["Authorization"] = "Bearer " + self.options.token
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        turn = self.number
        while time.monotonic() < self.end:
            start = time.monotonic()
            try:
                connection.request("POST", "/v1/chat/completions", self.requests[turn % len(self.requests)], headers)
                response = connection.getresponse()
                body = response.read()
                if response.status == 200:
                    self.seconds.append(time.monotonic() - start)
                    self.batches.append(json.loads(body)["karuta"]["batch"])
                else:
                    self.errors.append(f"{response.status} {body[:200]!r}")
            except Exception as failed:
                self.errors.append(repr(failed))
                connection.close()
            turn += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--images")
    parser.add_argument("--token")
    parser.add_argument("--pid", type=int)
    options = parser.parse_args()
    url = urllib.parse.urlparse(options.url)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    connection.request("GET", "/v1/models", headers={"Authorization": "Bearer " + options.token} if options.token else {})
    model = json.load(connection.getresponse())["data"][0]["id"]
    requests = bodies(options.images, model)
    before = rss(options.pid) if options.pid else None
    start = time.monotonic()
    clients = [Client(number, options, requests, start + options.seconds) for number in range(options.clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.monotonic() - start
    seconds = sorted(second for client in clients for second in client.seconds)
    errors = [error for client in clients for error in client.errors]
    batches = [batch for client in clients for batch in client.batches]
    at = lambda share: seconds[min(len(seconds) - 1, int(share * len(seconds)))] if seconds else float("nan")
    print(json.dumps({
        "clients": options.clients, "seconds": round(took, 1), "answers": len(seconds), "errors": len(errors),
        "per_second": round(len(seconds) / took, 2), "p50": round(at(0.5), 3), "p95": round(at(0.95), 3), "p99": round(at(0.99), 3),
        "mean_batch": round(sum(batches) / max(1, len(batches)), 2),
        "rss_before_mib": before, "rss_after_mib": rss(options.pid) if options.pid else None}))
    for error in errors[:5]:
        print("  " + error)
    return 1 if errors or not seconds else 0


if __name__ == "__main__":
    raise SystemExit(main())
