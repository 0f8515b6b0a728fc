"""Tiny checkpoints of many shapes, in every layout of weights, each with what the reference computes with it."""

import json

import torch
from peft import LoraConfig, PeftModel, PromptTuningConfig, get_peft_model
from safetensors.torch import load_file
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPVisionConfig
from transformers import LlamaConfig, LlavaConfig, LlavaForConditionalGeneration
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

import original
import reference
from tiny import LINEARS, randomise


def eye(**sizes):
    plain = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=3)
    plain |= dict(image_size=21, patch_size=7, projection_dim=16)
    return CLIPVisionConfig(**(plain | sizes)).to_dict()


def brain(**sizes):
    plain = dict(vocab_size=100, hidden_size=40, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4)
    plain |= dict(max_position_embeddings=256, rms_norm_eps=1e-5, pad_token_id=0)
    return LlamaConfig(**(plain | sizes)).to_dict()


def make_llava(seed, eye, brain, **others):
    config = LlavaConfig(vision_config=eye, text_config=brain, image_token_index=90, **others)
    return randomise(LlavaForConditionalGeneration._from_config(config, attn_implementation="eager"), seed)


def load_llava(folder, **options):
    return LlavaForConditionalGeneration.from_pretrained(folder, attn_implementation="eager", **options).eval()


def write_config(folder, config):
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def compute(model, folder):
    """All that is compared, for inputs that are made up."""
    inputs = reference.llava_inputs(model.config)
    reference.save(reference.llava(model, inputs), folder / "io.safetensors")
    reference.save(reference.greedy(model, inputs, 8, 2), folder / "greedy.safetensors")
    prompt = model.get_input_embeddings().weight[3:6].detach()
    reference.save(reference.prompt(model, inputs, prompt), folder / "prompt.safetensors")
    write_processor(folder, model.config.vision_config.image_size)


def write_processor(folder, side):
    processor = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
    processor.save_pretrained(folder)


def require_equal(model, folder):
    """Transformers itself reads the same model out of the folder."""
    inputs = reference.llava_inputs(model.config)
    with torch.no_grad():
        assert torch.equal(model(**inputs).logits, load_llava(folder)(**inputs).logits), folder


# --- layouts of LLaVA


def layout_a(name):
    return name.replace("vision_tower.", "vision_tower.vision_model.", 1) if name.startswith("vision_tower.") else name


def layout_b(name):
    """The module's names of version 4.52, out of those of layout D."""
    return name.replace("model.vision_tower.", "model.vision_tower.vision_model.", 1)


def save_as(model, folder, rename):
    model.save_pretrained(folder, save_original_format=rename is layout_a)
    tensors = load_file(str(folder / "model.safetensors"))
    reference.save({rename(name): tensor for name, tensor in tensors.items()}, folder / "model.safetensors")


