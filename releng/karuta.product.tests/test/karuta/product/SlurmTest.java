package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Slurm carries out a study: every run once, and a task that is told to leave goes on later, to the same bits. */
class SlurmTest {

    private static final String STUDY = """
        study: array
        seeds: [1, 2]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 300, batch: 4, rate: 0.05} # not over before it is told to leave
        arms:
          modalprompt: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
        slurm: {tasks: 2, options: {mem: 10T}}
        """;

    private static final Pattern JOB = Pattern.compile("Submitted job (\\d+)");

    private static final Pattern END = Pattern.compile(" JobState=(COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL) ");

    @TempDir
    Path folder;

    @Test
    void everyRunOnceAndATaskThatLeavesGoesOn() throws Exception {
        assumeTrue(works("sinfo", "-h"), "there is no Slurm here; releng/slurm/slurm.sh starts one");
        var product = Product.in(folder);
        var study = Files.writeString(folder.resolve("study.yaml"), STUDY).toString();
        var whole = product.start(Map.of(), "run", study, "--out", "whole").end();
        assertEquals(0, whole.code(), whole.err());

        var submitted = product.start(
                        Map.of(),
                        "run",
                        study,
                        "--out",
                        "shared",
                        "--launcher",
                        "slurm",
                        "--slurm-option",
                        "mem=1000") // what the study asks for nobody has
                .end();
        assertEquals(0, submitted.code(), submitted.err());
        var found = JOB.matcher(submitted.out());
        assertTrue(found.find(), submitted.out());
        var first = found.group(1) + "_0";
        await(() -> said("scontrol", "show", "job", first).contains("JobState=RUNNING") && begun());
        assertTrue(works("scancel", "--signal=USR1", "--batch", first));
        await(() -> left(said("scontrol", "--oneliner", "show", "job", first)));
        assertTrue(works("scontrol", "update", "JobId=" + first, "StartTime=now"), "or it waits for two minutes");
        await(() -> ended(said("scontrol", "--oneliner", "show", "job", found.group(1))));

        assertEquals(Bits.of(folder.resolve("whole")), Bits.of(folder.resolve("shared")), this::logs);
        assertEquals(2, runs(), "no run twice");
        assertTrue(logs().contains("is put back into the queue"), this::logs);
    }

    /** Something that can be asked again and again. */
    private interface Question {

        boolean answer() throws IOException, InterruptedException;
    }

    private static void await(Question question) throws Exception {
        for (var asked = 0; asked < 3000; asked++) {
            if (question.answer()) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("ten minutes were not enough");
    }

    private boolean left(String task) {
        var again = task.contains(" Restarts=1 ");
        assertTrue(again || !ended(task), () -> "it was over before it could leave: " + logs());
        return again;
    }

    /** A controller that was too busy to answer says nothing; that is no end. */
    private static boolean ended(String tasks) {
        return !tasks.isBlank()
                && tasks.lines().allMatch(task -> END.matcher(task).find());
    }

    private boolean begun() throws IOException {
        var shared = folder.resolve("shared");
        if (!Files.isDirectory(shared)) {
            return false;
        }
        try (var inside = Files.walk(shared)) {
            return inside.anyMatch(file -> file.endsWith("run.json"));
        }
    }

    private long runs() throws IOException {
        try (var inside = Files.list(folder.resolve("shared"))) {
            return inside.filter(path -> Files.exists(path.resolve("run.json"))).count();
        }
    }

    private String logs() {
        var logs = new StringBuilder();
        try (var inside = Files.list(folder.resolve("shared").resolve(".slurm"))) {
            for (var file :
                    inside.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.append(file).append('\n').append(Files.readString(file));
            }
        } catch (IOException unreadable) {
            logs.append(unreadable);
        }
        return logs.toString();
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static String said(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
