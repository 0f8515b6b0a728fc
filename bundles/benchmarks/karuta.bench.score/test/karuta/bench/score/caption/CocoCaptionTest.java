package karuta.bench.score.caption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoCaptionTest {

    @TempDir
    private Path folder;

    private void has(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "");
    }

    private static String refusal(Map<String, String> environment) {
        return assertThrows(KarutaException.class, () -> new CaptionUcit(environment))
                .getMessage();
    }

    @Test
    void whoHasNotSaidWhereTheProgramsAreIsToldWhatToInstall() {
        for (var environment : List.of(Map.<String, String>of(), Map.of("KARUTA_COCO_CAPTION", " "))) {
            var message = refusal(environment);
            assertTrue(message.contains("\"caption.ucit\""), message);
            assertTrue(message.contains("KARUTA_COCO_CAPTION is not set"), message);
        }
        var remedy = assertThrows(KarutaException.class, () -> new CaptionSix(Map.of()))
                .getMessage();
        assertTrue(remedy.contains("pip install --no-deps --target coco pycocoevalcap"), remedy);
    }

    @Test
    void theFileThatLacksIsNamed() throws IOException {
        var environment = Map.of("KARUTA_COCO_CAPTION", folder.toString());
        assertTrue(refusal(environment).contains("no tokenizer/stanford-corenlp-3.4.1.jar"));
        has("tokenizer/stanford-corenlp-3.4.1.jar");
        assertTrue(refusal(environment).contains("no meteor/meteor-1.5.jar"));
        has("meteor/meteor-1.5.jar");
        assertTrue(refusal(environment).contains("no meteor/data/paraphrase-en.gz"));
    }

    @Test
    void captionsWithoutMeteorNeedTheTokeniserAlone() throws IOException {
        has("pycocoevalcap/tokenizer/stanford-corenlp-3.4.1.jar");
        new CaptionSix(Map.of("KARUTA_COCO_CAPTION", folder.toString()));
    }

    @Test
    void theFolderAboveThePackageWillDo() throws IOException {
        has("pycocoevalcap/tokenizer/stanford-corenlp-3.4.1.jar");
        assertEquals(
                folder.resolve("pycocoevalcap"),
                CocoCaption.find("r", CocoCaption.FOR_TOKENS, Map.of("KARUTA_COCO_CAPTION", folder.toString()))
                        .folder());
    }

    @Test
    void aDamagedJarIsToldWithWhatTheProgramSays() throws IOException {
        has("tokenizer/stanford-corenlp-3.4.1.jar");
        var six = new CaptionSix(Map.of("KARUTA_COCO_CAPTION", folder.toString()));
        var message = assertThrows(KarutaException.class, () -> six.score(List.of(Answers.one("a cat", "a cat"))))
                .getMessage();
        assertTrue(message.contains("Stanford's tokeniser ended with 1"), message);
        assertTrue(message.contains("PTBTokenizer"), message);
    }
}
