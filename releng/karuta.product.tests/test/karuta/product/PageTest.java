package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that say how something is done, step by step, do it. */
class PageTest {

    private static final Path PAGES = Path.of("..", "..", "bundles", "dev", "karuta.doc");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = "write-a-strategy.md")
    void whatAPageSaysIsWhatHappens(String page) throws IOException {
        var product = Product.in(folder);
        Page.of(page, Files.readString(PAGES.resolve(page)))
                .run(
                        Files.createDirectories(folder.resolve("fresh")),
                        product.home(),
                        Map.of("KARUTA_CACHE", product.cache().toString()));
    }

    private void run(String page) throws IOException {
        Page.of("page.md", page).run(folder, folder, Map.of("GREETING", "hello"));
    }

    private void refuses(String what, String page) {
        var refused = assertThrows(AssertionError.class, () -> run(page));
        assertTrue(refused.getMessage().startsWith("page.md:" + what), refused.getMessage());
    }

    @Test
    void filesAreWrittenAndCommandsShareAFolder() throws IOException {
        run("""
            Words.
            ```yaml file=new/a.yaml
            a: 1
            ```
            ```sh
            echo "$GREETING" > said
            cat new/a.yaml
            ```
            ```output
            a: 1
            ```
            ```sh
            cat said
            ```
            ```output
            hello
            ```
            """);
        assertEquals("a: 1\n", Files.readString(folder.resolve("new/a.yaml")));
    }

    @Test
    void aCommandThatFailsIsNamedByItsLineUnlessThePageSaysSo() throws IOException {
        refuses("1: ended with 1", "```sh\nfalse\ntrue\n```\n");
        run("```sh exit=3\nexit 3\n```\n");
        refuses("1: ended with 0", "```sh exit=3\ntrue\n```\n");
    }

    @Test
    void whatIsNotPrintedIsNamedByItsLine() {
        refuses("6: ", "```sh\nprintf 'a\\nb\\n'\n```\n```output\na\nc\n```\n");
        refuses("5: ", "```sh\nprintf 'a\\nb\\n'\n```\n```output\na\n```\n");
    }

    @Test
    void anEllipsisStandsForLinesOrForCharacters() {
        var printed = List.of("one", "two 17 s", "three");
        assertEquals(-1, new Shown(0).missing(List.of("...", "two ... s", "..."), printed));
        assertEquals(-1, new Shown(0).missing(List.of("one", "...", "three"), printed));
        assertEquals(1, new Shown(0).missing(List.of("...", "two", "..."), printed));
        assertEquals(2, new Shown(0).missing(List.of("...", "three", "one"), printed));
    }

    @Test
    void numbersMayDifferByAsMuchAsIsSaid() {
        var printed = List.of("dual    3  90.4 ± 1.4");
        assertEquals(-1, new Shown(2).missing(List.of("dual  3  89.0 ± 1.0"), printed));
        assertEquals(0, new Shown(1).missing(List.of("dual  3  89.0 ± 1.0"), printed));
        assertEquals(0, new Shown(2).missing(List.of("dual  4  89.0 ± 1.0"), printed));
    }
}
