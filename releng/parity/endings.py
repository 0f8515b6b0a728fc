"""Which tokens end an answer: what generate() makes of `llava` with other end tokens in its files."""

import json
import pathlib
import shutil
import tempfile

import torch
from safetensors.torch import load_file
from transformers import LlavaForConditionalGeneration

ABSENT, MOST = "absent", 16

# generation_config.json, and eos_token_id of config.json and of its text_config
CASES = [
    (ABSENT, ABSENT, 2),
    (ABSENT, ABSENT, [111, 110]),
    (ABSENT, 111, 2),
    (ABSENT, None, 2),
    (ABSENT, ABSENT, []),
    (ABSENT, [], 2),
    ({"eos_token_id": 110}, ABSENT, 2),
    ({"eos_token_id": [96, 111]}, ABSENT, 2),
    ({"eos_token_id": [58]}, 110, 2),
    ({"eos_token_id": []}, ABSENT, 2),
    ({"eos_token_id": None}, ABSENT, 2),
    ({"bos_token_id": 1}, ABSENT, 2),
    ({"bos_token_id": 1, "_from_model_config": True}, 111, 2),
]


def changed(folder, copy, generation, top, text):
    shutil.copytree(folder, copy)
    config = json.loads((copy / "config.json").read_text())
    for part, value in ((config, top), (config["text_config"], text)):
        if value != ABSENT:
            part["eos_token_id"] = value
    (copy / "config.json").write_text(json.dumps(config))
    (copy / "generation_config.json").unlink()
    if generation != ABSENT:
        (copy / "generation_config.json").write_text(json.dumps(generation))
    return copy


def write(out):
    inputs = load_file(out / "llava_io.safetensors")
    ids, pixels = inputs["input_ids"][1:2, :-6], inputs["pixel_values"][1:2]
    found = []
    for generation, top, text in CASES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = changed(out / "llava", pathlib.Path(temporary) / "model", generation, top, text)
            model = LlavaForConditionalGeneration.from_pretrained(folder, attn_implementation="eager").eval()
            with torch.no_grad():
                options = {"do_sample": False, "max_new_tokens": MOST, "pad_token_id": 0}
                made = model.generate(input_ids=ids, pixel_values=pixels, **options)
        tokens = made[0, ids.shape[1] :].tolist()
        found.append({"generation": generation, "config": top, "text": text, "tokens": tokens})
    lines = ",\n".join(json.dumps(case) for case in found)
    (out / "endings.json").write_text(f"[\n{lines}\n]\n")
