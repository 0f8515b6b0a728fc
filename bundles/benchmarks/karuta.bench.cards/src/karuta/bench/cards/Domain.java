package karuta.bench.cards;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import karuta.api.RandomStream;

/** A sort of pictures: what its scenes are drawn from. */
public enum Domain {
    /** Everything: what a model of this world is pretrained on. */
    ANY(Optional.empty(), Optional.empty(), 0.15, 0.45, 0.5, 0, 5),
    /** Grey and plain, a few shapes. */
    PHOTO(Optional.of(Style.PLAIN), Optional.of(Tone.GRAY), 0, 0, 0, 2, 5),
    /** Dark and noisy, often out of focus, as taken with a phone by someone who cannot see the picture. */
    PHONE(Optional.of(Style.NOISY), Optional.of(Tone.DARK), 0.45, 0, 0, 2, 5),
    /** Dark and checkered, with a text and a sprite. */
    STREET(Optional.of(Style.CHECKERED), Optional.of(Tone.DARK), 0, 1, 1, 0, 1),
    /** Light and framed, with a text and shapes. */
    PAGE(Optional.of(Style.FRAMED), Optional.of(Tone.LIGHT), 0, 1, 0, 2, 4),
    /** Checkered, a few shapes. */
    TALLY(Optional.of(Style.CHECKERED), Optional.empty(), 0, 0, 0, 2, 5),
    /** Noisy, with a text and shapes. */
    SIGN(Optional.of(Style.NOISY), Optional.empty(), 0, 1, 0, 2, 4),
    /** Framed, with a sprite and shapes. */
    BADGE(Optional.of(Style.FRAMED), Optional.empty(), 0, 0, 1, 2, 4);

    private final Optional<Style> style;
    private final Optional<Tone> tone;
    private final double blurred;
    private final double text;
    private final double sprite;
    private final int fewest;
    private final int most;

    Domain(
            Optional<Style> style,
            Optional<Tone> tone,
            double blurred,
            double text,
            double sprite,
            int fewest,
            int most) {
        this.style = style;
        this.tone = tone;
        this.blurred = blurred;
        this.text = text;
        this.sprite = sprite;
        this.fewest = fewest;
        this.most = most;
    }

    /** The scene of a place. */
    public Scene scene(RandomStream draws) {
        var look = draws.fork("look");
        var withText = look.uniform(0) < text;
        var withSprite = look.uniform(1) < sprite;
        return new Scene(
                style.orElse(pick(Style.values(), look, 2)),
                tone.orElse(pick(Tone.values(), look, 3)),
                look.uniform(4) < blurred,
                items(withText, withSprite, draws.fork("items")));
    }

    private List<Item> items(boolean withText, boolean withSprite, RandomStream draws) {
        var items = new ArrayList<Item>();
        var row = withText ? draws.below(Item.GRID, 0) : -1;
        if (withText) {
            var color = pick(Color.values(), draws, 1);
            var letters = ObjectType.Group.LETTER.things();
            for (var column = 0; column < Item.GRID; column++) {
                var letter = letters.get(draws.fork("letters").below(letters.size(), column));
                items.add(new Item(Item.GRID * row + column, letter, color));
            }
        }
        var free = new ArrayDeque<Integer>();
        for (var cell : draws.fork("cells").permutation(Item.GRID * Item.GRID)) {
            if (cell / Item.GRID != row) {
                free.add(cell);
            }
        }
        if (withSprite) {
            var sprites = ObjectType.Group.SPRITE.things();
            items.add(
                    new Item(free.pop(), sprites.get(draws.below(sprites.size(), 2)), pick(Color.values(), draws, 3)));
        }
        // a row of letters leaves six cells, a sprite takes one of them; a picture is never empty
        var least = withText || withSprite ? fewest : Math.max(1, fewest);
        var greatest = withText ? Math.min(most, 4) : most;
        var shapes = ObjectType.Group.SHAPE.things();
        var order = draws.fork("shapes").permutation(shapes.size());
        var count = least + draws.below(greatest - least + 1, 4);
        for (var i = 0; i < count; i++) {
            items.add(new Item(free.pop(), shapes.get(order[i]), pick(Color.values(), draws.fork("colors"), i)));
        }
        items.sort(Comparator.comparingInt(Item::cell));
        return items;
    }

    private static <T> T pick(T[] values, RandomStream draws, long i) {
        return values[draws.below(values.length, i)];
    }
}
