package karuta.engine.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.w3c.dom.Element;

/**
 * What the metatype description of a strategy says (OSGi Compendium, chapter 105). The build writes it from the
 * annotated option type.
 *
 * @param description of the strategy
 * @param options in the order of the file
 */
record Metatype(String description, List<OptionType> options) {

    /** Of a strategy without options. */
    static final Metatype NONE = new Metatype("", List.of());

    /** The description that a bundle has of a component. */
    static Metatype of(Bundle bundle, String component) {
        var files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        return (files == null ? Stream.<URL>empty() : Collections.list(files).stream())
                .flatMap(file -> {
                    try (var xml = file.openStream()) {
                        return read(xml, component).stream();
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(
                                "its description " + file.getPath() + " is broken: " + unreadable.getMessage(),
                                unreadable);
                    }
                })
                .findFirst()
                .orElse(NONE);
    }

    /** What a file says of a component; empty if it is about another one. */
    static Optional<Metatype> read(InputStream xml, String component) throws IOException {
        var root = Xml.parse(xml).getDocumentElement();
        return Xml.elements(root, "Designate").stream()
                .filter(designate -> component.equals(designate.getAttribute("pid")))
                .flatMap(designate -> Xml.elements(designate, "Object").stream())
                .flatMap(object -> Xml.elements(root, "OCD").stream()
                        .filter(ocd -> object.getAttribute("ocdref").equals(ocd.getAttribute("id"))))
                .findFirst()
                .map(ocd -> new Metatype(
                        ocd.getAttribute("description"),
                        Xml.elements(ocd, "AD").stream().map(Metatype::option).toList()));
    }

    private static OptionType option(Element ad) {
        var many = !List.of("", "0").contains(ad.getAttribute("cardinality"));
        var type = ad.getAttribute("type");
        return new OptionType(
                ad.getAttribute("id"),
                form(type),
                many,
                defaults(ad, many),
                limits(type, new OptionType.Limits(number(ad, "min"), number(ad, "max"))),
                Xml.elements(ad, "Option").stream()
                        .map(o -> o.getAttribute("value"))
                        .toList(),
                ad.getAttribute("description"));
    }

    private static OptionType.Form form(String type) {
        return switch (type) {
            case "Integer", "Long", "Short", "Byte" -> OptionType.Form.WHOLE;
            case "Double", "Float" -> OptionType.Form.NUMBER;
            case "Boolean" -> OptionType.Form.FLAG;
            default -> OptionType.Form.TEXT;
        };
    }

    /** A whole number that its type cannot hold would come out of the component runtime as another one. */
    private static OptionType.Limits limits(String type, OptionType.Limits said) {
        return switch (type) {
            case "Byte" -> said.within(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case "Short" -> said.within(Short.MIN_VALUE, Short.MAX_VALUE);
            case "Integer" -> said.within(Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> said;
        };
    }

    private static Optional<List<String>> defaults(Element ad, boolean many) {
        if (!ad.hasAttribute("default")) {
            return Optional.empty();
        }
        var text = ad.getAttribute("default");
        if (!many) {
            return Optional.of(List.of(text));
        }
        return Optional.of(text.isEmpty() ? List.of() : split(text));
    }

    /** At commas; a backslash takes the meaning from the next character (section 105.8.3). */
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                i += text.charAt(i) == '\\' && i + 1 < text.length() ? 1 : 0;
                part.append(text.charAt(i));
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static Optional<Double> number(Element ad, String attribute) {
        return Optional.of(ad.getAttribute(attribute)).filter(t -> !t.isEmpty()).map(Double::valueOf);
    }
}
