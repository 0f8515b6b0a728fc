"""Gaussians of features and conformal p-values, computed anew with NumPy, by dense covariances.

    python gaussian.py ../../bundles/use/karuta.use/test/fixtures/gaussian.json
"""

import json
import sys

import numpy as np

random = np.random.default_rng(11)
AXES, SHRINKAGE, LEAST = 16, 0.1, 1e-8
SHARES = (0.0, 0.01, 0.05, 0.2)


def samples(n, width, centre, mix):
    return np.round(centre + random.normal(0, 1, (n, mix.shape[0])) @ mix, 4).astype(np.float32)


def unit(x):
    x = np.asarray(x, np.float64)
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def gaussian(training):
    """Mean and dense covariance."""
    x = unit(training)
    n, width = x.shape
    values, vectors = np.linalg.eigh(np.cov(x.T))
    values, vectors = values[::-1].clip(0), vectors[:, ::-1]
    most = max(1, min(AXES, n // 2, width - 1))
    ball = values.sum() / width
    shrunk = (1 - SHRINKAGE) * values + SHRINKAGE * ball
    rest = max((1 - SHRINKAGE) * values[most:].mean() + SHRINKAGE * ball, LEAST)
    spread = np.concatenate([np.maximum(shrunk[:most], rest), np.full(width - most, rest)])
    return x.mean(axis=0), vectors @ np.diag(spread) @ vectors.T


def distances(model, features):
    mean, covariance = model
    x = unit(features) - mean
    return np.einsum("ij,ij->i", x, np.linalg.solve(covariance, x.T).T)


def case(name, n, held, asked, image, text):
    widths = {"image": image, "text": text}
    parts = {}
    for feature, width in widths.items():
        centre, mix = random.normal(0, 2, width), random.normal(0, 1, (6, width)) * 0.5
        noise = np.vstack([mix, 0.1 * np.eye(width)])
        foreign = np.vstack([random.normal(0, 0.5, (6, width)), 0.1 * np.eye(width)])
        parts[feature] = (
            samples(n, width, centre, noise),
            samples(held, width, centre, noise),
            np.vstack([samples(asked // 2, width, centre, noise), samples(asked // 2, width, centre, foreign)]),
        )
    models = {feature: gaussian(part[0]) for feature, part in parts.items()}
    views = {}
    for view in (("image", "text"), ("image",), ("text",)):
        size = sum(widths[feature] for feature in view)
        own = np.sqrt(sum(distances(models[feature], parts[feature][1]) for feature in view) / size)
        far = np.sqrt(sum(distances(models[feature], parts[feature][2]) for feature in view) / size)
        p = (1 + (own[None, :] >= far[:, None]).sum(axis=1)) / (held + 1)
        within = {str(share): (p > max(share, 1 / (held + 1))).tolist() for share in SHARES}
        views["+".join(view)] = {"distances": far.tolist(), "within": within}
        print(name, view, {share: int(np.sum(w)) for share, w in within.items()}, "of", len(far))
    return {
        "name": name,
        "training": {feature: part[0].tolist() for feature, part in parts.items()},
        "held": {feature: part[1].tolist() for feature, part in parts.items()},
        "asked": {feature: part[2].tolist() for feature, part in parts.items()},
        "views": views,
    }


cases = [case("many", 60, 40, 24, 20, 18), case("fewer than numbers", 14, 25, 16, 24, 22), case("two", 2, 3, 8, 5, 4)]
with open(sys.argv[1], "w") as file:
    json.dump(cases, file)
