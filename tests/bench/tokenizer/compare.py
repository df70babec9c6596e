"""compare.py - do our tokenizers give the ids of their reference libraries? And how long do they take?

  ./dev bench tokenizer

provides everything and runs this; by hand, with the packages of requirements.txt in a virtual environment VENV:
  ninja -C build/native tokenize
  VENV/bin/python tests/bench/tokenizer/compare.py --tokenizer-json FILE [--data FOLDER] [--libreoffice FOLDER]
Unigram runs from the model pack (--pack), its reference is made from the weights that the pack was imported from
(--e5s1). --tokenizer-json is that of a BERT model, --data the folder of open sets, --libreoffice the folder `help` of
the Debian packages libreoffice-help-*. Prints a table: texts, bytes, how many texts differ, seconds of ours and of the
library, on one thread each. The library's are taken around its call from Python, which gets lists of numbers; ours
without reading and writing. Exits with 1 when a text differs.
"""

import argparse
import gzip
import json
import os
import struct
import subprocess
import sys
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import references
import texts as sets
from fuzzed_texts import fuzzed_texts


class Ours:
    def __init__(self, program):
        self.program = program
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "tokenizer")

    def of_pack(self, pack):
        with open(os.path.join(pack, "model.json"), encoding="utf-8") as file:
            name = json.load(file)["tokenizer"]["name"]
        with gzip.open(os.path.join(pack, name)) as file, open(self.path, "wb") as out:
            out.write(file.read())
        return self

    def of_pieces(self, kind, pieces, scores, special):
        references.write_pieces(self.path + ".pieces", kind, pieces, scores, special)
        subprocess.run([self.program, "build", self.path + ".pieces", self.path], check=True)
        return self

    def ask(self, command, texts, *rest):
        data = b"".join(struct.pack("<I", len(text)) + text for text in texts)
        return subprocess.run([self.program, command, self.path, *rest], input=data, capture_output=True, check=True)

    def ids(self, texts):
        """Lists of ids, and the seconds that finding them took."""
        answer = self.ask("run", texts)
        out, at, ids = answer.stdout, 0, []
        while at < len(out):
            (count,) = struct.unpack_from("<I", out, at)
            ids.append(list(struct.unpack_from(f"<{count}I", out, at + 4)))
            at += 4 + 4 * count
        return ids, float(answer.stderr)

    def times(self, texts):
        return json.loads(self.ask("time", texts, "5").stdout)


def compare(name, ours, encode, texts, differing):
    """encode: a list of texts to a list of lists of ids."""
    total = {"texts": 0, "bytes": 0, "differ": 0, "ours": 0.0, "theirs": 0.0}
    for begin in range(0, len(texts), 50000):
        part = texts[begin:begin + 50000]
        encoded = [text.encode() for text in part]
        out, seconds = ours.ids(encoded)
        total["ours"] += seconds
        start = time.perf_counter()
        expected = encode(part)
        total["theirs"] += time.perf_counter() - start
        assert len(out) == len(part)
        total["texts"] += len(part)
        total["bytes"] += sum(map(len, encoded))
        for text, a, b in zip(part, out, expected):
            if a != list(b):
                total["differ"] += 1
                differing.append((name, text, a, list(b)))
    print(f"{name:34} {total['texts']:9} {total['bytes']:11} {total['differ']:7} {total['ours']:8.2f} "
          f"{total['theirs']:8.2f}", flush=True)
    return total


def collections(options, charsmap, pieces):
    known = sets.open_sets(options.data) if options.data else []
    if known:
        yield "open sets", known
    keys = sets.rules(charsmap)
    yield "every character", sets.characters()
    yield "every rule of nmt_nfkc", ["x" + key + "y" + key for key in keys]
    yield "fuzzed", list(fuzzed_texts(options.fuzzed, pieces, keys, known or ["Hello, world"]))
    if options.libreoffice:
        for language in sorted(os.listdir(options.libreoffice)):
            if os.path.isdir(os.path.join(options.libreoffice, language, "text")):
                lines, pages = sets.libreoffice(options.libreoffice, language)
                yield f"LibreOffice {language}, lines", lines
                yield f"LibreOffice {language}, pages", pages


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", default=".cache/model/e5-small")
    parser.add_argument("--e5s1", default=".cache/model/e5-small-q4.bin")
    parser.add_argument("--tokenizer-json", required=True)
    parser.add_argument("--tokenize", default="build/native/tests/bench/tokenizer/tokenize")
    parser.add_argument("--data")
    parser.add_argument("--libreoffice")
    parser.add_argument("--fuzzed", type=int, default=100000)
    parser.add_argument("--json", help="the figures as JSON, to this file")
    options = parser.parse_args()

    pieces, scores, special = references.read_e5s1(options.e5s1)
    spelled = references.spelled(pieces, special)
    processor = references.unigram(pieces, scores, special)
    wordpiece, word_pieces, word_special = references.wordpiece(options.tokenizer_json)
    kinds = [
        ("unigram", Ours(options.tokenize).of_pack(options.pack),
         lambda part: processor.encode(part, out_type=int, num_threads=1)),
        ("wordpiece", Ours(options.tokenize).of_pieces(references.WORDPIECE, word_pieces, None, word_special),
         lambda part: [e.ids for e in wordpiece.encode_batch(part, add_special_tokens=False)]),
    ]
    print(f"{'':34} {'texts':>9} {'bytes':>11} {'differ':>7} {'ours s':>8} {'theirs s':>8}")
    differing = []
    figures = {kind: [] for kind, *_ in kinds}
    charsmap = references.nmt_nfkc_spec().precompiled_charsmap
    for name, texts in collections(options, charsmap, spelled):
        for kind, ours, encode in kinds:
            figures[kind].append({"name": name, **compare(f"{name}: {kind}", ours, encode, texts, differing)})
    for name, text, a, b in differing[:10]:
        print(f"{name}: {text[:80]!a}\n  ours   {a[:20]}\n  theirs {b[:20]}")

    query = "how much protein should a grown up eat per day"
    queries = {}
    for kind, ours, encode in kinds:
        start = time.perf_counter()
        for _ in range(2000):
            encode([query])
        theirs_us = (time.perf_counter() - start) * 500
        times = ours.times([query.encode()] * 1000)
        queries[kind] = {"ready_ms": times["ready_ms"], "ours_us": times["texts_ms"], "theirs_us": theirs_us}
        print(f"{kind}: ready in {times['ready_ms']:.1f} ms, a query in {times['texts_ms']:.2f} us, with the library "
              f"from Python in {theirs_us:.1f} us")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"collections": figures, "query": queries}, file)
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
