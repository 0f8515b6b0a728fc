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

/** The component descriptions of a bundle, as far as they can be read. */
record ComponentFiles(Bundle bundle) {

    private static final String HEADER = "Service-Component";

    /** The names of the components that would be of a kind. */
    Stream<String> ofKind(Kind kind) {
        return components()
                .filter(component -> kind.factory().equals(component.getAttribute("factory")))
                .map(component -> component.getAttribute("name"));
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
