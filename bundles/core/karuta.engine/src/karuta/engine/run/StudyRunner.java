package karuta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.RunCancelled;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.NeedCheck;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.files.Access;
import karuta.files.WholeFile;
import karuta.study.RunStatus;
import karuta.study.file.StudyException;
import karuta.study.file.StudyProblems;
import karuta.study.record.RecordException;
import karuta.tensor.TorchEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a study that compares arms. */
public final class StudyRunner {

    private static final Logger log = LoggerFactory.getLogger(StudyRunner.class);

    /** So many findings of a kind are listed where nobody asks for all. */
    static final int TOLD = 20;

    /** So many samples are encoded to know how long that takes. */
    private static final int ENCODED = 24;

    private final Strategies strategies;
    private final StudyPlan plan;
    private final RunOptions options;
    private final StudyListener watch;
    private final CancellationToken stop;

    /**
     * @param strategies what there is
     * @param plan what to run
     * @param options how
     * @param watch is told
     * @param stop ends the runs at their next step when it is raised
     */
    public StudyRunner(
            Strategies strategies, StudyPlan plan, RunOptions options, StudyListener watch, CancellationToken stop) {
        this.strategies = strategies;
        this.plan = plan;
        this.options = options;
        this.watch = watch;
        this.stop = stop;
    }

    /** Like {@link #validate(int)}; lists the first findings of a kind and counts the others. */
    public void validate() {
        validate(TOLD);
    }

    /**
     * Loads everything, looks at all texts and pictures, and rehearses every arm, without running it.
     *
     * @param told how many findings of a kind are listed
     * @throws StudyException if an arm cannot be run as the study has it
     * @throws KarutaException if the models or the data cannot be used
     */
    public void validate(int told) {
        try (var loaded = load()) {
            var inspection = inspection(told);
            rehearse(inspection.of(loaded), inspection);
        }
    }

    /**
     * Loads everything, and rehearses every arm to know what the study will take. Nothing is written.
     *
     * @throws StudyException if an arm cannot be run as the study has it
     * @throws KarutaException if the models or the data cannot be used
     */
    public Forecast forecast() {
        try (var resources = load()) {
            var folders = new RunFolders(options.out(), watch, stop);
            var timed = eachArm(resources, (run, problems) -> TimedRehearsal.of(strategies, run, resources, stop));
            var arms = timed.entrySet().stream()
                    .map(entry -> forecast(entry.getKey(), entry.getValue(), resources, folders))
                    .toList();
            var queries = resources.queries();
            return new Forecast(arms, queries.size(), queries.size() * secondsToEncode(resources, queries));
        }
    }

    /** By some of the queries, evenly spread, as far as they are not in the cache already. */
    private static double secondsToEncode(StudyResources resources, List<Query> queries) {
        var stride = Math.max(1, queries.size() / ENCODED);
        var started = System.nanoTime();
        var encoded = 0;
        for (var i = 0; i < queries.size(); i += stride) {
            resources.frozen().prepare(queries.get(i));
            encoded++;
        }
        return (System.nanoTime() - started) / 1e9 / encoded;
    }

    private Forecast.OfArm forecast(ArmPlan arm, TimedRehearsal timed, StudyResources resources, RunFolders folders) {
        var standings = plan.runs().stream()
                .filter(run -> run.arm().equals(arm))
                .map(run -> folders.standing(Records.of(strategies, plan, run, resources)))
                .toList();
        var steps = timed.workload().stepsAfter(0);
        var answers = timed.workload().answersAfter(-1);
        return new Forecast.OfArm(
                arm.arm().getName(),
                standings,
                steps,
                answers,
                steps * timed.secondsPerStep() + answers * timed.secondsPerAnswer(),
                timed.bytes());
    }

    private Inspection inspection(int told) {
        return new Inspection(plan.study().isSkipBad(), told, watch, stop);
    }

    /**
     * Carries out all runs. A run that fails does not touch the others.
     *
     * @return one outcome per run, in the order of the plan
     * @throws StudyException if an arm cannot be run as the study has it; nothing has begun then
     * @throws KarutaException if the models or the data cannot be used; nothing has begun then
     */
    public List<RunOutcome> run() {
        checkOut();
        try (var loaded = load()) {
            var inspection = inspection(TOLD);
            var resources = inspection.of(loaded);
            var rehearsals = rehearse(resources, inspection);
            cacheFeatures(resources);
            new SeparabilityFile(plan, options.out(), watch, stop).write(resources);
            var folders = new RunFolders(options.out(), watch, stop);
            var jobs = jobs(options.reuse() ? resources.remembering() : resources, rehearsals, folders);
            prepare(folders, jobs);
            return execute(jobs);
        }
    }

    private void prepare(RunFolders folders, List<RunJob> jobs) {
        var wanted = jobs.stream().map(RunJob::record).toList();
        if (options.anew()) {
            folders.setAside(wanted);
        }
        if (!options.worker()) {
            var ids = wanted.stream()
                    .map(run -> Records.fingerprint(run, RunId.NAME))
                    .collect(Collectors.toSet());
            folders.reopen(run -> run.getStudy().equals(plan.study().getName())
                    || ids.contains(Records.fingerprint(run, RunId.NAME)));
        }
    }

    /** Lets runs of the study that failed be tried again by processes that are {@linkplain RunOptions#worker one of many}. */
    public void reopen() {
        new RunFolders(options.out(), watch, stop)
                .reopen(run -> run.getStudy().equals(plan.study().getName()));
    }

    /**
     * Writes {@code summary.csv} from all finished runs of the study that lie in the output folder.
     *
     * @throws RecordException if that fails
     */
    public void summarise() {
        new RunHistory(options.out(), plan.study().getName()).summarise();
    }

