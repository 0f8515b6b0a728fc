package karuta.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.yaml.Suggestion;
import org.objectweb.asm.Opcodes;

/**
 * Looks at the component descriptions of a jar, and at the classes that they name. The component runtime skips what it cannot
 * read, and says so only in a log that nobody sees.
 */
record ComponentExam(Archive archive, Headers headers, Classes classes, Report report) {

    private static final String FOLDER = "OSGI-INF/";
    private static final String ANNOTATION = "org.osgi.service.component.annotations.Component";
    private static final String REBUILD =
            "build it with `karuta build-strategy`, or with bnd, which write the descriptions";

    /** All components that can be read. */
    List<Component> look() {
        var components = new ArrayList<Component>();
        for (var path : headers.components()) {
            var files = archive.names().stream()
                    .filter(pattern(path).asMatchPredicate())
                    .toList();
            if (files.isEmpty()) {
                report.add(Fault.DESCRIPTION, "names a component description that it does not have: " + path, REBUILD);
            }
            files.forEach(file -> components.addAll(read(file)));
        }
        components.forEach(this::check);
        if (headers.components().isEmpty()) {
            undescribed();
        } else if (components.stream().noneMatch(each -> classes.seams().has(each.factory()))
                && report.findings().isEmpty()
                && !headers.isLibrary()) {
            report.add(
                    Fault.NOTHING,
                    "brings no strategy: none of its components has a factory such as "
                            + classes.seams().factories().stream()
                                    .sorted()
                                    .findFirst()
                                    .orElse(""),
                    "write the kind over the class: @Component(name = \"...\", factory = Selector.KIND)");
        }
        return components;
    }

    /** The last part of a path may have wild cards. */
    private static Pattern pattern(String path) {
        return Pattern.compile(
                List.of(path.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining("[^/]*")));
    }

    private List<Component> read(String path) {
        try {
            var elements = Xml.all(Xml.parse(archive.files().getOrDefault(path, new byte[0])), "component");
            if (elements.isEmpty()) {
                report.add(Fault.DESCRIPTION, "has a component description without a component: " + path, REBUILD);
            }
            return elements.stream().map(each -> Component.of(path, each)).toList();
        } catch (IOException broken) {
            report.add(
                    Fault.DESCRIPTION,
                    "has a broken component description, " + path + ", " + broken.getMessage(),
                    REBUILD);
            return List.of();
        }
    }

    /** Without the header, nothing in the jar is a component. */
    private void undescribed() {
        var described = archive.names().stream()
                .filter(name ->
                        name.startsWith(FOLDER) && name.endsWith(".xml") && name.indexOf('/', FOLDER.length()) < 0)
                .findFirst();
        if (described.isPresent()) {
            report.add(
                    Fault.HEADER,
                    "has " + described.get() + ", and its manifest lacks the header that names it (Service-Component)",
                    REBUILD);
            return;
        }
        var strategies = classes.strategies().toList();
        strategies.forEach(type -> {
            var contract = contracts(type);
            var isAnnotated = type.annotations().contains(ANNOTATION);
            report.add(
                    Fault.NO_COMPONENT,
                    isAnnotated
                            ? "has " + type.name()
                                    + " with @Component, and no description of it: the build did not write one"
                            : "has " + type.name() + ", which implements " + contract + " and is no component",
                    isAnnotated
                            ? REBUILD
                            : "write over the class: @Component(name = \"an-id\", factory = " + contract + ".KIND)");
        });
        if (strategies.isEmpty() && !headers.isLibrary()) {
            report.add(
                    Fault.NOTHING,
                    "brings nothing: its manifest names no component (Service-Component), and none of its "
                            + classes.byName().size() + " classes is a strategy",
                    "write a class that implements a contract of karuta.api, or take it out of the dropins folder");
        }
    }

