"""Heads tied to the embedding or not: what Transformers computes with `llava` where its files say or hold otherwise."""

import json
import pathlib
import tempfile

import torch
from safetensors.torch import load_file, save_file
from transformers import LlavaForConditionalGeneration

from endings import ABSENT

TABLE, HEAD = "language_model.model.embed_tokens.weight", "language_model.lm_head.weight"
STORED = {
    "both": lambda t: t,
    "same": lambda t: {**t, HEAD: t[TABLE].clone()},
    "table": lambda t: {name: value for name, value in t.items() if name != HEAD},
    "head": lambda t: {name: value for name, value in t.items() if name != TABLE},
}


def write(out):
    inputs = load_file(out / "llava_io.safetensors")
    weights, config = load_file(out / "llava/model.safetensors"), json.loads((out / "llava/config.json").read_text())
    found = []
    for top in (ABSENT, False, True):
        for text in (ABSENT, False, True):
            tied = top is True or text is True
            for stored in STORED if tied else ("both", "same"):  # untied, a missing one is filled with noise
                config.pop("tie_word_embeddings", None)
                config["text_config"].pop("tie_word_embeddings", None)
                if top != ABSENT:
                    config["tie_word_embeddings"] = top
                if text != ABSENT:
                    config["text_config"]["tie_word_embeddings"] = text
                with tempfile.TemporaryDirectory() as temporary:
                    folder = pathlib.Path(temporary)
                    (folder / "config.json").write_text(json.dumps(config))
                    save_file(STORED[stored](weights), folder / "model.safetensors", metadata={"format": "pt"})
                    model = LlavaForConditionalGeneration.from_pretrained(folder, attn_implementation="eager").eval()
                with torch.no_grad():
                    logits = model(input_ids=inputs["input_ids"][1:], pixel_values=inputs["pixel_values"][1:]).logits
                case = {"config": top, "text": text, "stored": stored}
                found.append({**case, "logits": [round(x, 6) for x in logits[0, -1, :6].tolist()]})
    lines = ",\n".join(json.dumps(case) for case in found)
    (out / "tied.json").write_text(f"[\n{lines}\n]\n")
