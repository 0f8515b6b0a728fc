package karuta.tiny;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.api.Guidance;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.lmm.check.LocalModels;
import karuta.lmm.check.Models;
import karuta.safetensors.SafeTensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Transformers made of the embedded folders, see releng/parity/embedded.py: the same numbers, and the same texts. */
class TransformersParityTest {

    private static final Path FIXTURES = Path.of("test/fixtures");

    private record Painted(Pixels pixels) implements Image {}

    @ParameterizedTest
    @CsvSource({"clip, clip, 15", "llava, llava, 8", "llava, greedy, 3"})
    void theSameNumbersAreComputed(String model, String reference, int tensors) {
        try (var folder = EmbeddedFolder.open(model)) {
            var request = new Models.CheckRequest(
                    folder.path(),
                    Optional.empty(),
                    FIXTURES.resolve(reference + ".safetensors"),
                    Optional.of(FIXTURES.resolve(model + ".safetensors")),
                    Optional.empty());
            var report =
                    new LocalModels().check(request, new Models.CheckOptions("fp32", "cpu", OptionalDouble.empty()));
            assertTrue(report.passed(), report.toString());
            assertEquals(tensors, report.comparisons().size());
            assertEquals(List.of(), report.ignored());
        }
    }

    @Test
    void theSameAnswersAreGiven() throws IOException {
        var told = JsonParser.parseString(Files.readString(FIXTURES.resolve("answers.json")))
                .getAsJsonArray();
        var expected = new ArrayList<String>();
        var asked = new ArrayList<PromptedInput>();
        try (var backbone = new TinyBackbone(24)) {
            for (var i = 0; i < told.size(); i++) {
                var image = image(i);
                var query = new Query(
                        Optional.of(image),
                        told.get(i).getAsJsonObject().get("question").getAsString());
                var guidance = new Guidance(Optional.empty(), Optional.empty());
                var vision = List.of(backbone.encode(image));
                asked.add(new PromptedInput(new Input(i, query, vision, guidance, Optional.empty()), List.of()));
                expected.add(told.get(i).getAsJsonObject().get("answer").getAsString());
            }
            assertEquals(expected, backbone.generate(asked));
        }
    }

    private static Image image(int number) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var file = SafeTensors.open(FIXTURES.resolve("pictures.safetensors"))) {
            var all = file.read("pictures", manager, DataType.UINT8);
            var shape = all.getShape();
            var bytes = all.get(number).toByteArray();
            return new Painted(new Pixels((int) shape.get(2), (int) shape.get(1), bytes));
        }
    }
}
