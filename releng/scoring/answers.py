"""Answers that no script should meet and every model gives."""

NASTY = [
    "", " ", "\n", "\t", ".", "...", "?!", ",", "'", '"', "[", "]", "[]", "()", "-", "_", "'s", "’",
    "cat", "Cat", "CAT", "cat.", "cat ", " cat", "cat\n", "\ncat", "a cat", "The cat", "the cat.", "cats", "concatenate",
    "cat, dog", "cat,dog", "dog", "cat\tdog", "cat\u00a0", "\u2003cat\u2003", "\x1fcat", "\u0085cat",
    "A", "B", "b", "B.", "(B)", "B. the dog", "B.the dog", "B ", " B", "B\n", "B. \n x", "E", "F", "A B", "A, B and C", "b)",
    "The answer is B.", "The answer is B", "The answer is B. The answer is C.", "The answer is F.", "the answer is B.",
    "The answer is E.", "The answer is B\n", "So: The answer is C, since C", "It's B", "Answer: C", "A cat", "Option b.",
    "²", "é", "É", "e\u0301 b", "ß", "İ", "ı", "ſ", "Ⅳ b", "_ b", "b_", "猫", "猫 b", "😀", "😀 b", "b😀", "ΣΑΣ", "ŉ",
    "1", "10", "0", "-5", "3.5", "3,5", "35", "3.50", "1,000", "1000", "1 , 2", "one", "Two", "ten", "none", "None",
    "zero", "10:30", "3.5%", "5 o'clock", "it's 5 o'clock", "half past 3.", "1e3", "1_000", "٣", "0x10", "nan", "inf",
    "yes", "Yes", "yes.", "no", "not sure", "north", "there is a car", "the big one", "no, thanks", "car.", "car,x",
    "Unanswerable", "unanswerable", "it is Unanswerable", "unsuitable",
    "U.S.A.", "www.x.com", "co-op", "co op", "a/b c/ d", "Im", "Ive", "dont", "don't", "hes", "he's", "somebody'd",
    "wouldnt've", "lets go", "let's", "a", "an", "the", "A the an", "rock'n'roll", "a;b", "a ;b", "{x}", "x=y", "x = y",
    "a b c", "a,b,c", "a, b, c", "texas,ohio", "Texas, Ohio", "ohio", "texas,ohio,utah,maine", ",", "texas",
    "hawkish", "Dovish", "neutral or hawkish", "not dovish but neutral", "<think>hawkish</think>dovish",
    "<THINK>1\n2</THINK> 3", "<think>7", "x^{2} + y", "x^{2}+Y", "x^{2}+y\n=z", "ST OP", "stop", "the stop sign",
    "." * 40, "a. " * 40, "word " * 120, "ab" * 300, "the quick brown fox jumps over the lazy dog",
    "The quick brown fox jumped over a lazy dog", "a quick fox", "THE QUICK BROWN FOX JUMPS OVER THE LAZY dog!",
    "the quick brown fox jumps over " + "x" * 200, "rezod yzal eht revo spmuj xof nworb kciuq eht",
]

