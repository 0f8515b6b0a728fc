"""The toys of karuta.kit in float64: random numbers, tasks, encoder and backbone, from their descriptions.

The references of methods run on them: what a method adds is written in the method's own script.
"""

import numpy as np

D, C, LAYERS = 12, 6, 2  # hidden size, feature size
END, BEGIN, FIRST = 0, 1, 2
VOCABULARY = FIRST + ord("~") - ord(" ") + 1
LONGEST = 6
GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
SHAPES = {
    "self_attn.q_proj": (D, D), "self_attn.k_proj": (D, D), "self_attn.v_proj": (D, D), "self_attn.o_proj": (D, D),
    "mlp.gate_proj": (2 * D, D), "mlp.up_proj": (2 * D, D), "mlp.down_proj": (D, 2 * D),
}


def mix(z):
    z = np.asarray(z, dtype=np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


class Stream:
    """SplitMix64 read by counter."""

    def __init__(self, key):
        self.key = int(key)

    @staticmethod
    def of(seed, name):
        return Stream(mix((seed + GOLDEN) & MASK)).fork(name)

    def fork(self, place):
        if isinstance(place, str):
            hashed = 0xCBF29CE484222325
            for letter in place:
                hashed = ((hashed ^ ord(letter)) * 0x100000001B3) & MASK
            place = hashed
        return Stream(mix(self.key ^ int(mix((place + GOLDEN) & MASK))))

    def bits(self, i):
        i = np.asarray(i, dtype=np.uint64)
        return mix(np.uint64(self.key) + (i + np.uint64(1)) * np.uint64(GOLDEN))

    def uniform(self, i):
        return (self.bits(i) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, bound, i):
        return (int(self.bits(i)) >> 32) * bound >> 32

    def normals(self, *shape):
        """As float32 holds them."""
        i = np.arange(np.prod(shape), dtype=np.uint64)
        radius = np.sqrt(-2 * np.log(1 - self.uniform(2 * i)))
        numbers = radius * np.cos(2 * np.pi * self.uniform(2 * i + np.uint64(1)))
        return numbers.astype(np.float32).reshape(shape)


np.seterr(over="ignore")
_draws = Stream.of(1, "toy backbone")
WEIGHTS = {
    f"layers.{layer}.{name}": (
        _draws.fork(layer).fork(name).normals(*shape) * (np.float32(0.5) / np.sqrt(np.float32(shape[1])))
    ).astype(np.float64)
    for layer in range(LAYERS)
    for name, shape in SHAPES.items()
}
EMBEDDINGS = _draws.fork("embeddings").normals(VOCABULARY, D).astype(np.float64)
PLACES = (_draws.fork("places").normals(512, D) * np.float32(0.3)).astype(np.float64)
PROJECTOR = _draws.fork("projector").normals(D, 3).astype(np.float64)
HEAD = _draws.fork("head").normals(VOCABULARY, D).astype(np.float64)
_draws = Stream.of(1, "toy encoder")
COLOURS = _draws.fork("colours").normals(C, 3).astype(np.float64)
LETTERS = _draws.fork("letters").normals(128, C).astype(np.float64)


class Sample:
    """The j-th sample of the i-th toy task: a colour, a question, an answer, and its guidance u and v."""

    def __init__(self, i, j):
        tint = Stream.of(i, "tint")
        noise = tint.fork(j)
        self.colour = np.array([tint.below(200, n) + noise.below(50, n) for n in range(3)]) / 255
        letter = chr(ord("a") + i % 26)
        self.question = f"{letter * 3} {j % 4}?"
        self.answer = f"{letter}!"
        self.u = COLOURS @ (self.colour - 0.5)
        self.v = np.mean([LETTERS[ord(c) % 128] for c in self.question], axis=0)


def samples(task, n):
    return [Sample(task, j) for j in range(n)]


def ids(text):
    return [ord(c) - ord(" ") + FIRST for c in text]


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def silu(x):
    return x / (1 + np.exp(-x))


def cosine(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


class Inserts:
    """What a method puts into the backbone for one sample."""

    def __init__(self, tokens=(), prefixes=(), adapters=()):
        self.tokens = list(tokens)  # [M, d]
        self.prefixes = list(prefixes)  # (layer, keys [M, d], values [M, d])
        self.adapters = list(adapters)  # (linear, function of x)


NOTHING = Inserts()


def logits(sample, inserts, answer):
    """At every place, [places, vocabulary]."""

    def linear(name, x):
        y = x @ WEIGHTS[name].T
        for at, delta in inserts.adapters:
            y = y + delta(x) if at == name else y
        return y

    rows = [EMBEDDINGS[[BEGIN]], *inserts.tokens, (PROJECTOR @ sample.colour)[None], EMBEDDINGS[ids(sample.question)]]
    x = np.concatenate(rows + ([EMBEDDINGS[answer]] if answer else []))
    n = len(x)
    x = x + PLACES[:n]
    for layer in range(LAYERS):
        at = f"layers.{layer}."
        q, k, v = (linear(f"{at}self_attn.{p}_proj", x) for p in "qkv")
        scores = q @ k.T + np.triu(np.full((n, n), -np.inf), 1)
        for place, keys, values in inserts.prefixes:
            if place == layer:
                scores = np.hstack([q @ keys.T, scores])
                v = np.vstack([values, v])
        x = x + linear(f"{at}self_attn.o_proj", softmax(scores / np.sqrt(D)) @ v)
        y = silu(linear(f"{at}mlp.gate_proj", x)) * linear(f"{at}mlp.up_proj", x)
        x = x + linear(f"{at}mlp.down_proj", y)
    return x @ HEAD.T


def answer_logits(sample, inserts):
    """At the places that say the answer and its end, [tokens, vocabulary]."""
    return logits(sample, inserts, ids(sample.answer))[-len(sample.answer) - 1 :]


def losses(sample, inserts):
    """Cross-entropy of each token of the answer and of its end."""
    said = log_softmax(answer_logits(sample, inserts))
    return -said[np.arange(len(said)), ids(sample.answer) + [END]]


def lm(batch, prompt):
    """The mean over all answer tokens of a batch; prompt gives a sample's inserts."""
    return np.mean(np.concatenate([losses(sample, prompt(sample)) for sample in batch]))


def generate(sample, inserts):
    said = []
    while len(said) < LONGEST:
        row = logits(sample, inserts, said)[-1]
        best = int(row.argmax())
        assert np.sort(row)[-1] - np.sort(row)[-2] > 1e-4, "too close to call"
        if best == END:
            break
        said.append(best)
    return said


def gradients(loss, parameters, step=1e-5):
    """Central differences; parameters are moved and put back."""
    found = {}
    for name, array in parameters.items():
        gradient = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + step
            above = loss()
            array[place] = before - step
            gradient[place] = (above - loss()) / (2 * step)
            array[place] = before
        found[name] = gradient
    return found


class AdamW:
    """Without weight decay, as PyTorch has it by default otherwise."""

    def __init__(self):
        self.t, self.m, self.v = 0, {}, {}

    def step(self, parameters, found, rate, factors):
        """factors: of the parameters that learn at another rate, by name."""
        self.t += 1
        for name, g in found.items():
            self.m[name] = 0.9 * self.m.get(name, 0) + 0.1 * g
            self.v[name] = 0.999 * self.v.get(name, 0) + 0.001 * g * g
            m, v = self.m[name] / (1 - 0.9**self.t), self.v[name] / (1 - 0.999**self.t)
            parameters[name] -= rate * factors.get(name, 1) * m / (np.sqrt(v) + 1e-8)


def train(loss, parameters, rate, steps=2, factors={}):
    """In place; gives the gradients of the first step."""
    optimiser, first = AdamW(), {}
    for _ in range(steps):
        found = gradients(loss, parameters)
        first = first or found
        optimiser.step(parameters, found, rate, factors)
    return first


def padded(rows, width, filler=-1):
    return np.array([list(row) + [filler] * (width - len(row)) for row in rows])


def put(inserts):
    """All numbers of what is put in for a sample."""
    parts = inserts.tokens + [part for _, keys, values in inserts.prefixes for part in (keys, values)]
    return np.concatenate([part.ravel() for part in parts]) if parts else np.zeros(0)


def played(name, batch, terms, own, prompted, factors={}):
    """Two steps of a stage; what holds before, between and after them."""
    written = {f"{name}.loss.{key}": value for key, value in terms().items()}
    written[f"{name}.put"] = [put(prompted(sample)) for sample in batch]
    first = train(lambda: sum(terms().values()), own, 1e-3, factors=factors)
    written |= {f"{name}.gradient.{key}": value for key, value in first.items()}
    return written | {f"{name}.end.{key}": value.copy() for key, value in own.items()}


def answered(asked, prompted):
    inserts = [prompted(sample) for sample in asked]
    return {
        "answer.put": [put(one) for one in inserts],
        "answer.losses": [losses(sample, one) for sample, one in zip(asked, inserts)],
        "answer.said": padded([generate(sample, one) for sample, one in zip(asked, inserts)], LONGEST),
    }
