package karuta.fidelity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says whether an arm is ModalPrompt, and in what it is not. */
public final class Fidelity {

    private static final String K = "k";
    private static final String LAMBDA = "lambda";
    private static final String IMAGE = "lossImage";
    private static final String TEXT = "lossText";

    /** Unequal, so that an exchange of image and text shows. */
    private static final Map<String, Double> APART = Map.of(LAMBDA, 0.3, IMAGE, 0.7, TEXT, 1.3);

    private static final Map<String, String> NAMES = Map.of(
            K,
            "K, prompts used at once",
            LAMBDA,
            "lambda, weight of the image in the score",
            "length",
            "M, rows of a prompt",
            IMAGE,
            "weight of the alignment with the image",
            TEXT,
            "weight of the alignment with the text",
            "transformRate",
            "learning rate of h, as a factor");

    private Fidelity() {}

    /**
     * Plays the arm: once with settings that tell its parts apart, and if nothing is wrong once with those of the
     * definition, to be compared with golden numbers. Takes a second or two.
     *
     * @throws karuta.api.KarutaException if the arm's strategies do not work together
     */
    public static Verdict of(Arm arm) {
        var findings = new Findings();
        var wished = apart(arm);
        Examination.seeds(arm, wished, findings);
        try (var play = new Play(arm, wished, 1)) {
            var k = (int) number(arm.selector(), K, wished);
            var objective = new Objective(play, findings, weight(arm, IMAGE, wished), weight(arm, TEXT, wished));
            var choices = new Choices(play, findings, k, number(arm.selector(), LAMBDA, wished));
            new Examination(play, findings, objective, choices).examine();
        }
        var compared = findings.none() ? Golden.compare(arm, findings) : 0;
        return new Verdict(findings.all(), settings(arm), compared);
    }

    private static Map<String, Object> apart(Arm arm) {
        var wished = new HashMap<String, Object>(APART);
        var k = arm.selector().number(K, 0);
        wished.put(K, k == 2 || k == 4 ? (int) k : defined(K).intValue()); // 1 and 5 leave nothing to choose
        for (var weight : List.of(IMAGE, TEXT)) {
            if (arm.pool().number(weight, 1) == 0) {
                wished.put(weight, 0.0); // an alignment that is switched off is none
            }
        }
        return wished;
    }

    /** What an option is in the play, or in the definition where the strategy has no such option. */
    private static double number(Part<?> part, String option, Map<String, Object> wished) {
        return ((Number) (part.options().containsKey(option) ? wished.get(option) : defined(option))).doubleValue();
    }

    /** What the alignment must count in the play. */
    private static double weight(Arm arm, String option, Map<String, Object> wished) {
        var played = number(arm.pool(), option, wished);
        return played == 0 ? defined(option).doubleValue() : played;
    }

    private static Number defined(String option) {
        return (Number) Golden.SETTINGS.get(option);
    }

    private static List<Setting> settings(Arm arm) {
        var settings = new ArrayList<Setting>();
        for (var part : List.of(arm.selector(), arm.pool())) {
            part.options().keySet().stream().filter(NAMES::containsKey).sorted().forEach(option -> {
                var defined = defined(option).doubleValue();
                var actual = part.number(option, defined);
                if (actual != defined) {
                    settings.add(new Setting(NAMES.getOrDefault(option, option), defined, actual));
                }
            });
        }
        return settings;
    }
}
