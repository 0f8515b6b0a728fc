package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
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
    @ValueSource(strings = {"", "CPU", "cuda:0", "gpu:", "gpu:-1", "gpu:256"})
    void refusesOtherNames(String name) {
        var refusal = assertThrows(KarutaException.class, () -> Devices.of(name));
        assertTrue(refusal.getMessage().contains("There is no device"), refusal.getMessage());
    }

    @Test
    void aGpuThatIsNotThereIsRefusedInOneLineWithTheReason() {
        var refusal = assertThrows(KarutaException.class, () -> Devices.of("gpu:99"));
        var said = refusal.getMessage().lines().findFirst().orElseThrow();
        assertTrue(said.startsWith("The device gpu:99 is not there: "), said);
        TorchEngine.start();
        if (!Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA)) {
            assertTrue(said.endsWith("these PyTorch libraries are for the CPU."), said);
        }
    }
}
