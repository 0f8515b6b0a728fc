package karuta.serve.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked on the page, and what comes back. */
class PageTest extends OpenedPage {

    /** Gives the page a file as a drop or a paste would. */
    private static final String GIVE = """
            (() => {
              const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
              const given = new DataTransfer();
              given.items.add(new File([bytes], '%s', {type: '%s'}));
              const options = {bubbles: true, cancelable: true, dataTransfer: given, clipboardData: given};
              document.querySelector('%s').dispatchEvent(new %s('%s', options));
            })()""";

    private Path image;
    private byte[] png;

    @BeforeAll
    void draw(@TempDir Path folder) throws Exception {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", bytes);
        png = bytes.toByteArray();
        image = Files.write(folder.resolve("given.png"), png);
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
}
