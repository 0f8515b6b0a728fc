package karuta.lmm.tokenizer;

import karuta.lmm.config.Json;

/** What is done to a text before it is cut. */
final class Normalizers {

    private Normalizers() {}

    static void check(Json step) {
        switch (step.requireText("type")) {
            case "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Nmt", "StripAccents", "ByteLevel" ->
                step.requireNoOther("type");
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
            }
            case "Replace" -> {
                step.requireNoOther("type", "pattern", "content");
                Patterns.check(step);
                Patterns.requireShort(step, "content");
            }
            case "Precompiled" -> {
                step.requireNoOther("type", "precompiled_charsmap");
                Charsmap.check(step, step.requireText("precompiled_charsmap"));
            }
            case "Sequence" -> {
                step.requireNoOther("type", "normalizers");
                step.objects("normalizers").forEach(Normalizers::check);
            }
            default -> throw step.unsupported("type", step.requireText("type"), "NFC, Replace, Sequence and the like");
        }
    }
}
