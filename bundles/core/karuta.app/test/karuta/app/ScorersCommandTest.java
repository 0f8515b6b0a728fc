package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class ScorersCommandTest {

    private final Console console = new Console();

    @Test
    void rulesAreListedByFamily() {
        assertEquals(0, console.karuta("scorers"));
        assertEquals("""
            FAMILY     ID        WHOSE  MENDED BY  USED BY
            equality   same      Us     held       all
            grounding  box.coin  CoIN   box.iou    Grounding in CoIN
            others     box.iou          -
            others     held             -
            """, console.out());
    }

    @Test
    void aSlashWillDoForTheDot() {
        assertEquals(0, console.karuta("scorers", "box.coin"));
        var dot = console.out();
        assertEquals("""
            box.coin  (grounding; bundle a.bundle 1.2.3)
            Reads boxes. It loses a digit.

            whose                  CoIN
            used by                Grounding in CoIN
            needs of every sample  answers
            takes if it is there   size, image
            mended by              box.iou
            from                   CoIN
            """, dot);
        console.clear();
        assertEquals(0, console.karuta("scorers", "box/coin"));
        assertEquals(dot, console.out());
    }

    @Test
    void whatSeveralBeginWithListsThem() {
        assertEquals(0, console.karuta("scorers", "box"));
        assertEquals(3, console.out().lines().count());
    }

    @Test
    void scriptsGetJson() {
        assertEquals(0, console.karuta("scorers", "box/coin", "--json"));
        var one = JsonParser.parseString(console.out()).getAsJsonObject();
        assertEquals("box.coin", one.get("id").getAsString());
        assertEquals("box.iou", one.get("mended_by").getAsString());
        assertEquals(2, one.get("takes").getAsJsonArray().size());
        console.clear();
        assertEquals(0, console.karuta("scorers", "--json"));
        assertEquals(4, JsonParser.parseString(console.out()).getAsJsonArray().size());
    }

    @Test
    void theNearestRuleIsToldWhereThereIsNone() {
        assertEquals(2, console.karuta("scorers", "box/coim"));
        assertTrue(
                console.err().startsWith("error: there is no scorer \"box/coim\" (did you mean \"box.coin\"?)\n"),
                console.err());
    }
}
