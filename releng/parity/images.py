"""Pictures of many shapes, and what the image processors of Transformers make of them."""

import hashlib

import numpy
import torch
from PIL import Image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

import reference

SIDE = 28
SIZES = [
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


def drawn():
    """Pixels by name."""
    pictures = {f"noise-{w}x{h}": noise(w, h, 3, i) for i, (w, h) in enumerate(SIZES)}
    pictures["checks-45x63"] = checks(45, 63)
    pictures["waves-57x40"] = waves(57, 40)
    pictures["waves-7x11"] = waves(7, 11)
    return pictures


def pattern(width, height):
    """Of whole numbers only, so that a test can compute it, too."""
    y, x = numpy.mgrid[0:height, 0:width]
    return numpy.stack([(x * (c + 3) + y * y) % 251 for c in range(3)], -1).astype(numpy.uint8)


def write(out):
    cropping = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
    padding = LlavaImageProcessorPil(
        do_pad=True, size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    stretching = CLIPImageProcessorPil(size={"height": SIDE, "width": 40}, crop_size={"height": SIDE, "width": 30})
    eight_bits = {"do_rescale": False, "do_normalize": False, "return_tensors": "pt"}
    expected = {}
    for name, drawing in drawn().items():
        image = Image.fromarray(drawing)
        expected[f"{name}/stored"] = torch.from_numpy(drawing)
        for what, processor in (("cropped", cropping), ("padded", padding), ("stretched", stretching)):
            pixels = processor(image, **eight_bits)["pixel_values"][0]
            expected[f"{name}/{what}"] = pixels.to(torch.uint8).permute(1, 2, 0)
        if name in ("waves-57x40", "checks-45x63", "noise-37x53"):
            expected[f"{name}/values"] = cropping(image, return_tensors="pt")["pixel_values"][0]
            expected[f"{name}/padded_values"] = padding(image, return_tensors="pt")["pixel_values"][0]
    real = CLIPImageProcessorPil(size={"shortest_edge": 336}, crop_size={"height": 336, "width": 336})
    pixels = real(Image.fromarray(pattern(640, 413)), **eight_bits)["pixel_values"][0].to(torch.uint8)
    digest = hashlib.sha256(pixels.permute(1, 2, 0).contiguous().numpy().tobytes()).digest()
    expected["large/digest"] = torch.tensor(list(digest), dtype=torch.uint8)
    reference.save(expected, out / "images.safetensors")
    cropping.save_pretrained(out / "images")
