package karuta.tiny;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.bench.cards.Directive;
import karuta.bench.cards.Words;

/**
 * The tokens of the embedded model: special ones, the 256 bytes, the words of the world of cards with a space before
 * them, digits and punctuation also without, and the directives, which no text can spell.
 */
final class Vocabulary {

    static final int PAD = 0;
    static final int IMAGE = 1;
    static final int BOS = 2;
    static final int EOS = 3;
    /** Stands between question and answer. */
    static final int ANSWER = 4;

    static final List<String> SPECIAL = List.of("<pad>", "<image>", "<s>", "</s>", "<ans>");

    /** What stands for a space, as in LLaMA's tokenizer. */
    static final String SPACE = "\u2581";

    /** Two tokens for each directive, so that a direction in the embedding space means it, not one point. */
    private static final int SYNONYMS = 2;

    private static final int FIRST_BYTE = SPECIAL.size();

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, Directive> directives = new LinkedHashMap<>();

    Vocabulary() {
        SPECIAL.forEach(this::add);
        for (var b = 0; b < 256; b++) {
            add(String.format(Locale.ROOT, "<0x%02X>", b));
        }
        add(SPACE);
        for (var word : Words.all()) {
            add(SPACE + word);
            if (!Character.isLetter(word.charAt(0))) {
                add(word);
            }
        }
        for (var directive : Directive.values()) {
            for (var i = 1; i <= SYNONYMS; i++) {
                directives.put(ids.size(), directive);
                add("<" + directive.name().toLowerCase(Locale.ROOT) + "-" + i + ">");
            }
        }
    }

    /** All tokens with their ids, in the order of the ids. */
    Map<String, Integer> ids() {
        return ids;
    }

    int size() {
        return ids.size();
    }

    /** The id of a word of the world. */
    int word(String word) {
        return Optional.ofNullable(ids.get(SPACE + word))
                .orElseThrow(() -> new IllegalArgumentException("no word of the world: " + word));
    }

    /** What a token directs, if it is a directive. */
    Optional<Directive> directive(int id) {
        return Optional.ofNullable(directives.get(id));
    }

    /** The tokens of a directive. */
    List<Integer> tokens(Directive directive) {
        return directives.entrySet().stream()
                .filter(entry -> entry.getValue() == directive)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All tokens that are no directives. */
    List<Integer> fillers() {
        return IntStream.range(0, size())
                .filter(id -> !directives.containsKey(id))
                .boxed()
                .toList();
    }

    /** The tokens of a text: no special token is read in it. */
    List<Integer> encode(String text) {
        var tokens = new ArrayList<Integer>();
        for (var piece : Segments.of(text)) {
            var whole = ids.get(piece);
            if (whole != null) {
                tokens.add(whole);
            } else {
                spell(piece, tokens);
            }
        }
        return tokens;
    }

    /** The tokens of a text as they would be if its words were unknown. */
    List<Integer> spell(String text) {
        var tokens = new ArrayList<Integer>();
        Segments.of(text).forEach(piece -> spell(piece, tokens));
        return tokens;
    }

    private void spell(String piece, List<Integer> tokens) {
        piece.codePoints().mapToObj(Character::toString).forEach(character -> {
            var known = ids.get(character);
            if (known != null) {
                tokens.add(known);
            } else {
                for (var b : character.getBytes(StandardCharsets.UTF_8)) {
                    tokens.add(FIRST_BYTE + (b & 0xFF));
                }
            }
        });
    }

    private void add(String token) {
        ids.putIfAbsent(token, ids.size());
    }
}
