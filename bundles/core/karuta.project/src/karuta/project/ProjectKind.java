package karuta.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import karuta.api.KarutaException;
import karuta.yaml.Suggestion;

/** The kinds of strategies for which there is a template. */
public enum ProjectKind {
    SELECTOR,
    POOL,
    FUSION,
    LEARNER,
    BASELINE,
    BENCHMARK,
    SCORER,
    ENCODER,
    BACKBONE;

    /** As people write it: {@code selector}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ProjectKind::word).toList();
    }

    /**
     * The kind that people write so.
     *
     * @throws KarutaException saying which one was probably meant
     */
    public static ProjectKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "There is no kind \"" + word + "\"" + Suggestion.hint(word, words()) + ".",
                        "Take one of " + String.join(", ", words()) + "."));
    }

    /** The file with which a project of this kind is tried, and the command for it. */
    String trial() {
        return this == SCORER ? "karuta compare sheet.jsonl" : "karuta run study.yaml --out runs";
    }
}
