package karuta.app;

import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.Forecast;
import karuta.engine.run.Forecast.Standing;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a study is going to do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Say what a study is going to do, before anything starts: its runs and how they stand in the output folder,"
                    + " and what time and disk they will take, by a rehearsal of some steps and answers of every arm on"
                    + " this machine.",
            "Nothing is written but features into the cache."
        },
        footer = {
            "",
            "Examples:",
            "  karuta plan my.yaml                          what is there, what is missing, how long it will take",
            "  karuta plan my.yaml --resolved               every value, and where it comes from; no model is loaded",
            "  karuta plan my.yaml --set arms.dual.selector.k=1"
        })
final class PlanCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private StudyFile file = new StudyFile();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the runs (default: ${DEFAULT-VALUE}).",
            defaultValue = "runs")
    private Path out = Path.of("runs");

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many runs go on at the same time (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int jobs = 1;

    @Option(names = "--resolved", description = "Print the study as it is understood, each value with its origin.")
    private boolean resolved;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PlanCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var plan = file.plan(strategies, terminal);
        if (resolved) {
            terminal.say(ResolvedStudy.of(plan).stripTrailing());
            return 0;
        }
        var watch = new TerminalWatch(terminal);
        if (!json) {
            watch.planned(plan);
        }
        if (plan.pretraining().isPresent()) {
            terminal.say("A pretraining is not rehearsed; it says how far it is when it runs.");
            return 0;
        }
        return Interrupt.around(terminal, stop -> {
            var options = new RunOptions(out, CacheFolder.ofUser().path(), jobs, false, false);
            var forecast = new StudyRunner(strategies, plan, options, watch, stop).forecast();
            if (json) {
                terminal.say(json(plan, forecast));
            } else {
                show(forecast);
            }
            return 0;
        });
    }

    private void show(Forecast forecast) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("arm", "runs", "finished", "others", "steps", "answers", "a run takes", "and leaves"));
        for (var arm : forecast.arms()) {
            rows.add(List.of(
                    arm.arm(),
                    String.valueOf(arm.standings().size()),
                    String.valueOf(arm.count(Standing.FINISHED)),
                    others(arm),
                    String.valueOf(arm.steps()),
                    String.valueOf(arm.answers()),
                    Durations.words(arm.seconds()),
                    megabytes(arm.bytes())));
        }
        terminal.say("");
        Columns.numbers(rows).forEach(terminal::say);
        terminal.say("");
        terminal.say("All runs share the features of " + forecast.samples() + " samples, computed once: "
                + Durations.words(forecast.secondsToEncode()) + " as far as they are not kept.");
        var missing =
                forecast.arms().stream().mapToLong(Forecast.OfArm::missing).sum();
        terminal.say(
                missing == 0
                        ? "All runs are finished in " + out + "."
                        : missing + (missing == 1 ? " run is" : " runs are") + " to be done: about "
                                + Durations.words(forecast.seconds(jobs)) + " with --jobs " + jobs
                                + " on this machine as busy as it is now, and " + megabytes(forecast.bytes())
                                + " in " + out + ".");
    }

    private static String others(Forecast.OfArm arm) {
        var words = new ArrayList<String>();
        for (var standing : List.of(Standing.RUNNING, Standing.BEGUN, Standing.FAILED)) {
            if (arm.count(standing) > 0) {
                words.add(arm.count(standing) + " " + standing.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", words);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String json(StudyPlan plan, Forecast forecast) {
        var arms = new ArrayList<Map<String, Object>>();
        for (var arm : forecast.arms()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("arm", arm.arm());
            entry.put("runs", arm.standings().size());
            for (var standing : Standing.values()) {
                entry.put(standing.name().toLowerCase(Locale.ROOT), arm.count(standing));
            }
            entry.put("steps", arm.steps());
            entry.put("answers", arm.answers());
            entry.put("seconds", arm.seconds());
            entry.put("bytes", arm.bytes());
            arms.add(entry);
        }
        var whole = new LinkedHashMap<String, Object>();
        whole.put("study", plan.study().getName());
        whole.put("runs", plan.runs().size());
        whole.put("jobs", jobs);
        whole.put("seconds", forecast.seconds(jobs));
        whole.put("bytes", forecast.bytes());
        whole.put("samples", forecast.samples());
        whole.put("secondsToEncode", forecast.secondsToEncode());
        whole.put("arms", arms);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(whole);
    }
}
