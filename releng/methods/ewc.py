"""EWC (Kirkpatrick et al. 2017) and online EWC (Schwarz et al. 2018): two tasks, then the penalty of a third.

Gradients of five examples per task and three states of two parameters are given; every derivative of the penalty is a central
difference.
"""

import numpy as np

from arrays import drawn, write

LAMBDA, DECAY, EXAMPLES, STEP = 3.0, 0.7, 5, 1e-5
SHAPES = {"a": (2, 3), "b": (4,)}

random = np.random.default_rng(20260201)
gradients = [{name: drawn(random, EXAMPLES, *shape) for name, shape in SHAPES.items()} for _ in range(2)]
states = [{name: drawn(random, *shape) for name, shape in SHAPES.items()} for _ in range(3)]
fisher = [{name: (g**2).sum(axis=0) / EXAMPLES for name, g in task.items()} for task in gradients]


def separate(theta):
    return LAMBDA / 2 * sum((fisher[i][n] * (theta[n] - states[i][n]) ** 2).sum() for i in range(2) for n in SHAPES)


def online(theta):
    joined = {n: DECAY * fisher[0][n] + fisher[1][n] for n in SHAPES}
    return LAMBDA / 2 * sum((joined[n] * (theta[n] - states[1][n]) ** 2).sum() for n in SHAPES)


def slopes(penalty, name):
    slope = np.zeros(SHAPES[name])
    for place in np.ndindex(*SHAPES[name]):
        sides = []
        for side in (STEP, -STEP):
            theta = {n: value.copy() for n, value in states[2].items()}
            theta[name][place] += side
            sides.append(penalty(theta))
        slope[place] = (sides[0] - sides[1]) / (2 * STEP)
    return slope


arrays = {}
for name in SHAPES:
    for i in range(2):
        arrays[f"gradients.{i}.{name}"] = gradients[i][name]
        arrays[f"fisher.{i}.{name}"] = fisher[i][name]
    for i in range(3):
        arrays[f"state.{i}.{name}"] = states[i][name]
    arrays[f"separate.{name}"] = slopes(separate, name)
    arrays[f"online.{name}"] = slopes(online, name)
arrays["separate"], arrays["online"] = [separate(states[2])], [online(states[2])]
assert abs(arrays["separate"][0] - arrays["online"][0]) > 1
write("karuta.baseline.ewc", "ewc.txt", arrays)
