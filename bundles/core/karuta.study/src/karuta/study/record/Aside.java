package karuta.study.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Why a run's folder is set aside: it gets another name, {@code NAME.damaged} or {@code NAME.old}, by which nobody takes it for a run. */
public enum Aside {
    /** It is not as it was written. */
    DAMAGED,
    /** Its run begins anew. */
    OLD;

    private static final Pattern NAMES = Pattern.compile(".*\\.(damaged|old)(\\.\\d{1,9})?");

    /** Whether a folder has such a name. */
    public static boolean is(Path folder) {
        return NAMES.matcher(folder.getFileName().toString()).matches();
    }

    /**
     * Gives a folder such a name.
     *
     * @throws RecordException if it cannot be renamed
     */
    public RunFolder set(RunFolder folder) {
        var path = folder.path();
        try {
            for (var number = 1; ; number++) {
                var name =
                        path.getFileName() + "." + name().toLowerCase(Locale.ROOT) + (number == 1 ? "" : "." + number);
                if (Files.notExists(path.resolveSibling(name))) {
                    return new RunFolder(Files.move(path, path.resolveSibling(name)));
                }
            }
        } catch (IOException e) {
            throw new RecordException("cannot rename " + path + ": " + Reason.of(e), e);
        }
    }
}
