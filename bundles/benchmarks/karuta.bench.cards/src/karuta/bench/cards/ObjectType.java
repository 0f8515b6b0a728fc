package karuta.bench.cards;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What may lie in a cell. */
public enum ObjectType {
    CIRCLE(Group.SHAPE, "round"),
    SQUARE(Group.SHAPE, "angular"),
    TRIANGLE(Group.SHAPE, "angular"),
    CROSS(Group.SHAPE, "angular"),
    RING(Group.SHAPE, "round"),
    BAR(Group.SHAPE, "angular"),
    K(Group.LETTER, "letter"),
    L(Group.LETTER, "letter"),
    N(Group.LETTER, "letter"),
    P(Group.LETTER, "letter"),
    T(Group.LETTER, "letter"),
    U(Group.LETTER, "letter"),
    X(Group.LETTER, "letter"),
    Z(Group.LETTER, "letter"),
    CAT(Group.SPRITE, "animal"),
    CRAB(Group.SPRITE, "animal"),
    CAR(Group.SPRITE, "vehicle"),
    ROCKET(Group.SPRITE, "vehicle"),
    TREE(Group.SPRITE, "plant"),
    FLOWER(Group.SPRITE, "plant"),
    FORK(Group.SPRITE, "tool"),
    HOURGLASS(Group.SPRITE, "tool");

    /** The three sorts of things. Only shapes are counted and located; letters stand in rows of three, as a text. */
    public enum Group {
        SHAPE,
        LETTER,
        SPRITE;

        /** Its things, in their order. */
        public List<ObjectType> things() {
            return Stream.of(ObjectType.values())
                    .filter(thing -> thing.group == this)
                    .toList();
        }
    }

    private final Group group;
    private final String category;

    ObjectType(Group group, String category) {
        this.group = group;
        this.category = category;
    }

    /** Its sort. */
    public Group group() {
        return group;
    }

    /** What it is a kind of, in English. */
    public String category() {
        return category;
    }

    /** Its English name; a letter's name is the letter. */
    public String word() {
        return group == Group.LETTER ? name() : name().toLowerCase(Locale.ROOT);
    }

    /** Its place in the multiple-choice list of its sort: A, B, C ... */
    public String option() {
        return String.valueOf((char) ('A' + group.things().indexOf(this)));
    }
}
