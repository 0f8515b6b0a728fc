package karuta.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which answers a rule of scoring can read as references. */
enum AnswerForm {
    /** Any text. */
    TEXT {
        @Override
        Optional<String> wrong(String answer, List<String> choices) {
            return Optional.empty();
        }
    },
    /** The letter of a choice. */
    LETTER {
        @Override
        Optional<String> wrong(String answer, List<String> choices) {
            if (!answer.matches("[A-Z]")) {
                return Optional.of("is no option's letter");
            }
            var index = answer.charAt(0) - 'A';
            return choices.isEmpty() || index < choices.size()
                    ? Optional.empty()
                    : Optional.of("is beyond the " + choices.size() + " options");
        }
    },
    /** Corners of a box in shares of the image. */
    BOX {
        @Override
        Optional<String> wrong(String answer, List<String> choices) {
            var match = CORNERS.matcher(answer);
            if (!match.matches()) {
                return Optional.of("is no box [x1,y1,x2,y2]");
            }
            var left = Double.parseDouble(match.group(1));
            var top = Double.parseDouble(match.group(2));
            var right = Double.parseDouble(match.group(3));
            var bottom = Double.parseDouble(match.group(4));
            if (Math.min(Math.min(left, top), Math.min(right, bottom)) < 0
                    || Math.max(Math.max(left, top), Math.max(right, bottom)) > 1) {
                return Optional.of("lies outside of the image (0 to 1)");
            }
            return left < right && top < bottom ? Optional.empty() : Optional.of("has its corners the wrong way round");
        }
    };

    private static final String NUMBER = "\\s*(-?\\d+\\.?\\d*|-?\\.\\d+)\\s*";
    private static final Pattern CORNERS =
            Pattern.compile("\\s*\\[" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "\\]\\s*");

    /** That of a rule, by its id. */
    static AnswerForm of(String rule) {
        return switch (rule.split("\\.")[0]) {
            case "choice" -> LETTER;
            case "box" -> BOX;
            default -> TEXT;
        };
    }

    /**
     * What is wrong with a reference: the end of a sentence.
     *
     * @param choices texts of the options, if they are known
     */
    abstract Optional<String> wrong(String answer, List<String> choices);
}
