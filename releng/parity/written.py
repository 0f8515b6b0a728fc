"""Loads the adapters that Karuta wrote in PEFT, and compares the logits with those that Karuta computed with them.

    python written.py [BUNDLES]        by default the checkout's folder of bundles

Exit code 1 if a relative error, max|a - b| / max|b| over all words, is larger than 1e-5. The folders are those that
karuta.lmm's WrittenTest compares with what is written today.
"""

import pathlib
import sys

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import LlamaForCausalLM, LlavaForConditionalGeneration

import reference

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-5


def decoder(model):
    """The language model alone, whose modules are called as in the LLaVA repository's LlavaLlamaForCausalLM."""
    alone = LlamaForCausalLM(model.config.text_config).eval()
    alone.model.load_state_dict(model.model.language_model.state_dict())
    alone.lm_head.load_state_dict(model.lm_head.state_dict())
    return alone


def words(model, inputs):
    """Embeddings with the visual tokens in their places."""
    table = model.get_input_embeddings()(inputs["input_ids"])
    at = (inputs["input_ids"] == model.config.image_token_id).unsqueeze(-1)
    return table.masked_scatter(at, reference.features(model, inputs["pixel_values"]))


def logits(fixtures, folder, inputs):
    base = LlavaForConditionalGeneration.from_pretrained(fixtures / "llava").eval()
    if folder.name.endswith("original"):
        inputs = {"inputs_embeds": words(base, inputs), "attention_mask": inputs["attention_mask"]}
        base = decoder(base)
    before = base(**inputs).logits
    after = PeftModel.from_pretrained(base, folder).eval()(**inputs).logits
    if before.shape == after.shape and torch.allclose(before, after, atol=1e-2):
        raise SystemExit(f"PEFT has found nothing in {folder}")  # it only warns of tensors that have other names
    return after


def main():
    bundles = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "bundles"
    fixtures = bundles / "models/karuta.lmm/test/fixtures"
    reference.deterministic()
    stored = load_file(str(fixtures / "llava_io.safetensors"))
    inputs = {name: stored[name] for name in ("pixel_values", "input_ids", "attention_mask")}
    folders = [fixtures / "written" / name for name in ("lora-original", "lora-transformers", "soft-prompt")]
    over = 0
    for folder in folders:
        here = load_file(str(folder / "logits.safetensors"))["logits"]
        with torch.no_grad():
            peft = logits(fixtures, folder, inputs)
        soft = here.shape[1] - inputs["attention_mask"].shape[1]
        valid = torch.nn.functional.pad(inputs["attention_mask"], (soft, 0), value=1).bool()
        error = ((here - peft)[valid].abs().max() / peft[valid].abs().max()).item()
        print(f"{folder.name:20} {error:.1e} {'ok' if error <= TOLERANCE else 'OVER'}")
        over += not error <= TOLERANCE
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