BOXES = [
    "[0.10,0.20,0.55,0.60]", "[0.1,0.2,0.5,0.6]", "[1.0,0.0,1.0,1.0]", "[0.1,0.2,0.5,0.6].", "[0,0,1,1]", "0,0,1,1",
    "[0.1000,0.2000,0.5500,0.6000]", "[0.1234,0.2345,0.5678,0.6789]", "[0.10, 0.20, 0.55, 0.60]", " [0.10,0.20,0.55,0.60]",
    "[0.55,0.60,0.10,0.20]", "[0.55,0.20,0.10,0.60]", "[-0.10,0.20,0.55,0.60]", "[0.10,0.20,1.55,1.60]", "[10,20,55,60]",
    "[0.10,0.20,0.55]", "[0.10,0.20,0.55,0.60,0.70]", "[0.10 0.20 0.55 0.60]", "(0.10,0.20,0.55,0.60)",
    "{0.10,0.20,0.55,0.60}", "the box is [0.10,0.20,0.55,0.60]", "[0.10,0.20,0.55,0.60] is the box",
    "2 boxes: [0.10,0.20,0.55,0.60]", "[[0.10,0.20,0.55,0.60]]", "[0.10,0.20,0.55,0.60]\n", "[.10,.20,.55,.60]",
    "[1e-1,2e-1,5.5e-1,6e-1]", "[+0.10,+0.20,+0.55,+0.60]", "[0.10,0.20,0.10,0.60]", "[0,0,0,0]", "[0,0,1,0.5]",
    "[0.0,0.0,1.0,0.50]", "[0.00,0.00,1.00,0.501]", "[nan,0.20,0.55,0.60]", "[0.10,0.20,inf,0.60]", "[0.10,0.20,0.55,0.6_0]",
    "[0.10,0.20,0.55,0x1]", "[0.10,0.20,0.55,0.60f]", "[0.10,,0.55,0.60]", "[0.10,0.20,0.55,]", "x1=0.10,y1=0.20,x2=0.55,y2=0.60",
    "[0.10,0.20,0.55,0.60][0.5,0.5,0.9,0.9]", "[0.5,0.5,0.9,0.9] no: [0.10,0.20,0.55,0.60]", "[", "]", "[]", "", "1",
    "[0.10,0.20,0.30,0.28]", "[0.12,0.22,0.52,0.58]", "[0.90,0.90,0.95,0.95]", "[٠.10,0.20,0.55,0.60]", "[0.10;0.20;0.55;0.60]",
    "[1.e0,0.20,0.55,0.60]", "[0.10,0.20,0.55,٣.60]", "[0.10,0.20,0.55,6.e-1]",
    "no box", "[0.10,0.20,0.55,0.60", "0.10,0.20,0.55,0.60]", "[0.1\n,0.2,0.55,0.60]", "[00.10,00.20,00.55,00.60]",
]

PIXEL_BOXES = [
    "[10.5,20.25,55.0,60.0]", "[10.5,20.25,55,60]", "[10,20,55,60]", "[10.,20.,55.,60.]", "[-10.5,20.25,55.0,60.0]", "<10.5><20.25><55.1><60.1>",
    "{<10><20><55><60>}", "[0.00,0.00,100.0,100.0]", "[0.1,0.1,100.0,100.0]", "[00.5,0.01,99.9,99.0]", "1 box: [10.5,20.25,55.0,60.0]",
    "1.0 box: [10.5,20.25,55.0,60.0]", "[10.5,20.25,55.0,60.0,1.5]", "[0.5,10.5,20.5,30.5]", "[10.1,20.1,30.1,28.1]", "[100.5.20.5,1.1,2.2]",
    "[٣1.5,20.25,55.0,60.0]", "[1٠.5,20.25,55.٠,60.0]", "[10.5e0,20.25,55.0,60.0]", "[1" + "0" * 400 + ".5,1.0,2.0,3.0]", "[10.5, 20.25\n55.0 60.0]",
]  # fmt: skip

LETTERS = [
    "<answer>B</answer>", "<answer>C</answer> or <answer> b </answer>", "<ANSWER>B.</ANSWER>", "<answer>B", "B</answer>", "<answer></answer>B",
    "<think>A</think><answer>B</answer>", "<think>A</think>B", "<think>A B", "B <think>", "<answer>A</answer><think>B</think>",
    "<think><answer>A</answer></think> B", "<answer>\nB\n</answer>", "( B )", "(b", "b.", "b :", "c, not b", "H", "I", "h", "i", "I'd say B",
    "option h", "it is H or A", "a cat", "A dog or B", "no letter", "x_B", "B_x", "B²", "(B]", "<answer>yes</answer>", "it is a yes", "it is not a yes, no",
    "so we say no", "yesterday", "nothing", "no", "No.", "<answer>the answer is 1000.0004</answer>", "<answer>3.5</answer> 4", "\x1fB\x1e.",
    "<an\u017fwer>B</answer>", "<th\u0131nk>A</think>B", "B\u00a0.", "hawkish", "dovish B", "neutral", "<answer>hawkish</answer>",
]  # fmt: skip
