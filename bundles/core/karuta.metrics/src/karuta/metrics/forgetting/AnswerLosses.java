package karuta.metrics.forgetting;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a task's score lacks to 1, by the form of the answers: {@code 1 - R = form + content}, exactly. An answer whose form is
 * none that the task's references have cannot be right, whatever it means: a word where letters are asked for. SEFE (Chen et
 * al., ICML 2025) calls the forgetting of the form superficial and that of the content essential; its measure asks a model, this
 * one reads what the rule has read.
 *
 * @param form what answers of another form lack, over the number of all answers
 * @param content what the others lack, over the number of all answers
 */
public record AnswerLosses(double form, double content) {

    private static final double ROUNDING = 1e-9;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}.+-]+");
    private static final Pattern DIGITS = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern ALONE = Pattern.compile("[.+-]*\\p{L}[.+-]*");
    private static final Pattern SIGNS = Pattern.compile("[.+-]*");

    /**
     * An answer to a test sample.
     *
     * @param parsed what the rule has read
     * @param score that it gave
     */
    public record Scored(String parsed, double score) {}

    /** The form of an answer. */
    enum Form {
        NOTHING,
        LETTER,
        NUMBER,
        NUMBERS,
        WORD,
        WORDS;

        static Form of(String text) {
            var parts = NO_WORD.splitAsStream(text)
                    .filter(part -> !SIGNS.matcher(part).matches())
                    .toList();
            if (parts.isEmpty()) {
                return NOTHING;
            }
            if (parts.stream().allMatch(part -> DIGITS.matcher(stripped(part)).matches())) {
                return parts.size() == 1 ? NUMBER : NUMBERS;
            }
            if (parts.size() > 1) {
                return WORDS;
            }
            return ALONE.matcher(parts.get(0)).matches() ? LETTER : WORD;
        }

        /** Without a full stop behind it. */
        private static String stripped(String part) {
            return part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
        }
    }

    /**
     * Takes a task's loss apart.
     *
     * @param answers to all its test samples
     * @param references of all of them
     * @param score of the task
     * @return empty where the task's score is not the mean of scores from 0 to 1
     */
    public static Optional<AnswerLosses> of(List<Scored> answers, Collection<String> references, double score) {
        var mean = answers.stream().mapToDouble(Scored::score).average().orElse(Double.NaN);
        if (!(Math.abs(mean - score) <= ROUNDING)
                || answers.stream().anyMatch(answer -> answer.score() < 0 || answer.score() > 1)) {
            return Optional.empty();
        }
        Set<Form> forms = references.stream().map(Form::of).collect(Collectors.toSet());
        var form = answers.stream()
                .filter(answer -> !forms.contains(Form.of(answer.parsed())))
                .mapToDouble(answer -> (1 - answer.score()) / answers.size())
                .sum();
        return Optional.of(new AnswerLosses(form, 1 - score - form));
    }
}
