package karuta.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.Questions;
import karuta.engine.plan.Planner;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.metrics.forgetting.AnswerLosses;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.metrics.forgetting.ForgettingParts;
import karuta.study.Note;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/**
 * Tells why a finished run has forgotten, by asking it again: with its choice of cards put right, with its prompts as they were,
 * and with both. Nothing is trained and nothing is written. What it answers as it is must be what the record says. Models and
 * data are loaded when a run needs others than the run before.
 */
public final class ForgettingExplainer implements AutoCloseable {

    private static final String RUN_AGAIN = "Run the study again (`karuta run STUDY --anew`) and explain the new run.";
    private static final int TOLD = 20;

    private final Strategies strategies;
    private final Path cache;
    private final StudyListener watch;
    private final CancellationToken stop;

    private Optional<Loaded> loaded = Optional.empty();

    /**
     * What runs of one study share.
     *
     * @param needs says in words what it was loaded for
     */
    private record Loaded(String needs, StudyResources resources) {}

    /**
     * @param strategies what there is
     * @param cache folder where features are kept
     * @param watch is told
     * @param stop ends it between two tasks when it is raised
     */
    public ForgettingExplainer(Strategies strategies, Path cache, StudyListener watch, CancellationToken stop) {
        this.strategies = strategies;
        this.cache = cache;
        this.watch = watch;
        this.stop = stop;
    }

    /**
     * Explains a run.
     *
     * @throws KarutaException if it has not finished, or would not answer here as it did
     */
    public Explanation explain(RunFolder folder) {
        var run = folder.read();
        if (run.getStatus() != RunStatus.FINISHED || run.getImported() != null) {
            throw new KarutaException(
                    folder.path() + " is no finished run of Karuta, so there is nothing to ask again.",
                    "Name the folder of a finished run.");
        }
        var learned = stages(run);
        learned.values().removeIf(stage -> stage == last(run));
        var study = Planner.plan(strategies, StudyReader.read(folder.path().resolve("study.yaml")));
        var plan = planOf(run, study);
        return new Asked(folder, run, plan, resources(study, plan).remembering(), learned).explain(study);
    }

    private StudyResources resources(StudyPlan study, RunPlan plan) {
        var shared = study.shared().orElseThrow();
        var skipBad = study.study().isSkipBad();
        var needs = String.join(
                "\n",
                shared.backbone().describe(),
                shared.encoder().describe(),
                shared.benchmark().describe(),
                plan.tasks().stream().sorted().toList().toString(),
                plan.watched().stream().sorted().toList().toString(),
                String.valueOf(skipBad));
        if (loaded.filter(there -> there.needs().equals(needs)).isEmpty()) {
            close();
            TorchEngine.start();
            var fresh = StudyResources.load(strategies, shared, plan.tasks(), plan.watched(), cache);
            try {
                loaded = Optional.of(new Loaded(needs, new Inspection(skipBad, TOLD, watch, stop).of(fresh)));
            } catch (RuntimeException unusable) {
                fresh.close();
                throw unusable;
            }
        }
        return loaded.orElseThrow().resources();
    }

    @Override
    public void close() {
        loaded.map(Loaded::resources).ifPresent(StudyResources::close);
        loaded = Optional.empty();
    }

    private static int last(Run run) {
        return run.getMatrix().getRows().size() - 1;
    }

    /** After which stage each task has been learned. */
    private static Map<String, Integer> stages(Run run) {
        var stages = new LinkedHashMap<String, Integer>();
        run.getTasks()
                .forEach(task -> IntStream.rangeClosed(1, last(run))
                        .filter(stage -> run.getMatrix()
                                .getRows()
                                .get(stage)
                                .getTrained()
                                .contains(task))
                        .findFirst()
                        .ifPresent(stage -> stages.put(task, stage)));
        return stages;
    }

