package karuta.intake;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.archive.pool.CardName;
import karuta.samples.ImageRoot;

/**
 * What the folders of tasks are called: letters and digits of all scripts, blanks and a few signs as they are, all else as
 * {@code _}. Such names are names of cards, too.
 */
final class TaskNames {

    private static final String SIGNS = " -_.,+&()'";

    private final Map<String, String> folders = new LinkedHashMap<>(); // by the name that is said
    private final Map<String, String> owners = new HashMap<>(); // said names by folder, whatever its case

    /**
     * The folder of a task.
     *
     * @throws KarutaException if none can be called so, or another task's folder is
     */
    String folder(String said) {
        var known = folders.get(said);
        if (known != null) {
            return known;
        }
        var folder = clean(said);
        var owner = owners.putIfAbsent(folder.toLowerCase(Locale.ROOT), said);
        if (owner != null && !plain(owner).equals(plain(said))) {
            throw bad(said, "its folder would be that of the task \"" + ImageRoot.printable(owner) + "\"");
        }
        folders.put(said, folder);
        return folder;
    }

    /** What is called otherwise than it is said: a sentence. */
    Optional<String> note() {
        var other = folders.entrySet().stream()
                .filter(folder -> !folder.getKey().equals(folder.getValue()))
                .map(folder -> "\"" + ImageRoot.printable(folder.getKey()) + "\" is \"" + folder.getValue() + "\"")
                .collect(Collectors.joining(", "));
        return other.isEmpty() ? Optional.empty() : Optional.of("Tasks are called as folders can be: " + other + ".");
    }

    private static String plain(String said) {
        return Normalizer.normalize(said, Normalizer.Form.NFC).strip();
    }

    private static String clean(String said) {
        var clean = plain(said)
                .codePoints()
                .mapToObj(point -> isPlain(point) ? Character.toString(point) : "_")
                .collect(Collectors.joining());
        if (clean.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw bad(said, "it has no letter and no digit");
        }
        var folder = clean.startsWith(".") ? "_" + clean.substring(1) : clean;
        try {
            return Path.of(new CardName(folder).value()).toString();
        } catch (InvalidPathException here) {
            throw bad(said, "no folder can be called so on this machine (" + here.getReason() + ")");
        } catch (KarutaException noCard) {
            throw bad(said, "it is too long");
        }
    }

    private static boolean isPlain(int point) {
        return Character.isLetterOrDigit(point)
                || Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.COMBINING_SPACING_MARK
                || SIGNS.indexOf(point) >= 0;
    }

    private static KarutaException bad(String said, String why) {
        var shown = ImageRoot.printable(said);
        return new KarutaException(
                "The task's name \"" + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown)
                        + "\" cannot be used: " + why + ".",
                "Name it otherwise, or give all samples one name by --task.");
    }
}
