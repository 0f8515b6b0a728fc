package karuta.report.html;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.report.draw.Figure;
import karuta.report.draw.Svg;

/**
 * A piece of a page. What comes from data becomes one by {@link #text} or as an attribute of a {@link Tag} alone, and is
 * escaped there: a study, a task, or an answer of a model may hold anything.
 *
 * @param markup well-formed
 */
record Html(String markup) {

    static final Html NOTHING = new Html("");

    static Html text(String text) {
        return new Html(Svg.escape(text));
    }

    static Html all(Collection<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining()));
    }

    static Html all(Html... pieces) {
        return all(List.of(pieces));
    }

    static Html figure(Figure figure, String cssClass) {
        return new Html(Svg.inline(figure, cssClass));
    }

    /** An element that is still without content. */
    static Tag tag(String name) {
        return new Tag(name, List.of());
    }

    /** Begins an element. */
    record Tag(String name, List<String> attributes) {

        /** Behind these a line break would be a space. */
        private static final Set<String> INLINE = Set.of("a", "code", "small");

        Tag with(String attribute, String value) {
            var more = new ArrayList<>(attributes);
            more.add(" " + attribute + "=\"" + Svg.escape(value) + "\"");
            return new Tag(name, more);
        }

        Tag css(String classes) {
            return classes.isEmpty() ? this : with("class", classes);
        }

        Html of(Html... content) {
            return of(List.of(content));
        }

        Html of(String text) {
            return of(Html.text(text));
        }

        Html of(Stream<Html> content) {
            return of(content.toList());
        }

        Html of(Collection<Html> content) {
            return new Html("<" + name + String.join("", attributes) + ">"
                    + all(content).markup() + "</" + name + ">" + (INLINE.contains(name) ? "" : "\n"));
        }
    }
}
