package karuta.safetensors;

import java.nio.file.Path;
import java.util.Locale;
import karuta.api.KarutaException;

/**
 * What is about to be written to a folder.
 *
 * @param bytes how much
 */
public record DiskSpace(long bytes) {

    private static final long SPARE_BYTES = 64L << 20;

    /**
     * Checks that there is room for it.
     *
     * @param folder an existing one
     * @param remedy what to do if there is not
     * @throws KarutaException if the folder's disk has less than that, and a bit to spare
     */
    public void require(Path folder, String remedy) {
        var free = folder.toFile().getUsableSpace(); // a FileStore cannot be had in a chroot without mount points
        if (free - SPARE_BYTES < bytes) {
            throw new KarutaException(
                    "The tensors take " + this + "; the disk of " + folder + " has " + new DiskSpace(free) + " left.",
                    remedy);
        }
    }

    @Override
    public String toString() {
        var mebibytes = bytes / (double) (1 << 20);
        return mebibytes < 1024
                ? String.format(Locale.ROOT, "%.2f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.2f GiB", mebibytes / 1024);
    }
}
