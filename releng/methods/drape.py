"""One prompt generator of DRAPE (arXiv 2605.10765), from its equations: soft tokens of three queries, and gradients.

Each query is computed alone and without padding, and gradients are central differences in float64, so nothing is shared
with the Java code but the equations and the names of the weights.
"""

import math

import numpy as np

from arrays import drawn, write

D, H, M, HEADS = 5, 6, 4, 2
TEXTS, IMAGES = (9, 3, 6), (2, 5, 0)  # tokens of each query
STEP = 1e-5

random = np.random.default_rng(20260128)
weights = {}
for modality in ("text", "image"):
    for part, out, size in [("map", H, D), *((p, H, H) for p in "qkvo")]:
        weights[f"{modality}.{part}.weight"] = drawn(random, out, size) / 2
        weights[f"{modality}.{part}.bias"] = drawn(random, out) / 2
    weights[f"norm.{modality}.weight"] = 1 + drawn(random, H) / 2
    weights[f"norm.{modality}.bias"] = drawn(random, H) / 2
for name, out, size in (("mlp.0", 2 * H, H), ("mlp.2", D, 2 * H)):
    weights[f"{name}.weight"] = drawn(random, out, size) / 2
    weights[f"{name}.bias"] = drawn(random, out) / 2
weights = {name: value.astype(np.float32).astype(np.float64) for name, value in weights.items()}
inputs = {}
for i in range(3):
    inputs[f"text.{i}"] = drawn(random, TEXTS[i], D)
    if IMAGES[i]:
        inputs[f"image.{i}"] = drawn(random, IMAGES[i], D)
pull = drawn(random, 3, M, D)  # the loss is the sum of tokens times this


def linear(name, x):
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def gelu(x):
    return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2


def attended(modality, x, y):
    q, k, v = linear(f"{modality}.q", x), linear(f"{modality}.k", y), linear(f"{modality}.v", y)
    size = H // HEADS
    found = []
    for h in range(HEADS):
        part = slice(h * size, (h + 1) * size)
        found.append(softmax(q[:, part] @ k[:, part].T / math.sqrt(size)) @ v[:, part])
    z = x + linear(f"{modality}.o", np.hstack(found))
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5)
    return z * weights[f"norm.{modality}.weight"] + weights[f"norm.{modality}.bias"]


def tokens(i):
    t = linear("text.map", inputs[f"text.{i}"])
    z = linear("image.map", inputs.get(f"image.{i}", np.zeros((1, D))))
    n = len(t)
    means = np.array([t[j * n // M : -(-(j + 1) * n // M)].mean(axis=0) for j in range(M)])
    r = attended("image", attended("text", means, t), z)
    return linear("mlp.2", gelu(linear("mlp.0", r)))


def loss():
    return sum((tokens(i) * pull[i]).sum() for i in range(3))


def gradient(array):
    found = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        before = array[place]
        array[place] = before + STEP
        above = loss()
        array[place] = before - STEP
        found[place] = (above - loss()) / (2 * STEP)
        array[place] = before
    return found


arrays = {f"weight.{name}": value for name, value in weights.items()}
arrays |= inputs | {"pull": pull, "tokens": np.array([tokens(i) for i in range(3)])}
arrays |= {f"gradient.weight.{name}": gradient(value) for name, value in weights.items()}
arrays |= {f"gradient.{name}": gradient(value) for name, value in inputs.items()}
write("karuta.method.drape", "drape.txt", arrays)
