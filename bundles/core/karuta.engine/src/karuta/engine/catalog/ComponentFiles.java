package karuta.engine.catalog;

import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.w3c.dom.Element;

/**
 * The component descriptions of a bundle. The component runtime skips one that it cannot read, and says so only in a log
 * that nobody sees.
 */
record ComponentFiles(Bundle bundle) {

    private static final String HEADER = "Service-Component";
    private static final List<String> OTHER_USES =
            List.of("Export-Package", "Provide-Capability", "Fragment-Host", "Bundle-Activator");

    /** What is wrong with them; empty if nothing is. */
    Optional<String> complaint() {
        var header = header();
        if (header.isEmpty()) {
            return bringsOtherThings()
                    ? Optional.empty()
                    : Optional.of("brings nothing: its manifest names no component (" + HEADER + "); was it built with"
                            + " the annotations of strategies?");
        }
        var files = paths().toList();
        return files.stream()
                .flatMap(path -> entries(path).isEmpty()
                        ? Stream.of("names a component description that it does not have: " + path)
                        : entries(path).stream().flatMap(file -> complaint(file).stream()))
                .findFirst()
                .or(() -> bringsOtherThings() || bringsStrategy()
                        ? Optional.empty()
                        : Optional.of("brings no strategy: none of its components has a factory such as "
                                + Kind.SELECTOR.factory()));
    }

    /** The names of the components that would be of a kind. */
    Stream<String> ofKind(Kind kind) {
        return components()
                .filter(component -> kind.factory().equals(component.getAttribute("factory")))
                .map(component -> component.getAttribute("name"));
    }

    private boolean bringsStrategy() {
        return components()
                .anyMatch(component ->
                        Kind.ofFactory(component.getAttribute("factory")).isPresent());
    }

    private boolean bringsOtherThings() {
        return OTHER_USES.stream().anyMatch(name -> bundle.getHeaders().get(name) != null);
    }

    private Stream<Element> components() {
        return paths().flatMap(path -> entries(path).stream()).flatMap(file -> {
            try (var xml = file.openStream()) {
                return Xml.components(Xml.parse(xml)).stream();
            } catch (IOException unreadable) {
                return Stream.of();
            }
        });
    }

    private static Optional<String> complaint(URL file) {
        try (var xml = file.openStream()) {
            return Xml.components(Xml.parse(xml)).isEmpty()
                    ? Optional.of("has a component description without a component: " + file.getPath())
                    : Optional.empty();
        } catch (IOException broken) {
            return Optional.of("has a broken component description, " + file.getPath() + ": " + broken.getMessage());
        }
    }

    private String header() {
        return Optional.ofNullable(bundle.getHeaders().get(HEADER)).orElse("").strip();
    }

    private Stream<String> paths() {
        return Arrays.stream(header().split("\\s*,\\s*")).filter(path -> !path.isEmpty());
    }

    /** The files that a path means; its last part may have wild cards. */
    private List<URL> entries(String path) {
        var slash = path.lastIndexOf('/');
        var found = bundle.findEntries(path.substring(0, Math.max(0, slash)), path.substring(slash + 1), false);
        return found == null ? List.of() : Collections.list(found);
    }
}
