"""Changes what a pool in service answers by, again and again under load, and says how much memory its process takes.

    python3 swaps.py URL PID revisions FOLDER [--times 50]       FOLDER: the pool; each time an empty commit is its newest revision
    python3 swaps.py URL PID jars FOLDER [--times 100]           FOLDER: the dropins folder; the one jar in it is replaced by another one

A question is asked all the time by each of four clients; all must be answered. The jar gets another file inside each time, so that
its code counts as another one. Memory is that of the process (RSS), and the number of live arrays is counted by jcmd. The exit code is 1 if a
question was not answered, or a change did not count within five seconds.
"""

import argparse
import json
import pathlib
import os
import statistics
import subprocess
import threading
import time
import urllib.request
import zipfile

WITHIN = 5  # seconds
ASKED = json.dumps({"question": "What is a card?"}).encode()


def ask(url):
    request = urllib.request.Request(url + "/api/ask", ASKED, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def rss(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024


def arrays(pid):
    """Live arrays of DJL, after a garbage collection."""
    told = subprocess.run(["jcmd", str(pid), "GC.class_histogram"], capture_output=True, text=True).stdout
    return sum(int(line.split()[1]) for line in told.splitlines() if line.strip().endswith("PtNDArray"))


def opened(url):
    """How often a pool was opened since the service began."""
    for line in urllib.request.urlopen(url + "/metrics", timeout=60).read().decode().splitlines():
        if line.startswith("karuta_openings "):
            return float(line.split()[1])


def commit(pool, number):
    subprocess.run(["git", "-C", pool, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false", "commit",
                    "-q", "--allow-empty", "-m", f"Swap {number}"], check=True)


def replace(dropins, number):
    jar = next(pathlib.Path(dropins).glob("*.jar"))
    draft = jar.with_suffix(".part")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "version.txt":
                new.writestr(name, old.read(name))
        new.writestr("version.txt", str(number))
    os.replace(draft, jar)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("pid", type=int)
    parser.add_argument("what", choices=["revisions", "jars"])
    parser.add_argument("folder")
    parser.add_argument("--times", type=int, default=50)
    options = parser.parse_args()
    over, errors, answers = threading.Event(), [], [0]

    def client():
        while not over.is_set():
            try:
                ask(options.url)
                answers[0] += 1
            except Exception as failed:
                errors.append(repr(failed))

    threads = [threading.Thread(target=client, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    memory, live, took = [], [], []
    for number in range(options.times):
        before = opened(options.url)
        start = time.monotonic()
        (commit if options.what == "revisions" else replace)(options.folder, f"{start}-{number}")
        while opened(options.url) == before and time.monotonic() < start + 60:
            time.sleep(0.1)
        took.append(time.monotonic() - start)
        if number % 10 == 9 or number in (0, options.times - 1):
            live.append(arrays(options.pid))
            memory.append(round(rss(options.pid)))
    over.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"changes": options.times, "answers": answers[0], "errors": len(errors), "rss_mib": memory, "live_arrays": live,
                      "seconds_median": round(statistics.median(took), 2), "seconds_most": round(max(took), 2)}))
    for error in errors[:5]:
        print("  " + error)
    return 1 if errors or max(took) > WITHIN else 0


if __name__ == "__main__":
    raise SystemExit(main())
