package karuta.diagnosis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is in a jar: read with limits, so that none can take the memory or the disk of who looks at it.
 *
 * @param names of all files
 * @param files contents of the classes and of what lies in META-INF and OSGI-INF
 */
record Archive(Set<String> names, Map<String, byte[]> files) {

    /** Of one file that is read; classes and descriptions are smaller by far. */
    private static final int READ = 16 << 20;

    /** Deflate cannot give more than 1032 times, so that what is packed to less than this is no danger. */
    private static final int HARMLESS = 64 << 10;

    private static final long LARGE = 64L << 20;
    private static final int RATIO = 100;
    private static final int ENTRIES = 100_000;

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** @throws Refusal if it is no archive, or one that nobody should unpack */
    static Archive of(Path jar) throws Refusal {
        if (!Files.isRegularFile(jar)) {
            throw new Refusal(Fault.NO_FILE, "is no file", "name a jar");
        }
        try (var zip = new ZipFile(jar.toFile())) {
            refuseOverlaps(zip, Files.size(jar));
            var names = new LinkedHashSet<String>();
            var files = new LinkedHashMap<String, byte[]>();
            for (var entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                names.add(entry.getName());
                if (isLookedAt(entry.getName())) {
                    files.put(entry.getName(), content(zip, entry));
                } else if (entry.getCompressedSize() > HARMLESS) {
                    measure(zip, entry);
                }
            }
            return new Archive(names, files);
        } catch (IOException | IllegalArgumentException broken) {
            throw new Refusal(
                    Fault.BROKEN_ZIP,
                    "is no archive, or a damaged one (" + broken.getMessage() + ")",
                    "build it again, or copy it again");
        }
    }

    private static void refuseOverlaps(ZipFile zip, long size) throws Refusal {
        if (zip.size() > ENTRIES) {
            throw bomb("has " + zip.size() + " entries");
        }
        var packed = zip.stream()
                .mapToLong(entry -> Math.max(0, entry.getCompressedSize()))
                .sum();
        if (packed > size) {
            throw bomb("has entries that share their bytes");
        }
    }

    private static boolean isLookedAt(String name) {
        return name.endsWith(".class")
                || name.equals(MANIFEST)
                || name.startsWith("OSGI-INF/") && name.endsWith(".xml");
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException, Refusal {
        var bytes = new ByteArrayOutputStream();
        try (var in = zip.getInputStream(entry)) {
            var part = in.readNBytes(READ);
            bytes.write(part);
            if (part.length == READ && in.read() >= 0) {
                throw bomb("has a " + entry.getName() + " of more than " + (READ >> 20) + " MiB");
            }
        }
        return bytes.toByteArray();
    }

    /** What the directory says of the size may be a lie, so that it is counted. */
    private static void measure(ZipFile zip, ZipEntry entry) throws IOException, Refusal {
        var limit = Math.max(LARGE, RATIO * entry.getCompressedSize());
        try (var in = zip.getInputStream(entry)) {
            if (isLonger(in, limit)) {
                throw bomb("has a " + entry.getName() + " that unpacks to more than " + (limit >> 20) + " MiB");
            }
        }
    }

    private static boolean isLonger(InputStream in, long limit) throws IOException {
        var buffer = new byte[1 << 16];
        var count = 0L;
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            count += n;
            if (count > limit) {
                return true;
            }
        }
        return false;
    }

    private static Refusal bomb(String what) {
        return new Refusal(
                Fault.BOMB,
                what + ", as only an archive has that is made to fill a disk",
                "do not unpack it; ask who gave it to you");
    }

    /** @throws Refusal if it cannot be read */
    Optional<Manifest> manifest() throws Refusal {
        var bytes = files.get(MANIFEST);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Manifest(new ByteArrayInputStream(bytes)));
        } catch (IOException broken) {
            throw new Refusal(
                    Fault.NO_BUNDLE,
                    "has a manifest that cannot be read (" + broken.getMessage() + ")",
                    "let the build write it: `karuta build-strategy`, or bnd");
        }
    }
}
