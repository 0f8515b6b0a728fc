"""Reference values of a model, computed by Transformers and PEFT.

    python reference.py MODEL OUT.safetensors                     embeddings or features, hidden states, logits, loss
    python reference.py MODEL OUT.safetensors --prompt 5          forward and gradient with a soft prompt of 5 tokens
    python reference.py MODEL OUT.safetensors --greedy 12         greedy continuations of the inputs
    python reference.py MODEL OUT.safetensors --adapter FOLDER    forward and gradients with a PEFT adapter

MODEL is a folder with a CLIP or a LLaVA model. OUT gets the inputs, too, so that it is all that `karuta model check
MODEL --against OUT` needs; --greedy and --adapter do not repeat them: they are those of --inputs FILE, a file that the
first form wrote. Everything is computed with one thread, so that equal versions give equal files.
"""

import argparse
import json
import pathlib

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, CLIPModel, LlavaForConditionalGeneration

import original

IGNORED = -100


def deterministic():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def save(tensors, path):
    tensors = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}
    save_file(tensors, str(path), metadata={"format": "pt"})


# --- what is computed


def clip(model, inputs):
    """Embeddings, hidden states and the gradient of the summed logits with respect to the pixels."""
    pixels = inputs["pixel_values"].clone().requires_grad_(True)
    texts = {"input_ids": inputs["input_ids"], "attention_mask": inputs["attention_mask"]}
    out = model(pixel_values=pixels, **texts)
    vision = model.vision_model(pixels, output_hidden_states=True)
    text = model.text_model(**texts, output_hidden_states=True)
    (gradient,) = torch.autograd.grad(out.logits_per_image.sum(), pixels)
    return {
        **inputs,
        "image_embeds": out.image_embeds,
        "text_embeds": out.text_embeds,
        "logits_per_image": out.logits_per_image,
        "logits_per_text": out.logits_per_text,
        "vision_pooler": vision.pooler_output,
        "text_pooler": text.pooler_output,
        "text_last_hidden": text.last_hidden_state,
        "d_sum_logits_d_pixels": gradient,
        **{f"vision_hs_{i}": h for i, h in enumerate(vision.hidden_states)},
        **{f"text_hs_{i}": h for i, h in enumerate(text.hidden_states)},
    }


def features(model, pixels):
    """What the projector makes of the pictures, [pictures, tokens, hidden]."""
    config = model.config
    out = model.model.get_image_features(
        pixels,
        vision_feature_layer=config.vision_feature_layer,
        vision_feature_select_strategy=config.vision_feature_select_strategy,
    )
    return torch.stack(list(out.pooler_output))


def llava(model, inputs):
    """Features, hidden states, logits and loss."""
    with torch.no_grad():
        out = model(**inputs, output_hidden_states=True)
        return {
            **inputs,
            "image_features": features(model, inputs["pixel_values"]),
            "logits": out.logits,
            "loss": out.loss,
            **{f"hs_{i}": h for i, h in enumerate(out.hidden_states)},
        }


def prompt(model, inputs, embeddings):
    """Logits, loss and gradient with soft tokens in front of every row."""
    model.requires_grad_(False)
    embeddings = embeddings.clone().requires_grad_(True)
    rows, length = len(inputs["input_ids"]), len(embeddings)
    pictures = features(model, inputs["pixel_values"])
    at = (inputs["input_ids"] == model.config.image_token_id).unsqueeze(-1)
    words = model.get_input_embeddings()(inputs["input_ids"])
    words = words.masked_scatter(at, pictures.reshape(-1, words.shape[-1]).to(words.dtype))

    def in_front(value, tensor):
        return torch.cat([torch.full((rows, length), value, dtype=tensor.dtype, device=tensor.device), tensor], 1)

    whole = torch.cat([embeddings.unsqueeze(0).expand(rows, -1, -1), words], 1)
    mask, labels = in_front(1, inputs["attention_mask"]), in_front(IGNORED, inputs["labels"])
    out = model(inputs_embeds=whole, attention_mask=mask, labels=labels)
    (gradient,) = torch.autograd.grad(out.loss, embeddings)
    return {
        "prompt_embeddings": embeddings,
        "inputs_embeds": whole,
        "attention_mask": mask,
        "labels": labels,
        "logits": out.logits,
        "loss": out.loss,
        "grad_prompt": gradient,
    }


def lora(model, inputs):
    """Logits, loss and gradients of a PEFT model, whose adapter must be trainable. What changes nothing has none.

    A soft prompt's is called as in prompt().
    """
    out = model(**inputs)
    out.loss.backward()
    gradients = {
        "grad." + name.replace(".default", ""): p.grad for name, p in model.named_parameters() if p.grad is not None
    }
    soft = "grad.prompt_encoder.embedding.weight"
    return {"logits": out.logits, "loss": out.loss, **{n.replace(soft, "grad_prompt"): g for n, g in gradients.items()}}


def greedy(model, inputs, tokens, end):
    """Each row alone: its tokens up to the first labelled one, and the continuation."""
    result = {}
    for row, labels in enumerate(inputs["labels"]):
        length = int((labels != IGNORED).nonzero()[0])
        made = model.generate(
            input_ids=inputs["input_ids"][row : row + 1, :length],
            attention_mask=torch.ones(1, length, dtype=torch.long, device=labels.device),
            pixel_values=inputs["pixel_values"][row : row + 1],
            do_sample=False,
            max_new_tokens=tokens,
            eos_token_id=end,
            pad_token_id=0,
        )
        result[f"sample{row}"] = made
        result[f"sample{row}_prompt_length"] = torch.tensor([length])
    return result


# --- inputs for any model


