package karuta.serve.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import karuta.files.Sha256;
import karuta.report.draw.Tone;

/** What the page is made of, by path. */
final class PageFiles {

    private static final List<String> FILES = List.of(
            "page.css", "icon.svg", "app.js", "api.js", "dom.js", "charts.js", "ask.js", "history.js", "monitor.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Part> parts = new HashMap<>();

    /**
     * A file.
     *
     * @param type of the content
     * @param bytes of it
     * @param tag changes whenever the content does
     */
    record Part(String type, byte[] bytes, String tag) {}

    /** All of them. */
    PageFiles() {
        add("/", "index.html", read("index.html"));
        add("/page/tones.css", "tones.css", tones());
        FILES.forEach(name -> add("/page/" + name, name, read(name)));
    }

    private void add(String path, String name, String content) {
        var type = Objects.requireNonNull(TYPES.get(name.substring(name.indexOf('.') + 1)));
        var tag = Sha256.of(content).substring(0, 20);
        parts.put(path, new Part(type, content.getBytes(StandardCharsets.UTF_8), tag));
    }

    /** The colours of the report. */
    private static String tones() {
        return ":root { " + Tone.variables(false) + " }\n@media (prefers-color-scheme: dark) { :root { "
                + Tone.variables(true) + " } }\n" + Tone.rules();
    }

    private static String read(String name) {
        try (var in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Optional<Part> find(String path) {
        return Optional.ofNullable(parts.get(path));
    }
}
