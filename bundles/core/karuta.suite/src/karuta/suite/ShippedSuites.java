package karuta.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The manifests in this bundle. */
final class ShippedSuites {

    static final List<String> IDS = List.of(
            "coin", "ucit", "mllm-dcl", "mllm-acl", "trigap", "cvit", "mllm-ctbench", "continual-next", "cl-vista");

    private ShippedSuites() {}

    static Suite read(String id) {
        var name = id + ".yaml";
        try (var in = ShippedSuites.class.getResourceAsStream("manifests/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks the manifest " + name);
            }
            return ManifestReader.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of those that are in scope. */
    static List<String> readable() {
        return IDS.stream().filter(id -> read(id).outOfScope().isEmpty()).toList();
    }
}
