"""Damaged picture files, and what Pillow makes of them: `picture_fuzz.py FIXTURES OUT COUNT [SEED]`.

Then `karuta.picture.Compared OUT` (among the tests of karuta.picture) says which of them are read otherwise.
"""

import hashlib
import io
import pathlib
import random
import struct
import sys
import warnings
import zlib

import numpy
from PIL import Image

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def flip(content, draw, _):
    for _ in range(draw.choice((1, 1, 2, 8))):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def flip_in_front(content, draw, _):
    content[draw.randrange(min(len(content), 60))] = draw.randrange(256)


def extreme(content, draw, _):
    length = draw.choice((1, 2, 4))
    value = draw.choice(EXTREMES) % (1 << 8 * length)
    at = draw.randrange(max(1, min(len(content), draw.choice((40, 200, 10_000))) - length))
    content[at : at + length] = value.to_bytes(length, draw.choice(("little", "big")))


def cut(content, draw, _):
    del content[draw.randrange(len(content)) :]


def drop(content, draw, _):
    at = draw.randrange(len(content))
    del content[at : at + draw.randrange(1, 40)]


def double(content, draw, _):
    at = draw.randrange(len(content))
    content[at:at] = content[at : at + draw.randrange(1, 40)]


def splice(content, draw, other):
    at, start = draw.randrange(len(content)), draw.randrange(len(other))
    part = other[start : start + draw.randrange(1, 60)]
    content[at : at + (len(part) if draw.random() < 0.5 else 0)] = part


def sums(content):
    """PNG's checksums made right again, or nearly nothing would be looked at behind them."""
    at = 8
    while at + 12 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        if at + 12 + length > len(content):
            return
        content[at + 8 + length : at + 12 + length] = struct.pack(
            ">I", zlib.crc32(content[at + 4 : at + 8 + length])
        )
        at += 12 + length


def mutated(files, draw):
    name, content = draw.choice(files)
    content, other = bytearray(content), draw.choice(files)[1]
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        draw.choice((flip, flip, flip_in_front, extreme, extreme, cut, drop, double, splice))(content, draw, other)
        content = content if len(content) > 4 else bytearray(5)
    if content[1:4] == b"PNG" and draw.random() < 0.8:
        sums(content)
    return name, bytes(content)


def seen(content):
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"))
        if image.width * image.height > Image.MAX_IMAGE_PIXELS:
            return "refused"
        rgb = numpy.array(image.convert("RGB"))
    except Exception:
        return "refused"
    return f"{rgb.shape[1]} x {rgb.shape[0]} {hashlib.sha256(rgb.tobytes()).hexdigest()}"


def main(fixtures, out, count, seed=1):
    warnings.simplefilter("ignore")
    draw = random.Random(int(seed))
    files = [(f.name, f.read_bytes()) for f in sorted(pathlib.Path(fixtures).iterdir()) if f.is_file()]
    files = [(n, c) for n, c in files if not n.endswith(".txt") and len(c) < 5000]
    out = pathlib.Path(out)
    out.mkdir(parents=True)
    with open(out / "decoded.txt", "w") as lines:
        for i in range(int(count)):
            name, content = mutated(files, draw)
            name = f"{i:06d}-{name}"
            (out / name).write_bytes(content)
            print(name, seen(content), file=lines, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
