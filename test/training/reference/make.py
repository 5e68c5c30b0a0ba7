"""Writes the reference values beside it with scikit-learn: `python make.py`, then `npx biome format --write .` for the layout.
Needs numpy and scikit-learn (made with 1.9)."""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import log_loss

HERE = Path(__file__).parent
COLUMNS = 5
SETTINGS = dict(early_stopping=False, max_bins=255, random_state=0)


def write(name, value):
    value = {"sklearn": sklearn.__version__, **value}
    (HERE / f"{name}.json").write_text(json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n")


def rows(rng, n):
    """Columns of values with three decimals; one in eight of column 1 is missing. One list a column."""
    x = np.round(rng.normal(size=(n, COLUMNS)), 3)
    x[rng.random(n) < 0.125, 1] = np.nan
    return x


def score(rng, x):
    known = np.where(np.isnan(x[:, 1]), 1.5, x[:, 1])
    return 1.5 * x[:, 0] + known * x[:, 2] + np.sin(2 * x[:, 3]) + rng.normal(scale=0.5, size=len(x))


def targets(s):
    return {"binary": (s > 1).astype(int), "multiclass": np.digitize(s, [0, 2]), "regression": np.round(50 + 10 * s, 3)}


def columns(x):
    return [[None if np.isnan(v) else float(v) for v in c] for c in x.T]


def learner(task, **settings):
    kind = HistGradientBoostingRegressor if task == "regression" else HistGradientBoostingClassifier
    return kind(**SETTINGS, **settings)


def accuracy():
    rng = np.random.default_rng(1)
    train, test = rows(rng, 700), rows(rng, 700)
    ytrain, ytest = targets(score(rng, train)), targets(score(rng, test))
    settings = dict(max_iter=60, learning_rate=0.1, max_leaf_nodes=15, min_samples_leaf=20, l2_regularization=1.0)
    figures = {}
    for task, y in ytrain.items():
        model = learner(task, **settings).fit(train, y)
        if task == "regression":
            figures[task] = float(np.sqrt(np.mean((model.predict(test) - ytest[task]) ** 2)))
        else:
            figures[task] = float(log_loss(ytest[task], model.predict_proba(test)))
    write("accuracy", {
        "train": columns(train), "test": columns(test),
        "trainTargets": {t: y.tolist() for t, y in ytrain.items()},
        "testTargets": {t: y.tolist() for t, y in ytest.items()},
        "logLossOrRmse": figures,
    })


def single_trees():
    """One tree on few enough rows that every value is a bin: the same splits and leaves. (Some seeds give two splits of equal
    gain, of which scikit-learn takes another than we do; this one does not.)"""
    rng = np.random.default_rng(4)
    x = rows(rng, 150)
    y = targets(score(rng, x))
    trees = []
    for task, l2 in [("binary", 0.0), ("regression", 0.0), ("binary", 2.0), ("regression", 3.0)]:
        settings = dict(max_iter=1, learning_rate=1.0, max_leaf_nodes=8, min_samples_leaf=7, l2_regularization=l2)
        model = learner(task, **settings).fit(x, y[task])
        nodes = model._predictors[0][0].nodes
        raw = model.predict(x) if task == "regression" else model.decision_function(x)
        trees.append({
            "task": task, "l2": l2, "raw": raw.tolist(),
            "splits": sorted([int(n["feature_idx"]), round(float(n["num_threshold"]), 6), int(n["count"])]
                             for n in nodes if not n["is_leaf"]),
        })
    write("single-trees", {"columns": columns(x), "targets": {t: v.tolist() for t, v in y.items()}, "trees": trees})


def isotonic():
    rng = np.random.default_rng(3)
    x = np.round(rng.random(40) * 2, 2)
    y = (rng.random(40) < x / 2).astype(float)
    weight = rng.integers(1, 5, 40).astype(float)
    fitted = IsotonicRegression().fit(x, y, sample_weight=weight).predict(x)
    write("isotonic", {"x": x.tolist(), "y": y.tolist(), "weight": weight.tolist(), "fitted": fitted.tolist()})


if __name__ == "__main__":
    accuracy()
    single_trees()
    isotonic()
