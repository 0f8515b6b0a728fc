"""The embedded small models, loaded in Transformers from their folders, and what it computes with them.

Pictures and questions go through the folders' own processors, so that these are compared as well.
"""

import json

import torch
from transformers import AutoProcessor, AutoTokenizer, CLIPModel, LlavaForConditionalGeneration
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

import reference

QUESTIONS = [("what is at the top left?", "a red cat"), ("how many dogs are there?", "3"), ("where is a zebra?", "left")]


def pictures(number):
    """Coloured shapes on a gradient, 60 x 52; uint8, [number, height, width, 3]."""
    y, x = torch.meshgrid(torch.arange(52), torch.arange(60), indexing="ij")
    made = []
    for i in range(number):
        picture = torch.stack([(x * (i + 2)) % 256, (y * 3 + 40 * i) % 256, (x + y) % 256], -1)
        picture[(x - 20 - 9 * i) ** 2 + (y - 25) ** 2 < 130] = torch.tensor([220, 30 + 60 * i, 40])
        picture[30:45, 38:55] = torch.tensor([20, 90, 60 * i])
        made.append(picture)
    return torch.stack(made).to(torch.uint8)


def llava(folder, seen):
    """Inputs as the processor makes them, padded behind their answers, and the texts that are generated for them."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    processor = AutoProcessor.from_pretrained(folder, image_processor=CLIPImageProcessorPil.from_pretrained(folder))
    template = json.loads((folder / "config.json").read_text())["prompt_template"]
    model = LlavaForConditionalGeneration.from_pretrained(folder).eval()
    rows, labels, pixels, told = [], [], [], []
    for picture, (question, answer) in zip(seen, QUESTIONS):
        asked = processor(images=picture.numpy(), text=template.replace("{instruction}", question), return_tensors="pt")
        made = model.generate(**asked, max_new_tokens=24)[0, asked["input_ids"].shape[1] :]
        told.append({"question": question, "answer": tokenizer.decode(made, skip_special_tokens=True).strip()})
        words = tokenizer(answer, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
        ids = asked["input_ids"][0].tolist()
        rows.append(ids + words)
        labels.append([-100] * len(ids) + words)
        pixels.append(asked["pixel_values"][0])
    width = max(map(len, rows))
    pad = lambda all, value: torch.tensor([row + [value] * (width - len(row)) for row in all])
    mask = pad([[1] * len(row) for row in rows], 0)
    inputs = {"input_ids": pad(rows, 0), "attention_mask": mask, "labels": pad(labels, -100)}
    return model, inputs | {"pixel_values": torch.stack(pixels)}, told


def clip(folder, seen):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids = [tokenizer(question)["input_ids"] for question, _ in QUESTIONS]
    width = max(map(len, ids))
    pad = lambda all, value: torch.tensor([row + [value] * (width - len(row)) for row in all])
    pixels = CLIPImageProcessorPil.from_pretrained(folder)(list(seen.numpy()), return_tensors="pt")["pixel_values"]
    inputs = {"input_ids": pad(ids, 0), "attention_mask": pad([[1] * len(row) for row in ids], 0)}
    return CLIPModel.from_pretrained(folder).eval(), inputs | {"pixel_values": pixels}


def write(bundle):
    models, out = bundle / "src/karuta/tiny/model", bundle / "test/fixtures"
    out.mkdir(parents=True, exist_ok=True)
    seen = pictures(len(QUESTIONS))
    model, inputs, told = llava(models / "llava", seen)
    reference.save(reference.llava(model, inputs), out / "llava.safetensors")
    reference.save(reference.greedy(model, inputs, 24, model.config.text_config.eos_token_id), out / "greedy.safetensors")
    model, inputs = clip(models / "clip", seen)
    reference.save(reference.clip(model, inputs), out / "clip.safetensors")
    reference.save({"pictures": seen}, out / "pictures.safetensors")
    (out / "answers.json").write_text(json.dumps(told, indent=2) + "\n")
