package karuta.method.keeplora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.BackboneSpec.Linear;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;

class PassesTest {

    /** How many of some square layers are taken in each pass. */
    private static List<Integer> sizes(int layers, int width, int most) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager()) {
            var nothing = new Subspace(manager.zeros(new Shape(1, 1)));
            var sites = IntStream.range(0, layers)
                    .mapToObj(i ->
                            new Site(new Linear("l" + i, width, width), nothing, Optional.empty(), Optional.empty()))
                    .toList();
            var passes = Passes.of(sites, most);
            assertEquals(sites, passes.stream().flatMap(List::stream).toList());
            return passes.stream().map(List::size).toList();
        }
    }

    @Test
    void aStudySaysHowManyLayersAPassHas() {
        assertEquals(List.of(3, 3, 1), sizes(7, 4, 3));
        assertEquals(List.of(1, 1), sizes(2, 4, 1));
        assertEquals(List.of(2), sizes(2, 4, 99));
    }

    /** 3 x 4 bytes x 4096 x 4096 are 192 MiB, of which five fit. */
    @Test
    void orAsManyAsFitIntoAGibibyte() {
        assertEquals(List.of(40), sizes(40, 12, 0));
        assertEquals(List.of(5, 5, 2), sizes(12, 4096, 0));
        assertEquals(List.of(1, 1), sizes(2, 20000, 0));
        assertEquals(List.of(), sizes(0, 4, 0));
    }
}
