"""Files of torch.save: what karuta.lmm reads without running anything, what it must refuse, and what their tensors are.

Called by fixtures.py. `X.safetensors` holds what `X.bin` must become.
"""

import collections
import io
import json
import shutil
import struct
import zipfile

import torch
from safetensors.torch import save_file
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPVisionConfig

HIDDEN, FEATURES, LENGTH, TASKS, VOCABULARY = 8, 6, 2, 3, 40


def save(tensors, path):
    """As torch.save does, and the same tensors, independent of each other, as safetensors."""
    torch.save(tensors, path)
    copies = {name: tensor.detach().clone(memory_format=torch.contiguous_format) for name, tensor in tensors.items()}
    save_file(copies, path.with_suffix(".safetensors"), {"format": "pt"})


def write_tensors(out, g):
    save({"a": torch.randn(2, 3, generator=g), "b": torch.randn(4, generator=g)}, out / "plain.bin")
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
    state = model.state_dict()  # an OrderedDict with _metadata
    for tensor in state.values():
        tensor.copy_(torch.randn(tensor.shape, generator=g))
    save(state, out / "state.bin")
    numbers = torch.randn(2, 3, generator=g)
    save(
        {
            "f64": numbers.double(),
            "f32": numbers,
            "f16": numbers.half(),
            "bf16": numbers.bfloat16(),
            "i64": torch.tensor([-5, 1 << 62]),
            "i32": torch.tensor([-5, 7], dtype=torch.int32),
            "i8": torch.tensor([-5, 7], dtype=torch.int8),
            "u8": torch.tensor([200, 7], dtype=torch.uint8),
            "bool": torch.tensor([True, False]),
            "scalar": torch.tensor(2.5),
            "empty": torch.zeros(2, 0),
            "parameter": torch.nn.Parameter(torch.randn(3, generator=g)),
        },
        out / "types.bin",
    )
    base = torch.randn(6, 5, 4, generator=g)
    save(
        {
            "whole": base,
            "tied": base,
            "offset": base[2],
            "rows": base[1:3],
            "columns": base[:, 1:4, ::2],
            "transposed": base[0].t(),
            "permuted": base.permute(2, 0, 1),
            "expanded": base[3, 1].expand(3, 4),
            "one": base[5, 4, 3],
            "thin": base[:, :1, :1],
            "nothing": base[3:3].transpose(0, 2),
            "half": base.half()[1:, :, 2].t(),
        },
        out / "views.bin",
    )


def write_modalprompt(out, g):
    """What llava/train/train.py saves after task 2 of 3, and after task 3 with a trained projector in wrappers."""

    def parameters(tasks):
        yield "model.embed_tokens.weight", (VOCABULARY + TASKS * LENGTH, HIDDEN)
        for i in range(tasks):
            yield f"prompt_transform.{i}.0.weight", (HIDDEN, HIDDEN)
            yield f"prompt_transform.{i}.0.bias", (HIDDEN,)
            yield f"prompt_transform.{i}.2.weight", (FEATURES, HIDDEN)
            yield f"prompt_transform.{i}.2.bias", (FEATURES,)

    def draw(shape, dtype):
        return torch.randn(shape, generator=g).to(dtype)

    def expected(tensors):
        cards = {}
        for i in range(len(tensors) // 4):
            start = VOCABULARY + LENGTH * i
            prompt = tensors["model.embed_tokens.weight"][start : start + LENGTH].float()
            transform = torch.nn.Sequential(
                torch.nn.Linear(HIDDEN, HIDDEN), torch.nn.SiLU(), torch.nn.Linear(HIDDEN, FEATURES)
            )
            prefix = f"prompt_transform.{i}."
            transform.load_state_dict(
                {k.removeprefix(prefix): v.float() for k, v in tensors.items() if k.startswith(prefix)}
            )
            with torch.no_grad():
                cards[f"pool/card.{i}.key"] = transform(prompt).mean(dim=0, keepdim=True)
            cards[f"pool/card.{i}.prompt"] = prompt
        return cards

    for name, tasks, dtype in (("modalprompt-2", 2, torch.float32), ("modalprompt-3", 3, torch.bfloat16)):
        tensors = {key: draw(shape, dtype) for key, shape in parameters(tasks)}
        save_file(expected(tensors), out / f"{name}-cards.safetensors")
        if tasks == TASKS:
            tensors["model.mm_projector.0.weight"] = draw((HIDDEN, 3), dtype)
            tensors = {f"base_model.model.{key}": tensor for key, tensor in tensors.items()}
        save(tensors, out / f"{name}.bin")


def write_legacy(tensors, path):
    """As PyTorch before 1.6; the keys of storages are addresses, in whose place their numbers are put."""
    buffer = io.BytesIO()
    torch.save(tensors, buffer, _use_new_zipfile_serialization=False)
    written = buffer.getvalue()
    for i, tensor in enumerate(tensors.values()):
        key = str(tensor.untyped_storage()._cdata)
        assert text(key) in written
        written = written.replace(text(key), text(str(i)))
    path.write_bytes(written)


def text(characters):
    """A text in a pickle."""
    return b"X" + struct.pack("<I", len(characters)) + characters.encode()


def write_hostile(out):
    """A file that runs a program in whatever unpickles it; the program does nothing."""
    pickle = b"\x80\x02}" + text("a") + b"cos\nsystem\n" + text(":") + b"\x85Rs."
    with zipfile.ZipFile(out / "system.bin", "w") as file:
        file.writestr(zipfile.ZipInfo("system/data.pkl"), pickle)
        file.writestr(zipfile.ZipInfo("system/version"), b"3\n")
    write_legacy({"a": torch.ones(2)}, out / "legacy.bin")
    torch.save({"a": torch.ones(2), "epoch": 3}, out / "epoch.bin")
    torch.save(torch.ones(2), out / "tensor.bin")
    torch.save({"a": torch.ones(2, dtype=torch.int16)}, out / "int16.bin")
    torch.save({"a": torch.ones(2, dtype=torch.complex64)}, out / "complex.bin")


def write_folder(out, g):
    """A CLIP as older folders have it: in shards, and the shards' table."""
    sizes = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = CLIPTextConfig(**sizes, vocab_size=9, max_position_embeddings=5, bos_token_id=7, eos_token_id=8)
    vision = CLIPVisionConfig(**sizes, image_size=4, patch_size=2)
    config = CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=4)
    config.architectures = ["CLIPModel"]
    config.save_pretrained(out)
    state = {
        name: torch.randn(tensor.shape, generator=g).half() for name, tensor in CLIPModel(config).state_dict().items()
    }
    save_file(state, out.with_suffix(".safetensors"), {"format": "pt"})
    names = list(state)
    halves = (names[: len(names) // 2], names[len(names) // 2 :])
    files = {}
    for i, half in enumerate(halves, 1):
        file = f"pytorch_model-{i:05d}-of-{len(halves):05d}.bin"
        torch.save(collections.OrderedDict((name, state[name]) for name in half), out / file)
        files.update({name: file for name in half})
    index = {"metadata": {"total_size": sum(2 * t.numel() for t in state.values())}, "weight_map": files}
    (out / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")


def write(out):
    g = torch.Generator().manual_seed(5)
    pickles = out / "pickles"
    shutil.rmtree(pickles, ignore_errors=True)
    pickles.mkdir(parents=True)
    write_tensors(pickles, g)
    write_modalprompt(pickles, g)
    write_hostile(pickles)
    write_folder(pickles / "shards", g)
