package karuta.study.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.study.KarutaFactory;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;
import karuta.study.file.StudyReader;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;

    @TempDir
    Path out;

    @Test
    void twoRunsNeverShareAFolder() {
        var first = RunFolder.create(out.resolve("new"), run());
        var second = RunFolder.create(out.resolve("new"), run());
        assertEquals("q.modalprompt.forward.seed7", first.path().getFileName().toString());
        assertNotEquals(first, second);
        first.writeRun(run());
        second.writeRun(run());
        assertEquals(List.of(first, second), RunFolder.find(out.resolve("new")));
        assertEquals(List.of(second), RunFolder.find(second.path()));
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        var folder = RunFolder.create(out, run());
        var run = run();
        folder.writeRun(run);
        folder.writeMatrix(matrix());
        var read = folder.read();
        run.setMatrix(matrix());
        assertTrue(EcoreUtil.equals(run, read));
        assertFalse(read.getTraining().isSetSteps());
    }

    @Test
    void theMatrixIsATableInPercentWhateverTheLocale() throws IOException {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var folder = RunFolder.create(out, run());
            folder.writeMatrix(matrix());
            assertEquals("""
                stage,"a, or b",c
                0,0.0,33.3333
                1,57.0,100.0
                """, Files.readString(folder.path().resolve("matrix.csv")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aColumnSaysWhichRuleScoredItAndWhetherItsTaskWasLearned() throws IOException {
        var run = run();
        run.getWatched().add("w");
        var matrix = matrix();
        matrix.getWatched().add("w");
        matrix.getScorers().addAll(List.of("exact", "choice.coin", "caption.split"));
        matrix.getRows().forEach(row -> row.getWatched().add(2.5));
        var folder = RunFolder.create(out, run);
        folder.writeMatrix(matrix);
        assertEquals(
                "stage,\"a, or b [exact]\",c [choice.coin],w [caption.split] (watched)",
                Files.readAllLines(folder.path().resolve("matrix.csv")).get(0));
        assertEquals(
                "1,57.0,100.0,250.0",
                Files.readAllLines(folder.path().resolve("matrix.csv")).get(2));
    }

    @Test
    void theNewestCheckpointIsThatOfTheHighestStage() throws IOException {
        var folder = RunFolder.create(out, run());
        assertEquals(Optional.empty(), folder.newestCheckpoint());
        for (var name :
                List.of("checkpoint-9.safetensors", "checkpoint-10.safetensors", "checkpoint-11.safetensors.tmp")) {
            Files.createFile(folder.path().resolve(name));
        }
        assertEquals(Optional.of(folder.checkpoint(10)), folder.newestCheckpoint());
        var none = new RunFolder(out.resolve("none"));
        assertThrows(RecordException.class, none::newestCheckpoint);
    }

    @Test
    void predictionsOfAStageReplaceWhatABrokenRunLeft() {
        var folder = RunFolder.create(out, run());
        folder.writePredictions(0, List.of(prediction(0, "no")));
        folder.writePredictions(1, List.of(prediction(1, "broken")));
        folder.writePredictions(1, List.of(prediction(1, "\"yes\"\u2028\n"), prediction(1, "<b>")));
        var read = new ArrayList<Prediction>();
        folder.forEachPrediction(read::add);
        assertEquals(List.of(prediction(0, "no"), prediction(1, "\"yes\"\u2028\n"), prediction(1, "<b>")), read);
    }

    @Test
    void aPredictionIsALineOfJson() throws IOException {
        var folder = RunFolder.create(out, run());
        folder.writePredictions(1, List.of(prediction(1, "<b>")));
        assertEquals(
                "{\"stage\":1,\"task\":\"c\",\"id\":\"17\",\"prompt\":\"What?\",\"text\":\"<b>\",\"answer\":\"yes\",\"score\":0.5,\"selected\":[{\"card\":\"k1\"},{\"card\":\"c\",\"task\":\"c\",\"score\":0.25}]}\n",
                Files.readString(folder.path().resolve("predictions.jsonl")));
    }

    @Test
    void aPredictionHasItsImageWhatWasReadOutOfItAndAllReferences() throws IOException {
        var folder = RunFolder.create(out, run());
        var one = prediction(1, "dot");
        var full = new Prediction(
                1,
                "c",
                "17",
                Optional.of("t/1.png"),
                "What?",
                "It is a dot.",
                "dot",
                List.of("Dot", "dot"),
                8.5,
                one.selected());
        folder.writePredictions(1, List.of(full));
        var line = Files.readString(folder.path().resolve("predictions.jsonl"));
        assertTrue(
                line.contains("\"image\":\"t/1.png\"")
                        && line.contains("\"parsed\":\"dot\"")
                        && line.contains("\"answer\":[\"Dot\",\"dot\"]"),
                line);
        folder.forEachPrediction(read -> assertEquals(full, read));
    }

    @Test
    void aSummaryHasALinePerNumber() throws IOException {
        Summary.write(out, List.of(new Summary("lora", 1, "default", "last/gem", 66.25)));
        assertEquals(
                "arm,seed,order,metric,value\nlora,1,default,last/gem,66.25\n",
                Files.readString(out.resolve("summary.csv")));
    }

    @Test
    void damageIsNamed() throws IOException {
        var folder = RunFolder.create(out, run());
        Files.writeString(folder.path().resolve("run.json"), "{\"seed\": \"x\"");
        assertMessage(folder.path() + "/run.json is damaged: ", folder::read);
        Files.writeString(folder.path().resolve("run.json"), "{\"study\": {}}");
        assertMessage(folder.path() + "/run.json is damaged: it is no record of a Run", folder::read);
        Files.writeString(folder.path().resolve("run.json"), "{}");
        assertMessage(folder.path() + "/run.json is damaged: \"study\" of a Run is missing", folder::read);
        Files.writeString(folder.path().resolve("run.json"), "[]");
        assertMessage(folder.path() + "/run.json is damaged: it is no record of a Run", folder::read);
        folder.writePredictions(0, List.of(prediction(0, "no")));
        Files.writeString(folder.path().resolve("predictions.jsonl"), "{\"stage\":0}\n");
        assertMessage(
                folder.path() + "/predictions.jsonl:1 is damaged: \"selected\" is missing",
                () -> folder.forEachPrediction(p -> {}));
    }

    @Test
    void aPlaceWithoutRunsIsNamed() {
        assertMessage(out + " is no run folder and holds none", () -> RunFolder.find(out));
        assertMessage("cannot read " + out.resolve("x") + ": there is no such", () -> RunFolder.find(out.resolve("x")));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.writeString(out.resolve("file"), "");
        assertMessage("cannot make a run folder in " + file, () -> RunFolder.create(file, run()));
    }

    private static void assertMessage(String start, Runnable action) {
        var e = assertThrows(RecordException.class, action::run);
        assertTrue(e.getMessage().startsWith(start.replace('/', File.separatorChar)), e.getMessage());
    }

    private static Prediction prediction(int stage, String text) {
        return new Prediction(
                stage,
                "c",
                "17",
                "What?",
                text,
                "yes",
                0.5,
                List.of(
                        new Prediction.Selected("k1", Optional.empty(), OptionalDouble.empty()),
                        new Prediction.Selected("c", Optional.of("c"), OptionalDouble.of(0.25))));
    }

    static Run run() {
        var study = StudyReader.parse("q.yaml", """
            study: q
            seeds: [7]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, test: 100}
            training: {rate: 0.05}
            arms:
              modalprompt: {learner: prompt, selector: {id: dual, k: 3, list: [a, b]}}
            """);
        var run = FACTORY.createRun();
        run.setStudy(study.getName());
        run.setArm(study.getArms().get(0));
        run.setBackbone(study.getBackbone());
        run.setEncoder(study.getEncoder());
        run.setBenchmark(study.getBenchmark());
        run.setTraining(study.getTraining());
        run.setSeed(7);
        run.setOrder("forward");
        run.getTasks().addAll(List.of("a, or b", "c"));
        run.setStatus(RunStatus.FINISHED);
        run.setStarted("2026-01-01T12:00:00Z");
        run.setSeconds(1.5);
        var stage = FACTORY.createStage();
        stage.setNumber(1);
        stage.setTrained(Long.MAX_VALUE);
        var loss = FACTORY.createFigure();
        loss.setName("answer");
        loss.setValue(Double.NaN);
        stage.getLosses().add(loss);
        run.getStages().add(stage);
        var version = FACTORY.createNote();
        version.setName("java");
        version.setText("17");
        run.getVersions().add(version);
        forgetPlaces(run);
        return run;
    }

    /** A record does not keep where in the study things stood. */
    private static void forgetPlaces(Run run) {
        List<EObject> all = new ArrayList<>();
        run.eAllContents().forEachRemaining(all::add);
        all.forEach(object -> object.eClass().getEAllStructuralFeatures().stream()
                .filter(EStructuralFeature::isTransient)
                .forEach(object::eUnset));
    }

    private static ScoreMatrix matrix() {
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().addAll(List.of("a, or b", "c"));
        matrix.getRows().add(row(0, List.of(0.0, 1 / 3.0)));
        matrix.getRows().add(row(1, List.of(0.57, 1.0)));
        return matrix;
    }

    private static Row row(int stage, List<Double> scores) {
        var row = FACTORY.createRow();
        row.setStage(stage);
        row.getScores().addAll(scores);
        return row;
    }
}
