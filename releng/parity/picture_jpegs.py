"""JPEG files of all kinds: what Pillow and libjpeg-turbo's `cjpeg` write, and what is made of that byte by byte."""

import io
import struct
import subprocess

from PIL import Image, ImageCms

from drawings import noise, waves


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def cjpeg(pixels, *options):
    """Kinds that Pillow does not write: any sampling, any order of scans, arithmetic coding."""
    picture = encoded(Image.fromarray(pixels), "PPM")
    return subprocess.run(["cjpeg", *options], input=picture, stdout=subprocess.PIPE, check=True).stdout


def segments(content):
    """Markers and contents before the first scan, and the rest."""
    at, found = 2, []
    while content[at + 1] != 0xDA:
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        found.append((content[at + 1], content[at + 4 : at + 2 + length]))
        at += 2 + length
    return found, content[at:]


def joined(found, rest):
    parts = [struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content for marker, content in found]
    return b"\xff\xd8" + b"".join(parts) + rest


def without_notes(content):
    found, rest = segments(content)
    return joined([(m, c) for m, c in found if not 0xE0 <= m <= 0xEF], rest)


def noted(content, *notes):
    """With application segments in front."""
    found, rest = segments(content)
    return joined(list(notes) + found, rest)


def numbered(content, ids):
    """With other numbers of the channels, in the frame and in all scans."""
    found, rest = segments(content)
    old = []
    for i, (marker, frame) in enumerate(found):
        if marker in (0xC0, 0xC1, 0xC2):
            frame = bytearray(frame)
            old = [frame[6 + 3 * c] for c in range(frame[5])]
            for c, number in enumerate(ids):
                frame[6 + 3 * c] = number
            found[i] = (marker, bytes(frame))
    names, rest, at = dict(zip(old, ids)), bytearray(rest), 0
    while (at := rest.find(b"\xff\xda", at)) >= 0:
        for c in range(rest[at + 4]):
            rest[at + 5 + 2 * c] = names[rest[at + 5 + 2 * c]]
        at += 2
    return joined(found, bytes(rest))


JFIF = (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")


def adobe(transform):
    return 0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform])


def profile(space):
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()
    return content[:24] + bytes(12) + content[36:]  # without its date


def linear():
    """sRGB's profile with a straight line for its curves, as cameras' linear profiles have."""
    content = bytearray(profile("sRGB"))
    for i in range(struct.unpack(">I", content[128:132])[0]):
        name, offset, length = struct.unpack(">4sII", content[132 + 12 * i : 144 + 12 * i])
        if name in (b"rTRC", b"gTRC", b"bTRC"):
            content[offset : offset + length] = (b"curv" + bytes(8)).ljust(length, b"\0")
    return bytes(content)


def exif(orientation, order=">", kind=3):
    value = struct.pack(order + ("HH" if kind == 3 else "I"), *([orientation, 0] if kind == 3 else [orientation]))
    head = (b"MM" if order == ">" else b"II") + struct.pack(order + "HI", 42, 8)
    return head + struct.pack(order + "HHHI", 1, 274, kind, 1) + value + bytes(4)


def xmp(orientation):
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d tiff:Orientation="{orientation}"/></x:xmpmeta>'.encode()


