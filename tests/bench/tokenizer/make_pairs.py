"""make_pairs.py - write the pairs that tests/browser/pairs.test.ts expects.

  python make_pairs.py

needs `tokenizers` of requirements.txt. For each kind of tokenizer, texts of several lengths are joined and cut by the
reference library, with the templates that BERT's and XLM-RoBERTa's tokenizer.json have and the strategy
"longest_first". A line: kind, pieces at most, ids of the query, of the passage (as of texts of their own, begin and
end included), of the pair, and its types.
"""

import itertools
import os

from tokenizers import Tokenizer, models, pre_tokenizers, processors

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../browser/pairs.tsv")
WORDS = 40
TEMPLATES = {
    "unigram": ("<s> $A </s>", "<s> $A </s> </s> $B </s>", "<s>", "</s>"),
    "wordpiece": ("[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1", "[CLS]", "[SEP]"),
}


def tokenizer_of(kind):
    single, pair, begin, end = TEMPLATES[kind]
    names = [begin, "<unk>", end] + [f"w{i}" for i in range(WORDS)]
    ids = {name: i for i, name in enumerate(names)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = [(begin, ids[begin]), (end, ids[end])]
    tokenizer.post_processor = processors.TemplateProcessing(single=single, pair=pair, special_tokens=special)
    return tokenizer


def main():
    with open(OUT, "w", encoding="utf-8", newline="\n") as file:
        for kind in TEMPLATES:
            tokenizer = tokenizer_of(kind)
            for most, queries, passages in itertools.product((8, 11, 16), (0, 1, 2, 5, 9, 20), (0, 1, 3, 5, 8, 20)):
                query = " ".join(f"w{i}" for i in range(queries))
                passage = " ".join(f"w{WORDS - 1 - i}" for i in range(passages))
                tokenizer.no_truncation()
                alone = [tokenizer.encode(text).ids for text in (query, passage)]
                tokenizer.enable_truncation(most, strategy="longest_first")
                pair = tokenizer.encode(query, passage)
                lists = [*alone, pair.ids, pair.type_ids]
                print(kind, most, *(" ".join(map(str, ids)) for ids in lists), sep="\t", file=file)


if __name__ == "__main__":
    main()
