"""texts.py - the texts that compare.py compares on: open sets, LibreOffice Help, characters and rules, fuzzed ones."""

import gzip
import html
import json
import os
import re


def open_sets(folder):
    """Every title, heading, section and query of the sets in `folder` (fastapi, xquad-r)."""
    texts = {}
    for name in sorted(os.listdir(folder)):
        for file in ("documents.jsonl.gz", "documents.jsonl"):
            path = os.path.join(folder, name, file)
            if not os.path.exists(path):
                continue
            with (gzip.open if file.endswith("gz") else open)(path, "rt", encoding="utf-8") as lines:
                for document in map(json.loads, lines):
                    found = [document["title"]]
                    for section in document["sections"]:
                        found += [section["heading"], section["text"]]
                    texts.update(dict.fromkeys(found))
        path = os.path.join(folder, name, "queries.tsv")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    texts.update(dict.fromkeys(line.rstrip("\n").split("\t")))
    return [text for text in texts if text]


BLOCK = re.compile(r"</?(?:p|h[1-6]|div|td|th|tr|li|br|title|pre|table|ul|ol)\b[^>]*>", re.I)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.I | re.S)
TAG = re.compile(r"<[^>]*>")


def page_text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = BLOCK.sub("\n", HIDDEN.sub("", file.read()))
    return html.unescape(TAG.sub("", text))


def libreoffice(folder, language):
    """Every distinct line of a translation, and then every page as one text: sums of scores are long there."""
    lines, pages = {}, []
    for directory, _, files in sorted(os.walk(os.path.join(folder, language))):
        for name in sorted(files):
            if name.endswith(".html"):
                page = page_text(os.path.join(directory, name))
                pages.append(page)
                lines.update(dict.fromkeys(line for line in map(str.strip, page.split("\n")) if line))
    return list(lines), pages


def characters():
    """Every character between two letters."""
    return ["a" + chr(c) + "b" for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def rules(charsmap):
    """What every rule of a precompiled_charsmap replaces: its first u32 is the size of a Darts double array."""
    size = int.from_bytes(charsmap[:4], "little")
    units = [int.from_bytes(charsmap[i:i + 4], "little") for i in range(4, 4 + size, 4)]
    keys, stack = [], [(0, b"")]
    while stack:
        node, key = stack.pop()
        unit = units[node]
        children = node ^ (unit >> 10 << ((unit & 1 << 9) >> 6))
        if unit >> 8 & 1:
            keys.append(key.decode())
        for byte in range(1, 256):
            child = children ^ byte
            if child < len(units) and units[child] & 0x800000FF == byte:
                stack.append((child, key + bytes([byte])))
    return sorted(keys)
