package karuta.bench.cards;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of this world. */
public final class Words {

    static final List<String> ROWS = List.of("top", "middle", "bottom");
    static final List<String> COLUMNS = List.of("left", "center", "right");
    static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five");
    /** Where cells begin and end, in parts of the picture. */
    static final List<String> EDGES = List.of("0.00", "0.33", "0.67", "1.00");

    private static final Pattern WORD = Pattern.compile("\\p{L}+|\\d+\\.\\d+|\\d|\\S");

    private static final Map<String, String> ROMAJI = dictionary(
            "red aka, green midori, blue ao, yellow kiiro, purple murasaki, orange daidai",
            "circle maru, square shikaku, triangle sankaku, cross juuji, ring wa, bar bou",
            "K kei, L eru, N enu, P pii, T tii, U yuu, X ekkusu, Z zetto",
            "cat neko, crab kani, car kuruma, rocket roketto, tree ki, flower hana, fork fooku, hourglass sunadokei",
            "animal doubutsu, vehicle norimono, plant shokubutsu, tool dougu, round marui, angular kakui, letter moji",
            "top ue, middle naka, bottom shita, left hidari, center mannaka, right migi, yes hai, no iie",
            "zero rei, one ichi, two ni, three san, four yon, five go");

    private Words() {}

    /** The Japanese word, in Latin letters, for an English word; a word without a translation stays as it is. */
    public static String romaji(String english) {
        return ROMAJI.getOrDefault(english, english);
    }

    /** Cuts a text: words, numbers with a point, single digits, and everything else character by character. */
    public static List<String> of(String text) {
        return WORD.matcher(text).results().map(match -> match.group()).toList();
    }

    /** Every word that occurs in a question, an answer or a caption, once, in a fixed order. */
    public static List<String> all() {
        var texts = Stream.of(
                        ROMAJI.keySet().stream().sorted(),
                        ROMAJI.values().stream().sorted(),
                        Stream.of(QuestionType.values()).flatMap(ask -> ask.phrases().stream()),
                        Stream.of(Style.values()).map(Style::word),
                        Stream.of(Tone.values()).map(Tone::word),
                        Stream.of(ObjectType.values()).map(ObjectType::option),
                        EDGES.stream(),
                        Stream.of("0 1 2 3 4 5 6 7 8 9", "[ , ] ? . ! : ; ( ) - '"),
                        Stream.of(Question.UNANSWERABLE, Question.SENTENCE, Caption.WORDS))
                .flatMap(stream -> stream)
                .map(text -> text.replace("%s", " "));
        return List.copyOf(
                texts.flatMap(text -> of(text).stream()).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static Map<String, String> dictionary(String... lines) {
        return Arrays.stream(lines)
                .flatMap(line -> Stream.of(line.split(", ")))
                .map(entry -> entry.split(" "))
                .collect(Collectors.toUnmodifiableMap(entry -> entry[0], entry -> entry[1]));
    }
}
