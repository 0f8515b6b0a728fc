package karuta.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.files.Sha256;
import karuta.intake.Intake.Watch;
import karuta.picture.ImageFiles;
import karuta.samples.ImageRoot;

/** Looks at the images of drafts, each file once. */
final class Photos {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|data:.*", Pattern.DOTALL);

    private final LeftOut left;
    private final Map<Path, Photo> seen = new ConcurrentHashMap<>();
    private final Map<Path, String> unreadable = new ConcurrentHashMap<>();

    Photos(LeftOut left) {
        this.left = left;
    }

    /** A draft with the files of its images. */
    private record Found(Draft draft, List<Path> files) {}

    /**
     * What of the drafts has images that can be read; what has not is left out.
     *
     * @param workers how many threads decode
     */
    List<Item> look(List<Draft> drafts, int workers, Watch watch) {
        var found = drafts.stream().flatMap(draft -> find(draft).stream()).toList();
        decode(found.stream().flatMap(each -> each.files().stream()).distinct().toList(), workers, watch);
        return found.stream().flatMap(each -> item(each).stream()).toList();
    }

    private Optional<Found> find(Draft draft) {
        var files = new ArrayList<Path>();
        for (var name : draft.entry().images()) {
            if (ADDRESS.matcher(name).matches()) {
                left.add(
                        Reason.MISSING, draft.where() + " names an address, and nothing is downloaded: " + shown(name));
                return Optional.empty();
            }
            try {
                draft.root().check(name, draft.where());
                files.add(draft.root().find(name).toRealPath());
            } catch (KarutaException refused) {
                left.add(isThere(draft.root(), name) ? Reason.OUTSIDE : Reason.MISSING, said(draft, refused));
                return Optional.empty();
            } catch (IOException gone) {
                left.add(Reason.MISSING, draft.where() + " has the image " + shown(name) + ", which is gone.");
                return Optional.empty();
            }
        }
        return Optional.of(new Found(draft, files));
    }

    private static String said(Draft draft, KarutaException refused) {
        var what = Draft.first(refused);
        return what.startsWith(draft.where()) ? what : draft.where() + ": " + what;
    }

    private static String shown(String name) {
        var shown = ImageRoot.printable(name);
        return shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    }

    /** Or would be outside of the folder, where nobody looks. */
    private static boolean isThere(ImageRoot root, String name) {
        try {
            var path = Path.of(name);
            return !root.outside() && (path.isAbsolute() || path.normalize().startsWith(".."))
                    || root.bases().stream().anyMatch(base -> Files.isRegularFile(base.resolve(path)));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    private void decode(List<Path> files, int workers, Watch watch) {
        var done = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(Math.max(1, workers));
        try {
            var work = files.stream()
                    .<Callable<Void>>map(file -> () -> {
                        decode(file);
                        watch.at("image", done.incrementAndGet(), files.size());
                        return null;
                    })
                    .toList();
            for (var each : pool.invokeAll(work)) {
                each.get();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KarutaException("The import was stopped.", "Nothing was written.", stopped);
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private void decode(Path file) {
        try {
            var pixels = ImageFiles.STORED.read(file).fingerprint();
            seen.put(file, new Photo(file, Sha256.of(file), pixels));
        } catch (KarutaException refused) {
            unreadable.put(file, Draft.first(refused));
        } catch (IOException gone) {
            unreadable.put(file, "The image " + file + " cannot be read (" + gone.getMessage() + ").");
        }
    }

    private Optional<Item> item(Found found) {
        var bad = found.files().stream().filter(unreadable::containsKey).findFirst();
        if (bad.isPresent()) {
            left.add(Reason.UNREADABLE, found.draft().where() + ": " + unreadable.get(bad.get()));
            return Optional.empty();
        }
        var draft = found.draft();
        return Optional.of(new Item(
                draft.task(),
                draft.entry(),
                found.files().stream().map(seen::get).toList(),
                draft.where()));
    }
}
