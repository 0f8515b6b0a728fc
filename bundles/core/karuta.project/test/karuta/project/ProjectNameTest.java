package karuta.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.lang.model.SourceVersion;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNameTest {

    @Test
    void theLastWordIsIdAndClass() {
        var name = new ProjectName("my.lab.near_est2");
        assertEquals("near_est2", name.id());
        assertEquals("NearEst2", name.className());
        assertEquals("my/lab/near_est2", name.path());
        assertEquals("Alone", new ProjectName("alone").className());
    }

    @ParameterizedTest
    @CsvSource({
        "'', The name is empty",
        "' ', The name is empty",
        "my.lab.class, \"class\" in \"my.lab.class\" is a word of the Java language",
        "my.true.x, \"true\" in \"my.true.x\" is a word",
        "my.lab.Nearest, \"my.lab.Nearest\" is no Java package",
        "my/lab/nearest, is no Java package",
        "my-lab.nearest, is no Java package",
        "my.lab.1st, is no Java package",
        "my..lab, has a full stop without a word",
        ".my.lab, has a full stop without a word",
        "my.lab., has a full stop without a word",
        "karuta.mine, begins with \"karuta\"",
        "java.util.mine, begins with \"java\"",
        "my.läb, is no Java package",
    })
    void whatIsNoPackageIsRefusedInWords(String name, String why) {
        var refused = assertThrows(KarutaException.class, () -> new ProjectName(name));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertTrue(refused.getMessage().contains("such as my.lab.nearest"), refused.getMessage());
    }

    @Test
    void aNameThatNoFolderCouldHaveIsRefused() {
        assertThrows(KarutaException.class, () -> new ProjectName("a".repeat(300)));
    }

    @Test
    void theWordsOfTheLanguageAreJavas() {
        for (var word : ProjectName.KEYWORDS) {
            assertTrue(SourceVersion.isKeyword(word), word);
        }
        for (var word : "_ record enum var goto const null true yield sealed strictfp assert".split(" ")) {
            assertEquals(
                    SourceVersion.isKeyword(word, SourceVersion.RELEASE_17) && !word.equals("_"),
                    ProjectName.KEYWORDS.contains(word),
                    word);
        }
        assertEquals(50 + 3 + 0, ProjectName.KEYWORDS.size()); // 50 reserved without _, and true, false, null
    }
}
