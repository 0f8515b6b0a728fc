package karuta.report.html;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import karuta.report.Report;
import karuta.report.Runs;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/** Runs whose every text tries to become code of the page that shows it. */
final class Hostile {

    /** Sets a mark where it is run. */
    static final String SCRIPT = "</script><script>window.owned=1</script><img src=x onerror='window.owned=1'>";

    /** The same in places that allow no slash. */
    static final String IMAGE = "<img src=x onerror=\"window.owned=1\">&amp;";

    private static final int SAMPLES = 30;

    private Hostile() {}

    /** Two arms of two tasks; the second seed of the first arm did not finish. */
    static Report report(Path out) {
        var runs = new Runs(out);
        var dual = Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8);
        dual.setStudy(IMAGE);
        dual.getArm().setName(IMAGE);
        var lora = Runs.run("lora", 1, 0, 0, 0.9, 0.1, 0.2, 1);
        lora.setStudy(IMAGE);
        return Report.of(List.of(answered(runs.write(dual)), answered(runs.write(lora))));
    }

    private static RunFolder answered(RunFolder folder) {
        for (var stage = 0; stage < 3; stage++) {
            var now = stage;
            folder.writePredictions(
                    stage,
                    IntStream.range(0, 2 * SAMPLES)
                            .mapToObj(i -> answer(now, i < SAMPLES ? "a" : "b", i))
                            .toList());
        }
        return folder;
    }

    /** Task a is right after stage 1 and partly lost after stage 2. */
    private static Prediction answer(int stage, String task, int i) {
        var right = task.equals("a") ? stage == 1 || stage == 2 && i % 3 == 0 : stage == 2;
        return new Prediction(
                stage,
                task,
                task + i + "\u0000" + SCRIPT,
                Optional.empty(),
                "what is it? " + SCRIPT,
                right ? "yes " + SCRIPT : "no" + stage + SCRIPT,
                right ? "yes" : SCRIPT,
                List.of(SCRIPT, "\u2028yes"),
                right ? 1 : 0,
                stage == 0
                        ? List.of()
                        : List.of(new Prediction.Selected(SCRIPT, Optional.of("a"), OptionalDouble.of(0.25))));
    }

    static HtmlReport.Choices choices() {
        return new HtmlReport.Choices(
                (task, sample) -> Optional.of(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB)),
                1_000_000,
                100_000,
                "@misc{x, note = {" + SCRIPT + "}}");
    }
}
