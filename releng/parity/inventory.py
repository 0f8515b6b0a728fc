"""Configurations, names and shapes of the published models, without their weights."""

import copy
import json

import torch
from transformers import (
    CLIPConfig,
    CLIPModel,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaConfig,
    LlavaForConditionalGeneration,
)

LARGE = {
    "hidden_size": 1024,
    "image_size": 336,
    "intermediate_size": 4096,
    "num_attention_heads": 16,
    "num_hidden_layers": 24,
    "patch_size": 14,
    "projection_dim": 768,
}
TEXT = {
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_attention_heads": 12,
    "num_hidden_layers": 12,
    "projection_dim": 768,
}

CLIP = {
    "architectures": ["CLIPModel"],
    "initializer_factor": 1.0,
    "logit_scale_init_value": 2.6592,
    "model_type": "clip",
    "projection_dim": 768,
    "text_config": {**TEXT, "bos_token_id": 0, "eos_token_id": 2, "model_type": "clip_text_model", "vocab_size": 49408},
    "text_config_dict": TEXT,
    "torch_dtype": "float32",
    "transformers_version": None,
    "vision_config": {**LARGE, "model_type": "clip_vision_model", "num_channels": 3},
    "vision_config_dict": LARGE,
}
LLAVA = {
    "architectures": ["LlavaForConditionalGeneration"],
    "ignore_index": -100,
    "image_token_index": 32000,
    "model_type": "llava",
    "pad_token_id": 32001,
    "projector_hidden_act": "gelu",
    "text_config": {
        "_name_or_path": "lmsys/vicuna-7b-v1.5",
        "architectures": ["LlamaForCausalLM"],
        "max_position_embeddings": 4096,
        "model_type": "llama",
        "rms_norm_eps": 1e-05,
        "torch_dtype": "float16",
        "vocab_size": 32064,
    },
    "tie_word_embeddings": False,
    "torch_dtype": "float16",
    "vision_config": {**LARGE, "model_type": "clip_vision_model", "vocab_size": 32000},
    "vision_feature_layer": -2,
    "vision_feature_select_strategy": "default",
    "vocab_size": 32064,
}
ORIGINAL = {
    "architectures": ["LlavaLlamaForCausalLM"],
    "bos_token_id": 1,
    "eos_token_id": 2,
    "freeze_mm_mlp_adapter": False,
    "hidden_act": "silu",
    "hidden_size": 4096,
    "image_aspect_ratio": "pad",
    "initializer_range": 0.02,
    "intermediate_size": 11008,
    "max_length": 4096,
    "max_position_embeddings": 4096,
    "mm_hidden_size": 1024,
    "mm_projector_type": "mlp2x_gelu",
    "mm_use_im_patch_token": False,
    "mm_use_im_start_end": False,
    "mm_vision_select_feature": "patch",
    "mm_vision_select_layer": -2,
    "mm_vision_tower": "openai/clip-vit-large-patch14-336",
    "model_type": "llava",
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 32,
    "pad_token_id": 0,
    "pretraining_tp": 1,
    "rms_norm_eps": 1e-05,
    "rope_scaling": None,
    "tie_word_embeddings": False,
    "torch_dtype": "float16",
    "tune_mm_mlp_adapter": False,
    "unfreeze_mm_vision_tower": False,
    "use_cache": True,
    "use_mm_proj": True,
    "vocab_size": 32000,
}


def shapes(model):
    return {name: list(tensor.shape) for name, tensor in model.state_dict().items()}


def clip():
    """With the position ids that files of that time hold."""
    with torch.device("meta"):
        found = shapes(CLIPModel(CLIPConfig(**copy.deepcopy(CLIP))))
    return {**found, "text_model.embeddings.position_ids": [1, 77], "vision_model.embeddings.position_ids": [1, 577]}


def llava():
    """Under the names of the published files, which are older than those of the module."""
    with torch.device("meta"):
        found = shapes(LlavaForConditionalGeneration(LlavaConfig(**copy.deepcopy(LLAVA))))
    renamed = {}
    for name, shape in found.items():
        name = name.removeprefix("model.")
        name = name.replace("language_model.", "language_model.model.").replace(
            "vision_tower.", "vision_tower.vision_model."
        )
        renamed["language_model." + name if name.startswith("lm_head.") else name] = shape
    return renamed


def original():
    with torch.device("meta"):
        llama = {key: value for key, value in ORIGINAL.items() if not key.startswith("mm_")}
        found = shapes(LlamaForCausalLM(LlamaConfig(**{**llama, "model_type": "llama"})))
    sides = {"0.weight": [4096, 1024], "0.bias": [4096], "2.weight": [4096, 4096], "2.bias": [4096]}
    return {**found, **{f"model.mm_projector.{name}": shape for name, shape in sides.items()}}


def write(out):
    models = {
        "clip-vit-large-patch14-336": (CLIP, clip()),
        "llava-1.5-7b-hf": (LLAVA, llava()),
        "llava-v1.5-7b": (ORIGINAL, original()),
    }
    for name, (config, tensors) in models.items():
        folder = out / "published" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        lines = [" ".join([tensor, *map(str, shape)]) for tensor, shape in sorted(tensors.items())]
        (folder / "tensors.txt").write_text("\n".join(lines) + "\n")
