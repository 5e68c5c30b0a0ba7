"""Writes the reference values of features fitted on training rows: test/features/words/fitted-reference.json, by numpy and scipy.

Run as bench/.venv/bin/python scripts/reference/fitted.py, then npx biome check --write on that file.
"""

import json
from pathlib import Path

import numpy as np
from scipy import linalg
from scipy.cluster import vq
from scipy.spatial import distance

random = np.random.default_rng(20150301)
ROWS = 80
HEALTHY = 60


def float32(values):
    return np.asarray(values, dtype=np.float32).astype(float)


load = random.normal(size=ROWS)
wear = random.normal(size=ROWS)
columns = {
    "load": float32(50 + 10 * load),
    "temperature": float32(300 + 4 * load + 0.5 * wear + 0.2 * random.normal(size=ROWS)),
    "pressure": float32(101325 + 40 * load - 30 * wear + 5 * random.normal(size=ROWS)),
    "vibration": float32(1e-3 * np.abs(wear + 0.3 * random.normal(size=ROWS))),
    "speed": float32(1500 + random.standard_t(3, size=ROWS)),
}
x = np.column_stack(list(columns.values()))
healthy = x[:HEALTHY]
mean = healthy.mean(axis=0)
sd = healthy.std(axis=0, ddof=1)
z = (x - mean) / sd


def mahalanobis(shrinkage):
    """scipy's distance, with covariances (not variances) taken towards 0."""
    covariance = np.cov(healthy, rowvar=False)
    shrunk = (1 - shrinkage) * covariance + shrinkage * np.diag(np.diag(covariance))
    inverse = linalg.inv(shrunk)
    return [distance.mahalanobis(row, mean, inverse) for row in x]


def recommended_shrinkage():
    """Schaefer and Strimmer (2005), target D, on standardised data, off the diagonal."""
    n = HEALTHY
    w = np.einsum("ki,kj->kij", z[:n], z[:n])
    variance = n / (n - 1) ** 3 * ((w - w.mean(axis=0)) ** 2).sum(axis=0)
    correlation = np.corrcoef(healthy, rowvar=False)
    off = ~np.eye(x.shape[1], dtype=bool)
    return min(1.0, variance[off].sum() / (correlation[off] ** 2).sum())


def components(count):
    """By the singular value decomposition of the standardised healthy rows."""
    _, singular, right = linalg.svd(z[:HEALTHY], full_matrices=False)
    loadings = right[:count]
    loadings = np.array([row * np.sign(row[np.argmax(np.abs(row))]) for row in loadings])
    variances = singular**2 / (HEALTHY - 1)
    scores = z @ loadings.T
    left = z - scores @ loadings
    return {
        "count": count,
        "loadings": loadings.tolist(),
        "variances": variances[:count].tolist(),
        "shares": (np.cumsum(variances) / variances.sum()).tolist(),
        "error": (left**2).sum(axis=1).tolist(),
        "tSquared": (scores**2 / variances[:count]).sum(axis=1).tolist(),
        "scores": scores.T.tolist(),
    }


def residual():
    given = np.column_stack([np.ones(HEALTHY), healthy[:, [0, 2, 3]]])
    solution, *_ = linalg.lstsq(given, healthy[:, 1])
    expected = np.column_stack([np.ones(ROWS), x[:, [0, 2, 3]]]) @ solution
    return {"coefficients": solution[1:].tolist(), "residual": (x[:, 1] - expected).tolist()}


def modes():
    """Three ways of running a machine, by two settings of unlike units; scipy starts at the true centres."""
    true = np.array([[10.0, 0.002], [10.0, 0.009], [40.0, 0.002]])
    mode = random.integers(0, 3, ROWS)
    settings = float32(true[mode] + random.normal(size=(ROWS, 2)) * [1.0, 0.0003])
    scale = settings.std(axis=0, ddof=1)
    start = np.array([settings[mode == i].mean(axis=0) for i in range(3)]) / scale
    centres, found = vq.kmeans2(settings / scale, start, minit="matrix", iter=100)
    order = np.lexsort((centres[:, 1], centres[:, 0]))
    centres = centres[order]
    number = np.argsort(order)[found]
    value = float32(random.normal(size=ROWS) * (1 + number) + 100 * number)
    within = np.empty(ROWS)
    for i in range(3):
        within[number == i] = (value[number == i] - value[number == i].mean()) / value[number == i].std(ddof=1)
    return {
        "settings": settings.T.tolist(),
        "value": value.tolist(),
        "centres": (centres * scale).tolist(),
        "mode": number.tolist(),
        "inMode": within.tolist(),
    }


def silhouette():
    """Of six points on a line in two clusters, from all distances."""
    points = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [13.0]])
    cluster = np.array([0, 0, 0, 1, 1, 1])
    distances = distance.cdist(points, points)
    each = []
    for i in range(len(points)):
        own = cluster == cluster[i]
        a = distances[i, own].sum() / (own.sum() - 1)
        b = distances[i, ~own].mean()
        each.append((b - a) / max(a, b))
    return {"points": points.ravel().tolist(), "centres": [1.0, 34 / 3], "mean": float(np.mean(each))}


shares = [0.0, 0.01, 0.05, 0.5, 0.9, 0.99, 1.0]
reference = {
    "columns": {name: values.tolist() for name, values in columns.items()},
    "healthy": HEALTHY,
    "mean": mean.tolist(),
    "sd": sd.tolist(),
    "mahalanobis": [
        {"shrinkage": shrinkage, "distance": mahalanobis(shrinkage)} for shrinkage in (1e-6, 0.1, 1.0)
    ],
    "recommended": {"shrinkage": recommended_shrinkage(), "distance": mahalanobis(recommended_shrinkage())},
    "components": [components(count) for count in (1, 2, 3)],
    "residual": residual(),
    "quantiles": {
        "shares": shares,
        "values": {name: np.quantile(values, shares).tolist() for name, values in columns.items()},
    },
    "modes": modes(),
    "silhouette": silhouette(),
}
target = Path(__file__).parents[2] / "test" / "features" / "words" / "fitted-reference.json"
target.write_text(json.dumps(reference) + "\n")
