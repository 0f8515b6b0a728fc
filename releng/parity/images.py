"""Pictures of many shapes, and what the image processors of Transformers make of them."""

import hashlib

import torch
from PIL import Image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

import reference
from drawings import drawn, pattern

SIDE = 28


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
