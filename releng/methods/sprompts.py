"""S-Prompts on the toys of karuta.kit (Wang et al., NeurIPS 2022): three stages with a prompt each, trained by lm alone.

    keys of a task: the k-means centres of u / |u|;   the prompt with min over its centres of sum_j |u_j / |u| - c_j| is used

K-means itself: Lloyd from given starts, on points of its own; and the centres of a task's four samples, by trying all partitions.
"""

import itertools

import numpy as np

import toy
from arrays import drawn, write

LENGTH, CENTRES = 3, 2

random = np.random.default_rng(20220)
written = {}
earlier = []


def unit(x):
    return x / np.linalg.norm(x)


def best_centres(points):
    """The partition into CENTRES parts with the least sum of squares, all of them tried."""
    found = {}
    for labels in itertools.product(range(CENTRES), repeat=len(points)):
        if len(set(labels)) == CENTRES and labels[0] == 0:
            centres = np.array([points[np.array(labels) == k].mean(axis=0) for k in range(CENTRES)])
            found[((points - centres[list(labels)]) ** 2).sum()] = centres
    least, second = sorted(found)[:2]
    assert second - least > 1e-4, "two partitions are as good"
    return found[least]


def scores(sample):
    return np.array([-np.abs(unit(sample.u) - centres).sum(axis=1).min() for _, centres in earlier])


def chosen(sample):
    assert len(earlier) < 2 or np.diff(np.sort(scores(sample))).min() > 1e-4, "too close to call"
    return int(scores(sample).argmax())


for stage in (1, 2, 3):
    name = f"stage{stage}"
    own = {f"task{stage}.tokens": drawn(random, LENGTH, toy.D)}
    (prompt,) = own.values()
    written |= {f"{name}.start.{key}": value.copy() for key, value in own.items()}
    batch = toy.samples(stage, 4)
    put = lambda sample: toy.Inserts(tokens=[prompt])
    written[f"{name}.chosen"] = [[stage - 1]] * 4
    written |= toy.played(name, batch, lambda: {"lm": toy.lm(batch, put)}, own, put)
    earlier.append((prompt, best_centres(np.array([unit(sample.u) for sample in batch]))))
    order = np.argsort(earlier[-1][1][:, 0])
    written[f"{name}.centres"] = earlier[-1][1][order]

asked = [sample for task in (1, 2, 3, 4) for sample in toy.samples(task, 3)]
written["answer.chosen"] = [[chosen(sample)] for sample in asked]
written["answer.scores"] = [scores(sample).max() for sample in asked]
written |= toy.answered(asked, lambda sample: toy.Inserts(tokens=[earlier[chosen(sample)][0]]))

points, centres = drawn(random, 12, 3), drawn(random, 4, 3)
written |= {"lloyd.points": points, "lloyd.start": centres}
for _ in range(100):
    nearest = ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    assert set(nearest) == set(range(4))
    centres = np.array([points[nearest == k].mean(axis=0) for k in range(4)])
written["lloyd.end"] = centres
write("karuta.method.sprompts", "sprompts.txt", written)
