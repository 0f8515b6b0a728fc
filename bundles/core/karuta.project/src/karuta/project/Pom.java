package karuta.project;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import karuta.api.KarutaException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a project's {@code pom.xml} says that a build without Maven needs. It is read, not interpreted: no parent, no profiles, no
 * properties in values.
 *
 * @param name of the bundle: the artifact's id
 * @param version of the bundle
 * @param contracts that it was made for: {@code 0.2}
 * @param instructions for bnd
 */
record Pom(String name, String version, String contracts, Properties instructions) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final Pattern VERSION =
            Pattern.compile("(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9})([-.][A-Za-z0-9_-]{1,50})?");

    /** Headers, and instructions that only write. Others (plug-ins, macros) could run code. */
    private static final Pattern HARMLESS = Pattern.compile(
            "Bundle-[A-Za-z-]+|(Import|Export|Private|DynamicImport)-Package|(Provide|Require)-Capability"
                    + "|-(noextraheaders|noimportjava|reproducible|exportcontents|privatepackage|removeheaders)");

    private static final Set<String> OWN = Set.of("Bundle-SymbolicName", "Bundle-Version");

    /**
     * Reads the file.
     *
     * @param folder the project's
     * @throws KarutaException if there is none, or it does not say what is needed
     */
    static Pom of(Path folder) {
        var file = folder.resolve("pom.xml");
        var project = read(file);
        var name = text(project, file, "artifactId", NAME, "a bundle's name");
        var version = text(project, file, "version", VERSION, "a version of three numbers");
        var contracts = child(project, "properties")
                .flatMap(properties -> child(properties, "karuta.contracts"))
                .map(Pom::content)
                .orElseThrow(() -> new KarutaException(
                        file + " does not say for which contracts of Karuta the project was made.",
                        "Write <karuta.contracts>0.2</karuta.contracts> among its <properties>, with the number that it"
                                + " was made for; `karuta new` makes a whole project."));
        return new Pom(name, version, contracts, instructions(project, file));
    }

    private static Element read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // which otherwise prints what is thrown
            return builder.parse(in).getDocumentElement();
        } catch (NoSuchFileException none) {
            throw new KarutaException(
                    "There is no " + file + ".",
                    "Name the folder of a project; `karuta new selector my.lab.nearest` makes one.",
                    none);
        } catch (IOException | ParserConfigurationException | SAXException broken) {
            throw new KarutaException(file + " cannot be read: " + broken.getMessage(), "Mend the file.", broken);
        }
    }

    private static String text(Element project, Path file, String element, Pattern form, String meant) {
        var text = child(project, element).map(Pom::content).orElse("");
        if (!form.matcher(text).matches()) {
            throw new KarutaException(
                    file + " has \"" + text + "\" as the project's <" + element + ">, and " + meant + " is needed.",
                    "Write it there; a build without Maven follows neither parents nor properties.");
        }
        return text;
    }

    private static Properties instructions(Element project, Path file) {
        var said = Stream.of(project)
                .flatMap(parent -> children(parent, "build"))
                .flatMap(parent -> children(parent, "plugins"))
                .flatMap(parent -> children(parent, "plugin"))
                .filter(plugin -> child(plugin, "artifactId").map(Pom::content).equals(Optional.of("bnd-maven-plugin")))
                .flatMap(plugin -> descendants(plugin, "bnd"))
                .map(Node::getTextContent)
                .reduce("", (one, other) -> one + "\n" + other);
        var instructions = new Properties();
        try {
            instructions.load(new StringReader(said));
        } catch (IOException | IllegalArgumentException broken) {
            throw new KarutaException(
                    file + " has instructions for bnd that cannot be read: " + broken.getMessage() + ".",
                    "Mend its <bnd> element.",
                    broken);
        }
        instructions.stringPropertyNames().forEach(key -> complain(file, key, instructions.getProperty(key)));
        return instructions;
    }

    private static void complain(Path file, String key, String value) {
        if (OWN.contains(key) || !HARMLESS.matcher(key).matches() || value.contains("${")) {
            throw new KarutaException(
                    file + " has the instruction \"" + key + "\" for bnd, which a build without Maven does not follow"
                            + (value.contains("${") ? " (it has a macro)" : "") + ".",
                    OWN.contains(key)
                            ? "Take it out: the bundle has the artifact's id as its name, and its version."
                            : "Take it out, or build with `mvn package`.");
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent, name).findFirst();
    }

    private static Stream<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .flatMap(node ->
                        node instanceof Element element && element.getTagName().equals(name)
                                ? Stream.of(element)
                                : Stream.empty());
    }

    private static Stream<Element> descendants(Element parent, String name) {
        var nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    private static String content(Element element) {
        return element.getTextContent().strip();
    }

    /** As OSGi writes it: {@code 0.1.0-beta} is {@code 0.1.0.beta}. */
    String bundleVersion() {
        var parts = VERSION.matcher(version);
        parts.matches();
        return parts.group(1)
                + Optional.ofNullable(parts.group(2))
                        .map(part -> "." + part.substring(1))
                        .orElse("");
    }
}
