package karuta.app;

import java.nio.file.Files;
import karuta.app.Terminal.Talk;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.Progress;
import karuta.engine.run.RunOutcome;
import karuta.engine.run.StudyListener;

/** Shows on the terminal how a study goes on. */
record TerminalWatch(Terminal terminal) implements StudyListener {

    /** So many arms are named; a sweep may have thousands. */
    private static final int NAMED = 40;

    @Override
    public void planned(StudyPlan plan) {
        terminal.tell(Talk.ALL, "Study " + plan.study().getName() + ": " + runs(plan));
        plan.shared()
                .ifPresent(shared -> terminal.tell(
                        Talk.ALL,
                        "  " + shared.backbone().describe() + ", "
                                + shared.encoder().describe() + ", "
                                + shared.benchmark().describe()));
        plan.pretraining().ifPresent(choice -> terminal.tell(Talk.ALL, "  " + choice.describe()));
        var arms = plan.runs().stream()
                .map(run -> run.arm().arm().getName())
                .distinct()
                .toList();
        if (!arms.isEmpty()) {
            var left = arms.size() - NAMED;
            terminal.tell(
                    Talk.ALL,
                    "  arms: " + String.join(", ", arms.subList(0, Math.min(NAMED, arms.size())))
                            + (left > 0 ? " and " + left + " more" : ""));
        }
    }

    private static String runs(StudyPlan plan) {
        var seeds = plan.study().getSeeds().size();
        if (plan.pretraining().isPresent()) {
            return counted(seeds, "pretraining", "pretrainings");
        }
        var orders = plan.runs().stream().map(run -> run.order()).distinct().count();
        return counted(plan.runs().size(), "run", "runs") + " ("
                + counted(plan.study().getArms().size(), "arm", "arms") + " x "
                + counted(seeds, "seed", "seeds") + " x "
                + counted(orders, "order", "orders") + " of "
                + counted(plan.runs().get(0).tasks().size(), "task", "tasks") + ")";
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    @Override
    public void says(String message) {
        terminal.tell(Talk.ALL, message);
    }

    @Override
    public void warns(String message) {
        terminal.warn(message);
    }

    @Override
    public void progress(Progress progress) {
        var left = progress.secondsLeft();
        terminal.status(progress.of() + ": " + progress.what() + " " + progress.done() + "/" + progress.total()
                + (left.isPresent() ? "; about " + Durations.words(left.getAsDouble()) + " left" : ""));
    }

    @Override
    public void ended(RunOutcome outcome) {
        var title = outcome.plan().title();
        var message = outcome.message().orElse("");
        switch (outcome.status()) {
            case FAILED ->
                terminal.fail(title + " failed: " + message
                        + outcome.folder()
                                .filter(folder -> Files.isDirectory(folder.path())) // else that it is gone is the error
                                .map(folder -> "\n  kept in " + folder.path())
                                .orElse(""));
            case INTERRUPTED ->
                outcome.folder()
                        .ifPresent(
                                folder -> terminal.tell(Talk.ENDS, title + " interrupted; kept in " + folder.path()));
            default ->
                terminal.tell(
                        Talk.ENDS,
                        title + " finished; kept in "
                                + outcome.folder().orElseThrow().path());
        }
    }
}
