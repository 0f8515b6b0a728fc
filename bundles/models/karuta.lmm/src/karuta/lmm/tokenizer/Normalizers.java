package karuta.lmm.tokenizer;

import java.util.regex.Pattern;
import karuta.lmm.config.Json;

/** What is done to a text before it is cut. */
final class Normalizers {

    /**
     * What may be gone from a text afterwards. The library ends the process where an added token that is to be
     * normalised comes out empty.
     */
    enum Loss {
        NOTHING,
        SIGNS,
        /** Also ASCII letters and digits. */
        LETTERS;

        Loss and(Loss other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    private static final Pattern LETTER = Pattern.compile("[A-Za-z0-9]");
    private static final Pattern MATCHES_NO_LETTER = Pattern.compile("(\\\\[snrtfv]|[ \u2581]|\\{\\d*,?\\d*}|[+^$|])+");

    private Normalizers() {}

    static Loss check(Json step) {
        switch (step.requireText("type")) {
            case "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "ByteLevel" -> {
                step.requireNoOther("type");
                return Loss.NOTHING;
            }
            case "Nmt", "StripAccents" -> step.requireNoOther("type");
            case "BertNormalizer" -> {
                step.requireNoOther("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
                step.requireFlag("clean_text");
                step.requireFlag("handle_chinese_chars");
                step.requireFlag("lowercase");
                step.flag("strip_accents", false);
            }
            case "Strip" -> {
                step.requireNoOther("type", "strip_left", "strip_right");
                step.requireFlag("strip_left");
                step.requireFlag("strip_right");
            }
            case "Prepend" -> {
                step.requireNoOther("type", "prepend");
                if (Patterns.requireShort(step, "prepend").isEmpty()) {
                    throw step.broken("prepends nothing"); // the library counts beyond the text's end
                }
                return Loss.NOTHING;
            }
            case "Replace" -> {
                step.requireNoOther("type", "pattern", "content");
                Patterns.check(step);
                return lossOf(step.object("pattern").orElseThrow(), Patterns.requireShort(step, "content"));
            }
            case "Precompiled" -> {
                step.requireNoOther("type", "precompiled_charsmap");
                Charsmap.check(step, step.requireText("precompiled_charsmap"));
            }
            case "Sequence" -> {
                step.requireNoOther("type", "normalizers");
                return step.objects("normalizers").stream()
                        .map(Normalizers::check)
                        .reduce(Loss.NOTHING, Loss::and);
            }
            default -> throw step.unsupported("type", step.requireText("type"), "NFC, Replace, Sequence and the like");
        }
        return Loss.SIGNS;
    }

    private static Loss lossOf(Json pattern, String content) {
        var mayMatchLetters = pattern.has("String")
                ? LETTER.matcher(pattern.requireText("String")).find()
                : !MATCHES_NO_LETTER.matcher(pattern.requireText("Regex")).matches();
        return mayMatchLetters && !LETTER.matcher(content).find() ? Loss.LETTERS : Loss.SIGNS;
    }
}
