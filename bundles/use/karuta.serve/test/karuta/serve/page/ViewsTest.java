package karuta.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows, to whom and how. */
class ViewsTest extends OpenedPage {

    @Test
    void theMonitorShowsWhatIsTheMatter() throws Exception {
        view("monitor");
        assertTrue(text(".alarm").startsWith("Drift: street signsThe last 40 different questions"));
        assertEquals("1", text("#alarms"));
        assertEquals(
                "as in validation,as in validation,as in validation,as in validation,drift,not validated",
                browser.evaluate(
                        "[...document.querySelectorAll('.monitor-cards .chip')].map(c => c.textContent).join()"));
        assertEquals("2", browser.evaluate("document.querySelectorAll('figure > svg[role=img]').length"));
        var day = browser.evaluate("document.querySelectorAll('figure svg[role=img]')[0].querySelectorAll('g').length");
        assertEquals("24", day, "a bar for each hour");
        browser.evaluate("document.querySelector('.spans input[value=hour]').click()");
        browser.await("document.querySelectorAll('figure svg[role=img]')[0].querySelectorAll('g').length > 24");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theHistoryShowsWhoAndTheScoresBeforeAndAfter() throws Exception {
        view("history");
        assertEquals("1", browser.evaluate("document.querySelectorAll('.revisions .chip').length"), "one is in use");
        var scores = browser.evaluate(
                "[...document.querySelectorAll('.revisions > li')].find(l => l.textContent.startsWith('Learned plants'))"
                        + ".querySelector('table').innerText.replace(/\\s+/g, ' ')");
        assertEquals(
                "Task before after change invoices 82.0 82.0 0.0 pets 80.0 78.6 ▼ −1.4 plants 12.5 84.2 ▲ +71.7 street signs 81.0 81.0 0.0",
                scores);
        assertTrue(text(".cards > li:nth-child(3)").contains("Cost pets 1.4 points"));
    }

    @Test
    void theKeyboardReachesEverything() throws Exception {
        write("What is this?");
        ask();
        browser.evaluate("document.activeElement.blur()");
        var reached = new ArrayList<String>();
        for (var i = 0; i < 25 && !reached.contains("Better answer …"); i++) {
            browser.press("Tab", 9);
            reached.add(browser.evaluate(
                    "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().slice(0, 20)"));
        }
        assertEquals(
                List.of(
                        "Skip to the content",
                        "Ask",
                        "Cards and history",
                        "Monitor1",
                        "Token",
                        "Choose an image, dro",
                        "Question",
                        "Ask",
                        "Right",
                        "Wrong",
                        "Better answer …"),
                reached);
        browser.evaluate("document.querySelector('#question').focus()");
        browser.call(
                "Input.dispatchKeyEvent",
                "{\"type\":\"rawKeyDown\",\"key\":\"Enter\",\"code\":\"Enter\",\"windowsVirtualKeyCode\":13,\"modifiers\":2}");
        browser.await("document.querySelectorAll('.answers > li').length === 2");
    }

    /** A button that is disabled while it waits would lose it. */
    @Test
    void theKeyboardStaysWhereItWas() throws Exception {
        write("What is this?");
        browser.evaluate("document.querySelector('.composer button[type=submit]').focus()");
        ask();
        browser.await("document.querySelector('.composer button[type=submit]').textContent === 'Ask'");
        assertEquals("Ask", focused());
        for (var button : List.of("Right", "Wrong")) {
            browser.evaluate("[...document.querySelectorAll('.judgement button')].find(b => b.textContent === '"
                    + button + "').focus()");
            press(button);
            assertEquals(button, focused());
        }
        browser.evaluate("document.querySelector('.judgement [aria-expanded]').click()");
        assertEquals("The right answer", focused());
        browser.evaluate("document.activeElement.value = 'a lynx'");
        press("Send");
        assertEquals("Better answer …", focused());
        assertEquals("false", browser.evaluate("document.activeElement.ariaExpanded"));
    }

    @Test
    void whoHearsThePageIsToldWhatThingsAre() throws Exception {
        write("What is this?");
        ask();
        assertEquals("en", browser.evaluate("document.documentElement.lang"));
        for (var view : VIEWS) {
            view(view);
            assertEquals(
                    "0",
                    browser.evaluate(
                            "[...document.querySelectorAll('svg')].filter(s => s.getAttribute('aria-hidden') !== 'true'"
                                    + " && !s.querySelector('title')).length"),
                    view + ": figures have titles");
            assertEquals(
                    "0",
                    browser.evaluate(
                            "[...document.querySelectorAll('input, textarea, select')].filter(e => !e.labels.length).length"),
                    view + ": fields have labels");
            assertEquals(
                    "0",
                    browser.evaluate(
                            "[...document.querySelectorAll('img')].filter(i => !i.hasAttribute('alt')).length"));
            assertEquals("0", browser.evaluate("[...document.querySelectorAll('th')].filter(h => !h.scope).length"));
            assertEquals("1", browser.evaluate("document.querySelectorAll('h1').length"), view);
            assertEquals(
                    browser.evaluate("document.querySelectorAll('[id]').length"),
                    browser.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"),
                    view + ": every id once");
        }
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() throws Exception {
        write("What is this?");
        ask();
        for (var width : List.of(PHONE, 320)) {
            browser.screen(width, false);
            for (var view : VIEWS) {
                view(view);
                browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                browser.evaluate("new Promise(done => setTimeout(done, 300))");
                assertEquals(Integer.toString(width), browser.evaluate("document.documentElement.scrollWidth"), view);
                assertEquals(
                        "",
                        browser.evaluate(
                                "[...document.querySelectorAll('textarea, input:not([type=file], [type=radio]), button, a, summary')]"
                                        + ".filter(e => e.checkVisibility() && !e.matches('.skip') && e.offsetHeight < 24).map(e => e.outerHTML).join()"),
                        view + ": targets that a finger misses (WCAG 2.5.8)");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lightAndDarkAreBothReadable(boolean dark) throws Exception {
        browser.screen(DESK, dark);
        write("What is this?");
        ask();
        service.refused.put("/api/ask", 429);
        browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
        browser.await("document.querySelector('.trouble')");
        for (var view : VIEWS) {
            view(view);
            browser.evaluate("new Promise(done => setTimeout(done, 400))");
            var least = browser.leastContrast();
            assertTrue(least >= 4.5, view + ": a text has a contrast of " + least);
        }
    }
}
