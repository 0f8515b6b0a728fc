package karuta.lmm.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import karuta.lmm.model.Reference;
import org.junit.jupiter.api.Test;

class LlavaShapeTest {

    /** Names and shapes are those of llava-hf/llava-1.5-7b-hf. */
    @Test
    void hasTheTensorsOfThePublishedModel() throws IOException {
        var published = Files.readAllLines(Reference.FIXTURES.resolve("published/llava-1.5-7b-hf/tensors.txt"));
        var tensors = LlavaShape.of("llava-1.5-7b").orElseThrow().tensors();
        var inventory = tensors.map(tensor -> tensor.name()
                        + Arrays.stream(tensor.shape().getShape())
                                .mapToObj(size -> " " + size)
                                .collect(Collectors.joining()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(published), inventory);
    }
}
