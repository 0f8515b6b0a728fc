package karuta.use.ask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Packing;
import karuta.tensor.CardState;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a card's own samples look like. */
class OwnFeaturesTest {

    private static final String IMAGE = "image";
    private static final String TEXT = "text";

    private final Random random = new Random(4);

    @BeforeAll
    static void start() {
        TorchEngine.start();
    }

    @Test
    void distancesAndPassesAreThoseOfTheReference() throws IOException {
        var compared = 0;
        for (var each : JsonParser.parseString(Files.readString(Path.of("test/fixtures/gaussian.json")))
                .getAsJsonArray()) {
            var reference = each.getAsJsonObject();
            var own = of(rows(reference, "training"), rows(reference, "held")).orElseThrow();
            var asked = rows(reference, "asked");
            for (var view : reference.getAsJsonObject("views").entrySet()) {
                var expected = view.getValue().getAsJsonObject();
                for (var i = 0; i < asked.size(); i++) {
                    var features = new HashMap<>(asked.get(i));
                    features.keySet().retainAll(List.of(view.getKey().split("\\+")));
                    var distance = expected.getAsJsonArray("distances").get(i).getAsDouble();
                    for (var share : expected.getAsJsonObject("within").entrySet()) {
                        var near = own.nearness(features, Double.parseDouble(share.getKey()))
                                .orElseThrow();
                        assertEquals(distance, near.distance(), 1e-5 * distance);
                        assertEquals(share.getValue().getAsJsonArray().get(i).getAsBoolean(), near.within());
                        compared++;
                    }
                }
            }
        }
        assertEquals(3 * 4 * (24 + 16 + 8), compared);
    }

    private static List<Map<String, float[]>> rows(JsonObject reference, String which) {
        var parts = reference.getAsJsonObject(which);
        return IntStream.range(0, parts.getAsJsonArray(TEXT).size())
                .mapToObj(i -> Map.of(
                        IMAGE,
                        floats(parts.getAsJsonArray(IMAGE).get(i).getAsJsonArray()),
                        TEXT,
                        floats(parts.getAsJsonArray(TEXT).get(i).getAsJsonArray())))
                .toList();
    }

    private static float[] floats(JsonArray numbers) {
        var floats = new float[numbers.size()];
        var all = StreamSupport.stream(numbers.spliterator(), false)
                .map(JsonElement::getAsFloat)
                .toList();
        IntStream.range(0, floats.length).forEach(i -> floats[i] = all.get(i));
        return floats;
    }

    static Optional<OwnFeatures> of(List<Map<String, float[]>> training, List<Map<String, float[]>> held) {
        var all = new ArrayList<>(training);
        all.addAll(held);
        Function<Query, Map<String, float[]>> features = query -> all.get(Integer.parseInt(query.instruction()));
        return OwnFeatures.of("clip", features, samples(0, training.size()), samples(training.size(), all.size()));
    }

