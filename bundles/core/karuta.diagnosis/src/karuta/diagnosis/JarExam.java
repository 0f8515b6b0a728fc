package karuta.diagnosis;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be known of a jar without running any of its code.
 *
 * @param where the jar and, where it is one, the bundle
 * @param bundle its symbolic name; empty if it is none
 * @param findings what is wrong
 */
public record JarExam(String where, Optional<String> bundle, List<Finding> findings) {

    /** Packages that every bundle sees, and those of annotations that are not there at run time. */
    private static final List<String> SEEN = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.w3c.dom",
            "org.xml.sax",
            "org.osgi.service.component.annotations",
            "org.osgi.service.metatype.annotations",
            "org.osgi.annotation");

    private static final int LISTED = 3;

    /** Copies the list. */
    public JarExam {
        findings = List.copyOf(findings);
    }

    /**
     * Looks at a jar.
     *
     * @param jar the file
     * @param called what the user calls it
     * @param seams what it may bring a strategy for
     */
    public static JarExam of(Path jar, String called, Seams seams) {
        try {
            var archive = Archive.of(jar);
            var classes = Classes.of(archive, seams);
            var headers = new Headers(archive.manifest().orElseThrow(() -> noBundle(archive, classes, "no manifest")));
            var name = headers.symbolicName()
                    .orElseThrow(() -> noBundle(archive, classes, "a manifest without Bundle-SymbolicName"));
            var where = called + " (bundle " + name + " " + headers.version() + ")";
            var report = new Report(where);
            look(archive, headers, classes, report);
            return new JarExam(where, Optional.of(name), report.findings());
        } catch (Refusal refused) {
            return new JarExam(called, Optional.empty(), List.of(refused.at(called)));
        }
    }

    private static Refusal noBundle(Archive archive, Classes classes, String lacks) {
        var strategy = classes.strategies().findFirst();
        var files =
                archive.names().stream().filter(name -> name.endsWith(".java")).findFirst();
        return new Refusal(
                Fault.NO_BUNDLE,
                "is no OSGi bundle: it has " + lacks
                        + strategy.map(type -> ", but a strategy, " + type.name())
                                .orElse("")
                        + files.map(source -> ", but sources, such as " + source)
                                .orElse(""),
                "build it with `karuta build-strategy`, or with bnd, which write the manifest");
    }

    private static void look(Archive archive, Headers headers, Classes classes, Report report) {
        headers.complaints().forEach(words -> report.add(Fault.HEADER, words.get(0), words.get(1)));
        java(archive, report);
        var components = new ComponentExam(archive, headers, classes, report).look();
        new OptionsExam(archive, classes, components, report).look();
        exits(classes, report);
        imports(archive, headers, classes, report);
        headers.libraries()
                .filter(library -> !archive.names().contains(library))
                .forEach(library -> report.add(
                        Fault.NATIVE,
                        "names the native library " + library + " (Bundle-NativeCode), and does not have it",
                        "put the file into the jar, or take it out of the header"));
    }

    private static void java(Archive archive, Report report) {
        var here = Runtime.version().feature();
        var newer = new LinkedHashMap<String, Integer>();
        archive.files().forEach((path, bytes) -> {
            var level = path.endsWith(".class") && !path.startsWith("META-INF/") ? ClassFile.java(bytes) : 0;
            if (level > here) {
                newer.put(path, level);
            }
        });
        newer.entrySet().stream()
                .findFirst()
                .ifPresent(first -> report.add(
                        Fault.JAVA,
                        "has " + newer.size() + " class(es) for a newer Java than this one: "
                                + first.getKey().replace(".class", "").replace('/', '.') + " is for Java "
                                + first.getValue() + ", and this is Java " + here,
                        "compile with --release " + Math.min(here, 17) + ", or start Karuta with Java "
                                + first.getValue() + " (JAVA_HOME)"));
    }

    private static void exits(Classes classes, Report report) {
        var exits = classes.byName().values().stream()
                .flatMap(type -> type.exits().stream())
                .toList();
        exits.stream()
                .findFirst()
                .ifPresent(first -> report.add(
                        Fault.EXIT,
                        "would end the whole program with everything that it does: " + first
                                + (exits.size() > 1 ? " (and " + (exits.size() - 1) + " more)" : ""),
                        "throw an exception instead: Karuta then ends this arm, and tells why"));
    }

    private static void imports(Archive archive, Headers headers, Classes classes, Report report) {
        if (headers.isOpen()) {
            return;
        }
        var own = archive.names().stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> room(name.replace('/', '.').substring(0, name.length() - ".class".length())))
                .collect(Collectors.toSet());
        var imported = headers.imported();
        var users = new LinkedHashMap<String, String>();
        classes.byName()
                .values()
                .forEach(type -> type.types().stream()
                        .map(JarExam::room)
                        .filter(room -> !room.isEmpty() && !own.contains(room) && !imported.contains(room))
                        .filter(room -> SEEN.stream().noneMatch(prefix -> (room + ".").startsWith(prefix)))
                        .forEach(room -> users.putIfAbsent(room, type.name())));
        if (!users.isEmpty()) {
            report.add(
                    Fault.NOT_IMPORTED,
                    "uses packages that its manifest does not import: "
                            + users.entrySet().stream()
                                    .limit(LISTED)
                                    .map(use -> use.getKey() + " (in " + use.getValue() + ")")
                                    .collect(Collectors.joining(", "))
                            + (users.size() > LISTED ? " and " + (users.size() - LISTED) + " more" : ""),
                    "let bnd write Import-Package, or put the classes into the jar (-includepackage of bnd)");
        }
    }

    private static String room(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }
}
