"""Picture files of all kinds, and what Pillow makes of them."""

import hashlib
import io
import pathlib
import sys
import warnings

import numpy
from PIL import Image, ImageCms, ImageOps
from transformers.image_transforms import convert_to_rgb

import picture_jpegs
import picture_others
import picture_tiffs
from drawings import drawn, noise, waves
from picture_jpegs import encoded
from picture_others import png


def plain():
    """File contents by name."""
    files = {f"{name}.png": encoded(Image.fromarray(pixels), "PNG") for name, pixels in drawn().items()}
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
    files["palette.gif"] = encoded(colour.quantize(64), "GIF")
    files["palette-plain.gif"] = encoded(colour.quantize(16), "GIF", interlace=0)
    files["palette-transparent.gif"] = encoded(colour.quantize(64), "GIF", transparency=3)
    files["grey.gif"] = encoded(grey, "GIF")
    frames = [Image.fromarray(noise(20, 10, 3, seed)).quantize(32) for seed in (34, 35)]
    files["frames.gif"] = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
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
    """What cannot be read. Pillow reads some of it: kinds that are rare, and of which libraries make different pixels."""
    colour = Image.fromarray(waves(61, 45))
    gif = encoded(colour.quantize(64), "GIF")
    return {
        "cut.jpg": encoded(colour, "JPEG")[:-300],
        "cut.png": encoded(colour, "PNG")[:-300],
        "cut.gif": gif[:-300],
        "no-pixels.png": png(0, 5, 8, 2, [b""] * 5),
        "huge.png": png(100_000, 100_000, 8, 2, []),
        "text.png": b"This is no picture.\n",
        "empty.png": b"",
        **picture_jpegs.refused(),
        **picture_tiffs.refused(),
        **picture_others.refused(),
    }


NOT_AS_PILLOW = {
    "arithmetic.jpg",
    "avif.avif",
    "far-too-large.jpg",
    "float.tif",
    "outside.gif",
    "pillow-group4.tif",
    "pillow-jpeg.tif",
}


def require_refusal(name, content):
    try:
        Image.open(io.BytesIO(content)).convert("RGB")
    except Exception:
        return
    if name not in NOT_AS_PILLOW:
        raise SystemExit(f"Pillow reads {name}")


def line(name, pixels):
    height, width, _ = pixels.shape
    return f"{name} {width} x {height} {hashlib.sha256(pixels.tobytes()).hexdigest()}\n"


def upright(image):
    return numpy.array(ImageOps.exif_transpose(image).convert("RGB"))


def made():
    files = [plain(), kinds(), jpegs(), picture_jpegs.files(), picture_tiffs.files(), picture_others.files()]
    return {name: content for some in files for name, content in some.items()}


def write(out):
    warnings.simplefilter("ignore")
    (out / "refused").mkdir(parents=True, exist_ok=True)
    for name, content in refused().items():
        require_refusal(name, content)
        (out / "refused" / name).write_bytes(content)
    lines = []
    for name, content in made().items():
        (out / name).write_bytes(content)
        rgb = numpy.array(Image.open(io.BytesIO(content)).convert("RGB"))
        lines.append(line(f"{name}/stored", rgb))
        seen = numpy.array(convert_to_rgb(Image.open(io.BytesIO(content)), return_numpy=True))
        if not numpy.array_equal(seen, rgb):
            lines.append(line(f"{name}/seen", seen))
        if name.startswith("exif"):
            lines.append(line(f"{name}/upright", upright(Image.open(io.BytesIO(content)))))
    (out / "decoded.txt").write_text("".join(lines), newline="\n")


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]))
