package karuta.bench.cards;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers the questions of the fifteen tasks' last seven from the scene and the words of the question alone, with tables
 * of its own: it knows neither sorts of questions nor conventions.
 */
final class PlainReader {

    private static final Map<String, String> JAPANESE = new HashMap<>();

    static {
        for (var entry : """
                red=aka green=midori blue=ao yellow=kiiro purple=murasaki orange=daidai
                K=kei L=eru N=enu P=pii T=tii U=yuu X=ekkusu Z=zetto
                circle=marui ring=marui square=kakui triangle=kakui cross=kakui bar=kakui
                2=ni 3=san 4=yon 5=go""".split("\\s+")) {
            JAPANESE.put(entry.split("=")[0], entry.split("=")[1]);
        }
    }

    private static final List<String> OBJECTS =
            List.of("cat", "crab", "car", "rocket", "tree", "flower", "fork", "hourglass");
    private static final List<String> SHAPES = List.of("circle", "square", "triangle", "cross", "ring", "bar");
    private static final List<String> ROWS = List.of("top", "middle", "bottom");
    private static final List<String> COLUMNS = List.of("left", "center", "right");

    private PlainReader() {}

    /** The answer that a task wants. */
    static String answer(String task, Scene scene, String question) {
        return switch (task) {
            case "tally-day" -> "it is " + (counts(question) ? shapes(scene) : JAPANESE.get(colorOf(scene, question)));
            case "tally-night" -> "it is " + JAPANESE.get(counts(question) ? shapes(scene) : colorOf(scene, question));
            case "sign-day" -> reads(question) ? text(scene) : JAPANESE.get(name(at(scene, question)));
            case "sign-night" -> reads(question) ? text(scene) : JAPANESE.get(color(at(scene, question)));
            case "badge-day" ->
                "it is " + (asksColor(question) ? JAPANESE.get(colorOf(scene, question)) : letter(scene));
            case "badge-night" -> "it is " + (asksColor(question) ? colorOf(scene, question) : letter(scene));
            case "gqa-night" -> color(at(scene, question)) + " " + name(at(scene, question));
            default -> throw new AssertionError(task);
        };
    }

    private static boolean counts(String question) {
        return question.contains("many") || question.contains("count");
    }

    private static boolean asksColor(String question) {
        return question.contains("color");
    }

    private static boolean reads(String question) {
        return question.contains("text") || question.contains("written");
    }

    private static String shapes(Scene scene) {
        return ""
                + scene.items().stream()
                        .filter(item -> SHAPES.contains(name(item)))
                        .count();
    }

    private static String text(Scene scene) {
        return scene.items().stream()
                .filter(item -> name(item).length() == 1)
                .map(item -> JAPANESE.get(name(item).toUpperCase()))
                .collect(Collectors.joining(" "));
    }

    private static String letter(Scene scene) {
        return scene.items().stream()
                .filter(item -> OBJECTS.contains(name(item)))
                .map(item -> "ABCDEFGH".substring(OBJECTS.indexOf(name(item))).substring(0, 1))
                .collect(Collectors.joining(" "));
    }

    private static String colorOf(Scene scene, String question) {
        return scene.items().stream()
                .filter(item -> question.replace("?", "").endsWith(" " + name(item)))
                .map(PlainReader::color)
                .collect(Collectors.joining(" "));
    }

    private static Item at(Scene scene, String question) {
        var words = List.of(question.replace("?", "").split(" "));
        var cell = 3 * ROWS.indexOf(words.get(words.size() - 2)) + COLUMNS.indexOf(words.get(words.size() - 1));
        return scene.items().stream()
                .filter(item -> item.cell() == cell)
                .findFirst()
                .orElseThrow();
    }

    private static String name(Item item) {
        return item.thing().name().toLowerCase();
    }

    private static String color(Item item) {
        return item.color().name().toLowerCase();
    }
}
