package karuta.app;

import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import karuta.report.watch.RunState;
import karuta.report.watch.RunState.Activity;
import karuta.report.watch.RunsWatch;
import karuta.report.watch.StudyState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how far a study is that somebody else carries out. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Show how far a study is: its runs, their stages and losses, and how long it will take. It reads the files of the"
                    + " runs and disturbs nobody; it ends when the study does.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta watch runs/            until all runs have finished or nobody works on them any more",
            "  karuta watch runs/ --once     now, and no more",
            "  karuta watch runs/ --json     the same for scripts",
            "",
            "Exit codes: 0 all have finished (--once: always), 1 not all, 2 there are no runs."
        })
final class WatchCommand implements Callable<Integer> {

    private static final long SECOND = 1000;

    /** Between two runs of a process there may be nobody for a moment. */
    private static final int ALONE_SECONDS = 15;

    private static final int SHOWN = 20;
    private static final int BAR = 20;

    private final Terminal terminal;
    private final Map<String, String> told = new HashMap<>();

    @Parameters(paramLabel = "DIR", description = "A folder that holds run folders, or one of them.")
    private Path folder = Path.of("runs");

    @Option(names = "--once", description = "Show it once.")
    private boolean once;

    @Option(names = "--json", description = "Show it once, as JSON.")
    private boolean json;

    WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var watch = new RunsWatch(folder);
        var alone = 0;
        while (true) {
            var state = watch.look();
            if (json) {
                terminal.say(json(state));
                return 0;
            }
            show(state);
            if (once) {
                return 0;
            }
            alone = state.count(Activity.RUNNING) == 0 ? alone + 1 : 0;
            if (state.over() || alone > ALONE_SECONDS) {
                return end(state);
            }
            Thread.sleep(SECOND);
        }
    }

    private static String json(StudyState state) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("planned", state.planned());
        for (var what : Activity.values()) {
            whole.put(what.name().toLowerCase(Locale.ROOT), state.count(what));
        }
        state.secondsLeft().ifPresent(seconds -> whole.put("secondsLeft", seconds));
        whole.put(
                "runs",
                state.runs().stream()
                        .map(run -> {
                            var fields = new LinkedHashMap<String, Object>();
                            fields.put("name", run.name());
                            fields.put("state", run.what().name().toLowerCase(Locale.ROOT));
                            fields.put("learned", run.learned());
                            fields.put("tasks", run.tasks());
                            return fields;
                        })
                        .toList());
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(whole);
    }

    private int end(StudyState state) {
        if (!terminal.live()) {
            terminal.say(total(state));
        }
        if (!state.over()) {
            terminal.say("nobody works on the rest any more; the same `karuta run` goes on with it");
        }
        return state.count(Activity.FINISHED) >= state.planned() ? 0 : CommandLines.FAILED;
    }

    private void show(StudyState state) {
        if (terminal.live()) {
            terminal.board(board(state));
        } else if (once) {
            board(state).forEach(terminal::say);
        } else {
            state.runs().forEach(this::tell);
        }
    }

    /** A line, if something has changed that is worth one. */
    private void tell(RunState run) {
        var stage = run.last().isEmpty()
                ? ""
                : "; " + run.learned() + " of " + run.tasks() + " tasks learned, the last "
                        + String.join(" + ", run.last());
        var key = word(run) + run.learned();
        if (!key.equals(told.put(run.name(), key))) {
            var losses = run.losses().isEmpty() || run.step().isPresent() ? "" : "; loss " + run.losses();
            terminal.say(run.name() + ": " + word(run) + stage + losses);
        }
    }

    private static List<String> board(StudyState state) {
        var lines = new ArrayList<String>();
        lines.add(total(state));
        var open = state.runs().stream()
                .filter(run -> run.what() != Activity.FINISHED)
                .limit(SHOWN)
                .toList();
        if (!open.isEmpty()) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("RUN", "", "TASKS", "STEP", "LOSS"));
            open.forEach(run -> rows.add(List.of(
                    run.name(),
                    word(run),
                    bar(run) + " " + run.learned() + "/" + run.tasks(),
                    run.step().map(step -> step.number() + "/" + step.of()).orElse(""),
                    run.losses())));
            lines.addAll(Columns.of(rows));
        }
        var more = state.runs().size() - state.count(Activity.FINISHED) - open.size();
        if (more > 0) {
            lines.add("and " + more + " more");
        }
        return lines;
    }

    private static String total(StudyState state) {
        var words = new StringBuilder(state.count(Activity.FINISHED) + " of " + state.planned() + " runs finished");
        for (var what : List.of(Activity.RUNNING, Activity.FAILED, Activity.INTERRUPTED, Activity.LEFT)) {
            if (state.count(what) > 0) {
                words.append(", ").append(state.count(what)).append(' ').append(word(what));
            }
        }
        if (!state.over()) {
            state.secondsLeft()
                    .ifPresent(seconds -> words.append("; about ")
                            .append(Durations.words(seconds))
                            .append(" left"));
        }
        return words.toString();
    }

    private static String word(RunState run) {
        return word(run.what());
    }

    private static String word(Activity what) {
        return switch (what) {
            case RUNNING -> "running";
            case FINISHED -> "finished";
            case FAILED -> "failed";
            case INTERRUPTED -> "interrupted";
            case LEFT -> "left behind (its process is gone)";
        };
    }

    private static String bar(RunState run) {
        var full = (int) Math.round((double) BAR * run.learned() / Math.max(1, run.tasks()));
        return "#".repeat(full) + ".".repeat(BAR - full);
    }
}