    /** The question of a sample is the number of its features. */
    private static List<Sample> samples(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Sample("s" + i, new Query(Optional.empty(), "" + i), "x"))
                .toList();
    }

    /** Around a direction, the first number counting little. */
    private float[] around(int direction) {
        var row = new float[12];
        for (var i = 0; i < row.length; i++) {
            row[i] = (float) (random.nextGaussian() * (i == 0 ? 0.5 : 0.05));
        }
        row[direction] += 1;
        return row;
    }

    private List<Map<String, float[]>> both(int n, int image, int text) {
        return IntStream.range(0, n)
                .mapToObj(i -> Map.of(IMAGE, around(image), TEXT, around(text)))
                .toList();
    }

    @Test
    void aQuestionWithoutImageIsJudgedByItsTextAndTheOtherWayRound() {
        var own = of(both(200, 1, 2), both(80, 1, 2)).orElseThrow();
        assertTrue(within(own, Map.of(TEXT, around(2))));
        assertFalse(within(own, Map.of(TEXT, around(3))));
        assertTrue(within(own, Map.of(IMAGE, around(1))));
        assertFalse(within(own, Map.of(IMAGE, around(2))));
        assertFalse(within(own, Map.of(IMAGE, around(1), TEXT, around(3))));
        assertEquals(Optional.empty(), own.nearness(Map.of("sound", around(1)), 0.05));
    }

    @Test
    void aCardOfQuestionsWithoutImagesJudgesByTheText() {
        var texts = texts(60, 2);
        var own = of(texts, texts(40, 2)).orElseThrow();
        assertTrue(within(own, Map.of(IMAGE, around(5), TEXT, around(2))));
        assertFalse(within(own, Map.of(IMAGE, around(5), TEXT, around(3))));
        var mixed = new ArrayList<>(both(60, 1, 2));
        mixed.addAll(texts);
        var few = of(mixed, texts(40, 2)).orElseThrow(); // of none that was held out both are known
        assertTrue(within(few, Map.of(IMAGE, around(5), TEXT, around(2))));
        assertFalse(within(few, Map.of(IMAGE, around(1), TEXT, around(3))));
    }

    private List<Map<String, float[]>> texts(int n, int text) {
        return IntStream.range(0, n).mapToObj(i -> Map.of(TEXT, around(text))).toList();
    }

    private static boolean within(OwnFeatures own, Map<String, float[]> features) {
        return own.nearness(features, 0.02).orElseThrow().within();
    }

    @Test
    void ofItsOwnQuestionsNoMoreAreRefusedThanWereGivenLeave() {
        for (var share : List.of(0.05, 0.2)) {
            var refused = 0;
            for (var round = 0; round < 20; round++) {
                var own = of(both(60, 1, 2), both(99, 1, 2)).orElseThrow();
                refused += both(50, 1, 2).stream()
                        .filter(features ->
                                !own.nearness(features, share).orElseThrow().within())
                        .count();
            }
            assertEquals(share, refused / 1000.0, share / 2, share + ""); // three standard deviations and more
        }
    }

    @Test
    void withoutHeldOutSamplesOrEnoughOthersNothingIsKnown() {
        assertEquals(Optional.empty(), of(both(9, 1, 2), List.of()));
        assertEquals(Optional.empty(), of(both(1, 1, 2), both(9, 1, 2)));
    }

    @Test
    void equalSamplesAreNoTrap() {
        var same = Map.of(TEXT, around(1));
        var own = of(List.of(same, same, same), List.of(same)).orElseThrow();
        assertTrue(within(own, same));
        assertFalse(within(own, Map.of(TEXT, around(2))));
    }

    @Test
    void itIsKeptInTheCardsFileAndNoStrategyGetsIt() {
        var own = of(both(40, 1, 2), List.of(both(1, 1, 2).get(0), texts(1, 2).get(0)))
                .orElseThrow();
        var card = card();
        for (var packing : Packing.values()) {
            var file = own.in("a", CardStates.packed("a", card, packing), packing);
            assertEquals(own.held(), OwnFeatures.of("a", file).orElseThrow().held());
            var question = Map.of(IMAGE, around(3), TEXT, around(4));
            assertEquals(
                    own.nearness(question, 0.1),
                    OwnFeatures.of("a", file).orElseThrow().nearness(question, 0.1));
            assertArrayEquals(CardStates.packed("a", card, packing), OwnFeatures.removed("a", file, packing));
            try (var manager = TorchEngine.manager(Device.cpu())) {
                var rest = CardStates.split(Map.of("pool", CardState.write(cards(manager))))
                        .rest();
                assertEquals(
                        List.of("pool"),
                        List.copyOf(CardStates.join(Map.of("a", file), rest, manager)
                                .keySet()));
            }
        }
        assertEquals(Optional.empty(), OwnFeatures.of("a", card));
    }

    private static byte[] card() {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return CardStates.split(Map.of("pool", CardState.write(cards(manager))))
                    .cards()
                    .get(0)
                    .tensors();
        }
    }

    private static List<Card> cards(NDManager manager) {
        var key = Tensors.of(manager, new float[] {1, 2, 3}, new Shape(1, 3));
        var prompt = Tensors.of(manager, new float[] {3, 4, 5, 6}, new Shape(2, 2));
        return List.of(new Card("a", Optional.of("a"), false, Map.of(IMAGE, key), List.of(new Insert.Tokens(prompt))));
    }
}
