"""Pictures of all kinds, and what Pillow and the image processors of Transformers make of them."""

import hashlib
import io
import struct
import zlib

import numpy
import torch
from PIL import Image, ImageCms, ImageOps
from transformers.image_transforms import convert_to_rgb
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

import reference

SIDE = 28


def noise(width, height, channels, seed):
    return numpy.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=numpy.uint8)


def waves(width, height):
    """Smooth colours, so that JPEG keeps them and rounding shows."""
    y, x = numpy.mgrid[0:height, 0:width]
    bands = [numpy.sin(x / 7 + c) * numpy.cos(y / 5 - c) * 127 + 128 for c in range(3)]
    return numpy.stack(bands, -1).astype(numpy.uint8)


def checks(width, height):
    y, x = numpy.mgrid[0:height, 0:width]
    return numpy.repeat(((x + y) % 2 * 255).astype(numpy.uint8)[..., None], 3, -1)


def png(width, height, depth, colour, rows, extra=b""):
    """A PNG file of a kind that Pillow reads but does not write. Rows are bytes, without the filter byte."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
    return b"\x89PNG\r\n\x1a\n" + head + extra + data + chunk(b"IEND", b"")


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain():
    """File contents by name."""
    files = {}
    sizes = [
        (37, 53),
        (53, 37),
        (28, 28),
        (29, 28),
        (28, 31),
        (1, 1),
        (1, 9),
        (9, 1),
        (2, 150),
        (150, 2),
        (91, 33),
        (39, 97),
    ]
    for i, (w, h) in enumerate(sizes):
        files[f"noise-{w}x{h}.png"] = encoded(Image.fromarray(noise(w, h, 3, i)), "PNG")
    files["checks-45x63.png"] = encoded(Image.fromarray(checks(45, 63)), "PNG")
    files["waves-57x40.png"] = encoded(Image.fromarray(waves(57, 40)), "PNG")
    files["waves-7x11.png"] = encoded(Image.fromarray(waves(7, 11)), "PNG")
    files["waves-40x30.bmp"] = encoded(Image.fromarray(waves(40, 30)), "BMP")
    files["large-640x413.jpg"] = encoded(Image.fromarray(waves(640, 413)), "JPEG", quality=90)
    return files


def kinds():
    files = {}
    colour, grey = Image.fromarray(waves(41, 35)), Image.fromarray(waves(41, 35)).convert("L")
    files["grey.png"] = encoded(grey, "PNG")
    files["grey-alpha.png"] = encoded(Image.fromarray(noise(35, 41, 2, 30), "LA"), "PNG")
    files["alpha.png"] = encoded(Image.fromarray(noise(35, 41, 4, 31), "RGBA"), "PNG")
    files["palette.png"] = encoded(colour.quantize(64), "PNG")
    files["palette-4bit.png"] = encoded(colour.quantize(16), "PNG", bits=4)
    files["palette-transparent.png"] = encoded(colour.quantize(64), "PNG", transparency=3)
    files["colour-transparent.png"] = encoded(colour, "PNG", transparency=tuple(waves(41, 35)[0, 0].tolist()))
    files["bits.png"] = encoded(grey.convert("1"), "PNG")
    rows = noise(9, 30, 1, 32)[..., 0]
    files["grey-2bit.png"] = png(35, 30, 2, 0, [row.tobytes() for row in rows])
    files["grey-4bit.png"] = png(17, 30, 4, 0, [row.tobytes() for row in rows])
    deep = numpy.random.default_rng(33).integers(0, 1 << 16, (30, 29, 3), dtype=numpy.uint16)
    files["colour-16bit.png"] = png(29, 30, 16, 2, [row.astype(">u2").tobytes() for row in deep])
    return files


def jpegs():
    files = {}
    colour = Image.fromarray(waves(61, 45))
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        files[f"jpeg-{name}.jpg"] = encoded(colour, "JPEG", subsampling=sampling, quality=90)
    files["jpeg-progressive.jpg"] = encoded(colour, "JPEG", progressive=True, quality=75)
    files["jpeg-poor.jpg"] = encoded(colour, "JPEG", quality=20, optimize=True)
    files["jpeg-restart.jpg"] = encoded(colour, "JPEG", restart_marker_rows=1)
    files["jpeg-grey.jpg"] = encoded(colour.convert("L"), "JPEG")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]  # without its date
    files["jpeg-profile.jpg"] = encoded(colour, "JPEG", icc_profile=profile)
    files["jpeg-1x1.jpg"] = encoded(Image.fromarray(waves(1, 1)), "JPEG")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        files[f"exif-{orientation}.jpg"] = encoded(Image.fromarray(waves(24, 16)), "JPEG", exif=exif)
    return files


def refused():
    colour = Image.fromarray(waves(61, 45))
    return {
        "cmyk.jpg": encoded(colour.convert("CMYK"), "JPEG"),
        "cut.jpg": encoded(colour, "JPEG")[:-300],
        "cut.png": encoded(colour, "PNG")[:-300],
        "grey-16bit.png": png(3, 2, 16, 0, [bytes(6), bytes(6)]),
        "no-pixels.png": png(0, 5, 8, 2, [b""] * 5),
        "huge.png": png(100_000, 100_000, 8, 2, []),
        "text.png": b"This is no picture.\n",
        "empty.png": b"",
    }


def write(out):
    folder = out / "images"
    for part in ("", "refused"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, content in refused().items():
        (folder / "refused" / name).write_bytes(content)
    cropping = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
    padding = LlavaImageProcessorPil(
        do_pad=True, size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    stretching = CLIPImageProcessorPil(size={"height": SIDE, "width": 40}, crop_size={"height": SIDE, "width": 30})
    eight_bits = {"do_rescale": False, "do_normalize": False, "return_tensors": "pt"}
    expected = {}
    for name, content in {**plain(), **kinds(), **jpegs()}.items():
        (folder / name).write_bytes(content)
        image = Image.open(io.BytesIO(content))
        rgb = numpy.array(image.convert("RGB"))
        if name.startswith("large"):
            real = CLIPImageProcessorPil(size={"shortest_edge": 336}, crop_size={"height": 336, "width": 336})
            pixels = real(image, **eight_bits)["pixel_values"][0].to(torch.uint8).permute(1, 2, 0)
            digest = hashlib.sha256(pixels.contiguous().numpy().tobytes()).digest()
            expected[f"{name}/digest"] = torch.tensor(list(digest), dtype=torch.uint8)
            continue
        expected[f"{name}/stored"] = torch.from_numpy(rgb)
        seen = numpy.array(convert_to_rgb(image, return_numpy=True))
        if not numpy.array_equal(seen, rgb):
            expected[f"{name}/seen"] = torch.from_numpy(seen)
        for what, processor in (("cropped", cropping), ("padded", padding), ("stretched", stretching)):
            pixels = processor(image, **eight_bits)["pixel_values"][0]
            expected[f"{name}/{what}"] = pixels.to(torch.uint8).permute(1, 2, 0)
        if name.startswith(("waves-5", "alpha", "jpeg-420")):
            expected[f"{name}/values"] = cropping(image, return_tensors="pt")["pixel_values"][0]
            expected[f"{name}/padded_values"] = padding(image, return_tensors="pt")["pixel_values"][0]
        if name.startswith("exif"):
            upright = numpy.array(ImageOps.exif_transpose(image).convert("RGB"))
            expected[f"{name}/upright"] = torch.from_numpy(upright)
    reference.save(expected, out / "images.safetensors")
    cropping.save_pretrained(folder)
