package karuta.diagnosis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.yaml.Suggestion;

/** Puts into words what Equinox says of a bundle that it cannot resolve. */
public final class Requirement {

    private static final String UNRESOLVED = "Unresolved requirement: ";
    private static final Pattern PACKAGE = Pattern.compile("Import-Package: ([\\w.]+)(?:; version=\"([^\"]+)\")?.*");
    private static final Pattern BUNDLE =
            Pattern.compile("Require-Bundle: ([\\w.-]+)(?:; bundle-version=\"([^\"]+)\")?.*");
    private static final Pattern JAVA = Pattern.compile(".*osgi\\.ee.*JavaSE.*version[>=]*([\\d.]+).*");

    private Requirement() {}

    /**
     * Explains a refusal.
     *
     * @param where the jar
     * @param message of the framework
     * @param packages those there are, with their versions
     * @param bundles those there are
     */
    public static Finding explain(
            String where, String message, Map<String, List<String>> packages, List<String> bundles) {
        var root = root(message);
        if (root.isEmpty()) {
            return new Finding(
                    Fault.REQUIREMENT,
                    where,
                    "cannot be used: " + message,
                    "build it anew against this Karuta, or take it out of the dropins folder");
        }
        var missing = root.get();
        var imported = PACKAGE.matcher(missing);
        if (imported.matches()) {
            return imported(where, imported.group(1), Optional.ofNullable(imported.group(2)), packages);
        }
        var required = BUNDLE.matcher(missing);
        if (required.matches()) {
            return new Finding(
                    Fault.REQUIREMENT,
                    where,
                    "cannot be used: it requires the bundle " + required.group(1)
                            + Optional.ofNullable(required.group(2))
                                    .map(range -> " in a version of " + range)
                                    .orElse("")
                            + (bundles.contains(required.group(1))
                                    ? ", which is there in another one"
                                    : ", which is not there" + near(required.group(1), bundles)),
                    "put that bundle into the dropins folder too, or import its packages instead (Import-Package)");
        }
        var java = JAVA.matcher(missing);
        if (java.matches()) {
            return new Finding(
                    Fault.JAVA,
                    where,
                    "cannot be used: it is for Java " + java.group(1) + ", and this is Java "
                            + Runtime.version().feature(),
                    "compile with --release 17, or start Karuta with that Java (JAVA_HOME)");
        }
        if (missing.contains("osgi.native")) {
            return new Finding(
                    Fault.NATIVE,
                    where,
                    "cannot be used: none of its native libraries (Bundle-NativeCode) is for "
                            + System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                    "add the one for this machine, or end the header with \",*\" if it can do without");
        }
        return new Finding(
                Fault.REQUIREMENT,
                where,
                "cannot be used: nobody provides " + missing,
                "put the bundle that does into the dropins folder too, or take the requirement out of the manifest");
    }

    private static Finding imported(
            String where, String name, Optional<String> range, Map<String, List<String>> packages) {
        var there = packages.getOrDefault(name, List.of());
        if (there.isEmpty()) {
            return new Finding(
                    Fault.PACKAGE,
                    where,
                    "cannot be used: nobody has the package " + name + " that it imports"
                            + near(name, packages.keySet()),
                    "put a bundle that exports it into the dropins folder too, or the classes into the jar"
                            + " (-includepackage of bnd)");
        }
        return new Finding(
                Fault.VERSION,
                where,
                "cannot be used: it imports the package " + name
                        + range.map(text -> " in a version of " + text).orElse("") + ", and here it is "
                        + String.join(", ", there),
                "build it anew against this Karuta, or widen the range if you know that it fits");
    }

    private static String near(String name, Collection<String> names) {
        return Suggestion.of(name, names)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse("");
    }

    /** Of the requirements that the framework names, the one that is indented most: the others only follow from it. */
    static Optional<String> root(String message) {
        return message.lines()
                .filter(line -> line.strip().startsWith(UNRESOLVED))
                .max(Comparator.comparingInt(line -> line.indexOf(UNRESOLVED)))
                .map(line -> line.strip().substring(UNRESOLVED.length()));
    }
}
