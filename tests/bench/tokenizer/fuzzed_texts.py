"""fuzzed_texts.py - texts that look for differences: the same ones for the same seed and pieces."""

import random

RANGES = [  # first, last code point: scripts, marks, jamo, compatibility forms, emoji, controls, unassigned
    (0x0, 0x7F), (0x80, 0x24F), (0x1E00, 0x1EFF), (0x300, 0x36F), (0x370, 0x3FF), (0x1F00, 0x1FFF), (0x400, 0x52F),
    (0x530, 0x5FF), (0x600, 0x6FF), (0x700, 0x8FF), (0x900, 0xDFF), (0xE00, 0x109F), (0x10A0, 0x11FF),
    (0x1200, 0x1AFF), (0x1B00, 0x1DFF), (0x2000, 0x206F), (0x2070, 0x2BFF), (0x3000, 0x30FF), (0x3130, 0x318F),
    (0x3200, 0x33FF), (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7FF), (0xF900, 0xFFFF), (0x10000, 0x11FFF),
    (0x16000, 0x16FFF), (0x1D000, 0x1DFFF), (0x1E000, 0x1FFFF), (0x20000, 0x2FA1F), (0xE0000, 0xE01EF),
    (0x0, 0x10FFFF),
]
SPACES = " \t\n\r\u00a0\u200b\u200c\u200d\u3000\u2581\ufeff\u00ad\u2028\u0085"


def character(random_source, ranges):
    while True:
        c = random_source.randint(*random_source.choice(ranges))
        if not 0xD800 <= c < 0xE000:
            return chr(c)


def fuzzed_texts(count, pieces, rules, texts, seed=1):
    """Random characters of one or all ranges; pieces one after another; keys of nmt_nfkc's rules; real texts cut,
    joined and sown with other characters."""
    r = random.Random(seed)
    pieces = [piece.decode().replace("\u2581", " ") for piece in pieces if piece]
    for _ in range(count):
        parts = []
        kind = r.randrange(6)
        some = [r.choice(RANGES)] if kind % 2 else RANGES
        for _ in range(r.choice([1, 2, 3, 5, 8, 20, 60])):
            if kind < 2:
                parts.append(character(r, some))
            elif kind == 2:
                parts.append(r.choice(pieces))
            elif kind == 3:
                parts.append(r.choice(rules) + (character(r, [(0x300, 0x36F)]) if r.random() < 0.3 else ""))
            elif kind == 4:
                parts.append(r.choice([lambda: r.choice(pieces), lambda: r.choice(rules),
                                       lambda: character(r, RANGES), lambda: r.choice(SPACES)])())
            else:
                text = r.choice(texts)
                at = r.randrange(len(text))
                parts.append(text[at:at + r.randrange(40)] + (character(r, RANGES) if r.random() < 0.2 else ""))
            if r.random() < 0.2:
                parts.append(r.choice(SPACES) * r.randrange(1, 4))
        yield "".join(parts)
