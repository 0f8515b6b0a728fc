package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import karuta.tensor.Script;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final Script SCRIPT = Script.of("""
        def huge(self, x: Tensor) -> Tensor:
          return torch.expand(x, [1099511627776, 1024]) + 1.0
        """);

    @Test
    void wantOfMemoryInAScriptIsToldInPyTorchsWords() {
        try (var manager = NDManager.newBaseManager(Device.cpu())) {
            var x = Tensors.of(manager, 1f);
            var thrown = assertThrows(EngineException.class, () -> SCRIPT.call("huge", x));
            var told = Failures.machine(thrown).orElseThrow().lines().toList();
            assertTrue(told.get(0).contains("tried to allocate"), told.get(0));
            assertEquals("  use a smaller batch, shorter prompts or a smaller model", told.get(1));
        }
    }

    @Test
    void soIsThatOfAGpu() {
        var thrown = new EngineException("""
            The following operation failed in the TorchScript interpreter.
            Traceback of TorchScript (most recent call last):
              File "code/__torch__.py", line 9, in linear
                return torch.linear(x, w)
                       ~~~~~~~~~~~~ <--- HERE
            RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB.
            """);
        assertEquals(
                "the memory is not enough for an array of PyTorch: CUDA out of memory. Tried to allocate 2.00 GiB.",
                Failures.machine(thrown).orElseThrow().lines().findFirst().orElseThrow());
    }

    @Test
    void wordsOfAnOperatorAreNoWantOfMemory() {
        assertEquals(
                Optional.empty(),
                Failures.machine(new EngineException("Could not run 'aten::empty.memory_format' from 'CUDA'")));
    }
}
