"""references.py - the reference tokenizers and the pieces that they are made from.

Unigram: a ModelProto of the pieces and scores in the default encoder's file (core/format/MODEL.md names its layout
E5S1), with the library's own nmt_nfkc rules. WordPiece: a tokenizer.json, its special tokens taken out of the text's
reach, since a text never becomes a special piece here.
"""

import json
import struct

UNIGRAM, WORDPIECE = 0, 1


def read_e5s1(path):
    """Pieces, scores and the ids of <unk>, <s>, </s> and <pad> of the 4-bit multilingual-e5-small."""
    with open(path, "rb") as file:
        assert file.read(4) == b"E5S1", "this is no E5S1 file"
        file.seek(44)
        count, begin, end, padding, unknown, size = struct.unpack("<5IQ", file.read(28))
        offsets = struct.unpack(f"<{count + 1}I", file.read(4 * (count + 1)))
        scores = struct.unpack(f"<{count}f", file.read(4 * count))
        text = file.read(size)
    pieces = [text[a:b] for a, b in zip(offsets, offsets[1:])]
    return pieces, scores, (unknown, begin, end, padding)


def spelled(pieces, special):
    """Pieces that text may become: not the special ones, nor <mask>, which stands behind all others."""
    return [b"" if i in special or piece == b"<mask>" else piece for i, piece in enumerate(pieces)]


def nmt_nfkc_spec():
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as proto

    normalizer = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc")
    model = proto.ModelProto()
    model.ParseFromString(normalizer.serialized_model_proto())
    return model.normalizer_spec


def unigram(pieces, scores, special):
    """The library's processor for these pieces; an empty piece becomes a control that no text matches."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as proto

    model = proto.ModelProto()
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.normalizer_spec.CopyFrom(nmt_nfkc_spec())
    kinds = proto.ModelProto.SentencePiece
    for i, (piece, score) in enumerate(zip(spelled(pieces, special), scores)):
        kind = kinds.UNKNOWN if i == special[0] else kinds.NORMAL if piece else kinds.CONTROL
        text = piece.decode() if piece else f"<special {i}>"
        model.pieces.add(piece=text, score=score, type=kind)
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())


def wordpiece(path):
    """The library's tokenizer of a tokenizer.json, and its pieces by id and the ids of the special ones."""
    from tokenizers import Tokenizer

    with open(path, encoding="utf-8") as file:
        description = json.load(file)
    vocabulary = description["model"]["vocab"]
    names = ["[UNK]", "[CLS]", "[SEP]", "[PAD]"]
    special = tuple(vocabulary[name] for name in names)
    pieces = [b""] * (max(vocabulary.values()) + 1)
    hidden = {token["content"] for token in description["added_tokens"]}
    for piece, i in vocabulary.items():
        if piece not in hidden:
            pieces[i] = piece.encode()
    description.update(added_tokens=[], truncation=None, padding=None, post_processor=None)
    return Tokenizer.from_str(json.dumps(description)), pieces, special


def write_pieces(path, kind, pieces, scores, special, uncased=True):
    """The file that `tokenize build` reads."""
    with open(path, "wb") as file:
        file.write(struct.pack("<7I", kind, len(pieces), *special, int(uncased)))
        for i, piece in enumerate(pieces):
            file.write(struct.pack("<I", len(piece)) + piece + struct.pack("<f", scores[i] if scores else 0))
