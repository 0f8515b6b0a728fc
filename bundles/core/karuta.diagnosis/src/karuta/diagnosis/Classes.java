package karuta.diagnosis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/**
 * The classes of a jar, and what they are.
 *
 * @param byName with dots
 * @param seams what a class may implement
 */
record Classes(Map<String, ClassFile> byName, Seams seams) {

    private static final String END = ".class";

    static Classes of(Archive archive, Seams seams) {
        var classes = new TreeMap<String, ClassFile>();
        archive.files().forEach((path, bytes) -> {
            if (path.endsWith(END) && !path.startsWith("META-INF/")) {
                ClassFile.of(bytes).ifPresent(file -> classes.put(file.name(), file));
            }
        });
        return new Classes(classes, seams);
    }

    Optional<ClassFile> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The contracts that a class certainly implements; of two that one extends the other, the narrower one. */
    List<Class<?>> contracts(ClassFile type) {
        var ancestors = ancestors(type);
        var met = seams.contracts().values().stream()
                .filter(contract -> ancestors.stream()
                        .flatMap(name -> seams.known(name).stream())
                        .anyMatch(contract::isAssignableFrom))
                .toList();
        return met.stream()
                .<Class<?>>filter(contract ->
                        met.stream().noneMatch(other -> other != contract && contract.isAssignableFrom(other)))
                .toList();
    }

    /** Whether a class may be of a contract: it is, or it has a parent that nobody here knows. */
    boolean maybe(ClassFile type, Class<?> contract) {
        return ancestors(type).stream()
                .filter(name -> !byName.containsKey(name))
                .anyMatch(name ->
                        seams.known(name).map(contract::isAssignableFrom).orElse(true));
    }

    /** Names of everything that a class extends and implements, as far as the jar tells. */
    private Set<String> ancestors(ClassFile type) {
        var found = new HashSet<String>();
        collect(type, found);
        return found;
    }

    private void collect(ClassFile type, Set<String> into) {
        type.parents().stream()
                .filter(into::add)
                .flatMap(name -> named(name).stream())
                .forEach(parent -> {
                    collect(parent, into);
                });
    }

    /** Classes that could be strategies: not abstract, and certainly of a contract. */
    Stream<ClassFile> strategies() {
        return byName.values().stream()
                .filter(type -> !type.is(Opcodes.ACC_ABSTRACT))
                .filter(type -> !contracts(type).isEmpty());
    }
}
