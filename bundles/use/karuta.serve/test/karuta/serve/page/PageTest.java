package karuta.serve.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import karuta.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as its user has it. Skipped where there is no Chromium. */
@TestInstance(Lifecycle.PER_CLASS)
class PageTest {

    private static final int PHONE = 390;
    private static final int DESK = 1280;
    private static final List<String> VIEWS = List.of("ask", "history", "monitor");

    /** Gives the page a file as a drop or a paste would. */
    private static final String GIVE = """
            (() => {
              const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
              const given = new DataTransfer();
              given.items.add(new File([bytes], '%s', {type: '%s'}));
              const options = {bubbles: true, cancelable: true, dataTransfer: given, clipboardData: given};
              document.querySelector('%s').dispatchEvent(new %s('%s', options));
            })()""";

    private StubService service;
    private Chromium browser;
    private Path image;
    private byte[] png;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var program = Chromium.installed();
        Assumptions.assumeTrue(
                program.isPresent(),
                "Chromium is not installed, so nobody looks at the page (Debian: apt install chromium)");
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", bytes);
        png = bytes.toByteArray();
        image = Files.write(folder.resolve("given.png"), png);
        service = new StubService();
        browser = new Chromium(
                program.orElseThrow(),
                Files.createDirectory(folder.resolve("profile")),
                List.of(service.address().toString(), "blob:" + service.address()));
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
            service.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        service.reset();
        browser.screen(DESK, false);
        browser.open(service.address());
        browser.await("document.querySelector('#alarms').textContent === '1'");
        browser.complaints().clear();
    }

    private void view(String name) throws Exception {
        browser.evaluate("location.hash = '" + name + "'");
        browser.await("document.querySelector('nav a[aria-current]').dataset.view === '" + name + "'");
        browser.await(
                switch (name) {
                    case "history" -> "document.querySelectorAll('.revisions > li').length === 7";
                    case "monitor" -> "document.querySelectorAll('.monitor-cards tbody tr').length === 6";
                    default -> "document.querySelector('.composer')";
                });
    }

    private void write(String question) throws Exception {
        browser.evaluate("document.querySelector('#question').value = '" + question + "'");
    }

    private void ask() throws Exception {
        var before = browser.evaluate("document.querySelectorAll('.answers > li').length");
        browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
        browser.await("document.querySelectorAll('.answers > li').length === 1 + " + before);
    }

    private String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent");
    }

    private StubService.Seen asked() {
        return service.seen.get(service.seen.size() - 1);
    }

    /** The browser itself writes down every answer with an error's status. */
    private List<String> complaints() {
        return browser.complaints().stream()
                .filter(words -> !words.contains("Failed to load resource: the server responded with a status of"))
                .toList();
    }

    private void previewed() throws Exception {
        browser.await("document.querySelector('.preview img')?.naturalWidth === 30");
    }

    private void assertSentWhole() {
        var sent = asked().body().get("image").getAsString();
        assertArrayEquals(png, Base64.getDecoder().decode(sent.replaceFirst("^data:image/png;base64,", "")));
    }

    @Test
    void anImageIsDropped() throws Exception {
        browser.evaluate(GIVE.formatted(
                Base64.getEncoder().encodeToString(png), "a.png", "image/png", ".drop", "DragEvent", "drop"));
        previewed();
        write("What is this?");
        ask();
        assertSentWhole();
        assertEquals("What is this?", asked().body().get("question").getAsString());
        assertEquals(List.of(), complaints());
    }

    @Test
    void anImageIsPasted() throws Exception {
        browser.evaluate(GIVE.formatted(
                Base64.getEncoder().encodeToString(png), "a.png", "image/png", "#question", "ClipboardEvent", "paste"));
        previewed();
        write("What is this?");
        ask();
        assertSentWhole();
    }

    @Test
    void anImageIsChosenAndTakenAwayAgain() throws Exception {
        choose();
        previewed();
        browser.evaluate("[...document.querySelectorAll('.preview button')].at(-1).click()");
        assertEquals("false", browser.evaluate("document.querySelector('.drop').hidden"));
        write("And without?");
        ask();
        assertFalse(asked().body().has("image"));
        choose();
        previewed(); // the same one again
    }

    private void choose() throws Exception {
        var root = browser.call("DOM.getDocument", "{}").getAsJsonObject("root").get("nodeId");
        var input = browser.call("DOM.querySelector", "{\"nodeId\":" + root + ",\"selector\":\"#image\"}")
                .get("nodeId");
        browser.call("DOM.setFileInputFiles", "{\"files\":[\"" + image + "\"],\"nodeId\":" + input + "}");
    }

    @Test
    void whatIsNoImageIsRefusedBeforeItIsSent() throws Exception {
        browser.evaluate(GIVE.formatted("AAAA", "a.pdf", "application/pdf", ".drop", "DragEvent", "drop"));
        assertTrue(text(".trouble").startsWith("a.pdf is no image"));
        write("");
        browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
        assertEquals("Write a question first.", text(".trouble"));
        assertEquals("question", browser.evaluate("document.activeElement.id"));
        assertEquals(List.of(), service.seen);
    }

    @Test
    void anAnswerHasItsCardsTheBestFirstAndTheRunnerUp() throws Exception {
        write("What is this?");
        ask();
        assertTrue(text(".said").startsWith("a tabby cat <img"));
        assertEquals(
                "pets 0.873; plants 0.411; invoicesrunner-up, not taken 0.322",
                browser.evaluate(
                        "[...document.querySelectorAll('.bars tbody tr')].map(r => r.cells[0].textContent + ' ' + r.cells[2].textContent).join('; ')"));
        assertEquals("214 ms · asked together with 2 others · revision 03df9fb01c", text(".answer .meta"));
        service.abstains = true;
        ask();
        assertTrue(text(".answers > li .abstained").contains("No card is like this question."));
        assertEquals("0", browser.evaluate("document.querySelectorAll('.answers > li:first-child .said').length"));
    }

    @Test
    void feedbackIsSentAsGiven() throws Exception {
        write("What is this?");
        ask();
        press("Right");
        assertEquals("{\"id\":\"ask-1\",\"verdict\":\"right\"}", asked().body().toString());
        assertEquals("Noted for pets: it can be learned.", text(".judgement [role=status]"));
        press("Wrong");
        assertEquals("wrong", asked().body().get("verdict").getAsString());
        browser.evaluate(
                "[...document.querySelectorAll('.judgement button')].find(b => b.textContent.startsWith('Better')).click()");
        assertEquals("The right answer", browser.evaluate("document.activeElement.labels[0].textContent"));
        browser.evaluate("document.activeElement.value = ' a lynx '");
        press("Send");
        assertEquals(
                "{\"id\":\"ask-1\",\"verdict\":\"better\",\"answer\":\"a lynx\"}",
                asked().body().toString());
        service.refused.put("/api/feedback", 404);
        press("Right");
        assertEquals("trouble", browser.evaluate("document.querySelector('.judgement [role=status]').className"));
    }

    private void press(String button) throws Exception {
        var before = service.seen.size();
        browser.evaluate("[...document.querySelectorAll('.judgement button')].find(b => b.textContent === '" + button
                + "').click()");
        browser.await(
                "[...document.querySelectorAll('.judgement button')].every(b => !b.hasAttribute('aria-disabled'))");
        assertEquals(before + 1, service.seen.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 400, 403})
    void whatTheServiceRefusesIsShownAndTheQuestionStays(int status) throws Exception {
        service.refused.put("/api/ask", status);
        write("What is this?");
        browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
        browser.await("document.querySelector('.trouble')");
        assertTrue(text(".trouble").startsWith("8 questions wait already. Ask again in a moment. <img"));
        assertEquals("alert", browser.evaluate("document.querySelector('.trouble').role"));
        assertEquals("What is this?", browser.evaluate("document.querySelector('#question').value"));
        browser.await("!document.querySelector('.composer button[type=submit]').hasAttribute('aria-disabled')");
        service.reset();
        ask();
        assertEquals("0", browser.evaluate("document.querySelectorAll('.trouble').length"));
        assertEquals(List.of(), complaints());
    }

    @Test
    void aServiceThatIsGoneIsToldInEveryView() throws Exception {
        browser.call(
                "Network.emulateNetworkConditions",
                "{\"offline\":true,\"latency\":0,\"downloadThroughput\":-1,\"uploadThroughput\":-1}");
        try {
            write("What is this?");
            browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
            browser.await("document.querySelector('.trouble')");
            assertEquals("The service cannot be reached. Is it running?", text(".trouble"));
            assertEquals("not reachable", text("#state"));
            for (var view : List.of("history", "monitor")) {
                browser.evaluate("location.hash = '" + view + "'");
                browser.await("document.querySelector('#main .trouble')");
            }
        } finally {
            browser.call(
                    "Network.emulateNetworkConditions",
                    "{\"offline\":false,\"latency\":0,\"downloadThroughput\":-1,\"uploadThroughput\":-1}");
        }
    }

    @Test
    void aTokenIsAskedForAndKeptInTheTabAlone() throws Exception {
        service.token = "s3cret";
        browser.open(service.address());
        browser.await("!document.querySelector('#token').hidden");
        assertEquals("token-value", browser.evaluate("document.activeElement.id"));
        enter("wrong");
        browser.await(
                "document.querySelector('#token-words').textContent === 'This service does not know that token.'");
        enter("s3cret");
        browser.await("document.querySelector('#state').textContent.startsWith('revision')");
        assertEquals("true", browser.evaluate("document.querySelector('#token').hidden"));
        write("What is this?");
        ask();
        assertEquals(Optional.of("Bearer s3cret"), asked().authorization());
        assertEquals("1 0", browser.evaluate("sessionStorage.length + ' ' + localStorage.length"));
        assertEquals("", browser.evaluate("document.cookie"));
        browser.evaluate("document.querySelector('#token-open').click()");
        browser.evaluate("document.querySelector('#token-forget').click()");
        assertEquals("0", browser.evaluate("sessionStorage.length"));
    }

    private void enter(String token) throws Exception {
        browser.evaluate("document.querySelector('#token-value').value = '" + token + "'");
        browser.evaluate("document.querySelector('#token button[type=submit]').click()");
    }

    @Test
    void hostileTextIsShownAndNeverRuns() throws Exception {
        write("What is this?");
        ask();
        for (var view : VIEWS) {
            view(view);
            browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            browser.evaluate("new Promise(done => setTimeout(done, 300))");
            assertTrue(text("#main").contains("<img src=x onerror="), view + " shows it as it is");
        }
        assertEquals("undefined", browser.evaluate("window.owned"));
        assertEquals("0", browser.evaluate("document.querySelectorAll('[onerror]').length"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void thePolicyRefusesScriptsThatComeLater() throws Exception {
        var attempts = List.of(
                "document.querySelector('main').innerHTML = '<img src=x onerror=window.owned=1>'",
                "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned=2'}))",
                "document.body.setAttribute('onclick', 'window.owned=3')",
                "document.body.append(Object.assign(document.createElement('iframe'), {srcdoc: '<script>parent.owned=4</script>'}))",
                "setTimeout('window.owned=5')");
        for (var attempt : attempts) {
            assertEquals(
                    "refused",
                    browser.evaluate("(() => { try { " + attempt + " } catch { return 'refused'; } })()"),
                    attempt);
        }
        browser.evaluate("new Promise(done => setTimeout(done, 300))");
        assertEquals("undefined", browser.evaluate("window.owned"));
    }

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

    private String focused() throws Exception {
        return browser.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()");
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
    void theFieldForATokenIsLeftAsItWasEntered() throws Exception {
        browser.evaluate("sessionStorage.setItem('karuta.token', 's3cret')");
        browser.evaluate("document.querySelector('#token-open').click()");
        assertEquals("Another token", focused());
        browser.press("Escape", 27);
        assertEquals("Token", focused());
        assertEquals("true", browser.evaluate("document.querySelector('#token').hidden"));
        browser.evaluate("document.querySelector('#token-open').click()");
        enter("");
        assertEquals("Token", focused());
        assertEquals("s3cret", browser.evaluate("sessionStorage.getItem('karuta.token')"));
        browser.evaluate("sessionStorage.clear()");
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
