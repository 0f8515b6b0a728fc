package karuta.lmm.tokenizer;

import karuta.lmm.config.Json;

/** What cuts a text into words. */
final class PreTokenizers {

    private static final String[] BEHAVIORS = {
        "Isolated", "Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"
    };

    private PreTokenizers() {}

    static void check(Json step) {
        switch (step.requireText("type")) {
            case "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts" -> step.requireNoOther("type");
            case "ByteLevel" -> byteLevel(step);
            case "Metaspace" -> metaspace(step);
            case "CharDelimiterSplit" -> {
                step.requireNoOther("type", "delimiter");
                requireCharacter(step, "delimiter");
            }
            case "Digits" -> {
                step.requireNoOther("type", "individual_digits");
                step.requireFlag("individual_digits");
            }
            case "Punctuation" -> {
                step.requireNoOther("type", "behavior");
                step.oneOf("behavior", BEHAVIORS);
            }
            case "Split" -> {
                step.requireNoOther("type", "pattern", "behavior", "invert");
                Patterns.check(step);
                step.requireText("behavior");
                step.oneOf("behavior", BEHAVIORS);
                step.requireFlag("invert");
            }
            case "FixedLength" -> {
                step.requireNoOther("type", "length");
                step.whole("length", 1, 1 << 20);
            }
            case "Sequence" -> {
                step.requireNoOther("type", "pretokenizers");
                step.objects("pretokenizers").forEach(PreTokenizers::check);
            }
            default ->
                throw step.unsupported("type", step.requireText("type"), "ByteLevel, Metaspace, Split and the like");
        }
    }

    /** A step, a post-processor and a decoder in one. */
    static void byteLevel(Json step) {
        step.requireNoOther("type", "add_prefix_space", "trim_offsets", "use_regex");
        step.requireFlag("add_prefix_space");
        step.requireFlag("trim_offsets");
        step.flag("use_regex", true);
    }

    /** A step and a decoder in one. */
    static void metaspace(Json step) {
        step.requireNoOther("type", "replacement", "prepend_scheme", "add_prefix_space", "split", "str_rep");
        requireCharacter(step, "replacement");
        var scheme = step.oneOf("prepend_scheme", "always", "first", "never");
        step.flag("split", true);
        step.text("str_rep");
        if (!step.flag("add_prefix_space", true) && !scheme.equals("never")) {
            throw step.broken("says add_prefix_space = false, but prepend_scheme = " + scheme);
        }
    }

    static void requireCharacter(Json step, String key) {
        var text = step.requireText(key);
        if (text.codePointCount(0, text.length()) != 1) {
            throw step.broken("says " + key + " = \"" + text + "\", which is not one character");
        }
    }
}
