package karuta.study.file;

import java.util.regex.Pattern;

/** What may be told to Slurm's {@code sbatch}: in a study, or on the command line. */
public final class SbatchOption {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private SbatchOption() {}

    /**
     * Whether it can be an option.
     *
     * @param name long, without dashes
     * @param value empty where the name says it all
     */
    public static boolean fits(String name, String value) {
        return NAME.matcher(name).matches() && value.lines().count() <= 1;
    }
}
