package karuta.lmm.exchange;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gives cards, whose names may have any characters, names that every file system takes, each once. */
final class FolderNames {

    private static final int LONGEST = 100;
    private static final String STRANGE = "[^A-Za-z0-9._+-]";
    private static final String ENDS = "^[.+-]|\\.$"; // hidden files, options, and what Windows cuts off
    private static final String DEVICES = "(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?"; // Windows' own

    private final Set<String> taken = new HashSet<>();

    String of(String card) {
        var plain = card.substring(0, Math.min(card.length(), LONGEST))
                .replaceAll(STRANGE, "_")
                .replaceAll(ENDS, "_");
        var usable = plain.isEmpty() || plain.matches(DEVICES) ? "_" + plain : plain;
        var numbered = IntStream.iterate(2, number -> number + 1).mapToObj(number -> usable + "-" + number);
        return Stream.concat(Stream.of(usable), numbered)
                .filter(name -> taken.add(name.toLowerCase(Locale.ROOT))) // some file systems do not tell case
                .findFirst()
                .orElseThrow();
    }
}
