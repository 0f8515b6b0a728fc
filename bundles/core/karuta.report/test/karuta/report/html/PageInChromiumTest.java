package karuta.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader has it. Skipped where there is no Chromium. */
@TestInstance(Lifecycle.PER_CLASS)
class PageInChromiumTest {

    private static final int PHONE = 390;
    private static final int DESK = 1280;
    private static final List<String> LOCAL = List.of("file:", "data:");

    private Chromium browser;
    private Path page;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var program = Chromium.installed();
        Assumptions.assumeTrue(
                program.isPresent(),
                "Chromium is not installed, so nobody looks at the report (Debian: apt install chromium)");
        page = folder.resolve("report.html");
        Files.writeString(page, new HtmlReport(Hostile.report(folder.resolve("runs")), Hostile.choices()).page());
        browser = new Chromium(program.orElseThrow(), Files.createDirectory(folder.resolve("profile")), LOCAL);
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        browser.complaints().clear();
        browser.screen(DESK, false);
        browser.open(page.toUri());
    }

    /** Chooses in the box with a label, as a hand would. */
    private void choose(String label, String text) throws Exception {
        browser.evaluate("""
                (() => {
                  const box = [...document.querySelectorAll('.filters label')].find(l => l.firstChild.data === '%s').children[0];
                  const found = [...box.options].filter(o => o.text.startsWith('%s'));
                  box.value = found.sort((a, b) => a.text.length - b.text.length)[0].value;
                  box.dispatchEvent(new Event('change', {bubbles: true}));
                })()""".formatted(label, text));
    }

    private String count() throws Exception {
        return browser.evaluate("document.querySelector('.browser [role=status]').textContent");
    }

    @Test
    void hostileTextIsShownAndNeverRuns() throws Exception {
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.evaluate("new Promise(done => setTimeout(done, 300))");
        assertEquals("undefined", browser.evaluate("window.owned"));
        assertTrue(
                browser.evaluate("document.querySelector('.samples .ask').textContent")
                        .startsWith("what is it? </script><script>window.owned=1"),
                "shown as it is");
        assertEquals("0", browser.evaluate("document.querySelectorAll('img[onerror]').length"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void thePolicyRefusesScriptsThatComeLater() throws Exception {
        browser.evaluate("""
                (() => {
                  document.querySelector('h1').innerHTML = '<img src="x" onerror="window.owned=1">';
                  const later = document.createElement('script');
                  later.textContent = 'window.owned = 2';
                  document.body.append(later);
                })()""");
        browser.evaluate("new Promise(done => setTimeout(done, 300))");
        assertEquals("undefined", browser.evaluate("window.owned"));
        assertTrue(
                browser.complaints().toString().contains("Content Security Policy"),
                "the browser says that it refused");
    }

    @Test
    void filtersFindWhatTheyName() throws Exception {
        assertEquals("60 of 60 answers, 40 of them right", count(), "after the last stage: a third of a, all of b");
        choose("Answer", "wrong");
        choose("Answer", "right or wrong");
        choose("Task", "a");
        assertEquals("30 of 60 answers, 10 of them right", count());
        choose("Change", "right once learned");
        assertEquals("20 of 60 answers, 0 of them right", count());
        choose("Change", "other answer");
        assertEquals("20 of 60 answers, 0 of them right", count());
        choose("Stage", "1 after a");
        assertEquals("30 of 60 answers, 30 of them right", count(), "all were wrong before training");
        choose("Change", "any");
        choose("Stage", "0 before");
        assertEquals("30 of 60 answers, 0 of them right", count());
        choose("Task", "all");
        choose("Stage", "2 after b");
        choose("Answer", "wrong");
        assertEquals("20 of 60 answers, 0 of them right", count());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void wordsAreSearchedAndPagesTurned() throws Exception {
        assertEquals("page 1 of 3", browser.evaluate("document.querySelector('.pager .count').textContent"));
        browser.evaluate("document.querySelectorAll('.pager button')[1].click()");
        assertEquals("page 2 of 3", browser.evaluate("document.querySelector('.pager .count').textContent"));
        assertEquals("21", browser.evaluate("document.querySelector('.samples').start"));
        browser.evaluate("""
                (() => {
                  const words = document.querySelector('.filters input');
                  words.value = 'B5';
                  words.dispatchEvent(new Event('input'));
                })()""");
        assertEquals("10 of 60 answers, 10 of them right", count(), "b50 to b59");
    }

    @Test
    void anAnswerOpensWithItsHistoryAndItsCards() throws Exception {
        browser.evaluate("document.querySelector('.samples summary').click()");
        browser.evaluate("new Promise(done => setTimeout(done, 200))");
        var history = browser.evaluate(
                "[...document.querySelectorAll('.detail table')[0].rows].map(row => row.cells[0].textContent + ': '"
                        + " + row.cells[3].textContent).join('; ')");
        assertEquals("stage: score; 0 before training: ✗ 0; 1 after a: ✓ 1; 2 after b: ✓ 1", history);
        assertTrue(browser.evaluate("document.querySelectorAll('.detail table')[0].rows[2].cells[4].textContent")
                .endsWith("(0.25)"));
        assertEquals("2", browser.evaluate("document.querySelectorAll('.detail table')[1].tBodies[0].rows.length"));
        assertEquals("144", browser.evaluate("document.querySelector('.detail img').naturalWidth"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theKeyboardReachesEverything() throws Exception {
        browser.press("Tab", 9);
        assertEquals("Skip to the report", browser.evaluate("document.activeElement.textContent"));
        assertEquals(
                "true", browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), "and is shown");
        browser.press("Enter", 13);
        browser.call(
                "Input.dispatchKeyEvent",
                "{\"type\":\"char\",\"key\":\"Enter\",\"text\":\"\\r\",\"windowsVirtualKeyCode\":13}");
        browser.evaluate("document.querySelector('.skip').click()");
        assertEquals("#main", browser.evaluate("location.hash"));
        var reached = new ArrayList<String>();
        for (var i = 0; i < 60 && !reached.contains("Next"); i++) {
            browser.press("Tab", 9);
            reached.add(browser.evaluate("""
                    document.activeElement.labels?.[0]?.firstChild.data ?? (document.activeElement.textContent || '').slice(0, 24)"""));
        }
        assertTrue(
                reached.containsAll(List.of(
                        "What the metrics mean", "Arm", "Stage", "Task", "Answer", "Change", "Words in it", "Next")),
                reached.toString());
        assertTrue(reached.indexOf("Arm") < reached.indexOf("Words in it"), "in the order in which they stand");
    }

    @Test
    void whoHearsThePageIsToldWhatThingsAre() throws Exception {
        assertEquals("en", browser.evaluate("document.documentElement.lang"));
        assertEquals(
                "0",
                browser.evaluate(
                        "[...document.querySelectorAll('svg')].filter(s => !s.querySelector('title')).length"));
        assertEquals(
                "0",
                browser.evaluate(
                        "[...document.querySelectorAll('select, input')].filter(e => !e.labels.length).length"));
        assertEquals("0", browser.evaluate("[...document.querySelectorAll('th')].filter(h => !h.scope).length"));
        assertEquals("1", browser.evaluate("document.querySelectorAll('h1').length"));
        assertEquals(
                browser.evaluate("document.querySelectorAll('[id]').length"),
                browser.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"),
                "every id once");
        assertEquals(
                "0",
                browser.evaluate(
                        "[...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.hash)).length"));
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() throws Exception {
        for (var width : List.of(PHONE, 320)) {
            browser.screen(width, false);
            browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            browser.evaluate("new Promise(done => setTimeout(done, 300))");
            assertEquals(Integer.toString(width), browser.evaluate("document.documentElement.scrollWidth"));
            assertEquals(
                    "0",
                    browser.evaluate(
                            "[...document.querySelectorAll('select, input, button, nav a')].filter(e => e.offsetHeight > 0 &&"
                                    + " e.offsetHeight < 24).length"),
                    "targets that a finger misses (WCAG 2.5.8)");
        }
    }

    @Test
    void lightAndDarkAreBothReadable() throws Exception {
        var shots = new ArrayList<byte[]>();
        for (var dark : List.of(false, true)) {
            browser.screen(DESK, dark);
            browser.evaluate("new Promise(done => setTimeout(done, 200))");
            shots.add(browser.shot());
            var least = browser.leastContrast();
            assertTrue(least >= 4.5, (dark ? "dark" : "light") + ": a text has a contrast of " + least);
        }
        assertNotEquals(Arrays.hashCode(shots.get(0)), Arrays.hashCode(shots.get(1)));
    }
}