    private StudyResources load() {
        TorchEngine.start();
        return StudyResources.load(
                strategies,
                plan.shared().orElseThrow(),
                names(RunPlan::tasks),
                names(RunPlan::watched),
                options.cache());
    }

    private List<String> names(Function<RunPlan, List<String>> ofRun) {
        return plan.runs().stream()
                .flatMap(run -> ofRun.apply(run).stream())
                .distinct()
                .toList();
    }

    private void checkOut() {
        try {
            var trial = WholeFile.ofOwner(Access.PRIVATE.folders(options.out()).resolve("karuta.trial"));
            trial.write("");
            Files.deleteIfExists(trial.path()); // another process may try at the same time
        } catch (IOException unwritable) {
            throw new KarutaException(
                    "Cannot write into the output folder " + options.out().toAbsolutePath() + " (" + unwritable + ").",
                    "Choose another one with --out, or check who owns it and whether the disk is full.",
                    unwritable);
        }
    }

    private Map<ArmPlan, DryRun> rehearse(StudyResources resources, Inspection inspection) {
        return eachArm(resources, (run, problems) -> {
            var name = run.arm().arm().getName();
            var rehearsal = DryRun.of(strategies, run, resources);
            if (plan.study().isExemplarFree() && rehearsal.stored() > 0) {
                problems.add(
                        run.arm().arm(),
                        "arm \"" + name + "\" stores samples of earlier tasks (" + rehearsal.stored()
                                + " in the rehearsal), and the study says \"exemplarFree: true\"");
            }
            inspection.withPrompts(resources, name, rehearsal.inserted());
            rehearsal
                    .unused()
                    .forEach(part ->
                            watch.warns("arm \"" + name + "\" gives " + part + ", but its learner never asks for it"));
            return rehearsal;
        });
    }

    /**
     * Does something with a run of every arm.
     *
     * @throws StudyException with what is wrong with any of them
     */
    private <T> Map<ArmPlan, T> eachArm(StudyResources resources, BiFunction<RunPlan, StudyProblems, T> rehearsal) {
        var problems = new StudyProblems(plan.study().getFile());
        var needs = new NeedCheck(problems);
        var given = new GivenAbilities(resources.frozen());
        var done = new LinkedHashMap<ArmPlan, T>();
        for (var run : plan.runs()) {
            if (done.containsKey(run.arm())) {
                continue;
            }
            stop.check();
            if (!needs.loaded(plan.shared().orElseThrow(), run.arm(), given)) {
                continue;
            }
            var name = run.arm().arm().getName();
            try {
                done.put(run.arm(), rehearsal.apply(run, problems));
            } catch (RunCancelled stopped) {
                throw stopped;
            } catch (RuntimeException | Error unfit) {
                var blame = new Blame(strategies, run.arm());
                var why = blame.words(unfit);
                if (why.isEmpty()) {
                    throw unfit;
                }
                log.debug("arm {}", name, unfit);
                problems.add(blame.place(unfit), "arm \"" + name + "\": " + why.get());
            }
        }
        problems.throwIfAny();
        return done;
    }

    private void cacheFeatures(StudyResources resources) {
        var queries = resources.queries();
        var started = System.nanoTime();
        for (var i = 0; i < queries.size(); i++) {
            stop.check();
            resources.frozen().prepare(queries.get(i));
            watch.progress(new Progress("all runs", "encoded sample", i + 1, queries.size(), OptionalDouble.empty()));
        }
        resources.frozen().flush();
        watch.says("Encoded %d samples in %.0f s.".formatted(queries.size(), (System.nanoTime() - started) / 1e9));
    }

    private List<RunJob> jobs(StudyResources resources, Map<ArmPlan, DryRun> rehearsals, RunFolders folders) {
        var forecast = new TimeEstimate(options.jobs());
        var jobs = new ArrayList<RunJob>();
        for (var run : plan.runs()) {
            var workload = rehearsals.get(run.arm()).workload();
            forecast.expect(workload.stepsAfter(0), workload.answersAfter(-1));
            jobs.add(new RunJob(
                    strategies,
                    resources,
                    run,
                    Records.of(strategies, plan, run, resources),
                    plan.study().getText(),
                    folders,
                    new RunProgress(run.title(), workload, forecast, watch, stop),
                    watch,
                    stop,
                    options.pace(),
                    options.retries()));
        }
        return jobs;
    }

    /** What another process does is waited for when nothing else is left to do, but not by one of many. */
    private List<RunOutcome> execute(List<RunJob> jobs) {
        var threads = Executors.newFixedThreadPool(options.jobs());
        try {
            var first = jobs.stream()
                    .map(job -> threads.submit(() -> job.attempt().map(this::told)))
                    .toList();
            var outcomes = first.stream().map(StudyRunner::outcome).toList();
            var second = IntStream.range(0, jobs.size())
                    .mapToObj(i -> threads.submit(() -> outcomes.get(i).orElseGet(() -> rest(jobs.get(i)))))
                    .toList();
            return second.stream().map(StudyRunner::outcome).toList();
        } finally {
            threads.shutdown();
        }
    }

    private RunOutcome rest(RunJob job) {
        return options.worker() ? job.leave() : told(job.await());
    }

    private RunOutcome told(RunOutcome outcome) {
        watch.ended(outcome);
        if (options.failFast() && outcome.status() == RunStatus.FAILED) {
            stop.raise();
        }
        return outcome;
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException unexpected) {
            log.error("a run ended without an outcome", unexpected);
            throw new IllegalStateException(unexpected.getCause());
        }
    }
}
