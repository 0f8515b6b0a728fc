package karuta.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.api.KarutaException;

/**
 * The user's own PyTorch libraries, taken instead of those of the product: the way to a GPU. They are of the release that
 * DJL's native part is built for, or bring a native part of their own, as {@code releng/libtorch/native.sh} builds it.
 *
 * @param folder that holds the libraries
 * @param version as PyTorch writes it, such as {@code 2.7.1+cu128}
 */
record Libtorch(Path folder, String version) {

    /** Names the folder; the launcher sets it from the variable {@code KARUTA_LIBTORCH}. */
    static final String PROPERTY = "karuta.libtorch";

    /** DJL's native part is built for this release, without CUDA and with CUDA 12.8. */
    static final String RELEASE = "2.7.1";

    private static final String CUDA = "cu128";
    private static final Pattern VERSION = Pattern.compile("(?m)^(?:__version__ = ')?(\\d+\\.[\\w.+]+)");

    /**
     * Finds the libraries: in the folder, or in {@code lib} below it, or in {@code torch/lib}.
     *
     * @throws KarutaException if they are not there, or of a PyTorch that does not fit
     */
    static Libtorch in(Path given) {
        var library = System.mapLibraryName("torch");
        var folder = Stream.of(
                        given, given.resolve("lib"), given.resolve("torch").resolve("lib"))
                .map(place -> place.toAbsolutePath().normalize())
                .filter(place -> Files.isRegularFile(place.resolve(library)))
                .findFirst()
                .orElseThrow(() -> unfit(
                        Files.isDirectory(given)
                                ? "there is no " + library + " in " + given + ", nor in lib or torch/lib below it"
                                : "there is no folder " + given));
        var found = new Libtorch(folder, version(folder));
        if (!found.fits()) {
            throw unfit(folder + " holds PyTorch " + found.version + (found.cuda() ? " with" : " without")
                    + " libraries for CUDA");
        }
        return found;
    }

    /** As a libtorch archive says it in {@code build-version}, and a Python package in {@code version.py}. */
    private static String version(Path folder) {
        var above = Optional.ofNullable(folder.getParent()).orElse(folder);
        return Stream.of(folder.resolve("build-version"), above.resolve("build-version"), above.resolve("version.py"))
                .filter(Files::isRegularFile)
                .flatMap(file -> VERSION.matcher(read(file)).results())
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> unfit("the libtorch in " + folder
                        + " does not say its version: there is no build-version and no version.py above it"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw unfit("cannot read " + file + ": " + unreadable);
        }
    }

    private boolean fits() {
        return holds("djl_torch") || version.equals(RELEASE + "+" + flavor()) || version.equals(RELEASE) && !cuda();
    }

    private boolean cuda() {
        return holds("torch_cuda");
    }

    private boolean holds(String library) {
        return Files.isRegularFile(folder.resolve(System.mapLibraryName(library)));
    }

    /** What DJL calls the libraries' kind. */
    String flavor() {
        return cuda() ? CUDA : "cpu";
    }

    private static KarutaException unfit(String what) {
        return new KarutaException(
                "KARUTA_LIBTORCH: " + what,
                "It must lead to PyTorch " + RELEASE + ", for a GPU that with CUDA 12.8 (" + RELEASE + "+" + CUDA
                        + "), or to a folder that releng/libtorch/native.sh has made of another release; unset it to"
                        + " compute on the CPU with the libraries that come with Karuta.");
    }

    /** The version without what follows a plus sign. */
    String release() {
        return version.replaceFirst("\\+.*", "");
    }

    /** Lets DJL load it. Any flavor with CUDA makes it load the libraries for CUDA, of whatever release they are. */
    void choose() {
        System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
        System.setProperty("PYTORCH_VERSION", release());
        System.setProperty("PYTORCH_FLAVOR", flavor());
    }
}
