package karuta.engine.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import karuta.api.KarutaException;
import karuta.study.Study;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;

/** What the study asks of Slurm holds, unless the command line says otherwise. */
class SlurmArrayTest {

    private static Study study(String slurm) {
        return StudyReader.parse(
                "s.yaml", "study: s\nbackbone: a\nencoder: b\nbenchmark: c\narms: {m: {learner: l}}\n" + slurm);
    }

    private static SlurmArray array(String slurm, OptionalInt tasks, Map<String, String> options) {
        return SlurmArray.of(study(slurm), List.of("s.yaml"), Path.of("out"), 20, tasks, options);
    }

    @Test
    void theCommandLineGoesBeforeTheFileOptionByOption() {
        var asked = array(
                "slurm: {tasks: 4, options: {partition: gpu, time: 4:00:00, exclusive: ''}}",
                OptionalInt.empty(),
                Map.of("time", "1:00:00", "mem", "16G"));
        assertEquals(4, asked.tasks());
        assertEquals(
                Map.of("partition", "gpu", "time", "1:00:00", "exclusive", "", "mem", "16G"),
                Map.copyOf(asked.options()));
        assertEquals(3, array("slurm: {tasks: 4}", OptionalInt.of(3), Map.of()).tasks());
    }

    @Test
    void thereAreNoMoreTasksThanRunsAndEightIfNobodySaysHowMany() {
        assertEquals(
                20, array("slurm: {tasks: 400}", OptionalInt.empty(), Map.of()).tasks());
        assertEquals(8, array("", OptionalInt.empty(), Map.of()).tasks());
        assertEquals(
                8,
                array("slurm: {options: {mem: 1}}", OptionalInt.empty(), Map.of())
                        .tasks());
    }

    @Test
    void whatIsNoOptionIsRefused() {
        var odd = array("", OptionalInt.empty(), Map.of("--time", "1"));
        var refused = assertThrows(KarutaException.class, odd::demand);
        assertTrue(refused.getMessage().contains("is no option of sbatch"), refused.getMessage());
    }
}
