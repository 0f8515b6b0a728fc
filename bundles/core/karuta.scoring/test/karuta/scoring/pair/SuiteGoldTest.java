package karuta.scoring.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.scoring.file.PredictionFile;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks of suites, on small invented copies. */
class SuiteGoldTest {

    private static final String CAPTIONS = "ucit/Flickr30k/val_coco_type_3000.json";

    @TempDir
    private Path root = Path.of("");

    private Path write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text.replace('\'', '"'));
    }

    private SuiteGold gold(String suite) {
        return new SuiteGold(new SuiteData(Suite.of(suite), root.resolve(suite), SuiteOptions.STRICT));
    }

    private void captions() throws IOException {
        write(
                "ucit/Flickr30k/test.json",
                "[{'question_id': 0, 'image': 'a.jpg', 'text': 'What happens?'},"
                        + " {'question_id': 1, 'image': 'b.jpg', 'text': 'What happens?'}]");
        write(
                CAPTIONS,
                "{'images': [{'id': 1, 'file_name': 'a.jpg'}, {'id': 2, 'file_name': 'b.jpg'}], 'annotations':"
                        + " [{'id': 1, 'image_id': 1, 'caption': 'a cat'}, {'id': 2, 'image_id': 2, 'caption': 'a dog'}]}");
    }

    @Test
    void resultsOfCocoCallSamplesAsTheFileOfCaptionsDoes() throws IOException {
        captions();
        var results = PredictionFile.open(
                write("pred.json", "[{'image_id': 2, 'caption': 'dog'}, {'image_id': 1, 'caption': 'cat'}]"));
        var paired = new Pairer(AnswerSource.of(results), gold("ucit").gold("Flickr30k")).pair(Pairing.ID);
        assertEquals(
                List.of("a cat: cat", "a dog: dog"),
                paired.responses().stream()
                        .map(each -> each.sample().answer() + ": " + each.answer())
                        .toList());
    }

    @Test
    void captionsWithoutTheirFileAreToldByItsName() throws IOException {
        captions();
        Files.delete(root.resolve(CAPTIONS));
        var told = assertThrows(KarutaException.class, () -> gold("ucit").gold("Flickr30k"))
                .getMessage();
        assertTrue(told.contains("val_coco_type_3000.json"), told);
    }

    @Test
    void tasksAreFoundByWhatOtherCodesCallThemAndBringTheirRulesAndFields() throws IOException {
        write(
                "coin/playground/Instructions_Original/ScienceQA/test.json",
                "[{'question_id': '1', 'text': 'q', 'answer': 'B'}]");
        write("coin/cl_dataset/ScienceQA/pid_splits.json", "{'test': ['1']}");
        write("coin/cl_dataset/ScienceQA/problems.json", "{'1': {'choices': ['x', 'y'], 'answer': 1}}");
        var book = gold("coin");
        assertEquals(Optional.of("OCR-VQA"), book.find("OCRVQA"));
        assertEquals(Optional.empty(), book.find("Finetune"));
        assertEquals("choice.coin", book.rules("ScienceQA").get(0));
        var sample = book.gold("ScienceQA").samples().get(0);
        assertEquals(List.of("x", "y"), sample.fields().get("choices"));
        assertEquals(List.of("B"), sample.references());
    }
}
