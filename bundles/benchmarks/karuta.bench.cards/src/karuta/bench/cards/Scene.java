package karuta.bench.cards;

import java.util.List;
import java.util.Optional;

/**
 * What is in a picture, without the chances of its rendering.
 *
 * @param style the background
 * @param tone its brightness
 * @param blurred whether the picture is out of focus
 * @param items what lies in the cells, in the order of the cells
 */
public record Scene(Style style, Tone tone, boolean blurred, List<Item> items) {

    /** Copies the list. */
    public Scene {
        items = List.copyOf(items);
    }

    /** The same things in another light. */
    Scene in(Tone other) {
        return new Scene(style, other, blurred, items);
    }

    /** The shapes. */
    public List<Item> shapes() {
        return group(ObjectType.Group.SHAPE);
    }

    /** The letters of its text, from left to right; empty if there is none. */
    public List<Item> text() {
        return group(ObjectType.Group.LETTER);
    }

    /** Its sprite: there is at most one. */
    public Optional<Item> sprite() {
        return group(ObjectType.Group.SPRITE).stream().findFirst();
    }

    private List<Item> group(ObjectType.Group group) {
        return items.stream().filter(item -> item.thing().group() == group).toList();
    }
}
