package karuta.diagnosis;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Puts into words what foreign code has thrown when an object of it was to be made.
 *
 * @param fault what it is
 * @param what happened
 * @param cure what to do about it
 */
public record Thrown(Fault fault, String what, String cure) {

    private static final int CAUSES = 20; // a cause may lead back to itself
    private static final String ANEW = "build it anew, with all its classes, against this Karuta";

    /**
     * Explains it.
     *
     * @param thrown anything
     * @param isOwn whether a class is of the code in question
     */
    public static Thrown explain(Throwable thrown, Predicate<String> isOwn) {
        var cause = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES)
                .reduce((outer, inner) -> inner)
                .orElse(thrown);
        return linkage(cause).orElseGet(() -> {
            var frame = Arrays.stream(cause.getStackTrace())
                    .filter(each -> isOwn.test(each.getClassName()))
                    .findFirst();
            var place = frame.map(each -> ", in " + each).orElse("");
            var isStatic = Arrays.stream(cause.getStackTrace())
                    .anyMatch(each -> each.getMethodName().equals("<clinit>") && isOwn.test(each.getClassName()));
            return isStatic
                    ? new Thrown(
                            Fault.INITIALISER,
                            "its static initialiser threw " + cause + place,
                            "mend the class; what may fail belongs into the constructor, with a message that says why")
                    : new Thrown(
                            Fault.CONSTRUCTOR,
                            "its constructor threw " + cause + place,
                            "mend the class; a KarutaException says what is wrong and what to do about it");
        });
    }

    private static Optional<Thrown> linkage(Throwable cause) {
        var said = String.valueOf(cause.getMessage());
        if (cause instanceof UnsupportedClassVersionError) {
            return Optional.of(new Thrown(
                    Fault.JAVA,
                    "it is for a newer Java than this one: " + said,
                    "build the bundle for Java " + Runtime.version().feature()
                            + ", or start Karuta with the Java that it was built for (JAVA_HOME)"));
        }
        if (cause instanceof UnsatisfiedLinkError) {
            return Optional.of(
                    new Thrown(
                            Fault.NATIVE,
                            "its native library does not load: " + said,
                            "put the library for " + System.getProperty("os.name") + " on "
                                    + System.getProperty("os.arch")
                                    + " into the jar and name it in Bundle-NativeCode; `ldd` lists what a library itself needs"));
        }
        if (cause instanceof NoClassDefFoundError && said.startsWith("Could not initialize class ")) {
            return Optional.of(new Thrown(
                    Fault.INITIALISER,
                    "the static initialiser of " + said.substring("Could not initialize class ".length())
                            + " had failed before",
                    "mend that class"));
        }
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
            return Optional.of(new Thrown(
                    Fault.NO_CLASS,
                    "there is no class " + said.replace('/', '.').split("\\s")[0],
                    ANEW));
        }
        if (cause instanceof NoSuchMethodException) {
            return Optional.of(new Thrown(
                    Fault.NOT_PUBLIC,
                    "it has no public constructor that fits its description (" + said + ")",
                    "make one public, with @Activate over it if it takes options"));
        }
        if (cause instanceof IllegalAccessException || cause instanceof InstantiationException) {
            return Optional.of(new Thrown(
                    Fault.NOT_PUBLIC,
                    "nobody can make an object of it (" + said + ")",
                    "make it a public class that is not abstract"));
        }
        if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)) {
            return Optional.of(
                    new Thrown(Fault.LINKAGE, "it does not fit what it was compiled against: " + cause, ANEW));
        }
        return Optional.empty();
    }
}
