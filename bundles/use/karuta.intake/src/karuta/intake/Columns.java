package karuta.intake;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.samples.Shape;
import karuta.samples.Shape.Dialogue;

/**
 * Which column of a table is what.
 *
 * @param names of the columns by what they are
 * @param guessed whether a name was guessed
 */
record Columns(Map<Role, String> names, List<Role> guessed) {

    private static final String TASK = "task";

    /** Copies map and list. */
    Columns {
        names = Map.copyOf(names);
        guessed = List.copyOf(guessed);
    }

    /**
     * Takes what is said, and guesses the rest.
     *
     * @param where the headings are, for messages
     * @throws KarutaException if there is no such column, or none with answers
     */
    static Columns of(List<String> headings, Map<Role, String> said, String where) {
        var names = new EnumMap<Role, String>(Role.class);
        var guessed = new ArrayList<Role>();
        for (var role : Role.values()) {
            if (said.containsKey(role)) {
                names.put(role, there(headings, said.get(role), where));
            } else {
                guess(headings, said, role).ifPresent(name -> {
                    names.put(role, name);
                    guessed.add(role);
                });
            }
        }
        if (!names.containsKey(Role.ANSWER)) {
            throw new KarutaException(
                    where + " has no column with answers: nothing can be learned of it. Its columns are "
                            + String.join(", ", headings) + ".",
                    "If one of them has the answers, name it: --column answer=NAME.");
        }
        names.values().stream()
                .filter(name -> headings.indexOf(name) != headings.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new KarutaException(
                            where + " has two columns called \"" + name + "\".", "Rename one of them.");
                });
        return new Columns(names, guessed);
    }

    private static String there(List<String> headings, String name, String where) {
        if (!headings.contains(name)) {
            throw new KarutaException(
                    where + " has no column \"" + name + "\".", "Its columns are " + String.join(", ", headings) + ".");
        }
        return name;
    }

    private static Optional<String> guess(List<String> headings, Map<Role, String> said, Role role) {
        return role.guesses().stream()
                .flatMap(guess -> headings.stream()
                        .filter(heading -> heading.toLowerCase(Locale.ROOT).equals(guess)))
                .filter(heading -> !said.containsValue(heading))
                .findFirst();
    }

    /** What was taken for what, in words. */
    String words() {
        return names.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(name -> name.getKey().name().toLowerCase(Locale.ROOT) + " = \"" + name.getValue() + "\""
                        + (guessed.contains(name.getKey()) ? " (guessed)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** A row with the names that {@link #SHAPE} has; empty cells are left out. */
    JsonObject row(JsonObject row) {
        var named = new JsonObject();
        names.forEach((role, name) -> Optional.ofNullable(row.get(name))
                .filter(cell -> !isEmpty(cell))
                .ifPresent(cell -> named.add(key(role), cell)));
        return named;
    }

    /** Whether somebody has left it open. */
    static boolean isEmpty(JsonElement cell) {
        return cell.isJsonNull()
                || cell.isJsonArray() && cell.getAsJsonArray().isEmpty()
                || cell.isJsonPrimitive() && cell.getAsString().isBlank();
    }

    private static String key(Role role) {
        return role == Role.QUESTION ? "text" : role.name().toLowerCase(Locale.ROOT);
    }

    /** Of a row that has got its names. */
    static final Shape SHAPE = new Shape(
            List.of("id", Shape.NUMBER),
            List.of("image"),
            List.of("text"),
            List.of("answer"),
            Dialogue.LLAVA,
            false,
            Map.of(TASK, TASK));
}
