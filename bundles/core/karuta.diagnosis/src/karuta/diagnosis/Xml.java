package karuta.diagnosis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads the descriptions that a build wrote into a jar; nothing outside of them is ever opened. */
final class Xml {

    private Xml() {}

    /** @throws IOException that says where it is broken */
    static Document parse(byte[] xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // which otherwise prints what is thrown
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXParseException broken) {
            throw new IOException("line " + broken.getLineNumber() + ": " + broken.getMessage(), broken);
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** All elements of a name, in the order of the file, whatever their namespace. */
    static List<Element> all(Document document, String name) {
        var nodes = document.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** The elements of a name below another one. */
    static List<Element> below(Element parent, String name) {
        var nodes = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }
}
