package karuta.engine.catalog;

/**
 * The bundle that brings a strategy.
 *
 * @param bundle its symbolic name
 * @param version of it
 * @param file where it lies, such as {@code dropins/mine.jar}
 * @param hash SHA-256 of its content, see {@link BundleHash}
 * @param ground SHA-256 of the content of those bundles that it is wired to which are Karuta's own or were dropped in
 */
public record Source(String bundle, String version, String file, String hash, String ground) {

    /** Whether it did not come with the program. */
    public boolean isDropped() {
        return file.startsWith(Dropins.NAME);
    }

    /** Bundle, version and file, for messages. */
    public String describe() {
        return "bundle " + bundle + " " + version + " (" + file + ")";
    }
}
