package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import karuta.api.KarutaException;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    @Test
    void namesTheMainMemory() {
        assertEquals(Device.cpu(), Devices.of("cpu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "cuda:0", "gpu:", "gpu:-1", "gpu:1000"})
    void refusesOtherNames(String name) {
        var refusal = assertThrows(KarutaException.class, () -> Devices.of(name));
        assertTrue(refusal.getMessage().contains("There is no device"), refusal.getMessage());
    }

    @Test
    void countsTheGpus() {
        TorchEngine.start();
        var count = Engine.getEngine("PyTorch").getGpuCount();
        for (var gpu = 0; gpu < count; gpu++) {
            assertEquals(Device.gpu(gpu), Devices.of("gpu:" + gpu));
        }
        var refusal = assertThrows(KarutaException.class, () -> Devices.of("gpu:" + count));
        assertTrue(refusal.getMessage().contains("sees " + count + " GPUs"), refusal.getMessage());
    }
}
