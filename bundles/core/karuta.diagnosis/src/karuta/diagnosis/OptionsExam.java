package karuta.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.yaml.Suggestion;
import org.objectweb.asm.Opcodes;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Looks at what a jar says of the options of its strategies (OSGi Compendium, chapter 105), which bnd writes from annotations. */
record OptionsExam(Archive archive, Classes classes, List<Component> components, Report report) {

    private static final String FOLDER = "OSGI-INF/metatype/";
    private static final Set<String> NUMBERS = Set.of("Integer", "Long", "Short", "Byte", "Double", "Float");
    private static final Set<String> TYPES = Set.of("String", "Boolean", "Character", "Password");

    /** What a study says of any strategy. */
    private static final Set<String> KEYS = Set.of("id", "bundle");

    void look() {
        var described = new HashSet<String>();
        archive.files().forEach((path, bytes) -> {
            if (path.startsWith(FOLDER)) {
                try {
                    described.addAll(look(path, Xml.parse(bytes)));
                } catch (IOException broken) {
                    report.add(
                            Fault.OPTIONS,
                            "has a broken description of options, " + path + ", " + broken.getMessage(),
                            "let bnd write it, from @ObjectClassDefinition");
                }
            }
        });
        components.stream()
                .filter(component -> classes.seams().has(component.factory()))
                .filter(component -> !described.contains(component.name()))
                .forEach(this::undescribed);
    }

    /** The components that a file describes the options of. */
    private List<String> look(String path, Document document) {
        var definitions = Xml.all(document, "OCD");
        var ids = definitions.stream().map(ocd -> ocd.getAttribute("id")).toList();
        definitions.forEach(ocd -> {
            var seen = new HashSet<String>();
            Xml.below(ocd, "AD").forEach(option -> look(ocd.getAttribute("id"), option, seen));
        });
        var described = new ArrayList<String>();
        var names = components.stream().map(Component::name).toList();
        for (var designate : Xml.all(document, "Designate")) {
            var pid = designate.getAttribute("pid");
            var object = Xml.below(designate, "Object").stream()
                    .map(each -> each.getAttribute("ocdref"))
                    .findFirst()
                    .orElse("");
            if (!ids.contains(object)) {
                report.add(
                        Fault.OPTIONS,
                        "describes the options of \"" + pid + "\" as " + object + ", and " + path
                                + " has no such options",
                        "write @ObjectClassDefinition over the annotation that @Designate(ocd = ...) names");
            } else if (!names.contains(pid)) {
                report.add(
                        Fault.OPTIONS,
                        "describes options of \"" + pid + "\", and there is no such component"
                                + Suggestion.hint(pid, names),
                        "write @Designate over the class that has @Component");
            }
            described.add(pid);
        }
        return described;
    }

    private void look(String owner, Element option, Set<String> seen) {
        var name = option.getAttribute("id");
        complaint(name, option, seen)
                .ifPresent(what -> report.add(
                        Fault.OPTIONS,
                        "has an option \"" + name + "\" of " + owner.replace('$', '.') + " " + what,
                        "mend its @AttributeDefinition"));
    }

    private static Optional<String> complaint(String name, Element option, Set<String> seen) {
        if (!seen.add(name)) {
            return Optional.of("twice");
        }
        if (KEYS.contains(name)) {
            return Optional.of("that no study can set: there \"" + name + "\" means something else");
        }
        var type = option.getAttribute("type");
        if (!NUMBERS.contains(type) && !TYPES.contains(type)) {
            return Optional.of("of a type that is none: \"" + type + "\"");
        }
        if (!NUMBERS.contains(type)) {
            return Optional.empty();
        }
        for (var attribute : List.of("min", "max")) {
            var limit = option.getAttribute(attribute);
            if (!limit.isEmpty() && number(limit).isEmpty()) {
                return Optional.of("with a " + attribute + " that is no number: \"" + limit + "\"");
            }
        }
        return limits(option, type);
    }

    private static Optional<String> limits(Element option, String type) {
        var least = number(option.getAttribute("min")).orElse(Double.NEGATIVE_INFINITY);
        var most = number(option.getAttribute("max")).orElse(Double.POSITIVE_INFINITY);
        if (least > most) {
            return Optional.of("that no number fits: it is to be at least " + option.getAttribute("min")
                    + " and at most " + option.getAttribute("max"));
        }
        return Stream.of(option.getAttribute("default").split(","))
                .filter(value -> !value.isEmpty())
                .filter(value -> number(value.strip())
                        .filter(x -> x >= least && x <= most && (isFraction(type) || x == Math.rint(x)))
                        .isEmpty())
                .findFirst()
                .map(value -> "whose default " + value + " is outside of its own limits");
    }

    private static boolean isFraction(String type) {
        return type.equals("Double") || type.equals("Float");
    }

    private static Optional<Double> number(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Double.valueOf(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** A constructor takes an annotation with members, and nobody tells which they are: a study could set none. */
    private void undescribed(Component component) {
        var taken = classes.named(component.implementation()).stream()
                .flatMap(type -> type.constructors().stream())
                .filter(constructor -> constructor.parameters().size() == component.parameters())
                .flatMap(constructor -> constructor.parameters().stream())
                .flatMap(name -> classes.named(name).stream())
                .filter(type -> type.is(Opcodes.ACC_ANNOTATION) && type.methods() > 0)
                .map(ClassFile::name)
                .collect(Collectors.toSet());
        taken.stream()
                .sorted()
                .findFirst()
                .ifPresent(options -> report.add(
                        Fault.OPTIONS,
                        "has " + component.implementation() + " with the options " + options.replace('$', '.')
                                + ", and does not describe them: no study could set one",
                        "write @Designate(ocd = " + options.replaceAll(".*[.$]", "") + ".class) over the class and"
                                + " @ObjectClassDefinition over " + options.replaceAll(".*[.$]", "")));
    }
}
