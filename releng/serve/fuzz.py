"""Sends a pool in service requests that are broken in many ways, and looks whether it gives itself away or suffers.

    python3 fuzz.py URL [--requests 2000] [--seed 1] [--pool FOLDER]

Requests are whole ones of every kind that was changed at random: bytes, lengths, JSON, data URLs, images, paths, headers. Nothing may
come back that looks like the program's inside, the service must answer as before, and, with --pool, no file of the pool may have
changed. The exit code is 1 if any of that is not so.
"""

import argparse
import base64
import collections
import hashlib
import json
import pathlib
import random
import re
import socket
import struct
import sys
import urllib.parse
import urllib.request
import zlib

INSIDE = re.compile(rb"\tat |Traceback|[a-z]+\.[a-z]+\.[A-Z]\w+Exception|\.java:\d|org\.eclipse|karuta\.serve|root:x:0")
PATHS = ["/v1/chat/completions", "/api/ask", "/v1/models", "/v1/models/team", "/api/pool", "/health", "/health/live", "/metrics", "/",
         "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/api/pool/..%5c..", "/.git/config",
         "/pool.json", "/cards/", "/api/ask;x=1", "/api/ask%00", "/" + "a" * 9000]
URLS = ["http://127.0.0.1:1/", "file:///etc/passwd", "data:image/png;base64,", "data:,x", "ftp://x", "jar:file:/x!/y", "data:image/png;base64,%%%"]


def png(width, height, data=b""):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", data or zlib.compress(b"\0" * (1 + 3 * width) * height)) + chunk(b"IEND", b""))


def url(random):
    kind = random.randrange(6)
    if kind == 0:
        return random.choice(URLS)
    content = bytearray({1: png(4, 4), 2: png(90000, 90000, b"x"), 3: png(30000, 30000, zlib.compress(b"\0" * 100000)), 4: png(1, 1),
                         5: bytes(random.randrange(256) for _ in range(random.randrange(400)))}[kind])
    for _ in range(random.randrange(4)):
        if content:
            content[random.randrange(len(content))] = random.randrange(256)
    return "data:image/png;base64," + base64.b64encode(bytes(content)).decode()


def value(random, depth=0):
    kind = random.randrange(9 if depth < 4 else 6)
    return [None, True, random.random() * 1e300, "x" * random.randrange(2000), "\u0000\ud83d\u202e\ufffe", random.randrange(-9, 9),
            [], {}, None][kind] if kind < 6 or random.random() < 0.3 else (
        [value(random, depth + 1) for _ in range(random.randrange(4))] if kind < 8
        else {random.choice(["role", "content", "type", "url", "model"]): value(random, depth + 1) for _ in range(3)})


def body(random):
    question = {"model": "team", "messages": [{"role": "user", "content": [
        {"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": url(random)}}]}], "stream": random.random() < 0.2}
    if random.random() < 0.3:
        question = {"question": "What?", "images": [url(random)], "earlier": value(random)}
    for _ in range(random.randrange(3)):
        question[random.choice(list(question) + ["n", "tools", "max_tokens", "stream_options"])] = value(random)
    text = json.dumps(question).encode()
    return random.choice([text] * 6 + [b"[" * 50000, b'{"a":' * 20000, text[:len(text) // 2], b"\xff\xfe" + text, b""])


def request(random):
    content = body(random)
    length = random.choice([len(content)] * 8 + [0, len(content) + 7, 10 ** 12, -1])
    chunked = random.random() < 0.1
    head = "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: %s\r\n%s\r\n" % (
        random.choice(["POST"] * 6 + ["GET", "GET", "HEAD", "PUT", "TRACE", "CONNECT", "x"]),
        random.choice(PATHS), random.choice(["127.0.0.1"] * 9 + ["evil.example"]),
        random.choice(["application/json"] * 9 + ["multipart/form-data; boundary=x"]),
        "Transfer-Encoding: chunked\r\n" if chunked else "Content-Length: %d\r\n" % length)
    if chunked:
        content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
    whole = bytearray(head.encode("latin-1", "replace") + content)
    if random.random() < 0.3:
        for _ in range(random.randrange(1, 6)):
            whole[random.randrange(len(whole))] = random.randrange(256)
    return bytes(whole)


def hashes(folder):
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pool")
    options = parser.parse_args()
    address = urllib.parse.urlparse(options.url)
    rand = random.Random(options.seed)
    before = hashes(options.pool) if options.pool else {}
    told, given_away = collections.Counter(), []
    for number in range(options.requests):
        with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
            sent = request(rand)
            answer = b""
            try:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    answer += part
            except OSError:
                pass
            told[answer[9:12].decode("latin-1") or "no answer"] += 1
            if INSIDE.search(answer):
                given_away.append((number, answer[:500]))
    alive = urllib.request.urlopen(options.url + "/health").status
    changed = options.pool and hashes(options.pool) != before
    print(json.dumps({"requests": options.requests, "status": dict(sorted(told.items())), "inside": len(given_away),
                      "alive": alive, "pool_changed": bool(changed)}))
    for number, answer in given_away[:5]:
        print("  request %d: %r" % (number, answer))
    return 1 if given_away or alive != 200 or changed else 0


if __name__ == "__main__":
    sys.exit(main())
