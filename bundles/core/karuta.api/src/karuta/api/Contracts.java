package karuta.api;

/** Which contracts these are. What was built or saved for others is told so, rather than failing somewhere. */
public final class Contracts {

    /** Version of this package. Before 1.0 a new minor version breaks what was built for the one before. */
    public static final String VERSION = "0.2.0";

    private Contracts() {}

    /** Whether what was made for another version goes with these. */
    public static boolean fit(String version) {
        return line(version).equals(line(VERSION));
    }

    /** The part of a version that must be the same. */
    public static String line(String version) {
        var parts = version.split("\\.", 3);
        return parts[0].equals("0") && parts.length > 1 ? parts[0] + "." + parts[1] : parts[0];
    }
}
