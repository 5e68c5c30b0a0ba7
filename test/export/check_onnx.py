"""Runs the ONNX checker, with shape and type inference, over the files named on the command line."""

import sys

import onnx


def main(paths: list[str]) -> int:
    if not paths:
        print("usage: check_onnx.py model.onnx ...", file=sys.stderr)
        return 2
    failed = 0
    for path in paths:
        try:
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            inputs = [value.name for value in model.graph.input]
            outputs = [value.name for value in model.graph.output]
            if inputs != ["features"] or outputs != ["raw", "predicted"]:
                raise ValueError(f"unexpected inputs {inputs} or outputs {outputs}")
            names = {entry.key for entry in model.metadata_props}
            missing = {"features", "featurizer", "learner", "model", "task", "threshold"} - names
            if missing:
                raise ValueError(f"metadata lacks {sorted(missing)}")
        except Exception as error:  # the checker has an error class of its own for every fault
            failed += 1
            print(f"{path}: {error}", file=sys.stderr)
        else:
            print(f"{path}: ok, opset {[(entry.domain, entry.version) for entry in model.opset_import]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
