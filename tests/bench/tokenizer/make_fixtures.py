"""make_fixtures.py - write the ids that tests/text/tokenizer_fixture_test.cpp expects.

  python make_fixtures.py E5S1_FILE TOKENIZER_JSON

needs the packages of requirements.txt. tests/text/data/sentences.tsv is written by hand; from it come, for each kind
of tokenizer,
  KIND_ids.txt     the reference library's ids with the whole vocabulary, a line a sentence
  KIND_pieces.tsv  the part of the vocabulary that takes part in these sentences: number of pieces and special ids,
                   then id, bits of the score, spelling. Ids are the same with it: it holds every piece that matches
                   anywhere in them, and one of the least score, which sets what an unknown character costs.
--hashes prints SHA-256 of normalised texts for tests/text/nmt_nfkc_test.cpp and bert_normalizer_test.cpp.
"""

import hashlib
import os
import re
import struct
import sys

import references

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../text/data")


def sentences():
    """As bytes: \\u{HEX} is a character, \\x{HEX} a byte."""
    with open(os.path.join(DATA, "sentences.tsv"), encoding="utf-8", newline="\n") as file:
        for line in file.read().rstrip("\n").split("\n"):
            text = line.split("\t", 1)[1].encode()
            text = re.sub(rb"\\u\{(\w+)\}", lambda m: chr(int(m[1], 16)).encode("utf-8", "surrogatepass"), text)
            yield re.sub(rb"\\x\{(\w+)\}", lambda m: bytes([int(m[1], 16)]), text)


def matches(text, pieces):
    longest = max(map(len, pieces))
    for begin in range(len(text)):
        for end in range(begin + 1, min(len(text), begin + longest) + 1):
            if text[begin:end] in pieces:
                yield text[begin:end]


def write(kind, count, special, used, scores, ids):
    with open(os.path.join(DATA, f"{kind}_pieces.tsv"), "w", encoding="utf-8", newline="\n") as file:
        print(count, *special, sep="\t", file=file)
        for piece, i in sorted(used.items(), key=lambda item: item[1]):
            (bits,) = struct.unpack("<I", struct.pack("<f", scores[i] if scores else 0))
            print(i, f"{bits:08x}", piece.decode(), sep="\t", file=file)
    with open(os.path.join(DATA, f"{kind}_ids.txt"), "w", encoding="utf-8", newline="\n") as file:
        for line in ids:
            print(*line, file=file)


def write_unigram(path):
    pieces, scores, special = references.read_e5s1(path)
    processor = references.unigram(pieces, scores, special)
    by_text = {piece: i for i, piece in enumerate(references.spelled(pieces, special)) if piece}
    least = min(by_text.values(), key=lambda i: (scores[i], i))
    used = {pieces[least]: least}
    for text in sentences():
        for piece in matches(processor.normalize(text), by_text):
            used[piece] = by_text[piece]
    ids = [processor.encode(text, out_type=int) for text in sentences()]
    write("unigram", len(pieces), special, used, scores, ids)


def write_wordpiece(path):
    tokenizer, pieces, special = references.wordpiece(path)
    by_text = {piece: i for i, piece in enumerate(pieces) if piece}
    starts = {piece: i for piece, i in by_text.items() if not piece.startswith(b"##")}
    rest = {piece[2:]: i for piece, i in by_text.items() if piece.startswith(b"##") and piece != b"##"}
    used, ids = {}, []
    for text in sentences():
        text = text.decode("utf-8", "replace")
        normal = tokenizer.normalizer.normalize_str(text).encode()
        for piece in matches(normal, starts):
            used[piece] = by_text[piece]
        for piece in matches(normal, rest):
            used[b"##" + piece] = rest[piece]
        ids.append(tokenizer.encode(text, add_special_tokens=False).ids)
    write("wordpiece", len(pieces), special, used, None, ids)


def all_characters():
    return [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


MARKS = [*range(0x300, 0x315), 0x31B, *range(0x323, 0x32F), 0x330, 0x331, 0x338, *range(0x340, 0x346), 0x653, 0x654,
         0x655, 0x93C, 0x9BE, 0x3099, 0x309A, 0xFF9E, 0xFF9F, 0x110BA, 0x16D67]


def print_hashes():
    import sentencepiece
    from tokenizers import normalizers, pre_tokenizers

    spec = references.nmt_nfkc_spec()
    normalizer = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc", add_dummy_prefix=True,
                                                       escape_whitespaces=True, remove_extra_whitespaces=True)
    assert spec.add_dummy_prefix and spec.remove_extra_whitespaces and spec.escape_whitespaces
    marks = [chr(c) for c in MARKS]
    jamo = [[chr(c) for c in range(*ends)] for ends in ((0x1100, 0x1113), (0x1161, 0x1176), (0x11A7, 0x11C4))]
    wide = [[chr(c) for c in range(*ends)] for ends in ((0x3131, 0x3190), (0xFFA1, 0xFFDD))]
    texts = {
        "every character": "".join("x" + c for c in all_characters()),
        "a mark behind": "".join(chr(b) + m for b in range(0x20, 0x3200) for m in marks),
        "two marks behind": "".join(chr(b) + m + n for b in [*range(0x41, 0x250), *range(0x391, 0x3D0)]
                                    for m in marks for n in marks),
        "jamo": "".join(a + b + c for a in jamo[0] for b in jamo[1] for c in jamo[2]),
        "wide jamo": "".join(a + b + c for a in wide[0] for b in wide[0] for c in [*jamo[2][:4], *wide[1][:8]]),
    }
    for name, text in texts.items():
        print("nmt_nfkc", name, hashlib.sha256(normalizer.normalize(text).encode()).hexdigest())
    for uncased in (True, False):
        bert = normalizers.BertNormalizer(strip_accents=uncased, lowercase=uncased)
        split = pre_tokenizers.BertPreTokenizer()
        words = hashlib.sha256()
        for c in all_characters():
            for word, _ in split.pre_tokenize_str(bert.normalize_str("a" + c + "B")):
                words.update(word.encode() + b"\n")
        print("bert", "uncased" if uncased else "cased", words.hexdigest())


if __name__ == "__main__":
    if sys.argv[1:] == ["--hashes"]:
        print_hashes()
    else:
        write_unigram(sys.argv[1])
        write_wordpiece(sys.argv[2])
