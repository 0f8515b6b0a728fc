package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import karuta.api.KarutaException;
import karuta.tensor.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @Test
    void namesTheMainMemory() {
        assertEquals(Device.cpu(), Place.of("cpu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "cuda:0", "gpu:", "gpu:-1", "gpu:1000"})
    void refusesOtherNames(String name) {
        var refusal = assertThrows(KarutaException.class, () -> Place.of(name));
        assertTrue(refusal.getMessage().contains("There is no device"), refusal.getMessage());
    }

    @Test
    void countsTheGpus() {
        Torch.start();
        var count = Engine.getEngine("PyTorch").getGpuCount();
        for (var gpu = 0; gpu < count; gpu++) {
            assertEquals(Device.gpu(gpu), Place.of("gpu:" + gpu));
        }
        var refusal = assertThrows(KarutaException.class, () -> Place.of("gpu:" + count));
        assertTrue(refusal.getMessage().contains("sees " + count + " GPUs"), refusal.getMessage());
    }
}
