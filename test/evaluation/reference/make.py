"""Reference values of the row figures from scikit-learn 1.7 or later: python make.py > scikit-learn.json, then format the file.

Random, tied and degenerate cases; what scikit-learn only warns about is null, as in forewarn.
"""
import json

import numpy as np
import sklearn
from sklearn import metrics as m

rng = np.random.default_rng(20150301)


def number(x):
    return None if x is None or not np.isfinite(x) else float(x)


def floats(x):
    return [float(v) for v in np.asarray(x).ravel()]


def binary(name, y, p):
    """Probabilities are float32 values, as models give them; log loss sees them as such, for scikit-learn clips by type."""
    y, p32 = np.asarray(y), np.asarray(p, np.float32)
    p = p32.astype(np.float64)
    decided = (p >= 0.5).astype(int)
    both = 0 < y.sum() < len(y)
    present = [bool((y == k).any() or (decided == k).any()) for k in (0, 1)]
    f1 = m.f1_score(y, decided, labels=[0, 1], average=None, zero_division=0)
    return dict(
        name=name, target=y.tolist(), predicted=floats(p),
        averagePrecision=number(m.average_precision_score(y, p)) if y.any() else None,
        rocAuc=number(m.roc_auc_score(y, p)) if both else None,
        logLoss=number(m.log_loss(y, p32, labels=[0, 1])),
        brier=number(m.brier_score_loss(y, p, labels=[0, 1], pos_label=1)),
        f1=[number(v) if ok else None for v, ok in zip(f1, present)],
        macroF1=number(np.mean([v for v, ok in zip(f1, present) if ok])),
        confusion=m.confusion_matrix(y, decided, labels=[0, 1]).tolist())


def multiclass(name, y, p):
    y, p32 = np.asarray(y), np.asarray(p, np.float32)
    p = p32.astype(np.float64)
    labels = list(range(p.shape[1]))
    decided = p.argmax(axis=1)
    present = [bool((y == k).any() or (decided == k).any()) for k in labels]
    f1 = m.f1_score(y, decided, labels=labels, average=None, zero_division=0)
    return dict(
        name=name, target=y.tolist(), classes=len(labels), predicted=floats(p),
        averagePrecision=number(m.average_precision_score(y > 0, 1 - p[:, 0])) if (y > 0).any() else None,
        rocAuc=number(m.roc_auc_score(y > 0, 1 - p[:, 0])) if 0 < (y > 0).sum() < len(y) else None,
        logLoss=number(m.log_loss(y, p32, labels=labels)),
        brier=number(m.brier_score_loss(y, p / p.sum(axis=1, keepdims=True), labels=labels)),
        f1=[number(v) if ok else None for v, ok in zip(f1, present)],
        macroF1=number(np.mean([v for v, ok in zip(f1, present) if ok])),
        confusion=m.confusion_matrix(y, decided, labels=labels).tolist())


def regression(name, y, p):
    y, p = np.asarray(y, float), np.asarray(p, np.float32).astype(np.float64)
    return dict(name=name, target=floats(y), predicted=floats(p), rmse=number(np.sqrt(m.mean_squared_error(y, p))),
                mae=number(m.mean_absolute_error(y, p)))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def some(n, share):
    return (rng.random(n) < share).astype(int)


y60 = some(60, 0.2)
y40 = rng.integers(0, 4, 40)
cases = dict(
    made_by=f"scikit-learn {sklearn.__version__}",
    binary=[
        binary("random", y60, rng.random(60)),
        binary("informative", y60, np.clip(0.3 * y60 + 0.6 * rng.random(60), 0, 1)),
        binary("many ties", y60, rng.integers(0, 5, 60) / 4),
        binary("all tied", y60, np.full(60, 0.5)),
        binary("perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
        binary("reversed", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
        binary("certain and wrong", [1, 0, 1], [0.0, 1.0, 1.0]),
        binary("one positive in the tied middle", [0, 1, 0, 0], [0.4, 0.4, 0.4, 0.1]),
        binary("no positive", [0, 0, 0], [0.1, 0.6, 0.2]),
        binary("no positive, none called", [0, 0, 0], [0.1, 0.2, 0.3]),
        binary("all positive", [1, 1], [0.9, 0.3]),
        binary("one row", [1], [0.25]),
    ],
    multiclass=[
        multiclass("random", y40, softmax(rng.normal(size=(40, 4)))),
        multiclass("informative", y40, softmax(rng.normal(size=(40, 4)) + 2 * np.eye(4)[y40])),
        multiclass("a class that never occurs", [0, 1, 0, 1], [[0.8, 0.2, 0], [0.3, 0.7, 0], [0.6, 0.4, 0], [0.9, 0.1, 0]]),
        multiclass("ties go to the first class", [0, 2, 1], [[0.5, 0.5, 0], [0.25, 0.375, 0.375], [0.25, 0.25, 0.5]]),
    ],
    regression=[
        regression("random", rng.integers(0, 126, 50), 125 * rng.random(50)),
        regression("exact", [1, 2, 3], [1, 2, 3]),
        regression("one row", [100], [90.5]),
    ],
)
print(json.dumps(cases, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"'))
