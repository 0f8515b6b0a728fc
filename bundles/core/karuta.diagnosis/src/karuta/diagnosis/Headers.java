package karuta.diagnosis;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of a manifest (OSGi Core, chapter 3).
 *
 * @param manifest the manifest
 */
record Headers(Manifest manifest) {

    private static final String VERSION = "\\d+(\\.\\d+(\\.\\d+(\\.[A-Za-z0-9_-]+)?)?)?";

    Optional<String> get(String name) {
        return Optional.ofNullable(manifest.getMainAttributes().getValue(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** Without its parameters. */
    Optional<String> symbolicName() {
        return get("Bundle-SymbolicName").map(text -> text.split(";")[0].strip());
    }

    String version() {
        return get("Bundle-Version").orElse("0.0.0");
    }

    /** What can be said of the headers alone: the fault, then its cure. */
    Stream<List<String>> complaints() {
        var generation = get("Bundle-ManifestVersion").filter("2"::equals).isPresent()
                ? Stream.<List<String>>of()
                : Stream.of(List.of(
                        "has a manifest without \"Bundle-ManifestVersion: 2\", so that what it says is read by rules of 2003",
                        "let the build write the manifest: `karuta build-strategy`, or bnd"));
        var version = version().matches(VERSION)
                ? Stream.<List<String>>of()
                : Stream.of(List.of(
                        "has a Bundle-Version that is none: \"" + version() + "\"",
                        "write three numbers and a word at most, such as 1.0.0.beta"));
        return Stream.concat(generation, version);
    }

    /** The paths of the component descriptions; the last part of one may have wild cards. */
    List<String> components() {
        return clauses("Service-Component").toList();
    }

    /** Whether it is good for something else than strategies. */
    boolean isLibrary() {
        return Stream.of("Export-Package", "Provide-Capability", "Fragment-Host", "Bundle-Activator")
                .anyMatch(name ->
                        get(name).filter(text -> !isOfComponents(name, text)).isPresent());
    }

    /** bnd lets every bundle with components provide them as capabilities. */
    private static boolean isOfComponents(String name, String text) {
        return name.equals("Provide-Capability")
                && split(text).allMatch(clause -> clause.strip().startsWith("osgi.service"));
    }

    /** The packages that the bundle may see beside its own. */
    Set<String> imported() {
        return clauses("Import-Package").collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the bundle sees more than can be told by reading it. */
    boolean isOpen() {
        return Stream.of("DynamicImport-Package", "Require-Bundle", "Fragment-Host", "Bundle-ClassPath")
                .anyMatch(name -> get(name).isPresent());
    }

    /** The native libraries that it says it has. */
    Stream<String> libraries() {
        return get("Bundle-NativeCode").stream()
                .flatMap(Headers::split)
                .flatMap(clause -> Arrays.stream(clause.split(";")))
                .map(String::strip)
                .filter(part -> !part.contains("=") && !part.equals("*") && !part.isEmpty());
    }

    /** The paths of a header's clauses, without their parameters. */
    private Stream<String> clauses(String header) {
        return get(header).stream()
                .flatMap(Headers::split)
                .flatMap(clause -> Arrays.stream(clause.split(";")))
                .map(String::strip)
                .filter(part -> !part.contains("=") && !part.isEmpty());
    }

    /** At the commas that stand outside of quotes. */
    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"));
    }
}
