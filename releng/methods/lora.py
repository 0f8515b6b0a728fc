"""Sequential LoRA and replay over it, on the toys of karuta.kit.

    y = W x + alpha / r B A x,   loss = lm;   a second task goes on with the same A and B
    replay: + lm of the examples that were stored, all of them here
    joint: one stage of both tasks;   zero-shot: nothing is put in
"""

import numpy as np

import toy
from arrays import drawn, write

RANK, ALPHA = 2, 5
LAYERS = [f"layers.{layer}.{name}" for layer in range(toy.LAYERS) for name in ("self_attn.v_proj", "mlp.down_proj")]

random = np.random.default_rng(2021)
start = {}
for layer in LAYERS:
    out, size = toy.WEIGHTS[layer].shape
    start[f"{layer}.lora_A.weight"] = drawn(random, RANK, size) / 4
    start[f"{layer}.lora_B.weight"] = drawn(random, out, RANK) / 4


def adapted(own):
    def delta(layer):
        return lambda x: ALPHA / RANK * (x @ own[f"{layer}.lora_A.weight"].T) @ own[f"{layer}.lora_B.weight"].T

    inserts = toy.Inserts(adapters=[(layer, delta(layer)) for layer in LAYERS])
    return lambda sample: inserts


asked = [sample for task in (1, 2, 3) for sample in toy.samples(task, 2)]
for name in ("lora", "replay"):
    own = {key: value.copy() for key, value in start.items()}
    written = {f"stage1.start.{key}": value.copy() for key, value in own.items()}
    for stage in (1, 2):
        def terms():
            found = {"lm": toy.lm(toy.samples(stage, 4), adapted(own))}
            return found | {"replay.lm": toy.lm(toy.samples(1, 4), adapted(own))} if name == "replay" and stage == 2 else found

        played = toy.played(f"stage{stage}", [], terms, own, adapted(own))
        written |= {key: value for key, value in played.items() if not key.endswith(".put")}
    written |= {key: value for key, value in toy.answered(asked, adapted(own)).items() if not key.endswith(".put")}
    write("karuta.it", f"{name}.txt", written)

own = {key: value.copy() for key, value in start.items()}
both = toy.samples(1, 3) + toy.samples(2, 5)
joint = {f"start.{key}": value for key, value in start.items()} | {"lm": toy.lm(both, adapted(own))}
joint |= {f"gradient.{key}": value for key, value in toy.gradients(lambda: toy.lm(both, adapted(own)), own).items()}
write("karuta.it", "joint.txt", joint)
frozen = toy.answered(asked, lambda sample: toy.NOTHING)
write("karuta.it", "zeroshot.txt", {key: value for key, value in frozen.items() if not key.endswith(".put")})
