"""Small tokenizers of all the kinds that published models have, and what they make of a few texts.

The pipelines are those of GPT-2, Qwen 2.5, Llama 3, SmolLM, BERT, T5 (a Unigram with SentencePiece's table of
replacements), LLaMA with Metaspace, and words alone.
"""

import base64
import json
import struct

from texts import SENTENCES, learn
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

GPT4 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN = GPT4.replace("{1,3}", "")
TEXTS = ["", " ", "A photo of 2 cats.", "What's this?\n\nIt's 1234567 umbrellas!", "naïve ﬁ ½ 日本 😀", "  two  blanks ", "<|end|>x"]


def byte_pairs(pieces, merges, specials, **options):
    learned = learn(pieces, merges)
    tokens = [*sorted(set("".join(pieces)) | set(pre_tokenizers.ByteLevel.alphabet())), *map("".join, learned), *specials]
    return models.BPE({token: i for i, token in enumerate(dict.fromkeys(tokens))}, learned, **options)


def byte_level(split, prefix):
    level = pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=split is None)
    steps = [] if split is None else [pre_tokenizers.Split(Regex(split), "isolated")]
    cut = pre_tokenizers.Sequence([*steps, level]) if steps else level
    pieces = [piece for piece, _ in cut.pre_tokenize_str(SENTENCES)]
    tokenizer = Tokenizer(byte_pairs(pieces, 80, []))
    tokenizer.pre_tokenizer, tokenizer.decoder = cut, decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in ("<|start|>", "<|end|>")])
    return tokenizer


def gpt2():
    tokenizer = byte_level(None, False)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def qwen():
    tokenizer = byte_level(QWEN, False)
    tokenizer.normalizer = normalizers.NFC()
    return tokenizer


def llama3():
    tokenizer = byte_level(GPT4, False)
    start = ("<|start|>", tokenizer.token_to_id("<|start|>"))
    framed = processors.TemplateProcessing("<|start|> $A", "<|start|> $A <|start|> $B:1", [start])
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), framed])
    return tokenizer


def smol():
    tokenizer = byte_level(None, False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(True), tokenizer.pre_tokenizer])
    return tokenizer


def bert():
    normalizer, cut = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    words = sorted({word for word, _ in cut.pre_tokenize_str(normalizer.normalize_str(SENTENCES))})
    letters = sorted(set("".join(words)))
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *("##" + letter for letter in letters), *words]
    tokenizer = Tokenizer(models.WordPiece({token: i for i, token in enumerate(dict.fromkeys(tokens))}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, cut
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in tokens[:4]])
    cls, sep = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.BertProcessing(sep, cls)
    return tokenizer


def charsmap(replacements):
    """darts-clone's double array, the slow way: every node gets a block of its own, and leaves an empty one."""
    text, values = b"", {}
    for key, value in replacements.items():
        values[key.encode()] = len(text)
        text += value.encode() + b"\0"
    children = {}
    for key in values:
        for i in range(len(key)):
            children.setdefault(key[:i], set()).add(key[: i + 1])
    block = {node: 256 * (i + 1) for i, node in enumerate(dict.fromkeys([b"", *children, *values]))}
    units = [0] * (256 * (len(block) + 1))

    def place(unit, at, node):  # the offset is combined with the unit's own place
        return unit | (at ^ block[node]) << 10 | (1 << 8 if node in values else 0)

    units[0] = place(0, 0, b"")
    for parent, nodes in children.items():
        for node in nodes:
            at = block[parent] ^ node[-1]
            units[at] = place(node[-1], at, node)
    for node, value in values.items():
        units[block[node]] |= 1 << 31 | value
    trie = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(trie)) + trie + text


def t5():
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    words = {"▁" + word for word in SENTENCES.split()}
    pieces += [(word, -4.0 - len(word) / 8) for word in sorted(words)]
    pieces += [(letter, -8.0 - i / 64) for i, letter in enumerate(sorted(set("".join(words))))]
    tokenizer = Tokenizer(models.Unigram(pieces, 2))
    table = charsmap({"\n": " ", "ﬁ": "fi", "½": "1/2", "\u00ad": "", "ï": "i"})
    tokenizer.normalizer = normalizers.Sequence([normalizers.Precompiled(table), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token, _ in pieces[:3]])
    tokenizer.post_processor = processors.TemplateProcessing("$A </s>", "$A </s> $B </s>", [("</s>", 1)])
    return tokenizer


def metaspace():
    pieces = [piece for piece, _ in pre_tokenizers.Metaspace().pre_tokenize_str(SENTENCES)]
    learned = learn(pieces, 80)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{i:02X}>" for i in range(256)), *sorted(set("".join(pieces)))]
    tokens = dict.fromkeys([*tokens, *map("".join, learned)])
    vocabulary = {token: i for i, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocabulary, learned, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    replaced = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    tokenizer.decoder = decoders.Sequence(replaced)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in ("<unk>", "<s>", "</s>")])
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", "<s> $A <s> $B:1", [("<s>", 1)])
    return tokenizer


def words():
    tokens = ["<unk>", *dict.fromkeys(SENTENCES.lower().split())]
    tokenizer = Tokenizer(models.WordLevel({token: i for i, token in enumerate(tokens)}, unk_token="<unk>"))
    cut = [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), pre_tokenizers.CharDelimiterSplit("_")]
    tokenizer.normalizer = normalizers.Sequence([normalizers.Strip(), normalizers.Lowercase(), normalizers.NFKD()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(cut)
    return tokenizer


def write(out):
    for kind in (gpt2, qwen, llama3, smol, bert, t5, metaspace, words):
        tokenizer = kind()
        folder = out / "tokenizers" / kind.__name__
        folder.mkdir(parents=True, exist_ok=True)
        file = json.loads(tokenizer.to_str())
        if kind is gpt2:
            del file["model"]["type"]  # as the published one
        (folder / "tokenizer.json").write_text(json.dumps(file, ensure_ascii=False) + "\n", encoding="utf-8")
        known = []
        for text in TEXTS:
            ids = tokenizer.encode(text).ids
            known.append({"text": text, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=True)})
        (folder / "cases.json").write_text(json.dumps(known, ensure_ascii=False) + "\n", encoding="utf-8")
