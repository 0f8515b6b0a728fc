package karuta.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.Wiring;
import karuta.engine.features.Hash;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.StageResult;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.metrics.Metric;
import karuta.study.KarutaFactory;
import karuta.study.KarutaPackage;
import karuta.study.Note;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.Stage;
import karuta.study.TaskFree;
import karuta.study.Training;
import karuta.study.record.Entries;
import org.eclipse.emf.ecore.util.EcoreUtil;

/** Puts plans and results into the form in which they are kept. */
final class Records {

    /** The name of the fingerprint that two runs share only if their results must be equal. */
    static final String RUN = "run";

    private Records() {}

    /** The record of a run that has not begun. */
    static Run of(Strategies strategies, StudyPlan study, RunPlan plan, StudyResources resources) {
        var run = KarutaFactory.eINSTANCE.createRun();
        var shared = study.shared().orElseThrow();
        run.setStudy(study.study().getName());
        run.setArm(EcoreUtil.copy(plan.arm().arm()));
        run.setSeed(plan.seed());
        run.setOrder(plan.order());
        run.getTasks().addAll(plan.tasks());
        run.getWatched().addAll(plan.watched());
        run.setBackbone(EcoreUtil.copy(shared.backbone().place()));
        run.setEncoder(EcoreUtil.copy(shared.encoder().place()));
        run.setBenchmark(EcoreUtil.copy(shared.benchmark().place()));
        run.setTraining(EcoreUtil.copy(plan.training()));
        run.setStatus(RunStatus.RUNNING);
        var parts = Parts.of(strategies, shared, plan.arm(), resources.tasks(plan.evaluated()));
        run.getParts().addAll(parts.records());
        run.getSettings().addAll(ReadSettings.of(shared, plan.arm()));
        var wiring = Wiring.of(parts.bundles());
        notes(run.getBundles(), wiring.bundles());
        notes(run.getWiring(), wiring.wires());
        Metric.defaults().forEach(metric -> run.getMetrics().add(metric.id()));
        run.setParameters(Flops.of(resources.frozen().backbone().spec()).parameters());
        notes(run.getFingerprints(), fingerprints(study, plan, resources, parts));
        notes(run.getVersions(), Provenance.versions());
        for (var task : resources.tasks(plan.evaluated())) {
            task.notes().forEach(text -> run.getData().add(Entries.note(task.name(), text)));
        }
        notes(run.getEnvironment(), Provenance.environment(resources.frozen().device()));
        var matrix = KarutaFactory.eINSTANCE.createScoreMatrix();
        matrix.getTasks().addAll(plan.tasks());
        matrix.getWatched().addAll(plan.watched());
        resources.tasks(plan.evaluated()).forEach(task -> matrix.getScorers().add(task.scorer()));
        run.setMatrix(matrix);
        return run;
    }

    private static Map<String, String> fingerprints(
            StudyPlan study, RunPlan plan, StudyResources resources, Parts parts) {
        var prints = new HashMap<String, String>();
        plan.arm().from().ifPresent(origin -> prints.put("from", origin.describe()));
        var backbone = resources.frozen().backbone().spec().fingerprint();
        var encoder = resources.frozen().encoder().fingerprint();
        var data = resources.data().of(resources.tasks(plan.evaluated()));
        var whole = Hash.of(
                plan.arm().describe(),
                Boolean.toString(plan.arm().arm().isAnalysis()),
                Long.toString(plan.seed()),
                String.join("\n", plan.tasks()),
                String.join("\n", plan.watched()),
                describe(plan.training()),
                backbone,
                encoder,
                data,
                resources.frozen().device().toString(),
                Provenance.numerics(),
                parts.fingerprint());
        prints.put("study", Hash.of(study.study().getText()).hex());
        prints.put("backbone", backbone);
        prints.put("encoder", encoder);
        prints.put("data", data);
        resources
                .tasks(plan.evaluated())
                .forEach(task ->
                        prints.put("data." + task.name(), resources.data().samples(task))); // whatever the order
        prints.put("parts", parts.fingerprint());
        prints.put(
                RunId.NAME,
                RunId.of(plan, describe(plan.training()), List.of(backbone, encoder, data, parts.fingerprint())));
        prints.put(RUN, whole.hex());
        return prints;
    }

    private static String describe(Training training) {
        return KarutaPackage.Literals.TRAINING.getEAttributes().stream()
                .map(setting -> setting.getName() + " " + (training.eIsSet(setting) ? training.eGet(setting) : "-"))
                .collect(Collectors.joining(", "));
    }

    /** The fingerprint of a name, empty text if the record has none. */
    static String fingerprint(Run run, String name) {
        return Entries.text(run.getFingerprints(), name).orElse("");
    }

    /** A run that is gone on with by another kind of machine, or other threads, says so: no machine gives all its numbers. */
    static void moved(Run past, Run here) {
        var kept = past.getEnvironment();
        var changed = here.getEnvironment().stream()
                .filter(note -> kept.stream()
                        .noneMatch(known -> known.getName().equals(note.getName())
                                && known.getText().equals(note.getText())))
                .map(note -> note.getName() + " " + note.getText())
                .toList();
        var name = "after stage " + past.getStages().size();
        kept.removeIf(note -> note.getName().equals(name));
        kept.add(Entries.note(name, changed.isEmpty() ? "another PyTorch" : String.join(", ", changed)));
    }

    /** What a finished run says of its answers: one that depended on more than its sample would have ended it. */
    static TaskFree taskFree(Run run) {
        return run.getArm().isAnalysis() ? TaskFree.EXEMPT : TaskFree.VERIFIED;
    }

    static Stage of(StageResult result, Evaluation evaluation) {
        var stage = KarutaFactory.eINSTANCE.createStage();
        stage.setNumber(result.stage().number());
        stage.getTasks().addAll(result.stage().tasks());
        stage.setSteps(result.steps());
        stage.setSamples(result.samples());
        stage.setSeconds(result.seconds());
        stage.setSamplesPerSecond(result.samples() / result.seconds());
        stage.setEvaluated(evaluation.answered());
        stage.setEvaluationSeconds(evaluation.seconds());
        stage.setTrained(result.footprint().trained());
        stage.setStored(result.footprint().stored());
        stage.setStoredSamples(result.footprint().samples());
        stage.setStoredBytes(result.footprint().bytes());
        result.losses().forEach((name, value) -> stage.getLosses().add(Entries.figure(name, value)));
        return stage;
    }

    static Row row(List<String> trained, Evaluation evaluation, Run run) {
        var row = KarutaFactory.eINSTANCE.createRow();
        row.setStage(evaluation.stage());
        row.getTrained().addAll(trained);
        row.getScores().addAll(evaluation.scores(run.getTasks()));
        row.getWatched().addAll(evaluation.scores(run.getWatched()));
        Stream.concat(run.getTasks().stream(), run.getWatched().stream())
                .forEach(task -> new TreeMap<>(evaluation.figures().getOrDefault(task, Map.of()))
                        .forEach((name, value) -> row.getFigures().add(Entries.figure(task + "/" + name, value))));
        return row;
    }

    private static void notes(List<Note> notes, Map<String, String> texts) {
        texts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            notes.add(Entries.note(entry.getKey(), entry.getValue()));
        });
    }
}