    private String contracts(ClassFile type) {
        return classes.contracts(type).stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    private void check(Component component) {
        var type = classes.named(component.implementation());
        if (type.isEmpty()) {
            nameless(component);
        }
        if (type.isEmpty() || classes.contracts(type.get()).isEmpty()) {
            misspelt(component);
        }
        if (type.isEmpty()) {
            return;
        }
        factory(component, type.get());
        if (classes.seams().has(component.factory())) {
            shape(component, type.get());
        }
    }

    /** The class may be in another bundle only if the manifest lets it in. */
    private void nameless(Component component) {
        var name = component.implementation();
        var room = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (headers.isOpen()
                || headers.imported().contains(room)
                || archive.names().contains(path(name))) {
            return;
        }
        report.add(
                Fault.NO_CLASS,
                name.isEmpty()
                        ? "has a component \"" + component.name() + "\" without a class, in " + component.path()
                        : "has a component \"" + component.name() + "\" of the class " + name + ", and no such class"
                                + Suggestion.of(name, classes.byName().keySet())
                                        .map(near -> " (did you mean " + near + "?)")
                                        .orElse(""),
                REBUILD);
    }

    private void misspelt(Component component) {
        var seams = classes.seams();
        if (component.factory().startsWith("karuta.") && !seams.has(component.factory())) {
            var near = Suggestion.of(component.factory(), seams.factories());
            report.add(
                    Fault.FACTORY,
                    "has a component \"" + component.name() + "\" with the factory \"" + component.factory() + "\""
                            + Suggestion.hint(component.factory(), seams.factories()),
                    near.map(factory -> "write @Component(name = \"" + component.name() + "\", factory = "
                                    + seams.contracts().get(factory).getSimpleName() + ".KIND)")
                            .orElse("write one of these"));
        }
    }

    private static String path(String type) {
        return type.replace('.', '/') + ".class";
    }

    private void factory(Component component, ClassFile type) {
        var contracts = classes.contracts(type);
        var factory = component.factory();
        if (classes.seams().has(factory)) {
            var contract = classes.seams().contracts().get(factory);
            if (!classes.maybe(type, contract)) {
                report.add(
                        Fault.FACTORY,
                        "has " + type.name() + " with the factory " + factory + ", and it is no "
                                + contract.getSimpleName() + (contracts.isEmpty() ? "" : " but a " + contracts(type)),
                        contracts.isEmpty()
                                ? "let it implement " + contract.getName()
                                : "write factory = " + contracts(type) + ".KIND");
            }
        } else if (!contracts.isEmpty()) {
            report.add(
                    Fault.FACTORY,
                    "has " + type.name() + ", which implements " + contracts(type)
                            + (factory.isEmpty()
                                    ? ", and its @Component has no factory"
                                    : ", and its @Component has the factory \"" + factory + "\""
                                            + Suggestion.hint(
                                                    factory, classes.seams().factories())),
                    "write @Component(name = \"" + component.name() + "\", factory = " + contracts(type) + ".KIND)");
        }
    }

    private void shape(Component component, ClassFile type) {
        var wrong = type.is(Opcodes.ACC_INTERFACE)
                ? "is an interface"
                : type.is(Opcodes.ACC_ABSTRACT)
                        ? "is abstract"
                        : type.inner()
                                ? "is an inner class, which nobody can make without an object of the outer one"
                                : type.is(Opcodes.ACC_PUBLIC) ? "" : "is not public";
        if (!wrong.isEmpty()) {
            report.add(
                    Fault.NOT_PUBLIC,
                    "has " + type.name() + ", which " + wrong,
                    "make it a public class of its own: public final class "
                            + type.name()
                                    .substring(type.name().lastIndexOf('.') + 1)
                                    .replaceAll(".*\\$", ""));
            return;
        }
        var fitting = type.constructors().stream()
                .filter(each -> each.parameters().size() == component.parameters())
                .toList();
        if (fitting.stream().noneMatch(ClassFile.Constructor::isPublic)) {
            report.add(
                    Fault.NOT_PUBLIC,
                    "has " + type.name() + " without a public constructor that takes "
                            + (component.parameters() == 0 ? "nothing" : component.parameters() + " parameter(s)")
                            + (fitting.isEmpty() ? "" : ": the one that it has is not public"),
                    "make one public, with @Activate over it if it takes options");
        }
    }
}
