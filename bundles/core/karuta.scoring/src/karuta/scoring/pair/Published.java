package karuta.scoring.pair;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the scripts of a code pair, by the family of the rule (what stands before the dot of its id): they do so differently
 * for different tasks.
 */
enum Published {
    COIN(Pairing.LINES, Map.of("choice", Pairing.SPLIT, "contain", Pairing.LINE, "caption", Pairing.LINE_ALL)),
    MODALPROMPT(COIN),
    HIDE(Pairing.LINES, Map.of("choice", Pairing.DISTINCT, "contain", Pairing.LINE, "caption", Pairing.LINE_ALL)),
    MCITLIB(HIDE),
    DCL(Pairing.LINES, Map.of()),
    ACL(Pairing.LINES, Map.of()),
    CVIT(COIN),
    PRISM(Pairing.LINES_WRONG, Map.of("choice", Pairing.SPLIT, "contain", Pairing.LINE_MIN, "m4c", Pairing.MATCHED)),
    CTB(Pairing.CTB, Map.of());

    private final Pairing most;
    private final Map<String, Pairing> others;

    Published(Pairing most, Map<String, Pairing> others) {
        this.most = most;
        this.others = others;
    }

    Published(Published same) {
        this(same.most, same.others);
    }

    static Optional<Published> of(String name) {
        return Arrays.stream(values()).filter(code -> code.id().equals(name)).findFirst();
    }

    static String names() {
        return Stream.of(values()).map(Published::id).collect(Collectors.joining(", "));
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Pairing pairing(String rule) {
        return others.getOrDefault(rule.split("\\.", 2)[0], most);
    }
}
