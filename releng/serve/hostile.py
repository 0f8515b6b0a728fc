"""Tries on a pool in service what somebody who means it ill would try, one thing after the other, and says what came of each.

    python3 hostile.py URL [--slow 15] [--patience 30] [--pid PID]

URL is that of a service for this machine alone and without tokens; --slow and --patience are those that it was started with. For each try the
statuses are known that may come back (0: the connection ends without an answer), and how long it may take; whatever comes back may not show
the program's inside. After each the service must answer a question. With --pid the memory of that process (RSS) is told. The exit code is 1 if
anything was otherwise.
"""

import argparse
import base64
import contextlib
import gzip
import json
import pathlib
import re
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request
import zlib

INSIDE = re.compile(rb"\tat |[a-z]+\.[a-z]+\.[A-Z]\w+Exception|\.java:\d|org\.eclipse|karuta\.serve|root:x:0|[Jj]etty", re.M)
REFUSED = {400}


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, more=b"", rows=None):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * (1 + 3 * width) * height) if rows is None else rows
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zeros(megabytes):
    """So many, deflated to a thousandth."""
    deflate = zlib.compressobj(9)
    return b"".join(deflate.compress(bytes(1 << 20)) for _ in range(megabytes)) + deflate.flush()


def url(content, kind="image/png"):
    return f"data:{kind};base64," + base64.b64encode(content).decode()


def post(body, path="/api/ask", headers="Content-Type: application/json\r\n", host="127.0.0.1", version="1.1", length=None):
    content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    size = len(content) if length is None else length
    return (f"POST {path} HTTP/{version}\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {size}\r\n\r\n".encode() + content)


def get(path, host="127.0.0.1", headers="", version="1.1"):
    return f"GET {path} HTTP/{version}\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n".encode("latin-1")


def image(content, kind="image/png"):
    return post({"question": "What?", "image": url(content, kind)})


ASK = {"question": "What is a card?"}
JSON = "Content-Type: application/json\r\n"
ORIGIN = "Origin: http://evil.example\r\n"


