package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CheckCommandTest {

    private final Console console = new Console();

    @Test
    void everyPropertyHasItsLine() {
        assertEquals(0, console.karuta("check", "scorer.same"), console.err());
        assertEquals("""
            scorer.same
              ok              a score for every answer
              ok              scores from 0 to 1
              ok              the same scores whenever it is asked
              ok              scores do not depend on the order
              ok              right answers count at least as much as wrong ones
            """, console.out());
    }

    @Test
    void scriptsGetJson() {
        assertEquals(0, console.karuta("check", "scorer.same", "scorer.held", "--json"), console.err());
        var all = JsonParser.parseString(console.out()).getAsJsonArray();
        assertEquals(2, all.size());
        var held = all.get(1).getAsJsonObject();
        assertEquals("scorer.held", held.get("strategy").getAsString());
        assertEquals("a.bundle", held.get("bundle").getAsString());
        assertTrue(StreamSupport.stream(held.getAsJsonArray("properties").spliterator(), false)
                .allMatch(property ->
                        property.getAsJsonObject().get("outcome").getAsString().equals("ok")));
    }

    @Test
    void whatCannotBeMadeIsNotCheckedAndToldWhy() {
        assertEquals(2, console.karuta("check", "scorer.box.coin"));
        assertEquals("""
            scorer.box.coin
              not checked     a score for every answer: cannot be made do not try
            """, console.out());
    }

    @Test
    void whoChecksAllIsToldWhatWasNotChecked() {
        assertEquals(0, console.karuta("check", "--all"), console.out());
        assertTrue(
                console.out().contains("5 strategies: 0 with a property that fails [], 3 not or not wholly checked"),
                console.out());
    }

    @Test
    void aMisspeltNameAStudyAndNothingAreToldInWords() {
        assertEquals(2, console.karuta("check", "selektor.dual"));
        assertEquals(2, console.karuta("check", "selector.duel"));
        assertEquals(2, console.karuta("check"));
        assertTrue(console.err().contains("did you mean \"selector\"?"), console.err());
        assertTrue(console.err().contains("did you mean \"dual\"?"), console.err());
        assertTrue(console.err().contains("name a strategy, such as selector.dual, or say --all"), console.err());
    }

    @Test
    void anOptionThatItDoesNotHaveIsTold() {
        assertEquals(2, console.karuta("check", "scorer.same", "--set", "kk=1"));
        assertTrue(console.err().contains("has no option \"kk\""), console.err());
    }
}
