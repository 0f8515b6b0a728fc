package karuta.project;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import karuta.api.KarutaException;

/** The compiler of the JDK that the program runs on. It runs nothing of what it compiles: annotation processors are off. */
final class SourceCompiler {

    private static final int TOLD = 20;

    /** Of javac: a package or class that no jar of the class path has. */
    private static final String UNKNOWN = "compiler.err.doesnt.exist";

    private final JavaCompiler compiler;

    private SourceCompiler(JavaCompiler compiler) {
        this.compiler = compiler;
    }

    /** @throws KarutaException if the program runs on a Java without a compiler */
    static SourceCompiler ofTheJdk() {
        try {
            return new SourceCompiler(
                    Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow(SourceCompiler::missing));
        } catch (NoClassDefFoundError none) { // an image that somebody has cut down
            throw missing();
        }
    }

    private static KarutaException missing() {
        return new KarutaException(
                "Karuta runs on a Java runtime without a compiler (" + System.getProperty("java.home") + ").",
                "Install a JDK, 17 or newer (Debian: openjdk-17-jdk-headless), and set JAVA_HOME to its folder.");
    }

    /**
     * Compiles for Java 17.
     *
     * @param jars the class path
     * @param classes where to put what comes out
     * @return warnings
     * @throws KarutaException telling every mistake with file and line
     */
    List<String> compile(List<Path> sources, List<Path> jars, Path classes) throws IOException {
        var told = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(told, Locale.ROOT, StandardCharsets.UTF_8)) {
            var options = List.of(
                    "-d",
                    classes.toString(),
                    "-classpath",
                    jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                    "-sourcepath",
                    "",
                    "-proc:none",
                    "-g",
                    "--release",
                    "17",
                    "-encoding",
                    "UTF-8",
                    "-Xlint:deprecation",
                    "-Xlint:unchecked");
            var task = compiler.getTask(null, files, told, options, null, files.getJavaFileObjectsFromPaths(sources));
            if (!task.call()) {
                throw mistakes(told.getDiagnostics());
            }
        }
        return told.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getSource() != null) // of the user's files, not of the class path
                .map(SourceCompiler::describe)
                .toList();
    }

    private static KarutaException mistakes(List<Diagnostic<? extends JavaFileObject>> all) {
        var errors = all.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        var lines = new ArrayList<String>();
        errors.stream().limit(TOLD).map(SourceCompiler::describe).forEach(lines::add);
        if (errors.size() > TOLD) {
            lines.add("... and " + (errors.size() - TOLD) + " more");
        }
        var unknown = errors.stream().anyMatch(error -> UNKNOWN.equals(error.getCode()));
        return new KarutaException(
                "The project has " + errors.size() + (errors.size() == 1 ? " mistake:\n" : " mistakes:\n")
                        + String.join("\n", lines),
                unknown
                        ? "Mend it. What is known here are Karuta's own packages and those of the drop-in folder; with other"
                                + " libraries of pom.xml, build by `mvn package`."
                        : "Mend it, and build again.");
    }

    private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
        var message = diagnostic.getMessage(Locale.ROOT);
        return Optional.ofNullable(diagnostic.getSource())
                .map(file -> file.getName() + ":" + diagnostic.getLineNumber() + ": " + message)
                .orElse(message);
    }
}
