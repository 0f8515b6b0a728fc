package karuta.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import karuta.api.Contracts;
import karuta.api.KarutaException;
import karuta.files.Seal;
import karuta.files.Sha256;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTensorsTest {

    @TempDir
    private Path folder;

    private NDManager manager;
    private Path file;

    @BeforeEach
    void write() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
        file = folder.resolve("checkpoint-1.safetensors");
        Map<String, NDArray> tensors =
                Map.of("pool/a", manager.ones(new Shape(2, 2)), "pool/b", manager.zeros(new Shape(1), DataType.INT64));
        SealedTensors.write(file, tensors, Map.of("pool/names", "ä \"b\""));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void itIsAFileLikeAnyOtherAndItsOwners() throws IOException {
        try (var read = SealedTensors.open(file)) {
            assertTrue(SealedTensors.isSealed(read));
            assertEquals(2, read.names().size());
            assertEquals("ä \"b\"", read.metadata().get("pool/names"));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void inMemoryItIsTheSameAsOnADisk() throws IOException {
        var bytes = Files.readAllBytes(file);
        try (var disk = SealedTensors.open(file);
                var memory = SealedTensors.of(file, bytes)) {
            var tensors = new HashMap<String, NDArray>();
            for (var name : memory.names()) {
                var type = memory.info(name).dtype().type();
                tensors.put(name, memory.readFinite(name, manager, type));
                assertEquals(disk.read(name, manager, type), tensors.get(name));
                assertEquals(disk.checksum(name), memory.checksum(name));
            }
            assertArrayEquals(bytes, SealedTensors.bytes(tensors, SealedTensors.notes(memory)));
        }
        bytes[bytes.length - 1] ^= 1;
        assertThrows(KarutaException.class, () -> SealedTensors.of(file, bytes));
        assertThrows(KarutaException.class, () -> SealedTensors.of(file, Arrays.copyOf(bytes, 20)));
    }

    /** As anybody can compute it: {@code sed s/DIGITS/000.../ | sha256sum}. */
    @Test
    void itsHashIsThatOfItselfWithZerosForTheDigits() throws IOException {
        try (var read = SafeTensors.open(file)) {
            var said = read.metadata().get("sha256");
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            var blank = text.replace(said, Seal.BLANK).getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(said, new Sha256().add(blank).hex());
        }
    }

    @Test
    void flippedBitsOfEveryByteAreRefused() throws IOException {
        var good = Files.readAllBytes(file);
        for (var bit = 0; bit < 8 * good.length; bit += 3) { // every byte has its turn
            var bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            var told = assertThrows(
                    KarutaException.class, () -> SealedTensors.open(file).close(), "bit " + bit);
            assertTrue(told.getMessage().contains(file.toString()), told.getMessage());
        }
    }

    @Test
    void aFileForOtherContractsIsToldAsSuch() {
        SafeTensorsWriter.write(file, Map.of("pool/a", manager.ones(new Shape(2))), Map.of("pool/names", "x"));
        var refused = assertThrows(KarutaException.class, () -> SealedTensors.open(file));
        assertTrue(
                refused.getMessage().startsWith(file + " was written for contracts 0.1, these are 0.2"),
                refused.getMessage());
    }

    @Test
    void aFileWhoseHashWasTakenOutIsReadAndSaysNone() {
        SafeTensorsWriter.write(
                file, Map.of("pool/a", manager.ones(new Shape(2))), Map.of("karuta/contracts", Contracts.VERSION));
        try (var read = SealedTensors.open(file)) {
            assertFalse(SealedTensors.isSealed(read));
            assertEquals(Map.of(), SealedTensors.notes(read));
        }
    }
}
