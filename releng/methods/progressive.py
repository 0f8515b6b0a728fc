"""Progressive Prompts on the toys of karuta.kit (Razdaibiedina et al., ICLR 2023): three stages, a prompt more in each.

    prompt of a task = P + W2 tanh(W1 P + b1) + b2,   input = [P_t; P_(t-1); ...; P_1; x],   loss = lm
"""

import numpy as np

import toy
from arrays import drawn, write

LENGTH, BOTTLENECK = 2, 4

random = np.random.default_rng(20230)
written = {}
earlier = []  # the newest first


def prompt(own, task):
    part = lambda name: own[f"{task}.weight.{name}"]
    inner = np.tanh(part("prompt") @ part("0.weight").T + part("0.bias"))
    return part("prompt") + inner @ part("2.weight").T + part("2.bias")


for stage in (1, 2, 3):
    name, task = f"stage{stage}", f"task{stage}"
    shapes = {
        "prompt": (LENGTH, toy.D), "0.weight": (BOTTLENECK, toy.D), "0.bias": (BOTTLENECK,),
        "2.weight": (toy.D, BOTTLENECK), "2.bias": (toy.D,),
    }
    own = {f"{task}.weight.{part}": drawn(random, *shape) / 2 for part, shape in shapes.items()}
    written |= {f"{name}.start.{part}": value.copy() for part, value in own.items()}
    batch = toy.samples(stage, 4)
    put = lambda sample: toy.Inserts(tokens=[prompt(own, task), *earlier])
    written[f"{name}.chosen"] = [list(reversed(range(stage)))] * 4
    written |= toy.played(name, batch, lambda: {"lm": toy.lm(batch, put)}, own, put)
    earlier.insert(0, prompt(own, task))
    written[f"{name}.kept"] = earlier[0]

asked = [sample for task in (1, 2, 3, 4) for sample in toy.samples(task, 2)]
written["answer.chosen"] = [[2, 1, 0]] * len(asked)
written |= toy.answered(asked, lambda sample: toy.Inserts(tokens=earlier))
write("karuta.method.progressive", "progressive.txt", written)
