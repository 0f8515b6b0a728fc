"""Models in the layout of the LLaVA repository, as Transformers' LlavaForConditionalGeneration computes them."""

import json
import re

import torch
from safetensors.torch import load_file
from transformers import CLIPModel, LlavaConfig, LlavaForConditionalGeneration

SENTINEL = -200  # stands for a picture; it is in no vocabulary


def is_one(folder):
    return "mm_vision_tower" in json.loads((folder / "config.json").read_text())


def renamed(name):
    """Layout D, which is the module's own."""
    name = re.sub(
        r"^model\.mm_projector\.(\d)", lambda m: f"model.multi_modal_projector.linear_{int(m[1]) // 2 + 1}", name
    )
    return re.sub(r"^model\.(embed_tokens|layers|norm)\.", r"model.language_model.\1.", name)


def load(folder, tower, dtype=torch.float32):
    """The last id of the vocabulary, which texts do not use, becomes the image token."""
    config = json.loads((folder / "config.json").read_text())
    clip = CLIPModel.from_pretrained(tower, dtype=dtype)
    ours = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
    ours += ("num_key_value_heads", "max_position_embeddings", "rms_norm_eps", "pad_token_id")
    text = {key: config[key] for key in ours} | {"model_type": "llama"}
    llava = LlavaConfig(
        vision_config=clip.config.vision_config.to_dict(),
        text_config=text,
        image_token_index=config["vocab_size"] - 1,
        vision_feature_layer=config["mm_vision_select_layer"],
        vision_feature_select_strategy="default" if config["mm_vision_select_feature"] == "patch" else "full",
    )
    tensors = {f"model.vision_tower.{name}": tensor for name, tensor in clip.vision_model.state_dict().items()}
    for file in sorted(folder.glob("*.safetensors")):
        if file.name.startswith("model"):
            tensors |= {renamed(name): tensor.to(dtype) for name, tensor in load_file(str(file)).items()}
    model = LlavaForConditionalGeneration._from_config(llava, dtype=dtype, attn_implementation="eager")
    model.load_state_dict(tensors, strict=True, assign=True)
    return model.eval()


def mark(tensors, image):
    """Writes the sentinel in the place of the image token, in what goes into the model."""
    for name, tensor in tensors.items():
        if name == "input_ids":
            tensor[tensor == image] = SENTINEL
        elif name.startswith("sample") and not name.endswith("length"):
            question = tensor[:, : int(tensors[f"{name}_prompt_length"])]
            question[question == image] = SENTINEL


def unmark(tensors, image):
    ids = tensors["input_ids"]
    return tensors | {"input_ids": torch.where(ids == SENTINEL, image, ids)}
