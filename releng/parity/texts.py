"""Small tokenizers built like those of LLaMA and CLIP, and what they make of nasty texts.

The real ones cannot be copied here; these have the same pipelines (normaliser, splitting, byte fallback, special
tokens) over a vocabulary trained on the few sentences below.
"""

import collections
import json
import random
import re

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

IMAGE_TOKENS = 16
SENTENCES = """
A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite
answers to the user's questions. USER: What is the content of this image? ASSISTANT: A photo of a cat, sitting on a chair.
Answer the question using a single word or phrase. Answer with the option's letter from the given choices directly.
How many people are in the picture? There are two men and three women; they're waiting for the bus, aren't they?
What colour is the umbrella on the left? It's blue. We'll see whether the dog, which I've never seen before, is brown.
In karuta, players hear a verse and must take the one card, among many laid out, that answers it.
The quick brown fox jumps over the lazy dog. 0123456789 plus 3.14 makes 42; (a + b) * c = [x, y] {z} <q> "quoted" 'single'.
""".strip()


def learn(words, count):
    """Byte pair encoding: the most frequent pair becomes one symbol, again and again; ties go to the smaller pair."""
    words = [list(word) for word in words]
    merges = []
    for _ in range(count):
        pairs = collections.Counter(pair for word in words for pair in zip(word, word[1:]))
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word in words:
            at = 0
            while at + 1 < len(word):
                if (word[at], word[at + 1]) == best:
                    word[at : at + 2] = ["".join(best)]
                at += 1
    return merges


def ids(tokens):
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


def llama():
    pieces = [piece for line in SENTENCES.split("\n") for piece in re.findall("▁[^▁]*", "▁" + line.replace(" ", "▁"))]
    merges = learn(pieces, 300)
    letters = sorted(set("".join(pieces)))
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{i:02X}>" for i in range(256)), *letters, *map("".join, merges)]
    tokenizer = Tokenizer(models.BPE(ids(tokens), merges, byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    replaced = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    tokenizer.decoder = decoders.Sequence(replaced)
    for token in ("<unk>", "<s>", "</s>", "<image>", "<pad>"):
        tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False)])
    start = ("<s>", tokenizer.token_to_id("<s>"))
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", "<s> $A <s> $B", [start])
    return tokenizer


def clip():
    split = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tidied = [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    cut = [pre_tokenizers.Split(Regex(split), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    pieces = [piece for piece, _ in pre_tokenizers.Sequence(cut).pre_tokenize_str(SENTENCES.lower())]
    merges = learn([[*piece[:-1], piece[-1] + "</w>"] for piece in pieces], 200)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    specials = ("<|startoftext|>", "<|endoftext|>")
    tokens = [*letters, *(letter + "</w>" for letter in letters), *map("".join, merges), *specials]
    tokenizer = Tokenizer(
        models.BPE(ids(tokens), merges, unk_token=specials[1], continuing_subword_prefix="", end_of_word_suffix="</w>")
    )
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Sequence(tidied), pre_tokenizers.Sequence(cut)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=True) for token in specials])
    start, end = [(token, tokenizer.token_to_id(token)) for token in specials]
    tokenizer.post_processor = processors.RobertaProcessing(end, start, trim_offsets=False, add_prefix_space=False)
    return tokenizer