    private static RunPlan planOf(Run run, StudyPlan study) {
        return study.runs().stream()
                .filter(plan -> plan.arm().arm().getName().equals(run.getArm().getName())
                        && plan.seed() == run.getSeed()
                        && plan.order().equals(run.getOrder()))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The study in the folder has no run of arm \""
                                + run.getArm().getName() + "\", seed " + run.getSeed() + ", order \"" + run.getOrder()
                                + "\".",
                        RUN_AGAIN));
    }

    /** A run that is asked again. */
    private final class Asked {

        private final RunFolder folder;
        private final Run run;
        private final RunPlan plan;
        private final StudyResources resources;
        private final Map<String, Integer> learned;
        private final Steering steering = new Steering();
        private final Map<String, List<Prediction>> then = new HashMap<>();
        private final Map<String, List<Prediction>> now = new HashMap<>();

        Asked(RunFolder folder, Run run, RunPlan plan, StudyResources resources, Map<String, Integer> learned) {
            this.folder = folder;
            this.run = run;
            this.plan = plan;
            this.resources = resources;
            this.learned = learned;
            folder.forEachPrediction(prediction -> {
                var task = prediction.task();
                if (Integer.valueOf(prediction.stage()).equals(learned.get(task))) {
                    then.computeIfAbsent(task, name -> new ArrayList<>()).add(prediction);
                }
                if (prediction.stage() == last(run)) {
                    now.computeIfAbsent(task, name -> new ArrayList<>()).add(prediction);
                }
            });
        }

        Explanation explain(StudyPlan study) {
            var surroundings =
                    RunEnvironment.of(plan.seed(), resources.frozen()).steered(steering);
            try (var wired = WiredRun.of(strategies, plan, resources.tasks(plan.evaluated()), surroundings)) {
                folder.checkCheckpoint(run, last(run));
                try (var scope = Scope.open()) {
                    wired.strategies()
                            .load(new Checkpoint(folder.checkpoint(last(run))).read(surroundings.manager(), RUN_AGAIN));
                }
                var cards = wired.strategies().cards().values().stream()
                        .flatMap(Collection::stream)
                        .toList();
                var routing = cards.stream().anyMatch(card -> card.task().isPresent());
                var prompts = prompts(cards);
                var questions = new Questions(
                        wired.strategies().learner(),
                        resources.frozen(),
                        wired.scorers().over(resources.tasks(plan.tasks()), List.of()),
                        plan.arm().arm().isAnalysis());
                var checked = 0;
                var old = new ArrayList<OldTask>();
                for (var task : resources.tasks(List.copyOf(learned.keySet()))) {
                    stop.check();
                    watch.progress(new Progress(
                            plan.title(), "asked again, task", old.size() + 1, learned.size(), OptionalDouble.empty()));
                    checked += check(task, ask(questions, task, false, List.of()), study);
                    old.add(explain(questions, task, routing, prompts));
                }
                return new Explanation(
                        run.getArm().getName(), run.getSeed(), run.getOrder(), routing, prompts, checked, old);
            }
        }

        private Prompts prompts(List<Card> cards) {
            if (cards.isEmpty()) {
                return Prompts.NONE;
            }
            if (!KeptCards.changes(cards)) {
                return Prompts.CONSTANT;
            }
            var kept = new KeptCards(folder);
            return learned.values().stream().allMatch(kept::has) ? Prompts.KEPT : Prompts.LOST;
        }

        private OldTask explain(Questions questions, Task task, boolean routing, Prompts prompts) {
            var name = task.name();
            var stage = learned.get(name);
            var actual = score(last(run), name);
            var rightCards = routing ? value(ask(questions, task, true, List.of()), name) : actual;
            var oldPrompts = actual;
            var both = rightCards;
            if (prompts == Prompts.KEPT) {
                try (var earlier = RunEnvironment.of(plan.seed(), resources.frozen());
                        var kept = RunStrategies.of(strategies, plan.arm(), earlier)) {
                    try (var scope = Scope.open()) {
                        kept.loadOnly(new KeptCards(folder).checkpoint(stage).read(earlier.manager(), RUN_AGAIN));
                    }
                    var before = kept.cards().values().stream()
                            .flatMap(Collection::stream)
                            .toList();
                    oldPrompts = value(ask(questions, task, false, before), name);
                    both = routing ? value(ask(questions, task, true, before), name) : oldPrompts;
                }
            }
            return new OldTask(
                    name,
                    new ForgettingParts.Scores(score(stage, name), actual, rightCards, oldPrompts, both),
                    losses(then.getOrDefault(name, List.of()), score(stage, name)),
                    losses(now.getOrDefault(name, List.of()), actual));
        }

        private Evaluation ask(Questions questions, Task task, boolean right, List<Card> before) {
            steering.set(right ? Optional.of(task.name()) : Optional.empty(), before);
            return questions.ask(task, last(run));
        }

        private double value(Evaluation evaluation, String task) {
            return evaluation.values().get(task);
        }

        private double score(int stage, String task) {
            return run.getMatrix()
                    .getRows()
                    .get(stage)
                    .getScores()
                    .get(run.getTasks().indexOf(task));
        }

        private Optional<AnswerLosses> losses(List<Prediction> answers, double score) {
            return AnswerLosses.of(
                    answers.stream()
                            .map(answer -> new AnswerLosses.Scored(answer.parsed(), answer.score()))
                            .toList(),
                    answers.stream()
                            .flatMap(answer -> answer.answers().stream())
                            .toList(),
                    score);
        }

        /** How many answers were asked for again; they are what they were. */
        private int check(Task task, Evaluation again, StudyPlan study) {
            var before = now.getOrDefault(task.name(), List.of());
            if (!again.predictions().equals(before)) {
                var other = IntStream.range(
                                0, Math.min(before.size(), again.predictions().size()))
                        .filter(i -> !before.get(i).equals(again.predictions().get(i)))
                        .count();
                throw new KarutaException(
                        "Asked again, the run answers differently: " + other + " of " + before.size()
                                + " predictions of \"" + task.name() + "\" are not those of the record" + changed(study)
                                + ".",
                        RUN_AGAIN);
            }
            return before.size();
        }

        private String changed(StudyPlan study) {
            var here = Records.of(strategies, study, plan, resources).getFingerprints().stream()
                    .collect(Collectors.toMap(Note::getName, Note::getText));
            var other = run.getFingerprints().stream()
                    .filter(note -> !note.getName().equals(Records.RUN)
                            && !note.getText().equals(here.get(note.getName())))
                    .map(Note::getName)
                    .toList();
            return other.isEmpty() ? "" : " (what is not the same: " + String.join(", ", other) + ")";
        }
    }
}
