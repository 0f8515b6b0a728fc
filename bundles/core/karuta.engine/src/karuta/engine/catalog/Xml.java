package karuta.engine.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads the descriptions that a build wrote into a bundle. */
final class Xml {

    private Xml() {}

    static Document parse(InputStream xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // which otherwise prints what is thrown
            return builder.parse(xml);
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /** The components of a description; their namespace is that of any version. */
    static List<Element> components(Document description) {
        var nodes = description.getElementsByTagNameNS("*", "component");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** The elements of a name below another one, in the order of the file. */
    static List<Element> elements(Element parent, String name) {
        var nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }
}
