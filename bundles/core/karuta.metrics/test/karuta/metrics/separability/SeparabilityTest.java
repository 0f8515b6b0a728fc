package karuta.metrics.separability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeparabilityTest {

    private static final List<String> FEATURES = List.of("image", "text");

    @Test
    void routersAndNeighboursAreWhatNumpyFinds() throws IOException {
        var fixture = JsonParser.parseString(Files.readString(Path.of("test/fixtures/separability.json")))
                .getAsJsonObject();
        var tasks = new ArrayList<TaskFeatures>();
        fixture.getAsJsonArray("tasks").forEach(each -> {
            var task = each.getAsJsonObject();
            tasks.add(new TaskFeatures(
                    task.get("task").getAsString(),
                    samples(task.getAsJsonObject("train")),
                    samples(task.getAsJsonObject("test"))));
        });
        var found = Separability.of(tasks, FEATURES);
        assertEquals(
                List.of("image", "text", "both"),
                found.views().stream().map(View::name).toList());
        for (var view : found.views()) {
            var expected = fixture.getAsJsonObject("views").getAsJsonObject(view.name());
            assertSquare(expected.getAsJsonArray("routed"), view.routed());
            assertSquare(expected.getAsJsonArray("overlap"), view.overlap());
            assertSquare(expected.getAsJsonArray("neighbours"), view.neighbours());
        }
    }

    private static List<Map<String, float[]>> samples(JsonObject features) {
        var images = features.getAsJsonArray("image");
        var texts = features.getAsJsonArray("text");
        return IntStream.range(0, images.size())
                .mapToObj(i -> Map.of(
                        "image",
                        numbers(images.get(i).getAsJsonArray()),
                        "text",
                        numbers(texts.get(i).getAsJsonArray())))
                .toList();
    }

    private static float[] numbers(JsonArray array) {
        var numbers = new float[array.size()];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).getAsFloat();
        }
        return numbers;
    }

    private static void assertSquare(JsonArray expected, List<List<Double>> found) {
        for (var a = 0; a < expected.size(); a++) {
            for (var b = 0; b < expected.size(); b++) {
                assertEquals(
                        expected.get(a).getAsJsonArray().get(b).getAsDouble(),
                        found.get(a).get(b),
                        1e-9);
            }
        }
    }

    @Test
    void tasksThatSayTheSameAreToldApartByChance() {
        var same = new float[] {1, 2};
        var two = List.of(
                task("a", List.of(Map.of("text", same)), List.of(Map.of("text", same))),
                task("b", List.of(Map.of("text", same), Map.of("text", same)), List.of(Map.of("text", same))));
        var view = Separability.of(two, List.of("text")).widest();
        assertEquals(0.5, view.accuracy());
        assertEquals(0.5, view.overlap().get(0).get(1));
        assertEquals(1.0 / 3, view.neighbours().get(0).get(0), 1e-12, "all three neighbours are as near");
    }

    @Test
    void tasksThatNothingJoinsDoNotOverlap() {
        var two = List.of(
                task("a", List.of(Map.of("text", new float[] {1, 0})), List.of(Map.of("text", new float[] {5, 1}))),
                task("b", List.of(Map.of("text", new float[] {0, 1})), List.of(Map.of("text", new float[] {1, 5}))));
        var view = Separability.of(two, List.of("text")).widest();
        assertEquals(1, view.accuracy());
        assertEquals(0, view.overlap().get(0).get(1));
    }

    @Test
    void whatATaskLacksIsNoViewOfItsOwn() {
        var image = Map.of("image", new float[] {1, 0}, "text", new float[] {1, 0});
        var blind = Map.of("text", new float[] {0, 1});
        var found = Separability.of(
                List.of(task("a", List.of(image), List.of(image)), task("b", List.of(blind), List.of(blind))),
                FEATURES);
        assertEquals(
                List.of("text", "both"), found.views().stream().map(View::name).toList());
        assertEquals(1, found.view("both").orElseThrow().accuracy());
    }

    @Test
    void aFileSaysWhatWasFound() {
        var found = Separability.of(
                List.of(
                        task("a", List.of(Map.of("text", new float[] {1})), List.of(Map.of("text", new float[] {1}))),
                        task("b", List.of(Map.of("text", new float[] {1})), List.of(Map.of("text", new float[] {1})))),
                List.of("text"));
        var file = new StudySeparability("s", "e", List.of("d"), 500, 200, found);
        assertEquals(file, StudySeparability.read(file.json()));
        for (var damaged : List.of(
                "",
                "{",
                "{}",
                "[]",
                "7",
                file.json().replace("0.5", "[]"),
                file.json().replace("[", ""))) {
            assertThrows(JsonParseException.class, () -> StudySeparability.read(damaged), damaged);
        }
        for (var changed :
                List.of(file.json().replace("500", "501"), file.json().replace("\"sha256\"", "\"sha\""))) {
            var refusal = assertThrows(JsonParseException.class, () -> StudySeparability.read(changed));
            assertEquals("it has changed since it was written", refusal.getMessage());
        }
    }

    private static TaskFeatures task(String name, List<Map<String, float[]>> train, List<Map<String, float[]>> test) {
        return new TaskFeatures(name, train, test);
    }
}
