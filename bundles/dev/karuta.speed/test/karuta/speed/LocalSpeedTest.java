package karuta.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import karuta.api.KarutaException;
import karuta.lmm.check.LocalModels;
import karuta.lmm.check.Models.RandomModelSpec;
import karuta.safetensors.SafeTensors;
import karuta.speed.Speed.Peer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSpeedTest {

    private static final int ROUNDS = 2;

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void makeModel() {
        model = folder.resolve("model");
        new LocalModels().random(new RandomModelSpec("tiny", OptionalInt.of(2), "fp32", 1, model), line -> {});
    }

    private Report measure(Optional<Peer> peer, List<String> told) {
        var order = new Speed.BenchSpec(model, "fp32", "cpu", 1, 3, ROUNDS, folder);
        return new LocalSpeed().measureModel(order, peer, told::add);
    }

    @Test
    void everyWorkIsDoneInEveryRound() {
        var told = new ArrayList<String>();
        var report = measure(Optional.empty(), told);
        assertEquals(
                Arrays.asList(Workload.values()),
                report.comparisons().stream().map(Comparison::work).toList());
        for (var comparison : report.comparisons()) {
            assertEquals(ROUNDS, comparison.own().size(), comparison.work().title());
            assertTrue(comparison.own().stream().allMatch(reading -> reading.seconds() > 0 && reading.cpu() >= 0));
        }
        assertEquals(3, report.rows().size());
        assertTrue(report.prefillShare() > 0);
        assertTrue(told.get(told.size() - 1).matches("LoRA step, round 2 of 2, about \\d+ s left"), told.toString());
    }

    @Test
    void stepsTrainAndNothingElseChanges() {
        var report = measure(Optional.empty(), new ArrayList<>());
        for (var step : List.of(Workload.PROMPT_STEP, Workload.LORA_STEP)) {
            var losses = values(report, step);
            assertTrue(losses.get(1) < losses.get(0), step.title() + " " + losses);
        }
        for (var pure : List.of(Workload.TOWER, Workload.FORWARD, Workload.PREFILL, Workload.DECODE)) {
            var values = values(report, pure);
            assertEquals(values.get(0), values.get(1), pure.title());
        }
    }

    private static List<Double> values(Report report, Workload work) {
        return report.of(work).own().stream().map(Measurement::value).toList();
    }

    /** A Python that only says that everything took two seconds. */
    private Peer peer(String script) throws IOException {
        var file = Files.writeString(folder.resolve("peer.sh"), script);
        return new Peer("sh", file);
    }

    @Test
    void theOtherSideIsToldEveryWorkAndItsReadingsAreTaken() throws IOException {
        var peer = peer("""
            echo '{"torch": "1", "transformers": "2", "peft": "3"}'
            while read work; do
              echo "$work" >> "$2.works"
              echo '{"seconds": 2, "cpu": 1, "peak": 5, "value": 4}'
            done
            """);
        var report = measure(Optional.of(peer), new ArrayList<>());
        assertEquals(Optional.of("torch 1, transformers 2, peft 3"), report.peer());
        assertEquals(
                List.of(new Measurement(2, 1, 5, 4), new Measurement(2, 1, 5, 4)),
                report.of(Workload.LORA_STEP).peer());
        var works = Files.readAllLines(folder.resolve("batch.safetensors.works"));
        assertEquals(Workload.values().length * (ROUNDS + 1), works.size());
        assertEquals("prompt_step", works.get(5 * (ROUNDS + 1)));
        try (var batch = SafeTensors.open(folder.resolve("batch.safetensors"))) {
            assertEquals(
                    batch.info("attention_mask").shape(), batch.info("labels").shape());
        }
    }

    @Test
    void aSideThatEndsEarlyIsQuoted() throws IOException {
        var silent = peer("echo 'ModuleNotFoundError: No module named torch' >&2; exit 1");
        var refusal = assertThrows(KarutaException.class, () -> measure(Optional.of(silent), new ArrayList<>()));
        assertTrue(refusal.getMessage().contains("No module named torch"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("--python"), refusal.getMessage());
        var missing = new Peer("no-such-python", folder);
        var absent = assertThrows(KarutaException.class, () -> measure(Optional.of(missing), new ArrayList<>()));
        assertTrue(absent.getMessage().contains("no-such-python"), absent.getMessage());
    }
}