def ordinary(special, vocabulary):
    """From which id to which the tokens are that mean nothing special: below the special ones, or else above them."""
    return (3, min(vocabulary, special)) if special > 3 else (special + 2, vocabulary)


def clip_inputs(config, seed=7):
    """Two random pictures; three random texts, of which the second fills 20 positions and the third is empty."""
    g = torch.Generator().manual_seed(seed)
    text, size = config.text_config, config.vision_config.image_size
    end = text.vocab_size - 1 if text.eos_token_id == 2 else text.eos_token_id  # the legacy value means: the largest id
    width = min(20, text.max_position_embeddings)
    ids = torch.full((3, width), end)
    for row, words in enumerate((width // 2, width - 2, 0)):
        ids[row, 1 : 1 + words] = torch.randint(*ordinary(end - 1, text.vocab_size), (words,), generator=g)
    ids[:, 0] = end - 1
    ends = torch.tensor([width // 2 + 1, width - 1, 1]).unsqueeze(1)
    pixels = torch.randn(2, config.vision_config.num_channels, size, size, generator=g)
    return {"pixel_values": pixels, "input_ids": ids, "attention_mask": (torch.arange(width) <= ends).long()}


def llava_inputs(config, seed=7):
    """Two random pictures in two rows of random words of different lengths, the shorter one padded at its end."""
    g = torch.Generator().manual_seed(seed)
    vision, text, image = config.vision_config, config.text_config, config.image_token_id
    full = config.vision_feature_select_strategy == "full"
    tokens = (vision.image_size // vision.patch_size) ** 2 + (1 if full else 0)
    pixels = torch.randn(2, vision.num_channels, vision.image_size, vision.image_size, generator=g)
    end = text.eos_token_id[0] if isinstance(text.eos_token_id, list) else text.eos_token_id
    start = 1 if text.bos_token_id is None else text.bos_token_id
    words = lambda n: torch.randint(*ordinary(image, text.vocab_size), (n,), generator=g).tolist()
    rows = []
    for before, after, answer in ((2, 2, 2), (1, 3, 4)):
        question = [start] + words(before) + [image] * tokens + words(after)
        rows.append((question, words(answer) + [end]))
    width = max(len(q) + len(a) for q, a in rows)
    pad = lambda row, value: row + [value] * (width - len(row))
    ids = torch.tensor([pad(q + a, 0) for q, a in rows])
    labels = torch.tensor([pad([IGNORED] * len(q) + a, IGNORED) for q, a in rows])
    mask = torch.tensor([pad([1] * len(q + a), 0) for q, a in rows])
    return {"pixel_values": pixels, "input_ids": ids, "attention_mask": mask, "labels": labels}


# --- command line


def load(folder, tower, dtype):
    if tower:
        return original.load(folder, tower, dtype)
    if original.is_one(folder):
        raise SystemExit(f"{folder} is in the layout of the LLaVA repository: give its CLIP model, too, with --tower")
    kind = CLIPModel if AutoConfig.from_pretrained(folder).model_type == "clip" else LlavaForConditionalGeneration
    return kind.from_pretrained(folder, dtype=dtype, attn_implementation="eager")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--inputs", type=pathlib.Path, help="a file with inputs; without it they are made up")
    parser.add_argument(
        "--tower", type=pathlib.Path, help="folder of the CLIP model, for MODELs of the LLaVA repository"
    )
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16", "float16", "float64"])
    parser.add_argument("--device", default="cpu")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--prompt", type=int, metavar="K", help="put K random soft tokens in front")
    what.add_argument("--greedy", type=int, metavar="N", help="continue by at most N tokens")
    what.add_argument("--adapter", type=pathlib.Path, help="folder of a PEFT adapter, LoRA or a soft prompt")
    options = parser.parse_args()
    deterministic()
    dtype = getattr(torch, options.dtype)
    model = load(options.model, options.tower, dtype).eval().to(options.device)
    is_clip = isinstance(model, CLIPModel)
    if is_clip and (options.prompt or options.greedy or options.adapter):
        parser.error("a CLIP model has neither prompts nor adapters nor continuations")
    names = ["pixel_values", "input_ids", "attention_mask"] + ([] if is_clip else ["labels"])
    if options.inputs:
        stored = load_file(str(options.inputs))
        inputs = {name: stored[name] for name in names}
        inputs = inputs if is_clip else original.unmark(inputs, model.config.image_token_id)
    else:
        inputs = clip_inputs(model.config) if is_clip else llava_inputs(model.config)
    inputs = {name: tensor.to(options.device) for name, tensor in inputs.items()}
    inputs["pixel_values"] = inputs["pixel_values"].to(dtype)
    if is_clip:
        result = clip(model, inputs)
    elif options.prompt:
        table = model.get_input_embeddings().weight
        rows = torch.randint(3, len(table), (options.prompt,), generator=torch.Generator().manual_seed(7))
        result = prompt(model, inputs, table[rows].detach())
    elif options.greedy:
        generation = options.model / "generation_config.json"
        end = json.loads(generation.read_text()).get("eos_token_id") if generation.is_file() else None
        result = greedy(model, inputs, options.greedy, end or model.config.text_config.eos_token_id)
    elif options.adapter:
        from peft import PeftModel

        adapted = PeftModel.from_pretrained(model, options.adapter).eval()
        for name, parameter in adapted.named_parameters():
            parameter.requires_grad_("lora_" in name or "prompt_encoder" in name)
        result = lora(adapted, inputs)
    else:
        result = llava(model, inputs)
    if options.tower:
        original.mark(result, model.config.image_token_id)
    save(result, options.out)


if __name__ == "__main__":
    main()
