package karuta.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyRunner;

/**
 * Asks before a study of very many runs, with what it will take.
 *
 * @param strategies what there is
 * @param plan of the study
 * @param out the folder of its runs
 * @param jobs how many go on at the same time
 * @param terminal where to ask
 * @param stop ends it
 */
record ManyRuns(Strategies strategies, StudyPlan plan, Path out, int jobs, Terminal terminal, CancellationToken stop) {

    /** So many arms are rehearsed, evenly spread over the study. */
    private static final int REHEARSED = 8;

    private static final String REMEDY =
            "Call it with --yes, or make the study smaller; `karuta plan` says what stands in the folder.";

    /** @throws KarutaException if the user does not agree, or nobody can be asked */
    void agree() {
        terminal.say(
                "The study has " + plan.runs().size() + " runs. Some arms are rehearsed to know what they will take.");
        terminal.say(estimate());
        if (!terminal.asks()) {
            throw new KarutaException("Nothing was begun: nobody can be asked here.", REMEDY);
        }
        if (!terminal.agrees("Begin?")) {
            throw new KarutaException("Nothing was begun.", REMEDY);
        }
    }

    /** By one run of each of some arms, as if nothing was there. */
    private String estimate() {
        var first = new LinkedHashMap<ArmPlan, RunPlan>();
        plan.runs().forEach(run -> first.putIfAbsent(run.arm(), run));
        var all = List.copyOf(first.values());
        var stride = (all.size() + REHEARSED - 1) / REHEARSED;
        var one = IntStream.range(0, all.size())
                .filter(i -> i % stride == 0)
                .mapToObj(all::get)
                .toList();
        var sample = new StudyPlan(plan.study(), plan.shared(), one, plan.pretraining());
        var nowhere = out.resolve(".nothing");
        var options = new RunOptions(nowhere, CacheFolder.ofUser().path(), jobs, false, false);
        var forecast = new StudyRunner(strategies, sample, options, new TerminalWatch(terminal), stop).forecast();
        var runs = plan.runs().size();
        var seconds = forecast.arms().stream()
                .mapToDouble(arm -> arm.seconds())
                .average()
                .orElse(0);
        var bytes =
                forecast.arms().stream().mapToLong(arm -> arm.bytes()).average().orElse(0);
        return "All of them will take about "
                + Durations.words(forecast.secondsToEncode() + runs * seconds / jobs) + " with --jobs " + jobs
                + " on this machine, and "
                + String.format(Locale.ROOT, "%.1f GB", runs * bytes / 1e9) + " in " + out
                + "; what is finished there already is not run again.";
    }
}
