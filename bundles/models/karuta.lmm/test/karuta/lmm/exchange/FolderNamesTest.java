package karuta.lmm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderNamesTest {

    private final FolderNames names = new FolderNames();

    @ParameterizedTest
    @CsvSource({
        "scienceqa, scienceqa",
        "vqa-v2_a+b.c, vqa-v2_a+b.c",
        "vizwiz#2, vizwiz_2",
        "../up, _._up",
        "a\\b:c, a_b_c",
        "-rf, _rf",
        "end., end_",
        "Con, _Con",
        "nul.txt, _nul.txt",
        "'', _",
        "é, _"
    })
    void everyNameBecomesOneThatEveryFileSystemTakes(String card, String folder) {
        assertEquals(folder, names.of(card));
    }

    @Test
    void noTwoCardsGetOneFolder() {
        assertEquals("a_b", names.of("a/b"));
        assertEquals("a_b-2", names.of("a b"));
        assertEquals("A_B-3", names.of("A_B"));
        assertEquals("a_b-2-2", names.of("a_b-2"));
    }

    @Test
    void longNamesAreCut() {
        assertEquals("x".repeat(100), names.of("x".repeat(300)));
    }
}
