package karuta.lmm.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.lmm.config.Json;
import karuta.lmm.tokenizer.Normalizers.Loss;

/** The ids of all tokens, those of the model and those that are added to it. */
final class Ids {

    /** No larger id is believed. */
    static final int MOST = 1 << 24;

    private static final int LONGEST_ADDED = 1 << 12;
    private static final Pattern LETTER = Pattern.compile("[A-Za-z0-9]");

    private final Map<String, Integer> model;
    private final Loss loss;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<String, Integer> added = new HashMap<>();
    private int largest = -1;
    private int largestAdded = -1;

    /**
     * @param model no id twice
     * @param loss what the normaliser may take away
     */
    Ids(Map<String, Integer> model, Loss loss) {
        this.model = model;
        this.loss = loss;
        model.forEach((text, id) -> {
            texts.put(id, text);
            largest = Math.max(largest, id);
        });
    }

    /**
     * Adds a token that is matched as a whole. The native library never reads its id: it takes that of the model's token
     * of this text, or else the next free one, which must be the one that the file says.
     */
    void add(Json token) {
        token.requireNoOther("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        for (var flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
            token.requireFlag(flag);
        }
        var id = token.requireWhole("id", 0, MOST);
        var content = token.requireText("content");
        if (content.isEmpty() || content.length() > LONGEST_ADDED) {
            throw token.broken("has a content of " + content.length() + " characters");
        }
        if (token.requireFlag("normalized") && mayVanish(content)) {
            throw token.broken("is normalised, and may be nothing then: \"" + content + "\"");
        }
        if (added.containsKey(content)) {
            throw token.broken("is there twice: \"" + content + "\"");
        }
        var given = Optional.ofNullable(model.get(content)).orElse(Math.max(model.size(), largestAdded + 1));
        if (given != id) {
            throw token.broken("says that \"" + content + "\" has the id " + id + ", but it would get " + given
                    + (model.containsKey(content) ? ", that of the model's token" : ", the next free one"));
        }
        var other = texts.putIfAbsent(id, content);
        if (other != null && !other.equals(content)) {
            throw token.broken("gives \"" + content + "\" the id " + id + ", which \"" + other + "\" has");
        }
        added.put(content, id);
        largest = Math.max(largest, id);
        largestAdded = Math.max(largestAdded, id);
    }

    private boolean mayVanish(String content) {
        return switch (loss) {
            case NOTHING -> false;
            case SIGNS -> !LETTER.matcher(content).find();
            case LETTERS -> true;
        };
    }

    /** Checks that a token of the file has the id that is said elsewhere. */
    void require(Json where, String token, int id) {
        var text = texts.get(id);
        if (!token.equals(text)) {
            throw where.broken("says that \"" + token + "\" has the id " + id + ", which "
                    + (text == null ? "no token has" : "\"" + text + "\" has"));
        }
    }

    Map<String, Integer> added() {
        return Map.copyOf(added);
    }

    /** One more than the largest id. */
    int size() {
        return largest + 1;
    }
}
