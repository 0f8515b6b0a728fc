package karuta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import karuta.study.Run;
import karuta.study.record.Aside;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/**
 * Which folders may hold a run: those of its name, and those of any name whose record has its id. A folder whose record is
 * known is not read again for that, so that ten thousand runs do not read ten thousand records ten thousand times; whoever
 * takes one looks into it.
 */
final class RunIndex {

    private final Path out;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    /** @param out where the folders lie; need not be there */
    RunIndex(Path out) {
        this.out = out;
    }

    /** The folders that may hold a run, those of its name first, by number. */
    List<RunFolder> candidates(Run wanted) throws IOException {
        var name = RunFolder.name(wanted);
        var id = Records.fingerprint(wanted, RunId.NAME);
        var own = Pattern.compile(Pattern.quote(name) + "(\\.\\d{1,9})?");
        var named = new ArrayList<Path>();
        var others = new ArrayList<Path>();
        try (var inside = Files.newDirectoryStream(out)) {
            for (var path : inside) {
                var called = path.getFileName().toString();
                if (own.matcher(called).matches()) {
                    if (Files.isDirectory(path)) {
                        named.add(path);
                    }
                } else if (!id.isEmpty() && !Aside.is(path) && id.equals(id(path, called))) {
                    others.add(path);
                }
            }
        }
        named.sort(Comparator.comparingInt(
                        (Path path) -> path.getFileName().toString().length())
                .thenComparing(path -> path.getFileName().toString()));
        others.sort(Comparator.naturalOrder());
        named.addAll(others);
        return named.stream().map(RunFolder::new).toList();
    }

    /** Empty where there is no record yet, or none that can be read. */
    private String id(Path path, String called) {
        var known = ids.get(called);
        if (known != null) {
            return known;
        }
        try {
            var id = RunFolder.of(path)
                    .map(folder -> Records.fingerprint(folder.readRecord(), RunId.NAME))
                    .orElse("");
            if (!id.isEmpty()) {
                ids.put(called, id);
            }
            return id;
        } catch (RecordException unreadable) {
            return "";
        }
    }
}
