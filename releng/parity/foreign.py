"""References of the fixtures `llava` and `clip` as other people's scripts may write them, not as reference.py does.

Rows are padded on the left or not at all, one asks nothing about a picture, labels cover all words, axes of size 1 are
left out or put in, pictures' tokens are concatenated, the loss is that of each row; generation runs in one padded batch;
mask and labels leave out the soft tokens; LoRA adapts all linear layers that bear a name, the image tower's, too.
"""

import torch
from peft import LoraConfig
from transformers import CLIPModel, LlavaForConditionalGeneration

import checkpoints
import reference

IMAGE, TOKENS, PAD = 120, 16, 0
ROWS = [([1, 5, 6] + [IMAGE] * TOKENS + [7, 8, 9], [10, 2]), ([1, 30, 31, 32], [33, 2])]
ROWS += [([1] + [IMAGE] * TOKENS + [40, 41, 42, 43, 44], [45, 46, 47, 2])]


def left(rows, value):
    width = max(map(len, rows))
    return torch.tensor([[value] * (width - len(row)) + row for row in rows])


def batch(rows):
    """All words are labelled, also the first ones, which padding stands before."""
    ids, mask = left(rows, PAD), left([[1] * len(row) for row in rows], 0)
    pixels = torch.randn(2, 3, 28, 28, generator=torch.Generator().manual_seed(5))
    labels = ids.masked_fill((mask == 0) | (ids == IMAGE), -100)
    return {"input_ids": ids, "attention_mask": mask, "labels": labels, "pixel_values": pixels}


def each(model, inputs):
    """The loss of each row."""
    losses, pictures = [], 0
    for row in range(len(inputs["input_ids"])):
        one = {name: inputs[name][row : row + 1] for name in ("input_ids", "attention_mask", "labels")}
        if (one["input_ids"] == IMAGE).any():
            one["pixel_values"] = inputs["pixel_values"][pictures : pictures + 1]
            pictures += 1
        losses.append(model(**one).loss)
    return torch.stack(losses)


def generated(model, rows):
    """In one batch, as the model's own generate does it: the samples begin with the padding."""
    inputs = batch([question for question, _ in rows])
    del inputs["labels"]
    made = model.generate(**inputs, do_sample=False, max_new_tokens=6, pad_token_id=PAD)
    samples = {f"sample{row}": ids.unsqueeze(0) for row, ids in enumerate(made)}
    length = torch.tensor(inputs["input_ids"].shape[1], dtype=torch.int32)
    return inputs, samples | {f"sample{row}_prompt_length": length for row in range(len(made))}


def write_clip(base, out):
    """Texts with padding before them, and one with a hole."""
    model = CLIPModel.from_pretrained(base).eval()
    inputs = reference.clip_inputs(model.config, seed=8)
    rows = [ids[: int(mask.sum())].tolist() for ids, mask in zip(inputs["input_ids"], inputs["attention_mask"])]
    mask = left([[1] * len(row) for row in rows], 0)
    mask[1, 4] = 0
    computed = reference.clip(model, inputs | {"input_ids": left(rows, PAD), "attention_mask": mask})
    wanted = ("pixel_values", "input_ids", "attention_mask", "text_hs_2", "text_embeds", "text_pooler")
    wanted += ("text_last_hidden", "logits_per_text", "d_sum_logits_d_pixels")
    reference.save({name: computed[name] for name in wanted}, out / "clip.safetensors")


def write_llava(base, out):
    out.mkdir(exist_ok=True)
    model = LlavaForConditionalGeneration.from_pretrained(base).eval()
    inputs = batch([question + answer for question, answer in ROWS])
    computed = reference.llava(model, inputs)
    features = computed["image_features"].flatten(0, 1)
    narrow = {"attention_mask": inputs["attention_mask"].bool(), "input_ids": inputs["input_ids"].int()}
    loss = computed["loss"].reshape(1, 1)
    reference.save(computed | narrow | {"image_features": features, "loss": loss}, out / "left.safetensors")
    reference.save(inputs | {"loss": each(model, inputs)}, out / "each.safetensors")
    one = {"input_ids": inputs["input_ids"][2:], "pixel_values": inputs["pixel_values"][1:]}
    with torch.no_grad():
        logits = model(**one).logits
    reference.save({name: t.squeeze(0) for name, t in (one | {"logits": logits}).items()}, out / "one.safetensors")
    asked, samples = generated(model, ROWS)
    reference.save(asked, out / "asked.safetensors")
    reference.save(samples, out / "greedy.safetensors")
    prompt = model.get_input_embeddings().weight[20:23].detach()
    without = {name: inputs[name] for name in ("attention_mask", "labels")}
    reference.save(reference.prompt(model, inputs, prompt) | without, out / "prompt.safetensors")
    names = LoraConfig(r=2, lora_alpha=3, target_modules=["q_proj", "v_proj", "fc1", "linear_2"])
    adapted, folder = checkpoints.adapted(out.parent / "checkpoints", "../foreign/lora", names)
    adapted.base_model.model.set_attn_implementation("sdpa")  # eager gives padding that attends to nothing a mean of all
    reference.save(reference.lora(adapted, inputs), out / "lora.safetensors")


def write(out):
    write_llava(out / "llava", out / "foreign")
    write_clip(out / "clip", out / "foreign")
