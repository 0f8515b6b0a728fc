package karuta.lmm.tokenizer;

import karuta.lmm.config.Json;

/** What makes a text out of tokens. */
final class Decoders {

    private Decoders() {}

    static void check(Json step) {
        switch (step.requireText("type")) {
            case "Fuse", "ByteFallback" -> step.requireNoOther("type");
            case "ByteLevel" -> PreTokenizers.byteLevel(step);
            case "Metaspace" -> PreTokenizers.metaspace(step);
            case "BPEDecoder" -> {
                step.requireNoOther("type", "suffix");
                step.requireText("suffix");
            }
            case "WordPiece" -> {
                step.requireNoOther("type", "prefix", "cleanup");
                step.requireText("prefix");
                step.requireFlag("cleanup");
            }
            case "CTC" -> {
                step.requireNoOther("type", "pad_token", "word_delimiter_token", "cleanup");
                step.requireText("pad_token");
                step.requireText("word_delimiter_token");
                step.requireFlag("cleanup");
            }
            case "Replace" -> {
                step.requireNoOther("type", "pattern", "content");
                Patterns.check(step);
                Patterns.requireShort(step, "content");
            }
            case "Strip" -> strip(step);
            case "Sequence" -> {
                step.requireNoOther("type", "decoders");
                step.objects("decoders").forEach(Decoders::check);
            }
            default -> throw step.unsupported("type", step.requireText("type"), "ByteLevel, Sequence and the like");
        }
    }

    /** The library counts beyond the start of a text that is shorter than {@code stop}, and ends the process. */
    private static void strip(Json step) {
        step.requireNoOther("type", "content", "start", "stop");
        PreTokenizers.requireCharacter(step, "content");
        step.requireWhole("start", 0, 1 << 16);
        var stop = step.requireWhole("stop", 0, 1 << 16);
        if (stop > 0) {
            throw step.unsupported("stop", Integer.toString(stop), "0");
        }
    }
}
