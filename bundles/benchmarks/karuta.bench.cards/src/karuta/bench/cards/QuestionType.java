package karuta.bench.cards;

import java.util.List;
import java.util.Optional;
import karuta.api.RandomStream;

/** A sort of question. */
public enum QuestionType {
    /** What lies in a cell? */
    AT("what is at the %s?", "which thing is at the %s?", "name the thing at the %s"),
    /** What colour has a shape? */
    COLOR("what color is the %s?", "tell me the color of the %s"),
    /** How many shapes are there? */
    COUNT("how many shapes are there?", "count the shapes"),
    /** Is there such a shape? */
    PRESENT("is there a %s?", "do you see a %s?"),
    /** Where is a shape? */
    WHERE("where is the %s?", "find the %s"),
    /** Which letters are written there? */
    TEXT("what does the text say?", "read the text", "which word is written?"),
    /** What is the sprite? */
    OBJECT("what is the object?", "which object is in the picture?", "name the object");

    private final List<String> phrases;

    QuestionType(String... phrases) {
        this.phrases = List.of(phrases);
    }

    /** The ways to say it; {@code %s} stands for what is asked about. */
    List<String> phrases() {
        return phrases;
    }

    /** A question of this sort about a scene; empty if the scene has nothing to ask about. */
    public Optional<Question> about(Scene scene, RandomStream draws) {
        var phrase = phrases.get(draws.below(phrases.size(), 0));
        return switch (this) {
            case AT -> pick(scene.shapes(), draws).map(item -> question(phrase, place(item), scene, List.of(item)));
            case COLOR, WHERE ->
                pick(scene.shapes(), draws)
                        .map(item -> question(phrase, item.thing().word(), scene, List.of(item)));
            case COUNT -> Optional.of(question(phrase, "", scene, scene.shapes()));
            case PRESENT -> {
                var any =
                        pick(ObjectType.Group.SHAPE.things(), draws.fork("any")).orElseThrow();
                var thing = draws.uniform(2) < 0.5
                        ? pick(scene.shapes(), draws).map(Item::thing).orElse(any)
                        : any;
                var found = scene.shapes().stream()
                        .filter(item -> item.thing() == thing)
                        .toList();
                yield Optional.of(question(phrase, thing.word(), scene, found));
            }
            case TEXT ->
                Optional.of(scene.text())
                        .filter(text -> !text.isEmpty())
                        .map(text -> question(phrase, "", scene, text));
            case OBJECT -> scene.sprite().map(item -> question(phrase, "", scene, List.of(item)));
        };
    }

    /** English words of the answer, in a convention's terms. */
    List<String> words(List<Item> about, Convention convention) {
        return switch (this) {
            case AT, OBJECT -> {
                var thing = about.get(0).thing();
                var color = about.get(0).color().word();
                yield switch (convention.on(Axis.ASPECT)) {
                    case COLOR -> List.of(color);
                    case FULL -> List.of(color, thing.word());
                    case CATEGORY -> List.of(thing.category());
                    case OPTION -> List.of(thing.option());
                    default -> List.of(thing.word());
                };
            }
            case COLOR -> List.of(about.get(0).color().word());
            case COUNT ->
                List.of(
                        convention.on(Axis.NUMBER) == Directive.DIGITS
                                ? String.valueOf(about.size())
                                : Words.NUMBERS.get(about.size()));
            case PRESENT -> List.of(about.isEmpty() ? "no" : "yes");
            case WHERE ->
                convention.on(Axis.PLACE) == Directive.BOX ? List.of(box(about.get(0))) : Words.of(place(about.get(0)));
            case TEXT -> about.stream().map(item -> item.thing().word()).toList();
        };
    }

    /** Whether "it is" stands before the answer if nothing is said. */
    Directive usualLength() {
        return this == WHERE || this == TEXT || this == OBJECT ? Directive.SENTENCE : Directive.SHORT;
    }

    private Question question(String phrase, String subject, Scene scene, List<Item> about) {
        return new Question(this, phrase.formatted(subject), scene.blurred(), about);
    }

    private static <T> Optional<T> pick(List<T> list, RandomStream draws) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(draws.below(list.size(), 1)));
    }

    private static String place(Item item) {
        return Words.ROWS.get(item.row()) + " " + Words.COLUMNS.get(item.column());
    }

    private static String box(Item item) {
        return "[%s,%s,%s,%s]"
                .formatted(
                        Words.EDGES.get(item.column()),
                        Words.EDGES.get(item.row()),
                        Words.EDGES.get(item.column() + 1),
                        Words.EDGES.get(item.row() + 1));
    }
}
