package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    private String table(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text).toString();
    }

    @Test
    void whatCanBeIsToldWithTheMeaningsOfItsColumns() throws IOException {
        assertEquals(0, console.karuta("audit", table("method,A,B,C,Last\nx,70.00,60.00,50.00,60.00\n")));
        assertEquals("""
            methods: 1, tasks: 3, printed numbers: 4

            COLUMN  DEFINITION  ROWS THAT FIT  LEEWAY
            Last    last/gem    1 of 1         0.0100  is meant

            Nothing contradicts the numbers.
            """, console.out());
    }

    @Test
    void whatCannotBeIsToldWithWhatWouldMendIt() throws IOException {
        assertEquals(1, console.karuta("audit", table("method,A,B,C,Last\nx,70.00,60.00,50.00,61.00\n")));
        assertTrue(console.out().contains("""
            x: A 70.00, B 60.00, C 50.00, Last 61.00 cannot stand together
              last/gem = 1/T sum_j R[T][j]
              one of these would make it fit: Last 60.01, A 72.97, B 62.97, C 52.97
            """), console.out());
    }

    @Test
    void aTableThatIsNoneIsNotUsable() throws IOException {
        assertEquals(2, console.karuta("audit", table("method,MFT\nx,70.00\n")));
        assertTrue(console.err().contains("does not say how many tasks there are"), console.err());
        assertEquals(0, console.karuta("audit", table("method,MFT\nx,70.00\n"), "--tasks", "8"));
    }

    @Test
    void headingsMayBeExplained() throws IOException {
        var text = "method,A,B,Score,Params\nx,70.00,60.00,65.00,7.10\n";
        assertEquals(0, console.karuta("audit", table(text), "--as", "Score=last/gem", "--as", "Params=ignore"));
        assertTrue(console.out().contains("Score   last/gem"), console.out());
    }

    @Test
    void scriptsGetJson() throws IOException {
        assertEquals(1, console.karuta("audit", table("method,A,B,Last\nx,70.00,60.00,90.00\n"), "--json"));
        assertTrue(console.out().startsWith("{\n  \"methods\": 1,"), console.out());
    }
}