def files():
    made = {}
    drawing = waves(29, 23)
    colour = Image.fromarray(drawing)
    rough = noise(21, 19, 3, 60)
    plain = encoded(colour, "JPEG", subsampling=0, quality=90)
    for name in ("1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x4", "3x1", "1x3", "3x2"):
        made[f"jpeg-sampling-{name}.jpg"] = cjpeg(drawing, "-quality", "85", "-sample", f"{name},1x1,1x1")
        made[f"jpeg-rough-{name}.jpg"] = cjpeg(rough, "-quality", "70", "-sample", f"{name},1x1,1x1")
    for name, sampling in (
        ("luma-subsampled", "1x1,2x2,2x2"),
        ("mixed", "2x2,2x1,1x2"),
        ("mixed-2", "2x2,1x2,2x1"),
        ("mixed-3", "2x1,1x1,2x1"),
    ):
        made[f"jpeg-sampling-{name}.jpg"] = cjpeg(drawing, "-quality", "85", "-sample", sampling)
    for width, height in ((1, 1), (2, 1), (1, 2), (3, 3), (4, 4), (5, 2), (2, 9), (7, 16), (16, 7), (17, 17), (8, 8)):
        made[f"jpeg-{width}x{height}-420.jpg"] = cjpeg(noise(width, height, 3, 61), "-sample", "2x2")
        made[f"jpeg-{width}x{height}-440.jpg"] = cjpeg(noise(width, height, 3, 62), "-sample", "1x2")
    made["jpeg-progressive-440.jpg"] = cjpeg(drawing, "-progressive", "-sample", "1x2")
    made["jpeg-progressive-420.jpg"] = cjpeg(drawing, "-progressive", "-sample", "2x2")
    made["jpeg-progressive-grey.jpg"] = cjpeg(drawing, "-progressive", "-grayscale")
    made["jpeg-progressive-restart.jpg"] = cjpeg(drawing, "-progressive", "-restart", "1")
    made["jpeg-restart-blocks.jpg"] = cjpeg(drawing, "-restart", "2B")
    made["jpeg-fine-tables.jpg"] = cjpeg(drawing, "-quality", "1")
    made["jpeg-best.jpg"] = cjpeg(rough, "-quality", "100", "-sample", "1x1")
    made["jpeg-rgb.jpg"] = cjpeg(drawing, "-rgb", "-quality", "95")
    made["jpeg-rgb-progressive.jpg"] = cjpeg(drawing, "-rgb", "-progressive")
    made["jpeg-grey-sampled.jpg"] = cjpeg(drawing, "-grayscale", "-sample", "2x2")

    bare = without_notes(plain)
    made["jpeg-no-notes.jpg"] = bare
    for name, ids in (
        ("012", (0, 1, 2)),
        ("rgb", b"RGB"),
        ("bgr", b"BGR"),
        ("ycc", b"YCc"),
        ("345", (34, 35, 36)),
        ("312", (3, 1, 2)),
    ):
        made[f"jpeg-ids-{name}.jpg"] = numbered(bare, ids)
        made[f"jpeg-ids-{name}-jfif.jpg"] = noted(numbered(bare, ids), JFIF)
        made[f"jpeg-ids-{name}-adobe-1.jpg"] = noted(numbered(bare, ids), adobe(1))
        made[f"jpeg-ids-{name}-adobe-0.jpg"] = noted(numbered(bare, ids), adobe(0))
    for transform in (0, 1, 2, 7):
        made[f"jpeg-adobe-{transform}.jpg"] = noted(bare, adobe(transform))
        made[f"jpeg-adobe-{transform}-jfif.jpg"] = noted(bare, JFIF, adobe(transform))
    made["jpeg-short-adobe.jpg"] = noted(bare, (0xEE, b"Adobe\0\x64\0\0"))
    made["jpeg-short-jfif.jpg"] = noted(numbered(bare, b"RGB"), (0xE0, b"JFIF\0\1\1"))
    made["jpeg-comment.jpg"] = noted(plain, (0xFE, b"a comment"))
    made["jpeg-padded-markers.jpg"] = plain.replace(b"\xff\xdb", b"\xff\xff\xff\xdb", 1)

    cmyk = encoded(Image.fromarray(noise(21, 19, 4, 63), "CMYK"), "JPEG", quality=90)
    smooth = encoded(colour.convert("CMYK"), "JPEG", quality=80)
    for name, content in (("rough", cmyk), ("smooth", smooth)):
        made[f"jpeg-cmyk-{name}.jpg"] = content
        for transform in (0, 1, 2):
            made[f"jpeg-cmyk-{name}-{transform}.jpg"] = noted(without_notes(content), adobe(transform))
        made[f"jpeg-cmyk-{name}-bare.jpg"] = without_notes(content)
    made["jpeg-cmyk-progressive.jpg"] = encoded(colour.convert("CMYK"), "JPEG", progressive=True)
    made["jpeg-cmyk-profile.jpg"] = encoded(colour.convert("CMYK"), "JPEG", icc_profile=profile("LAB"))

    made["jpeg-linear-profile.jpg"] = encoded(colour, "JPEG", icc_profile=linear())
    made["jpeg-lab-profile.jpg"] = encoded(colour, "JPEG", icc_profile=profile("LAB"))
    made["jpeg-broken-profile.jpg"] = encoded(colour, "JPEG", icc_profile=b"no profile" * 20)
    made["jpeg-grey-profile.jpg"] = encoded(colour.convert("L"), "JPEG", icc_profile=linear())

    found, rest = segments(plain)
    made["jpeg-no-tables.jpg"] = joined([(m, c) for m, c in found if m != 0xC4], rest)
    made["jpeg-more-behind.jpg"] = plain + b"what a camera appends" * 3
    made["jpeg-two.jpg"] = plain + encoded(colour.convert("L"), "JPEG")

    small = encoded(Image.fromarray(waves(13, 9)), "JPEG")
    for name, notes in (
        ("little-endian", exif(6, "<")),
        ("long", exif(8, ">", 4)),
        ("out-of-range", exif(9)),
    ):
        made[f"exif-{name}.jpg"] = noted(small, (0xE1, b"Exif\0\0" + notes))
    made["exif-xmp.jpg"] = noted(small, (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(6)))
    made["exif-and-xmp.jpg"] = noted(
        small, (0xE1, b"Exif\0\0" + exif(3)), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(6))
    )
    return made


def refused():
    drawing = waves(29, 23)
    plain = encoded(Image.fromarray(drawing), "JPEG", subsampling=0)
    progressive = cjpeg(drawing, "-progressive")
    found, rest = segments(plain)
    return {
        "cut-in-header.jpg": plain[:200],
        "no-end.jpg": plain[:-2],
        "cut-progressive.jpg": progressive[:-200],
        "cut-last-byte-progressive.jpg": progressive[:-2],
        "twelve-bits.jpg": joined([(m, b"\x0c" + c[1:] if m == 0xC0 else c) for m, c in found], rest),
        "no-height.jpg": joined([(m, c[:1] + bytes(2) + c[3:] if m == 0xC0 else c) for m, c in found], rest),
        "two-channels.jpg": joined([(m, c[:5] + b"\2" + c[6:12] if m == 0xC0 else c) for m, c in found], rest),
        "far-too-large.jpg": joined([(m, c[:1] + b"\x20\0\x20\0" + c[5:] if m == 0xC0 else c) for m, c in found], rest),
        "start-only.jpg": b"\xff\xd8\xff",
        # what Pillow reads, but nobody else is sure to read alike
        "arithmetic.jpg": cjpeg(drawing, "-arithmetic"),
    }
