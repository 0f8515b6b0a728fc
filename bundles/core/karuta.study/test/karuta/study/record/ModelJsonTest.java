package karuta.study.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import karuta.study.KarutaFactory;
import karuta.study.KarutaPackage;
import karuta.study.Note;
import karuta.study.Option;
import karuta.study.Run;
import karuta.study.Stage;
import karuta.study.StrategyReference;
import karuta.study.file.StudyReader;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;

class ModelJsonTest {

    private static final String STUDY = """
        study: s
        backbone: b
        encoder: e
        benchmark: x
        arms:
          a: {from: runs/x y, learner: {id: l, n: 8, rate: 0.060, big: 1e3, on: true, odd: 007, path: /m, none: "", list: [1, a], one: [2]}}
        """;

    @Test
    void optionsAreReadAndWrittenAsPeopleWriteThem() {
        var arm = StudyReader.parse("s.yaml", STUDY).getArms().get(0);
        var text = ModelJson.write(arm);
        var options = JsonParser.parseString(text)
                .getAsJsonObject()
                .getAsJsonObject("learner")
                .get("options");
        assertEquals(
                "{\"n\":8,\"rate\":0.060,\"big\":1e3,\"on\":true,\"odd\":\"007\",\"path\":\"/m\",\"none\":\"\",\"list\":[1,\"a\"],\"one\":[2]}",
                options.toString());
        assertTrue(text.contains("\"from\": \"runs/x y\""), text);
        var again = ModelJson.read(text, KarutaPackage.Literals.ARM, karuta.study.Arm.class);
        assertEquals(options(arm.getLearner()), options(again.getLearner()));
        assertEquals("runs/x y", again.getFrom().getText());
    }

    private static List<String> options(StrategyReference strategy) {
        return strategy.getOptions().stream()
                .map((Option option) -> option.getKey() + option.isList() + option.texts())
                .toList();
    }

    @Test
    void figuresAndNotesHaveTheirNamesAsKeys() {
        var run = KarutaFactory.eINSTANCE.createRun();
        for (var note : List.of("a=1", "a=2", "b=3")) {
            run.getData().add(note(note));
        }
        var stage = KarutaFactory.eINSTANCE.createStage();
        for (var value : new double[] {0.25, Double.NaN}) {
            var figure = KarutaFactory.eINSTANCE.createFigure();
            figure.setName("f" + value);
            figure.setValue(value);
            stage.getLosses().add(figure);
        }
        var json = JsonParser.parseString(ModelJson.write(run)).getAsJsonObject();
        assertEquals("{\"a\":[\"1\",\"2\"],\"b\":\"3\"}", json.get("data").toString());
        var losses =
                JsonParser.parseString(ModelJson.write(stage)).getAsJsonObject().get("losses");
        assertEquals("{\"f0.25\":0.25,\"fNaN\":\"NaN\"}", losses.toString());
        assertTrue(EcoreUtil.equals(
                stage, ModelJson.read(ModelJson.write(stage), KarutaPackage.Literals.STAGE, Stage.class)));
    }

    private static Note note(String text) {
        var note = KarutaFactory.eINSTANCE.createNote();
        note.setName(text.split("=")[0]);
        note.setText(text.split("=")[1]);
        return note;
    }

    @Test
    void whatWouldLoseItsOrderKeepsTheLongFormAndOldRecordsAreReadable() {
        var stage = KarutaFactory.eINSTANCE.createStage();
        var arm = StudyReader.parse("s.yaml", STUDY).getArms().get(0);
        var learner = arm.getLearner();
        learner.getOptions().add(EcoreUtil.copy(learner.getOptions().get(0)));
        var text = ModelJson.write(learner);
        assertTrue(text.contains("\"key\": \"n\""), text);
        var again = ModelJson.read(text, KarutaPackage.Literals.STRATEGY_REFERENCE, StrategyReference.class);
        assertEquals(options(learner), options(again));
        assertTrue(stage.getLosses().isEmpty());
        var old =
                "{\"kind\": \"pool\", \"id\": \"p\", \"options\": [{\"key\": \"n\", \"list\": false, \"values\": [{\"text\": \"8\"}]}]}";
        assertEquals(
                List.of("nfalse[8]"),
                options(ModelJson.read(old, KarutaPackage.Literals.STRATEGY_REFERENCE, StrategyReference.class)));
    }

    @Test
    void aFigureThatIsNoNumberIsRefused() {
        for (var losses : List.of("{\"lm\": \"x\"}", "{\"lm\": {}}", "{\"lm\": [1, 2]}", "3")) {
            assertThrows(
                    JsonParseException.class,
                    () -> ModelJson.read(
                            "{\"number\": 1, \"losses\": " + losses + "}", KarutaPackage.Literals.STAGE, Stage.class),
                    losses);
        }
        assertThrows(
                JsonParseException.class,
                () -> ModelJson.read("{\"data\": {\"a\": {}}}", KarutaPackage.Literals.RUN, Run.class));
    }
}
