package karuta.bench.score.vqa;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.bench.score.rule.PythonText;

/**
 * How the VQA benchmark makes answers equal that mean the same (visualqa.org, evaluation code): punctuation, words of
 * numbers, articles, contractions. Two processors are in use, which differ in their first step.
 */
final class AnswerText {

    private static final List<String> MARKS = List.of(
            ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@", "`", ",", "?", "!");
    private static final Pattern COMMA_IN_NUMBER = Pattern.compile("\\d,\\d", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FULL_STOP = Pattern.compile("\\.(?!\\d)", Pattern.UNICODE_CHARACTER_CLASS);

    /** A flag stands where the published code should have a count, and its value is 32. */
    private static final int FULL_STOPS = 32;

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> CONTRACTIONS = contractions();

    private AnswerText() {}

    /** M4C's processor, which TextVQA is scored by. */
    static String m4c(String text) {
        var plain = PythonText.strip(
                PythonText.lower(text).replace(",", "").replace("?", "").replace("'s", " 's"));
        return words(marks(oneLine(plain)));
    }

    /** The processor of VQAv2 and VizWiz. */
    static String vqa(String text) {
        return words(marks(oneLine(text)));
    }

    static String oneLine(String text) {
        return PythonText.strip(text.replace("\n", " ").replace("\t", " "));
    }

    /** Each mark goes if it touches a space or a number has a comma, and becomes a space if not. */
    static String marks(String text) {
        var marked = text;
        var comma = COMMA_IN_NUMBER.matcher(text).find();
        for (var mark : MARKS) {
            var gone = comma || text.contains(mark + " ") || text.contains(" " + mark);
            marked = marked.replace(mark, gone ? "" : " ");
        }
        return withoutFullStops(marked);
    }

    private static String withoutFullStops(String text) {
        var stop = FULL_STOP.matcher(text);
        var without = new StringBuilder();
        for (var i = 0; i < FULL_STOPS && stop.find(); i++) {
            stop.appendReplacement(without, "");
        }
        return stop.appendTail(without).toString();
    }

    private static String words(String text) {
        return PythonText.words(PythonText.lower(text)).stream()
                .map(word -> NUMBERS.getOrDefault(word, word))
                .filter(word -> !ARTICLES.contains(word))
                .map(word -> CONTRACTIONS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> contractions() {
        var file = Objects.requireNonNull(AnswerText.class.getResourceAsStream("contractions.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
