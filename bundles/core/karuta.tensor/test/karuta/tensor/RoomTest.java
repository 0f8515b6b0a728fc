package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void whatTheMachineHasNoRoomForIsToldWithWhatItWouldTake() {
        var told = assertThrows(KarutaException.class, () -> Room.forLearned("\"rank\": 9 of it", 1e12))
                .getMessage();
        assertTrue(
                told.startsWith(
                        "\"rank\": 9 of it would take 1000000000000 numbers to learn, each with its gradient and"
                                + " two moments, 14901.2 GiB, and this machine has "),
                told);
    }

    @Test
    void whatJavaHasNoRoomForIsToldWithTheOptionThatGivesMore() {
        var told = assertThrows(KarutaException.class, () -> Room.forJava("\"train\": 9 of it", 1e12))
                .getMessage();
        assertTrue(told.startsWith("\"train\": 9 of it would take 931.3 GiB, and Java has "), told);
        assertTrue(told.contains("-Xmx"), told);
    }

    @Test
    void whatFitsIsTaken() {
        Room.forLearned("a little", 1000);
        Room.forJava("a little", 1000);
    }

    @Test
    void anAdapterThatNobodyHasRoomForIsNotBegun() {
        try (var manager = NDManager.newBaseManager("PyTorch")) {
            for (var rank : new int[] {1_000_000_000, Integer.MAX_VALUE}) {
                assertThrows(
                        KarutaException.class,
                        () -> LoraLayer.fresh(manager, 4096, 4096, rank, 1, RandomStream.of(1, "lora")));
            }
        }
    }
}