def write_published_layout(out):
    """As many heads of keys and values as of queries; layout A; a sparse configuration of version 4."""
    folder = out / "llava-a"
    model = make_llava(11, eye(), brain())
    save_as(model, folder, layout_a)
    text = {
        "model_type": "llama",
        "vocab_size": 100,
        "hidden_size": 40,
        "intermediate_size": 56,
        "torch_dtype": "float32",
    }
    text |= {"num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 256, "rms_norm_eps": 1e-5}
    vision = {"model_type": "clip_vision_model", "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3}
    vision |= {"num_attention_heads": 3, "image_size": 21, "patch_size": 7, "projection_dim": 16, "vocab_size": 32000}
    config = {"architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "image_token_index": 90}
    config |= {"ignore_index": -100, "pad_token_id": 0, "projector_hidden_act": "gelu", "torch_dtype": "float32"}
    config |= {"vision_feature_layer": -2, "vision_feature_select_strategy": "default", "vocab_size": 100}
    write_config(folder, config | {"text_config": text, "vision_config": vision})
    require_equal(model, folder)
    compute(model, folder)


def write_odd(out):
    """Odd sizes, a head size of its own, three heads to one of keys and values; tied; layout B; other features."""
    folder = out / "llava-b"
    sizes = dict(
        vocab_size=97, hidden_size=36, intermediate_size=53, num_attention_heads=6, num_key_value_heads=2, head_dim=10
    )
    text = brain(**sizes, tie_word_embeddings=True, rope_parameters={"rope_type": "default", "rope_theta": 500.0})
    tower = eye(image_size=31, hidden_act="gelu", layer_norm_eps=1e-6)
    others = dict(vision_feature_layer=[-2, 1], vision_feature_select_strategy="full", multimodal_projector_bias=False)
    model = make_llava(12, tower, text, image_seq_length=17, tie_word_embeddings=True, **others)
    save_as(model, folder, layout_b)
    require_equal(model, folder)
    compute(model, folder)


def write_shards(out):
    """Layout D, in bfloat16, and in several files."""
    folder = out / "llava-d"
    model = make_llava(13, eye(), brain(num_key_value_heads=1)).to(torch.bfloat16)
    model.save_pretrained(folder, save_original_format=False, max_shard_size="40KB")
    model = load_llava(folder, dtype=torch.float32)
    compute(model, folder)


def write_original(out):
    """The LLaVA repository's layout, whose tower is a CLIP folder."""
    folder = out / "llava-o"
    model = make_llava(14, eye(), brain())
    names = {f"linear_{i + 1}": f"mm_projector.{2 * i}" for i in range(2)}
    tensors = {}
    for name, tensor in model.state_dict().items():
        name = name.replace("model.language_model.", "model.")
        for ours, theirs in names.items():
            name = name.replace(f"multi_modal_projector.{ours}", theirs)
        if "vision_tower" not in name:
            tensors[name] = tensor
    folder.mkdir(exist_ok=True)
    reference.save(tensors, folder / "model.safetensors")
    config = {"architectures": ["LlavaLlamaForCausalLM"], "model_type": "llava", "vocab_size": 100, "hidden_size": 40}
    config |= {"intermediate_size": 56, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 4}
    config |= {"max_position_embeddings": 256, "rms_norm_eps": 1e-5, "rope_scaling": None, "torch_dtype": "float32"}
    config |= {
        "bos_token_id": 1,
        "eos_token_id": 2,
        "pad_token_id": 0,
        "mm_vision_tower": "tower",
        "mm_hidden_size": 24,
    }
    config |= {"mm_projector_type": "mlp2x_gelu", "mm_vision_select_layer": -2, "mm_vision_select_feature": "patch"}
    write_config(folder, config | {"image_aspect_ratio": "pad", "mm_use_im_start_end": False})
    text = CLIPTextConfig(vocab_size=30, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=2)
    tower = CLIPModel(CLIPConfig(text_config=text.to_dict(), vision_config=eye(), projection_dim=16))
    tower.vision_model.load_state_dict(model.model.vision_tower.state_dict())
    randomise(tower.text_model, 15)
    randomise(tower.visual_projection, 15)
    randomise(tower.text_projection, 15)
    tower.save_pretrained(folder / "tower")
    write_processor(folder / "tower", 21)
    model = original.load(folder, folder / "tower")
    compute(model, folder)
    for file in (folder / "io.safetensors", folder / "greedy.safetensors"):
        computed = load_file(str(file))
        original.mark(computed, model.config.image_token_id)
        reference.save(computed, file)


def write_deep(out):
    """28 narrow layers. Two channels hold about 10^4 all the way, and the norms mute them, as in trained models."""
    folder = out / "llava-deep"
    sizes = dict(
        hidden_size=16, intermediate_size=24, num_hidden_layers=28, num_attention_heads=2, num_key_value_heads=1
    )
    model = make_llava(16, eye(num_hidden_layers=2), brain(**sizes))
    language = model.model.language_model
    loud = {3: 1e4, 11: -6e3}
    size = (sum(value**2 for value in loud.values()) / 16) ** 0.5  # what the norms divide by
    with torch.no_grad():
        for channel, value in loud.items():
            language.embed_tokens.weight[:, channel] = value * (1 + 0.3 * language.embed_tokens.weight[:, channel])
            model.model.multi_modal_projector.linear_2.bias[channel] = value
        norms = [n for layer in language.layers for n in (layer.input_layernorm, layer.post_attention_layernorm)]
        for norm in [*norms, language.norm]:
            quiet = [channel for channel in range(16) if channel not in loud]
            norm.weight[quiet] *= size
        for layer in language.layers:  # each adds little, or the quiet channels, which no norm bounds, would explode
            layer.self_attn.o_proj.weight *= 0.15
            layer.mlp.down_proj.weight *= 0.15
    model.save_pretrained(folder)
    compute(model, folder)


# --- CLIP


def write_clips(out):
    """In the style of ViT-B (large patches, the old end token) and of ViT-L (patches of 14, doubled configuration)."""
    text = dict(vocab_size=61, hidden_size=20, intermediate_size=36, num_hidden_layers=3, num_attention_heads=5)
    text |= dict(max_position_embeddings=11, projection_dim=12, bos_token_id=59, eos_token_id=2, pad_token_id=1)
    vision = dict(image_size=35, patch_size=16, projection_dim=12, num_attention_heads=4)
    write_clip(out / "clip-b", 21, text, eye(**vision), {})
    text |= dict(hidden_size=24, num_attention_heads=2, eos_token_id=60, hidden_act="gelu")
    vision = dict(image_size=42, patch_size=14, projection_dim=12, hidden_size=28, num_attention_heads=4)
    doubled = {
        "text_config_dict": text,
        "vision_config_dict": vision | {"intermediate_size": 40, "num_hidden_layers": 3},
    }
    write_clip(out / "clip-l", 22, text, eye(**vision), doubled)


def write_clip(folder, seed, text, vision, doubled):
    parts = dict(text_config=CLIPTextConfig(**text).to_dict(), vision_config=vision, projection_dim=12)
    model = randomise(CLIPModel(CLIPConfig(**parts)), seed)
    model.save_pretrained(folder)
    if doubled:  # and the position ids, which files of that time hold
        config = json.loads((folder / "config.json").read_text())
        config["text_config"] |= {"hidden_size": 512, "eos_token_id": 2}
        write_config(folder, config | doubled)
        tensors = load_file(str(folder / "model.safetensors"))
        tensors["text_model.embeddings.position_ids"] = torch.arange(11).unsqueeze(0)
        tensors["vision_model.embeddings.position_ids"] = torch.arange(10).unsqueeze(0)
        reference.save(tensors, folder / "model.safetensors")
    model = CLIPModel.from_pretrained(folder, attn_implementation="eager").eval()
    reference.save(reference.clip(model, reference.clip_inputs(model.config)), folder / "io.safetensors")
    write_processor(folder, vision["image_size"])


# --- adapters, and halves


def adapted(out, name, config, scale=0.2):
    """An adapter on the first LLaVA fixture, with what PEFT computes with it."""
    model = get_peft_model(load_llava(out.parent / "llava"), config)
    g = torch.Generator().manual_seed(31)
    with torch.no_grad():
        for parameter, p in sorted(model.named_parameters()):
            if p.requires_grad:
                p.copy_(torch.randn(p.shape, generator=g) * scale)
    folder = out / name
    model.eval().save_pretrained(folder)
    tidy(folder)
    return model, folder


def tidy(folder):
    """Nothing that depends on the machine or differs from run to run."""
    (folder / "README.md").unlink()
    file = folder / "adapter_config.json"
    config = json.loads(file.read_text()) | {"base_model_name_or_path": "llava"}
    if isinstance(config.get("target_modules"), list):
        config["target_modules"].sort()
    file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def llava_fixture_inputs(out):
    stored = load_file(str(out.parent / "llava_io.safetensors"))
    return {name: stored[name] for name in ("pixel_values", "input_ids", "attention_mask", "labels")}


def write_adapters(out):
    """LoRA with patterns and rank-stabilised; the names of versions before 4.52; a soft prompt."""
    inputs = llava_fixture_inputs(out)
    plain = dict(lora_dropout=0.0, bias="none", task_type="CAUSAL_LM", target_modules=LINEARS)
    patterns = dict(rank_pattern={"q_proj": 2, r"layers\.1\.mlp\.up_proj": 6}, alpha_pattern={"v_proj": 12})
    model, folder = adapted(out, "lora-patterns", LoraConfig(r=4, lora_alpha=8, use_rslora=True, **patterns, **plain))
    reference.save(reference.lora(model, inputs), folder / "io.safetensors")
    some = plain | dict(target_modules=["q_proj", "down_proj"], exclude_modules=r".*vision_tower.*")
    model, folder = adapted(out, "lora-before-4.52", LoraConfig(r=3, lora_alpha=3, layers_to_transform=[1], **some))
    reference.save(reference.lora(model, inputs), folder / "io.safetensors")
    weights = load_file(str(folder / "adapter_model.safetensors"))
    older = {name.replace("model.language_model.", "language_model.model."): t for name, t in weights.items()}
    reference.save(older, folder / "adapter_model.safetensors")
    prompt = PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=5, token_dim=64)
    prompt.num_attention_heads, prompt.num_layers, prompt.num_transformer_submodules = 4, 2, 1
    model, folder = adapted(out, "soft-prompt", prompt)
    embeddings = load_file(str(folder / "adapter_model.safetensors"))["prompt_embeddings"]
    base = load_llava(out.parent / "llava")
    computed = reference.prompt(base, inputs, embeddings)
    again = PeftModel.from_pretrained(load_llava(out.parent / "llava"), folder).eval()
    with torch.no_grad():
        logits = again(**inputs).logits
    assert torch.allclose(logits, computed["logits"], atol=1e-5), "PEFT puts the prompt where we do"
    reference.save(computed, folder / "io.safetensors")


def write_halves(out):
    """The reference's own loss of precision in 16 bits, on the first LLaVA fixture."""
    inputs = llava_fixture_inputs(out)
    for name, dtype in (("bf16", torch.bfloat16), ("fp16", torch.float16)):
        model = load_llava(out.parent / "llava", dtype=dtype)
        computed = reference.llava(model, inputs | {"pixel_values": inputs["pixel_values"].to(dtype)})
        kept = {key: computed[key].float() for key in ("logits", "loss", "image_features")}
        reference.save(kept, out.parent / f"llava_{name}.safetensors")


def write(out):
    out = out / "checkpoints"
    out.mkdir(exist_ok=True)
    write_published_layout(out)
    write_odd(out)
    write_shards(out)
    write_original(out)
    write_deep(out)
    write_clips(out)
    write_adapters(out)
    write_halves(out)
