"""Writes the fixtures that the JUnit tests of bundles karuta.lmm and karuta.picture compare with.

    python fixtures.py [BUNDLES]        by default the checkout's folder of bundles

Tiny checkpoints with random parameters (biases and norms, too: their initial values would hide mistakes), and what
Transformers and PEFT compute with them.
"""

import pathlib
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPVisionConfig
from transformers import LlamaConfig, LlavaConfig, LlavaForConditionalGeneration

import checkpoints
import configs
import embedded
import endings
import foreign
import images
import inventory
import pickles
import pictures
import reference
import texts
import tied
import tokenizer_kinds
from tiny import LINEARS, randomise

HERE = pathlib.Path(__file__).resolve().parent
IMAGE, IMAGE_TOKENS = 120, 16


def vision(layers):
    return CLIPVisionConfig(
        hidden_size=48,
        intermediate_size=96,
        num_hidden_layers=layers,
        num_attention_heads=4,
        image_size=28,
        patch_size=7,
        projection_dim=24,
    ).to_dict()


def write_clip(out, g):
    text = CLIPTextConfig(
        vocab_size=99,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=20,
        projection_dim=24,
        bos_token_id=97,
        eos_token_id=98,
        pad_token_id=98,
    )
    model = CLIPModel(CLIPConfig(text_config=text.to_dict(), vision_config=vision(2), projection_dim=24))
    randomise(model, 1).set_attn_implementation("eager")
    model.save_pretrained(out / "clip")
    ids = [[97, 3, 4, 5, 98, 98, 98], [97, 10, 11, 12, 13, 14, 98], [97, 98, 98, 98, 98, 98, 98]]
    mask = [[1, 1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1, 1], [1, 1, 0, 0, 0, 0, 0]]
    inputs = {
        "pixel_values": torch.randn(2, 3, 28, 28, generator=g),
        "input_ids": torch.tensor(ids),
        "attention_mask": torch.tensor(mask),
    }
    reference.save(reference.clip(model, inputs), out / "clip_io.safetensors")


def llava_model():
    text = LlamaConfig(
        vocab_size=128,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        rms_norm_eps=1e-5,
        pad_token_id=0,
    )
    config = LlavaConfig(
        vision_config=vision(3), text_config=text.to_dict(), image_token_index=IMAGE, image_seq_length=IMAGE_TOKENS
    )
    return randomise(LlavaForConditionalGeneration._from_config(config, attn_implementation="eager"), 2)


def write_llava(out, g):
    model = llava_model()
    model.save_pretrained(out / "llava")
    picture = [IMAGE] * IMAGE_TOKENS
    ids = torch.tensor([[1, 5, 6] + picture + [7, 8, 9, 10, 2, 0], [1, 11] + picture + [12, 13, 14, 15, 16, 17, 2]])
    labels = ids.clone()
    labels[0, :21] = reference.IGNORED
    labels[1, :22] = reference.IGNORED
    labels[ids == 0] = reference.IGNORED
    inputs = {
        "pixel_values": torch.randn(2, 3, 28, 28, generator=g),
        "input_ids": ids,
        "attention_mask": (ids != 0).long(),
        "labels": labels,
    }
    reference.save(reference.llava(model, inputs), out / "llava_io.safetensors")
    reference.save(reference.greedy(model, inputs, 12, 2), out / "llava_greedy.safetensors")
    prompt = 0.5 * torch.randn(5, 64, generator=g)
    reference.save(reference.prompt(model, inputs, prompt), out / "llava_prompt.safetensors")
    write_lora(model, inputs, out, g)


def write_lora(model, inputs, out, g):
    config = LoraConfig(r=4, lora_alpha=8, lora_dropout=0.0, bias="none", task_type="CAUSAL_LM", target_modules=LINEARS)
    model = get_peft_model(model, config)
    with torch.no_grad():
        for name, p in sorted(model.named_parameters()):
            if "lora_" in name:  # B is not left at zero: A would get no gradient
                p.copy_(torch.randn(p.shape, generator=g) * (0.2 if "lora_A" in name else 0.1))
    model.eval().save_pretrained(out / "lora")
    (out / "lora" / "README.md").unlink()
    reference.save(reference.lora(model, inputs), out / "llava_lora.safetensors")


def write_dtypes(out):
    """Every element type that is read; the halves with all kinds of numbers, and what they are in 32 bits."""
    patterns = torch.arange(0, 1 << 16, 37, dtype=torch.int32).to(torch.int16)
    patterns = torch.cat([patterns, torch.tensor([0x7F80, -0x80, 0x7C00, -0x400, -0x8000], dtype=torch.int16)])
    bf16, f16 = patterns.view(torch.bfloat16), patterns.view(torch.float16)
    tensors = {
        "bf16": bf16[~bf16.isnan()],
        "f32_of_bf16": bf16[~bf16.isnan()].float(),
        "f16": f16[~f16.isnan()],
        "f32_of_f16": f16[~f16.isnan()].float(),
        "f64": torch.tensor([-0.1, 1e300], dtype=torch.float64),
        "i64": torch.tensor([-5, 1 << 62]),
        "i32": torch.tensor([-5, 7], dtype=torch.int32),
        "i8": torch.tensor([-5, 7], dtype=torch.int8),
        "u8": torch.tensor([200, 7], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(2, 0),
    }
    out.mkdir(parents=True, exist_ok=True)
    reference.save(tensors, out / "dtypes.safetensors")


def main():
    bundles = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "bundles"
    out = bundles / "models/karuta.lmm/test/fixtures"
    out.mkdir(parents=True, exist_ok=True)
    reference.deterministic()
    g = torch.Generator().manual_seed(99)
    write_clip(out, g)
    write_llava(out, g)
    write_dtypes(bundles / "models/karuta.safetensors/test/fixtures")
    images.write(out)
    pictures.write(bundles / "models/karuta.picture/test/fixtures")
    inventory.write(out)
    configs.write(out)
    texts.write(out)
    tied.write(out)
    tokenizer_kinds.write(out)
    checkpoints.write(out)
    foreign.write(out)
    endings.write(out)
    embedded.write(bundles / "models/karuta.tiny")
    pickles.write(out)


if __name__ == "__main__":
    main()
