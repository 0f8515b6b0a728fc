package karuta.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The page as its user has it. What tests it is skipped where there is no Chromium. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OpenedPage {

    static final int PHONE = 390;
    static final int DESK = 1280;
    static final List<String> VIEWS = List.of("ask", "history", "monitor");

    StubService service;
    Chromium browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var program = Chromium.installed();
        Assumptions.assumeTrue(
                program.isPresent(),
                "Chromium is not installed, so nobody looks at the page (Debian: apt install chromium)");
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

    void view(String name) throws Exception {
        browser.evaluate("location.hash = '" + name + "'");
        browser.await("document.querySelector('nav a[aria-current]').dataset.view === '" + name + "'");
        browser.await(
                switch (name) {
                    case "history" -> "document.querySelectorAll('.revisions > li').length === 7";
                    case "monitor" -> "document.querySelectorAll('.monitor-cards tbody tr').length === 6";
                    default -> "document.querySelector('.composer')";
                });
    }

    void write(String question) throws Exception {
        browser.evaluate("document.querySelector('#question').value = '" + question + "'");
    }

    void ask() throws Exception {
        var before = browser.evaluate("document.querySelectorAll('.answers > li').length");
        browser.evaluate("document.querySelector('.composer button[type=submit]').click()");
        browser.await("document.querySelectorAll('.answers > li').length === 1 + " + before);
    }

    String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent");
    }

    StubService.Seen asked() {
        return service.seen.get(service.seen.size() - 1);
    }

    /** The browser itself writes down every answer with an error's status. */
    List<String> complaints() {
        return browser.complaints().stream()
                .filter(words -> !words.contains("Failed to load resource: the server responded with a status of"))
                .toList();
    }

    void press(String button) throws Exception {
        var before = service.seen.size();
        browser.evaluate("[...document.querySelectorAll('.judgement button')].find(b => b.textContent === '" + button
                + "').click()");
        browser.await(
                "[...document.querySelectorAll('.judgement button')].every(b => !b.hasAttribute('aria-disabled'))");
        assertEquals(before + 1, service.seen.size());
    }

    void enter(String token) throws Exception {
        browser.evaluate("document.querySelector('#token-value').value = '" + token + "'");
        browser.evaluate("document.querySelector('#token button[type=submit]').click()");
    }

    String focused() throws Exception {
        return browser.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()");
    }
}