HARD = [
    "",
    " ",
    "  ",
    "\n",
    "\t\t",
    "\r\n",
    " \n x",
    "a",
    " a",
    "a ",
    "  two  spaces   three",
    "line\nbreak\n\nand more\n",
    "tab\tseparated\tvalues",
    "CRLF\r\nline",
    "null\0byte",
    "bell\x07 escape\x1b[0m delete\x7f",
    "\x80\x9f C1 controls",
    "What's this? It's theirs; they've, we'll, I'm, you'd, he'S, IT'S, ''s",
    "don''t 'quoted' \"double\"",
    "‘curly’ “quotes” – dash — em",
    "</s>",
    "<s>",
    "<unk>",
    "<pad>",
    "<image>",
    "<image><image>",
    "a<image>b",
    "a <image> b",
    "<image>\nWhat?",
    "< image >",
    "<IMAGE>",
    "</s></s>x",
    "text</s>",
    "<|endoftext|>",
    "<|startoftext|>",
    "a<|endoftext|>b",
    "<|ENDOFTEXT|>",
    "<0x0A>",
    "<0xFF>",
    "▁",
    "▁▁a",
    "a▁b",
    "naïve café Ångström",
    "nai\u0308ve cafe\u0301 A\u030angstro\u0308m",
    "ﬁ ﬂ ligatures",
    "ＦＵＬＬ ｗｉｄｔｈ １２３",
    "ß ẞ İ ı Σ ς",
    "DŽ ǅ ǆ",
    "½ ² ³ ¼ Ⅷ ⅷ ① ٣ ۴ ९ 一二三",
    "1234567890",
    "3.14159",
    "1,000,000",
    "1e-5",
    "0x1F",
    "v1.5-7b",
    "50%",
    "$9.99",
    "€5 ¥6 £7",
    "a1b2c3",
    "日本語のテキスト",
    "中文字符。",
    "한국어 텍스트",
    "\u1112\u1161\u11ab\u1100\u116e\u11a8",
    "עברית",
    "العربية",
    "हिन्दी",
    "ไทย",
    "Ελληνικά",
    "Русский текст",
    "😀",
    "👩‍👩‍👧‍👦 family",
    "👍🏽",
    "🇯🇵",
    "e😀f",
    "❤️",
    "\u200d",
    "\u200b zero \u200b width",
    "\ufeff bom",
    "a\ufeffb",
    "\u00a0 nbsp \u00a0",
    "\u3000ideographic\u3000space",
    "\u2028 line \u2029 paragraph",
    "\u0301 combining first",
    "a\u0301\u0301\u0301",
    "z̷̨̛a̴l̷g̸o̶",
    "\ue000 private",
    "\uffff nonchar \ufffe",
    "\U0010ffff",
    "\U0001d54f math",
    "\ufffd replacement",
    "𝒳𝓎",
    "🏳️‍🌈",
    "\u202eright to left",
    "&amp; &lt;b&gt; &#39; &nbsp;",
    "<b>bold</b>",
    "http://example.org/a?b=c&d=e#f",
    "user@example.org",
    "C:\\path\\to",
    "/usr/bin/x",
    '{"json": [1, 2, null]}',
    "if (a[i] != b->c) { return; }",
    "SELECT * FROM t WHERE x='y';",
    "\\n is not a newline",
    "```code```",
    "#hashtag @mention",
    "!!!???...",
    "-----",
    "_____",
    "=====",
    "*****",
    "~~~",
    "^^^",
    "|||",
    "a-b_c.d",
    "(((nested)))",
    "[image]",
    "<<a>>",
    "A" * 300,
    "ab" * 200,
    "a " * 200,
    "word " * 120,
    "é" * 50,
    "😀" * 30,
    " " * 40,
    "\n" * 20,
    "?" * 100,
    "0" * 100,
    SENTENCES,
    SENTENCES.upper(),
    SENTENCES[::-1],
    "USER: <image>\nWhat is this?\nASSISTANT:",
    "a photo of a cat",
    "hello world",
]


def generated(count, seed=5):
    """Texts out of ranges that normalisers and byte fallback treat differently, and pieces of the sentences."""
    draw = random.Random(seed)
    ranges = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x1100, 0x11FF), (0x2000, 0x206F)]
    ranges += [
        (0x3040, 0x30FF),
        (0x4E00, 0x4FFF),
        (0xAC00, 0xAFFF),
        (0xE000, 0xE0FF),
        (0xFB00, 0xFB4F),
        (0x1F300, 0x1F6FF),
        (0x0, 0x1F),
    ]
    words = SENTENCES.split() + ["<image>", "</s>", "'s", "'ll", "▁", "\n", "  "]
    texts = []
    for _ in range(count):
        pieces = []
        for _ in range(draw.randint(1, 12)):
            if draw.random() < 0.5:
                pieces.append(draw.choice(words))
            else:
                low, high = draw.choice(ranges)
                pieces.append("".join(chr(draw.randint(low, high)) for _ in range(draw.randint(1, 4))))
        texts.append(draw.choice(["", " "]).join(pieces))
    return texts


def write(out):
    language, guidance = llama(), clip()
    (out / "texts").mkdir(exist_ok=True)
    for name, tokenizer in (("llama", language), ("clip", guidance)):
        (out / "texts" / name).mkdir(exist_ok=True)
        content = json.loads(tokenizer.to_str())
        if name == "llama":  # as published files have them, which are older
            content["model"]["merges"] = [" ".join(merge) for merge in content["model"]["merges"]]
        text = json.dumps(content, ensure_ascii=False, indent=None)
        (out / "texts" / name / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
    short = clip()
    short.enable_truncation(77)
    cases = []
    for text in HARD + generated(220):
        ids = language.encode(text).ids
        cases.append(
            {
                "text": text,
                "llama": ids,
                "llama_bare": language.encode(text, add_special_tokens=False).ids,
                "decoded": language.decode(ids, skip_special_tokens=True),
                "decoded_whole": language.decode(ids, skip_special_tokens=False),
                "clip": guidance.encode(text).ids,
                "clip_77": short.encode(text).ids,
            }
        )
    lines = ",\n".join(json.dumps(case) for case in cases)
    (out / "texts" / "cases.json").write_text(f"[\n{lines}\n]\n")
