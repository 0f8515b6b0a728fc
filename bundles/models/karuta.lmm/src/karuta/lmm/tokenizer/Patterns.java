package karuta.lmm.tokenizer;

import karuta.lmm.config.Json;

/** What a step looks for: a text, or a regular expression. */
final class Patterns {

    private static final int LONGEST = 1 << 12;

    private Patterns() {}

    /** Checks the key {@code pattern}. */
    static void check(Json step) {
        var pattern = step.object("pattern").orElseThrow(() -> step.broken("has no pattern"));
        pattern.requireNoOther("String", "Regex");
        if (pattern.has("String") == pattern.has("Regex")) {
            throw pattern.broken("has neither a String nor a Regex, or both");
        }
        var key = pattern.has("String") ? "String" : "Regex";
        var text = requireShort(pattern, key);
        if (text.isEmpty()) {
            throw pattern.broken("is empty");
        }
        if (key.equals("Regex")) {
            SafeRegex.check(pattern, text);
        }
    }

    static String requireShort(Json step, String key) {
        var text = step.requireText(key);
        if (text.length() > LONGEST) {
            throw step.broken("has a " + key + " of " + text.length() + " characters");
        }
        return text;
    }
}
