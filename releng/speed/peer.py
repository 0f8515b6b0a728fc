"""The other side of `karuta bench`: the same work on the same model and inputs with Transformers and PEFT.

    python peer.py MODEL BATCH.safetensors ADAPTER --threads 1 --dtype float32 --device cpu

Karuta starts it, writes one line per reading (the name of a work) and gets one line of JSON back. What is computed is
what a user of the libraries writes: LlavaForConditionalGeneration with labels, generate(), PeftModel, torch.optim.AdamW.
"""

import argparse
import gc
import json
import sys
import time

import peft
import torch
import transformers
from safetensors.torch import load_file

RATE, LIMIT = 1e-3, 1.0


def peak():
    """The largest resident set since `forget`, in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0


def forget():
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass


class Peer:
    def __init__(self, model, batch, adapter, device, tokens):
        self.model, self.adapter, self.device, self.tokens = model, adapter, device, tokens
        self.batch = {name: tensor.to(device) for name, tensor in batch.items()}
        self.mask = self.batch["attention_mask"]
        self.prompt = torch.nn.Parameter(self.batch["prompt_embeddings"].clone())
        self.at = int(self.batch["prompt_start"])
        self.optimiser = None
        text = model.config.text_config
        self.weight = torch.rand(text.intermediate_size, text.hidden_size, device=device).to(model.dtype)
        self.batch["inputs_embeds"] = self.batch["inputs_embeds"].to(model.dtype)

    def work(self, name):
        return getattr(self, name)()

    def product(self):
        states = self.batch["inputs_embeds"].flatten(0, 1)
        with torch.no_grad():
            for _ in range(5):
                torch.nn.functional.linear(states, self.weight)
        return 0.0

    def tower(self):
        with torch.no_grad():
            seen = self.model.model.vision_tower(
                self.batch["pixel_values"].to(self.model.dtype), output_hidden_states=True
            )
            return float(seen.hidden_states[-2].float().abs().mean())

    def loss(self, embeds):
        return self.model(inputs_embeds=embeds, attention_mask=self.mask, labels=self.batch["labels"]).loss

    def forward(self):
        with torch.no_grad():
            return float(self.loss(self.batch["inputs_embeds"]))

    def step(self, parameters, embeds):
        if self.optimiser is None:
            self.optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0)
        loss = self.loss(embeds)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, LIMIT)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return loss.item()

    def prompt_step(self):
        whole = self.batch["inputs_embeds"]
        own = self.prompt.unsqueeze(0).expand(len(whole), -1, -1).to(whole.dtype)
        rest = self.at + self.prompt.shape[0]
        return self.step([self.prompt], torch.cat([whole[:, : self.at], own, whole[:, rest:]], 1))

    def lora_step(self):
        if not isinstance(self.model, peft.PeftModel):
            self.model = peft.PeftModel.from_pretrained(self.model, self.adapter, is_trainable=True)
            self.optimiser = None
        parameters = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        return self.step(parameters, self.batch["inputs_embeds"])

    def generate(self, number):
        # generation goes on at the right end: rows are padded on the left
        lengths = self.mask.sum(1).tolist()
        width = self.mask.shape[1]
        rolled = [torch.roll(row, width - n, 0) for row, n in zip(self.batch["inputs_embeds"], lengths)]
        masks = [torch.roll(row, width - n, 0) for row, n in zip(self.mask, lengths)]
        with torch.no_grad():
            return self.model.generate(
                inputs_embeds=torch.stack(rolled), attention_mask=torch.stack(masks), max_new_tokens=number,
                do_sample=False, pad_token_id=0,
            )

    def prefill(self):
        return float(self.generate(1).sum())

    def decode(self):
        return float(self.generate(self.tokens).sum())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("batch")
    parser.add_argument("adapter")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tokens", type=int, default=33)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    model = transformers.LlavaForConditionalGeneration.from_pretrained(
        options.model, dtype=getattr(torch, options.dtype), attn_implementation="sdpa"
    )
    model = model.to(options.device).eval().requires_grad_(False)
    model.generation_config.eos_token_id = None  # every answer has the same length
    peer = Peer(model, load_file(options.batch), options.adapter, options.device, options.tokens)
    say(torch=torch.__version__, transformers=transformers.__version__, peft=peft.__version__)
    for line in sys.stdin:
        gc.collect()
        forget()
        wall, cpu = time.perf_counter(), time.process_time()
        value = peer.work(line.strip())
        if options.device != "cpu":
            torch.cuda.synchronize()
        say(seconds=time.perf_counter() - wall, cpu=time.process_time() - cpu, peak=peak(), value=value)


def say(**words):
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
