package karuta.diagnosis;

import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A component as its description has it (OSGi Compendium, chapter 112).
 *
 * @param path of the description
 * @param name of the component
 * @param factory empty text if it has none
 * @param implementation its class; empty text if the description forgets it
 * @param parameters how many its constructor takes
 */
record Component(String path, String name, String factory, String implementation, int parameters) {

    static Component of(String path, Element element) {
        var type = Xml.below(element, "implementation").stream()
                .map(each -> each.getAttribute("class"))
                .findFirst()
                .orElse("");
        var name = element.getAttribute("name");
        return new Component(path, name.isEmpty() ? type : name, element.getAttribute("factory"), type, init(element));
    }

    private static int init(Element element) {
        return Optional.of(element.getAttribute("init"))
                .filter(text -> text.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .orElse(0);
    }
}