def tries(port):
    """Name, bytes, statuses that may come back."""
    own = f"http://127.0.0.1:{port}"
    yield "a header of 20 kB", get("/", headers="X: " + "x" * 20000 + "\r\n"), {431}
    yield "5,000 headers", get("/", headers="".join(f"X{i}: y\r\n" for i in range(5000))), {431}
    yield "a path of 20 kB", get("/" + "x" * 20000), {414, 431}
    yield "a line that is folded", get("/health", headers="X: a\r\n b\r\n"), {400}
    yield "a header without a name", get("/health", headers=": a\r\n"), {400}
    yield "a line break in a path", get("/health%0d%0aSet-Cookie:%20a=b"), {400, 404}
    yield "a line break in a query", get("/api/monitor?span=%0d%0aSet-Cookie:a"), {400}
    yield "a query that is no encoding", get("/api/monitor?span=%zz"), {400}
    yield "a query that is no UTF-8", get("/api/monitor?span=%ff%fe"), {400}
    yield "a query of 7 kB", get("/api/monitor?" + "&".join(f"a{i}=b" for i in range(800))), {200, 400}
    for path in ("/../../../etc/passwd", "/page/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page/..%2f..%2fetc%2fpasswd",
                 "/page/%252e%252e/x", "/..\\..\\etc\\passwd", "//etc/passwd", "/page//app.js", "/page/app.js/", "/page/app.js;x=y",
                 "/page/app.js%00.html", "/.git/config", "/WEB-INF/web.xml", "/system/console"):
        yield "the path " + path, get(path), {400, 404}
    yield "another host's name", get("/v1/models", host="evil.example"), {421}
    yield "another host's name before ours", get("/v1/models", host="127.0.0.1.evil.example"), {421}
    yield "a user before our name", get("/v1/models", host="evil@127.0.0.1"), {400, 421}
    yield "our name with a dot", get("/v1/models", host="localhost."), {400, 421}
    yield "no host", b"GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n", {400}
    yield "two hosts", get("/v1/models", headers="Host: evil.example\r\n"), {400}
    yield "HTTP/1.0 without a host", b"GET /v1/models HTTP/1.0\r\n\r\n", {421, 400}
    yield "HTTP/1.0 with a host", get("/v1/models", version="1.0"), {200}
    yield "HTTP/0.9", b"GET /v1/models\r\n\r\n", {400, 505}
    yield "HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505, 426, 0}
    yield "an upgrade to HTTP/2", get("/v1/models", headers="Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"), {200, 400}
    yield "an upgrade to a web socket", get("/v1/models", headers="Upgrade: websocket\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n"), {200, 400}
    yield "another host in the request's line", get("http://evil.example/v1/models"), {400, 421}
    yield "TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), {400, 0}
    yield "CONNECT", b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n", {400, 405, 421}
    yield "OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", {400, 404, 405}
    yield "a page of another origin asks", post(ASK, headers=JSON + ORIGIN), {403}
    yield "a form of another origin asks", post("question=x", headers="Content-Type: application/x-www-form-urlencoded\r\n" + ORIGIN), {403}
    yield "a form of text asks", post(ASK, headers="Content-Type: text/plain\r\n"), {415}
    yield "no type asks", post(ASK, headers=""), {415}
    yield "a page without an origin asks", post(ASK, headers=JSON + "Origin: null\r\n"), {403}
    yield "a page of another port asks", post(ASK, headers=JSON + "Origin: http://127.0.0.1:1\r\n", host=f"127.0.0.1:{port}"), {403}
    yield "a page with our cookies and no origin", post(ASK, headers="Content-Type: multipart/form-data; boundary=x\r\nCookie: a=b\r\n"), {415}
    yield "a page of another site without an origin", post(ASK, headers=JSON + "Sec-Fetch-Site: cross-site\r\n"), {403}
    yield "a script of another site reads", get("/api/pool", headers="Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), {403}
    yield "a link of another site opens the page", get("/", headers="Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"), {200}
    yield "our own page asks", post(ASK, headers=JSON + f"Origin: {own}\r\nSec-Fetch-Site: same-origin\r\n", host=f"127.0.0.1:{port}"), {200}
    yield "a preflight", (f"OPTIONS /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\n{ORIGIN}Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n").encode(), {403, 405}
    for kind, status in (("application/json; charset=utf-16", 400), ("application/jsonx", 415), ("text/json", 415), ("application/json,text/plain", 415)):
        body = json.dumps(ASK).encode("utf-16" if "16" in kind else "utf-8")
        yield "the type " + kind, post(body, headers=f"Content-Type: {kind}\r\n"), {status}
    yield "gzip in a body", post(gzip.compress(json.dumps(ASK).encode()), headers=JSON + "Content-Encoding: gzip\r\n"), {415}
    yield "a gzip bomb in a body", post(gzip.compress(bytes(1 << 28)), headers=JSON + "Content-Encoding: gzip\r\n"), {415}
    yield "gzip as a transfer", (b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                 b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), {400, 501, 415}
    yield "two lengths", post(ASK, headers=JSON + "Content-Length: 3\r\n"), {400}
    yield "a length and chunks", post(ASK, headers=JSON + "Transfer-Encoding: chunked\r\n"), {400}
    yield "a length with a sign", post(ASK, length="+27"), {400}
    yield "a negative length", post(ASK, length=-1), {400}
    yield "a length beyond all numbers", post(ASK, length="9" * 40), {400, 413}
    yield "a terabyte announced", post(ASK, length=10 ** 12), {413}
    yield "a chunk of no number", (b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                                   b"Connection: close\r\n\r\nxyz\r\n"), {400}
    yield "a chunk beyond all numbers", (b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                         b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nfffffffffffffffff\r\n"), {400, 413}
    for name, body in (("100,000 brackets", "[" * 100000), ("100,000 objects", '{"a":' * 100000), ("brackets in a field", '{"question": "x", "earlier": ' + "[" * 100000),
                       ("a key twice", '{"question": "a", "question": "b"}'), ("a comment", '{"question": "a" /* x */}'), ("single quotes", "{'question': 'a'}"),
                       ("no quotes", "{question: a}"), ("NaN", '{"question": NaN}'), ("more after the end", '{"question": "a"} {}'), ("a BOM before", '\ufeff[1]'),
                       ("a number beyond all numbers", '{"question": 1e999999999}'), ("a list of all", "[]"), ("null", "null"), ("half a character", b'{"question": "\xc3"}'),
                       ("a trailing comma", '{"question": "a",}'), ("a semicolon", '{"question"; "a"}'), ("an equals sign", '{"question"="a"}')):
        yield "JSON: " + name, post(body), REFUSED
    yield "JSON: half a pair", post('{"question": "\\ud800 \\u0000 \\u202e"}'), {200, 400}
    yield "a question of 7 MB", post({"question": "a b " * 1_800_000}), REFUSED
    yield "a question of 7 MB without spaces", post({"question": "a" * 7_000_000}), REFUSED
    yield "a question of 2 MB of marks", post({"question": "\u0301" * 1_000_000}), REFUSED
    yield "100,000 turns", post({"question": "a", "earlier": [{"question": "", "answer": ""}] * 100_000}), REFUSED
    yield "100,000 images", post({"question": "a", "images": ["data:,"] * 100_000}), REFUSED
    yield "100,000 messages", post({"model": "team", "messages": [{"role": "user", "content": "a"}] * 100_000}, path="/v1/chat/completions"), {400, 404}
    yield "SVG", image(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>', "image/svg+xml"), REFUSED
    yield "SVG that says it is a PNG", image(b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'), REFUSED
    yield "HTML", image(b"<script>alert(1)</script>", "text/html"), REFUSED
    yield "an address", post({"question": "x", "image": "http://127.0.0.1:1/x.png"}), REFUSED
    yield "a file", post({"question": "x", "image": "file:///etc/passwd"}), REFUSED
    yield "a name with quotation marks", post({"question": "x", "image": 'data:image/png";x="y;base64,AAAA'}), REFUSED
    yield "2 MB of parameters", post({"question": "x", "image": "data:image/png" + ";a=b" * 500_000 + ";base64"}), REFUSED
    yield "a parameter of 2 MB", post({"question": "x", "image": "data:image/png;a=" + "b" * 2_000_000}), REFUSED
    yield "30,000 x 30,000 pixels", image(png(30000, 30000, rows=zlib.compress(b"\0" * 1000))), REFUSED
    yield "pixels beyond all numbers", image(png(2 ** 31 - 1, 2 ** 31 - 1, rows=b"x")), REFUSED
    yield "no pixels", image(png(0, 0, rows=zlib.compress(b""))), REFUSED
    yield "pixels that are not there", image(png(3000, 3000, rows=zlib.compress(b"\0" * 100))), {200, 400}
    yield "a text of 4 GB in a PNG", image(png(8, 8, chunk(b"zTXt", b"Comment\0\0" + zeros(4096)))), {200, 400}
    yield "a profile of 4 GB in a PNG", image(png(8, 8, chunk(b"iCCP", b"p\0\0" + zeros(4096)))), {200, 400}
    yield "rows of 4 GB in a PNG", image(png(8, 8, rows=zeros(4096))), {200, 400}
    yield "a GIF of 60,000 x 60,000 pixels", image(b"GIF89a" + struct.pack("<HH", 60000, 60000) + b"\x80\0\0" + bytes(6) + b"," + struct.pack("<HHHH", 0, 0, 60000, 60000) + b"\0\x02\x02D\x01\0;"), REFUSED
    yield "a BMP with a wild size", image(b"BM" + struct.pack("<IIIIiiHHIIiiII", 2 ** 31, 0, 54, 40, 2 ** 30, -2 ** 31, 1, 24, 0, 0, 0, 0, 0, 0)), REFUSED
    yield "a TIFF that goes in circles", image(b"II*\0\x08\0\0\0" + struct.pack("<HHHIIHHIII", 2, 256, 3, 1, 8, 257, 3, 1, 8, 8)), REFUSED


def read(connection, end):
    answer = b""
    with contextlib.suppress(OSError):
        while time.monotonic() < end:
            part = connection.recv(65536)
            if not part:
                break
            answer += part
    return answer


def send(address, content, patience):
    with socket.create_connection(address, timeout=patience) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(content)
        return read(connection, time.monotonic() + patience)


def drips(address, options):
    """Name, what is sent first, what then again and again, statuses, seconds until it must have ended."""
    head = "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    yield "a header that drips in", b"GET / HTTP/1.1\r\n", b"X", {0, 408}, options.patience + 2 * options.slow + 5
    yield "headers that never end", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X: y\r\n", {0, 408, 431}, options.patience + 2 * options.slow + 5
    yield "a body that drips in", (head + "Content-Length: 9999\r\n\r\n").encode(), b" ", {408}, 2 * options.slow + 5
    yield "chunks that drip in", (head + "Transfer-Encoding: chunked\r\n\r\n").encode(), b"1\r\n \r\n", {408}, 2 * options.slow + 5
    yield "a body that is announced and never sent", (head + "Expect: 100-continue\r\nContent-Length: 99\r\n\r\n").encode(), b"", {408, 400, 0}, 2 * options.slow + 5
    yield "nothing", b"", b"", {0, 408}, options.slow + 5
    yield "chunks without end", (head + "Transfer-Encoding: chunked\r\n\r\n").encode(), b"10000\r\n" + b" " * 65536 + b"\r\n", {413}, 2 * options.slow + 5


def drip(address, first, then, seconds):
    """Gives the answer, and how long it took until the connection ended."""
    start = time.monotonic()
    pause = 0.001 if len(then) > 1000 else 0.2
    with socket.create_connection(address, timeout=1) as connection:
        answer = b""
        connection.settimeout(pause)
        with contextlib.suppress(ConnectionError, BrokenPipeError):
            connection.sendall(first)
            while time.monotonic() < start + seconds + 5:
                try:
                    part = connection.recv(65536)
                    answer += part
                    if not part or b"\r\n\r\n" in answer and b"100 Continue" not in answer:
                        break
                except TimeoutError:
                    if then:
                        with contextlib.suppress(TimeoutError):
                            connection.sendall(then)
    return answer, time.monotonic() - start


def status(answer):
    match = re.match(rb"(?:HTTP/1\.1 100 Continue\r\n\r\n)?HTTP/1\.[01] (\d{3})", answer)
    return int(match.group(1)) if match else 0


def well(base):
    request = urllib.request.Request(base + "/api/ask", json.dumps(ASK).encode(), {"Content-Type": "application/json"})
    start = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.status == 200, time.monotonic() - start


def rss(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:"))


def crowd(address, options):
    """Many connections that say nothing: others get their turn again when these have been idle for long enough."""
    start = time.monotonic()
    waiting = [socket.create_connection(address, timeout=60) for _ in range(600)]
    try:
        return well(options.url)[0], time.monotonic() - start
    finally:
        for each in waiting:
            each.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--slow", type=int, default=15)
    parser.add_argument("--patience", type=int, default=30)
    parser.add_argument("--pid", type=int)
    options = parser.parse_args()
    parsed = urllib.parse.urlparse(options.url)
    address = (parsed.hostname, parsed.port)
    wrong, count = [], 0

    def tell(name, got, may, took, limit, answer):
        fine = got in may and took < limit and not INSIDE.search(answer)
        alive, after = well(options.url)
        memory = f" {rss(options.pid):6d} MiB" if options.pid else ""
        print(f"{'    ' if fine and alive else 'BAD '}{got:3d} {took:6.2f} s{memory}  {name}" + (f"  (the next question took {after:.1f} s)" if after > 2 else ""))
        if not fine or not alive:
            wrong.append(name)
            print(f"     may be {sorted(may)} within {limit} s: {answer[:600]!r}")

    for name, content, may in tries(parsed.port):
        start = time.monotonic()
        answer = send(address, content, 90)
        tell(name, status(answer), may, time.monotonic() - start, options.slow + 5, answer)
        count += 1
    for name, first, then, may, limit in drips(address, options):
        answer, took = drip(address, first, then, limit)
        tell(name, status(answer), may, took, limit, answer)
        count += 1
    answered, took = crowd(address, options)
    tell("600 connections that say nothing", 200 if answered else 0, {200}, took, 2 * options.slow + 10, b"")
    print(json.dumps({"tries": count + 1, "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
