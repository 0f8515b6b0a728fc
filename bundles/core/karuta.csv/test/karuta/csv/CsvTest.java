package karuta.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    private static List<Csv.Row> rows(boolean comments, String text) throws IOException {
        var rows = new ArrayList<Csv.Row>();
        new Csv(comments).each(new StringReader(text), rows::add);
        return rows;
    }

    private static Csv.Row row(int number, String... cells) {
        return new Csv.Row(number, List.of(cells));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n", "\uFEFFa;b\r\n1;2", "\n\"a\"\tb\n 1\t\"2\"\n", "a, b\n\"1\" , 2\n\n"})
    void theSameRowsAreWrittenInManyWays(String text) throws IOException {
        assertEquals(
                List.of(List.of("a", "b"), List.of("1", "2")),
                rows(false, text).stream().map(Csv.Row::cells).toList());
    }

    @Test
    void aRowIsAtItsFirstLineWhateverIsBeforeOrWithinIt() throws IOException {
        assertEquals(
                List.of(
                        row(2, "a", "b"),
                        row(3, "one\ntwo, \"three\"\n\nfour", "x"),
                        row(8, "5", "6"),
                        row(9, "7", "8")),
                rows(true, "# a note\na,b\n\"one\ntwo, \"\"three\"\"\n\nfour\",x\n\n5,6\n7,8"));
    }

    @Test
    void aLineWithAHashIsARowUnlessItIsSaidToBeNone() throws IOException {
        assertEquals(List.of(row(1, "a,b".split(",")), row(2, "#1", "2")), rows(false, "a,b\n#1,2\n"));
        assertEquals(List.of(row(1, "a", "b")), rows(true, "a,b\n#1,2\n"));
    }

    @Test
    void aQuotationMarkWithoutEndIsToldWithItsLine() {
        var broken = assertThrows(Csv.Broken.class, () -> rows(false, "a,b\n1,2\n\"3,4\n5,6\n"));
        assertEquals(3, broken.line());
    }

    @Test
    void readingEndsWhereNothingIsWanted() throws IOException {
        var rows = new ArrayList<Csv.Row>();
        new Csv(false).each(new StringReader("a,b\n1,2\n\"3"), row -> {
            rows.add(row);
            return false;
        });
        assertEquals(List.of(row(1, "a", "b")), rows);
    }
}
