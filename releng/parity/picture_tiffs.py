"""TIFF files of all kinds, of which Pillow writes only some."""

import struct
import zlib

import numpy
from PIL import Image

from drawings import noise, waves
from picture_jpegs import encoded, profile

TYPES = {1: "B", 2: "B", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B"}


def tiff(tags, strips, order="<", strip_tag=273, tail=b""):
    """A file of tags {number: (type, [values])} and strips; those of their places are added."""
    tags = dict(tags)
    counts = 279 if strip_tag == 273 else 325
    tags[strip_tag] = (4, [0] * len(strips))
    tags.setdefault(counts, (4, [len(s) for s in strips]))
    size = 8 + 2 + 12 * len(tags) + 4
    extra, places = b"", {}
    for number, (kind, values) in sorted(tags.items()):
        length = struct.calcsize(order + TYPES[kind]) * len(values)
        if length > 4:
            places[number] = size + len(extra)
            extra += bytes(length + length % 2)
    at = size + len(extra)
    offsets = []
    for strip in strips:
        offsets.append(at)
        at += len(strip)
    tags[strip_tag] = (4, offsets)
    entries, extra = b"", bytearray(extra)
    for number, (kind, values) in sorted(tags.items()):
        content = struct.pack(f"{order}{len(values)}{TYPES[kind]}", *values)
        if len(content) > 4:
            extra[places[number] - size : places[number] - size + len(content)] = content
            content = struct.pack(order + "I", places[number])
        entries += struct.pack(order + "HHI", number, kind, len(values)) + content.ljust(4, b"\0")
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return head + struct.pack(order + "H", len(tags)) + entries + bytes(4) + bytes(extra) + b"".join(strips) + tail


def tags(width, height, bits, photometric, compression=1, rows=None, **more):
    made = {
        256: (3, [width]),
        257: (3, [height]),
        258: (3, bits),
        259: (3, [compression]),
        262: (3, [photometric]),
        277: (3, [len(bits)]),
        278: (3, [rows or height]),
    }
    names = {"predictor": 317, "planar": 284, "extra": 338, "order": 266, "orientation": 274, "format": 339}
    for name, value in more.items():
        made[names[name]] = (3, value if isinstance(value, list) else [value])
    return made


def packbits(content):
    out = b""
    for at in range(0, len(content), 100):
        part = content[at : at + 100]
        out += bytes([len(part) - 1]) + part
    return out + bytes([128])


def lzw(content, first=((256, 9),)):
    """Codes of twelve bits at most, the upper bits first, early change."""
    table, bits, out, width = {bytes([i]): i for i in range(256)}, 0, 0, 9
    codes, word = list(first), b""
    following = 258
    for value in content:
        longer = word + bytes([value])
        if longer in table:
            word = longer
            continue
        codes.append((table[word], width))
        table[longer] = following
        following += 1
        if following == 1 << width:
            width += 1
        if following == 4094:
            codes.append((256, 12))
            table, following, width = {bytes([i]): i for i in range(256)}, 258, 9
        word = bytes([value])
    codes.append((table[word], width))
    following += 1
    if following == 1 << width:
        width += 1
    codes.append((257, width))
    for code, length in codes:
        out, bits = out << length | code, bits + length
    pad = -bits % 8
    return (out << pad).to_bytes((bits + pad) // 8, "big")


COMPRESSED = {
    "raw": (1, lambda b: b),
    "lzw": (5, lzw),
    "deflate": (8, zlib.compress),
    "old-deflate": (32946, zlib.compress),
    "packbits": (32773, packbits),
}


def strips(rows, count):
    return [b"".join(rows[at : at + count]) for at in range(0, len(rows), count)]


def files():
    made = {}
    colour = waves(29, 23)
    grey = colour[..., 0]
    for order, letter in (("<", "ii"), (">", "mm")):
        for name, (number, compress) in COMPRESSED.items():
            rows = [row.tobytes() for row in colour]
            packed = [compress(s) for s in strips(rows, 7)]
            made[f"tiff-rgb-{name}-{letter}.tif"] = tiff(tags(29, 23, [8] * 3, 2, number, 7), packed, order)
        deep = numpy.random.default_rng(70).integers(0, 1 << 16, (11, 13, 3), dtype=numpy.uint16)
        rows = [row.astype(order + "u2").tobytes() for row in deep]
        made[f"tiff-rgb-16-{letter}.tif"] = tiff(tags(13, 11, [16] * 3, 2, 1, 4), strips(rows, 4), order)
        made[f"tiff-rgb-16-lzw-{letter}.tif"] = tiff(
            tags(13, 11, [16] * 3, 2, 5, 4), [lzw(s) for s in strips(rows, 4)], order
        )
        steps = numpy.concatenate([deep[:, :1], deep[:, 1:] - deep[:, :-1]], 1)
        rows = [row.astype(order + "u2").tobytes() for row in steps]
        made[f"tiff-rgb-16-predictor-{letter}.tif"] = tiff(
            tags(13, 11, [16] * 3, 2, 8, 4, predictor=2), [zlib.compress(s) for s in strips(rows, 4)], order
        )
        some = deep[..., 0] // 150
        rows = [row.astype(order + "u2").tobytes() for row in some]
        made[f"tiff-grey-16-{letter}.tif"] = tiff(tags(13, 11, [16], 1), [b"".join(rows)], order)
        made[f"tiff-grey-16-lzw-{letter}.tif"] = tiff(tags(13, 11, [16], 1, 5), [lzw(b"".join(rows))], order)
    for name in ("lzw", "deflate"):
        number, compress = COMPRESSED[name]
        steps = numpy.concatenate([colour[:, :1], colour[:, 1:] - colour[:, :-1]], 1).astype(numpy.uint8)
        packed = [compress(s) for s in strips([row.tobytes() for row in steps], 7)]
        made[f"tiff-rgb-{name}-predictor.tif"] = tiff(tags(29, 23, [8] * 3, 2, number, 7, predictor=2), packed)
        steps = numpy.concatenate([grey[:, :1], grey[:, 1:] - grey[:, :-1]], 1).astype(numpy.uint8)
        packed = [compress(s) for s in strips([row.tobytes() for row in steps], 7)]
        made[f"tiff-grey-{name}-predictor.tif"] = tiff(tags(29, 23, [8], 1, number, 7, predictor=2), packed)
    rows = [row.tobytes() for row in grey]
    made["tiff-grey.tif"] = tiff(tags(29, 23, [8], 1), [b"".join(rows)])
    made["tiff-grey-white-is-zero.tif"] = tiff(tags(29, 23, [8], 0), [b"".join(rows)])
    made["tiff-grey-lzw-white-is-zero.tif"] = tiff(tags(29, 23, [8], 0, 5), [lzw(b"".join(rows))])
    for bits in (1, 2, 4):
        count = (19 * bits + 7) // 8
        packed = noise(count, 11, 1, 71)[..., 0]
        content = packed.tobytes()
        for photometric in (0, 1):
            made[f"tiff-grey-{bits}bit-{photometric}.tif"] = tiff(tags(19, 11, [bits], photometric), [content])
            made[f"tiff-grey-{bits}bit-{photometric}-packbits.tif"] = tiff(
                tags(19, 11, [bits], photometric, 32773), [packbits(content)]
            )
        made[f"tiff-grey-{bits}bit-order.tif"] = tiff(tags(19, 11, [bits], 1, order=2), [content])
        table = noise(3, 1 << bits, 1, 72)[..., 0].T.reshape(-1).astype(int) * 257
        made[f"tiff-palette-{bits}bit.tif"] = tiff(
            {**tags(19, 11, [bits], 3), 320: (3, table.tolist())}, [content]
        )
    table = noise(3, 256, 1, 73)[..., 0].T.reshape(-1).astype(int) * 256
    made["tiff-palette.tif"] = tiff({**tags(29, 23, [8], 3), 320: (3, table.tolist())}, [grey.tobytes()])
    made["tiff-palette-lzw-mm.tif"] = tiff(
        {**tags(29, 23, [8], 3, 5), 320: (3, table.tolist())}, [lzw(grey.tobytes())], ">"
    )
    four = noise(15, 12, 4, 74)
    content = four.tobytes()
    for extra, name in ((0, "unspecified"), (1, "transparent-associated"), (2, "transparent")):
        made[f"tiff-rgba-{name}.tif"] = tiff(tags(15, 12, [8] * 4, 2, extra=extra), [content])
        made[f"tiff-rgba-{name}-deflate.tif"] = tiff(tags(15, 12, [8] * 4, 2, 8, extra=extra), [zlib.compress(content)])
    made["tiff-rgba-transparent-untold.tif"] = tiff(tags(15, 12, [8] * 4, 2), [content])
    two = four[..., :2].tobytes()
    made["tiff-grey-transparent.tif"] = tiff(tags(15, 12, [8] * 2, 1, extra=2), [two])
    made["tiff-grey-unspecified.tif"] = tiff(tags(15, 12, [8] * 2, 1, extra=0), [two])
    made["tiff-cmyk.tif"] = tiff(tags(15, 12, [8] * 4, 5), [content])
    made["tiff-cmyk-lzw.tif"] = tiff(tags(15, 12, [8] * 4, 5, 5), [lzw(content)])
    made["tiff-cmyk-16.tif"] = tiff(tags(15, 6, [16] * 4, 5), [content])
    made["tiff-rgb-planes.tif"] = tiff(
        tags(29, 23, [8] * 3, 2, planar=2), [colour[..., c].tobytes() for c in range(3)]
    )
    made["tiff-rgb-planes-lzw.tif"] = tiff(
        tags(29, 23, [8] * 3, 2, 5, planar=2), [lzw(colour[..., c].tobytes()) for c in range(3)]
    )
    for name in ("raw", "lzw"):
        number, compress = COMPRESSED[name]
        padded = numpy.zeros((32, 32, 3), numpy.uint8)
        padded[:23, :29] = colour
        tiles = [compress(padded[y : y + 16, x : x + 16].tobytes()) for y in (0, 16) for x in (0, 16)]
        tiled = {**tags(29, 23, [8] * 3, 2, number), 322: (3, [16]), 323: (3, [16])}
        del tiled[278]
        made[f"tiff-tiles-{name}.tif"] = tiff(tiled, tiles, strip_tag=324)
    for orientation in range(2, 9):
        small = waves(9, 6)
        made[f"tiff-orientation-{orientation}.tif"] = tiff(
            tags(9, 6, [8] * 3, 2, orientation=orientation), [small.tobytes()]
        )
    image = Image.fromarray(colour)
    made["tiff-pillow-lzw.tif"] = encoded(image, "TIFF", compression="tiff_lzw")
    made["tiff-pillow-deflate.tif"] = encoded(image, "TIFF", compression="tiff_adobe_deflate")
    made["tiff-profile.tif"] = encoded(image, "TIFF", icc_profile=profile("LAB"))
    made["tiff-pages.tif"] = encoded(
        image, "TIFF", save_all=True, append_images=[Image.fromarray(noise(5, 5, 3, 75))]
    )
    return made


def refused():
    colour = waves(29, 23)
    rows = [row.tobytes() for row in colour]
    whole = tiff(tags(29, 23, [8] * 3, 2), [b"".join(rows)])
    packed = [lzw(b"".join(rows))]
    return {
        "cut.tif": whole[:-100],
        "cut-lzw.tif": tiff(tags(29, 23, [8] * 3, 2, 5), packed)[:-100],
        "uncleared-lzw.tif": tiff(tags(29, 23, [8] * 3, 2, 5), [lzw(b"".join(rows), ())]),
        "broken-deflate.tif": tiff(tags(29, 23, [8] * 3, 2, 8), [zlib.compress(b"".join(rows))[:40] + b"x" * 300]),
        "no-size.tif": tiff({262: (3, [2])}, [b"".join(rows)]),
        "odd-bits.tif": tiff(tags(29, 23, [7] * 3, 2), [b"".join(rows)]),
        "far-too-large.tif": tiff(
            {**tags(1, 1, [8], 1, 8), 256: (4, [1 << 30]), 257: (4, [1 << 30])}, [b"x" * 20]
        ),
        "no-strips.tif": tiff({**tags(9, 9, [8], 1), 279: (4, [81])}, []),
        # what Pillow reads, but nobody else is sure to read alike
        "pillow-jpeg.tif": encoded(Image.fromarray(colour), "TIFF", compression="jpeg"),
        "pillow-group4.tif": encoded(Image.fromarray(colour).convert("1"), "TIFF", compression="group4"),
        "float.tif": tiff(tags(2, 2, [32], 1, format=3), [struct.pack("<4f", 1, 2, 3, 400)]),
    }
