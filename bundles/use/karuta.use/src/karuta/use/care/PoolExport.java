package karuta.use.care;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import karuta.api.KarutaException;
import karuta.archive.git.Change;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.PoolFiles;
import karuta.files.Access;
import karuta.files.FullDisk;
import karuta.files.TemporaryFolder;
import karuta.files.WholeFile;
import karuta.safetensors.SealedStates;
import karuta.study.record.RunFolder;
import karuta.tensor.TorchEngine;

/**
 * Cards outside of their pool: a folder or a {@code .zip} with the files that a pool has, in the clear and without history, and beside
 * them {@code checkpoint-N.safetensors}, so that an arm of a study can begin {@code from:} it.
 *
 * @param files by path
 */
public record PoolExport(Map<String, byte[]> files) {

    private static final String MANIFEST = "pool.json";
    private static final String ZIP = ".zip";
    private static final String DRAFT = ".karuta-export";
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-\\d{1,9}\\.safetensors");

    /** What a pool has; in a file of somebody else's there may be anything. */
    private static final Pattern OF_POOL =
            Pattern.compile("pool\\.json|state\\.safetensors|cards/[a-z0-9_%A-F-]+\\.(json|safetensors)");

    /** More than this is not unpacked. */
    private static final long ROOM = 1L << 30;

    /** Copies the map. */
    public PoolExport {
        files = new TreeMap<>(files);
    }

    /**
     * Takes cards out.
     *
     * @param pool opened with keys, if it is encrypted
     * @param cards of the pool, at least one
     */
    public static PoolExport of(PoolFiles pool, List<CardName> cards) {
        var change = PoolFiles.begun(pool.manifest());
        var empty = pool.inTheClear();
        var tensors = new LinkedHashMap<String, byte[]>();
        for (var name : cards) {
            var card = pool.card(name);
            var bytes = pool.tensors(card);
            tensors.put(card.task(), bytes);
            change = change.and(empty.with(card, bytes));
        }
        var rest = pool.state()
                .orElseThrow(() -> new KarutaException("The pool has no cards.", "Learn some, or import a run."));
        var files = new TreeMap<>(change.and(empty.withState(rest)).put());
        var checkpoint = new RunFolder(Path.of("")).checkpoint(cards.size()).getFileName();
        files.put(checkpoint.toString(), checkpoint(tensors, rest));
        return new PoolExport(files);
    }

    private static byte[] checkpoint(Map<String, byte[]> cards, byte[] rest) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return SealedStates.bytes(CardStates.join(cards, rest, manager));
        }
    }

    /**
     * Writes a folder, or a file that ends with {@code .zip}, whole or not at all; its owner alone may read it.
     *
     * @throws KarutaException if there is something already, or it cannot be written
     */
    public void write(Path target) {
        if (Files.exists(target)) {
            throw new KarutaException(target + " is there already.", "Name something new.");
        }
        try {
            if (target.toString().endsWith(ZIP)) {
                WholeFile.ofOwner(target).stream(out -> {
                    var zip = new ZipOutputStream(out);
                    for (var file : files.entrySet()) {
                        zip.putNextEntry(new ZipEntry(file.getKey()));
                        zip.write(file.getValue());
                        zip.closeEntry();
                    }
                    zip.finish();
                });
            } else {
                folder(target.toAbsolutePath().normalize());
            }
        } catch (IOException failed) {
            throw new KarutaException(
                    FullDisk.words(failed) + target + " cannot be written: " + failed.getMessage() + ".",
                    "Check the path and the disk.",
                    failed);
        }
    }

    private void folder(Path target) throws IOException {
        try (var beside = TemporaryFolder.in(Access.PRIVATE.folders(target.getParent()), DRAFT)) {
            var draft = beside.path().resolve("export");
            for (var file : files.entrySet()) {
                var place = draft.resolve(file.getKey());
                Access.PRIVATE.folders(place.getParent());
                WholeFile.ofOwner(place).stream(out -> out.write(file.getValue()));
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Whether there is one, by its looks. */
    public static boolean is(Path path) {
        return Files.isRegularFile(path) && path.toString().endsWith(ZIP)
                || Files.isRegularFile(path.resolve(MANIFEST)) && !Files.exists(path.resolve(".git"));
    }

    /**
     * Reads one.
     *
     * @throws KarutaException if it cannot be read, or holds what no pool has
     */
    public static PoolExport read(Path path) {
        try {
            var files = Files.isDirectory(path) ? ofFolder(path) : ofZip(path);
            if (!files.containsKey(MANIFEST)) {
                throw new KarutaException(
                        path + " has no files of a pool.",
                        "Name a folder or .zip that \"karuta pool export\" has written.");
            }
            return new PoolExport(files);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    path + " cannot be read: " + unreadable.getMessage() + ".",
                    "Name a folder or .zip that \"karuta pool export\" has written.",
                    unreadable);
        }
    }

    private static Map<String, byte[]> ofFolder(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (var name : names(folder)) {
            files.put(fit(folder, name), Files.readAllBytes(folder.resolve(name)));
        }
        return files;
    }

    private static List<String> names(Path folder) throws IOException {
        var cards = folder.resolve("cards");
        var names = new ArrayList<String>();
        try (Stream<Path> own = Files.list(folder);
                Stream<Path> ofCards = Files.isDirectory(cards) ? Files.list(cards) : Stream.empty()) {
            Stream.concat(own, ofCards)
                    .filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .forEach(names::add);
        }
        return names;
    }

    private static Map<String, byte[]> ofZip(Path path) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var left = ROOM;
        try (var zip = new ZipInputStream(Files.newInputStream(path))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                var bytes = zip.readNBytes((int) left);
                left -= bytes.length;
                if (left == 0) {
                    throw new ZipException("it holds more than " + ROOM + " bytes");
                }
                files.put(fit(path, entry.getName()), bytes);
            }
        }
        return files;
    }

    private static String fit(Path where, String name) {
        if (!OF_POOL.matcher(name).matches() && !CHECKPOINT.matcher(name).matches()) {
            throw new KarutaException(
                    where + " holds \"" + name + "\", which no export of a pool has.",
                    "Name a folder or .zip that \"karuta pool export\" has written.");
        }
        return name;
    }

    /** The change that puts all of it into an empty repository. */
    public Change change() {
        var change = Change.NONE;
        for (var file : files.entrySet()) {
            if (OF_POOL.matcher(file.getKey()).matches()) {
                change = change.put(file.getKey(), file.getValue());
            }
        }
        return change;
    }
}
