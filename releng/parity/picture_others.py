"""PNG, GIF, BMP and WebP files of all kinds, many made byte by byte."""

import struct
import zlib

import numpy
from PIL import Image

from drawings import noise, waves
from picture_jpegs import encoded, exif, linear, xmp

PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width, height, depth, colour, rows, extra=b"", interlace=0, behind=b"", parts=1):
    """A PNG file of a kind that Pillow reads but does not write. Rows are bytes, without the filter byte."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    packed = zlib.compress(b"".join(b"\0" + row for row in rows))
    step = -(-len(packed) // parts)
    data = b"".join(chunk(b"IDAT", packed[at : at + step]) for at in range(0, len(packed), step))
    return b"\x89PNG\r\n\x1a\n" + head + extra + data + behind + chunk(b"IEND", b"")


def bits(samples, depth):
    """Rows of bytes of samples [height, width, channels]."""
    rows = []
    for row in samples:
        flat = row.reshape(-1)
        if depth == 16:
            rows.append(flat.astype(">u2").tobytes())
        else:
            planes = [(flat >> (depth - 1 - b)) & 1 for b in range(depth)]
            rows.append(numpy.packbits(numpy.stack(planes, -1).reshape(-1).astype(numpy.uint8)).tobytes())
    return rows


def interlaced(samples, depth):
    rows = []
    for x, y, dx, dy in PASSES:
        part = samples[y::dy, x::dx]
        if part.shape[1]:
            rows += bits(part, depth)
    return rows


def pngs():
    made = {}
    draw = numpy.random.default_rng(80)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    palette = chunk(b"PLTE", noise(256, 1, 3, 81).tobytes())
    for kind, depths in ((0, (1, 2, 4, 8, 16)), (2, (8, 16)), (3, (1, 2, 4, 8)), (4, (8, 16)), (6, (8, 16))):
        for depth in depths:
            samples = draw.integers(0, 1 << depth, (11, 13, channels[kind]))
            if kind == 0 and depth == 16:
                samples //= 150  # or nearly all of them would be white
            given = chunk(b"PLTE", noise(1 << depth, 1, 3, 81).tobytes()) if kind == 3 else b""
            name = f"{kind}-{depth}" + ("-alpha" if kind in (4, 6) else "")
            made[f"png-{name}.png"] = png(13, 11, depth, kind, bits(samples, depth), given)
            made[f"png-{name}-interlaced.png"] = png(13, 11, depth, kind, interlaced(samples, depth), given, 1)
            if kind in (0, 2):
                first = samples[3, 4].tolist() * (3 if kind == 0 else 1)
                key = struct.pack(">H" if kind == 0 else ">HHH", *(first[:1] if kind == 0 else first))
                made[f"png-{name}-transparent.png"] = png(13, 11, depth, kind, bits(samples, depth), chunk(b"tRNS", key))
            if kind == 3:
                alphas = chunk(b"tRNS", noise(min(20, 1 << depth), 1, 1, 82).tobytes())
                made[f"png-{name}-transparent.png"] = png(13, 11, depth, kind, bits(samples, depth), given + alphas)
                one = chunk(b"tRNS", b"\xff\0\xff")
                made[f"png-{name}-transparent-one.png"] = png(13, 11, depth, kind, bits(samples, depth), given + one)
    for width, height in ((1, 1), (2, 3), (5, 1), (1, 7), (4, 4), (9, 5)):
        samples = draw.integers(0, 256, (height, width, 3))
        made[f"png-interlaced-{width}x{height}.png"] = png(
            width, height, 8, 2, interlaced(samples, 8), interlace=1
        )
    samples = draw.integers(0, 256, (9, 7, 3))
    rows = bits(samples, 8)
    made["png-palette-short.png"] = png(7, 9, 8, 3, bits(samples[..., :1], 8), chunk(b"PLTE", palette[8:38]))
    made["png-palette-missing.png"] = png(7, 9, 8, 3, bits(samples[..., :1], 8))
    made["png-parts.png"] = png(7, 9, 8, 2, rows, parts=9)
    made["png-palette-of-rgb.png"] = png(7, 9, 8, 2, rows, palette)
    made["png-gamma.png"] = png(7, 9, 8, 2, rows, chunk(b"gAMA", struct.pack(">I", 22222)))
    made["png-profile.png"] = png(7, 9, 8, 2, rows, chunk(b"iCCP", b"name\0\0" + zlib.compress(linear())))
    made["png-profile-broken.png"] = png(7, 9, 8, 2, rows, chunk(b"iCCP", b"name\0\0no deflate"))
    made["png-text.png"] = png(7, 9, 8, 2, rows, chunk(b"tEXt", b"key\0value") + chunk(b"zTXt", b"k\0\0" + zlib.compress(b"v")))
    made["png-unknown-chunk.png"] = png(7, 9, 8, 2, rows, chunk(b"abCd", b"123"))
    made["png-no-end.png"] = png(7, 9, 8, 2, rows)[:-12]
    made["png-broken-end.png"] = png(7, 9, 8, 2, rows)[:-6]
    made["png-pixels-checksum.png"] = png(7, 9, 8, 2, rows)[:-16] + b"oops" + png(7, 9, 8, 2, rows)[-12:]
    made["png-more-pixels.png"] = png(7, 8, 8, 2, rows)
    made["png-transparency-late.png"] = png(7, 9, 8, 2, rows, behind=chunk(b"tRNS", b"\0\1\0\1\0\1"))
    filters = [bytes([f]) + r for f, r in zip((0, 1, 2, 3, 4, 4, 3, 2, 1), rows)]
    good = png(7, 9, 8, 2, rows)
    head = good[: good.index(b"IDAT") - 4]
    made["png-filters.png"] = head + chunk(b"IDAT", zlib.compress(b"".join(filters))) + chunk(b"IEND", b"")
    early = zlib.compress(b"".join(b"\0" + row for row in rows[:5]))
    made["png-early-end.png"] = head + chunk(b"IDAT", early) + chunk(b"IEND", b"")
    frames = [Image.fromarray(noise(10, 8, 3, seed)) for seed in (83, 84)]
    made["png-frames.png"] = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    for orientation in (3, 6):
        made[f"exif-png-{orientation}.png"] = png(7, 9, 8, 2, rows, chunk(b"eXIf", exif(orientation)))
        made[f"exif-png-late-{orientation}.png"] = png(7, 9, 8, 2, rows, behind=chunk(b"eXIf", exif(orientation, "<")))
    made["exif-png-xmp.png"] = png(7, 9, 8, 2, rows, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(8)))
    return made


def gif(screen, frame, indices, palette=b"", local=b"", interlace=False, transparent=None, background=0, bits=8, extra=b""):
    """One frame (left, top, width, height). Codes are all literal, with a clear code now and then."""

    def table(colours):
        return 0x80 | (len(colours) // 3 - 1).bit_length() - 1 if colours else 0

    control = b"" if transparent is None else b"!\xf9\4" + bytes([1, 0, 0, transparent]) + b"\0"
    left, top, width, height = frame
    if interlace:
        order = [y for first, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(first, height, step)]
        indices = numpy.asarray(indices)[order]
    value, used = 0, 0
    since = 0
    for index in [None, *numpy.asarray(indices).reshape(-1).tolist(), None]:
        code = (1 << bits) + (1 if since and index is None else 0) if index is None else index
        if index is not None and since == (1 << bits) - 2:
            value |= (1 << bits) << used
            used += bits + 1
            since = 0
        value |= code << used
        used += bits + 1
        since += 1
    content = value.to_bytes((used + 7) // 8, "little")
    blocks = b"".join(
        bytes([len(content[at : at + 200])]) + content[at : at + 200] for at in range(0, len(content), 200)
    )
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", *screen, table(palette), background, 0)
        + palette
        + extra
        + control
        + b","
        + struct.pack("<HHHHB", left, top, width, height, table(local) | (0x40 if interlace else 0))
        + local
        + bytes([bits])
        + blocks
        + b"\0;"
    )


def gifs():
    made = {}
    indices = noise(13, 11, 1, 90)[..., 0]
    colours = noise(256, 1, 3, 91).tobytes()
    whole = (0, 0, 13, 11)
    made["gif-literal.gif"] = gif((13, 11), whole, indices, colours)
    made["gif-interlaced.gif"] = gif((13, 11), whole, indices, colours, interlace=True)
    made["gif-local.gif"] = gif((13, 11), whole, indices, colours, noise(256, 1, 3, 92).tobytes())
    made["gif-local-only.gif"] = gif((13, 11), whole, indices, local=colours)
    made["gif-no-palette.gif"] = gif((13, 11), whole, indices)
    made["gif-short-palette.gif"] = gif((13, 11), whole, indices, colours[:48])
    made["gif-grey-palette.gif"] = gif((13, 11), whole, indices, bytes(i // 3 for i in range(48)))
    made["gif-part.gif"] = gif((20, 15), (4, 3, 13, 11), indices, colours)
    made["gif-part-interlaced.gif"] = gif((20, 15), (7, 4, 13, 11), indices, colours, interlace=True)
    made["gif-part-background.gif"] = gif((20, 15), (4, 3, 13, 11), indices, colours, background=9)
    made["gif-part-transparent.gif"] = gif((20, 15), (4, 3, 13, 11), indices, colours, transparent=7)
    made["gif-part-local.gif"] = gif((20, 15), (4, 3, 13, 11), indices, colours, noise(256, 1, 3, 92).tobytes())
    made["gif-part-no-palette.gif"] = gif((20, 15), (4, 3, 13, 11), indices)
    made["gif-no-palette-transparent.gif"] = gif((13, 11), whole, indices, transparent=int(indices[0, 0]))
    made["gif-local-transparent.gif"] = gif((13, 11), whole, indices, b"", colours, transparent=int(indices[2, 2]))
    made["gif-comment.gif"] = gif((13, 11), whole, indices, colours, extra=b"!\xfe\3abc\0!\xff\x0bNETSCAPE2.0\3\1\0\0\0")
    made["gif-junk.gif"] = gif((13, 11), whole, indices, colours, extra=b"\0\0\7")
    for height in (1, 2, 3, 4, 5, 6, 8, 9):
        few = noise(3, height, 1, 93)[..., 0]
        made[f"gif-interlaced-{height}.gif"] = gif((3, height), (0, 0, 3, height), few, colours, interlace=True)
    few = noise(9, 7, 1, 94)[..., 0] % 4
    made["gif-2bit.gif"] = gif((9, 7), (0, 0, 9, 7), few, colours[:12], bits=2)
    made["gif-no-trailer.gif"] = gif((13, 11), whole, indices, colours)[:-1]
    big = noise(160, 120, 1, 95)[..., 0] // 4
    made["gif-full-table.gif"] = encoded(Image.fromarray(big).convert("P"), "GIF")
    return made


def bmp(width, height, depth, rows, compression=0, palette=b"", masks=b"", head=40, colours=0, offset=None, flip=True):
    """Rows as stored, without their padding."""
    body = b"".join(row + bytes(-len(row) % 4) for row in rows) if compression in (0, 3) else rows
    if head == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, depth)
    else:
        size = height if flip else 2**32 - height
        info = struct.pack("<IIIHHIIIIII", head, width, size, 1, depth, compression, len(body), 0, 0, colours, 0)
        info += masks.ljust(head - 40, b"\0") if head > 40 else masks
    start = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start if offset is None else offset) + info + palette + body


def bmps():
    made = {}
    colours = {depth: noise(1 << depth, 1, 4, 100).tobytes() for depth in (1, 4, 8)}
    for depth in (1, 4, 8):
        rows = [row.tobytes() for row in noise((13 * depth + 7) // 8, 11, 1, 101)[..., 0]]
        made[f"bmp-{depth}.bmp"] = bmp(13, 11, depth, rows, palette=colours[depth])
        made[f"bmp-{depth}-down.bmp"] = bmp(13, 11, depth, rows, palette=colours[depth], flip=False)
        three = b"".join(colours[depth][4 * i : 4 * i + 3] for i in range(1 << depth))
        made[f"bmp-{depth}-os2.bmp"] = bmp(13, 11, depth, rows, palette=three, head=12)
        made[f"bmp-{depth}-forgotten.bmp"] = bmp(13, 11, depth, rows, palette=colours[depth], offset=54)
        made[f"bmp-{depth}-no-offset.bmp"] = bmp(13, 11, depth, rows, palette=colours[depth], offset=0)
    greys = b"".join(bytes([i, i, i, 0]) for i in range(256))
    rows = [row.tobytes() for row in noise(13, 11, 1, 102)[..., 0]]
    made["bmp-grey.bmp"] = bmp(13, 11, 8, rows, palette=greys)
    made["bmp-few-colours.bmp"] = bmp(13, 11, 8, rows, palette=colours[8][:40], colours=10)
    rows = [row.tobytes() for row in noise(2, 11, 1, 103)[..., 0]]
    made["bmp-black-white.bmp"] = bmp(13, 11, 1, rows, palette=b"\0\0\0\0\xff\xff\xff\0")
    made["bmp-white-black.bmp"] = bmp(13, 11, 1, rows, palette=b"\xff\xff\xff\0\0\0\0\0")
    for depth in (16, 24, 32):
        rows = [row.tobytes() for row in noise(13 * depth // 8, 11, 1, 104)[..., 0]]
        made[f"bmp-{depth}.bmp"] = bmp(13, 11, depth, rows)
        made[f"bmp-{depth}-down.bmp"] = bmp(13, 11, depth, rows, flip=False)
        if depth == 24:
            made["bmp-24-os2.bmp"] = bmp(13, 11, 24, rows, head=12)
    for name, depth, masks in (
        ("565", 16, (0xF800, 0x7E0, 0x1F)),
        ("555", 16, (0x7C00, 0x3E0, 0x1F)),
        ("bgrx", 32, (0xFF0000, 0xFF00, 0xFF)),
        ("xbgr", 32, (0xFF000000, 0xFF0000, 0xFF00)),
        ("bgxr", 32, (0xFF000000, 0xFF00, 0xFF)),
        ("none", 32, (0, 0, 0)),
    ):
        rows = [row.tobytes() for row in noise(13 * depth // 8, 11, 1, 105)[..., 0]]
        alpha = "-alpha" if name == "none" else ""
        made[f"bmp-{depth}-{name}{alpha}.bmp"] = bmp(13, 11, depth, rows, 3, masks=struct.pack("<III", *masks))
    for name, masks in (
        ("abgr", (0xFF000000, 0xFF0000, 0xFF00, 0xFF)),
        ("rgba", (0xFF, 0xFF00, 0xFF0000, 0xFF000000)),
        ("bgra", (0xFF0000, 0xFF00, 0xFF, 0xFF000000)),
        ("bgar", (0xFF000000, 0xFF00, 0xFF, 0xFF0000)),
    ):
        rows = [row.tobytes() for row in noise(52, 11, 1, 106)[..., 0]]
        for head in (56, 108, 124):
            made[f"bmp-32-{name}-{head}-alpha.bmp"] = bmp(13, 11, 32, rows, 3, masks=struct.pack("<IIII", *masks), head=head)
    runs = b"\3\5\4\7\0\3abc\0\3\1\0\0" + b"\x0a\2\0\0" + b"\0\2\3\0\7\x09\0\0" + b"\x14\6\0\0"
    made["bmp-rle8.bmp"] = bmp(10, 4, 8, runs + b"\0\1", 1, colours[8])
    made["bmp-rle8-absolute.bmp"] = bmp(10, 2, 8, b"\0\x0a0123456789\0\x0aabcdefghij\0\1", 1, colours[8])
    made["bmp-rle8-jump.bmp"] = bmp(10, 4, 8, b"\4\7\0\2\3\2\3\x09\0\0\x0a\1\0\1", 1, colours[8])
    made["bmp-rle4.bmp"] = bmp(9, 3, 4, b"\x09\x12\0\0\0\5\x12\x34\x50\0\4\x67\0\0\x09\xab\0\1", 2, colours[4])
    return made


def webp_chunks(*parts):
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for n, c in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def last_in_padding(webp):
    """The chunk says one byte less than it has: the last one is padding, which libwebp reads all the same."""
    length = struct.unpack("<I", webp[16:20])[0]
    if length % 2 or not webp[-1]:
        raise SystemExit("the last byte says nothing")
    return webp[:16] + struct.pack("<I", length - 1) + webp[20:]


def webps():
    made = {}
    colour, rough = Image.fromarray(waves(29, 23)), Image.fromarray(noise(21, 19, 3, 110))
    four = Image.fromarray(numpy.concatenate([waves(21, 19), noise(21, 19, 1, 111)], -1), "RGBA")
    for quality in (0, 10, 50, 80, 100):
        made[f"webp-lossy-{quality}.webp"] = encoded(colour, "WEBP", quality=quality)
        made[f"webp-rough-{quality}.webp"] = encoded(rough, "WEBP", quality=quality, method=6)
        made[f"webp-lossy-alpha-{quality}.webp"] = encoded(four, "WEBP", quality=quality, exact=True)
    made["webp-lossless.webp"] = encoded(colour, "WEBP", lossless=True)
    made["webp-lossless-rough.webp"] = encoded(rough, "WEBP", lossless=True)
    made["webp-lossless-padding.webp"] = last_in_padding(
        encoded(Image.fromarray(noise(17, 33, 3, 112)), "WEBP", lossless=True)
    )
    made["webp-lossless-alpha.webp"] = encoded(four, "WEBP", lossless=True, exact=True)
    made["webp-lossless-palette.webp"] = encoded(colour.quantize(7).convert("RGB"), "WEBP", lossless=True)
    made["webp-lossless-palette-2.webp"] = encoded(colour.quantize(2).convert("RGB"), "WEBP", lossless=True)
    made["webp-lossless-palette-60.webp"] = encoded(colour.quantize(60).convert("RGB"), "WEBP", lossless=True)
    made["webp-alpha-quality-alpha.webp"] = encoded(four, "WEBP", quality=60, alpha_quality=30)
    for width, height in ((1, 1), (2, 3), (3, 2), (16, 16), (17, 33), (5, 1), (1, 5)):
        small = Image.fromarray(noise(width, height, 3, 112))
        made[f"webp-{width}x{height}.webp"] = encoded(small, "WEBP")
        made[f"webp-{width}x{height}-lossless.webp"] = encoded(small, "WEBP", lossless=True)
    frames = [Image.fromarray(noise(20, 14, 3, seed)) for seed in (113, 114)]
    for name, lossless in (("lossy", False), ("lossless", True)):
        made[f"webp-frames-{name}.webp"] = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=lossless)
    seen = [four, four.rotate(90).resize(four.size)]
    made["webp-frames-alpha.webp"] = encoded(seen[0], "WEBP", save_all=True, append_images=seen[1:], exact=True)
    lossless = encoded(rough, "WEBP", lossless=True)[12:]
    lossless = lossless[8 : 8 + struct.unpack("<I", lossless[4:8])[0]]
    head = struct.pack("<I", 2)[:4] + struct.pack("<I", 29)[:3] + struct.pack("<I", 24)[:3]
    frame = struct.pack("<I", 3)[:3] + struct.pack("<I", 2)[:3] + struct.pack("<I", 20)[:3] + struct.pack("<I", 18)[:3]
    frame += struct.pack("<I", 100)[:3] + b"\2"
    inner = b"VP8L" + struct.pack("<I", len(lossless)) + lossless + b"\0" * (len(lossless) % 2)
    made["webp-frames-part.webp"] = webp_chunks((b"VP8X", head), (b"ANIM", bytes(6)), (b"ANMF", frame + inner))
    made["webp-profile.webp"] = encoded(colour, "WEBP", icc_profile=linear())
    for orientation in (3, 6):
        noted = Image.Exif()
        noted[274] = orientation
        made[f"exif-webp-{orientation}.webp"] = encoded(colour, "WEBP", exif=noted)
    made["exif-webp-xmp.webp"] = encoded(colour, "WEBP", xmp=xmp(8))
    made["webp-more-behind.webp"] = encoded(colour, "WEBP") + b"appended"
    return made


def files():
    return {**pngs(), **gifs(), **bmps(), **webps()}


def refused():
    rows = bits(noise(7, 9, 3, 120), 8)
    good = png(7, 9, 8, 2, rows)
    head = good[: good.index(b"IDAT") - 4]
    indices = noise(13, 11, 1, 121)[..., 0]
    colours = noise(256, 1, 3, 122).tobytes()
    flat = gif((13, 11), (0, 0, 13, 11), indices, colours)
    webp = encoded(Image.fromarray(waves(29, 23)), "WEBP")
    lossless = encoded(Image.fromarray(noise(9, 9, 3, 123)), "WEBP", lossless=True)
    frames = [Image.fromarray(noise(20, 14, 3, seed)) for seed in (113, 114)]
    frames = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    at = frames.rindex(b"VP8 ") + 10  # how long the second frame's first part is
    odd = encoded(Image.fromarray(waves(29, 23)), "WEBP", lossless=True)
    plain = [row.tobytes() for row in noise(39, 11, 1, 124)[..., 0]]
    raw = zlib.compress(b"".join(b"\0" + row for row in rows))
    return {
        "header-checksum.png": good[:29] + b"oops" + good[33:],
        "palette-checksum.png": png(7, 9, 8, 2, rows, chunk(b"PLTE", bytes(30))[:-4] + b"oops"),
        "adler.png": head + chunk(b"IDAT", raw[:-1] + bytes([raw[-1] ^ 1])) + chunk(b"IEND", b""),
        "deflate.png": head + chunk(b"IDAT", raw[:20] + b"x" * 40) + chunk(b"IEND", b""),
        "filter.png": head + chunk(b"IDAT", zlib.compress(b"".join(b"\7" + row for row in rows))) + chunk(b"IEND", b""),
        "short-pixels.png": png(7, 10, 8, 2, rows[:9])[:-30] + chunk(b"IEND", b""),
        "no-pixels-chunk.png": head + chunk(b"IEND", b""),
        "depth.png": png(7, 9, 3, 2, rows),
        "profile-method.png": png(7, 9, 8, 2, rows, chunk(b"iCCP", b"name\0\1")),
        "text-bomb.png": png(7, 9, 8, 2, rows, chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(3 << 20)))),
        "gamma-short.png": png(7, 9, 8, 2, rows, chunk(b"gAMA", b"1")),
        "transparency-short.png": png(7, 9, 8, 2, rows, chunk(b"tRNS", b"1")),
        "palette-large.png": png(7, 9, 8, 3, bits(noise(7, 9, 1, 125), 8), chunk(b"PLTE", bytes(900))),
        "pixel-bomb.png": png(9000, 9000, 8, 2, [b"1"]),
        "signature-only.png": b"\x89PNG\r\n\x1a\n",
        "cut-header.gif": flat[:9],
        "cut-pixels.gif": flat[:-60],
        "no-frame.gif": flat[:781] + b";",
        "code-size.gif": flat[: 781 + 10] + b"\x0d" + flat[781 + 11 :],
        "empty-frame.gif": gif((13, 11), (0, 0, 0, 0), [], colours),
        "outside.gif": gif((9, 9), (0, 0, 13, 11), indices, colours),
        "cut.bmp": bmp(13, 11, 24, plain)[:-20],
        "depth.bmp": bmp(13, 11, 7, plain),
        "masks.bmp": bmp(13, 11, 16, plain, 3, masks=struct.pack("<III", 0xF, 0xF0, 0xF00)),
        "compression.bmp": bmp(13, 11, 24, b"".join(plain), 4),
        "runs-too-short.bmp": bmp(10, 4, 8, b"\4\7\0\1", 1, noise(256, 1, 4, 126).tobytes()),
        "header-length.bmp": bmp(13, 11, 24, plain)[:14] + struct.pack("<I", 41) + bmp(13, 11, 24, plain)[18:],
        "far-too-large.bmp": bmp(60000, 60000, 24, plain),
        "grey-4.bmp": bmp(13, 11, 4, [r[:7] for r in plain], palette=b"".join(bytes([i, i, i, 0]) for i in range(16))),
        "cut.webp": webp[:-40],
        "cut-lossless.webp": lossless[:-20],
        "cut-header.webp": webp[:24],
        "second-frame.webp": frames[:at] + b"\xff" + frames[at + 1 :],
        "no-padding.webp": odd[:4] + struct.pack("<I", len(odd) - 9) + odd[8:-1],
        "lossless-signature.webp": lossless[:20] + b"\0" + lossless[21:],
        "canvas.webp": webp_chunks((b"VP8X", bytes(4) + b"\5\0\0\5\0\0"), (b"VP8 ", webp[20:])),
        "avif.avif": encoded(Image.fromarray(waves(16, 16)), "AVIF"),
        "heic.jpg": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40),
        "photoshop.png": b"8BPS\0\1" + bytes(30),
        "drawing.jpg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
        "document.jpg": b"%PDF-1.7\n",
        "page.jpg": b"\n<!DOCTYPE html>\n<html><body>404</body></html>",
        "pointer.png": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "archive.png": b"PK\3\4" + bytes(30),
    }
