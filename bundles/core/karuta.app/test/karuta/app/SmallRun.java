package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.study.KarutaFactory;
import karuta.study.Part;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.file.TrainingDefaults;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/** A run of one task, as an engine keeps it. */
final class SmallRun {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;
    private static final String STUDY = """
            study: small
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: cards
            arms:
              dual: {learner: prompt, selector: dual}
            """;

    private SmallRun() {}

    static RunFolder write(Path out, RunStatus status) {
        var study = StudyReader.parse("small.yaml", STUDY);
        var run = FACTORY.createRun();
        run.setStudy(study.getName());
        run.setArm(study.getArms().get(0));
        run.setTraining(TrainingDefaults.of(study, run.getArm()));
        run.setBackbone(study.getBackbone());
        run.setEncoder(study.getEncoder());
        run.setBenchmark(study.getBenchmark());
        run.setSeed(1);
        run.setOrder("default");
        run.getTasks().add("a");
        run.setStatus(status);
        run.setStarted("2026-01-01T12:00:00Z");
        run.getParts().add(part());
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().add("a");
        for (var stage = 0; stage < 2; stage++) {
            var row = FACTORY.createRow();
            row.setStage(stage);
            row.getTrained().addAll(stage == 0 ? List.of() : List.of("a"));
            row.getScores().add(0.75 * stage);
            matrix.getRows().add(row);
        }
        var stage = FACTORY.createStage();
        stage.setNumber(1);
        stage.getTasks().add("a");
        run.getStages().add(stage);
        run.setMatrix(matrix);
        var folder = RunFolder.create(out, run);
        ListedFiles.list(run, folder.writeStudy(STUDY));
        ListedFiles.list(run, folder.writeMatrix(matrix));
        ListedFiles.list(
                run,
                folder.writePredictions(
                        1,
                        List.of(new Prediction(
                                1, "a", "7", Optional.empty(), "what?", "B)", "B", List.of("B"), 1, List.of()))));
        folder.writeRun(run);
        return folder;
    }

    private static Part part() {
        var part = FACTORY.createPart();
        part.setName("selector.dual");
        part.setBundle("a.bundle");
        part.setVersion("1.2.3");
        part.setFile("a.jar");
        part.setGround("2".repeat(64));
        part.setSha256("1".repeat(64));
        return part;
    }
}
