package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final String TEXT = """
        def twice(self, x: Tensor) -> Tensor:
          return x + x
        def both(self, x: Tensor, y: Tensor) -> Tuple[Tensor, Tensor]:
          return (self.twice(x), y)
        """;

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @Test
    void isCompiledOnce() {
        assertSame(Script.of(TEXT), Script.of(TEXT));
    }

    @Test
    void givesOneTensorOrSeveral() {
        NDArray x = manager.create(new float[] {1, 2});
        assertArrayEquals(new float[] {2, 4}, Script.of(TEXT).call("twice", x).toFloatArray());
        var both = Script.of(TEXT).callAll("both", x, x);
        assertEquals(2, both.size());
        assertArrayEquals(new float[] {2, 4}, both.get(0).toFloatArray());
        assertArrayEquals(new float[] {1, 2}, both.get(1).toFloatArray());
    }

    @Test
    void quotesTheLineThatIsWrong() {
        var wrong = "def f(self, x: Tensor) -> Tensor:\n  return torch.no_such_thing(x)\n";
        var error = assertThrows(EngineException.class, () -> Script.of(wrong));
        assertTrue(error.getMessage().contains("no_such_thing(x)"), error.getMessage());
    }

    @Test
    void refusesNamedArrays() {
        NDArray x = manager.create(new float[] {1});
        x.setName("layers.0.weight");
        assertThrows(IllegalArgumentException.class, () -> Script.of(TEXT).call("twice", x));
    }
}
