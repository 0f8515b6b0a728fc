package karuta.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

    private final Path folder;
    private final Printer printer;

    TableReaderTest(@TempDir Path folder) {
        this.folder = folder;
        printer = new Printer(folder, 1);
    }

    private Table read(String text) {
        return printer.table(text, Optional.empty(), Map.of());
    }

    private static List<String> items(Table table) {
        return table.methods().stream()
                .flatMap(method -> method.items().stream().map(item -> method.name() + ": " + item))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method,A,B,BWT\nx,70.0,50.0,-3.1\n",
                "\uFEFFmethod,A,B,BWT\r\nx,70.0,50.0,-3.1\r\n",
                "method;A;B;BWT\nx;70.0;50.0;-3.1",
                "method\tA\tB\tBWT\nx\t70.0\t50.0\t-3.1",
                "# from a paper\n\"method\", \"A\", \"B\",**BWT** (%) ↑\n**x**,**70.0**,50.0%,−3.1\n\n",
            })
    void theSameTableIsWrittenInManyWays(String text) {
        assertEquals(
                List.of("x: A 70.0", "x: B 50.0", "x: BWT -3.1"),
                items(read(text)).stream()
                        .map(item -> item.replace("BWT (%) ↑", "BWT"))
                        .toList());
    }

    @Test
    void whatIsBlankIsNoNumber() {
        assertEquals(List.of("x: A 70.0"), items(read("method,A,B\nx,70.0,-\ny,n/a,?")));
    }

    @Test
    void rowsOfAMethodAreToldApartByTheirStage() {
        var table = read("method,after,A,B\nx,0,1.0,2.0\n,a,3.0,4.0\n,2,5.0,6.0\n");
        assertEquals(
                List.of("x: A (0) 1.0", "x: B (0) 2.0", "x: A (a) 3.0", "x: B (a) 4.0", "x: A 5.0", "x: B 6.0"),
                items(table));
    }

    @Test
    void aColumnOfWordsIsLeftOut() {
        var table = read("method,Venue,A,B\nx,ACL,1.0,2.0");
        assertEquals(List.of("A", "B"), table.tasks());
        assertEquals(List.of("The column \"Venue\" holds words and is left out."), table.notes());
    }

    @Test
    void aColumnWithoutAnyNumberIsATaskNobodyPrinted() {
        assertEquals(List.of("A", "B"), read("method,A,B\nx,,2.0").tasks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`method,A,B`|has no row below its headings",
                "`method,A,B\nx,1.0`|:2: there are 2 cells, but 3 headings",
                "`method,A,B\nx,1.0,abc\ny,1.0,2.0`|:2: \"abc\" is no number",
                "`method,A,B\nx,1.0,2.0\nx,1.0,2.0`|:3: \"x\" has two numbers for A",
                "`method,A,A\nx,1.0,2.0`|:1: two columns are headed \"A\"",
                "`method,MFT,MFN\nx,1.0,2.0`|does not say how many tasks there are",
                "`method,A\nx,1.0`|does not say how many tasks there are",
                "`method,T,MFT\nx,4,1.0\ny,5,1.0`|:3: 5 tasks are said, but there are 4",
                "`method,after,A,B\nx,C,1.0,2.0`|:2: there is no task \"C\"",
                "`method,after,A,B,BWT\nx,1,1.0,,2.0`|:2: BWT stands in a row that is not after the last task",
                "`method,A,B\nx,1.0,2.0\nN,10.5,10`|:3: 10.5 is no whole number",
                "`method,A,B\nx,1.0,2.0\nN,0,10`|:3: 0 is no number of samples or points",
                "`method,A,B\nN,10,10`|has no row of a method",
                "`method,A,B\n\"x,1.0,2.0`|:2: a quotation mark has no end",
                "`method;A;B\nx;1,0;2,0`|:2: \"1,0\" is no number",
            })
    void whatIsNoTableIsToldWithItsPlace(String text, String message) {
        var refused = assertThrows(KarutaException.class, () -> read(text));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void anUnknownMeaningOrHeadingIsTold() {
        var text = "method,A,B\nx,1.0,2.0";
        for (var meanings : List.of(Map.of("A", "bwt/mine"), Map.of("C", "mft"))) {
            assertThrows(KarutaException.class, () -> printer.table(text, Optional.empty(), meanings));
        }
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsTold() throws IOException {
        var missing = folder.resolve("none.csv");
        var refused = assertThrows(KarutaException.class, () -> Table.read(missing, Optional.empty(), Map.of()));
        assertTrue(refused.getMessage().contains("it is not there"), refused.getMessage());
        var binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThrows(KarutaException.class, () -> Table.read(binary, Optional.empty(), Map.of()));
    }
}
