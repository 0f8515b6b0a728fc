"""Configurations as versions 4 and 5 of Transformers write them, and what Transformers understands."""

import copy
import json

from transformers import CLIPConfig, CLIPTextConfig, CLIPVisionConfig, LlamaConfig, LlavaConfig

import inventory

TEXT, LARGE = inventory.TEXT, inventory.LARGE
SMALL_LLAMA = {"model_type": "llama", "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2}

CLIPS = {
    "published": inventory.CLIP,
    "nothing": {"model_type": "clip"},
    "only other values than the defaults": {
        "model_type": "clip",
        "projection_dim": 768,
        "text_config": {"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12},
        "vision_config": LARGE,
    },
    "old end token": {"model_type": "clip", "text_config": {**TEXT, "eos_token_id": 2}, "text_config_dict": None},
    "a dict wins over a config": {
        "model_type": "clip",
        "text_config": {**TEXT, "eos_token_id": 2},
        "text_config_dict": {"hidden_size": 256, "num_attention_heads": 4},
        "vision_config": {"hidden_size": 64, "num_attention_heads": 4},
        "vision_config_dict": {"patch_size": 16},
    },
    "gelu": {"model_type": "clip", "vision_config": {"hidden_act": "gelu", "layer_norm_eps": 1e-6}},
    "written by version 5": CLIPConfig(
        text_config=CLIPTextConfig(**TEXT).to_dict(), vision_config=CLIPVisionConfig(**LARGE).to_dict()
    ).to_dict(),
}
LLAVAS = {
    "published": inventory.LLAVA,
    "nothing": {"model_type": "llava"},
    "a part of a tower": {"model_type": "llava", "vision_config": {"hidden_size": 48, "num_attention_heads": 4}},
    "written by version 5": LlavaConfig(**copy.deepcopy(inventory.LLAVA)).to_dict(),
    "version 4's rope": {
        "model_type": "llava",
        "text_config": {**SMALL_LLAMA, "rope_theta": 500000.0, "rope_scaling": None, "torch_dtype": "bfloat16"},
    },
    "version 5's rope": {
        "model_type": "llava",
        "text_config": {
            **SMALL_LLAMA,
            "rope_parameters": {"rope_theta": 250000.0, "rope_type": "default"},
            "dtype": "bfloat16",
        },
    },
    "fewer heads of keys and values": {
        "model_type": "llava",
        "text_config": {**SMALL_LLAMA, "num_attention_heads": 8, "num_key_value_heads": 2, "head_dim": 6},
    },
    "no head_dim, tied": {
        "model_type": "llava",
        "text_config": {**SMALL_LLAMA, "num_attention_heads": 8, "head_dim": None, "tie_word_embeddings": True},
    },
    "other features": {
        "model_type": "llava",
        "image_token_id": 77,
        "vision_feature_layer": [-2, 3],
        "vision_feature_select_strategy": "full",
        "multimodal_projector_bias": False,
        "text_config": {**SMALL_LLAMA, "eos_token_id": [2, 7], "bos_token_id": 5, "vocab_size": 99},
    },
}


def tower(config):
    sizes = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
    return [getattr(config, size) for size in sizes] + [config.hidden_act, config.layer_norm_eps]


def vision(config):
    return {"tower": tower(config), "image": config.image_size, "patch": config.patch_size}


def clip(config):
    text = config.text_config
    return {
        "vision": vision(config.vision_config),
        "text": {
            "tower": tower(text),
            "vocabulary": text.vocab_size,
            "positions": text.max_position_embeddings,
            "end": text.eos_token_id,
        },
        "projection": config.projection_dim,
    }


def as_list(value):
    return value if isinstance(value, list) else [value]


def llava(config):
    text = config.text_config
    return {
        "vision": vision(config.vision_config),
        "text": {
            "vocabulary": text.vocab_size,
            "hidden": text.hidden_size,
            "intermediate": text.intermediate_size,
            "layers": text.num_hidden_layers,
            "heads": text.num_attention_heads,
            "keyValueHeads": text.num_key_value_heads,
            "headSize": text.head_dim,
            "positions": text.max_position_embeddings,
            "eps": text.rms_norm_eps,
            "theta": text.rope_parameters["rope_theta"],
            "tied": config.tie_word_embeddings,
            "start": text.bos_token_id,
            "ends": as_list(text.eos_token_id),
        },
        "projector": {"layers": 2, "bias": config.multimodal_projector_bias},
        "featureLayers": as_list(config.vision_feature_layer),
        "classToken": config.vision_feature_select_strategy == "full",
        "imageToken": config.image_token_id,
    }


def understood(cases, read):
    """The constructors change what they are given."""
    return {name: {"config": c, "understood": read(copy.deepcopy(c))} for name, c in cases.items()}


def write(out):
    cases = {
        "clip": understood(CLIPS, lambda config: clip(CLIPConfig(**config))),
        "llava": understood(LLAVAS, lambda config: llava(LlavaConfig(**config))),
    }
    (out / "configs.json").write_text(json.dumps(cases, indent=1) + "\n")
