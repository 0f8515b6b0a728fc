package karuta.tiny;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.RandomStream;
import karuta.lmm.config.LlavaConfig;
import karuta.tensor.Autograd;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedTest {

    private static final Turn LONG = new Turn(List.of(300, 301, 302), List.of(310, 311, Vocabulary.EOS));
    private static final Turn SHORT = new Turn(List.of(303), List.of(312, Vocabulary.EOS));

    @TempDir
    private Path folder;

    @Test
    void asksForEachAnswerTokenAfterTheMarker() {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager()) {
            var packed = Packed.of(manager, 10, List.of(List.of(LONG, SHORT), List.of(SHORT)));
            assertArrayEquals(new long[] {310, 311, 3, 312, 3, 312, 3}, packed.labels());
            assertArrayEquals(new int[] {0, 0, 0, 1, 1, 2, 2}, packed.turns());
            assertArrayEquals(new long[] {13, 14, 15, 17, 18, 19 + 11, 19 + 12}, packed.places());
            assertArrayEquals(
                    new long[] {300, 301, 302, 4, 310, 311, 303, 4, 312, 303, 4, 312, 0, 0, 0, 0, 0, 0},
                    packed.ids().toLongArray());
        }
    }

    @Test
    void aQuestionIsAnsweredAsIfItWereAlone() {
        var vocabulary = new Vocabulary();
        new ModelFiles(vocabulary).llava(folder);
        try (var manager = NDManager.newBaseManager()) {
            var weights = new InitialWeights(manager, TinyLlava::initial, RandomStream.of(0, "test"));
            var model = TinyLlava.of(LlavaConfig.read(folder, Optional.empty()), weights);
            NDArray image = manager.create(RandomStream.of(1, "test").normals(9 * 96), new Shape(1, 9, 96));
            var preamble = new Preamble(vocabulary).row(List.of(5), RandomStream.of(2, "test"));
            var together = logits(model, manager, image, new Exercise(0, preamble, List.of(LONG, SHORT)));
            var alone = logits(model, manager, image, new Exercise(0, preamble, List.of(SHORT)));
            var last = together.get("3:");
            assertEquals(0, last.sub(alone).abs().max().getFloat(), 1e-4);
        }
    }

    @Test
    void countsAnswersWithoutMistake() {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager()) {
            var packed = Packed.of(manager, 10, List.of(List.of(LONG, SHORT), List.of(SHORT)));
            var logits = new float[packed.labels().length * 400];
            IntStream.range(0, packed.labels().length).forEach(i -> logits[i * 400 + (int) packed.labels()[i]] = 1);
            assertEquals(1, packed.right(manager.create(logits, new Shape(packed.labels().length, 400))));
            logits[400 + 7] = 2; // the second token of the first answer
            assertEquals(2 / 3.0, packed.right(manager.create(logits, new Shape(packed.labels().length, 400))), 1e-9);
        }
    }

    private static NDArray logits(TinyLlava model, NDManager manager, NDArray image, Exercise exercise) {
        return Autograd.noGrad(() -> Reading.of(model, manager, List.of(exercise), image, Optional.empty())
                .logits());
    }
}
